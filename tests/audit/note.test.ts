// Signed notes and checkpoints: what others wrote is read, and what is written here others can read.

import { createHash, createPublicKey, verify } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatCheckpoint, parseCheckpoint } from '../../scripts/lib/audit/checkpoint.ts'
import {
    formatNote,
    formatVerifierKey,
    parseNote,
    parseVerifierKey,
    signNote,
    verifierKey,
    verifyNote,
} from '../../scripts/lib/audit/note.ts'
import { testKey } from '../support/audit.ts'

// The example of https://c2sp.org/signed-note.
const specKey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'
const specNote =
    'This is an example message.\n\n' +
    '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n'

// The examples of golang.org/x/mod/sumdb/note, from which the format comes. The second key signed along.
const peter = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const enoch = 'EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop'
const goNote =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n\n" +
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n' +
    '— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n'

const names = (note: string, ...keys: string[]): string[] =>
    verifyNote(parseNote(note), keys.map(parseVerifierKey)).map(({ name }) => name)

test('the example of the specification verifies', () => {
    expect(names(specNote, specKey)).toEqual(['example.com/foo'])
})

test('a note of two keys verifies with either, and says by whom', () => {
    expect(names(goNote, peter)).toEqual(['PeterNeumann'])
    expect(names(goNote, enoch)).toEqual(['EnochRoot'])
    expect(names(goNote, peter, enoch, specKey)).toEqual(['PeterNeumann', 'EnochRoot'])
})

test('a note that no known key signed is refused', () => {
    expect(() => names(goNote, specKey)).toThrow('by none of the known keys')
    expect(() => names(goNote)).toThrow('by none of the known keys')
})

test('a wrong signature of a known key is refused, whoever else signed', () => {
    const spoiled = goNote.replace('rwz+eBzm', 'rwz+eBzn')
    expect(names(spoiled, peter)).toEqual(['PeterNeumann'])
    expect(() => names(spoiled, peter, enoch)).toThrow('does not fit the text')
})

test('any other byte of a signed note is refused', () => {
    const bytes = Buffer.from(specNote)
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const flipped = Buffer.from(bytes)
        flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
        expect(() => {
            const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(flipped)
            return names(text, specKey)
        }, `bit ${bit}`).toThrow()
    }
})

const signature = 'U'.repeat(92)
test.each([
    ['nothing', ''],
    ['no empty line', `text\n— name ${signature}\n`],
    ['no text', `x— name ${signature}\n`],
    ['no signature', 'text\n\n'],
    [
        'too many signatures',
        `text\n\n${Array.from({ length: 101 }, (_, index) => `— name${index} ${signature}\n`).join('')}`,
    ],
    ['no last newline', specNote.slice(0, -1)],
    ['something after the signatures', `${specNote}more\n`],
    ['an empty line after the signatures', `${specNote}\n`],
    ['a hyphen for a dash', specNote.replace('—', '-')],
    ['a tab', specNote.replace('an example', 'an\texample')],
    ['a carriage return', specNote.replaceAll('\n', '\r\n')],
    ['a lone surrogate', specNote.replace('example', '\ud800')],
    ['a plus in the name', specNote.replace('com/foo', 'com+foo')],
    ['a no-break space in the name', specNote.replace('com/foo', 'com\u00a0foo')],
    ['two spaces', specNote.replace('— ', '—  ')],
    ['a signature without padding', specNote.replace('=\n', '\n')],
    ['a signature in another spelling', specNote.replace('QM=\n', 'QN=\n')],
    ['a signature shorter than a key id', 'text\n\n— name VVVV\n'],
    ['two signatures of one key', specNote + (specNote.split('\n\n')[1] ?? '')],
])('a note with %s is refused', (_, note) => {
    expect(() => parseNote(note)).toThrow('it is no signed note')
})

test('the text of a note may have empty lines', () => {
    const { verifier, privateKey } = testKey('name', 1)
    const note = signNote('one\n\n\ntwo\n', [{ verifier, privateKey }])
    expect(parseNote(formatNote(note)).text).toBe('one\n\n\ntwo\n')
})

