// How much one operation may ask for: what is refused, at which number, and what it costs.

import { readFileSync } from 'node:fs'
import { buildSchema, getIntrospectionQuery, type OperationDefinitionNode, parse } from 'postgraphile/graphql'
import { expect, test } from 'vitest'
import { Documents, withItsPlans } from '../../scripts/lib/api/limits/documents.ts'
import { usualLimits } from '../../scripts/lib/api/limits/limits.ts'
import { firstQuery } from '../../scripts/lib/api/ruru.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { type Answer, useApi } from '../support/api.ts'

const api = useApi()
const closed = useApi(undefined, async () => ({ limits: { introspection: false } }))

/** Scopes below scopes, one of each: so many levels with the field at the end. */
function levels(count: number): string {
    const inner = '{ parent '.repeat(count - 3)
    return `{ scopes(first: 1) { nodes ${inner}{ id } ${'}'.repeat(count - 3)} } }`
}

const fields = (count: number) =>
    `{ scopes(first: 1) { nodes { ${Array.from({ length: count - 2 }, (_, n) => `a${n}: name`).join(' ')} } } }`
const roots = (count: number) =>
    `{ ${Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')} }`
const doubled = (times: number) =>
    Array.from({ length: times }, (_, n) => `fragment f${n} on Query { ...f${n + 1} ...f${n + 1} }`).join(' ')

async function codeOf(query: string, variables: Record<string, unknown> = {}): Promise<string | undefined> {
    const { errors } = await api.ask(query, { variables })
    for (const { message, extensions } of errors) expect([message, extensions.code]).not.toContain(undefined)
    return errors[0]?.extensions.code
}

test.each<[what: string, code: string, most: string, more: string]>([
    ['levels of fields', 'TOO_DEEP', levels(usualLimits.maxDepth), levels(usualLimits.maxDepth + 1)],
    ['fields', 'TOO_MANY_FIELDS', fields(usualLimits.maxFields), fields(usualLimits.maxFields + 1)],
    ['fields at the top', 'TOO_WIDE', roots(20), roots(21)],
    [
        'nested brackets',
        'TOO_DEEP',
        `{ can(permission: "x", scopeId: "00000000-0000-7000-8000-000000000000") ${'@skip(if: false)'} }`,
        `{ me ${'{ a'.repeat(50)} ${'}'.repeat(50)} }`,
    ],
])('there is a limit to %s: %s', async (_what, code, most, more) => {
    expect(await codeOf(most)).toBeUndefined()
    const { status, errors } = await api.ask(more)
    expect(status).toBe(400)
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(/\d/), extensions: { code } })
    expect(errors[0]?.extensions.hint).toBeTruthy()
})

test.each<[what: string, code: string, query: string]>([
    ['brackets as far as they go', 'TOO_DEEP', `{ a(b: ${'['.repeat(90_000)}`],
    ['fields as deep as they go', 'TOO_DEEP', '{a'.repeat(33_000)],
    ['one field again and again', 'TOO_LONG', `{ me { ${'id '.repeat(30_000)} } }`],
    ['directives again and again', 'TOO_LONG', `{ me ${'@x '.repeat(30_000)} { id } }`],
    ['variables that nobody uses', 'TOO_LONG', `query (${'$a: Int '.repeat(2_000)}) { __typename }`],
    [
        'fragments that double each other',
        'TOO_WIDE',
        `{ ...f0 } ${doubled(400)} fragment f400 on Query { __typename }`,
    ],
    ['a fragment within itself', 'GRAPHQL_VALIDATION_FAILED', '{ ...f } fragment f on Query { ...f }'],
    [
        'two fragments within each other',
        'GRAPHQL_VALIDATION_FAILED',
        '{ ...f } fragment f on Query { me { id } ...g } fragment g on Query { ...f }',
    ],
    [
        'types of types of types',
        'GRAPHQL_VALIDATION_FAILED',
        '{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }',
    ],
    ['half a document', 'GRAPHQL_PARSE_FAILED', '{ me { id'],
    ['nothing', 'GRAPHQL_PARSE_FAILED', ''],
    ['what is not there', 'GRAPHQL_VALIDATION_FAILED', '{ nobody }'],
    ['an operation of many, unnamed', 'BAD_USER_INPUT', 'query a { __typename } query b { __typename }'],
])('a document is refused that has %s', async (_what, code, query) => {
    const { status, errors } = await api.ask(query)
    expect(errors[0]?.extensions.code).toBe(code)
    expect(status).toBe(400)
})

