// Lets one process at a time start, make or stop a cluster.
// A dead holder is known by its pid, or, where that belongs to somebody else by now, by its missing heartbeat.

import { readFileSync, rmSync, statSync, utimes, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '../console.ts'
import { isAlive } from './postmaster.ts'

const heartbeat = 1_000
const dead = 10_000
const patience = 120_000

export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
    await acquire(path)
    const beating = setInterval(() => {
        const now = new Date()
        utimes(path, now, now, () => undefined)
    }, heartbeat)
    try {
        return await work()
    } finally {
        clearInterval(beating)
        rmSync(path, { force: true })
    }
}

async function acquire(path: string): Promise<void> {
    const deadline = Date.now() + patience
    while (!create(path)) {
        if (isAbandoned(path)) rmSync(path, { force: true })
        else if (Date.now() > deadline) {
            throw new Problem(
                `Another process has been starting or stopping the embedded Postgres for ${patience / 1000} s.`,
                `If there is none, remove ${path} and try again.`,
            )
        } else await sleep(100)
    }
}

function create(path: string): boolean {
    try {
        writeFileSync(path, String(process.pid), { flag: 'wx' })
        return true
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
        // On a full disk the file is there, and empty.
        rmSync(path, { force: true })
        throw error
    }
}

function isAbandoned(path: string): boolean {
    try {
        const holder = Number(readFileSync(path, 'utf8'))
        return (holder > 0 && !isAlive(holder)) || Date.now() - statSync(path).mtimeMs > dead
    } catch {
        return false
    }
}
