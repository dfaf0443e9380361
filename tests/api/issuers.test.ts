// Several issuers sign people in: each with its own keys, audience and ways of signing, and nothing of one is good for
// another. Keys are replaced, and issuers come and go, while the server runs.

import { randomBytes } from 'node:crypto'
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exportSPKI, importJWK } from 'jose'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { type Answer, useApi } from '../support/api.ts'
import {
    bearer,
    type Key,
    type KeyServer,
    newKey,
    secretKey,
    signingBy,
    startKeyServer,
} from '../support/issuer.ts'

const folder = mkdtempSync(join(tmpdir(), 'empathy-issuers-'))
const issuersFile = join(folder, 'issuers.json')

const provider = 'https://provider.example/'
const supabase = 'https://invented.supabase.co/auth/v1'
const own = 'https://own.example'
const other = 'https://other.example'
const filed = 'https://filed.example'
const silent = 'https://silent.example'
const secrets = { supabase: newSecret(), own: newSecret(), other: newSecret() }

let keyServer: KeyServer
let rsa: Key
let ec: Key
let ed: Key

const api = useApi(undefined, async () => {
    keyServer = await startKeyServer()
    rsa = await newKey('RS256', 'rsa')
    // Good for several ways of signing: which of them, its issuer says here.
    delete rsa.jwk.alg
    ec = await newKey('ES256', 'ec')
    ed = await newKey('EdDSA', 'ed')
    keyServer.published = { provider: [rsa.jwk], supabase: [ec.jwk] }
    put('filed.json', { keys: [ed.jwk] })
    put('issuers.json', issuers())
    return { tokens: { issuersFile, issuer: undefined, audience: undefined, allowServiceRole: true } }
})

afterEach(() => vi.useRealTimers())

afterAll(async () => {
    await keyServer.stop()
    rmSync(folder, { recursive: true })
})

function issuers(): Record<string, unknown>[] {
    return [
        {
            issuer: provider,
            audience: ['ledger', 'ledger-app'],
            jwks: keyServer.address('provider'),
            algorithms: ['RS256', 'ES256'],
            role: 'authenticated',
        },
        {
            issuer: supabase,
            audience: 'authenticated',
            secret: secrets.supabase,
            jwks: keyServer.address('supabase'),
        },
        { issuer: own, secret: secrets.own, own: true },
        { issuer: other, secret: secrets.other },
        { issuer: filed, audience: 'ledger', jwks: 'filed.json' },
        { issuer: silent, audience: 'ledger', jwks: keyServer.address('silent') },
    ]
}

function newSecret(): string {
    return randomBytes(32).toString('hex')
}

/** Whole, and as another file, as a careful operator does it. */
function put(name: string, content: unknown): void {
    const draft = join(folder, 'draft')
    writeFileSync(draft, typeof content === 'string' ? content : JSON.stringify(content))
    renameSync(draft, join(folder, name))
}

function later(milliseconds: number): void {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds })
}

const minute = 60_000

async function me(authorization: string): Promise<Answer> {
    return api.ask('{ me { displayName } }', { authorization })
}

async function nameOf(authorization: string): Promise<string | undefined> {
    const { status, data, errors } = await me(authorization)
    expect([status, errors]).toEqual([200, []])
    return data.me?.displayName
}

async function register(authorization: string, name: string): Promise<string> {
    const { data, errors } = await api.ask(
        'mutation ($name: String!) { register(input: { displayName: $name }) { result } }',
        { authorization, variables: { name } },
    )
    expect(errors).toEqual([])
    return data.register.result
}

async function expectRefused(authorization: string, code = 'TOKEN_INVALID'): Promise<void> {
    const { status, data, errors } = await me(authorization)
    expect([status, errors[0]?.extensions.code, data]).toEqual([401, code, undefined])
}

const byProvider = (claims = {}, key: Parameters<typeof bearer>[0] = rsa, header = {}) =>
    bearer(key, { iss: provider, aud: 'ledger', ...claims }, header)

