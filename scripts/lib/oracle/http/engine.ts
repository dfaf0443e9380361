// The oracle through the API: random worlds that stay, each in a database of its own, on which an API answers.

import { setTimeout as wait } from 'node:timers/promises'
import { withClient } from '../../db.ts'
import { moduleNames } from '../../modules.ts'
import { root } from '../../paths.ts'
import { sqlFile } from '../../sql-file.ts'
import { loadModules, makeWorld, note, type OracleReport, type Plan } from '../engine.ts'
import { Facts } from '../facts.ts'
import type { OracleModule } from '../module.ts'
import { Random } from '../random.ts'
import type { Ask } from './caller.ts'
import { type Collection, collectionsOf } from './collections.ts'
import { HttpComparison } from './compare.ts'

/** A database of one's own, without a world yet, and an API on it. */
export interface Place {
    databaseUrl: string
    ask: Ask
    close(): Promise<void>
}

export interface ApiReport extends OracleReport {
    /** How many tables were asked for. */
    tables: number
}

/** Each table is asked for by so many in each world. */
const askers = 8

/** What begins or ends around the beginning of a world does so within a second of it; the next does on another day. */
const unsettled = 1_500

/** World after world, until there were enough comparisons. */
export async function consultApi(
    { seed, comparisons }: Pick<Plan, 'seed' | 'comparisons'>,
    open: () => Promise<Place>,
): Promise<ApiReport> {
    const report: ApiReport = { seed, worlds: 0, comparisons: 0, tables: 0, counts: {}, differences: [] }
    const modules = await loadModules()
    let collections: Map<string, Collection> | undefined
    while (report.comparisons < comparisons) {
        const here = seed + report.worlds
        const { databaseUrl, ask, close } = await open()
        try {
            const facts = await settleWorld(databaseUrl, modules, here)
            collections ??= await collectionsOf(databaseUrl)
            const comparison = new HttpComparison(ask, facts, modules, collections)
            await comparison.sample(new Random(here), askers)
            note(report, comparison, here)
            report.tables = comparison.tables.length
            report.worlds += 1
        } finally {
            await close()
        }
    }
    return report
}

/** Puts a world into a database, and answers what is there once nothing is about to change. */
export async function settleWorld(url: string, modules: OracleModule[], seed: number): Promise<Facts> {
    return withClient(url, async (client) => {
        await client.query('begin')
        const world = await makeWorld(client, modules, seed)
        await client.query(sqlFile('oracle/know-api-keys.sql'))
        await client.query('commit')
        await wait(unsettled)
        return Facts.read(client, moduleNames(root), world)
    })
}
