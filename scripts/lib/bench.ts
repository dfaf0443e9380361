// Benchmarks: every question in scripts/bench/<module>, asked in turn with each way of answering it by other means.
//
// world.sql makes the rows and, in bench.viewers (name, id, scopes, friend), those who look. <question>.sql is asked in
// each viewer's name; <question>.<alternative>.sql as the owner, unless it says `-- as the viewer`. Both are told by the
// comment they open with, and may name :me, :scopes and :friend. A question may say `-- viewers: <some of them>`.
//
// A world that says `-- sizes: <some numbers>` is made in each, which it reads from the setting bench.size; its questions
// are asked in each of these worlds, to see what grows with them.

import { readdirSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { type Client, withClient } from './db.ts'
import { inPackage } from './paths.ts'

export interface Timing {
    /** Milliseconds. */
    min: number
    median: number
}

export interface Result {
    module: string
    question: string
    says: string
    viewer: string
    ours: Timing
    alternatives: {
        name: string
        says: string
        timing: Timing
        /** How many times as long ours takes: of the medians. */
        ratio: number
    }[]
    /** The same question in a smaller world. */
    smaller: { size: number; ours: Timing } | undefined
}

interface Viewer {
    name: string
    id: string
    scopes: string[]
    friend: string
}

interface Query {
    name: string
    says: string
    text: string
    parameters: (viewer: Viewer) => unknown[]
    asViewer: boolean
    /** Who asks it, when not everybody does. */
    viewers: string[] | undefined
}

const folder = inPackage('scripts/bench')
const rounds = 21
/** However long they take. */
const leastRounds = 3
const patience = 6_000

export function benchModules(): string[] {
    return readdirSync(folder).sort()
}

/** The sizes in which the world of a module is made, the smallest first; one without any is as large as it is. */
export function sizes(module: string): (number | undefined)[] {
    const said = /^-- sizes: (.*)$/m.exec(world(module))?.[1]
    return said?.split(' ').map(Number) ?? [undefined]
}

function world(module: string): string {
    return readFileSync(`${folder}/${module}/world.sql`, 'utf8')
}

/** `url` is a database built from the folders, as a superuser; it is filled. */
export async function runBench(
    url: string,
    { module, size }: { module: string; size: number | undefined },
    smaller: { size: number; results: Result[] } | undefined,
    told: (result: Result) => void,
): Promise<Result[]> {
    return withClient(url, async (client) => {
        await client.query('begin')
        await client.query(`select set_config('bench.size', $1, true)`, [String(size)])
        await client.query(world(module))
        await client.query('commit')
        // As on a server that has run for a while: the visibility map is there, nothing is left to freeze.
        await client.query('vacuum analyze')
        const { rows: viewers } = await client.query<Viewer>(
            'select * from bench.viewers order by cardinality(scopes)',
        )
        const results: Result[] = []
        for (const question of questions(module)) {
            const queries = [question, ...alternatives(module, question)].map((name) =>
                readQuery(module, name),
            )
            for (const viewer of viewers.filter(({ name }) => queries[0]?.viewers?.includes(name) ?? true)) {
                const measured = await measure(client, module, queries, viewer)
                const before = smaller?.results.find(
                    ({ question, viewer }) => question === measured.question && viewer === measured.viewer,
                )
                const result = {
                    ...measured,
                    smaller: before && smaller && { size: smaller.size, ours: before.ours },
                }
                told(result)
                results.push(result)
            }
        }
        return results
    })
}

function questions(module: string): string[] {
    return files(module).filter((name) => !name.includes('.') && name !== 'world')
}

function alternatives(module: string, question: string): string[] {
    return files(module).filter((name) => name.startsWith(`${question}.`))
}

function files(module: string): string[] {
    return readdirSync(`${folder}/${module}`)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => name.replace(/\.sql$/, ''))
        .sort()
}

function readQuery(module: string, name: string): Query {
    const file = readFileSync(`${folder}/${module}/${name}.sql`, 'utf8')
    const named: ('id' | 'scopes' | 'friend')[] = []
    const text = file.replace(/(?<!:):(me|scopes|friend)\b/g, (_, word: 'me' | 'scopes' | 'friend') => {
        const column = word === 'me' ? 'id' : word
        if (!named.includes(column)) named.push(column)
        return `$${named.indexOf(column) + 1}`
    })
    return {
        name,
        says: /^-- (.*)/.exec(file)?.[1] ?? name,
        text,
        parameters: (viewer) => named.map((column) => viewer[column]),
        asViewer: !name.includes('.') || file.includes('\n-- as the viewer\n'),
        viewers: /^-- viewers: (.*)$/m.exec(file)?.[1]?.split(' '),
    }
}

/** In turn, so that what slows the machine down slows down all of them. */
async function measure(
    client: Client,
    module: string,
    queries: Query[],
    viewer: Viewer,
): Promise<Omit<Result, 'smaller'>> {
    const times = queries.map((): number[] => [])
    const answers: unknown[] = []
    const started = performance.now()
    const isDone = (round: number) =>
        round >= rounds || (round >= leastRounds && performance.now() - started > patience)
    for (let round = -1; !isDone(round); round += 1) {
        for (const [n, query] of queries.entries()) {
            const { milliseconds, rows } = await ask(client, query, viewer)
            // The first round warms up, and is where the answers are compared.
            if (round < 0) answers.push(rows)
            else times[n]?.push(milliseconds)
        }
    }
    const [ours, ...others] = times.map(timing)
    const [question, ...alternative] = queries
    if (!ours || !question) throw new Error('there is nothing to measure')
    for (const [n, query] of alternative.entries()) {
        if (isDeepStrictEqual(answers[0], answers[n + 1])) continue
        throw new Error(
            `${module}/${query.name}.sql answers ${viewer.name} otherwise than ${question.name}.sql`,
        )
    }
    return {
        module,
        question: question.name,
        says: question.says,
        viewer: viewer.name,
        ours,
        alternatives: alternative.flatMap(({ name, says }, n) => {
            const timing = others[n]
            return timing ? [{ name, says, timing, ratio: ours.median / timing.median }] : []
        }),
    }
}

async function ask(
    client: Client,
    { text, parameters, asViewer }: Query,
    viewer: Viewer,
): Promise<{ milliseconds: number; rows: unknown[] }> {
    await client.query('begin')
    try {
        if (asViewer) {
            await client.query(
                `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
                [JSON.stringify({ role: 'authenticated', person: viewer.id })],
            )
        }
        const started = performance.now()
        const { rows } = await client.query(text, parameters(viewer))
        return { milliseconds: performance.now() - started, rows }
    } finally {
        await client.query('rollback')
    }
}

function timing(times: number[]): Timing {
    const sorted = times.toSorted((a, b) => a - b)
    const [min = Number.NaN] = sorted
    return { min, median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN }
}
