// Where somebody had come to in what happens, as they are told it. It is sealed: in clear it would say how many
// transactions there were, of everybody together. Every server that has the key that signs the addresses of files reads
// what another one wrote; without such a key, a cursor is good for as long as its server lives.

import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { SigningKeys } from '../../storage/signed-urls.ts'
import type { Heard } from './hub.ts'

export interface Cursors {
    write(heard: Heard): string
    /** Undefined for what was written with another key, or is no cursor. */
    read(cursor: string): Heard | undefined
}

const nonceLength = 12
const tagLength = 16

export function cursorsOf(keys: SigningKeys | undefined): Cursors {
    const secret = keys ? Buffer.from(keys.current, 'hex') : randomBytes(32)
    const key = Buffer.from(hkdfSync('sha256', secret, '', 'empathy event cursor 1', 32))
    return {
        write(heard) {
            const nonce = randomBytes(nonceLength)
            const cipher = createCipheriv('aes-256-gcm', key, nonce)
            const sealed = [nonce, cipher.update(JSON.stringify(heard)), cipher.final(), cipher.getAuthTag()]
            return Buffer.concat(sealed).toString('base64url')
        },
        read(cursor) {
            const sealed = Buffer.from(cursor, 'base64url')
            if (sealed.length <= nonceLength + tagLength) return undefined
            try {
                const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength))
                decipher.setAuthTag(sealed.subarray(-tagLength))
                const text = decipher.update(sealed.subarray(nonceLength, -tagLength))
                return JSON.parse(Buffer.concat([text, decipher.final()]).toString('utf8')) as Heard
            } catch {
                return undefined
            }
        },
    }
}
