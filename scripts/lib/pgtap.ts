// Runs pgTAP files without psql: in clones that have pgTAP, or on any database inside a transaction that is undone.

import { existsSync, globSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import pg from 'pg'
import { Problem } from './console.ts'
import { type Client, runFile, statementProblem, withClient } from './db.ts'
import { inPackage, root } from './paths.ts'
import { type Statement, splitStatements } from './statements.ts'
import { type Failure, planFailures, readTap } from './tap.ts'
import { readFromArchive } from './tar.ts'

export interface FileResult {
    file: string
    passed: number
    failures: Failure[]
    milliseconds: number
}

/** SQL that the test files share; loaded after pgTAP. */
export const helpersFile = inPackage('tests/helpers.sql')

// A test that hangs must not hang the run.
const testTimeout = '60s'

/** The files named, or all of them. */
export function testFiles(named: string[] = []): string[] {
    for (const file of named) {
        if (!existsSync(file)) throw new Problem(`There is no test file ${file}.`)
    }
    if (named.length > 0) return named.map((file) => resolve(file))
    return globSync('tests/**/*.test.sql', { cwd: root })
        .sort()
        .map((file) => inPackage(file))
}

/** Puts pgTAP into schema `tap` and the helpers beside it, as part of the transaction that is open. */
export async function loadPgtap(client: Client): Promise<void> {
    const { rows } = await client.query<{ loaded: boolean }>(
        `select to_regprocedure('tap.plan(integer)') is not null as loaded`,
    )
    if (!rows[0]?.loaded) {
        await client.query('create schema if not exists tap')
        await client.query('set local search_path = tap')
        await client.query(pgtapSource())
        await client.query('set local search_path = default')
    }
    // Tests speak as anon and authenticated, too.
    await client.query('grant usage on schema tap to public')
    if (existsSync(helpersFile)) await runFile(client, helpersFile)
}

/** Runs the files in databases that have pgTAP, each database taking the next file when it is free. */
export async function runInClones(urls: string[], files: string[], tell: Tell): Promise<FileResult[]> {
    const waiting = [...files]
    const results: FileResult[] = []
    await Promise.all(
        urls.map(async (url) => {
            for (let file = waiting.shift(); file; file = waiting.shift()) {
                const result = await runOne(url, file, runStatements)
                tell(result)
                results.push(result)
            }
        }),
    )
    return results.sort((a, b) => a.file.localeCompare(b.file))
}

/** Runs the files on a database that people use: pgTAP, helpers and tests all in one transaction that is undone. */
export async function runUndone(url: string, files: string[], tell: Tell): Promise<FileResult[]> {
    const results: FileResult[] = []
    for (const file of files) {
        const result = await runOne(url, file, async (client, statements, name, output) => {
            const own = statements.filter(
                ({ text }) => !/^(begin|start\s+transaction|rollback)\b/i.test(text),
            )
            const commit = own.find(({ text }) => /^(commit|end|prepare\s+transaction)\b/i.test(text))
            if (commit) {
                throw new Problem(`${name}:${commit.line}: commits, so it is not run on a database in use.`)
            }
            await client.query('begin')
            try {
                await loadPgtap(client)
                await runStatements(client, own, name, output)
            } finally {
                await client.query('rollback')
            }
        })
        tell(result)
        results.push(result)
    }
    return results
}

type Tell = (result: FileResult) => void

type Runner = (client: Client, statements: Statement[], name: string, output: string[]) => Promise<void>

async function runOne(url: string, path: string, runner: Runner): Promise<FileResult> {
    const started = performance.now()
    const file = relative(root, path)
    const output: string[] = []
    const broken: Failure[] = []
    try {
        await withClient(url, async (client) => {
            await client.query(`set statement_timeout = '${testTimeout}'`)
            await runner(client, splitStatements(readFileSync(path, 'utf8')), file, output)
        })
    } catch (error) {
        const { message, hint } =
            error instanceof Problem ? error : { message: String(error), hint: undefined }
        broken.push({ description: message, diagnostics: hint ? hint.split('\n') : [] })
    }
    const tap = readTap(output)
    // What broke the file explains why it ran fewer tests than planned.
    const incomplete = broken.length > 0 ? broken : planFailures(tap)
    return {
        file,
        passed: tap.passed,
        failures: [...tap.failures, ...incomplete],
        milliseconds: Math.round(performance.now() - started),
    }
}

/** Collects what every row says as it arrives, so that the results before an error are kept. */
async function runStatements(
    client: Client,
    statements: Statement[],
    name: string,
    output: string[],
): Promise<void> {
    for (const statement of statements) {
        await new Promise<void>((resolve, reject) => {
            const query = new pg.Query(statement.text)
            query.on('row', (row: object) => output.push(String(Object.values(row)[0] ?? '')))
            query.on('end', () => resolve())
            query.on('error', (error: Error) => reject(statementProblem(error, name, statement)))
            client.query(query)
        })
    }
}

function pgtapSource(): string {
    const entry = createRequire(inPackage('package.json')).resolve('@electric-sql/pglite-pgtap')
    return readFromArchive(
        join(dirname(entry), 'pgtap.tar.gz'),
        'share/postgresql/extension/pgtap--1.3.5.sql',
    )
}
