// JSON Web Tokens: which are believed. The issuer that a token names has to be known; its keys, its ways of signing and
// its audience are the only ones that are tried.

import { decodeJwt, decodeProtectedHeader, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import { claimsOf, clockTolerance, refusedFor } from './claims.ts'
import type { Issuer, TokenRules } from './issuers.ts'
import { Refusal } from './refusal.ts'
import type { Claims } from './session.ts'

export async function verifyToken(token: string, rules: TokenRules): Promise<Claims> {
    const { iss, alg, kid } = claimed(token)
    const issuer = rules.issuerOf(iss)
    if (!issuer) throw refusedFor('iss')
    const keys = (await issuer.keys.get(alg)?.({ alg, kid })) ?? []
    for (const key of keys) {
        const payload = await verified(token, key, alg, issuer)
        if (payload) return claimsOf(payload, issuer)
    }
    throw disbelieved()
}

export async function signToken(
    claims: Record<string, unknown>,
    secret: string,
    lifetime: string,
): Promise<string> {
    return new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setIssuedAt()
        .setExpirationTime(lifetime)
        .sign(new TextEncoder().encode(secret))
}

/** What a token says of itself, before anything of it is believed: which issuer, and which of its keys, to ask. */
function claimed(token: string): { iss: unknown; alg: string; kid: string | undefined } {
    try {
        const { alg = '', kid } = decodeProtectedHeader(token)
        return { iss: decodeJwt(token).iss, alg, kid }
    } catch {
        throw disbelieved()
    }
}

/** Undefined where another key signed it. */
async function verified(
    token: string,
    key: Parameters<typeof jwtVerify>[1],
    alg: string,
    { audience }: Issuer,
): Promise<JWTPayload | undefined> {
    try {
        const { payload } = await jwtVerify(token, key, {
            algorithms: [alg],
            requiredClaims: ['exp'],
            clockTolerance,
            ...(audience === undefined ? {} : { audience }),
        })
        return payload
    } catch (error) {
        if (error instanceof errors.JWSSignatureVerificationFailed) return undefined
        if (error instanceof errors.JWTExpired) {
            throw new Refusal(401, 'TOKEN_EXPIRED', 'this token has expired', { hint: 'sign in again' })
        }
        throw error instanceof errors.JWTClaimValidationFailed ? refusedFor(error.claim) : disbelieved()
    }
}

function disbelieved(): Refusal {
    return new Refusal(401, 'TOKEN_INVALID', 'this token cannot be believed', {
        hint: 'it has to be signed by whoever signs people in here',
    })
}
