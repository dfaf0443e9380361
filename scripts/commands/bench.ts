// `bench`: how long questions take, beside the same answered by other means in the same run.

import { parseArgs } from 'node:util'
import { benchModules, type Result, runBench, sizes, type Timing } from '../lib/bench.ts'
import { type LogBench, runLogBench, type WriteResult } from '../lib/bench-log.ts'
import { exit, note, print, usageProblem } from '../lib/console.ts'
import type { Server } from '../lib/server.ts'
import { cloneDatabase, ensureTemplate, withTestServer } from '../lib/template.ts'

export const summary = 'measure questions beside the same answered by other means, in one run'
export const usage = `
empathy bench [module]… [--postgres 15|18] [--json]

  --postgres   version of the embedded server (default 18)
  --json       results as JSON

It measures on a server of its own that is as durable as one for work: a commit is written before it is answered.

Times are milliseconds, min / median; a ratio below 1 means that ours is the faster. Of the log (audit), rates are
medians a second; there, a ratio above 1 means that ours is the faster.
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { postgres: { type: 'string', default: '18' }, json: { type: 'boolean', default: false } },
    })
    if (values.postgres !== '15' && values.postgres !== '18') {
        throw usageProblem(
            `There is no embedded Postgres ${values.postgres}.`,
            'Use --postgres 15 or --postgres 18.',
        )
    }
    const results: (Result | LogBench)[] = []
    const version = values.postgres === '15' ? 15 : 18
    const measureAll = async (server: Server): Promise<void> => {
        const template = await ensureTemplate(server, 'schema')
        const inClone = async <T>(measure: (url: string) => Promise<T>): Promise<T> => {
            const clone = await cloneDatabase(server.url, template)
            try {
                return await measure(clone.url)
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
            let smaller: Parameters<typeof runBench>[2]
            for (const size of sizes(module)) {
                note(
                    `${module}: making a platform of ${size?.toLocaleString('en') ?? 'some size'}, a minute or so …`,
                )
                const told = values.json || size !== sizes(module).at(-1) ? () => undefined : tell
                const found = await inClone((url) => runBench(url, { module, size }, smaller, told))
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

const tellOfLog = {
    write: ({ says, clients, ours, alternatives }: WriteResult): void => {
        print(clients === undefined ? says : `${says}, ${clients === 1 ? '1 client' : `${clients} clients`}`)
        print(`    ${perSecond(ours)}`)
        for (const { says, perSecond: rate, ratio } of alternatives) {
            print(`    ${perSecond(rate)}  ${times(ratio)}  ${says}`)
        }
    },
    log: ({ says, perSecond: rate, milliseconds }: LogBench['log'][number]): void => {
        print(says)
        print(`    ${perSecond(rate)}  ${milliseconds.toFixed(1)} ms a call`)
    },
}

function tellBytes({ bytes }: LogBench): void {
    print('bytes of one change')
    for (const { name, bytes: size } of bytes) print(`    ${String(size).padStart(12)}  ${name}`)
}

function perSecond(rate: number): string {
    return `${Math.round(rate).toLocaleString('en')}/s`.padStart(12)
}
