// The publisher's keys: where they lie, which of them sign, and what is refused.

import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { generateKey, loadKeys, rotateKey } from '../../scripts/lib/audit/keys.ts'
import { formatVerifierKey, signNote, verifyNote } from '../../scripts/lib/audit/note.ts'

const name = 'ledger.example/audit'
const day = 86_400_000
const start = new Date('2026-01-01T00:00:00Z')
const after = (days: number): Date => new Date(start.getTime() + days * day)

let home: string
let dir: string

beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'empathy-keys-'))
    dir = join(home, 'keys')
})

afterEach(() => rmSync(home, { recursive: true, force: true }))

const signing = (when: Date): string[] => loadKeys(dir, when).signing.map(({ verifier }) => verifier.keyId)

test('a new key signs, and only its owner can read it', () => {
    const key = generateKey(dir, name, start)
    const { signing, known } = loadKeys(dir)
    expect(known.map(formatVerifierKey)).toEqual([formatVerifierKey(key)])
    expect(verifyNote(signNote('text\n', signing), [key])).toEqual([key])
    expect(statSync(dir).mode & 0o777).toBe(0o700)
    expect(statSync(join(dir, 'key-0001.pem')).mode & 0o777).toBe(0o600)
    expect(readFileSync(join(dir, 'key-0001.pem'), 'utf8')).toMatch(/^-----BEGIN PRIVATE KEY-----\n/)
    expect(readFileSync(join(dir, 'key-0001.json'), 'utf8')).not.toContain('PRIVATE')
})

test('a second first key is refused, and the first stays as it is', () => {
    generateKey(dir, name)
    const before = readFileSync(join(dir, 'key-0001.pem'), 'utf8')
    expect(() => generateKey(dir, name)).toThrow('has a key already')
    expect(readFileSync(join(dir, 'key-0001.pem'), 'utf8')).toBe(before)
    expect(readdirSync(dir)).toEqual(['key-0001.json', 'key-0001.pem'])
})

test('after a rotation both sign for the overlap, then the new one alone; both stay known', () => {
    const old = generateKey(dir, name, start)
    const young = rotateKey(dir, 30 * day, after(100))
    expect(young.name).toBe(name)
    expect(signing(after(129))).toEqual([young.keyId, old.keyId])
    expect(signing(after(130))).toEqual([young.keyId])
    expect(loadKeys(dir, after(130)).known.map(({ keyId }) => keyId)).toEqual([old.keyId, young.keyId])
    const youngest = rotateKey(dir, 0, after(110))
    expect(signing(after(111))).toEqual([youngest.keyId, old.keyId])
})

test('a private key that signs no more may be destroyed; one that has to sign is missed', () => {
    generateKey(dir, name, start)
    rotateKey(dir, day, after(1))
    rmSync(join(dir, 'key-0001.pem'))
    expect(() => loadKeys(dir, after(1))).toThrow('key-0001.pem is missing')
    expect(loadKeys(dir, after(3)).known).toHaveLength(2)
})

test('a key without its public part is not passed over', () => {
    generateKey(dir, name, start)
    rotateKey(dir, 0, after(1))
    rmSync(join(dir, 'key-0002.json'))
    expect(() => loadKeys(dir)).toThrow('key-0002.json is missing')
    expect(() => rotateKey(dir, 0)).toThrow('key-0002.json is missing')
})

test('a private key that others can read, or that is another key, is refused', () => {
    generateKey(dir, name)
    chmodSync(join(dir, 'key-0001.pem'), 0o640)
    expect(() => loadKeys(dir)).toThrow('can be read by others')
    const other = join(home, 'other')
    generateKey(other, name)
    expect(() => {
        rmSync(join(dir, 'key-0001.json'))
        exchange(other, dir)
        return loadKeys(dir)
    }).toThrow('is not the private key of key-0001.json')
})

test('a folder without keys says how to make one', () => {
    expect(() => loadKeys(dir)).toThrow(`There is no key in ${dir}`)
    expect(() => rotateKey(dir, 0)).toThrow(`There is no key in ${dir}`)
})

/** The public part of another key takes the place of this one's. */
function exchange(from: string, to: string): void {
    writeFileSync(join(to, 'key-0001.json'), readFileSync(join(from, 'key-0001.json')))
    chmodSync(join(to, 'key-0001.pem'), 0o600)
}
