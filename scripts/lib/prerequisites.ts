// What has to stand before the first migration: roles, extensions, the owner's right to create schemas.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { Problem } from './console.ts'
import { type Client, runText, withClient } from './db.ts'
import { root as packageRoot } from './paths.ts'
import { sqlFile } from './sql-file.ts'

/** Creates the roles, extensions and rights that migrations stand on. Needs someone who may create roles. */
export async function applyPrerequisites(url: string, root = packageRoot): Promise<void> {
    const path = 'schema/prerequisites.sql'
    const text = readFileSync(join(root, path), 'utf8')
    for (let attempt = 1; ; attempt += 1) {
        try {
            return await withClient(url, (client) => runText(client, text, path))
        } catch (error) {
            if (!isRace(error) || attempt === 20) throw error
            await sleep(10 * attempt * Math.random())
        }
    }
}

/** Roles belong to the whole cluster, locks to one database: two databases being prepared at once may collide. */
function isRace(error: unknown): boolean {
    const cause = error instanceof Error ? error.cause : undefined
    if (!(cause instanceof pg.DatabaseError)) return false
    return (
        ['23505', '42710'].includes(cause.code ?? '') ||
        (cause.code === 'XX000' && cause.message.startsWith('tuple concurrently'))
    )
}

/** What of the prerequisites this database lacks, one line each; asks, and changes nothing. */
export async function missingPrerequisites(client: Client): Promise<string[]> {
    const { rows } = await client.query<{ missing: string }>(sqlFile('missing-prerequisites.sql'))
    return rows.map((row) => row.missing)
}

/** Prepares the database where this role may; where it may not, says what is missing and who can help. */
export async function ensurePrerequisites(url: string, root: string): Promise<void> {
    const refused = await applyPrerequisites(url, root).then(
        () => undefined,
        (error: unknown) => error,
    )
    if (refused === undefined) return
    const cause = refused instanceof Error ? refused.cause : undefined
    if (!(cause instanceof pg.DatabaseError) || cause.code !== '42501') throw refused
    // Not permitted to create roles: fine, where somebody who is has been here before.
    const missing = await withClient(url, missingPrerequisites)
    if (missing.length === 0) return
    const { user, database } = await withClient(url, async (client) => ({
        user: client.user ?? '',
        database: client.database ?? '',
    }))
    throw new Problem(
        `This database is not prepared, and ${user} may not prepare it:\n${missing.map((line) => `  ${line}`).join('\n')}`,
        'Let someone who may create roles run schema/prerequisites.sql on it once, and add the migrator:\n' +
            `  psql --dbname=${database} --file=schema/prerequisites.sql\n` +
            `  psql --dbname=${database} --command='grant empathy_owner to "${user}"'`,
    )
}
