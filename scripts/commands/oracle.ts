// `oracle`: random worlds, in which the database has to agree with an independent model of access.

import { randomBytes, randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { start } from '../lib/api/server.ts'
import { exit, note, print, seconds, usageProblem } from '../lib/console.ts'
import { withDatabase } from '../lib/db.ts'
import { consult, type OracleReport, type Plan } from '../lib/oracle/engine.ts'
import { askingAt, rulesOf } from '../lib/oracle/http/caller.ts'
import { consultApi, type Place } from '../lib/oracle/http/engine.ts'
import type { Server } from '../lib/server.ts'
import { cloneDatabase, ensureTemplate, withTestServer } from '../lib/template.ts'

export const summary = 'compare access in random worlds with an independent model, row by row'
export const usage = `
empathy oracle [--seed N] [--worlds M] [--comparisons C] [--http H] [--postgres 15|18] [--json]

  --seed          the seed of the first world (else drawn by chance); each further world takes the next
  --worlds        at least so many worlds (default 20)
  --comparisons   at least so many comparisons (default 20000)
  --http          at least so many comparisons of what the API answers (default 2000), in as many worlds as that takes
  --postgres      version of the embedded test server (default 18)

One world again: --seed <its seed> --worlds 1 --comparisons 0 --http 0
What the API answered again: --seed <its seed> --worlds 0 --comparisons 0 --http 1
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
            http: { type: 'string', default: '2000' },
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
    const overHttp = { seed: plan.seed, comparisons: wholeNumber('http', values.http) }
    const started = performance.now()
    const { report, http } = await withTestServer(values.postgres === '15' ? 15 : 18, async (server) => {
        const template = await ensureTemplate(server, 'schema')
        const clone = await cloneDatabase(server.url, template)
        try {
            const report = await consult(clone.url, plan, (seed, comparisons) =>
                note(`world ${seed}: ${comparisons} comparisons so far`),
            )
            return { report, http: await consultApi(overHttp, () => openPlace(server, template)) }
        } finally {
            await clone.drop()
        }
    })
    if (values.json) print(JSON.stringify({ ...report, http }, null, 2))
    else {
        tell(report, '--worlds 1 --comparisons 0 --http 0')
        tell(http, '--worlds 0 --comparisons 0 --http 1')
        print(`${http.tables} tables were asked for over HTTP`)
        print(seconds(performance.now() - started))
    }
    return report.differences.length + http.differences.length === 0 ? exit.ok : exit.failed
}

/** A database of its own, and an API that says nothing of the thousands of questions but what went wrong. */
async function openPlace(server: Server, template: string): Promise<Place> {
    process.env.LOG_LEVEL ??= 'error'
    const secret = randomBytes(32).toString('hex')
    const clone = await cloneDatabase(server.url, template)
    const authenticatorUrl = withDatabase(await server.loginUrl('authenticator'), clone.name)
    const api = await start({
        databaseUrl: clone.url,
        authenticatorUrl,
        keyholderUrl: undefined,
        port: 0,
        tokens: rulesOf(secret),
        limits: { signedInPerMinute: 0, nobodyPerMinute: 0 },
    })
    const close = async () => {
        await api.stop()
        await clone.drop()
    }
    return { databaseUrl: clone.url, ask: askingAt(api.url, secret), close }
}

function tell(report: OracleReport, again: string): void {
    const { differences } = report
    for (const { seed, what, rule, about } of differences.slice(0, shown)) {
        print(`${what}\n    rule: ${rule}\n    who: ${about}\n    again: --seed ${seed} ${again}`)
    }
    if (differences.length > shown) print(`… and ${differences.length - shown} more; --json tells all`)
    const counts = Object.entries(report.counts).map(([asked, count]) => `${count} ${asked}`)
    print(`seed ${report.seed}, ${report.worlds} worlds: ${counts.join(', ')}`)
    print(`${report.comparisons} comparisons, ${differences.length} differences`)
}

function wholeNumber(option: string, text: string): number {
    if (!/^\d{1,15}$/.test(text)) throw usageProblem(`--${option} ${text}: that is not a whole number.`)
    return Number(text)
}
