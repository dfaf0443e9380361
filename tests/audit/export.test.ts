// Writing a bundle: what the database says, the notes, the digest; the file is there when it is whole, and not before.

import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { exportBundle, publishedNotes } from '../../scripts/lib/audit/export.ts'
import { closed, example, found, tenantId } from '../support/audit.ts'

let dir: string

beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'empathy-export-'))
})

afterEach(() => rmSync(dir, { recursive: true, force: true }))

const lines = example().bundle()
const fromDatabase = lines.slice(0, -1)
const note = (JSON.parse(lines.at(-1) ?? '') as { note: string }).note

async function* batches(...some: string[][]): AsyncGenerator<string[]> {
    yield* some
}

test('what is written is the bundle, to the byte', async () => {
    const path = join(dir, 'out.bundle')
    const exported = await exportBundle(
        batches(fromDatabase.slice(0, 3), fromDatabase.slice(3)),
        path,
        () => [note],
    )
    const written = readFileSync(path, 'utf8')
    expect(written).toBe(closed(lines))
    expect(found(written)).toBe('')
    expect(exported).toEqual({ path, size: 4, notes: 1, bytes: Buffer.byteLength(written) })
    expect(readdirSync(dir)).toEqual(['out.bundle'])
})

test('an export that breaks off leaves what was there, and nothing beside it', async () => {
    const path = join(dir, 'out.bundle')
    writeFileSync(path, 'the one before')
    async function* broken() {
        yield fromDatabase.slice(0, 3)
        throw new Error('the connection ended')
    }
    await expect(exportBundle(broken(), path, () => [])).rejects.toThrow('the connection ended')
    await expect(exportBundle(batches(), path, () => [])).rejects.toThrow('no bundle')
    await expect(exportBundle(batches(['{}']), path, () => [])).rejects.toThrow('no line of a bundle')
    expect(readFileSync(path, 'utf8')).toBe('the one before')
    expect(readdirSync(dir)).toEqual(['out.bundle'])
})

test('notes come in the order of their sizes, up to the size of the bundle', () => {
    const folder = join(dir, tenantId)
    mkdirSync(folder)
    const sized = (size: number): string => note.replace(/\n4\n/, `\n${size}\n`)
    for (const size of [10, 9, 100]) writeFileSync(join(folder, `${size}.note`), sized(size))
    writeFileSync(join(folder, 'checkpoint'), sized(100))
    expect([...publishedNotes(dir, tenantId, 99)]).toEqual([sized(9), sized(10)])
    writeFileSync(join(folder, '9.note'), sized(8))
    expect(() => [...publishedNotes(dir, tenantId, 99)]).toThrow('9.note is of another size')
    expect(existsSync(join(dir, 'elsewhere'))).toBe(false)
    expect(() => [...publishedNotes(dir, 'elsewhere', 99)]).toThrow('has no notes of log elsewhere')
})
