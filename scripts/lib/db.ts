// Connections and SQL files: every error names the server, the file, the line and the statement.

import { readFile } from 'node:fs/promises'
import { relative } from 'node:path'
import pg from 'pg'
import { Problem } from './console.ts'
import { root } from './paths.ts'
import { type Statement, splitStatements } from './statements.ts'

export type Client = pg.Client

/** The oldest server that the schema is written for. */
const oldestVersion = 15

export async function connect(url: string): Promise<Client> {
    const client = new pg.Client({
        connectionString: url,
        application_name: 'empathy',
        connectionTimeoutMillis: 10_000,
    })
    // A server that goes away between two statements is reported by the next statement.
    client.on('error', () => undefined)
    try {
        await client.connect()
        await requireSupported(client, url)
    } catch (error) {
        await client.end().catch(() => undefined)
        throw connectionProblem(error, url)
    }
    return client
}

export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
    const client = await connect(url)
    try {
        return await work(client)
    } finally {
        await client.end()
    }
}

/** Runs a file's statements one by one, in whatever transaction the caller has open. */
export async function runFile(client: Client, path: string): Promise<void> {
    await runText(client, await readFile(path, 'utf8'), path)
}

/** The same for SQL that is already read; `name` is what messages call it. */
export async function runText(client: Client, sql: string, name: string): Promise<void> {
    for (const statement of splitStatements(sql)) {
        await client.query(statement.text).catch((error: unknown) => {
            throw statementProblem(error, name, statement)
        })
    }
}

export function quoteIdentifier(name: string): string {
    return pg.escapeIdentifier(name)
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
    const changed = new URL(url)
    changed.pathname = `/${encodeURIComponent(database)}`
    return changed.href
}

/** A URL as it may be shown: without its password. */
export function withoutPassword(url: string): string {
    const shown = new URL(url)
    shown.password = ''
    return shown.href
}

/** `file:line` of the error, its message, and the statement it came from. */
export function statementProblem(error: unknown, path: string, statement: Statement): Error {
    if (!(error instanceof pg.DatabaseError)) return error instanceof Error ? error : new Error(String(error))
    const before = error.position ? statement.text.slice(0, Number(error.position) - 1) : ''
    const line = statement.line + (before.match(/\n/g)?.length ?? 0)
    const name = path.startsWith(root) ? relative(root, path) : path
    const details = [error.detail, error.hint, error.where?.split('\n')[0]].filter(Boolean)
    return new Problem(
        `${name}:${line}: ${error.message}${error.code ? ` (${error.code})` : ''}`,
        [...details, excerpt(statement.text)].join('\n'),
        { cause: error },
    )
}

function excerpt(statement: string): string {
    const lines = statement.split('\n')
    return lines.length <= 3 ? statement : [...lines.slice(0, 3), '…'].join('\n')
}

async function requireSupported(client: Client, url: string): Promise<void> {
    const { rows } = await client.query<{ version: string }>(
        `select current_setting('server_version_num') as version`,
    )
    const major = Math.floor(Number(rows[0]?.version) / 10_000)
    if (major < oldestVersion) {
        throw new Problem(
            `Postgres at ${withoutPassword(url)} is version ${major}; version ${oldestVersion} or newer is needed.`,
            'Upgrade it, or unset DATABASE_URL to use the embedded Postgres.',
        )
    }
}

function connectionProblem(error: unknown, url: string): Error {
    if (error instanceof Problem) return error
    const shown = withoutPassword(url)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    const message = error instanceof Error ? error.message : String(error)
    const [what, next] = explain(code, message, url)
    return new Problem(`${what}: ${shown}`, next, { cause: error })
}

function explain(code: string, message: string, url: string): [what: string, next: string] {
    const { hostname, username, pathname } = new URL(url)
    switch (code) {
        case 'ECONNREFUSED':
            return [
                'No Postgres answers',
                'Start it (`make db` starts the embedded one), or correct DATABASE_URL.',
            ]
        case 'ENOTFOUND':
        case 'EAI_AGAIN':
            return [`There is no host named ${hostname}`, 'Correct DATABASE_URL.']
        case '28P01':
        case '28000':
            return [
                `Postgres refuses to let ${username || 'this user'} in`,
                `${message}. Correct DATABASE_URL.`,
            ]
        case '3D000':
            return [
                `There is no database ${decodeURIComponent(pathname.slice(1))}`,
                'Create it, or correct DATABASE_URL.',
            ]
        case '53300':
            return ['Postgres has no connection left', 'Close some, or raise its max_connections.']
        default:
            return [`Cannot connect (${message})`, 'Look at DATABASE_URL and at the log of the server.']
    }
}
