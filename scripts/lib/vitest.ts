// Runs vitest in a process of its own and reads how many tests passed.

import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inPackage, root } from './paths.ts'
import type { Totals } from './test-report.ts'

export async function runVitest(): Promise<Totals> {
    const folder = mkdtempSync(join(tmpdir(), 'empathy-vitest-'))
    const report = join(folder, 'report.json')
    try {
        const entry = join(
            dirname(createRequire(inPackage('package.json')).resolve('vitest/package.json')),
            'vitest.mjs',
        )
        await run([entry, 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
        return totalsOfReport(readFileSync(report, 'utf8'))
    } finally {
        rmSync(folder, { recursive: true, force: true })
    }
}

interface VitestReport {
    numPassedTests: number
    numFailedTests: number
    testResults: { status: string; assertionResults: unknown[] }[]
}

function totalsOfReport(json: string): Totals {
    const { numPassedTests, numFailedTests, testResults }: VitestReport = JSON.parse(json)
    // A file that could not be loaded has failed without a single test.
    const broken = testResults.filter(
        ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    )
    return { passed: numPassedTests, failed: numFailedTests + broken.length }
}

function run(args: string[]): Promise<void> {
    return new Promise((resolve, reject) => {
        const env = { ...process.env, ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) }
        const child = spawn(process.execPath, args, {
            cwd: root,
            env,
            stdio: ['ignore', 'inherit', 'inherit'],
        })
        process.once('exit', () => child.kill())
        child.once('error', reject)
        child.once('close', () => resolve())
    })
}
