// `mutants`: takes every promise of the schema back, one at a time, and looks whether a test notices.

import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { exit, note, print, seconds, usageProblem } from '../lib/console.ts'
import { moduleNames } from '../lib/modules.ts'
import type { Finding } from '../lib/mutants/mutant.ts'
import { findingsAsText } from '../lib/mutants/report.ts'
import { type Progress, type Report, runMutants, type Selection } from '../lib/mutants/run.ts'
import { root } from '../lib/paths.ts'
import { withTestServer } from '../lib/template.ts'

export const summary =
    'take policies, constraints, triggers, refusals back one by one: a test must notice each'
export const usage = `
empathy mutants [--module core]… [--only policy-drop]… [--sample N] [--seed S] [--again] [--json]

  --module   only this module's; may be repeated
  --only     only this kind; may be repeated (the summary lists the kinds)
  --sample   only so many, drawn by chance; --seed draws the same again
  --again    try also what earlier runs have settled

What is settled stays in .empathy/mutants until the SQL or the test changes, so a run can be broken off and resumed.
Exit code 0: none survived; 1: some did, or a test fails without any mutation.
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            module: { type: 'string', multiple: true, default: [] },
            only: { type: 'string', multiple: true, default: [] },
            sample: { type: 'string' },
            seed: { type: 'string' },
            again: { type: 'boolean', default: false },
            json: { type: 'boolean', default: false },
        },
    })
    const selection: Selection = {
        modules: modulesNamed(values.module),
        kinds: values.only,
        sample: values.sample === undefined ? undefined : wholeNumber('sample', values.sample),
        seed: values.seed === undefined ? randomInt(2 ** 31) : wholeNumber('seed', values.seed),
    }
    const started = performance.now()
    const report = await withTestServer(18, (server) =>
        runMutants(server, selection, { forget: values.again, progress: progress() }),
    )
    if (values.json) print(JSON.stringify({ seed: selection.seed, ...report }, null, 2))
    else tell(report, selection, performance.now() - started)
    return report.problems.length === 0 && !report.findings.some(survived) ? exit.ok : exit.failed
}

function tell({ findings, problems }: Report, { sample, seed }: Selection, milliseconds: number): void {
    print(findingsAsText(findings))
    for (const problem of problems) print(problem)
    if (sample !== undefined) print(`Drawn with --sample ${sample} --seed ${seed}`)
    print(
        `${findings.length} mutants, ${findings.filter(survived).length} survived (${seconds(milliseconds)})`,
    )
}

function survived({ verdict }: Finding): boolean {
    return verdict === 'survived'
}

function progress(): Progress {
    const terminal = process.stderr.isTTY
    let total = 0
    let done = 0
    return {
        surveyed: (tests) => note(`${tests} test files pass by themselves.`),
        began: (mutants, known) => {
            total = mutants
            done = known
            note(`${mutants} mutants${known > 0 ? `, ${known} of them settled earlier` : ''}.`)
        },
        tried: ({ mutant, verdict }) => {
            done += 1
            if (terminal) {
                const line = verdict === 'survived' ? `survived: ${mutant.id}\n` : ''
                process.stderr.write(`\r\x1b[K${line}${done}/${total}${done === total ? '\n' : ''}`)
            } else if (done % 100 === 0) note(`${done}/${total}`)
        },
    }
}

function modulesNamed(named: string[]): string[] {
    const modules = moduleNames(root)
    for (const name of named) {
        if (!modules.includes(name)) {
            throw usageProblem(`There is no module ${name}.`, `The modules are: ${modules.join(', ')}.`)
        }
    }
    return named.length > 0 ? named : modules
}

function wholeNumber(option: string, text: string): number {
    if (!/^\d{1,15}$/.test(text)) throw usageProblem(`--${option} ${text}: that is not a whole number.`)
    return Number(text)
}
