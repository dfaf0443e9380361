// `doctor`: looks a database over and says what to do.

import { parseArgs } from 'node:util'
import { exit, note, print } from '../lib/console.ts'
import { examine, type Finding } from '../lib/doctor.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'look a database over (DATABASE_URL, else the embedded one) and say what to do'
export const usage = `
empathy doctor            one line for each thing it looked at
empathy doctor --json     the same as JSON

Exit code 1: something is wrong.
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } })
    const findings = await withTarget(examine)
    const wrong = findings.filter(({ level }) => level === 'wrong')
    if (values.json) {
        print(JSON.stringify(findings, null, 2))
    } else {
        for (const line of table(findings)) print(line)
        note(wrong.length === 0 ? 'Nothing is wrong.' : `${wrong.length} wrong.`)
    }
    return wrong.length === 0 ? exit.ok : exit.failed
}

function table(findings: Finding[]): string[] {
    const width = Math.max(...findings.map(({ name }) => name.length))
    return findings.map(({ name, level, finding, advice }) => {
        const what = `${level.toUpperCase().padEnd(5)} ${name.padEnd(width)}  ${finding}`
        return advice ? `${what} (${advice})` : what
    })
}
