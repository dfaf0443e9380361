// Everybody there is to look: each person, each API key, strangers, and the roles that are nobody in particular.

import type { Facts } from '../facts.ts'
import type { Viewer } from '../viewer.ts'
import type { ApiKey, Identity, Person } from './rows.ts'

export function viewers(facts: Facts): Viewer[] {
    return [
        { name: 'anon', role: 'anon', claims: {} },
        { name: 'a token without a person', role: 'authenticated', claims: {} },
        {
            name: 'a stranger who just signed in',
            role: 'authenticated',
            claims: { iss: 'https://login.example', sub: 'stranger' },
        },
        { name: 'service_role', role: 'service_role', claims: {} },
        { name: 'empathy_auditor', role: 'empathy_auditor', claims: {} },
        { name: 'empathy_keyholder', role: 'empathy_keyholder', claims: {} },
        ...facts.rows<Person>('core.people').map(({ id }): Viewer => {
            const login = facts.rows<Identity>('core.identities').find(({ person_id }) => person_id === id)
            return {
                name: facts.names.get(id) ?? id,
                role: 'authenticated',
                claims: login ? { iss: login.issuer, sub: login.subject } : { person: id },
            }
        }),
        ...facts.rows<ApiKey>('core.api_keys').map(
            ({ id, person_id, name, channel }): Viewer => ({
                name: `${facts.names.get(person_id)} through ${name}`,
                role: 'authenticated',
                claims: { person: person_id, api_key: id, channel },
            }),
        ),
    ]
}
