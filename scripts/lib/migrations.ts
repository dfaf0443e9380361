// Brings a database to the package's newest migration, or back to an earlier one; refuses where that is not safe.

import { type Recorded, readState, requireNotProduction, requireSound, type State } from './bookkeeping.ts'
import { Problem } from './console.ts'
import { type Client, withClient } from './db.ts'
import { downOf } from './downs.ts'
import { syncFixtures } from './fixtures.ts'
import {
    compileCurrent,
    createBookkeeping,
    graphileSettings,
    type ParsedSettings,
    runCurrent,
    runMigration,
} from './graphile.ts'
import { isBlank, type Migration, readCurrent, readHistory } from './history.ts'
import { type LockOptions, locked } from './migration-lock.ts'
import { migrationProblem } from './migration-problem.ts'
import { moduleNames } from './modules.ts'
import { root as packageRoot } from './paths.ts'
import { ensurePrerequisites, missingPrerequisites } from './prerequisites.ts'
import { sqlFile } from './sql-file.ts'
import { closeUnfinished, withTelemetry } from './telemetry.ts'

export interface MigrateOptions extends LockOptions {
    root?: string
    /** Say what would run; change nothing. */
    dryRun?: boolean
    /** Run only committed migrations, whatever current.sql holds. */
    committedOnly?: boolean
}

export interface MigrateResult {
    /** Names of the migrations that ran, or in a dry run would run. */
    migrations: string[]
    /** Whether current.sql ran, or would. */
    current: boolean
    /** In a dry run: what schema/prerequisites.sql has still to do. */
    missing: string[]
}

export interface DownOptions extends Omit<MigrateOptions, 'committedOnly'> {
    /** The number to go back to, 000000 for an empty database; without it, one step. */
    to?: string
}

export interface Status {
    applied: string[]
    pending: string[]
    current: boolean
    production: boolean
}

export async function status(url: string, root = packageRoot): Promise<Status> {
    return withClient(url, async (client) => {
        const { state, history } = await examine(client, root)
        const plan = planOf(state, history, root)
        return {
            applied: history.slice(0, state.recorded?.length ?? 0).map(({ file }) => file),
            pending: plan.pending.map(({ file }) => file),
            current: plan.current,
            production: state.production,
        }
    })
}

export async function migrate(url: string, options: MigrateOptions = {}): Promise<MigrateResult> {
    const { root = packageRoot, dryRun = false, say = () => undefined } = options
    if (dryRun) {
        return withClient(url, async (client) => {
            const { state, history } = await examine(client, root)
            const { pending, current } = planOf(state, history, root, options.committedOnly)
            return {
                migrations: pending.map(({ file }) => file),
                current,
                missing: await missingPrerequisites(client),
            }
        })
    }
    await ensurePrerequisites(url, root)
    return withClient(url, (client) =>
        locked(client, options, async () => {
            const { state, history } = await examine(client, root)
            const { pending, current } = planOf(state, history, root, options.committedOnly)
            const settings = await graphileSettings(url, root)
            await closeUnfinished(client, state.unfinished)
            if (pending.length > 0 || current) await createBookkeeping(client, settings)
            for (const migration of pending) {
                say(migration.file)
                await up({ client, root, state }, settings, migration)
            }
            // A migration may have changed what current.sql stands on.
            const ranCurrent =
                current && (await upCurrent({ client, root, state }, settings, pending.length > 0))
            return { migrations: pending.map(({ file }) => file), current: ranCurrent, missing: [] }
        }),
    )
}

/** Takes migrations back, the newest first. Answers the names of those that went. */
export async function down(url: string, options: DownOptions = {}): Promise<string[]> {
    const { root = packageRoot, dryRun = false, say = () => undefined } = options
    return withClient(url, (client) =>
        locked(client, options, async () => {
            const { state, history } = await examine(client, root)
            requireNotProduction(state, 'Going down')
            const applied = history.slice(0, state.recorded?.length ?? 0)
            const keep = options.to === undefined ? applied.length - 1 : position(options.to, applied)
            if (applied.length === 0) return []
            if (!isBlank(state.current ?? '')) {
                throw new Problem(
                    'Going down is refused: current.sql was run on this database, and only committed migrations have a down.',
                    'Commit it (`empathy migration commit`), or make a new database (`make fresh NAME=…`).',
                )
            }
            // All texts first: a missing down is found before anything changes.
            const steps = applied
                .map((migration, index) => ({ migration, index }))
                .slice(keep)
                .reverse()
                .map((step) => ({ ...step, sql: downOf(history, step.index, root) }))
            if (dryRun) return steps.map(({ migration }) => migration.file)
            await closeUnfinished(client, state.unfinished)
            for (const { migration, sql } of steps) {
                say(migration.file)
                await takeBack({ client, root, state }, migration, sql)
            }
            return steps.map(({ migration }) => migration.file)
        }),
    )
}

