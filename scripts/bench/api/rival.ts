// What the two servers that the API is measured beside have in common: they believe the same tokens, connect as the
// same role with as many connections, and leave to row security who may read what.

import { createServer, type RequestListener } from 'node:http'
import { jwtVerify } from 'jose'
import pg from 'pg'

const { AUTHENTICATOR_URL, JWT_SECRET, PORT } = process.env

export const pool = new pg.Pool({
    connectionString: AUTHENTICATOR_URL,
    max: 10,
    options: '-c statement_timeout=10s -c lock_timeout=5s -c jit=off',
})

const key = await crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(JWT_SECRET),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
)

/** What a transaction is set to: the role, and who is asking. */
export interface Access {
    role: string
    claims: string
}

/** Throws where the token is not to be believed. */
export async function accessOf(authorization: string | null | undefined): Promise<Access> {
    const [, token = ''] = /^Bearer (\S+)$/.exec(authorization ?? '') ?? []
    const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        requiredClaims: ['exp', 'role'],
    })
    if (payload.role !== 'authenticated') throw new Error('this role is not let in')
    return { role: payload.role, claims: JSON.stringify(payload) }
}

export function listen(handle: RequestListener): void {
    createServer(handle).listen(Number(PORT), '127.0.0.1')
}
