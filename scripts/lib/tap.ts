// Understands what a pgTAP file prints: plan, results, diagnostics.

export interface Failure {
    /** The test's sentence, or what went wrong with the file as a whole. */
    description: string
    diagnostics: string[]
}

export interface TapResult {
    planned: number | undefined
    ran: number
    passed: number
    failures: Failure[]
}

export function readTap(output: string[]): TapResult {
    const result: TapResult = { planned: undefined, ran: 0, passed: 0, failures: [] }
    let latest: Failure | undefined
    for (const line of output.flatMap((text) => text.split('\n'))) {
        const plan = /^1\.\.(\d+)/.exec(line)
        const test = /^(not )?ok \d+(?: - )?(.*)$/.exec(line)
        if (plan) result.planned = Number(plan[1])
        else if (test) {
            result.ran += 1
            latest = undefined
            const [, not, description = ''] = test
            if (not && !/# todo\b/i.test(description)) {
                latest = { description: description || `test ${result.ran}`, diagnostics: [] }
                result.failures.push(latest)
            } else result.passed += 1
        } else if (/^\s*#/.test(line) && latest && !/^# (Failed test|Looks like)/.test(line)) {
            latest.diagnostics.push(line.replace(/^\s*# ?/, ''))
        }
    }
    return result
}

/** Where every test passed, tests may still be missing. */
export function planFailures({ planned, ran }: TapResult): Failure[] {
    if (planned === undefined) {
        return [{ description: 'the file has no plan', diagnostics: ['Begin with: select plan(n);'] }]
    }
    return planned === ran
        ? []
        : [{ description: `planned ${planned} tests and ran ${ran}`, diagnostics: [] }]
}
