// The pgTAP files as the mutation run needs them: run inside an open transaction, stopped at the first failure,
// and known by what they touch.

import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import pg from 'pg'
import type { Client } from '../db.ts'
import { root } from '../paths.ts'
import { testFiles } from '../pgtap.ts'
import { sqlFile } from '../sql-file.ts'
import { type Statement, splitStatements } from '../statements.ts'
import { planFailures, readTap } from '../tap.ts'

export interface Test {
    /** Relative to the package. */
    file: string
    text: string
    /** Opens its transaction: some tests need an isolation level. */
    begin: string
    statements: Statement[]
}

/** A test that passes, what it touches and how long it takes. */
export interface Survey {
    test: Test
    /** Tables and functions: core.people. */
    touched: Set<string>
    milliseconds: number
    /** Why it cannot kill anything: it fails by itself. */
    failure: string | undefined
}

const begins = /^(begin|start\s+transaction)\b/i

export function readTests(): Test[] {
    return testFiles().map((path) => testOf(relative(root, path), readFileSync(path, 'utf8')))
}

export function testOf(file: string, text: string): Test {
    const all = splitStatements(text)
    const begin = all.find((statement) => begins.test(statement.text))?.text.toLowerCase() ?? 'begin'
    const statements = all.filter(({ text }) => !begins.test(text) && !/^rollback\s*;?$/i.test(text))
    return { file, text, begin, statements }
}

export async function survey(client: Client, test: Test): Promise<Survey> {
    await client.query(test.begin)
    try {
        await client.query("set local track_functions = 'all'")
        const started = performance.now()
        const failure = await failureOf(client, test)
        const milliseconds = performance.now() - started
        if (failure !== undefined) return { test, touched: new Set(), milliseconds, failure }
        await client.query('set local role none')
        const { rows } = await client.query<{ name: string }>(sqlFile('mutants/touched.sql'))
        return { test, touched: new Set(rows.map(({ name }) => name)), milliseconds, failure }
    } finally {
        await client.query('rollback')
    }
}

/** The first thing that goes wrong in a test, or undefined. The transaction is the caller's to undo. */
export async function failureOf(client: Client, test: Test): Promise<string | undefined> {
    const output: string[] = []
    for (const { text, line } of test.statements) {
        try {
            const { rows } = await client.query<unknown[]>({ text, rowMode: 'array' })
            output.push(...rows.map(([first]) => String(first ?? '')))
        } catch (error) {
            if (!isStatementError(error)) throw error
            return `${error.message} (line ${line})`
        }
        const failure = readTap(output).failures[0]
        if (failure) return failure.description
    }
    return planFailures(readTap(output))[0]?.description
}

/** An answer of the server to a statement, not the loss of the server. */
export function isStatementError(error: unknown): error is pg.DatabaseError {
    return error instanceof pg.DatabaseError && error.severity === 'ERROR'
}
