// One publisher at a time; that of a dead one is taken over, by one only.

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
    existsSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withPublisherLock } from '../../scripts/lib/audit/lock.ts'
import { inPackage } from '../../scripts/lib/paths.ts'

let dir: string
let path: string

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'empathy-lock-'))
    path = join(dir, 'publisher.lock')
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

const left = (pid: number, host = hostname()): void =>
    writeFileSync(path, JSON.stringify({ pid, host, id: 'x' }))
const take = (): Promise<string> => withPublisherLock(dir, async () => 'taken')

test('a second one is refused while the first works, and comes in afterwards', async () => {
    await withPublisherLock(dir, async () => {
        await expect(take()).rejects.toThrow(`process ${process.pid} on ${hostname()}`)
    })
    expect(existsSync(path)).toBe(false)
    expect(await take()).toBe('taken')
})

test('the lock of a process that is gone is taken over; that of a living one is not', async () => {
    left(spawnSync('true').pid)
    expect(await take()).toBe('taken')
    left(process.ppid)
    await expect(take()).rejects.toThrow('Another publisher works here')
})

test('a lock with our own number that we never took is from before a restart', async () => {
    left(process.pid)
    expect(await take()).toBe('taken')
})

test('of a holder on another host the heartbeat counts', async () => {
    left(1, 'elsewhere')
    await expect(take()).rejects.toThrow('process 1 on elsewhere')
    const old = new Date(Date.now() - 61_000)
    utimesSync(path, old, old)
    expect(await take()).toBe('taken')
})

test('while one takes a dead lock over, another does not', async () => {
    left(spawnSync('true').pid)
    writeFileSync(`${path}.taking-over`, '')
    await expect(take()).rejects.toThrow('is taking')
    rmSync(`${path}.taking-over`)
    expect(await take()).toBe('taken')
    expect(readdirSync(dir)).toEqual([])
})

test('whoever lost it is told, and does not take it from the next', async () => {
    await withPublisherLock(dir, async (lock) => {
        lock.require()
        left(1, 'elsewhere')
        expect(() => lock.require()).toThrow('taken')
    })
    expect(readFileSync(path, 'utf8')).toContain('elsewhere')
})

test('of many that find a dead lock at once, one at a time comes in', async () => {
    const program = `
        import { writeFileSync, rmSync } from 'node:fs'
        import { setTimeout as sleep } from 'node:timers/promises'
        import { withPublisherLock } from ${JSON.stringify(inPackage('scripts/lib/audit/lock.ts'))}
        const [dir] = process.argv.slice(-1)
        await withPublisherLock(dir, async () => {
            writeFileSync(dir + '/inside', '', { flag: 'wx' })
            await sleep(30)
            rmSync(dir + '/inside')
        }).catch((error) => { if (!/Another publisher/.test(error.message)) throw error })`
    left(spawnSync('true').pid)
    const file = join(dir, 'program.mts')
    writeFileSync(file, program)
    const codes = await Promise.all(
        Array.from({ length: 4 }, async () => {
            const child = spawn(process.execPath, ['--import', 'tsx', file, dir], {
                cwd: inPackage(),
                stdio: 'inherit',
            })
            const [code] = await once(child, 'exit')
            return code
        }),
    )
    expect(codes).toEqual([0, 0, 0, 0])
})
