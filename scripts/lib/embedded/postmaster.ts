// Reads and repairs postmaster.pid, the file by which a data folder says who serves it.

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Postmaster {
    pid: number
    port: number
    ready: boolean
}

/** The server that is running on this data folder, if there is one. */
export function runningPostmaster(dataDir: string): Postmaster | undefined {
    const lines = pidFileLines(dataDir)
    const pid = Number(lines[0])
    if (!(pid > 0) || !isPostmaster(pid, dataDir)) return undefined
    return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' }
}

/**
 * After a kill, the pid in the file may by now be some other process, and Postgres would refuse to start.
 * Only the number is replaced: the rest lets Postgres see whether orphans of the dead server still use its memory.
 */
export function repairStalePid(dataDir: string): void {
    const lines = pidFileLines(dataDir)
    if (lines.length === 0 || runningPostmaster(dataDir)) return
    const dead = spawnSync('true').pid
    writeFileSync(join(dataDir, 'postmaster.pid'), [String(dead), ...lines.slice(1)].join('\n'))
}

export function isAlive(pid: number): boolean {
    try {
        process.kill(pid, 0)
        return true
    } catch (error) {
        return error instanceof Error && 'code' in error && error.code === 'EPERM'
    }
}

function pidFileLines(dataDir: string): string[] {
    try {
        return readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')
    } catch {
        return []
    }
}

/** A process that has ended, but that nobody has buried yet, is none. */
export function isPostmaster(pid: number, dataDir: string): boolean {
    const words = commandLine(pid)
    return words.includes('-D') && words.includes(dataDir)
}

/** The command line of a process; empty when it is gone. */
function commandLine(pid: number): string[] {
    if (existsSync('/proc/self/cmdline')) {
        try {
            return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        } catch {
            return []
        }
    }
    // A folder's name may hold spaces, so that words cannot be told apart here.
    const { stdout } = spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
    const dataDir = / -D (.*?) -p \d+/.exec(stdout ?? '')?.[1]
    return dataDir ? ['-D', dataDir] : []
}
