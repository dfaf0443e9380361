// The committed migrations as files: their order, their hashes, and the text of every package file they carry.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateHash } from 'graphile-migrate/dist/hash.js'
import { parseMigrationText } from 'graphile-migrate/dist/migration.js'
import { migrationFilenameMatches } from 'graphile-migrate/dist/migrationFilename.js'
import { Problem } from './console.ts'
import { root as packageRoot } from './paths.ts'

export interface Migration {
    /** The file's name: 000002-quotas.sql */
    file: string
    /** Its number, by which dbmate knows it: 000002 */
    version: string
    /** The name under which graphile-migrate records it: 000002.sql */
    recorded: string
    /** Relative to the package. */
    path: string
    hash: string
    previous: string | null
    body: string
    transactional: boolean
}

export interface Included {
    path: string
    text: string
}

export const committedFolder = 'migrations/committed'
export const currentFile = 'migrations/current.sql'

/** current.sql between two migrations. */
export const blankCurrent =
    '-- Enter migration here: `empathy migration draft` writes the first version of it.\n'

/** All committed migrations in order. Throws when one was edited, misnamed or does not follow its predecessor. */
export function readHistory(root = packageRoot): Migration[] {
    const folder = join(root, committedFolder)
    const files = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : []
    const migrations: Migration[] = []
    for (const file of files.sort()) {
        const migration = readMigration(root, file)
        const last = migrations.at(-1)
        if (migration.previous !== (last?.hash ?? null)) {
            throw new Problem(
                `${migration.path}: does not follow ${last ? last.file : 'the beginning'}: ` +
                    'its "Previous" hash is of another migration.',
                'A migration before it was edited, renamed or removed. Restore the files from version control.',
            )
        }
        migrations.push(migration)
    }
    return migrations
}

function readMigration(root: string, file: string): Migration {
    const path = `${committedFolder}/${file}`
    const version = migrationFilenameMatches(file)?.[1]
    if (version?.length !== 6) {
        throw new Problem(`${path}: not a migration's name.`, 'Use 000002-what-it-does.sql.')
    }
    let parsed: ReturnType<typeof parseMigrationText>
    try {
        parsed = parseMigrationText(path, readFileSync(join(root, path), 'utf8'))
    } catch (error) {
        throw new Problem(error instanceof Error ? error.message : String(error))
    }
    const { headers, body } = parsed
    const previous = headers.Previous === '-' ? null : (headers.Previous ?? null)
    const hash = headers.Hash ?? ''
    if (calculateHash(body, previous) !== hash) {
        throw new Problem(
            `${path}: was edited after it was committed: its text does not match its hash.`,
            'Restore the file from version control. What should change goes into a new migration.',
        )
    }
    return {
        file,
        version,
        recorded: `${version}.sql`,
        path,
        hash,
        previous,
        body,
        transactional: !/^--!\s*no-transaction\b/.test(body),
    }
}

/** The package files whose text a migration carries. */
export function includedIn(body: string): Included[] {
    const block = /^--! Included (\S+)\n([\s\S]*?)\n--! EndIncluded \1$/gm
    return [...body.matchAll(block)].map(([, path = '', text = '']) => ({ path, text }))
}

/** The package files that a migration does away with, each named on a line `-- dropped: <path>`. */
export function droppedIn(body: string): string[] {
    return [...body.matchAll(/^-- dropped: (\S+)$/gm)].map(([, path = '']) => path)
}

/** The table files that a migration says in its own words, with the digest of the text that it leads to. */
export function toldIn(body: string): Map<string, string> {
    return new Map(
        [...body.matchAll(/^-- by hand: (\S+) (\S+)$/gm)].map(([, path = '', digest = '']) => [path, digest]),
    )
}

/** The newest text of every package file after these migrations. */
export function snapshots(migrations: readonly Pick<Migration, 'body'>[]): Map<string, string> {
    const newest = new Map<string, string>()
    for (const { body } of migrations) {
        for (const { path, text } of includedIn(body)) newest.set(path, text)
        for (const path of droppedIn(body)) newest.delete(path)
    }
    return newest
}

/** The migration as any other runner takes it: plain SQL, with a line that names each package file. */
export function asPlainSql(body: string): string {
    return body
        .replace(/^--! EndIncluded \S+\n/gm, '')
        .replace(/^--! Included (\S+)$/gm, '-- From $1')
        .replace(/^--!.*\n/gm, '')
}

/** current.sql as it is written, or an empty text. */
export function readCurrent(root = packageRoot): string {
    const path = join(root, currentFile)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
}

/** Whether a migration says nothing but comments. */
export function isBlank(text: string): boolean {
    return !/^--!\s*include\b/m.test(text) && text.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim() === ''
}