test('the same subject of two issuers is two people, until a server ties the second login to the first', async () => {
    const first = await byProvider({ sub: 'vensel' })
    const second = await bearer(secretKey(secrets.other), { iss: other, sub: 'vensel' })
    const id = await register(first, 'Vensel')
    expect(await nameOf(first)).toBe('Vensel')
    expect(await nameOf(second)).toBeUndefined()

    await api.sql('select core.link_identity($1, $2, $3)', [id, other, 'vensel'])
    expect(await nameOf(second)).toBe('Vensel')

    await register(await bearer(ed, { iss: filed, aud: 'ledger', sub: 'vensel' }), 'Another Vensel')
    expect(await nameOf(first)).toBe('Vensel')
})

test('the tokens of Supabase are good as they are, by its secret and by its keys', async () => {
    const claims = {
        iss: supabase,
        sub: '7c9d4c5e-2f43-4f0b-9a58-6f1c2f1f0a11',
        aud: 'authenticated',
        role: 'authenticated',
        email: 'lune@example.org',
        phone: '',
        app_metadata: { provider: 'email', providers: ['email'] },
        user_metadata: { email_verified: true, person: 'me' },
        aal: 'aal1',
        amr: [{ method: 'password', timestamp: 1_700_000_000 }],
        session_id: '5f0d1f9e-5a55-4a1e-8f3a-0e8a4a3a9f10',
        is_anonymous: true,
    }
    await register(await bearer(secretKey(secrets.supabase), claims), 'Lune')
    expect(await nameOf(await bearer(ec, claims))).toBe('Lune')
})

test('only the issuer that is one’s own names a person outright', async () => {
    const [person] = await api.sql<{ id: string }>("select id from core.people where display_name = 'Quessa'")
    expect(await nameOf(await bearer(secretKey(secrets.own), { iss: own, person: person?.id }))).toBe(
        'Quessa',
    )
    expect(
        await nameOf(await bearer(secretKey(secrets.other), { iss: other, person: person?.id })),
    ).toBeUndefined()
    expect(await nameOf(await byProvider({ sub: 'nobody', person: person?.id }))).toBeUndefined()
    expect(await nameOf(await byProvider({ sub: 'nobody', person: { id: 1 } }))).toBeUndefined()
})

test('nor does any other make servers', async () => {
    const server = { role: 'service_role', sub: 'server' }
    expect((await me(await bearer(secretKey(secrets.own), { iss: own, ...server }))).status).toBe(200)
    await expectRefused(await bearer(secretKey(secrets.other), { iss: other, ...server }), 'ROLE_NOT_ALLOWED')
    await expectRefused(
        await bearer(ec, { iss: supabase, aud: 'authenticated', ...server }),
        'ROLE_NOT_ALLOWED',
    )
})

test('whose role is given here, has that one, whatever a token says', async () => {
    const authorization = await byProvider({ sub: 'role', role: ['service_role', 'admin'] })
    await register(authorization, 'Just a person')
    expect(await nameOf(authorization)).toBe('Just a person')
})

test('a token that is right is let in', async () => {
    expect((await me(await byProvider())).status).toBe(200)
    expect((await me(await byProvider({ aud: ['somebody', 'ledger-app'] }))).status).toBe(200)
})

