// The people of the demo world, and how to sign in as one of them.

import type { ClientBase } from 'pg'
import type { TokenSettings } from './api/issuers.ts'
import { signToken } from './api/tokens.ts'
import { Problem } from './console.ts'
import { sqlFile } from './sql-file.ts'

/** Stands in for whoever signs people in. The demo people's logins are tied to it. */
export const demoIssuer = 'https://demo.empathy.example'

export interface DemoPerson {
    /** What `empathy token` calls them. */
    name: string
    id: string
    display_name: string
    bio: string
}

export async function demoToken(person: DemoPerson, settings: TokenSettings): Promise<string> {
    const { secret, issuer = demoIssuer, audience } = settings
    if (secret === undefined || issuer !== demoIssuer) {
        throw new Problem(
            'The server is told that others sign people in, and they do not know the demo people.',
            'Unset ISSUERS_FILE, JWKS and JWT_ISSUER, for the server as well.',
        )
    }
    const claims = {
        role: 'authenticated',
        iss: issuer,
        sub: person.name,
        ...(audience ? { aud: audience } : {}),
    }
    return signToken(claims, secret, '30 days')
}

export async function readDemoPeople(client: ClientBase): Promise<DemoPerson[]> {
    const { rows } = await client.query<DemoPerson>(sqlFile('demo-people.sql'), [demoIssuer])
    return rows
}
