// `bench`: how long questions take, beside the same answered by other means in the same run.

import { parseArgs } from 'node:util'
import { benchModules, type Result, runBench, sizes, type Timing } from '../lib/bench.ts'
import { type ApiBench, fillWorld, runApiBench, type Speed, type SpeedResult } from '../lib/bench-api.ts'
import { type LogBench, runLogBench } from '../lib/bench-log.ts'
import { hasWrites, runWrites, type WriteResult } from '../lib/bench-writes.ts'
import { exit, note, print, usageProblem } from '../lib/console.ts'
import { withDatabase } from '../lib/db.ts'
import type { Server } from '../lib/server.ts'
import { cloneDatabase, ensureTemplate, type TestDatabase, withTestServer } from '../lib/template.ts'

export const summary = 'measure questions beside the same answered by other means, in one run'
export const usage = `
empathy bench [module]… [--postgres 15|18] [--works 100000] [--json]

  --postgres   version of the embedded server (default 18)
  --works      how many works there are when the API is asked (default 100000)
  --json       results as JSON

It measures on a server of its own that is as durable as one for work: a commit is written before it is answered.

Times are milliseconds, min / median; a ratio below 1 means that ours is the faster. Of the log (audit) and of transfers
(value), rates are medians a second; there, a ratio above 1 means that ours is the faster. So it is of the API (api), beside servers that
were written by hand: requests a second, and how many milliseconds half, 95 and 99 of 100 of them took at most.
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            postgres: { type: 'string', default: '18' },
            works: { type: 'string', default: '100000' },
            json: { type: 'boolean', default: false },
        },
    })
    if (values.postgres !== '15' && values.postgres !== '18') {
        throw usageProblem(
            `There is no embedded Postgres ${values.postgres}.`,
            'Use --postgres 15 or --postgres 18.',
        )
    }
    const works = Number(values.works)
    if (!Number.isSafeInteger(works) || works < 1_000) {
        throw usageProblem(`--works ${values.works} is refused.`, 'Say how many, 1000 or more.')
    }
    const results: (Result | WriteResult | LogBench | ApiBench)[] = []
    const version = values.postgres === '15' ? 15 : 18
    const measureAll = async (server: Server): Promise<void> => {
        const template = await ensureTemplate(server, 'schema')
        const inClone = async <T>(measure: (url: string, clone: TestDatabase) => Promise<T>): Promise<T> => {
            const clone = await cloneDatabase(server.url, template)
            try {
                return await measure(clone.url, clone)
            } finally {
                await clone.drop()
            }
        }
        for (const module of chosen(positionals)) {
            if (module === 'audit') {
                note('audit: making a log of some size, half a minute or so …')
                const result = await inClone((url) => runLogBench(url, values.json ? silent : tellOfLog))
                if (!values.json) tellBytes(result)
                results.push(result)
                continue
            }
            if (module === 'api') {
                note(
                    `api: making a platform of ${works.toLocaleString('en')} works, and asking for minutes …`,
                )
                const result = await inClone(async (database, { name }) => {
                    await fillWorld(database, works)
                    const authenticator = withDatabase(await server.loginUrl('authenticator'), name)
                    return runApiBench({ database, authenticator }, values.json ? () => undefined : tellOfApi)
                })
                if (!values.json) tellDelivery(result)
                if (!values.json) tellMemory(result)
                results.push(result)
                continue
            }
            let smaller: Parameters<typeof runBench>[2]
            for (const size of sizes(module)) {
                note(
                    `${module}: making a platform of ${size?.toLocaleString('en') ?? 'some size'}, a minute or so …`,
                )
                const told = values.json || size !== sizes(module).at(-1) ? () => undefined : tell
                const found = await inClone(async (url) => {
                    const found = await runBench(url, { module, size }, smaller, told)
                    if (hasWrites(module)) {
                        results.push(
                            ...(await runWrites(url, module, values.json ? () => undefined : tellWrite)),
                        )
                    }
                    return found
                })
                smaller = size === undefined ? undefined : { size, results: found }
                results.push(...found)
            }
        }
    }
    await withTestServer(version, measureAll, 'bench')
    if (values.json) print(JSON.stringify(results, null, 2))
    return exit.ok
}

function chosen(named: string[]): string[] {
    const modules = benchModules()
    for (const name of named) {
        if (!modules.includes(name)) {
            throw usageProblem(`There are no benchmarks of ${name}.`, `There are: ${modules.join(', ')}.`)
        }
    }
    return named.length > 0 ? named : modules
}

function tell({ says, viewer, ours, alternatives, smaller }: Result): void {
    print(`${says} (${viewer})`)
    print(`    ${milliseconds(ours)}`)
    for (const { says, timing, ratio } of alternatives) {
        print(`    ${milliseconds(timing)}  ${times(ratio)}  ${says}`)
    }
    if (smaller) {
        const among = `the same among ${smaller.size.toLocaleString('en')}`
        print(`    ${milliseconds(smaller.ours)}  ${times(ours.median / smaller.ours.median)}  ${among}`)
    }
}

function times(ratio: number): string {
    return `${ratio.toPrecision(2).padStart(7)} ×`
}

function milliseconds({ min, median }: Timing): string {
    return `${min.toFixed(2).padStart(9)} / ${median.toFixed(2).padStart(9)}`
}

const silent = { write: () => undefined, log: () => undefined }

function tellWrite({ says, clients, ours, alternatives }: WriteResult): void {
    print(clients === undefined ? says : `${says}, ${clients === 1 ? '1 client' : `${clients} clients`}`)
    print(`    ${perSecond(ours)}`)
    for (const { says, perSecond: rate, ratio } of alternatives) {
        print(`    ${perSecond(rate)}  ${times(ratio)}  ${says}`)
    }
}

const tellOfLog = {
    write: tellWrite,
    log: ({ says, perSecond: rate, milliseconds }: LogBench['log'][number]): void => {
        print(says)
        print(`    ${perSecond(rate)}  ${milliseconds.toFixed(1)} ms a call`)
    },
}

function tellBytes({ bytes }: LogBench): void {
    print('bytes of one change')
    for (const { name, bytes: size } of bytes) print(`    ${String(size).padStart(12)}  ${name}`)
}

function tellOfApi({ says, speeds }: SpeedResult): void {
    print(says)
    for (const { server, perSecond: rate, p50, p95, p99, ratio } of speeds) {
        const took = [p50, p95, p99].map((time) => time.toFixed(2).padStart(8)).join(' ')
        const beside = ratio === undefined ? '' : times(ratio)
        print(`    ${perSecond(rate)}  ${took} ms  ${beside.padStart(9)}  ${serverNames[server]}`)
    }
}

const serverNames: Record<Speed['server'], string> = {
    ours: 'this API',
    yoga: 'GraphQL Yoga and Kysely, by hand',
    raw: 'node-postgres and JSON, by hand',
}

function tellDelivery({ delivery: { listeners, took }, telling: { silent, notifying } }: ApiBench): void {
    const share = (part: number) => (took[Math.floor(took.length * part)] ?? 0).toFixed(1).padStart(8)
    print(`from a commit to ${listeners} who listen, half, 95 and 99 of 100 of them`)
    print(`    ${share(0.5)} ${share(0.95)} ${share(0.99)} ms`)
    print('commits of eight who write at once')
    print(`    ${perSecond(silent)}`)
    print(`    ${perSecond(notifying)}  ${times(notifying / silent)}  with a NOTIFY in each`)
}

function tellMemory({ memory }: ApiBench): void {
    print('memory after all this, and the most there was, MB')
    for (const { server, resident, peak } of memory) {
        print(`    ${resident.toFixed(0).padStart(6)} ${peak.toFixed(0).padStart(6)}  ${serverNames[server]}`)
    }
}

function perSecond(rate: number): string {
    return `${Math.round(rate).toLocaleString('en')}/s`.padStart(12)
}
