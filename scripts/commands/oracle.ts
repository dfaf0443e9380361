// `oracle`: random worlds, in which the database has to agree with an independent model of access.

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { exit, note, print, seconds, usageProblem } from '../lib/console.ts'
import { consult, type OracleReport, type Plan } from '../lib/oracle/engine.ts'
import { cloneDatabase, ensureTemplate, withTestServer } from '../lib/template.ts'

export const summary = 'compare access in random worlds with an independent model, row by row'
export const usage = `
empathy oracle [--seed N] [--worlds M] [--comparisons C] [--postgres 15|18] [--json]

  --seed          the seed of the first world (else drawn by chance); each further world takes the next
  --worlds        at least so many worlds (default 20)
  --comparisons   at least so many comparisons (default 20000)
  --postgres      version of the embedded test server (default 18)

One world again: --seed <its seed> --worlds 1 --comparisons 0
Exit code 0: no difference; 1: some.
`

const shown = 20

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            seed: { type: 'string' },
            worlds: { type: 'string', default: '20' },
            comparisons: { type: 'string', default: '20000' },
            postgres: { type: 'string', default: '18' },
            json: { type: 'boolean', default: false },
        },
    })
    if (values.postgres !== '15' && values.postgres !== '18') {
        throw usageProblem(
            `There is no embedded Postgres ${values.postgres}.`,
            'Use --postgres 15 or --postgres 18.',
        )
    }
    const plan: Plan = {
        seed: values.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', values.seed),
        worlds: wholeNumber('worlds', values.worlds),
        comparisons: wholeNumber('comparisons', values.comparisons),
    }
    const started = performance.now()
    const report = await withTestServer(values.postgres === '15' ? 15 : 18, async (server) => {
        const clone = await cloneDatabase(server.url, await ensureTemplate(server, 'schema'))
        try {
            return await consult(clone.url, plan, (seed, comparisons) =>
                note(`world ${seed}: ${comparisons} comparisons so far`),
            )
        } finally {
            await clone.drop()
        }
    })
    if (values.json) print(JSON.stringify(report, null, 2))
    else tell(report, performance.now() - started)
    return report.differences.length === 0 ? exit.ok : exit.failed
}

function tell(report: OracleReport, milliseconds: number): void {
    const { differences } = report
    for (const { seed, what, rule, about } of differences.slice(0, shown)) {
        print(
            `${what}\n    rule: ${rule}\n    who: ${about}\n    again: --seed ${seed} --worlds 1 --comparisons 0`,
        )
    }
    if (differences.length > shown) print(`… and ${differences.length - shown} more; --json tells all`)
    const counts = Object.entries(report.counts).map(([asked, count]) => `${count} ${asked}`)
    print(`seed ${report.seed}, ${report.worlds} worlds: ${counts.join(', ')}`)
    print(`${report.comparisons} comparisons, ${differences.length} differences (${seconds(milliseconds)})`)
}

function wholeNumber(option: string, text: string): number {
    if (!/^\d{1,15}$/.test(text)) throw usageProblem(`--${option} ${text}: that is not a whole number.`)
    return Number(text)
}
