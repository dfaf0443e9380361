// The publisher signs what continues what it signed before, and nothing else, also when it is killed at any point.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { formatCheckpoint, openCheckpoint } from '../../scripts/lib/audit/checkpoint.ts'
import { publishedNotes } from '../../scripts/lib/audit/export.ts'
import { replaceFile } from '../../scripts/lib/audit/files.ts'
import type { Keys } from '../../scripts/lib/audit/keys.ts'
import { parseNote } from '../../scripts/lib/audit/note.ts'
import { type LogSource, publishRound, type Round } from '../../scripts/lib/audit/publisher.ts'
import { instance, key, tenantId, testKey } from '../support/audit.ts'
import { consistencyProof, leafOf, rootOf } from '../support/merkle.ts'

const otherId = '0192f3a0-7c1e-7000-8000-00000000000b'

/** A database with logs, which can lie. */
class Source implements LogSource {
    readonly logs = new Map<string, Buffer[]>()
    origin = (tenant: string): string => `${instance}/${tenant}`
    proof = consistencyProof
    size: ((tenant: string) => number) | undefined

    grow(tenant: string, ...entries: string[]): this {
        this.logs.set(tenant, [
            ...(this.logs.get(tenant) ?? []),
            ...entries.map((each) => leafOf(Buffer.from(each))),
        ])
        return this
    }

    async heads() {
        return [...this.logs].map(([tenantId, leaves]) => ({
            tenantId,
            size: this.size?.(tenantId) ?? leaves.length,
        }))
    }

    async checkpoint(tenant: string, size: number): Promise<string | null> {
        const root = rootOf((this.logs.get(tenant) ?? []).slice(0, size))
        return formatCheckpoint({ origin: this.origin(tenant), size, root })
    }

    async consistency(tenant: string, older: number, newer: number) {
        return this.proof((this.logs.get(tenant) ?? []).slice(0, newer), older)
    }
}

let home: string
let dir: string
let source: Source
const keys: Keys = { signing: [key], known: [key.verifier] }

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'empathy-publisher-'))
    dir = join(home, 'published')
    source = new Source().grow(tenantId, 'a', 'b', 'c')
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const round = (options: Partial<Parameters<typeof publishRound>[0]> = {}): Promise<Round> =>
    publishRound({ source, dir, keys, init: true, ...options })
const read = (...path: string[]): string => readFileSync(join(dir, ...path), 'utf8')
const newest = (tenant = tenantId, { known }: Keys = keys) =>
    openCheckpoint(parseNote(read(tenant, 'checkpoint')), known)

async function refused(options: Partial<Parameters<typeof publishRound>[0]> = {}): Promise<string> {
    const before = snapshot()
    const { published, refused } = await round({ init: false, ...options })
    expect(published).toEqual([])
    expect(refused).toHaveLength(1)
    expect(snapshot()).toEqual(before)
    return refused[0]?.message ?? ''
}

/** Every file, and what is in it. */
function snapshot(): Record<string, string> {
    const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    const paths = files.map((entry) => join(entry.parentPath, entry.name)).sort()
    return Object.fromEntries(paths.map((path) => [path, readFileSync(path, 'utf8')]))
}

test('heads are published as they grow, each under its size, the newest as checkpoint', async () => {
    expect((await round()).published).toMatchObject([{ tenant_id: tenantId, size: 3, first: true }])
    expect(await round({ init: false })).toEqual({ published: [], unchanged: 1, refused: [] })
    source.grow(tenantId, 'd', 'e').grow(otherId, 'x')
    expect((await round({ init: false })).published).toMatchObject([
        { tenant_id: tenantId, size: 5, first: false },
        { tenant_id: otherId, size: 1, first: true },
    ])
    expect(newest()).toEqual({
        origin: source.origin(tenantId),
        size: 5,
        root: rootOf(source.logs.get(tenantId) ?? []),
    })
    expect(readdirSync(join(dir, tenantId)).sort()).toEqual(['3.note', '5.note', 'checkpoint'])
    expect(read(tenantId, '5.note')).toBe(read(tenantId, 'checkpoint'))
    expect([...publishedNotes(dir, tenantId, 4)]).toEqual([read(tenantId, '3.note')])
})

test('a log that has become smaller is refused', async () => {
    await round()
    source.logs.set(tenantId, (source.logs.get(tenantId) ?? []).slice(0, 2))
    const message = await refused()
    expect(message).toContain(`Log ${source.origin(tenantId)} has become smaller`)
    expect(message).toMatch(
        /Published: size 3, root [0-9a-f]{64}\. The database: size 2, root [0-9a-f]{64}\./,
    )
})

test('a log with another root at the same size is refused', async () => {
    await round()
    source.logs.delete(tenantId)
    expect(await refused({ source: source.grow(tenantId, 'a', 'b', 'C') })).toContain(
        'has another root at the same size',
    )
})

