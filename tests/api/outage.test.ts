// A bad day: Postgres is killed and started again, a backend is, the server itself is told to stop under load. Whoever
// asks meanwhile gets an answer that says so, whoever listens hears of what they missed, and nothing that was accepted
// is lost.

import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { demoIssuer } from '../../scripts/lib/demo.ts'
import { seedDemo } from '../../scripts/lib/seeds.ts'
import { startApi } from '../support/api.ts'
import { type Home, newHome } from '../support/cli.ts'
import { listen } from '../support/socket.ts'

let home: Home
let databaseUrl: string
let api: Awaited<ReturnType<typeof startApi>>
let reedbank: string
let authorization: string

beforeAll(async () => {
    home = await newHome()
    databaseUrl = (await home.run(['fresh', 'outage'])).lastLine
    await home.run(['db'])
    await seedDemo(databaseUrl)
    api = await startApi(databaseUrl)
    authorization = await api.as('nimbrey')
    const [place] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    reedbank = place?.id ?? ''
}, 300_000)

afterAll(async () => {
    await api.stop()
    await home.remove()
})

const note = (title: string) => ({
    query: `mutation ($input: CreateNoteInput!) { createNote(input: $input) { result } }`,
    variables: { input: { scopeId: reedbank, title, body: { text: title }, plainText: title } },
})

const titles = async (prefix: string): Promise<string[]> => {
    const rows = await api.sql<{ title: string }>('select title from content.works where title ^@ $1', [
        prefix,
    ])
    return rows.map(({ title }) => title)
}

const ids = async (prefix: string): Promise<string[]> => {
    const rows = await api.sql<{ id: string }>('select id from content.works where title ^@ $1', [prefix])
    return rows.map(({ id }) => id)
}

interface Asked {
    title: string
    /** What came back: an id, the code of an error, or nothing. */
    answer: string
}

/** Asks one note after another until it is told to stop. */
async function keepAsking(
    url: string,
    prefix: string,
    signal: AbortSignal,
    bearer: string,
): Promise<Asked[]> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const asked: Asked[] = []
    for (let n = 0; !signal.aborted; n += 1) {
        const title = `${prefix} ${n}`
        asked.push({ title, answer: await post(url, agent, bearer, note(title)) })
        // A server that is gone is not asked as fast as one can.
        if (asked.at(-1)?.answer.startsWith('E')) await sleep(20)
    }
    agent.destroy()
    return asked
}

function post(url: string, agent: Agent, bearer: string, question: object): Promise<string> {
    return new Promise((resolve) => {
        const body = JSON.stringify(question)
        const headers = { 'content-type': 'application/json', authorization: bearer }
        const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
            let text = ''
            response.setEncoding('utf8').on('data', (part) => {
                text += part
            })
            response.once('end', () => {
                const { data, errors } = JSON.parse(text)
                resolve(data?.createNote?.result ?? errors?.[0]?.extensions?.code ?? text)
            })
            response.once('error', () => resolve('EBROKEN'))
        })
        sent.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
        sent.end(body)
    })
}

const isId = ({ answer }: Asked) => /^[0-9a-f-]{36}$/.test(answer)

const postmaster = () =>
    Number(readFileSync(join(home.runtimeDir, 'pg18/data/postmaster.pid'), 'utf8').split('\n')[0])

test('Postgres is killed with -9 and comes back: clear errors, then answers; whoever listens hears what they missed', async () => {
    const query = `subscription ($scopeId: UUID!) { workChanged(scopeId: $scopeId) { event workId } }`
    const listening = listen(api.url, { query, variables: { scopeId: reedbank }, authorization })
    expect((await listening.next()).data.workChanged.event).toBe('reload')
    const stopping = new AbortController()
    const asking = Promise.all(
        [1, 2, 3, 4].map((n) => keepAsking(api.url, `Storm ${n}`, stopping.signal, authorization)),
    )
    await sleep(1_000)
    process.kill(postmaster(), 'SIGKILL')
    await sleep(1_000)
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${api.url}/readyz`)).status).toBe(503)
    await home.run(['db'])
    await expect.poll(async () => (await fetch(`${api.url}/readyz`)).status, { timeout: 20_000 }).toBe(200)
    await sleep(1_000)
    stopping.abort()
    const asked = (await asking).flat()

    const done = asked.filter(isId)
    const refused = asked.filter((each) => !isId(each))
    expect(new Set(refused.map(({ answer }) => answer))).toEqual(new Set(['UNAVAILABLE']))
    expect(asked.findLastIndex(isId)).toBeGreaterThan(asked.findLastIndex((each) => !isId(each)))
    // What was answered is there. What was broken off may be: nobody can tell when the database died.
    const kept = new Set(await titles('Storm'))
    expect(done.filter(({ title }) => !kept.has(title))).toEqual([])

    // The teller hears of each of them, over the same subscription.
    const unheard = new Set(await ids('Storm'))
    while (unheard.size > 0) {
        const { data } = await listening.next()
        unheard.delete(data.workChanged.workId)
    }
    await listening.stop()
}, 120_000)

test('told to stop under load, the server answers what it accepted, and loses nothing', async () => {
    const port = 20_000 + Math.floor(Math.random() * 20_000)
    const secret = 'a secret for the server that stops, of 64 characters or more ....'
    const server = home.start(['serve'], {
        DATABASE_URL: databaseUrl,
        AUTHENTICATOR_URL: databaseUrl,
        PORT: String(port),
        JWT_SECRET: secret,
        LOG_LEVEL: 'off',
    })
    await server.says('/graphql')
    const url = `http://127.0.0.1:${port}`
    const claims = { role: 'authenticated', iss: demoIssuer, sub: 'nimbrey' }
    const bearer = `Bearer ${await signToken(claims, secret, '1 hour')}`
    const stopping = new AbortController()
    const asking = Promise.all([1, 2, 3, 4].map((n) => keepAsking(url, `Calm ${n}`, stopping.signal, bearer)))
    await sleep(1_500)
    server.process.kill('SIGTERM')
    expect((await server.outcome).code).toBe(0)
    stopping.abort()
    const asked = (await asking).flat()
    const done = asked.filter(isId).map(({ title }) => title)
    expect(done.length).toBeGreaterThan(10)
    // A connection that ends before it carried a request, and nothing else, is what a client meets.
    const others = new Set(asked.filter((each) => !isId(each)).map(({ answer }) => answer))
    expect([...others].filter((answer) => !['ECONNREFUSED', 'ECONNRESET'].includes(answer))).toEqual([])
    expect((await titles('Calm')).sort()).toEqual(done.sort())
}, 120_000)
