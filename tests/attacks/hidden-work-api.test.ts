// Nobody learns of a hidden work over HTTP either: of the API by what it answers, counts and refuses, and of files by
// their addresses. All is asked of two servers, each before another world.

import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ApiService, start } from '../../scripts/lib/api/server.ts'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { openFolder } from '../../scripts/lib/storage/folder.ts'
import { signGrant } from '../../scripts/lib/storage/signed-urls.ts'
import { loginUrl } from '../support/logins.ts'
import { listen } from '../support/socket.ts'
import { deeds, lists, lookups } from './questions.ts'
import { type Hidden, makeTwins, type Twins } from './twins.ts'

process.env.LOG_LEVEL = 'off'

const rules = {
    secret: randomBytes(32).toString('hex'),
    issuer: undefined,
    audience: undefined,
    allowServiceRole: false,
}
/** All fields of all types are asked for at once, which the limits would not let through. */
const unlimited = {
    ...{ maxDepth: 100, maxFields: 100_000, maxCost: 1_000_000 },
    ...{ signedInPerMinute: 0, nobodyPerMinute: 0 },
}
const signingKeys = { current: 'ab'.repeat(32), previous: undefined }
let twins: Twins
let folder: string
let servers: ApiService[]
let work: Hidden

beforeAll(async () => {
    twins = await makeTwins()
    work = twins.works[0] ?? {}
    folder = await mkdtemp(join(tmpdir(), 'empathy-attacks-'))
    const storage = await openFolder(folder)
    servers = []
    for (const { url } of [twins.hiding, twins.without]) {
        servers.push(
            await start({
                databaseUrl: url,
                authenticatorUrl: await loginUrl(url, 'authenticator'),
                keyholderUrl: undefined,
                port: 0,
                tokens: rules,
                limits: unlimited,
                storage,
                signingKeys,
            }),
        )
    }
})

afterAll(async () => {
    for (const server of servers) await server.stop()
    await twins.unmake()
    await rm(folder, { recursive: true })
})

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const attackers = ['cleo', 'ada', 'hazel', undefined]

async function headersOf(name: string | undefined): Promise<Record<string, string>> {
    if (name === undefined) return {}
    const claims = { role: 'authenticated', iss: 'https://tests.example', sub: name }
    return { authorization: `Bearer ${await signToken(claims, rules.secret, '1 hour')}` }
}

/** What both servers answer, in words that can be compared. */
async function bothAnswer(path: string, request: RequestInit): Promise<string[]> {
    return Promise.all(
        servers.map(async ({ url }) => {
            const response = await fetch(`${url}${path}`, { ...request, redirect: 'manual' })
            const headers = [...response.headers].filter(
                ([name]) => !/^(date|x-request-id|etag|content-length)$/.test(name),
            )
            const body = (await response.text())
                .replaceAll(/\b[0-9a-f]{12}\b/g, '<error>')
                // Which of them, depends on whom a connection of the pool served before.
                .replaceAll(/permission denied for (schema|function) \w+/g, 'permission denied')
            return twins.comparable(JSON.stringify([response.status, headers, body]))
        }),
    )
}

async function ask(name: string | undefined, query: string): Promise<string[]> {
    return bothAnswer('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(await headersOf(name)) },
        body: JSON.stringify({ query }),
    })
}

