// What comes over HTTP and is no request: refused in JSON, with a code, a message and a status; and the server goes on.

import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()
const json = { 'content-type': 'application/json' }

type Body = string | Uint8Array<ArrayBuffer> | Blob

interface Refused {
    status: number
    headers: Headers
    code: string | undefined
    hint: string | undefined
}

/** Whatever is printed past the log would not be looked through for what must not be in it. */
const printed: unknown[] = []
beforeAll(() => {
    for (const method of ['error', 'dir', 'log', 'warn'] as const) {
        vi.spyOn(console, method).mockImplementation((...line: unknown[]) => void printed.push(line))
    }
})
afterAll(() => {
    vi.restoreAllMocks()
    expect(printed).toEqual([])
})

async function send(path: string, request: RequestInit): Promise<Refused> {
    const response = await fetch(`${api.url}${path}`, request)
    expect(response.headers.get('content-type')).toMatch(/^application\/(graphql-response\+)?json/)
    const { errors } = (await response.json()) as { errors?: { message: string; extensions: object }[] }
    const { code, hint } = (errors?.[0]?.extensions ?? {}) as { code?: string; hint?: string }
    for (const each of errors ?? []) expect(each.message).not.toBe('')
    return { status: response.status, headers: response.headers, code, hint }
}

const post = (body: Body, headers: Record<string, string> = json) =>
    send('/graphql', { method: 'POST', headers, body })

test.each<[what: string, status: number, code: string, body: Body]>([
    ['nothing', 400, 'BODY_INVALID', ''],
    ['no JSON', 400, 'BODY_INVALID', '{"query": "{ __typename }"'],
    ['a query by itself', 400, 'BODY_INVALID', '{ __typename }'],
    ['no UTF-8', 400, 'BODY_INVALID', Buffer.from('{"query": "{ __typename } #\xff"}', 'latin1')],
    ['null', 400, 'BODY_INVALID', 'null'],
    ['text', 400, 'BODY_INVALID', '"{ __typename }"'],
    ['a number', 400, 'BODY_INVALID', '17'],
    ['no query', 400, 'BODY_INVALID', '{}'],
    ['a number for a query', 400, 'BODY_INVALID', '{"query": 17}'],
    ['a query in the prototype', 400, 'BODY_INVALID', '{"__proto__": {"query": "{ __typename }"}}'],
    ['a list of requests', 400, 'BATCH', '[{"query": "{ __typename }"}, {"query": "{ __typename }"}]'],
    ['an empty list', 400, 'BATCH', '[]'],
    ['a number for a name', 400, 'BODY_INVALID', '{"query": "{ __typename }", "operationName": 1}'],
    ['a list for variables', 400, 'BODY_INVALID', '{"query": "{ __typename }", "variables": []}'],
    ['text for variables', 400, 'BODY_INVALID', '{"query": "{ __typename }", "variables": "{}"}'],
    ['a list for extensions', 400, 'BODY_INVALID', '{"query": "{ __typename }", "extensions": []}'],
    ['an unknown way with errors', 400, 'BODY_INVALID', '{"query": "{ __typename }", "onError": "IGNORE"}'],
    ['an unknown operation', 400, 'BAD_USER_INPUT', '{"query": "{ __typename }", "operationName": "other"}'],
    ['an id, where none are listed', 400, 'BODY_INVALID', '{"documentId": "sha256:00"}'],
    ['more than 100 kB', 413, 'BODY_TOO_LARGE', `{"query": "{ __typename }", "x": "${'x'.repeat(100_000)}"}`],
    ['far more than 100 kB', 413, 'BODY_TOO_LARGE', 'x'.repeat(20_000_000)],
])('a body that is %s is refused', async (_what, status, code, body) => {
    const refused = await post(body)
    expect(refused).toMatchObject({ status, code })
    if (code !== 'BAD_USER_INPUT') expect(refused.hint).toBeTruthy()
})

test.each<[what: string, type: string | undefined]>([
    ['a form', 'application/x-www-form-urlencoded'],
    ['a form with files', 'multipart/form-data; boundary=x'],
    ['plain text', 'text/plain'],
    ['a document', 'application/graphql'],
    ['JSON only by its name', 'application/jsonp'],
    ['of no type', undefined],
])(
    'a body that is %s is refused: a page of somebody else can send it, or nothing can',
    async (_what, type) => {
        const body = new Blob(['{"query": "{ __typename }"}'])
        expect(await post(body, type ? { 'content-type': type } : {})).toMatchObject({
            status: 415,
            code: 'NOT_JSON',
        })
    },
)

