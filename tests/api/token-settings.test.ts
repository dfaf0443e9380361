// What an operator can write down of those who sign people in: what is missing, misspelt or too weak is refused by its
// name when the server starts, and no secret is told with it.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openIssuers } from '../../scripts/lib/api/issuers.ts'
import { requireIssuer, tokenSettings } from '../../scripts/lib/api/settings.ts'
import { readConfig } from '../../scripts/lib/config.ts'
import { type DemoPerson, demoToken } from '../../scripts/lib/demo.ts'
import { newKey } from '../support/issuer.ts'

const folder = mkdtempSync(join(tmpdir(), 'empathy-settings-'))
const path = join(folder, 'issuers.json')
const secret = 'a secret that is told to nobody at all'
const issuer = 'https://issuer.example'
const jwks = 'https://issuer.example/keys'

afterAll(() => rmSync(folder, { recursive: true }))

function messageOf(work: () => unknown): string {
    try {
        work()
    } catch (error) {
        return String(error)
    }
    return 'nothing was refused'
}

const start = (environment: NodeJS.ProcessEnv) => openIssuers(tokenSettings(readConfig(environment)))

test.each<[environment: NodeJS.ProcessEnv, message: RegExp]>([
    [{ JWT_SECRET: 'short' }, /JWT_SECRET is refused/],
    [{ JWT_SECRET: secret, JWT_PREVIOUS_SECRET: 'short' }, /JWT_PREVIOUS_SECRET is refused/],
    [{ JWT_PREVIOUS_SECRET: secret }, /JWT_PREVIOUS_SECRET is set without JWT_SECRET/],
    [{ JWKS: jwks }, /JWKS is set without JWT_ISSUER/],
    [{ JWKS: jwks, JWT_ISSUER: issuer }, /JWKS is set without JWT_AUDIENCE/],
    [{ JWKS: 'http://issuer.example/keys' }, /JWKS=.* is refused: it is neither a file nor an https/],
    [{ JWKS: 'http://localhost.issuer.example/keys' }, /JWKS=.* is refused/],
    [{ JWKS: 'https://me:secret@issuer.example/keys' }, /JWKS=.* is refused/],
    [{ JWKS: 'ftp://issuer.example/keys' }, /JWKS=.* is refused/],
    [{ JWKS: 'https://' }, /JWKS=.* is refused/],
    [{ JWKS: '/nowhere', JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' }, /JWKS \(\/nowhere\) .*it cannot be read/],
    [{ ISSUERS_FILE: '/nowhere' }, /ISSUERS_FILE \(\/nowhere\) is refused: it cannot be read/],
    [{ ISSUERS_FILE: path, JWT_SECRET: secret }, /ISSUERS_FILE and JWT_SECRET are both set/],
    [{ ISSUERS_FILE: path, JWT_AUDIENCE: 'x' }, /ISSUERS_FILE and JWT_AUDIENCE are both set/],
])('%o is refused', (environment, message) => {
    expect(messageOf(() => start(environment))).toMatch(message)
})

test.each<[environment: NodeJS.ProcessEnv]>([
    [{ JWT_SECRET: secret, JWT_PREVIOUS_SECRET: `${secret}, once` }],
    [{ JWKS: jwks, JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' }],
    [{ JWKS: jwks, JWT_SECRET: secret, JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' }],
    [{ JWKS: 'http://[::1]:5679/keys', JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' }],
])('%o is enough, in production as well', (environment) => {
    expect(() => start(environment)).not.toThrow()
    expect(() => requireIssuer(readConfig(environment))).not.toThrow()
})

test('in production somebody has to be named who signs people in', () => {
    expect(messageOf(() => requireIssuer(readConfig({})))).toMatch(/nobody is named who signs people in/)
})

test.each<[content: unknown, message: string]>([
    [`[{"issuer": "${issuer}", "secret": "${secret}"`, 'it is not JSON'],
    [{ issuer, secret }, 'it is not a list of something'],
    [[], 'it is not a list of something'],
    [[issuer], 'issuer 1: it is not an object'],
    [[{ secret }], 'issuer 1: "issuer" is missing'],
    [[{ issuer }], 'issuer 1: "secret" or "jwks" is missing'],
    [[{ issuer: ' ', secret }], 'issuer 1: "issuer": it is not a text'],
    [
        [
            { issuer, secret },
            { issuer: 'x', secret: 'short' },
        ],
        'issuer 2: "secret": it is shorter than 32 characters',
    ],
    [[{ issuer, secret, previousSecret: 'short' }], 'issuer 1: "previousSecret": it is shorter than 32'],
    [[{ issuer, jwks, audience: 'x', previousSecret: secret }], 'issuer 1: "secret" is missing'],
    [[{ issuer, jwks }], 'issuer 1: "audience" is missing'],
    [[{ issuer, jwks, audience: [] }], 'issuer 1: "audience": it is not a list of something'],
    [
        [{ issuer, jwks: 'http://issuer.example', audience: 'x' }],
        'issuer 1: "jwks": it is neither a file nor',
    ],
    [
        [{ issuer, jwks: 'nowhere.json', audience: 'x' }],
        `jwks of ${issuer} (${join(folder, 'nowhere.json')})`,
    ],
    [
        [{ issuer, jwks, audience: 'x', algorithms: ['none'] }],
        'issuer 1: "algorithms": it is not one of RS256',
    ],
    [[{ issuer, jwks, audience: 'x', algorithms: ['HS256'] }], 'issuer 1: "algorithms": it is not one of'],
    [[{ issuer, secret, own: 'yes' }], 'issuer 1: "own": it is not one of true, false'],
    [[{ issuer, secret, role: 'service_role' }], 'issuer 1: "role": it is not one of authenticated'],
    [[{ issuer, secret, audiance: 'x' }], 'issuer 1: there is no "audiance", only issuer, audience'],
    [[{ issuer, secret, constructor: 'x' }], 'issuer 1: there is no "constructor"'],
    [
        [
            { issuer, secret },
            { issuer, secret },
        ],
        `${issuer} is in it twice`,
    ],
])('a file of issuers that says %j is refused', (content, message) => {
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
    const refused = messageOf(() => start({ ISSUERS_FILE: path }))
    expect(refused).toContain(`ISSUERS_FILE (${path}) is refused: `)
    expect(refused).toContain(message)
    expect(refused).not.toContain(secret)
})

test('a file of keys holds public ones', async () => {
    const file = join(folder, 'keys.json')
    const { jwk } = await newKey('ES256', 'kept')
    const contents = [
        [{ keys: [{ ...jwk, d: jwk.x }] }, 'its key 1 is not a public key'],
        [{ keys: [jwk, { kty: 'oct', k: 'c2VjcmV0' }] }, 'its key 2 is not a public key'],
        [{ keys: [jwk, { ...jwk, x: 'AAAA' }] }, 'its key 2 is not a public key'],
        [{ keys: [null] }, 'its key 1 is not a public key'],
        [jwk, 'it has no list "keys"'],
        [null, 'it has no list "keys"'],
    ] as const
    for (const [content, message] of contents) {
        writeFileSync(file, JSON.stringify(content))
        const refused = messageOf(() => start({ JWKS: file, JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' }))
        expect(refused).toContain(`JWKS (${file}) is refused: ${message}`)
        expect(refused).not.toContain(String(jwk.x))
    }
})

test('the demo people sign in where nobody else is told to sign people in', async () => {
    const person: DemoPerson = { name: 'nimbrey', id: '', display_name: 'Nimbrey', bio: '' }
    const sign = (environment: NodeJS.ProcessEnv) => demoToken(person, tokenSettings(readConfig(environment)))
    expect(await sign({ JWT_SECRET: secret, JWT_AUDIENCE: 'x' })).toMatch(/^ey/)
    for (const environment of [
        { JWT_SECRET: secret, JWT_ISSUER: issuer },
        { JWKS: jwks, JWT_ISSUER: issuer, JWT_AUDIENCE: 'x' },
        { ISSUERS_FILE: path },
    ]) {
        await expect(sign(environment)).rejects.toThrow(/others sign people in/)
    }
})