test('of many errors ten are told', async () => {
    const { errors } = await api.ask(`{ ${'nobody '.repeat(20)} }`)
    expect(errors.length).toBeLessThanOrEqual(11)
})

test.each<[query: string, cost: number, variables?: Record<string, unknown>]>([
    ['{ __typename }', 0],
    ['{ me { id displayName } }', 1],
    ['{ scopes { nodes { id } } }', 50],
    [
        '{ scopes(first: 20) { nodes { id memberships(first: 10) { totalCount } childScopes(first: 10) { nodes { id } } } } }',
        620,
    ],
    ['{ scopes(first: 20) { edges { cursor node { parent { id } } } pageInfo { endCursor } } }', 40],
    ['{ scopes(first: 0) { totalCount } }', 10],
    [
        'query ($n: Int) { scopes(first: $n) { nodes { ...f } } } fragment f on Scope { parent { parent { id } } }',
        15,
        { n: 5 },
    ],
    ['query ($n: Int) { scopes(first: $n) { nodes { id } } }', 50, { n: null }],
    ['query ($n: Int) { scopes(first: $n) { nodes { id } } }', 50],
    ['query ($n: Int = 7) { scopes(first: $n) { nodes { id } } }', 7],
    ['mutation { a: register(input: { displayName: "A" }) { query { me { id } } } }', 12],
    [firstQuery, 2550],
    ['{ works(first: 2) { nodes { title publicDuring { start { value } } } } }', 2],
])('%s costs %d', async (query, cost, variables = {}) => {
    expect((await api.ask(query, { variables })).headers.get('x-cost')).toBe(String(cost))
})

test('what costs too much is not begun, and says what it would have cost', async () => {
    const wide = '{ scopes { nodes { childScopes { nodes { childScopes { nodes { id } } } } } } }'
    const { status, errors, data } = await api.ask(wide)
    expect([status, data]).toEqual([400, undefined])
    expect(errors).toEqual([
        {
            message: 'this costs 127550; 10000 is the most',
            extensions: { code: 'TOO_COSTLY', hint: expect.stringContaining('first') },
        },
    ])
    const variable =
        'query ($n: Int) { scopes(first: $n) { nodes { childScopes(first: $n) { nodes { id } } } } }'
    expect(await codeOf(variable, { n: 50 })).toBeUndefined()
    expect(await codeOf(variable, { n: 100 })).toBe('TOO_COSTLY')
    expect(await codeOf(variable, { n: 1.5 })).toBe('BAD_USER_INPUT')
    expect(await codeOf(variable, { n: -1 })).toBe('PAGE_SIZE')
})

const ids = (count: number) => Array.from({ length: count }, () => '00000000-0000-7000-8000-000000000000')

test('lists in arguments have 500 entries, as a variable or as they are written, and all together', async () => {
    const listed = 'query ($ids: [UUID!]) { scopes(filter: { id: { in: $ids } }) { totalCount } }'
    expect(await codeOf(listed, { ids: ids(500) })).toBeUndefined()
    expect(await codeOf(listed, { ids: ids(501) })).toBe('TOO_MANY_VALUES')
    const twice =
        'query ($ids: [UUID!]) { a: scopes(filter: { id: { in: $ids } }) { totalCount } b: scopes(filter: { or: [{ id: { in: $ids } }] }) { totalCount } }'
    expect(await codeOf(twice, { ids: ids(249) })).toBeUndefined()
    expect(await codeOf(twice, { ids: ids(250) })).toBe('TOO_MANY_VALUES')
    const written = `{ scopes(filter: { or: [${'{ id: { isNull: false } } '.repeat(501)}] }) { totalCount } }`
    expect(await codeOf(written)).toBe('TOO_MANY_VALUES')
})

test('filters within filters end somewhere', async () => {
    const filtered = 'query ($f: ScopeFilter) { scopes(filter: $f) { totalCount } }'
    const within = (depth: number): unknown =>
        depth === 0 ? { id: { isNull: false } } : { not: within(depth - 1) }
    expect(await codeOf(filtered, { f: within(8) })).toBeUndefined()
    expect(await codeOf(filtered, { f: within(50) })).toBe('TOO_DEEP')
    expect(await codeOf(filtered, { f: within(3_000) })).toBe('TOO_DEEP')
})

