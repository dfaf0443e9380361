// The same migrations for dbmate, whose single binary needs no Node: written from the committed ones and their
// downs, checked in, and never edited.

import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './console.ts'
import { downOf } from './downs.ts'
import { asPlainSql, readHistory } from './history.ts'
import { inPackage, root as packageRoot } from './paths.ts'
import { splitStatements } from './statements.ts'

export const dbmateFolder = 'migrations/dbmate'

/** What the folder has to hold: file name → text. */
export function dbmateFiles(root = packageRoot): Map<string, string> {
    const history = readHistory(root)
    return new Map(
        history.map((migration, index) => {
            const option = migration.transactional ? '' : ' transaction:false'
            const up = asPlainSql(migration.body).trim()
            if (!migration.transactional && splitStatements(up).length !== 1) {
                throw new Problem(
                    `${migration.path}: dbmate runs one statement outside a transaction, not several.`,
                    'Give each statement that cannot run in a transaction a migration of its own.',
                )
            }
            const text = [
                `-- Generated from ${migration.path}; do not edit.`,
                `-- migrate:up${option}\n${up}`,
                `-- migrate:down\n${downOf(history, index, root).trim()}`,
            ]
            return [migration.file, `${text.join('\n\n')}\n`]
        }),
    )
}

export function writeDbmate(root = packageRoot): void {
    const folder = join(root, dbmateFolder)
    const files = dbmateFiles(root)
    mkdirSync(folder, { recursive: true })
    for (const name of presentFiles(root)) {
        if (!files.has(name)) rmSync(join(folder, name))
    }
    for (const [name, text] of files) writeFileSync(join(folder, name), text)
}

/** Which files of the folder are not what they have to be. */
export function staleDbmateFiles(root = packageRoot): string[] {
    const files = dbmateFiles(root)
    const stale = [...files].filter(([name, text]) => {
        const path = join(root, dbmateFolder, name)
        return !existsSync(path) || readFileSync(path, 'utf8') !== text
    })
    const surplus = presentFiles(root).filter((name) => !files.has(name))
    return [...stale.map(([name]) => name), ...surplus].sort()
}

/** Runs the binary alone, as a team without Node would. */
export async function runDbmate(
    url: string,
    command: 'migrate' | 'rollback',
    root = packageRoot,
): Promise<void> {
    const shown = new URL(url)
    if (!shown.searchParams.has('sslmode')) shown.searchParams.set('sslmode', 'disable')
    const child = spawn(
        inPackage('node_modules/.bin/dbmate'),
        ['--env', 'DBMATE_TARGET', '--migrations-dir', join(root, dbmateFolder), '--no-dump-schema', command],
        { env: { PATH: process.env.PATH, DBMATE_TARGET: shown.href }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => {
        said += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
        said += chunk
    })
    const code = await new Promise<number | null>((resolve, reject) => {
        child.once('error', reject)
        child.once('close', resolve)
    })
    if (code !== 0) throw new Problem(`dbmate ${command} failed: ${said.trim()}`)
}

function presentFiles(root: string): string[] {
    const folder = join(root, dbmateFolder)
    return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : []
}
