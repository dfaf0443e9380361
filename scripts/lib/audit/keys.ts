// The publisher's keys, a folder of their own: key-0001.pem (private) and key-0001.json (public), key-0002 and so on.
// The newest signs; the one before it signs along until the time that its successor states, so that everybody can
// learn the new key while the old one still counts.

import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../console.ts'
import { createFile, readIfThere } from './files.ts'
import {
    formatVerifierKey,
    nameOf,
    parseVerifierKey,
    type SigningKey,
    type VerifierKey,
    verifierKey,
} from './note.ts'

export interface Keys {
    /** Those that sign now, newest first. */
    signing: SigningKey[]
    /** Every key there ever was, for the notes that it signed. */
    known: VerifierKey[]
}

interface PublicPart {
    vkey: string
    created_at: string
    /** Until then the key before this one signs along. */
    overlap_until: string | null
}

/** The first key of a folder. */
export function generateKey(dir: string, name: string, now = new Date()): VerifierKey {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    if (stems(dir).length > 0) {
        throw new Problem(`${dir} has a key already.`, 'empathy audit rotate makes the next one.')
    }
    return addKey(dir, 'key-0001', name, now, null)
}

/** The next key, of the same name. */
export function rotateKey(dir: string, overlapMilliseconds: number, now = new Date()): VerifierKey {
    const newest = publicParts(dir).at(-1)
    if (!newest) throw noKeys(dir)
    const next = `key-${String(Number(newest.stem.slice(4)) + 1).padStart(4, '0')}`
    const until = new Date(now.getTime() + overlapMilliseconds).toISOString()
    return addKey(dir, next, parseVerifierKey(newest.part.vkey).name, now, until)
}

export function loadKeys(dir: string, now = new Date()): Keys {
    const parts = publicParts(dir)
    if (parts.length === 0) throw noKeys(dir)
    const signing = parts
        .filter((_, index) => {
            const successor = parts[index + 1]?.part
            return !successor || now < new Date(successor.overlap_until ?? 0)
        })
        .map(({ stem, part }) => signingKey(dir, stem, parseVerifierKey(part.vkey)))
    return { signing: signing.reverse(), known: parts.map(({ part }) => parseVerifierKey(part.vkey)) }
}

function addKey(dir: string, stem: string, name: string, now: Date, until: string | null): VerifierKey {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = verifierKey(name, publicKey)
    const part: PublicPart = {
        vkey: formatVerifierKey(key),
        created_at: now.toISOString(),
        overlap_until: until,
    }
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    const made =
        createFile(join(dir, `${stem}.pem`), pem, 0o600) &&
        createFile(join(dir, `${stem}.json`), `${JSON.stringify(part, null, 2)}\n`, 0o644)
    if (!made) {
        throw new Problem(
            `${join(dir, stem)} is there already; it was not touched.`,
            'Somebody else makes keys here.',
        )
    }
    return key
}

function signingKey(dir: string, stem: string, verifier: VerifierKey): SigningKey {
    const path = join(dir, `${stem}.pem`)
    const pem = readIfThere(path)
    if (!pem)
        throw new Problem(`${path} is missing, and has to sign.`, 'Bring it back, or `empathy audit rotate`.')
    if ((statSync(path).mode & 0o077) !== 0) {
        throw new Problem(`${path} can be read by others than its owner.`, `chmod 600 ${path}`)
    }
    const privateKey = createPrivateKey(pem)
    if (nameOf(verifierKey(verifier.name, createPublicKey(pem))) !== nameOf(verifier)) {
        throw new Problem(
            `${path} is not the private key of ${stem}.json.`,
            'Bring back the two that belong together.',
        )
    }
    return { verifier, privateKey }
}

/** In order of age. A private key may be destroyed when it signs no more; its public part stays. */
function publicParts(dir: string): { stem: string; part: PublicPart }[] {
    return stems(dir).map((stem) => {
        const path = join(dir, `${stem}.json`)
        const text = readIfThere(path)
        if (!text) {
            throw new Problem(
                `${path} is missing.`,
                `Bring it back. If making the key was interrupted, it never signed: delete ${stem}.pem and begin again.`,
            )
        }
        return { stem, part: JSON.parse(text) as PublicPart }
    })
}

function stems(dir: string): string[] {
    const files = readIfFolder(dir).filter((file) => /^key-\d{4,}\.(pem|json)$/.test(file))
    return [...new Set(files.map((file) => file.replace(/\..*$/, '')))].sort()
}

function readIfFolder(dir: string): string[] {
    try {
        return readdirSync(dir)
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
        throw error
    }
}

function noKeys(dir: string): Problem {
    return new Problem(`There is no key in ${dir}.`, `empathy audit keygen NAME --dir ${dir}`)
}
