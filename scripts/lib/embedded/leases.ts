// Who needs a cluster to run: a file per process, so that the last one to leave stops it and nobody stops another's.

import { chownSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Cluster } from './cluster.ts'
import { isAlive } from './postmaster.ts'

// How often this process itself has taken a cluster's lease.
const taken = new Map<string, number>()

// Held by nobody in particular: the cluster runs until it is told to stop.
const background = 'background'

export function takeLease(cluster: Cluster, holder: 'process' | 'background'): void {
    mkdirSync(folder(cluster), { recursive: true })
    keepOwner(cluster)
    if (holder === 'process') taken.set(cluster.home, (taken.get(cluster.home) ?? 0) + 1)
    const lease = join(folder(cluster), holder === 'background' ? background : String(process.pid))
    rmSync(lease, { force: true })
    writeFileSync(lease, birth(process.pid))
}

/** Gives up one of this process's claims; answers whether anybody has one left. */
export function giveUpLease(cluster: Cluster): boolean {
    const left = (taken.get(cluster.home) ?? 1) - 1
    taken.set(cluster.home, left)
    if (left <= 0) rmSync(join(folder(cluster), String(process.pid)), { force: true })
    return leases(cluster).length > 0
}

export function dropLeases(cluster: Cluster): void {
    rmSync(folder(cluster), { recursive: true, force: true })
}

/** Processes other than this one that need the cluster. */
export function otherHolders(cluster: Cluster): number[] {
    return leases(cluster)
        .filter((name) => name !== background)
        .map(Number)
        .filter((pid) => pid !== process.pid)
}

/** When root helps out in an ordinary user's folder, that user stays in charge of it. */
function keepOwner(cluster: Cluster): void {
    if (process.getuid?.() !== 0) return
    const { uid, gid } = statSync(cluster.home)
    chownSync(folder(cluster), uid, gid)
}

/** Leases of processes that were killed are cleared away. */
function leases(cluster: Cluster): string[] {
    return entries(folder(cluster)).filter((name) => {
        const path = join(folder(cluster), name)
        if (name === background || birth(Number(name)) === readFileSync(path, 'utf8')) return true
        rmSync(path, { force: true })
        return false
    })
}

function folder(cluster: Cluster): string {
    return join(cluster.home, 'leases')
}

function entries(path: string): string[] {
    try {
        return readdirSync(path)
    } catch {
        return []
    }
}

/** Tells a process from a later one with the same pid (where the system says when it began). */
function birth(pid: number): string {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    } catch {
        return isAlive(pid) ? 'alive' : 'gone'
    }
}
