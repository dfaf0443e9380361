// The parts of graphile-migrate that run migrations, on a connection of our own.
//
// Its command line opens pools that end the process when an idle connection breaks, and tries its lock only once.
// These are the functions behind it, so that what is run and recorded is the same.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Logger } from 'graphile-migrate'
import { getCurrentMigrationLocation, readCurrentMigration } from 'graphile-migrate/dist/current.js'
import {
    _migrateMigrationSchema,
    getAllMigrations,
    runCommittedMigration,
    runStringMigration,
} from 'graphile-migrate/dist/migration.js'
import { type ParsedSettings, parseSettings } from 'graphile-migrate/dist/settings.js'
import type { Client } from './db.ts'

export type { ParsedSettings }

/** The key of graphile-migrate's own advisory lock: whoever holds it is the only one who migrates. */
export const lockKey = '4727445306447283'

const quiet = new Logger(() => () => undefined)

export async function graphileSettings(url: string, root: string): Promise<ParsedSettings> {
    return parseSettings({ connectionString: url, migrationsFolder: join(root, 'migrations'), logger: quiet })
}

/** Creates graphile-migrate's tables where they are missing. */
export async function createBookkeeping(client: Client, settings: ParsedSettings): Promise<void> {
    await _migrateMigrationSchema(client as never, settings)
}

export async function runMigration(
    client: Client,
    settings: ParsedSettings,
    recorded: string,
): Promise<void> {
    const migration = (await getAllMigrations(settings)).find(({ filename }) => filename === recorded)
    if (!migration) throw new Error(`no committed migration ${recorded}`)
    await runCommittedMigration(client as never, settings, contextOf(settings), migration, '')
}

/** current.sql with the text of its includes. */
export async function compileCurrent(settings: ParsedSettings): Promise<string> {
    return readCurrentMigration(settings, await getCurrentMigrationLocation(settings))
}

/** Runs current.sql and remembers its text, as graphile-migrate's `current` does. */
export async function runCurrent(client: Client, settings: ParsedSettings, body: string): Promise<void> {
    await runStringMigration(client as never, settings, contextOf(settings), body, 'current.sql', undefined)
    await client.query(readFileSync(join(import.meta.dirname, '../sql/record-current.sql'), 'utf8'), [body])
}

function contextOf(settings: ParsedSettings): { database: string } {
    return { database: settings.databaseName }
}
