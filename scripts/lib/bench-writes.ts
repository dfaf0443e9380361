// Benchmarks of writing: the same done in several ways (bench.ways in a module's world.sql, ours first), each of them asked
// in turn.
//
// Of scripts/bench/<module>/writes/*.sql, each way runs what is there with its name for :way. With `-- rows: N` one
// statement for :rows rows is timed; with `-- clients: 1 8` so many clients repeat it, each time in a transaction of its
// own.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { type Client, connect, withClient } from './db.ts'
import { inPackage } from './paths.ts'

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

interface Way {
    name: string
    says: string
    at_most: number | null
}

export interface Question {
    name: string
    says: string
    text: string
    settings: Record<string, string>
}

const folder = inPackage('scripts/bench')
const rounds = 3
const spell = 1_500
const person = '0b000000-0000-4000-8000-000000000001'

export const hasWrites = (module: string): boolean => existsSync(`${folder}/${module}/writes`)

/** `url` is a database with the module's world, as a superuser. */
export async function runWrites(
    url: string,
    module: string,
    told: (result: WriteResult) => void,
): Promise<WriteResult[]> {
    const { rows: ways } = await withClient(url, (client) =>
        client.query<Way>('select * from bench.ways order by nth'),
    )
    const results: WriteResult[] = []
    for (const question of questions(`${module}/writes`)) {
        for (const clients of question.settings.clients?.split(' ').map(Number) ?? [undefined]) {
            const result = await compare(url, question, ways, clients)
            told(result)
            results.push(result)
        }
    }
    return results
}

export function questions(part: string): Question[] {
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
                const text = question.text.replaceAll(':way', way.name).replaceAll(':rows', String(rows))
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

export function median(values: number[]): number {
    return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
