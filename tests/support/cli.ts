// Runs the CLI as a person would, with its own folder for servers, so that nobody else's is touched.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inPackage, root } from '../../scripts/lib/paths.ts'

export interface Outcome {
    code: number | null
    stdout: string
    stderr: string
    /** What scripts read: the last line of stdout. */
    lastLine: string
}

export interface RunningCli {
    process: ChildProcess
    /** Resolves when this has been printed, to stdout or stderr. */
    says(text: string): Promise<void>
    outcome: Promise<Outcome>
}

export interface Home {
    runtimeDir: string
    run(args: string[], environment?: NodeJS.ProcessEnv): Promise<Outcome>
    start(args: string[], environment?: NodeJS.ProcessEnv): RunningCli
    remove(): Promise<void>
}

/** A machine on which nothing of ours has run yet. */
export async function newHome(): Promise<Home> {
    const runtimeDir = mkdtempSync(join(tmpdir(), 'empathy-home-'))
    const port = String(await freePort())
    const start = (args: string[], environment: NodeJS.ProcessEnv = {}): RunningCli =>
        startCli(args, { EMPATHY_RUNTIME_DIR: runtimeDir, EMPATHY_DB_PORT: port, ...environment })
    const run = (args: string[], environment?: NodeJS.ProcessEnv): Promise<Outcome> =>
        start(args, environment).outcome
    return {
        runtimeDir,
        run,
        start,
        remove: async () => {
            await run(['db-stop'])
            rmSync(runtimeDir, { recursive: true, force: true })
        },
    }
}

export async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    server.close()
    await once(server, 'close')
    if (address === null || typeof address === 'string') throw new Error('the probe has no port')
    return address.port
}

function startCli(args: string[], environment: NodeJS.ProcessEnv): RunningCli {
    const child = spawn(process.execPath, ['--import', 'tsx', inPackage('scripts/cli.ts'), ...args], {
        cwd: root,
        env: { ...withoutSettings(), ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
        stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text
    })
    let ended = false
    const outcome = once(child, 'close').then(([code]): Outcome => {
        ended = true
        return { code, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' }
    })
    const says = async (text: string): Promise<void> => {
        while (!`${stdout}${stderr}`.includes(text)) {
            if (ended) throw new Error(`it ended without saying "${text}":\n${stdout}${stderr}`)
            await sleep(20)
        }
    }
    return { process: child, says, outcome }
}

/** The environment of whoever runs the tests must not decide how they end. */
function withoutSettings(): NodeJS.ProcessEnv {
    const { DATABASE_URL, PORT, NAME, EMPATHY_DB_PORT, EMPATHY_RUNTIME_DIR, ...rest } = process.env
    return rest
}
