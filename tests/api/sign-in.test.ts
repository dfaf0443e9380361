// Who may ask, and as whom: tokens, API keys, and nobody.

import { expect, test } from 'vitest'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { useApi } from '../support/api.ts'

const api = useApi()
const me = '{ me { displayName } }'

test('a person with a token is who the token says', async () => {
    const { data } = await api.ask(me, { authorization: await api.as('nimbrey') })
    expect(data).toEqual({ me: { displayName: 'Nimbrey' } })
})

test('without a token one is nobody', async () => {
    const { data, errors } = await api.ask(me)
    expect([data, errors]).toEqual([{ me: null }, []])
})

test('whoever signs in for the first time becomes a person by registering, once', async () => {
    const authorization = await api.as('newcomer')
    expect((await api.ask(me, { authorization })).data).toEqual({ me: null })
    const register =
        'mutation { register(input: { displayName: "Newcomer" }) { query { me { displayName } } } }'
    expect((await api.ask(register, { authorization })).data.register.query.me.displayName).toBe('Newcomer')
    expect((await api.ask(register, { authorization })).errors[0]?.extensions.code).toBe('EL004')
})

const claims = { role: 'authenticated', sub: 'nimbrey', aud: 'tests' }
const unsigned = [{ alg: 'none' }, { ...claims, exp: 9_999_999_999 }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

test.each<[why: string, code: string, authorization: () => Promise<string>]>([
    ['is no token', 'TOKEN_INVALID', async () => 'Bearer nonsense'],
    ['is empty', 'TOKEN_INVALID', async () => 'Bearer '],
    ['comes by another scheme', 'TOKEN_INVALID', async () => 'Basic bmltYnJleTpzZWNyZXQ='],
    ['is not signed', 'TOKEN_INVALID', async () => `Bearer ${unsigned}.`],
    [
        'is signed by somebody else',
        'TOKEN_INVALID',
        async () => `Bearer ${await signToken(claims, 'another secret of 32 characters!', '1 hour')}`,
    ],
    [
        'has expired',
        'TOKEN_EXPIRED',
        async () => `Bearer ${await signToken(claims, api.rules.secret, '-1 minute')}`,
    ],
    ['is meant for another audience', 'TOKEN_INVALID', () => api.as('nimbrey', { aud: 'elsewhere' })],
    ['names a role of the database', 'ROLE_NOT_ALLOWED', () => api.as('nimbrey', { role: 'empathy_owner' })],
    [
        'names service_role, which is not allowed here',
        'ROLE_NOT_ALLOWED',
        () => api.as('x', { role: 'service_role' }),
    ],
    ['names no role', 'ROLE_NOT_ALLOWED', () => api.as('nimbrey', { role: undefined })],
    ['is an API key that nobody made', 'API_KEY_INVALID', async () => 'Bearer el_nothing'],
])('a token that %s is refused with 401, and asks nothing as nobody', async (_why, code, authorization) => {
    const answer = await api.ask(me, { authorization: await authorization() })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(answer.data).toBeUndefined()
    expect(answer.errors[0]?.extensions.code).toBe(code)
})

test('claims that are not for the database do not reach it', async () => {
    const authorization = await api.as('nimbrey', {
        email: 'nimbrey@example.org',
        api_key: 'x',
        channel: 'x',
    })
    expect((await api.ask(me, { authorization })).data).toEqual({ me: { displayName: 'Nimbrey' } })
})

test('an API key acts in its scope, within its limit, until it is revoked', async () => {
    const person = await api.as('quessa')
    const { data: found } = await api.ask(
        '{ scopes(filter: { kind: { equalTo: "community" } }) { nodes { id slug } } }',
        {
            authorization: person,
        },
    )
    const scopeId = found.scopes.nodes.find((scope: { slug: string }) => scope.slug === 'reedbank').id
    const made = await api.ask(
        `mutation ($scopeId: UUID!) {
            createApiKey(input: { scopeId: $scopeId, name: "Test", permissions: ["member.read"], requestsPerMinute: 2 }) {
                result
            }
        }`,
        { authorization: person, variables: { scopeId } },
    )
    const authorization = `Bearer ${made.data.createApiKey.result}`
    const first = await api.ask('{ memberships { nodes { scope { slug } } } }', { authorization })
    expect(first.status).toBe(200)
    const slugs = first.data.memberships.nodes.map((each: { scope: { slug: string } }) => each.scope.slug)
    expect(new Set(slugs)).toEqual(new Set(['reedbank']))

    const leave = 'mutation ($id: UUID!) { leave(input: { scopeId: $id }) { clientMutationId } }'
    const refused = await api.ask(leave, { authorization, variables: { id: scopeId } })
    expect(refused.errors[0]?.extensions.code).toBe('EL002')

    const limited = await api.ask(me, { authorization })
    expect(limited.status).toBe(429)
    expect(limited.errors[0]?.extensions.code).toBe('RATE_LIMITED')
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)

    await api.sql('update core.api_keys set revoked_at = now()')
    expect((await api.ask(me, { authorization })).status).toBe(401)
})