test('a body is JSON however its type is written', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json ;x=y']) {
        expect((await post('{"query": "{ __typename }"}', { 'content-type': type })).status).toBe(200)
    }
})

test('what is asked by another method is refused, and told how', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
        const refused = await send('/graphql?query={__typename}', { method })
        expect(refused).toMatchObject({ status: 405, code: 'METHOD_UNKNOWN' })
        expect(refused.headers.get('allow')).toBe('POST')
    }
    const mutation = '/graphql?query=mutation{register(input:{displayName:"A"}){clientMutationId}}'
    expect(await send(mutation, {})).toMatchObject({ status: 405, code: 'METHOD_UNKNOWN' })
    const authorization = await api.as('nimbrey')
    expect(await send('/graphql?query={__typename}', { headers: { authorization } })).toMatchObject({
        status: 405,
        code: 'GET_IS_PUBLIC',
    })
})

test.each([
    ['nothing', ''],
    ['two documents', '?query={__typename}&query={__typename}'],
    ['variables that are no JSON', '?query={__typename}&variables={'],
    ['variables that are a list', '?query={__typename}&variables=[]'],
    ['two of them', '?query={__typename}&variables={}&variables={}'],
    ['extensions that are no JSON', '?query={__typename}&extensions=x'],
])('an address that asks for %s is refused', async (_what, search) => {
    expect(await send(`/graphql${search}`, {})).toMatchObject({ status: 400, code: 'BODY_INVALID' })
})

test('whoever accepts no JSON is told so, in JSON', async () => {
    expect(await post('{"query": "{ __typename }"}', { ...json, accept: 'image/png' })).toMatchObject({
        status: 406,
        code: 'NOT_ACCEPTABLE',
    })
})

test('what is nowhere is not repeated', async () => {
    for (const path of ['/nowhere', '/graphql/', '/ruru-static/nowhere', '/%00', '/..%2f..%2fetc/passwd']) {
        expect(await send(path, {})).toMatchObject({ status: 404, code: 'NOT_FOUND' })
    }
})

test('of two keys of one name the last counts, and odd names are names', async () => {
    const twice =
        '{"query": "{ nobody }", "query": "query ($__proto__: Int) { scopes(first: $__proto__) { totalCount } }", "variables": {"__proto__": 1}}'
    expect((await post(twice)).status).toBe(200)
})

test('whoever accepts application/json alone is answered 200 where a document is refused, as is the custom', async () => {
    const headers = { ...json, accept: 'application/json' }
    expect(await post('{"query": "{ nobody }"}', headers)).toMatchObject({
        status: 200,
        code: 'GRAPHQL_VALIDATION_FAILED',
    })
    expect(await post('{"query": 1}', headers)).toMatchObject({ status: 400, code: 'BODY_INVALID' })
})

const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.uint8Array({ maxLength: 200 }),
    fc.json(),
    fc
        .record(
            {
                query: fc.oneof(
                    fc.string(),
                    fc.anything(),
                    fc
                        .array(
                            fc.constantFrom(
                                '{',
                                '}',
                                '(',
                                ')',
                                '[',
                                'a',
                                '$a',
                                ':',
                                '"',
                                '...',
                                '@',
                                '1.e',
                                'me',
                                '#',
                            ),
                        )
                        .map((parts) => parts.join(' ')),
                ),
                variables: fc.anything(),
                operationName: fc.anything(),
                extensions: fc.anything(),
            },
            { requiredKeys: [] },
        )
        .map(
            (body) =>
                JSON.stringify(body, (_, value) => (typeof value === 'bigint' ? Number(value) : value)) ?? '',
        ),
)

test('whatever comes, the answer is JSON with a code, and the server goes on', async () => {
    const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
    console.info(`FUZZ_SEED=${seed}`)
    for (const body of fc.sample(anything, { seed, numRuns: 300 })) {
        const { status, code } = await post(body as Body)
        expect({ body, status, code }).toMatchObject({
            status: 400,
            code: expect.stringMatching(/^[A-Z_]+$/),
        })
    }
    expect((await fetch(`${api.url}/readyz`)).status).toBe(200)
})
