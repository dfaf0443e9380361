// Benchmarks of the log: what it costs those who write, and what sealing and verifying take.
//
// world.sql makes the same table several times, each watched in another way; writes/*.sql are asked of each of them.
// log/*.sql measure what has no counterpart: of a file's statements the last is timed, and answers how much it has done.

import { readFileSync } from 'node:fs'
import { median, type Question, questions, runWrites, type WriteResult } from './bench-writes.ts'
import { type Client, withClient } from './db.ts'
import { inPackage } from './paths.ts'
import { splitStatements } from './statements.ts'

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

const folder = inPackage('scripts/bench/audit')

/** `url` is a database built from the folders, as a superuser; it is filled. */
export async function runLogBench(url: string, told: Listener): Promise<LogBench> {
    return withClient(url, async (client) => {
        await client.query('begin')
        await client.query(readFileSync(`${folder}/world.sql`, 'utf8'))
        await client.query('commit')
        await client.query('vacuum analyze')
        const writes = await runWrites(url, 'audit', told.write)
        const log: LogResult[] = []
        for (const question of questions('audit/log')) {
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
