// `test`: everything that must pass, told so that a person can read it.

import { parseArgs } from 'node:util'
import { exit, Problem, print, report, seconds } from '../lib/console.ts'
import type { Version } from '../lib/embedded/binaries.ts'
import { testFiles } from '../lib/pgtap.ts'
import { runGates } from '../lib/run-gates.ts'
import type { Server } from '../lib/server.ts'
import { runOnTestServer, startTestServer } from '../lib/template.ts'
import { printFileResult, sum, type Totals, totalsLine, totalsOf } from '../lib/test-report.ts'
import { runVitest } from '../lib/vitest.ts'

export const summary = 'run everything that must pass: gates, pgTAP on Postgres 18 and 15, vitest'
export const usage = `
The last line is \`N passed, N failed\`: gates, pgTAP assertions and vitest tests together.
`

interface Stage {
    name: string
    run(servers: [newest: Server, oldest: Server]): Promise<Totals>
}

interface Outcome extends Totals {
    name: string
    milliseconds: number
}

const stages: Stage[] = [
    { name: 'gates', run: ([newest]) => runGates(newest) },
    { name: 'pgTAP on Postgres 18', run: () => runPgtap(18) },
    { name: 'pgTAP on Postgres 15', run: () => runPgtap(15) },
    { name: 'vitest', run: runVitest },
]

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    // Held from first to last, so that the stages need not start and stop them.
    const newest = await startTestServer(18)
    const oldest = await startTestServer(15)
    try {
        const outcomes: Outcome[] = []
        for (const stage of stages) outcomes.push(await runStage(stage, [newest, oldest]))
        return tell(outcomes)
    } finally {
        await newest.stop()
        await oldest.stop()
    }
}

async function runStage({ name, run }: Stage, servers: [Server, Server]): Promise<Outcome> {
    print(`\n── ${name} ──`)
    const started = performance.now()
    const totals = await run(servers)
        .then(requireTests)
        .catch((error: unknown) => {
            report(error)
            return { passed: 0, failed: 1 }
        })
    return { name, ...totals, milliseconds: performance.now() - started }
}

/** A stage that ran nothing has not passed. */
function requireTests(totals: Totals): Totals {
    if (totals.passed + totals.failed > 0) return totals
    throw new Problem('No test ran.', 'Something keeps the tests from being found or started.')
}

async function runPgtap(version: Version): Promise<Totals> {
    return totalsOf(await runOnTestServer(version, testFiles(), printFileResult))
}

function tell(outcomes: Outcome[]): number {
    const totals = sum(outcomes)
    const width = Math.max(...outcomes.map(({ name }) => name.length))
    print('\n── summary ──')
    for (const outcome of outcomes) {
        const verdict = outcome.failed === 0 ? 'ok  ' : 'FAIL'
        print(
            `${verdict} ${outcome.name.padEnd(width)}  ${totalsLine(outcome)} (${seconds(outcome.milliseconds)})`,
        )
    }
    print(totalsLine(totals))
    return totals.failed === 0 ? exit.ok : exit.failed
}