test.each<[what: string, authorization: () => Promise<string>]>([
    ['names no issuer', () => byProvider({ iss: undefined, sub: 'x' })],
    ['names an unknown issuer', () => byProvider({ iss: 'https://nowhere.example' })],
    ['names an issuer that is none', () => byProvider({ iss: [provider] })],
    ['names an issuer almost right', () => byProvider({ iss: provider.slice(0, -1) })],
    ['is for somebody else', () => byProvider({ aud: 'another program' })],
    ['is for nobody', () => byProvider({ aud: undefined })],
    ['is for something odd', () => byProvider({ aud: { ledger: true } })],
    ['is signed with a key of another issuer', () => byProvider({}, ec)],
    [
        'names the key of another issuer',
        async () => byProvider({}, { ...rsa, signs: ec.signs, alg: 'ES256' }),
    ],
    ['is signed with the secret of another', () => byProvider({}, secretKey(secrets.own))],
    ['is signed with a key under a known name', async () => byProvider({}, await newKey('RS256', 'rsa'))],
    [
        'is signed in a way that is not its issuer’s',
        async () => byProvider({}, await signingBy('PS256', rsa)),
    ],
    ['names a file as its key', () => byProvider({}, rsa, { kid: '../../../../dev/null' })],
    ['names a statement as its key', () => byProvider({}, rsa, { kid: "' or true --" })],
    ['names no key by a number', () => byProvider({}, rsa, { kid: 5 })],
    ['names what every object has as its key', () => byProvider({}, rsa, { kid: '__proto__' })],
    [
        'brings its own key',
        async () => {
            const mine = await newKey('RS256', 'mine')
            return byProvider({}, mine, { jwk: mine.jwk })
        },
    ],
    [
        'says where its own keys are',
        async () => {
            const mine = await newKey('RS256', 'mine')
            keyServer.published.mine = [mine.jwk]
            const there = keyServer.address('mine')
            return byProvider({}, mine, { jku: there, x5u: there, x5c: [String(mine.jwk.n)] })
        },
    ],
    ['asks for what nobody understands', () => byProvider({}, rsa, { crit: ['mine'], mine: true })],
])('a token that %s is refused', async (_what, authorization) => {
    await expectRefused(await authorization())
})

test('no public key is a secret', async () => {
    const asKey = await importJWK(rsa.jwk, 'RS256', { extractable: true })
    if (asKey instanceof Uint8Array) throw new Error('this is a secret')
    const pem = await exportSPKI(asKey)
    for (const form of [pem, pem.trim(), JSON.stringify(rsa.jwk), String(rsa.jwk.n), rsa.kid]) {
        await expectRefused(await byProvider({}, { ...secretKey(form), kid: rsa.kid }))
        await expectRefused(
            await bearer(secretKey(form), { iss: supabase, aud: 'authenticated' }, { kid: ec.kid }),
        )
        await expectRefused(await bearer(secretKey(form), { iss: filed, aud: 'ledger' }, { kid: ed.kid }))
    }
})

test('a token that is not signed is none of anybody’s', async () => {
    for (const alg of ['none', 'None', '', undefined]) {
        for (const iss of [provider, supabase, own, filed]) {
            const claims = {
                iss,
                aud: ['ledger', 'authenticated'],
                role: 'authenticated',
                exp: 9_999_999_999,
            }
            const parts = [{ alg, kid: 'rsa' }, claims]
            const text = parts
                .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
                .join('.')
            await expectRefused(`Bearer ${text}.`)
            await expectRefused(`Bearer ${text}`)
        }
    }
})

test('a key that is new is asked for, and one that is gone is believed for ten minutes more', async () => {
    const before = await byProvider({ sub: 'rotating' })
    await register(before, 'Rotating')
    const next = await newKey('ES256', 'next')
    keyServer.published.provider = [rsa.jwk, next.jwk]
    later(minute)
    expect(await nameOf(await byProvider({ sub: 'rotating' }, next))).toBe('Rotating')
    expect(await nameOf(before)).toBe('Rotating')

    keyServer.published.provider = [next.jwk]
    later(11 * minute)
    await expectRefused(before)
    expect(await nameOf(await byProvider({ sub: 'rotating' }, next))).toBe('Rotating')
    keyServer.published.provider = [rsa.jwk]
})

test('keys that nobody has are not asked for again and again', async () => {
    later(30 * minute)
    await me(await byProvider())
    const { asked } = keyServer
    for (const kid of ['one', 'two', 'three']) await expectRefused(await byProvider({}, rsa, { kid }))
    expect(keyServer.asked).toBe(asked)
})