interface Target {
    client: Client
    root: string
    state: State
}

async function up(
    { client, root, state }: Target,
    settings: ParsedSettings,
    migration: Migration,
): Promise<void> {
    const alongside = () => recordForDbmate(client, state, migration)
    await withTelemetry(client, { root, migration, direction: 'up', alongside }, async (watched) => {
        await runMigration(watched, settings, migration.recorded).catch((error: unknown) => {
            throw migrationProblem(error, migration.file, migration.body, migration.transactional)
        })
    })
}

/** Answers whether current.sql ran: not when it is what ran here last, and nothing came before it. */
async function upCurrent(
    { client, root, state }: Target,
    settings: ParsedSettings,
    always: boolean,
): Promise<boolean> {
    syncFixtures(root)
    const body = await compileCurrent(settings)
    if (body === state.current && !always) return false
    await runCurrent(client, settings, body).catch((error: unknown) => {
        throw migrationProblem(error, 'current.sql', body, true)
    })
    return true
}

async function takeBack({ client, root, state }: Target, migration: Migration, sql: string): Promise<void> {
    const alongside = () => forget(client, state, migration)
    await withTelemetry(client, { root, migration, direction: 'down', alongside }, async (watched) => {
        await watched.query('begin')
        try {
            await watched.query(sql)
            await watched.query('commit')
        } catch (error) {
            await watched.query('rollback')
            throw migrationProblem(error, `the down of ${migration.file}`, sql, true)
        }
    })
}

/** Says of migrations outside a transaction, which a person has put in order, that they are over. */
export async function settle(url: string, options: MigrateOptions = {}): Promise<string[]> {
    const { root = packageRoot } = options
    return withClient(url, (client) =>
        locked(client, options, async () => {
            const state = await readState(client, moduleNames(root))
            await closeUnfinished(client, state.unfinished, 'settled by hand')
            return state.unfinished.map(({ name }) => name)
        }),
    )
}

/** graphile-migrate's record is written after dbmate's, once `prove` found the database equal to the package. */
export async function adopt(
    url: string,
    prove: (upTo: string) => Promise<void>,
    options: MigrateOptions = {},
): Promise<string[]> {
    const { root = packageRoot } = options
    return withClient(url, (client) =>
        locked(client, options, async () => {
            const history = readHistory(root)
            const { dbmate } = await readState(client, moduleNames(root))
            const last = dbmate?.versions.at(-1)
            const taken = history.filter(({ version }) => last !== undefined && version <= last)
            if (!dbmate || taken.length === 0) {
                throw new Problem('There is nothing to adopt: dbmate has migrated nothing here.')
            }
            if (dbmate.versions.join() !== taken.map(({ version }) => version).join()) {
                throw new Problem(
                    `dbmate's record (${dbmate.versions.join(', ')}) is not the beginning of this package's history.`,
                    'Use the package it was migrated with.',
                )
            }
            await prove(last ?? '')
            await createBookkeeping(client, await graphileSettings(url, root))
            await client.query('begin')
            try {
                await client.query('delete from graphile_migrate.migrations')
                for (const { hash, previous, recorded } of taken) {
                    await client.query(sqlFile('record-migration.sql'), [hash, previous, recorded])
                }
                await client.query('commit')
            } catch (error) {
                await client.query('rollback')
                throw error
            }
            return taken.map(({ file }) => file)
        }),
    )
}

async function examine(client: Client, root: string): Promise<{ state: State; history: Migration[] }> {
    const history = readHistory(root)
    const state = await readState(client, moduleNames(root))
    requireSound(state, history)
    return { state, history }
}

function planOf(
    state: State,
    history: readonly Migration[],
    root: string,
    committedOnly = false,
): { pending: Migration[]; current: boolean } {
    const done = new Set(state.recorded?.map(({ filename }: Recorded) => filename))
    return {
        pending: history.filter(({ recorded }) => !done.has(recorded)),
        current: !committedOnly && !state.production && !isBlank(readCurrent(root)),
    }
}

function position(to: string, applied: readonly Migration[]): number {
    const version = to.padStart(6, '0')
    if (version === '000000') return 0
    const index = applied.findIndex((migration) => migration.version === version)
    if (index < 0) {
        throw new Problem(
            `Cannot go down to ${version}: this database has not been there.`,
            `It has run ${applied.map((migration) => migration.version).join(', ') || 'nothing'}.`,
        )
    }
    return index + 1
}

async function recordForDbmate(client: Client, state: State, migration: Migration): Promise<void> {
    if (state.dbmate) {
        await client.query(`insert into ${state.dbmate.table} (version) values ($1)`, [migration.version])
    }
}

async function forget(client: Client, state: State, migration: Migration): Promise<void> {
    await client.query('delete from graphile_migrate.migrations where hash = $1', [migration.hash])
    if (state.dbmate) {
        await client.query(`delete from ${state.dbmate.table} where version = $1`, [migration.version])
    }
}
