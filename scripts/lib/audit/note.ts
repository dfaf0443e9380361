// Signed notes as https://c2sp.org/signed-note describes them, with Ed25519 keys: read strictly, signed, verified.

import { createPublicKey, type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto'
import { Problem } from '../console.ts'
import { sha256 } from './tree.ts'

/** A note as it was read. Nothing in it is worth anything until `verifyNote` has said who signed it. */
export interface Note {
    /** What is signed, with its last newline. */
    text: string
    signatures: Signature[]
}

export interface Signature {
    name: string
    /** Four bytes in hex, which tell keys of one name apart. */
    keyId: string
    bytes: Buffer
}

export interface VerifierKey {
    name: string
    keyId: string
    publicKey: KeyObject
}

export interface SigningKey {
    verifier: VerifierKey
    privateKey: KeyObject
}

const ed25519 = 0x01
const mostSignatures = 100
const mark = '— '
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a note may not hold
const controls = /[\u0000-\u0009\u000b-\u001f]/

export function parseNote(content: string): Note {
    if (controls.test(content) || !content.isWellFormed()) throw malformed('it holds control characters')
    const end = content.lastIndexOf('\n\n')
    if (end < 0) throw malformed('no empty line separates text and signatures')
    if (!content.endsWith('\n')) throw malformed('it does not end with a newline')
    const lines = content.slice(end + 2, -1).split('\n')
    if (lines.length > mostSignatures) throw malformed(`it has more than ${mostSignatures} signatures`)
    const signatures = lines.map(parseSignature)
    if (new Set(signatures.map(nameOf)).size < signatures.length) throw malformed('a key signed it twice')
    return { text: content.slice(0, end + 1), signatures }
}

export function formatNote({ text, signatures }: Note): string {
    const lines = signatures.map(({ name, keyId, bytes }) => {
        const signature = Buffer.concat([Buffer.from(keyId, 'hex'), bytes]).toString('base64')
        return `${mark}${name} ${signature}\n`
    })
    return `${text}\n${lines.join('')}`
}

export function signNote(text: string, keys: SigningKey[]): Note {
    const signatures = keys.map(({ verifier: { name, keyId }, privateKey }) => ({
        name,
        keyId,
        bytes: signBytes(null, Buffer.from(text), privateKey),
    }))
    return parseNote(formatNote({ text, signatures }))
}

/** The known keys that signed it; unknown ones count for nothing. Refuses a note with a wrong signature of a known one. */
export function signersOf(note: Note, keys: VerifierKey[]): VerifierKey[] {
    return keys.filter((key) => {
        const signature = note.signatures.find((each) => nameOf(each) === nameOf(key))
        if (!signature) return false
        if (!verifyBytes(null, Buffer.from(note.text), key.publicKey, signature.bytes)) {
            throw new Problem(`the signature of ${nameOf(key)} does not fit the text`)
        }
        return true
    })
}

/** Refuses a note that no known key signed, too. */
export function verifyNote(note: Note, keys: VerifierKey[]): VerifierKey[] {
    const signers = signersOf(note, keys)
    if (signers.length > 0) return signers
    const names = note.signatures.map(nameOf).join(', ')
    throw new Problem(`it is signed by ${names}, and by none of the known keys`)
}

/** What tells keys apart. */
export function nameOf({ name, keyId }: { name: string; keyId: string }): string {
    return `${name}+${keyId}`
}

export function verifierKey(name: string, publicKey: KeyObject): VerifierKey {
    if (!isKeyName(name)) {
        throw new Problem(
            `"${name}" cannot be a key's name: it is empty, or has a space or a plus in it.`,
            'Use an address without its scheme, such as ledger.example/audit.',
        )
    }
    const id = sha256(Buffer.from(`${name}\n`), encodedKey(publicKey)).subarray(0, 4)
    return { name, keyId: id.toString('hex'), publicKey }
}

/** `name+key id+base64`, the form in which verifier keys are handed out. */
export function formatVerifierKey(key: VerifierKey): string {
    return `${nameOf(key)}+${encodedKey(key.publicKey).toString('base64')}`
}

export function parseVerifierKey(text: string): VerifierKey {
    // The base64 may have pluses of its own.
    const [, name = '', keyId, encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? []
    const bytes = fromBase64(encoded)
    if (bytes?.length !== 33 || bytes[0] !== ed25519 || !isKeyName(name)) {
        throw new Problem(
            `"${text}" is no verifier key: it reads name+8 hex digits+base64 of an Ed25519 key.`,
        )
    }
    const x = bytes.subarray(1).toString('base64url')
    const key = verifierKey(name, createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }))
    if (key.keyId !== keyId)
        throw new Problem(`"${text}" is no verifier key: its key id is not that of the key.`)
    return key
}

/** Standard base64 in its one canonical spelling, else undefined. */
export function fromBase64(text: string): Buffer | undefined {
    const bytes = Buffer.from(text, 'base64')
    return bytes.toString('base64') === text ? bytes : undefined
}

function parseSignature(line: string): Signature {
    const [name = '', encoded = '', ...more] = line.slice(mark.length).split(' ')
    const bytes = fromBase64(encoded)
    if (!line.startsWith(mark) || !isKeyName(name) || more.length > 0 || !bytes || bytes.length < 5) {
        throw malformed(`"${line}" is no signature`)
    }
    return { name, keyId: bytes.subarray(0, 4).toString('hex'), bytes: bytes.subarray(4) }
}

function isKeyName(name: string): boolean {
    return name.length > 0 && name.isWellFormed() && !/[+\p{White_Space}]/u.test(name) && !controls.test(name)
}

function encodedKey(publicKey: KeyObject): Buffer {
    const { x = '' } = publicKey.export({ format: 'jwk' })
    return Buffer.concat([Buffer.from([ed25519]), Buffer.from(x, 'base64url')])
}

function malformed(why: string): Problem {
    return new Problem(`it is no signed note: ${why}`)
}