test.each([
    ['', 'nothing'],
    [specKey.replace('530d903a', '530d903b'), 'the id of another key'],
    [specKey.replace('530d903a', '530D903A'), 'an id in capitals'],
    [specKey.replace('example', 'exampl'), 'another name'],
    [`${specKey}=`, 'padding that is not needed'],
    [specKey.slice(0, -4), 'a short key'],
    [`${specKey}\n`, 'a newline'],
    [specKey.replace('com/foo', 'com foo'), 'a space'],
    // The key id below fits, so only the type tells.
    ['PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'an unknown type'],
])('%j is no verifier key: it has %s', (text) => {
    expect(() => parseVerifierKey(text)).toThrow('is no verifier key')
})

test('a verifier key is written as it was read', () => {
    for (const key of [specKey, peter, enoch]) expect(formatVerifierKey(parseVerifierKey(key))).toBe(key)
})

test('a key with an impossible name is not made', () => {
    const { publicKey } = testKey('name', 1).verifier
    for (const name of ['', 'two words', 'a+b', 'a\nb', 'a\u2028b']) {
        expect(() => verifierKey(name, publicKey)).toThrow("cannot be a key's name")
    }
})

/** From the document, and nothing of ours: the text of a note, where this key signed it. */
function openByTheDocument(note: string, vkey: string): string {
    const [name, id, ...material] = vkey.split('+')
    const key = Buffer.from(material.join('+'), 'base64')
    const wanted = createHash('sha256').update(`${name}\n`).update(key).digest().subarray(0, 4)
    if (wanted.toString('hex') !== id || key[0] !== 1) throw new Error('no such key')
    const end = note.lastIndexOf('\n\n') + 1
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)])
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' })
    for (const line of note.slice(end + 1).split('\n')) {
        const [, signer, encoded = ''] = line.split(' ')
        const bytes = Buffer.from(encoded, 'base64')
        if (signer !== name || !bytes.subarray(0, 4).equals(wanted)) continue
        if (verify(null, Buffer.from(note.slice(0, end)), publicKey, bytes.subarray(4)))
            return note.slice(0, end)
    }
    throw new Error('not signed by this key')
}

test('what is signed here is read by a reader written from the document', () => {
    expect(openByTheDocument(specNote, specKey)).toBe('This is an example message.\n')
    const keys = [testKey('ledger.example/audit', 1), testKey('ledger.example/audit', 2)]
    const property = fc.property(
        fc.string(),
        fc.nat(),
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        (x, size, y) => {
            const origin = `ledger.example/${x.replace(/[^ -~]/g, '')}`
            const text = formatCheckpoint({ origin, size, root: Buffer.from(y) })
            const note = formatNote(signNote(text, keys))
            for (const { verifier } of keys) {
                expect(openByTheDocument(note, formatVerifierKey(verifier))).toBe(text)
            }
            expect(parseCheckpoint(text)).toEqual({ origin, size, root: Buffer.from(y) })
        },
    )
    fc.assert(property, { numRuns: 50 })
})

test('the example of https://c2sp.org/tlog-checkpoint is read', () => {
    const text = 'example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n'
    const checkpoint = parseCheckpoint(text)
    expect(checkpoint.size).toBe(20852163)
    expect(formatCheckpoint(checkpoint)).toBe(text)
})

const root = 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='
test.each([
    ['no origin', `\n1\n${root}\n`],
    ['a leading zero', `o\n01\n${root}\n`],
    ['a sign', `o\n+1\n${root}\n`],
    ['a size past counting', `o\n9007199254740993\n${root}\n`],
    ['a short root', 'o\n1\nCsUY\n'],
    ['a root in another spelling', `o\n1\n${root.replace('q2I=', 'q2J=')}\n`],
    ['a further line', `o\n1\n${root}\nmore\n`],
    ['no last newline', `o\n1\n${root}`],
])('a checkpoint with %s is refused', (_, text) => {
    expect(() => parseCheckpoint(text)).toThrow('it is no checkpoint')
})
