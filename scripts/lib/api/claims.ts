// What a token says of its bearer, as far as the database may learn it. What functions and policies do not read stays
// out of it; and what they read has the form that they expect, or the token is refused.

import type { JWTPayload } from 'jose'
import type { Issuer } from './issuers.ts'
import { Refusal } from './refusal.ts'
import type { Claims, Role } from './session.ts'

/** How far clocks may be apart, in seconds. */
export const clockTolerance = 5

/** The last second of the year 9999: a token that is good for longer counts in something else than seconds. */
const endOfTime = 253_402_300_799

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const reasons: Record<string, string> = {
    iss: 'its issuer is not known here',
    aud: 'it is meant for somebody else',
    exp: 'it has to say when it ends, in seconds since 1970',
    nbf: 'it is not good yet',
    iat: 'it was made in the future; compare the clocks',
    sub: 'it has to be a text of at most 500 characters',
    person: 'it has to be the id of a person',
}

export function claimsOf(payload: JWTPayload, issuer: Issuer): Claims {
    const { iss, sub, exp = 0, iat = 0, person } = payload
    if (exp > endOfTime) throw refusedFor('exp')
    if (iat > Date.now() / 1000 + clockTolerance) throw refusedFor('iat')
    const claims: Claims = { role: roleOf(payload, issuer), exp }
    for (const [name, value] of Object.entries({ iss, sub })) {
        if (value === undefined) continue
        if (!isName(value)) throw refusedFor(name)
        claims[name] = value
    }
    if (issuer.namesPeople && person !== undefined) {
        if (typeof person !== 'string' || !uuid.test(person)) throw refusedFor('person')
        claims.person = person
    }
    return claims
}

export function refusedFor(claim: string): Refusal {
    const hint = reasons[claim]
    return new Refusal(
        401,
        'TOKEN_INVALID',
        `this token is refused for its claim "${claim}"`,
        hint ? { hint } : {},
    )
}

function roleOf({ role }: JWTPayload, issuer: Issuer): Role {
    const given = issuer.role ?? role
    if (given === 'anon' || given === 'authenticated') return given
    if (given === 'service_role' && issuer.makesServers) return given
    throw new Refusal(401, 'ROLE_NOT_ALLOWED', 'the role that this token names is not let in here', {
        hint: 'its claim "role" has to be authenticated or anon',
    })
}

/** What a login can be called: Postgres keeps neither half characters nor the one that is nothing. */
function isName(value: unknown): boolean {
    return typeof value === 'string' && /^[^\p{Cc}\p{Cs}]{1,500}$/u.test(value)
}