async function telling(name: string | undefined, queries: string[]): Promise<string[][]> {
    const told: string[][] = []
    for (const query of queries) {
        const [hiding = '', without = ''] = await ask(name, query)
        // What is not understood is not asked.
        expect(without, query.slice(0, 200)).toMatch(/^\[200,/)
        if (hiding !== without) told.push([query, hiding, without])
    }
    return told
}

test.each(attackers)('%s lists the same, whatever is listed', async (name) => {
    expect(await telling(name, lists())).toEqual([])
})

test.each(attackers)('%s finds nothing by any of its ids', async (name) => {
    expect(await telling(name, lookups(work))).toEqual([])
})

test.each(attackers)('%s does nothing with any of its ids', async (name) => {
    expect(await telling(name, deeds(work))).toEqual([])
})

/** What both servers say to somebody who begins to listen with an id, in every place where one fits. */
async function hearing(name: string | undefined): Promise<string[][]> {
    const { authorization } = await headersOf(name)
    const told: string[][] = []
    for (const id of new Set(Object.values(work))) {
        if (!isUuid(id)) continue
        for (const listening of [
            `workChanged(scopeId: "${id}", showing: ["${id}"]) { event workId work { title } }`,
            `commentChanged(workId: "${id}", showing: ["${id}"]) { event commentId comment { body } }`,
            `pollChanged(pollId: "${id}") { pollId poll { question } }`,
        ]) {
            const heard = servers.map(async ({ url }) => {
                const query = `subscription { ${listening} }`
                const socket = listen(url, { query, ...(authorization ? { authorization } : {}) })
                const said = [await socket.next(), ...(await socket.within(50))]
                await socket.stop()
                return twins.comparable(JSON.stringify(said))
            })
            const [hiding = '', without = ''] = await Promise.all(heard)
            if (hiding !== without) told.push([listening, hiding, without])
        }
    }
    return told
}

test.each(attackers)('%s hears nothing of it by listening to any of its ids', async (name) => {
    expect(await hearing(name)).toEqual([])
})

test('whoever may know hears of it', async () => {
    expect(await hearing('tella')).not.toEqual([])
})

test('whoever may know is told by each of these', async () => {
    for (const asked of [lists(), lookups(work), deeds(work)])
        expect(await telling('tella', asked)).not.toEqual([])
})

test.each(attackers)('%s gets no file of it, nor hears of one', async (name) => {
    const headers = await headersOf(name)
    const grantFor = (file: string, method: 'GET' | 'PUT', keys = signingKeys) =>
        signGrant(
            {
                method,
                file,
                expires: Math.floor(Date.now() / 1000) + 60,
                sha256: work.sha256 ?? '',
                bytes: 101,
                mime: 'image/png',
            },
            keys,
        )
    const [open] = await twins.without.rows<{ id: string }>('select id from content.files')
    const forged = { current: 'cd'.repeat(32), previous: undefined }
    for (const { file } of twins.works) {
        if (!file) continue
        const asked: [string, RequestInit][] = [
            [`/files/${file}`, {}],
            [`/files/${file}`, { headers: { accept: 'application/json' } }],
            [`/files/${file}`, { method: 'HEAD' }],
            [`/files/${file}`, { method: 'POST' }],
            [`/files/${file}`, { method: 'DELETE' }],
            [`/files/${file}`, { headers: { range: 'bytes=0-1' } }],
            [`/files/${file.toUpperCase()}`, {}],
            [`/files/${file}?grant=`, {}],
            [`/files/${file}?grant=${grantFor(file, 'GET', forged)}`, {}],
            [`/files/${file}?grant=${grantFor(open?.id ?? '', 'GET')}`, {}],
            [`/files/${file}?grant=${grantFor(file, 'PUT', forged)}`, { method: 'PUT', body: 'x' }],
            [`/files/${file}?grant=${grantFor(file, 'PUT')}`, { method: 'GET' }],
        ]
        for (const [path, request] of asked) {
            const [hiding, without] = await bothAnswer(path, {
                ...request,
                headers: { ...headers, ...request.headers },
            })
            expect(hiding, path).toBe(without)
        }
    }
})

test('whoever may see it gets it', async () => {
    const [hiding, without] = await bothAnswer(`/files/${work.file}`, { headers: await headersOf('tella') })
    expect(hiding).toContain('302')
    expect(without).toContain('404')
    expect(createHash('sha256').update('Guarded').digest('hex')).toBe(work.sha256)
})

test('the API asks nothing of the server itself', async () => {
    const fields = lists().join()
    for (const catalog of ['pgClass', 'pgStat', 'ctid', 'xmin', 'passedSets', 'explainAnalyze']) {
        expect(fields).not.toContain(catalog)
    }
})
