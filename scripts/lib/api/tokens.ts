// JSON Web Tokens: which are believed, and what of them reaches the database.

import { errors, jwtVerify, SignJWT } from 'jose'
import { Refusal } from './refusal.ts'
import type { Claims, Role } from './session.ts'

export interface TokenRules {
    secret: string
    /** Required of every token, where set. */
    issuer: string | undefined
    audience: string | undefined
    /** Whether a token may make its bearer a server that acts in its own name. */
    allowServiceRole: boolean
}

/** The claims that functions and policies read. What else a token says of a person stays out of the database. */
const forwarded = ['iss', 'sub', 'aud', 'exp', 'person', 'session_id'] as const

const clockTolerance = 5

export async function verifyToken(token: string, rules: TokenRules): Promise<Claims> {
    const { payload } = await jwtVerify(token, keyOf(rules.secret), {
        algorithms: ['HS256'],
        requiredClaims: ['exp'],
        clockTolerance,
        ...(rules.issuer === undefined ? {} : { issuer: rules.issuer }),
        ...(rules.audience === undefined ? {} : { audience: rules.audience }),
    }).catch((error: unknown) => {
        throw refusalOf(error)
    })
    const role = allowedRole(payload.role, rules)
    const claims: Claims = { role }
    for (const name of forwarded) if (payload[name] !== undefined) claims[name] = payload[name]
    return claims
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
        .sign(keyOf(secret))
}

function allowedRole(role: unknown, rules: TokenRules): Role {
    if (role === 'anon' || role === 'authenticated') return role
    if (role === 'service_role' && rules.allowServiceRole) return role
    throw new Refusal(401, 'ROLE_NOT_ALLOWED', 'the role that this token names is not let in here', {
        hint: 'its claim "role" has to be authenticated or anon',
    })
}

function refusalOf(error: unknown): Refusal {
    if (error instanceof errors.JWTExpired) {
        return new Refusal(401, 'TOKEN_EXPIRED', 'this token has expired', { hint: 'sign in again' })
    }
    if (error instanceof errors.JWTClaimValidationFailed) {
        return new Refusal(
            401,
            'TOKEN_INVALID',
            `this token is not for this server: its claim "${error.claim}"`,
        )
    }
    return new Refusal(401, 'TOKEN_INVALID', 'this token cannot be believed', {
        hint: 'it has to be signed with HS256 by whoever signs people in here',
    })
}

function keyOf(secret: string): Uint8Array {
    return new TextEncoder().encode(secret)
}
