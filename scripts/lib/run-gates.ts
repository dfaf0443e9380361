// Runs the gates of `check` one after the other, and counts a gate with findings as one failure.

import { print, seconds } from './console.ts'
import { line } from './gates/finding.ts'
import { ask, databaseGates, fileGates } from './gates/index.ts'
import { root } from './paths.ts'
import type { Server } from './server.ts'
import type { Totals } from './test-report.ts'

export async function runGates(server: Server): Promise<Totals> {
    const gates = [...fileGates(root), ...databaseGates(server.databaseUrl('postgres'), root)]
    const totals: Totals = { passed: 0, failed: 0 }
    for (const gate of gates) {
        const started = performance.now()
        const findings = await ask(gate)
        totals[findings.length === 0 ? 'passed' : 'failed'] += 1
        const verdict = findings.length === 0 ? 'ok  ' : 'FAIL'
        print(`${verdict} ${gate.title} (${seconds(performance.now() - started)})`)
        for (const finding of findings) print(`     ${line(finding)}`)
    }
    return totals
}
