// The people of the demo world, and how to sign in as one of them.

import type { ClientBase } from 'pg'
import { signToken, type TokenRules } from './api/tokens.ts'
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

export function demoToken(person: DemoPerson, rules: TokenRules): Promise<string> {
    const claims = {
        role: 'authenticated',
        iss: rules.issuer ?? demoIssuer,
        sub: person.name,
        person: person.id,
        ...(rules.audience === undefined ? {} : { aud: rules.audience }),
    }
    return signToken(claims, rules.secret, '30 days')
}

export async function readDemoPeople(client: ClientBase): Promise<DemoPerson[]> {
    const { rows } = await client.query<DemoPerson>(sqlFile('demo-people.sql'), [demoIssuer])
    return rows
}
