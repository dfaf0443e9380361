// Benchmarks of the API: beside an endpoint and a GraphQL server that were written by hand, on the same database, with
// the same tokens, connections and row security. Before anything is measured they have to answer alike. They take
// turns, so that what slows the machine down slows down all of them.

import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { claimsOf, type Question, questionsOf, readWorld, type ServerName } from '../bench/api/questions.ts'
import { signToken } from './api/tokens.ts'
import { type Delivery, measureDelivery, measureNotify, type Telling } from './bench-delivery.ts'
import { answer, ask, askAtRate, type Load, noLoad, percentile, type Target } from './bench-load.ts'
import { memoryOf, type Running, type Urls, withServers } from './bench-servers.ts'
import { withClient } from './db.ts'
import { inPackage } from './paths.ts'

export interface Speed {
    server: ServerName
    perSecond: number
    /** Milliseconds. */
    p50: number
    p95: number
    p99: number
    /** How many times as many requests ours answers in the same time, where it is asked as fast as it can. */
    ratio: number | undefined
}

export interface SpeedResult {
    question: string
    says: string
    speeds: Speed[]
}

export interface ApiBench {
    results: SpeedResult[]
    /** Megabytes after all this. */
    memory: { server: ServerName; resident: number; peak: number }[]
    delivery: Delivery
    telling: Telling
}

interface Way {
    says: string
    /** The server is asked at its times, not as fast as it can. */
    paced: boolean
    load(target: Target, load: Load): Promise<void>
}

/** A measure is as many turns of each; before that, one to warm up. */
const turns = 6

const ways: Way[] = [
    {
        says: '16 connections',
        paced: false,
        load: (target, load) => ask(target, load, { connections: 16, during: 1_500 }),
    },
    {
        says: '1 connection',
        paced: false,
        load: (target, load) => ask(target, load, { connections: 1, during: 1_500 }),
    },
    {
        says: '50 a second',
        paced: true,
        load: (target, load) => askAtRate(target, load, { perSecond: 50, during: 3_000 }),
    },
]

/** `url` is a database built from the folders, as a superuser. */
export async function fillWorld(url: string, works: number): Promise<void> {
    await withClient(url, async (client) => {
        await client.query('begin')
        await client.query(`select set_config('bench.size', $1, true)`, [String(works)])
        for (const module of ['content', 'api']) {
            await client.query(readFileSync(inPackage('scripts/bench', module, 'world.sql'), 'utf8'))
        }
        await client.query('commit')
        // As on a server that has run for a while: the visibility map is there, nothing is left to freeze.
        await client.query('vacuum analyze')
    })
}

export async function runApiBench(urls: Urls, told: (result: SpeedResult) => void): Promise<ApiBench> {
    return withQuestions(urls, async (running, questions, tokens) => {
        const results: SpeedResult[] = []
        for (const question of questions) {
            for (const way of ways) {
                const result = await measure(running, question, way)
                told(result)
                results.push(result)
            }
        }
        const memory = running.flatMap(({ name, process }) => {
            const held = memoryOf(process)
            return held ? [{ server: name, ...held }] : []
        })
        const port = running.find(({ name }) => name === 'ours')?.port ?? 0
        const delivery = await measureDelivery({ url: urls.database, port, tokens })
        return { results, memory, delivery, telling: await measureNotify(urls.database) }
    })
}

/** Throws where a question is answered otherwise by one than by another; answers the names of what was asked. */
export async function compareApiAnswers(urls: Urls): Promise<string[]> {
    return withQuestions(urls, async (_running, questions) => questions.map(({ name }) => name))
}

async function withQuestions<T>(
    urls: Urls,
    work: (running: Running[], questions: Question[], tokens: string[]) => Promise<T>,
): Promise<T> {
    const world = await withClient(urls.database, readWorld)
    const secret = randomBytes(32).toString('hex')
    const signIn = async (person: string) => `Bearer ${await signToken(claimsOf(person), secret, '1 day')}`
    const questions = await questionsOf(world, signIn)
    return withServers(urls, secret, async (running) => {
        for (const question of questions) await requireSameAnswers(running, question)
        return work(running, questions, await Promise.all(world.members.map(({ id }) => signIn(id))))
    })
}

async function requireSameAnswers(running: Running[], { name, asked, answered }: Question): Promise<void> {
    for (let nth = 0; nth < asked.ours.length; nth += 1) {
        const answers = await Promise.all(
            running.map(async ({ name: server, port }) => {
                const way = asked[server][nth]
                if (!way) throw new Error(`${server} is asked "${name}" less often than the others`)
                return answered[server](JSON.parse(await answer(port, way)))
            }),
        )
        const [first] = answers
        if (isEmpty(first)) throw new Error(`"${name}" (${nth}) is answered with nothing`)
        if (answers.every((other) => isDeepStrictEqual(other, first))) continue
        const said = answers.map((each, n) => `\n${running[n]?.name}: ${JSON.stringify(each)}`)
        throw new Error(`"${name}" (${nth}) is not answered alike:${said.join('')}`)
    }
}

function isEmpty(answer: unknown): boolean {
    return Array.isArray(answer) ? answer.length === 0 : !answer
}

async function measure(running: Running[], { name, says, asked }: Question, way: Way): Promise<SpeedResult> {
    const loads = new Map(running.map((server) => [server, noLoad()]))
    for (let round = -1; round < turns; round += 1) {
        for (const [server, load] of inTurn([...loads], round)) {
            await way.load({ port: server.port, asked: asked[server.name] }, round < 0 ? noLoad() : load)
        }
    }
    return { question: name, says: `${says}, ${way.says}`, speeds: speeds(loads, way) }
}

/** Each comes first as often as the others. */
function inTurn<T>(all: T[], round: number): T[] {
    const first = Math.max(round, 0) % all.length
    return [...all.slice(first), ...all.slice(0, first)]
}

function speeds(loads: Map<Running, Load>, { paced }: Way): Speed[] {
    const perSecond = (load: Load) => (load.took.length / load.during) * 1_000
    const ours = [...loads].find(([{ name }]) => name === 'ours')?.[1] ?? noLoad()
    return [...loads].map(([{ name }, load]) => ({
        server: name,
        perSecond: perSecond(load),
        p50: percentile(load, 0.5),
        p95: percentile(load, 0.95),
        p99: percentile(load, 0.99),
        ratio: paced ? undefined : perSecond(ours) / perSecond(load),
    }))
}
