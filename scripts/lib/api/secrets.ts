// What people keep secret: email, telephone, legal name. The keyholder's connections open it; nobody else's can.

import type { Pool } from 'pg'
import { context, lambda, object, rootValue, type Step, sideEffect } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import { inTransaction } from '../in-transaction.ts'
import { sqlFile } from '../sql-file.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'
import { settingsOf } from './transactions.ts'

type Field = 'email' | 'phone' | 'legal_name'

/** Whose secrets, and who asks. */
interface Question {
    session: Session
    personId: string | null | undefined
}

const readSecret = sqlFile('read-secret.sql')
const writeSecret = sqlFile('write-secret.sql')
const bindInvitation = sqlFile('bind-invitation.sql')

const typeDefs = gql`
    extend type Query {
        """What I keep secret, or what somebody does whom I am the guardian of."""
        mySecrets(
            """Whose: mine, unless told otherwise."""
            personId: UUID
        ): Secrets!
    }

    extend type Mutation {
        """Keeps a secret of mine, encrypted with my own key."""
        writeSecret(input: WriteSecretInput!): WriteSecretPayload

        """Makes an invitation of mine usable only by the person whose confirmed email address this is."""
        bindInvitation(input: BindInvitationInput!): BindInvitationPayload
    }

    """Opened for the person and their guardian alone. What is not set is null."""
    type Secrets {
        """Their email address."""
        email: String
        """Their telephone number."""
        phone: String
        """Their name in law."""
        legalName: String
    }

    """A secret that people can keep."""
    enum SecretField {
        """An email address."""
        email
        """A telephone number."""
        phone
        """A name in law."""
        legal_name
    }

    """All input for writeSecret."""
    input WriteSecretInput {
        """Whose: mine, unless told otherwise."""
        personId: UUID
        """Which secret."""
        field: SecretField!
        """What it is; null clears it."""
        value: String
    }

    """What writeSecret answers."""
    type WriteSecretPayload {
        """What is kept now."""
        secrets: Secrets!
        """Whatever else is to be read in this answer, as it is after the change."""
        query: Query
    }

    """All input for bindInvitation."""
    input BindInvitationInput {
        """The token, as invite answered it."""
        token: String!
        """The email address; nobody reads it here."""
        email: String!
    }

    """What bindInvitation answers."""
    type BindInvitationPayload {
        """Whatever else is to be read in this answer, as it is after the change."""
        query: Query
    }
`

/** `keyholder` is undefined where this server has no key: its fields are there, and say so. */
export function secretsPlugin(keyholder: Pool | undefined): GraphileConfig.Plugin {
    const ask = async (session: Session, sql: string, values: unknown[]): Promise<unknown> => {
        if (!keyholder) throw noKey()
        // The role stays the keyholder's own: it may call these functions, and they look at the claims.
        const { role: _, ...settings } = settingsOf(session, false)
        return inTransaction(keyholder, settings, async (client) => {
            const { rows } = await client.query({ text: sql, values, rowMode: 'array' })
            return rows[0]?.[0] ?? null
        })
    }
    const secret = (field: Field) => ($question: Step<Question>) =>
        lambda($question, ({ session, personId }) => ask(session, readSecret, [personId ?? null, field]))
    const session = () => context().get('session')

    return extendSchema({
        typeDefs,
        objects: {
            Query: {
                plans: {
                    mySecrets: (_root, args) =>
                        object({ session: session(), personId: args.getRaw('personId') }),
                },
            },
            Mutation: {
                plans: {
                    writeSecret(_root, args) {
                        const $personId = args.getRaw(['input', 'personId'])
                        const given = [
                            session(),
                            $personId,
                            args.getRaw(['input', 'field']),
                            args.getRaw(['input', 'value']),
                        ] as const
                        sideEffect(given, ([asking, personId, field, value]) =>
                            ask(asking as Session, writeSecret, [personId ?? null, field, value ?? null]),
                        )
                        return object({ session: session(), personId: $personId })
                    },
                    bindInvitation(_root, args) {
                        const given = [
                            session(),
                            args.getRaw(['input', 'token']),
                            args.getRaw(['input', 'email']),
                        ] as const
                        sideEffect(given, ([asking, token, email]) =>
                            ask(asking as Session, bindInvitation, [token, email]),
                        )
                        return object({})
                    },
                },
            },
            Secrets: {
                plans: { email: secret('email'), phone: secret('phone'), legalName: secret('legal_name') },
            },
            WriteSecretPayload: {
                plans: { secrets: ($question: Step) => $question, query: () => rootValue() },
            },
            BindInvitationPayload: { plans: { query: () => rootValue() } },
        },
    })
}

function noKey(): Refusal {
    return new Refusal(503, 'EL080', 'secrets cannot be opened here', {
        hint: 'this server has no key: its operator sets KEYHOLDER_URL and KEK_HEX',
    })
}
