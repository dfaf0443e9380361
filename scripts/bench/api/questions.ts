// What the API and its rivals are asked, each in its own way, and how their answers are brought into one form.

import type { Client } from '../../lib/db.ts'

export const servers = ['ours', 'yoga', 'raw'] as const
export type ServerName = (typeof servers)[number]

export interface Asked {
    /** What signs somebody in: the value of the header. */
    authorization: string
    method: 'GET' | 'POST'
    path: string
    body?: string
}

export interface Question {
    name: string
    says: string
    /** Ways to ask it, one after the other: nobody answers the same twice in a row. */
    asked: Record<ServerName, Asked[]>
    /** What all have to answer alike. */
    answered: Record<ServerName, (body: Answer) => unknown>
}

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever the server made of it
type Answer = any

interface World {
    /** People with three memberships, of which one is in `scope`. */
    members: { id: string; scope: string }[]
    instants: string[]
    /** What the first of them may read. */
    works: { tenantId: string; id: string }[]
}

/** As a superuser. */
export async function readWorld(client: Client): Promise<World> {
    const { rows: members } = await client.query<World['members'][number]>(
        'select id, scopes[1] as scope from bench.members order by id',
    )
    const { rows: instants } = await client.query<{ at: string }>(
        `select to_json(at) #>> '{}' as at
        from (
            select percentile_disc(array(select generate_series(0.5, 0.995, 0.005)))
                within group (order by created_at) as instants
            from content.works
        ) works
        cross join unnest(works.instants) at`,
    )
    await client.query('begin')
    await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
        [JSON.stringify(claimsOf(members[0]?.id ?? ''))],
    )
    const { rows: works } = await client.query<World['works'][number]>(
        'select tenant_id as "tenantId", id from content.works order by created_at desc limit 500',
    )
    await client.query('rollback')
    return { members, instants: instants.map(({ at }) => at), works }
}

export function claimsOf(person: string): Record<string, unknown> {
    return { role: 'authenticated', sub: person, iss: 'https://bench.example' }
}

/** The reader is one of them all the time; who writes takes turns. */
export async function questionsOf(
    world: World,
    signIn: (person: string) => Promise<string>,
): Promise<Question[]> {
    const writers = await Promise.all(
        world.members.map(async ({ id, scope }) => ({ scope, authorization: await signIn(id) })),
    )
    const reader = writers[0]?.authorization ?? ''
    return [list(world, reader), one(world, reader), create(writers)]
}

function list({ instants }: World, authorization: string): Question {
    return {
        name: 'list',
        says: 'the newest 20 works before an instant, each with its place and whom it is by',
        asked: {
            ours: instants.map((before) =>
                graphql(
                    authorization,
                    `query ($before: Datetime!) {
                        works(first: 20, orderBy: CREATED_AT_DESC, filter: { createdAt: { lessThan: $before } }) {
                            nodes {
                                id
                                title
                                createdAt
                                scope { id name }
                                attributions(orderBy: POSITION_ASC) { nodes { credit namedAs } }
                            }
                        }
                    }`,
                    { before },
                ),
            ),
            yoga: instants.map((before) =>
                graphql(
                    authorization,
                    `query ($before: String!) {
                        works(first: 20, before: $before) {
                            id
                            title
                            createdAt
                            scope { id name }
                            attributions { credit namedAs }
                        }
                    }`,
                    { before },
                ),
            ),
            raw: instants.map((before) => ({
                authorization,
                method: 'GET',
                path: `/works?before=${encodeURIComponent(before)}`,
            })),
        },
        answered: {
            ours: ({ data }) =>
                data.works.nodes.map((work: Answer) => ({
                    ...dated(work),
                    attributions: work.attributions.nodes,
                })),
            yoga: ({ data }) => data.works.map(dated),
            raw: (rows) => rows.map(dated),
        },
    }
}

function one({ works }: World, authorization: string): Question {
    const fields = '{ id title summary lang createdAt }'
    return {
        name: 'one',
        says: 'one work by its key',
        asked: {
            ours: works.map((key) =>
                graphql(
                    authorization,
                    `query ($tenantId: UUID!, $id: UUID!) { work(tenantId: $tenantId, id: $id) ${fields} }`,
                    key,
                ),
            ),
            yoga: works.map((key) =>
                graphql(
                    authorization,
                    `query ($tenantId: ID!, $id: ID!) { work(tenantId: $tenantId, id: $id) ${fields} }`,
                    key,
                ),
            ),
            raw: works.map(({ tenantId, id }) => ({
                authorization,
                method: 'GET',
                path: `/work/${tenantId}/${id}`,
            })),
        },
        answered: {
            ours: ({ data }) => dated(data.work),
            yoga: ({ data }) => dated(data.work),
            raw: dated,
        },
    }
}

function create(writers: { scope: string; authorization: string }[]): Question {
    const notes = writers.map(({ scope, authorization }, n) => ({
        authorization,
        note: {
            scopeId: scope,
            title: `Note ${n}`,
            body: { blocks: [{ type: 'paragraph', text: `What happened on day ${n}` }] },
            plainText: `What happened on day ${n}`,
        },
    }))
    return {
        name: 'create',
        says: 'a note begun',
        asked: {
            ours: notes.map(({ authorization, note }) =>
                graphql(
                    authorization,
                    'mutation ($input: CreateNoteInput!) { createNote(input: $input) { result } }',
                    { input: note },
                ),
            ),
            yoga: notes.map(({ authorization, note }) =>
                graphql(
                    authorization,
                    `mutation ($scopeId: ID!, $title: String!, $body: String!, $plainText: String!) {
                        createNote(scopeId: $scopeId, title: $title, body: $body, plainText: $plainText)
                    }`,
                    { ...note, body: JSON.stringify(note.body) },
                ),
            ),
            raw: notes.map(({ authorization, note }) => ({
                authorization,
                method: 'POST',
                path: '/notes',
                body: JSON.stringify(note),
            })),
        },
        // Each makes another note.
        answered: {
            ours: ({ data }) => isId(data.createNote.result),
            yoga: ({ data }) => isId(data.createNote),
            raw: isId,
        },
    }
}

function graphql(authorization: string, query: string, variables: Record<string, unknown>): Asked {
    return { authorization, method: 'POST', path: '/graphql', body: JSON.stringify({ query, variables }) }
}

/** Instants are written in more ways than one. */
function dated(work: Answer): Answer {
    return { ...work, createdAt: new Date(work.createdAt).getTime() }
}

function isId(id: unknown): boolean {
    return typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id)
}
