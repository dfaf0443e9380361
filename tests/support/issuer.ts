// Somebody who signs people in: keys of every kind, an address where the public ones are, and tokens made with them.

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
    type CryptoKey,
    exportJWK,
    generateKeyPair,
    importJWK,
    type JWK,
    type JWTHeaderParameters,
    SignJWT,
} from 'jose'

export interface Key {
    alg: string
    kid: string
    /** What signs: a private key, or the bytes of a secret. */
    signs: CryptoKey | Uint8Array
    /** What is published of it. */
    jwk: JWK
}

export async function newKey(alg: string, kid: string): Promise<Key> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    return { alg, kid, signs: privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid, use: 'sig' } }
}

/** The same key, signing in another way. */
export async function signingBy(alg: string, key: Key): Promise<Key> {
    const { alg: _before, ...jwk } = await exportJWK(key.signs)
    return { ...key, alg, signs: await importJWK(jwk, alg) }
}

export function secretKey(secret: string): Omit<Key, 'kid' | 'jwk'> {
    return { alg: 'HS256', signs: new TextEncoder().encode(secret) }
}

/** The value of the header Authorization; good for an hour, unless the claims say otherwise. */
export async function bearer(
    { alg, kid, signs }: Pick<Key, 'alg' | 'signs'> & { kid?: string },
    claims: Record<string, unknown>,
    header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
    const now = Math.floor(Date.now() / 1000)
    const token = new SignJWT({ role: 'authenticated', iat: now, exp: now + 3600, ...claims })
    const crit = Object.fromEntries((header.crit ?? []).map((name) => [name, true]))
    token.setProtectedHeader({ alg, ...(kid ? { kid } : {}), ...header })
    return `Bearer ${await token.sign(signs, { crit })}`
}

export interface KeyServer {
    /** Where the keys under this name are. */
    address(name: string): string
    /** What stands there: keys, or something else that is no set of keys. */
    published: Record<string, JWK[] | string>
    /** How often it was asked. */
    asked: number
    stop(): Promise<void>
}

export async function startKeyServer(): Promise<KeyServer> {
    const http = createServer((request, response) => {
        server.asked += 1
        const there = server.published[request.url?.slice(1) ?? '']
        if (there === undefined) response.writeHead(500).end()
        else response.end(typeof there === 'string' ? there : JSON.stringify({ keys: there }))
    })
    http.listen(0, '127.0.0.1')
    await once(http, 'listening')
    const server: KeyServer = {
        address: (name) => `http://127.0.0.1:${(http.address() as AddressInfo).port}/${name}`,
        published: {},
        asked: 0,
        stop: async () => {
            http.closeAllConnections()
            http.close()
            await once(http, 'close')
        },
    }
    return server
}
