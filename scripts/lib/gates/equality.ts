// Gate over databases: folders, migrations and dbmate's files make the same one, and every down leads back.

import { applyPrerequisites, buildFromFolders } from '../build.ts'
import { type Catalog, catalog, type Difference, describe, diff } from '../catalog.ts'
import { dbmateFolder, runDbmate } from '../dbmate.ts'
import { downFolder } from '../downs.ts'
import { type Migration, readHistory } from '../history.ts'
import { down, migrate } from '../migrations.ts'
import { migrationsUpTo } from '../partial-history.ts'
import { withScratch } from '../scratch.ts'
import type { Finding } from './finding.ts'

/** Whether migrations make what the folders describe. */
export async function buildEquality(serverUrl: string, root: string): Promise<Finding[]> {
    const folders = await built(serverUrl, root, (url) => buildFromFolders(url, root))
    const migrations = await built(serverUrl, root, async (url) => void (await migrate(url, { root })))
    return diff(folders, migrations).map((difference) => buildFinding(difference))
}

/** Whether dbmate's binary alone makes what graphile-migrate makes, and takes it all back. */
export async function runnerEquality(serverUrl: string, root: string): Promise<Finding[]> {
    const graphile = await built(
        serverUrl,
        root,
        async (url) => void (await migrate(url, { root, committedOnly: true })),
    )
    return withScratch(serverUrl, async (url) => {
        await applyPrerequisites(url, root)
        const empty = await catalog(url, root)
        const count = readHistory(root).length
        await runDbmate(url, 'migrate', root)
        const differences = diff(graphile, await catalog(url, root, { rows: true }))
        for (let index = 0; index < count; index += 1) await runDbmate(url, 'rollback', root)
        const left = diff(empty, await catalog(url, root))
        return [
            ...differences.map((entry) => dbmateFinding(entry, 'graphile-migrate', 'dbmate')),
            ...left.map((entry) =>
                dbmateFinding(entry, 'an empty database', 'one that dbmate has rolled back'),
            ),
        ]
    })
}

/** Whether each migration, taken back, leaves what was there before it, and can be applied again. */
export async function upDownUp(serverUrl: string, root: string): Promise<Finding[]> {
    const history = readHistory(root)
    return withScratch(serverUrl, async (url) => {
        await applyPrerequisites(url, root)
        const before: Catalog[] = [await catalog(url, root, { rows: true })]
        for (const migration of history) {
            await migrationsUpTo(root, migration.version, (copy) =>
                migrate(url, { root: copy, committedOnly: true }),
            )
            before.push(await catalog(url, root, { rows: true }))
        }
        for (const [index, migration] of [...history.entries()].reverse()) {
            const failure = await down(url, { root }).then(
                () => undefined,
                (error: unknown) => error,
            )
            if (failure !== undefined) return [downFailed(migration, failure)]
            const left = diff(before[index] ?? new Map(), await catalog(url, root, { rows: true }))
            if (left.length > 0) return left.map((entry) => downFinding(migration, entry))
        }
        await migrate(url, { root, committedOnly: true })
        const again = diff(before.at(-1) ?? new Map(), await catalog(url, root, { rows: true }))
        return again.map((entry) => downFinding(history.at(-1) as Migration, entry))
    })
}

async function built(
    serverUrl: string,
    root: string,
    build: (url: string) => Promise<void>,
): Promise<Catalog> {
    return withScratch(serverUrl, async (url) => {
        await applyPrerequisites(url, root)
        await build(url)
        return catalog(url, root, { rows: true })
    })
}

function buildFinding(difference: Difference): Finding {
    const { object, file, left, right } = difference
    if (left === undefined) {
        return {
            file,
            problem: `${object} is made by the migrations, but not by the folders`,
            advice: 'describe it here, or drop it in migrations/current.sql',
        }
    }
    if (right === undefined) {
        return {
            file,
            problem: `${object} is made by the folders, but by no migration`,
            advice: 'add it to migrations/current.sql',
        }
    }
    return {
        file,
        problem: withoutFile(describe(difference, 'the folders', 'the migrations')),
        advice: 'say in migrations/current.sql how a database gets there',
    }
}

function dbmateFinding(difference: Difference, left: string, right: string): Finding {
    return {
        file: `${dbmateFolder}`,
        problem: withoutFile(describe(difference, left, right)),
        advice: `look at what says so in ${difference.file}: only plain, fully named SQL behaves the same in both`,
    }
}

function downFinding(migration: Migration, difference: Difference): Finding {
    return {
        file: `${downFolder}/${migration.file}`,
        problem: `does not lead back: ${withoutFile(describe(difference, 'before', 'after up and down'))}`,
        advice: `take back there what ${migration.path} does`,
    }
}

function downFailed(migration: Migration, failure: unknown): Finding {
    return {
        file: `${downFolder}/${migration.file}`,
        problem: `does not run: ${failure instanceof Error ? failure.message : String(failure)}`,
        advice: `take back there what ${migration.path} does`,
    }
}

function withoutFile(description: string): string {
    return description.replace(/^\S+: /, '')
}
