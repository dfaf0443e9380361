// What a database says about the migrations it has seen, and whether that can be believed.

import { Problem } from './console.ts'
import { type Client, withClient } from './db.ts'
import type { Migration } from './history.ts'
import { sqlFile } from './sql-file.ts'

export interface Recorded {
    filename: string
    hash: string
}

/** A migration that began here, and of which nobody said that it ended. */
export interface Unfinished {
    id: string
    name: string
    direction: string
    /** It did end: only the word of it is missing. */
    done: boolean
}

export interface State {
    /** What graphile-migrate recorded, in order; undefined when its tables are not there. */
    recorded: Recorded[] | undefined
    /** The text of current.sql that was run here, or undefined. */
    current: string | undefined
    /** dbmate's table, quoted, and the versions in it; undefined when there is none. */
    dbmate: { table: string; versions: string[] } | undefined
    /** Which of the package's schemas exist. */
    schemas: string[]
    unfinished: Unfinished[]
    /** The package's version that last wrote here. */
    packageVersion: string | undefined
    production: boolean
}

interface Bookkeeping {
    graphile: boolean
    telemetry: boolean
    config: boolean
    dbmate: string[]
    schemas: string[]
}

export async function readState(client: Client, modules: string[]): Promise<State> {
    const found = (await client.query<Bookkeeping>(sqlFile('bookkeeping.sql'), [modules])).rows[0]
    if (!found) throw new Error('bookkeeping.sql answered no row')
    const state: State = {
        recorded: undefined,
        current: undefined,
        dbmate: undefined,
        schemas: found.schemas,
        unfinished: [],
        packageVersion: undefined,
        production: found.config && (await isProduction(client)),
    }
    if (found.graphile) {
        state.recorded = (
            await client.query<Recorded>(
                'select filename, hash from graphile_migrate.migrations order by filename',
            )
        ).rows
        state.current = (
            await client.query<{ content: string }>('select content from graphile_migrate.current')
        ).rows[0]?.content
    }
    const isRecorded = (name: string): boolean =>
        state.recorded?.some(({ filename }) => filename.slice(0, 6) === name.slice(0, 6)) ?? false
    for (const table of found.dbmate) {
        const { rows } = await client.query<{ version: string }>(
            `select version from ${table} order by version`,
        )
        // Other tools keep a table of this name too; ours counts in six digits, from 000001.
        const versions = rows.map(({ version }) => version).filter((version) => /^\d{6}$/.test(version))
        if (versions.length > 0) state.dbmate = { table, versions }
    }
    if (found.telemetry) {
        const { rows } = await client.query<Omit<Unfinished, 'done'>>(sqlFile('telemetry-unfinished.sql'))
        state.unfinished = rows.map((row) => ({
            ...row,
            done: isRecorded(row.name) === (row.direction === 'up'),
        }))
        state.packageVersion = (
            await client.query<{ package_version: string }>(sqlFile('telemetry-version.sql'))
        ).rows[0]?.package_version
    }
    return state
}

/** Refuses a database whose records cannot be continued from, and says what to do. */
export function requireSound(state: State, history: readonly Migration[]): void {
    const { recorded, schemas, dbmate } = state
    if (recorded === undefined || recorded.length === 0) {
        if (dbmate) {
            throw new Problem(
                `This database was migrated by dbmate (to ${dbmate.versions.at(-1)}).`,
                'Go on with dbmate, or let this command take over: `empathy migrate --adopt` compares first.',
            )
        }
        if (schemas.length > 0) {
            throw new Problem(
                `This database is half migrated: ${list('schema', schemas)} exist${schemas.length === 1 ? 's' : ''}, ` +
                    'but no migration is recorded.',
                'If they are left from a restore or another application, use an empty database. If this is a ' +
                    'restore of ours, restore the schema graphile_migrate as well.',
            )
        }
        return
    }
    if (schemas.length === 0 && recorded[0]?.hash !== history[0]?.hash) {
        throw new Problem(
            'graphile-migrate has recorded the migrations of another application in this database.',
            'It keeps one record a database. Use another database, or migrate this one with dbmate (migrations/dbmate).',
        )
    }
    requireKnown(recorded, history, state.packageVersion)
    if (schemas.length === 0) {
        throw new Problem(
            `This database is half migrated: ${recorded.length} migrations are recorded, but no schema of ours exists.`,
            'Restore it from a backup; or, if it was emptied on purpose, `drop schema graphile_migrate cascade` too.',
        )
    }
    if (dbmate && dbmate.versions.join() !== recorded.map(({ filename }) => filename.slice(0, 6)).join()) {
        throw new Problem(
            `This database has two records that differ: dbmate's ends at ${dbmate.versions.at(-1)}, ` +
                `graphile-migrate's at ${recorded.at(-1)?.filename.slice(0, 6)}.`,
            '`empathy migrate --adopt` compares the database with the package, then brings the records together.',
        )
    }
    const halfway = state.unfinished.filter(
        ({ name, done }) => !done && !history.find(({ file }) => file === name)?.transactional,
    )
    if (halfway.length > 0) {
        throw new Problem(
            `This database is half migrated: ${halfway.map(({ name }) => name).join(', ')} began and never ended, ` +
                'and does not run in a transaction.',
            'Look at what it has done, finish or undo it by hand, then `empathy migrate --settle`.',
        )
    }
}

function requireKnown(
    recorded: Recorded[],
    history: readonly Migration[],
    packageVersion: string | undefined,
): void {
    const newest = history.at(-1)?.recorded ?? ''
    const last = recorded.at(-1)?.filename ?? ''
    if (last > newest) {
        throw new Problem(
            `This database is newer than the package: it is at ${last.slice(0, 6)}, the package ends at ` +
                `${newest.slice(0, 6) || 'nothing'}.`,
            `Install the version of the package that brought it there${packageVersion ? ` (${packageVersion})` : ''} or a later one.`,
        )
    }
    for (const [index, migration] of history.slice(0, recorded.length).entries()) {
        const row = recorded[index]
        if (row?.filename !== migration.recorded || row.hash !== migration.hash) {
            throw new Problem(
                `${migration.path}: this database ran another text under this number.`,
                'Use the package it was migrated with. Before the first release, history may be rewritten: ' +
                    'then make a new database (`make fresh NAME=…`).',
            )
        }
    }
}

export function requireNotProduction(state: Pick<State, 'production'>, what: string): void {
    if (state.production) {
        throw new Problem(
            `${what} is refused: this database says environment = production.`,
            'It is meant for databases that can be made again. If this one can, change core.platform_config first.',
        )
    }
}

/** For commands that must never meet a production database. */
export async function refuseOnProduction(url: string, what: string): Promise<void> {
    await withClient(url, async (client) => {
        const { rows } = await client.query<{ present: boolean }>(
            "select to_regclass('core.platform_config') is not null as present",
        )
        const production = rows[0]?.present === true && (await isProduction(client))
        requireNotProduction({ production }, what)
    })
}

async function isProduction(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ production: boolean }>(
        `select exists (
            select from core.platform_config where key = 'environment' and value = '"production"'
        ) as production`,
    )
    return rows[0]?.production === true
}

function list(noun: string, names: string[]): string {
    return `${noun}${names.length === 1 ? '' : 's'} ${names.join(', ')}`
}
