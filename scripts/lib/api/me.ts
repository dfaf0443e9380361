// `me`: the person who is signed in, as a person and not as an id.

import { TYPES } from 'postgraphile/@dataplan/pg'
import { context, inhibitOnNull, lambda } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import type { Session } from './session.ts'

export const MePlugin = extendSchema((build) => {
    const { me, people } = build.pgResources
    const { sql } = build
    if (!me || !people) throw new Error('The API needs core.me() and core.people.')
    return {
        typeDefs: gql`
            extend type Query {
                """The person who is signed in, or null."""
                me: Person
            }
        `,
        objects: {
            Query: {
                plans: {
                    me() {
                        const $found = people.find({ id: me.execute() })
                        // Nobody is not looked for: people are not for them to read.
                        const $role = inhibitOnNull(lambda(context().get('session'), signedInAs))
                        $found.where(sql`${$found.placeholder($role, TYPES.text)} is not null`)
                        return $found.single()
                    },
                },
            },
        },
    }
})

function signedInAs(session: unknown): string | null {
    const { role } = (session as Session).claims
    return role === 'anon' ? null : role
}
