// One publisher at a time in a folder. Its holder is known by host and pid and beats while it lives; a dead one's lock
// is taken over, by one process only.

import { randomUUID } from 'node:crypto'
import { rmSync, statSync, utimes } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { Problem } from '../console.ts'
import { isAlive } from '../embedded/postmaster.ts'
import { createFile, readIfThere } from './files.ts'

export interface Lock {
    /** Throws where somebody else has it by now: this process slept too long. */
    require(): void
}

const heartbeat = 2_000
/** The locks of this very process. */
const held = new Set<string>()
/** Of a holder on another host nothing but the heartbeat is seen. */
const dead = 60_000

export async function withPublisherLock<T>(dir: string, work: (lock: Lock) => Promise<T>): Promise<T> {
    const path = join(dir, 'publisher.lock')
    const mine = JSON.stringify({ pid: process.pid, host: hostname(), id: randomUUID() })
    if (!createFile(path, mine, 0o644)) takeOver(path, mine)
    held.add(mine)
    const beating = setInterval(() => {
        const now = new Date()
        utimes(path, now, now, () => undefined)
    }, heartbeat)
    try {
        return await work({
            require: () => {
                if (readIfThere(path) !== mine) throw new Problem(`Another publisher has taken ${path} over.`)
            },
        })
    } finally {
        clearInterval(beating)
        held.delete(mine)
        if (readIfThere(path) === mine) rmSync(path, { force: true })
    }
}

/** Looking and removing are two steps: a second lock keeps others out between them. */
function takeOver(path: string, mine: string): void {
    const guard = `${path}.taking-over`
    if (!createFile(guard, mine, 0o644)) {
        throw new Problem(
            `Another publisher is taking ${path} over.`,
            `If none is running, remove ${guard} and try again.`,
        )
    }
    try {
        const holder = readIfThere(path)
        if (holder !== undefined) {
            if (!isAbandoned(path, holder)) throw taken(path, holder)
            // The dead one's: nobody else removes it without the guard, and nobody replaces it while it is there.
            rmSync(path)
        }
        if (!createFile(path, mine, 0o644)) throw taken(path, readIfThere(path) ?? '')
    } finally {
        rmSync(guard, { force: true })
    }
}

function isAbandoned(path: string, holder: string): boolean {
    const { pid, host } = parsed(holder)
    if (host !== hostname())
        return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > dead
    // In a container the next process often has the number of the one before it.
    return pid === process.pid ? !held.has(holder) : pid <= 0 || !isAlive(pid)
}

function taken(path: string, holder: string): Problem {
    const { pid, host } = parsed(holder)
    return new Problem(
        `Another publisher works here: process ${pid} on ${host}.`,
        `Let it do its work, or stop it. Its lock is ${path}.`,
    )
}

function parsed(holder: string): { pid: number; host: string } {
    try {
        return JSON.parse(holder) as { pid: number; host: string }
    } catch {
        return { pid: 0, host: hostname() }
    }
}
