// Where the bytes of files lie: one interface, whatever keeps them. A store takes in what was announced and nothing
// else: all of it, or there is nothing to be read.

import { createHash } from 'node:crypto'
import { type Readable, Transform } from 'node:stream'

export interface Storage {
    /** What content.finish_upload() is told of how the bytes are kept. */
    readonly encryption: 'none' | 'store'
    /** Takes the bytes in; if they are not what was announced, or their source ends before, nothing is kept. */
    put(key: string, source: Readable, announced: Announced): Promise<void>
    read(key: string, range?: Range): Promise<Readable>
    /** Lets go of it. What is not there is let go of already. */
    remove(key: string): Promise<void>
    /** Where whoever has this URL reads it for so many seconds; undefined where only this server can. */
    link?(key: string, shownAs: ShownAs, seconds: number): string
}

export interface Announced {
    bytes: number
    /** In hexadecimal digits. */
    sha256: string
    mime: string
}

/** Both ends are in it. */
export interface Range {
    first: number
    last: number
}

export interface ShownAs {
    mime: string
    disposition: string
}

/** Bytes that are not those that were announced. */
export class NotAsAnnounced extends Error {
    readonly tooMany: boolean

    constructor(message: string, tooMany = false) {
        super(message)
        this.tooMany = tooMany
    }
}

/** Lets through what was announced; fails at the first byte too many, or at the end. */
export function asAnnounced({ bytes, sha256 }: Announced): Transform {
    const hash = createHash('sha256')
    let seen = 0
    return new Transform({
        transform(chunk: Buffer, _encoding, done) {
            seen += chunk.length
            if (seen > bytes) return done(new NotAsAnnounced(`more than ${bytes} bytes`, true))
            hash.update(chunk)
            done(null, chunk)
        },
        flush(done) {
            if (seen < bytes) return done(new NotAsAnnounced(`${seen} bytes instead of ${bytes}`))
            done(hash.digest('hex') === sha256 ? null : new NotAsAnnounced('other bytes than were announced'))
        },
    })
}

/** Keys are made by the database; no other ever names anything in a store. */
export function checkKey(key: string): string {
    if (!/^[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(key)) throw new Error('this is not the key of a file')
    return key
}
