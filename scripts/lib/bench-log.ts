// Benchmarks of the log: what it costs those who write, and what sealing and verifying take.
//
// world.sql makes the same table several times, each watched in another way (bench.ways, ours first).
// writes/*.sql are asked of each of them as :notes: with `-- rows: N` one statement for :rows rows is timed; with
// `-- clients: 1 8` so many clients repeat it, each time in a transaction of its own. log/*.sql measure what has no
// counterpart: of a file's statements the last is timed, and answers how much it has done.

import { readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Client, connect, withClient } from './db.ts'
import { inPackage } from './paths.ts'
import { splitStatements } from './statements.ts'

export interface WriteResult {
    question: string
    says: string
    clients: number | undefined
    /** Rows or transactions a second. */
    ours: number
    alternatives: {
        name: string
        says: string
        perSecond: number
        /** How many times as much ours does in the same time: of the medians. */
        ratio: number
    }[]
}

export interface LogResult {
    question: string
    says: string
    perSecond: number
    /** Of one call. */
    milliseconds: number
}

export interface LogBench {
    writes: WriteResult[]
    log: LogResult[]
    /** Of one change. */
    bytes: { name: string; bytes: number }[]
}

export interface Listener {
    write(result: WriteResult): void
    log(result: LogResult): void
}

interface Way {
    name: string
    says: string
    at_most: number | null
}

interface Question {
    name: string
    says: string
    text: string
    settings: Record<string, string>
}

const folder = inPackage('scripts/bench/audit')
const rounds = 3
const spell = 1_500
const person = '0b000000-0000-4000-8000-000000000001'

/** `url` is a database built from the folders, as a superuser; it is filled. */
export async function runLogBench(url: string, told: Listener): Promise<LogBench> {
    return withClient(url, async (client) => {
        await client.query('begin')
        await client.query(readFileSync(`${folder}/world.sql`, 'utf8'))
        await client.query('commit')
        await client.query('vacuum analyze')
        const { rows: ways } = await client.query<Way>('select * from bench.ways order by nth')
        const writes: WriteResult[] = []
        for (const question of questions('writes')) {
            for (const clients of question.settings.clients?.split(' ').map(Number) ?? [undefined]) {
                const result = await compare(url, question, ways, clients)
                told.write(result)
                writes.push(result)
            }
        }
        const log: LogResult[] = []
        for (const question of questions('log')) {
            const result = await measure(client, question)
            told.log(result)
            log.push(result)
        }
        const { rows: bytes } = await client.query<LogBench['bytes'][number]>(
            readFileSync(`${folder}/storage.sql`, 'utf8'),
        )
        return { writes, log, bytes }
    })
}

function questions(part: string): Question[] {
    return readdirSync(`${folder}/${part}`)
        .sort()
        .map((file) => {
            const text = readFileSync(`${folder}/${part}/${file}`, 'utf8')
            return {
                name: basename(file, '.sql'),
                says: /^-- (.*)/.exec(text)?.[1] ?? file,
                text,
                settings: Object.fromEntries(
                    [...text.matchAll(/^-- (\w+): (.*)$/gm)].map(([, name, value]) => [name, value]),
                ),
            }
        })
}

/** In turn, so that what slows the machine down slows down all of them. */
async function compare(
    url: string,
    question: Question,
    ways: Way[],
    clients: number | undefined,
): Promise<WriteResult> {
    const rates = ways.map((): number[] => [])
    const connections: Client[] = []
    try {
        for (let n = 0; n < (clients ?? 1); n += 1) connections.push(await signedIn(url))
        for (let round = 0; round < rounds; round += 1) {
            for (const [n, way] of ways.entries()) {
                const rows = Math.min(Number(question.settings.rows), way.at_most ?? Number.POSITIVE_INFINITY)
                const text = question.text
                    .replaceAll(':notes', `bench.notes_${way.name}`)
                    .replaceAll(':rows', String(rows))
                rates[n]?.push(
                    await (clients === undefined
                        ? atOnce(connections, text, rows)
                        : oneByOne(connections, text, `${question.name} ${way.name}`)),
                )
            }
        }
    } finally {
        for (const connection of connections) await connection.end()
    }
    const [ours = Number.NaN, ...others] = rates.map(median)
    return {
        question: question.name,
        says: question.says,
        clients,
        ours,
        alternatives: ways.slice(1).map(({ name, says }, n) => {
            const perSecond = others[n] ?? Number.NaN
            return { name, says, perSecond, ratio: ours / perSecond }
        }),
    }
}

/** Somebody writes, as somebody does on a server. */
async function signedIn(url: string): Promise<Client> {
    const client = await connect(url)
    await client.query(`select set_config('request.jwt.claims', $1, false)`, [JSON.stringify({ person })])
    return client
}

async function atOnce([client]: Client[], text: string, rows: number): Promise<number> {
    const started = performance.now()
    await client?.query(text)
    return (rows / (performance.now() - started)) * 1_000
}

/** Prepared once, then again and again. */
async function oneByOne(connections: Client[], text: string, name: string): Promise<number> {
    for (const client of connections) await client.query({ name, text })
    let transactions = 0
    const started = performance.now()
    await Promise.all(
        connections.map(async (client) => {
            while (performance.now() - started < spell) {
                await client.query({ name, text })
                transactions += 1
            }
        }),
    )
    return (transactions / (performance.now() - started)) * 1_000
}

async function measure(client: Client, question: Question): Promise<LogResult> {
    const statements = splitStatements(question.text).map(({ text }) => text)
    const timed = statements.pop() ?? ''
    const untilNothing = question.text.includes('\n-- until nothing is left\n')
    const times: number[] = []
    const rates: number[] = []
    for (let round = 0; untilNothing || round < Number(question.settings.rounds ?? 1); round += 1) {
        if (!untilNothing || round === 0) for (const statement of statements) await client.query(statement)
        const started = performance.now()
        const { rows } = await client.query<{ done: string; findings?: string }>(timed)
        const milliseconds = performance.now() - started
        const { done, findings = '0' } = rows[0] ?? { done: '0' }
        if (findings !== '0') throw new Error(`audit/${question.name}.sql: the log is not whole`)
        if (untilNothing && Number(done) === 0) break
        times.push(milliseconds)
        rates.push((Number(done) / milliseconds) * 1_000)
    }
    return {
        question: question.name,
        says: question.says,
        perSecond: median(rates),
        milliseconds: median(times),
    }
}

function median(values: number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