test('a log that was rewritten and has grown is refused, whatever proof it brings', async () => {
    await round()
    const old = source.logs.get(tenantId) ?? []
    source.logs.delete(tenantId)
    source.grow(tenantId, 'a', 'b', 'C', 'd')
    expect(await refused()).toContain('does not continue what was published')
    for (const proof of [[], old, [rootOf(old)]]) {
        source.proof = () => proof
        expect(await refused()).toContain('does not continue what was published')
    }
})

test('a log that calls itself otherwise is refused', async () => {
    await round()
    source.grow(tenantId, 'd').origin = (tenant) => `elsewhere.example/${tenant}`
    expect(await refused()).toContain(`now calls itself elsewhere.example/${tenantId}`)
    source.origin = () => `${instance}/${otherId}`
    expect(await refused()).toContain('that is the name of another log')
})

test('a log whose installation has given it no name is refused', async () => {
    source.origin = (tenant) => `log.invalid/${tenant}`
    const { published, refused: told } = await round()
    expect(published).toEqual([])
    expect(told).toMatchObject([{ message: `Log log.invalid/${tenantId} has no name of its own yet.` }])
})

test('a log that the database no longer has is refused', async () => {
    await round()
    source.logs.delete(tenantId)
    expect(await refused()).toContain('the database has no such log any more')
})

test('a checkpoint of another size than was asked for, or with more lines, is refused', async () => {
    await round()
    const answer = source.checkpoint.bind(source)
    source.grow(tenantId, 'd').checkpoint = (tenant) => answer(tenant, 2)
    expect(await refused()).toContain('was asked for size 4 and answered 2')
    source.checkpoint = async (tenant, size) => `${await answer(tenant, size)}more\n`
    expect(await refused()).toContain('it is no checkpoint')
    source.checkpoint = async () => null
    expect(await refused()).toContain('has no checkpoint at size 4')
})

test('a log that is no folder name is refused', async () => {
    await round()
    source.logs.delete(tenantId)
    await round({ source: source.grow('../elsewhere', 'a') })
    expect(existsSync(join(home, 'elsewhere'))).toBe(false)
})

test('one log that is refused does not keep another from being published', async () => {
    source.grow(otherId, 'x')
    await round()
    source.logs.set(tenantId, [leafOf(Buffer.from('z'))])
    source.grow(otherId, 'y')
    const { published, refused } = await round({ init: false })
    expect(published).toMatchObject([{ tenant_id: otherId, size: 2 }])
    expect(refused).toMatchObject([{ tenant_id: tenantId }])
    expect(newest()).toMatchObject({ size: 3 })
})

test('a new folder has to be asked for', async () => {
    await expect(round({ init: false })).rejects.toThrow('Nothing was ever published')
    await round()
    rmSync(dir, { recursive: true })
    await expect(round({ init: false })).rejects.toThrow('Nothing was ever published')
})

test.each([
    ['logs.json', ['logs.json'], 'logs.json is missing'],
    ['the checkpoint', [tenantId, 'checkpoint'], 'checkpoint is missing'],
    ['the newest note', [tenantId, '5.note'], '5.note is missing'],
    ['the folder of a log', [tenantId], '5.note is missing'],
])('that %s was lost is noticed, with --init too', async (_, path, message) => {
    await round()
    source.grow(tenantId, 'd', 'e')
    await round()
    rmSync(join(dir, ...path), { recursive: true })
    for (const init of [false, true]) {
        const said = await round({ init }).then(
            ({ refused }) => refused[0]?.message,
            (error: Error) => error.message,
        )
        expect(said).toContain(message)
    }
})

