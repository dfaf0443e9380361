// Where the operations are listed that may run, no others do, however they are asked for.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readOperationList } from '../../scripts/lib/api/operation-list.ts'
import { type Answer, useApi } from '../support/api.ts'

const text = 'query Scopes($n: Int) { scopes(first: $n) { nodes { id } } }'
const folder = mkdtempSync(join(tmpdir(), 'operations-'))
afterAll(() => rmSync(folder, { recursive: true }))

function list(content: string): string {
    const path = join(folder, 'operations.json')
    writeFileSync(path, content)
    return path
}

const operations = readOperationList(
    list(
        JSON.stringify({
            '5c0be5': text,
            'sha256:abc': '{ __typename }',
            wide: '{ scopes { nodes { childScopes { nodes { childScopes { nodes { id } } } } } } }',
        }),
    ),
)
const api = useApi(undefined, async () => ({ limits: { operations, nobodyPerMinute: 0 } }))

async function post(body: object): Promise<Answer> {
    const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
    })
    return { status: response.status, ...((await response.json()) as object) } as Answer
}

test.each<[how: string, body: object]>([
    ['by its id', { documentId: '5c0be5' }],
    ['by its id and how that came about', { documentId: 'sha256:5c0be5' }],
    ['as Apollo’s clients do', { extensions: { persistedQuery: { version: 1, sha256Hash: '5c0be5' } } }],
    ['as others do', { id: '5c0be5' }],
    ['by its text', { query: text }],
])('an operation that is listed runs, asked for %s', async (_how, body) => {
    const { status, data } = await post({ ...body, variables: { n: 1 } })
    expect([status, data.scopes.nodes.length]).toEqual([200, 1])
})

test.each<[what: string, body: object]>([
    ['is not listed', { documentId: '5c0be6' }],
    ['is a part of an object', { documentId: 'constructor' }],
    ['is no text', { documentId: 17 }],
    ['differs by a space', { query: `${text} ` }],
    ['is listed by its id, and another by its text', { documentId: 'x', query: text }],
    ['asks for the schema', { query: '{ __schema { types { name } } }' }],
    ['is nothing', {}],
])('what %s does not run', async (_what, body) => {
    const { status, errors } = await post(body)
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'OPERATION_UNKNOWN'])
})

test('the text that runs is the one of the id', async () => {
    expect((await post({ documentId: 'abc', query: text })).data).toEqual({ __typename: 'Query' })
})

test('what is listed keeps to the limits like all else', async () => {
    expect((await post({ documentId: 'wide' })).errors[0]?.extensions.code).toBe('TOO_COSTLY')
})

test.each(['', '[]', '{}', '{"a": 1}', 'query { __typename }'])('%j is no list of operations', (content) => {
    expect(() => readOperationList(list(content))).toThrow(/operations|cannot be read/)
})
