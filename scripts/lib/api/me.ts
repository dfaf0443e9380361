// `me`: the person who is signed in, as a person and not as an id.

import { extendSchema, gql } from 'postgraphile/utils'

export const MePlugin = extendSchema((build) => {
    const { me, people } = build.pgResources
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
                        return people.get({ id: me.execute() })
                    },
                },
            },
        },
    }
})
