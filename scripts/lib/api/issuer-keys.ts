// The keys that an issuer's tokens are checked with: a secret, shared with it; or its public keys, as a file or at an
// address. An address is asked again for a key that is not known yet, and at times for those that are no more.

import { createPublicKey, type JsonWebKey } from 'node:crypto'
import {
    type CryptoKey,
    createLocalJWKSet,
    createRemoteJWKSet,
    customFetch,
    errors,
    type JSONWebKeySet,
    type JWSHeaderParameters,
} from 'jose'
import { Problem } from '../console.ts'
import { log } from '../log.ts'
import { keptFile, parseJson } from './kept-file.ts'
import { Refusal } from './refusal.ts'

/** The keys that may have signed a token with this header: none, one, or while they are being replaced, more. */
export type FindKeys = (header: KeyHeader) => Promise<CryptoKey[]>

/** All of a token's header that counts. Keys, and addresses of keys, that a token brings along are not looked at. */
type KeyHeader = Pick<JWSHeaderParameters, 'alg' | 'kid'>

/** How tokens are signed whose key is public: never as with a secret, or who reads the key could sign with it. */
export const publicAlgorithms = [
    ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
    ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
]

type KeySet = (header: KeyHeader) => Promise<CryptoKey>

/** How long an issuer may take to answer. */
const timeoutDuration = 5_000

/** How often it is asked for a key that it did not have the last time. */
const cooldownDuration = 30_000

/** For how long a key is believed that it does not have any more. */
const cacheMaxAge = 10 * 60_000

/** How long it is left alone at the least, also when it does not answer. */
const pause = 10_000

export function secretKeys(current: string, previous: string | undefined): FindKeys {
    const keys = Promise.all([current, ...(previous ? [previous] : [])].map(importSecret))
    return () => keys
}

/** In the form in which jose uses it; of any other it would make that anew for each token. */
function importSecret(secret: string): Promise<CryptoKey> {
    const bytes = new TextEncoder().encode(secret)
    return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
}

export function publicKeys(setting: string, address: string): FindKeys {
    const set = isAddress(address) ? fetchedSet(new URL(address)) : filedSet(setting, address)
    return async (header) => {
        try {
            return [await set(header)]
        } catch (error) {
            if (error instanceof errors.JWKSNoMatchingKey) return []
            if (error instanceof errors.JWKSMultipleMatchingKeys) return collect(error)
            log('warn', 'the keys of an issuer cannot be had', { address, error: reasonOf(error) })
            throw new Refusal(503, 'KEYS_UNAVAILABLE', 'whoever signs people in here cannot be asked now', {
                hint: 'try again soon',
                headers: { 'retry-after': String(pause / 1000) },
            })
        }
    }
}

export function isAddress(jwks: string): boolean {
    return /^https?:/i.test(jwks)
}

function filedSet(setting: string, path: string): KeySet {
    const set = keptFile(setting, path, parseKeySet)
    return (header) => set()(header)
}

function parseKeySet(text: string): KeySet {
    const { keys } = (parseJson(text) ?? {}) as Partial<JSONWebKeySet>
    if (!Array.isArray(keys) || keys.length === 0) throw new Problem('it has no list "keys" of keys')
    for (const [index, key] of keys.entries()) {
        if (!isPublicKey(key))
            throw new Problem(`its key ${index + 1} is not a public key that is known here`)
    }
    return createLocalJWKSet({ keys })
}

function isPublicKey(key: unknown): boolean {
    try {
        const jwk = key as JsonWebKey
        createPublicKey({ key: jwk, format: 'jwk' })
        return jwk.d === undefined
    } catch {
        return false
    }
}

function fetchedSet(url: URL): KeySet {
    let next = 0
    return createRemoteJWKSet(url, {
        timeoutDuration,
        cooldownDuration,
        cacheMaxAge,
        [customFetch]: async (address, options) => {
            if (Date.now() < next) throw new Error('it did not answer a moment ago')
            next = Date.now() + pause
            return fetch(address, options)
        },
    })
}

async function collect(matching: AsyncIterable<CryptoKey>): Promise<CryptoKey[]> {
    const keys: CryptoKey[] = []
    for await (const key of matching) keys.push(key)
    return keys
}

/** Of what went wrong on the way, fetch says only that it did; why is below. */
function reasonOf(error: unknown): string {
    return String(error instanceof Error ? (error.cause ?? error) : error)
}
