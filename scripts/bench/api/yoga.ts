// Written by hand on GraphQL Yoga and Kysely, as a team would that knows both: one transaction a request, and loaders
// that fetch what many rows ask for in one statement.

import { randomUUID } from 'node:crypto'
import DataLoader from 'dataloader'
import { getOperationAST } from 'graphql'
import { createSchema, createYoga, type Plugin } from 'graphql-yoga'
import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import { type Access, accessOf, listen, pool } from './rival.ts'

interface Database {
    'content.works': Work
    'content.attributions': Attribution
    'core.scopes': { tenant_id: string; id: string; name: string }
}

interface Work {
    tenant_id: string
    id: string
    scope_id: string
    title: string
    summary: string
    lang: string
    created_at: Date
}

interface Attribution {
    tenant_id: string
    work_id: string
    position: number
    credit: string
    named_as: string
}

interface Key {
    tenantId: string
    id: string
}

interface Context {
    access: Access
    /** From here on, once the transaction has begun. */
    db: Transaction<Database>
    scopes: DataLoader<Key, { id: string; name: string } | undefined, string>
    attributions: DataLoader<Key, Attribution[], string>
}

const kysely = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })

const schema = createSchema<Context>({
    typeDefs: /* GraphQL */ `
        type Query {
            works(before: String!, first: Int! = 20): [Work!]!
            work(tenantId: ID!, id: ID!): Work
        }
        type Mutation {
            createNote(scopeId: ID!, title: String!, body: String!, plainText: String!): ID!
        }
        type Work {
            id: ID!
            title: String!
            summary: String!
            lang: String!
            createdAt: String!
            scope: Scope
            attributions: [Attribution!]!
        }
        type Scope {
            id: ID!
            name: String!
        }
        type Attribution {
            credit: String!
            namedAs: String!
        }
    `,
    resolvers: {
        Query: {
            works: (_, { before, first }: { before: string; first: number }, { db }) =>
                db
                    .selectFrom('content.works')
                    .select(['tenant_id', 'id', 'scope_id', 'title', 'summary', 'lang', 'created_at'])
                    .where('created_at', '<', new Date(before))
                    .orderBy('created_at', 'desc')
                    .orderBy('id', 'desc')
                    .limit(first)
                    .execute(),
            work: (_, { tenantId, id }: Key, { db }) =>
                db
                    .selectFrom('content.works')
                    .select(['tenant_id', 'id', 'scope_id', 'title', 'summary', 'lang', 'created_at'])
                    .where('tenant_id', '=', tenantId)
                    .where('id', '=', id)
                    .executeTakeFirst(),
        },
        Mutation: {
            createNote: async (
                _,
                note: Record<'scopeId' | 'title' | 'body' | 'plainText', string>,
                { db },
            ) => {
                const { rows } = await sql<{ id: string }>`
                    select content.create_note(
                        ${note.scopeId}, ${note.title}, ${note.body}, ${note.plainText}
                    ) as id
                `.execute(db)
                return rows[0]?.id
            },
        },
        Work: {
            createdAt: ({ created_at }: Work) => created_at.toISOString(),
            scope: ({ tenant_id, scope_id }: Work, _, { scopes }) =>
                scopes.load({ tenantId: tenant_id, id: scope_id }),
            attributions: ({ tenant_id, id }: Work, _, { attributions }) =>
                attributions.load({ tenantId: tenant_id, id }),
        },
        Attribution: {
            namedAs: ({ named_as }: Attribution) => named_as,
        },
    },
})

function keyOf({ tenantId, id }: Key): string {
    return `${tenantId} ${id}`
}

function scopesOf(db: Transaction<Database>): Context['scopes'] {
    return new DataLoader(
        async (keys) => {
            const rows = await db
                .selectFrom('core.scopes')
                .select(['tenant_id', 'id', 'name'])
                .where(({ eb, refTuple, tuple }) =>
                    eb(
                        refTuple('tenant_id', 'id'),
                        'in',
                        keys.map(({ tenantId, id }) => tuple(tenantId, id)),
                    ),
                )
                .execute()
            const found = new Map(rows.map((row) => [keyOf({ tenantId: row.tenant_id, id: row.id }), row]))
            return keys.map((key) => found.get(keyOf(key)))
        },
        { cacheKeyFn: keyOf },
    )
}

function attributionsOf(db: Transaction<Database>): Context['attributions'] {
    return new DataLoader(
        async (keys) => {
            const rows = await db
                .selectFrom('content.attributions')
                .select(['tenant_id', 'work_id', 'position', 'credit', 'named_as'])
                .where(({ eb, refTuple, tuple }) =>
                    eb(
                        refTuple('tenant_id', 'work_id'),
                        'in',
                        keys.map(({ tenantId, id }) => tuple(tenantId, id)),
                    ),
                )
                .orderBy('position')
                .execute()
            const found = Map.groupBy(rows, (row) => keyOf({ tenantId: row.tenant_id, id: row.work_id }))
            return keys.map((key) => found.get(keyOf(key)) ?? [])
        },
        { cacheKeyFn: keyOf },
    )
}

class RolledBack extends Error {
    readonly result: unknown

    constructor(result: unknown) {
        super('what went wrong is in the answer')
        this.result = result
    }
}

const inOneTransaction: Plugin<Context> = {
    onExecute({ args, executeFn, setExecuteFn }) {
        const operation = getOperationAST(args.document, args.operationName)?.operation
        setExecuteFn(async () => {
            const begun = kysely
                .transaction()
                .setAccessMode(operation === 'query' ? 'read only' : 'read write')
            try {
                return await begun.execute(async (db) => {
                    const { role, claims } = args.contextValue.access
                    await sql`
                        select set_config('role', ${role}, true), set_config('request.jwt.claims', ${claims}, true),
                            set_config('app.request_id', ${randomUUID()}, true)
                    `.execute(db)
                    const loaders = { scopes: scopesOf(db), attributions: attributionsOf(db) }
                    const result = await executeFn({
                        ...args,
                        contextValue: { ...args.contextValue, db, ...loaders },
                    })
                    if (result.errors) throw new RolledBack(result)
                    return result
                })
            } catch (error) {
                if (error instanceof RolledBack) return error.result
                throw error
            }
        })
    },
}

const yoga = createYoga({
    schema,
    plugins: [inOneTransaction],
    context: async ({ request }) => ({ access: await accessOf(request.headers.get('authorization')) }),
    graphiql: false,
    landingPage: false,
    logging: false,
})

listen(yoga)
