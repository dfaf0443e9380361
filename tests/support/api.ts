// An API of a test's own: a database with the demo world, a server on a free port, and people to ask as.

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { TokenSettings } from '../../scripts/lib/api/issuers.ts'
import { start } from '../../scripts/lib/api/server.ts'
import type { ApiOptions } from '../../scripts/lib/api/settings.ts'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { type Client, withClient } from '../../scripts/lib/db.ts'
import { demoIssuer } from '../../scripts/lib/demo.ts'
import { seedDemo } from '../../scripts/lib/seeds.ts'
import { freshDatabase } from './database.ts'
import { loginUrl } from './logins.ts'

process.env.LOG_LEVEL = 'off'

export interface Answer {
    status: number
    headers: Headers
    // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever the test says it is
    data: any
    errors: { message: string; extensions: { code?: string; hint?: string } }[]
}

/** One issuer with a secret, so that tests can sign for it. */
type SecretRules = TokenSettings & { secret: string }

export interface Question {
    /** The value of the header Authorization. */
    authorization?: string
    variables?: Record<string, unknown>
}

export interface TestApi {
    url: string
    databaseUrl: string
    kek: string
    rules: SecretRules
    ask(query: string, question?: Question): Promise<Answer>
    /** What signs a demo person in. */
    as(name: string, claims?: Record<string, unknown>): Promise<string>
    /** Asks the database itself, as its superuser. */
    sql<Row>(text: string, values?: unknown[]): Promise<Row[]>
}

/** For a whole file: started before its first test, stopped after its last. */
export function useApi(
    prepare: (client: Client) => Promise<void> = async () => undefined,
    options: () => Promise<Partial<ApiOptions>> = async () => ({}),
): TestApi {
    const api = {} as TestApi
    const stops: (() => Promise<void>)[] = []
    beforeAll(async () => {
        const database = await freshDatabase()
        stops.unshift(() => database.drop())
        await seedDemo(database.url)
        await withClient(database.url, prepare)
        const { stop, ...started } = await startApi(database.url, await options())
        stops.unshift(stop)
        Object.assign(api, started)
    })
    afterAll(async () => {
        for (const stop of stops) await stop()
    })
    return api
}

/** On a database that is there already. */
export async function startApi(
    databaseUrl: string,
    options: Partial<ApiOptions> = {},
): Promise<TestApi & { stop(): Promise<void> }> {
    const rules = {
        secret: randomBytes(32).toString('hex'),
        issuer: undefined,
        audience: 'tests',
        allowServiceRole: false,
    }
    const kek = randomBytes(32).toString('hex')
    const server = await start({
        databaseUrl,
        authenticatorUrl: await loginUrl(databaseUrl, 'authenticator'),
        keyholderUrl: await loginUrl(databaseUrl, 'empathy_keyholder'),
        port: 0,
        tokens: rules,
        kek,
        // Tests ask more than people do.
        limits: { signedInPerMinute: 0, nobodyPerMinute: 0 },
        ...options,
    })
    return { ...asking(server.url, databaseUrl, rules), kek, rules, stop: () => server.stop() }
}

function asking(url: string, databaseUrl: string, rules: SecretRules): Omit<TestApi, 'kek' | 'rules'> {
    return {
        url,
        databaseUrl,
        ask: async (query, { authorization, variables } = {}) => {
            const response = await fetch(`${url}/graphql`, {
                method: 'POST',
                headers: { 'content-type': 'application/json', ...(authorization ? { authorization } : {}) },
                body: JSON.stringify({ query, variables }),
            })
            const body = (await response.json()) as Partial<Answer>
            return {
                status: response.status,
                headers: response.headers,
                data: body.data,
                errors: body.errors ?? [],
            }
        },
        as: async (name, claims = {}) => {
            const usual = { role: 'authenticated', iss: demoIssuer, sub: name, aud: 'tests' }
            return `Bearer ${await signToken({ ...usual, ...claims }, rules.secret, '1 hour')}`
        },
        sql: async <Row>(text: string, values: unknown[] = []) => {
            const { rows } = await withClient(databaseUrl, (client) => client.query(text, values))
            return rows as Row[]
        },
    }
}
