// A request in the logs: one line, by an id that its answer and the audit log carry, with nothing of what was asked.

import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { useApi } from '../support/api.ts'

const { lines } = vi.hoisted(() => ({ lines: [] as Record<string, unknown>[] }))

vi.mock('../../scripts/lib/log.ts', () => ({
    log: (level: string, message: string, details: object = {}) => lines.push({ level, message, ...details }),
}))

const api = useApi()

async function ask(query: string, variables: object, authorization?: string) {
    const id = `test-${randomUUID()}`
    const response = await fetch(`${api.url}/graphql?unused=geese`, {
        method: 'POST',
        headers: {
            'content-type': 'application/json',
            'x-request-id': id,
            ...(authorization ? { authorization } : {}),
        },
        body: JSON.stringify({ query, variables }),
    })
    const { errors = [] } = (await response.json()) as { errors?: unknown[] }
    expect(response.headers.get('x-request-id')).toBe(id)
    for (let n = 0; n < 100 && !lines.some(({ request }) => request === id); n += 1) await sleep(10)
    return { id, errors, logged: lines.filter(({ request }) => request === id) }
}

test('what a request changed is in the audit log under its id, attested, and its line names the operation', async () => {
    const [person] = await api.sql<{ id: string }>("select id from core.people where handle = 'nimbrey'")
    const { id, errors, logged } = await ask(
        `mutation Introduce($id: UUID!, $bio: String!) {
            updateProfile(input: { personId: $id, bio: $bio }) { clientMutationId }
        }`,
        { id: person?.id, bio: 'Counts geese.' },
        await api.as('nimbrey'),
    )
    expect(errors).toEqual([])
    const changes = await api.sql(
        `select actor, flags & 1 = 1 as attested from audit.changes
        where table_name = 'core.people' and request_id = $1`,
        [id],
    )
    expect(changes).toEqual([{ actor: person?.id, attested: true }])
    expect(logged).toEqual([
        {
            level: 'info',
            message: 'request',
            request: id,
            method: 'POST',
            path: '/graphql',
            kind: 'mutation',
            operation: 'Introduce',
            status: 200,
            milliseconds: expect.any(Number),
        },
    ])
})

test('what goes wrong is told by its codes', async () => {
    const { logged } = await ask('query Nosy { people { nodes { id } } }', {})
    expect(logged).toMatchObject([{ kind: 'query', operation: 'Nosy', codes: ['42501'], status: 200 }])
    expect((await ask('{ nothing }', {})).logged).toMatchObject([
        { kind: 'other', codes: ['GRAPHQL_VALIDATION_FAILED'] },
    ])
})

test('a name of any length is cut short, and what has none needs none', async () => {
    const { logged } = await ask(`query ${'x'.repeat(500)} { organizations { totalCount } }`, {})
    expect(logged).toMatchObject([{ operation: 'x'.repeat(64) }])
    const [line] = (await ask('{ organizations { totalCount } }', {})).logged
    expect(line).not.toHaveProperty('operation')
})

test('nothing of what was asked is in the log: no query, no variable, no token', async () => {
    const authorization = await api.as('nimbrey')
    const query = `query ($handle: String!) { people(filter: { handle: { equalTo: $handle } }) { nodes { bio } } }`
    await ask(query, { handle: 'no-such-handle' }, authorization)
    await ask(
        '{ organizations(filter: { slug: { equalTo: "no-such-slug" } }) { nothing } }',
        {},
        authorization,
    )
    await ask('{ me { id } }', {}, 'Bearer not.a.token')
    const text = JSON.stringify(lines)
    for (const secret of [authorization.slice(7), 'not.a.token', 'no-such', 'geese', 'equalTo', '$handle']) {
        expect(text).not.toContain(secret)
    }
})
