// `pgtap`: the SQL tests, on a server of their own or on the database that is named.

import { parseArgs } from 'node:util'
import { readConfig } from '../lib/config.ts'
import { exit, Problem, print, usageProblem } from '../lib/console.ts'
import type { Version } from '../lib/embedded/binaries.ts'
import { runUndone, testFiles } from '../lib/pgtap.ts'
import { runOnTestServer } from '../lib/template.ts'
import { printFileResult, totalsLine, totalsOf } from '../lib/test-report.ts'

export const summary = 'run the pgTAP tests; with DATABASE_URL on that database, where everything is undone'
export const usage = `
empathy pgtap [files] [--postgres 15|18] [--json]

  files        test files; all of tests/**/*.test.sql when none is named
  --postgres   version of the embedded test server (default 18)
  --json       results as JSON
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { postgres: { type: 'string', default: '18' }, json: { type: 'boolean' } },
    })
    const files = testFiles(positionals)
    if (files.length === 0) throw new Problem('There are no pgTAP tests (tests/**/*.test.sql).')
    const version = embeddedVersion(values.postgres)
    const url = readConfig().DATABASE_URL
    const tell = values.json ? () => undefined : printFileResult
    const results = url ? await runUndone(url, files, tell) : await runOnTestServer(version, files, tell)

    const totals = totalsOf(results)
    print(values.json ? JSON.stringify(results, null, 2) : totalsLine(totals))
    return totals.failed === 0 ? exit.ok : exit.failed
}

function embeddedVersion(text: string): Version {
    if (text === '15') return 15
    if (text === '18') return 18
    throw usageProblem(`There is no embedded Postgres ${text}.`, 'Use --postgres 15 or --postgres 18.')
}
