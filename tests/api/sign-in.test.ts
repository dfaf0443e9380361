// Who may ask, and as whom: whoever has a token, and nobody.

import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { authenticate } from '../../scripts/lib/api/auth.ts'
import { openIssuers } from '../../scripts/lib/api/issuers.ts'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { demoIssuer } from '../../scripts/lib/demo.ts'
import { useApi } from '../support/api.ts'
import { bearer, secretKey } from '../support/issuer.ts'

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

const now = Math.floor(Date.now() / 1000)

test.each<[what: string, claims: Record<string, unknown>]>([
    ['is not good yet', { nbf: now + 60 }],
    ['was made in the future', { iat: now + 60 }],
    ['never ends', { exp: undefined }],
    ['ends in milliseconds', { exp: (now + 3600) * 1000 }],
    ['ends in words', { exp: 'tomorrow' }],
    ['ends at a text', { exp: String(now + 3600) }],
    ['ends at nothing', { exp: null }],
    ['ends at a list', { exp: [now + 3600] }],
    ['is not good before a text', { nbf: String(now) }],
    ['was made at an object', { iat: { now } }],
    ['is of an object', { sub: { name: 'nimbrey' } }],
    ['is of a list', { sub: ['nimbrey'] }],
    ['is of a number', { sub: 5 }],
    ['is of nothing', { sub: null }],
    ['is of an empty name', { sub: '' }],
    ['is of a name without end', { sub: 'x'.repeat(501) }],
    ['is of a name with the character that is nothing', { sub: 'nim\u0000brey' }],
    ['is of a name with half a character', { sub: 'nim\ud83d' }],
    ['is by an object', { iss: { url: demoIssuer } }],
    ['is by nothing', { iss: null }],
    ['is by a name without end', { iss: `https://${'x'.repeat(500)}` }],
])('a token that %s is refused with 401', async (_what, odd) => {
    const whole = {
        role: 'authenticated',
        iss: demoIssuer,
        sub: 'nimbrey',
        aud: 'tests',
        exp: now + 3600,
        ...odd,
    }
    const authorization = await bearer(secretKey(api.rules.secret), whole)
    const { status, data, errors } = await api.ask(me, { authorization })
    expect([status, data, errors[0]?.extensions.code]).toEqual([401, undefined, 'TOKEN_INVALID'])
})

test.each<[what: string, role: unknown]>([
    ['a list', ['authenticated']],
    ['an object', { authenticated: true }],
    ['a number', 1],
    ['a setting', 'authenticated; set role empathy_owner'],
    ['another case', 'Authenticated'],
    ['what every object has', 'constructor'],
])('a role that is %s is not let in', async (_what, role) => {
    const { status, errors } = await api.ask(me, { authorization: await api.as('nimbrey', { role }) })
    expect([status, errors[0]?.extensions.code]).toEqual([401, 'ROLE_NOT_ALLOWED'])
})

test('clocks may be a few seconds apart', async () => {
    const authorization = await bearer(secretKey(api.rules.secret), {
        ...{ iss: demoIssuer, sub: 'nimbrey', aud: 'tests' },
        ...{ iat: now + 3, nbf: now + 3 },
    })
    expect((await api.ask(me, { authorization })).data).toEqual({ me: { displayName: 'Nimbrey' } })
})

test('a name in any script, as long as a name can be, registers', async () => {
    const authorization = await api.as('ნ🪿'.repeat(250))
    const { data } = await api.ask(
        'mutation { register(input: { displayName: "Long" }) { query { me { displayName } } } }',
        { authorization },
    )
    expect(data.register.query.me.displayName).toBe('Long')
})

test('what else a token says is not looked at, and does not reach the database', async () => {
    const [person] = await api.sql<{ id: string }>("select id from core.people where display_name = 'Quessa'")
    const more = {
        ...{ email: 'nimbrey@example.org', person: person?.id, api_key: 'x', channel: 'x', session_id: {} },
        ...{ constructor: { name: 'x' }, nested: JSON.parse('['.repeat(500) + ']'.repeat(500)) },
    }
    const authorization = await api.as('nimbrey', more)
    expect((await api.ask(me, { authorization })).data).toEqual({ me: { displayName: 'Nimbrey' } })
    const rules = openIssuers(api.rules)
    const claims = await authenticate(authorization, rules, new Pool())
    expect(claims).toEqual({
        ...{ role: 'authenticated', iss: demoIssuer, sub: 'nimbrey' },
        exp: expect.any(Number),
    })
})

test('who names no issuer is let in, and is nobody', async () => {
    const authorization = await api.as('nimbrey', { iss: undefined })
    expect((await api.ask(me, { authorization })).data).toEqual({ me: null })
})

test('a token of more than 16 kB does not come in', async () => {
    const authorization = await api.as('nimbrey', { much: 'x'.repeat(20_000) })
    const response = await fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: JSON.stringify({ query: me }),
    })
    expect(response.status).toBe(431)
})
