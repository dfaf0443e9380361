// Who runs the embedded server. Postgres refuses to run as root, so root lends it to an unprivileged user.

import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'

/** What spawn and chown need; empty when the server runs as oneself. */
export type RunAs = { uid: number; gid: number } | Record<string, never>

/** Data that exists already belongs to whoever ran the server first. */
export function serverUser(dataDir: string): RunAs {
    if (process.getuid?.() !== 0) return {}
    if (existsSync(dataDir)) {
        const { uid, gid } = statSync(dataDir)
        if (uid !== 0) return { uid, gid }
    }
    return { uid: idOf('-u'), gid: idOf('-g') }
}

/** Whether that user gets through every folder on the way to this one. */
export function canReach(user: RunAs, folder: string): boolean {
    if (user.uid === undefined) return true
    return spawnSync('test', ['-x', folder], { ...user, cwd: '/' }).status === 0
}

function idOf(flag: '-u' | '-g'): number {
    const { status, stdout } = spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' })
    return status === 0 ? Number(stdout.trim()) : 65_534
}
