// How test results are told: a line per file or gate, the failures with all they say, and the totals.

import { print, seconds } from './console.ts'
import type { FileResult } from './pgtap.ts'

export interface Totals {
    passed: number
    failed: number
}

export function printFileResult({ file, passed, failures, milliseconds }: FileResult): void {
    const verdict = failures.length === 0 ? 'ok  ' : 'FAIL'
    print(`${verdict} ${file}: ${passed} passed, ${failures.length} failed (${seconds(milliseconds)})`)
    for (const { description, diagnostics } of failures) {
        print(`     ${description}`)
        for (const line of diagnostics) print(`       ${line}`)
    }
}

export function totalsOf(results: FileResult[]): Totals {
    return sum(results.map(({ passed, failures }) => ({ passed, failed: failures.length })))
}

export function sum(totals: Totals[]): Totals {
    return {
        passed: totals.reduce((count, { passed }) => count + passed, 0),
        failed: totals.reduce((count, { failed }) => count + failed, 0),
    }
}

/** The last line of a run: scripts and people look for it. */
export function totalsLine({ passed, failed }: Totals): string {
    return `${passed} passed, ${failed} failed`
}