test('JSON within JSON ends somewhere', async () => {
    const set =
        'mutation ($value: JSON!) { setSetting(input: { scopeId: "00000000-0000-7000-8000-000000000000", key: "x", value: $value }) { clientMutationId } }'
    // What nests so deeply cannot be written down by JSON.stringify, either.
    const answer = async (open: string, close: string, depth: number) => {
        const value = `${open.repeat(depth)}1${close.repeat(depth)}`
        const response = await fetch(`${api.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: `{ "query": ${JSON.stringify(set)}, "variables": { "value": ${value} } }`,
        })
        return ((await response.json()) as Answer).errors[0]?.extensions.code
    }
    expect(await answer('[', ']', 100)).toBe('42501')
    expect(await answer('[', ']', 102)).toBe('TOO_DEEP')
    expect(await answer('[', ']', 40_000)).toBe('TOO_DEEP')
    expect(await answer('{"a":', '}', 15_000)).toBe('TOO_DEEP')
})

test('what a document means is not kept when its variables are others', async () => {
    const chosen = 'query ($in: Boolean!) { me @include(if: $in) { id } __typename @skip(if: $in) }'
    expect((await api.ask(chosen, { variables: { in: true } })).data).toEqual({ me: null })
    expect((await api.ask(chosen, { variables: { in: false } })).data).toEqual({ __typename: 'Query' })
})

const printed = buildSchema(readFileSync(inPackage('schema.graphql'), 'utf8'))

test('documents are remembered until others need the room: large ones for less long', () => {
    const documents = new Documents(printed, usualLimits)
    let paid = 0
    const read = (text: string) => {
        const before = paid
        expect(documents.read(text, (fields) => (paid += fields))).toHaveProperty('document')
        return paid > before ? 'anew' : 'known'
    }
    const large = (name: string) => fields(450).replaceAll(' a', ` ${name}`)
    const first = '{ scopes { nodes { id } } }'
    expect(read(first)).toBe('anew')
    expect(read(large('x'))).toBe('anew')
    for (let n = 0; n < 5; n++) read(large(`y${n}`))
    expect([read(first), read(large('x'))]).toEqual(['known', 'known'])
    for (let n = 0; n < 30; n++) {
        read(large(`z${n}`))
        read(first)
    }
    expect([read(first), read(large('z29')), read(large('x'))]).toEqual(['known', 'known', 'anew'])
    for (let n = 0; n < 30; n++) read(`{ scopes(first: ${n}) { nodes { id } } }`)
    expect([read(first), read(large('z29'))]).toEqual(['known', 'known'])
    for (let n = 0; n < 700; n++) read(`{ __typename } #${n}${'x'.repeat(95_000)}`)
    expect(read(first)).toBe('anew')
})

test('what is planned for an operation goes with it, and is found with it', () => {
    const [one, other] = ['{ a: __typename }', '{ b: __typename }'].map(
        (text) => parse(text).definitions[0] as OperationDefinitionNode,
    )
    if (!one || !other) throw new Error('Both parse.')
    const shared = printed.extensions.grafast
    const kept = (operation: OperationDefinitionNode) =>
        withItsPlans(printed, operation, () => printed.extensions.grafast)
    expect(kept(one)).toBe(kept(one))
    expect(kept(one)).not.toBe(kept(other))
    expect(() => withItsPlans(printed, one, () => expect.fail('planned'))).toThrow('planned')
    expect(printed.extensions.grafast).toBe(shared)
})

test('the page to try queries on may ask for the schema, unless introspection is off', async () => {
    const asked = getIntrospectionQuery({ oneOf: true, inputValueDeprecation: true, schemaDescription: true })
    const open = await api.ask(asked)
    expect(open.data.__schema.queryType.name).toBe('Query')
    expect(open.headers.get('x-cost')).toBe('1000')
    const { status, errors } = await closed.ask(asked)
    expect([status, errors[0]?.extensions.code]).toEqual([400, 'INTROSPECTION_OFF'])
    const beneath =
        'mutation { register(input: { displayName: "A" }) { query { __type(name: "Query") { name } } } }'
    expect((await closed.ask(beneath)).errors[0]?.extensions.code).toBe('INTROSPECTION_OFF')
    expect((await closed.ask('{ __typename }')).data).toEqual({ __typename: 'Query' })
})

test('where introspection is off, no error tells a name to whoever guesses', async () => {
    const close = '{ scopes(filter: { id: { isNul: true } }) { totalCoun } }'
    const guessed = 'query ($f: ScopeFilter) { scopes(filter: $f) { totalCount } }'
    const variables = { f: { idd: null } }
    expect(JSON.stringify((await api.ask(close)).errors)).toContain('Did you mean')
    expect(JSON.stringify((await api.ask(guessed, { variables })).errors)).toContain('Did you mean')
    expect(JSON.stringify((await closed.ask(close)).errors)).not.toContain('Did you mean')
    expect(JSON.stringify((await closed.ask(guessed, { variables })).errors)).not.toContain('Did you mean')
})
