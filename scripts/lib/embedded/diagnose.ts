// Turns what Postgres said before it gave up into one clear line and what to do next.

import { Problem } from '../console.ts'

const known: { sign: RegExp; what: string; next: string }[] = [
    {
        sign: /No space left on device|ENOSPC/,
        what: 'the disk is full',
        next: 'Free some space and start again; what was committed is kept.',
    },
    {
        sign: /could not bind|could not create any TCP/,
        what: 'its port is in use',
        next: 'Set EMPATHY_DB_PORT to a free port, or unset it and the next free one is taken.',
    },
    {
        sign: /user does not exist|could not look up effective user ID/,
        what: 'the user it should run as has no entry in the system',
        next: 'Run as a user that exists (a container started with a bare number as user has none).',
    },
    {
        sign: /could not (map anonymous shared memory|create shared memory segment|resize shared memory)/,
        what: 'the system gives it too little shared memory',
        next: 'Give the machine or container more memory (docker: --shm-size).',
    },
    {
        sign: /Permission denied|EACCES/,
        what: 'a file or folder is not readable for it',
        next: 'Look at who owns the folder; removing it makes an empty database.',
    },
    {
        sign: /ENOENT|cannot execute|not found/,
        what: 'the embedded Postgres does not run on this system',
        next: 'Set DATABASE_URL to a Postgres 15 to 18 of your own (the embedded one needs glibc on Linux).',
    },
    {
        sign: /checkpoint record|invalid magic|PANIC/,
        what: 'its data is damaged',
        next: 'Restore the folder from a backup, or move it away to start with an empty database.',
    },
]

export function diagnose(output: string, what: string, logFile?: string): Problem {
    const cause = known.find(({ sign }) => sign.test(output))
    const said = output.split('\n').findLast((line) => /FATAL|PANIC|error/i.test(line)) ?? output.trim()
    const where = logFile ? [`The log is ${logFile}`] : []
    return cause
        ? new Problem(`${what}: ${cause.what}.`, [cause.next, `It said: ${said}`, ...where].join('\n'))
        : new Problem(`${what}.`, [`It said: ${said}`, ...where].join('\n'))
}