test('files put back from an old copy are noticed, and so are files that somebody else wrote', async () => {
    await round()
    const old = { note: read(tenantId, 'checkpoint'), state: read('logs.json') }
    source.grow(tenantId, 'd', 'e')
    await round()
    const put = (path: string[], text: string) => writeFileSync(join(dir, ...path), text)
    const [note, state] = [read(tenantId, 'checkpoint'), read('logs.json')]
    put([tenantId, 'checkpoint'], old.note)
    expect(await refused()).toContain('checkpoint is of another size')
    put([tenantId, 'checkpoint'], note)
    put([tenantId, '5.note'], old.note)
    expect(await refused()).toContain('5.note is of')
    put([tenantId, '5.note'], note.replace('5\n', '6\n'))
    expect(await refused()).toContain('cannot be trusted')
    put([tenantId, '5.note'], note)
    put(['logs.json'], old.state)
    expect(await refused()).toContain('checkpoint is of another size')
    put(['logs.json'], state.replace(/"root": "../, '"root": "zz'))
    expect(await refused()).toContain('another root than logs.json')
    put(['logs.json'], '{"version":1,"logs":{}}')
    expect(await refused()).toContain('logs.json does not know it')
    put(['logs.json'], '{"version":1')
    await expect(round({ init: false })).rejects.toThrow('is damaged')
    put(['logs.json'], state)
    expect(await round({ init: false })).toMatchObject({ unchanged: 1 })
})

class Killed extends Error {}

/** Writes so many files, then dies: before the next appears, or right after it. */
function dyingAt(count: number, when: 'before' | 'after'): (path: string, text: string) => void {
    let left = count
    return (path, text) => {
        if (left === 0 && when === 'before') throw new Killed()
        replaceFile(path, text)
        if (left === 0) throw new Killed()
        left -= 1
    }
}

const kills = [0, 1, 2, 3, 4, 5].flatMap((count) => [[count, 'before'] as const, [count, 'after'] as const])

test.each(kills)('killed at write %i (%s it), it goes on where it stopped', async (count, when) => {
    source.grow(otherId, 'x')
    await round()
    source.grow(tenantId, 'd').grow(otherId, 'y')
    await expect(round({ write: dyingAt(count, when) })).rejects.toThrow(Killed)
    source.grow(tenantId, 'e')
    expect((await round({ init: false })).refused).toEqual([])
    expect(await round({ init: false })).toEqual({ published: [], unchanged: 2, refused: [] })
    expect(newest()).toMatchObject({ size: 5 })
    expect(newest(otherId)).toMatchObject({ size: 2 })
    expect(read(tenantId, '5.note')).toBe(read(tenantId, 'checkpoint'))
})

test.each(kills)(
    'killed at write %i (%s it), and then the log is rewritten: what got out counts',
    async (count, when) => {
        await round()
        source.grow(tenantId, 'd', 'e')
        // With one log there are four writes: announced, note, checkpoint, done.
        const killed = await round({ write: dyingAt(count, when) }).then(
            () => false,
            () => true,
        )
        const out = existsSync(join(dir, tenantId, '5.note'))
        expect(out).toBe(!killed || count > 1 || (count === 1 && when === 'after'))
        // This continues the three that were published before the kill, and not the five.
        source.logs.set(tenantId, (source.logs.get(tenantId) ?? []).slice(0, 3))
        source.grow(tenantId, 'D', 'E', 'F')
        const { published, refused } = await round({ init: false })
        expect(published).toHaveLength(out ? 0 : 1)
        if (out) expect(refused[0]?.message).toContain('does not continue what was published')
    },
)

test('killed twice in a row, the head that got out first still counts', async () => {
    await round()
    source.grow(tenantId, 'd')
    await expect(round({ write: dyingAt(1, 'after') })).rejects.toThrow(Killed)
    source.grow(tenantId, 'e')
    for (const count of [0, 1, 2]) {
        await expect(round({ write: dyingAt(count, 'after') })).rejects.toThrow(Killed)
    }
    source.logs.set(tenantId, (source.logs.get(tenantId) ?? []).slice(0, 3))
    source.grow(tenantId, 'D', 'E', 'F')
    const { published, refused } = await round({ init: false })
    expect(published).toEqual([])
    expect(refused[0]?.message).toMatch(/Published: size [45],/)
})

test('killed in its first round of all, it begins again', async () => {
    for (const [count, when] of kills.slice(0, 10)) {
        rmSync(dir, { recursive: true, force: true })
        await round({ write: dyingAt(count, when) }).catch(() => undefined)
        const { refused } = await round()
        expect(refused).toEqual([])
        expect(newest()).toMatchObject({ size: 3 })
    }
})

test('whoever lost the lock writes nothing more', async () => {
    await round()
    source.grow(tenantId, 'd')
    for (let allowed = 0; allowed < 4; allowed += 1) {
        let left = allowed
        const requireLock = () => {
            if (left === 0) throw new Error('taken over')
            left -= 1
        }
        const before = snapshot()
        await expect(round({ init: false, requireLock })).rejects.toThrow('taken over')
        if (allowed < 2) expect(snapshot()).toEqual(before)
    }
})

test('after a rotation the newest head is signed again, by both keys, and then by the new one', async () => {
    await round()
    const young = testKey(key.verifier.name, 9)
    const known = [key.verifier, young.verifier]
    const both: Keys = { signing: [young, key], known }
    const first = read(tenantId, 'checkpoint')
    expect((await round({ keys: both })).published).toMatchObject([{ size: 3, first: false }])
    const note = parseNote(read(tenantId, 'checkpoint'))
    expect(note.text).toBe(parseNote(first).text)
    expect(note.signatures.map(({ keyId }) => keyId)).toEqual([young.verifier.keyId, key.verifier.keyId])
    expect(read(tenantId, '3.note')).toBe(read(tenantId, 'checkpoint'))
    expect(await round({ keys: both })).toMatchObject({ published: [], unchanged: 1 })
    source.grow(tenantId, 'd')
    const alone: Keys = { signing: [young], known }
    expect((await round({ keys: alone })).published).toMatchObject([{ size: 4 }])
    expect(newest(tenantId, { signing: [], known: [young.verifier] })).toMatchObject({ size: 4 })
    expect(
        (await round({ keys: { signing: [testKey('x', 3)], known: [testKey('x', 3).verifier] } })).refused,
    ).toHaveLength(1)
})