test('two keys without names are tried both', async () => {
    const [one, two] = [await newKey('ES256', 'one'), await newKey('ES256', 'two')]
    put('filed.json', { keys: [one, two].map(({ jwk: { kid, ...nameless } }) => nameless) })
    for (const { alg, signs } of [one, two]) {
        expect((await me(await bearer({ alg, signs }, { iss: filed, aud: 'ledger' }))).status).toBe(200)
    }
    const { alg, signs } = await newKey('ES256', 'three')
    await expectRefused(await bearer({ alg, signs }, { iss: filed, aud: 'ledger' }))
})

test('while the keys of an issuer cannot be had, its people wait; those of others do not', async () => {
    const authorization = await bearer(rsa, { iss: silent, aud: 'ledger', sub: 'x' })
    for (const there of [undefined, '<html>', '{"keys": 5}'] as const) {
        later(minute)
        if (there !== undefined) keyServer.published.silent = there
        for (const _again of [1, 2]) {
            const { status, headers, data, errors } = await me(authorization)
            expect([status, errors[0]?.extensions.code, data]).toEqual([503, 'KEYS_UNAVAILABLE', undefined])
            expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
            expect(JSON.stringify(errors)).not.toMatch(/127\.0\.0\.1|silent/)
        }
    }
    const file = `${api.url}/files/0191d2a4-0000-7000-8000-000000000000`
    expect((await fetch(file, { headers: { authorization } })).status).toBe(503)
    expect((await me(await byProvider())).status).toBe(200)

    keyServer.published.silent = [rsa.jwk]
    later(minute)
    expect((await me(authorization)).status).toBe(200)
})

test('keys in a file are replaced with the file', async () => {
    const before = await bearer(ed, { iss: filed, aud: 'ledger', sub: 'filed' })
    const next = await newKey('EdDSA', 'next')
    const after = await bearer(next, { iss: filed, aud: 'ledger', sub: 'filed' })
    put('filed.json', { keys: [ed.jwk] })
    expect((await me(before)).status).toBe(200)
    await expectRefused(after)
    put('filed.json', { keys: [ed.jwk, next.jwk] })
    for (const each of [before, after]) expect((await me(each)).status).toBe(200)
    put('filed.json', { keys: [next.jwk] })
    await expectRefused(before)
    for (const broken of ['', '{"keys": [', '{"keys": []}', '{"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}']) {
        put('filed.json', broken)
        expect((await me(after)).status).toBe(200)
    }
    put('filed.json', { keys: [ed.jwk] })
    await expectRefused(after)
})

test('issuers come, change and go with their file; one that is broken changes nothing', async () => {
    const late = { issuer: 'https://late.example', secret: newSecret() }
    const byLate = await bearer(secretKey(late.secret), { iss: late.issuer, sub: 'late' })
    await expectRefused(byLate)
    put('issuers.json', [...issuers(), late])
    expect((await me(byLate)).status).toBe(200)

    const next = newSecret()
    const byNext = await bearer(secretKey(next), { iss: late.issuer, sub: 'late' })
    await expectRefused(byNext)
    put('issuers.json', [...issuers(), { ...late, secret: next, previousSecret: late.secret }])
    for (const each of [byLate, byNext]) expect((await me(each)).status).toBe(200)
    put('issuers.json', [...issuers(), { ...late, secret: next }])
    await expectRefused(byLate)

    for (const broken of ['', '[', '[]', 'null', [...issuers(), { ...late, secret: 'short' }]]) {
        put('issuers.json', broken)
        expect((await me(byNext)).status).toBe(200)
        await expectRefused(byLate)
    }
    rmSync(issuersFile)
    expect((await me(byNext)).status).toBe(200)
    put('issuers.json', issuers())
    await expectRefused(byNext)
})
