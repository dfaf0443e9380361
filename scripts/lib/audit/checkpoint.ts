// Checkpoints as https://c2sp.org/tlog-checkpoint describes them: which log, how many changes, which root.

import { Problem } from '../console.ts'
import { readText } from './files.ts'
import { fromBase64, type Note, parseNote, type VerifierKey, verifyNote } from './note.ts'
import type { Head } from './tree.ts'

export interface Checkpoint extends Head {
    origin: string
}

export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
    return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** Lines after the third are allowed there and never written by us: one would be signed unread, so it is refused. */
export function parseCheckpoint(text: string): Checkpoint {
    const [origin = '', size = '', encoded = '', ...rest] = text.split('\n')
    const root = fromBase64(encoded)
    const checkpoint = { origin, size: Number(size), root: root ?? Buffer.alloc(0) }
    const wellFormed = origin !== '' && root?.length === 32 && rest.length === 1 && rest[0] === ''
    if (!wellFormed || !/^(0|[1-9]\d*)$/.test(size) || !Number.isSafeInteger(checkpoint.size)) {
        throw new Problem('it is no checkpoint of three lines: origin, size, base64 of the root')
    }
    return checkpoint
}

/** The checkpoint in a signed note, once one of the keys is seen to have signed it. */
export function openCheckpoint(note: Note, keys: VerifierKey[]): Checkpoint {
    verifyNote(note, keys)
    return parseCheckpoint(note.text)
}

/**
 * A checkpoint that somebody kept: signed, or the bare three lines. Without keys it is believed because of where it
 * comes from; with keys it has to be signed by one of them.
 */
export function readTrusted(path: string, keys: VerifierKey[]): Checkpoint {
    const content = readText(path)
    try {
        if (keys.length > 0) return openCheckpoint(parseNote(content), keys)
        return parseCheckpoint(content.includes('\n\n') ? parseNote(content).text : content)
    } catch (error) {
        throw new Problem(`${path} cannot be trusted: ${error instanceof Error ? error.message : error}.`)
    }
}

export function describe({ size, root }: Head): string {
    return `size ${size}, root ${root.toString('hex')}`
}
