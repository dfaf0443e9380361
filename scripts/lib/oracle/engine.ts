// The access oracle: random worlds, in which the database and an independent model have to agree on who may do what
// and who sees which row.

import { existsSync } from 'node:fs'
import { type Client, withClient } from '../db.ts'
import { moduleNames } from '../modules.ts'
import { inPackage, root } from '../paths.ts'
import { sqlFile } from '../sql-file.ts'
import { Comparison, type Difference } from './compare.ts'
import { Facts } from './facts.ts'
import type { OracleModule } from './module.ts'
import { Random } from './random.ts'
import { World } from './world.ts'
import { directWrites } from './writes.ts'

export interface Plan {
    /** The first world has this seed, each further one the next. */
    seed: number
    /** At least so many worlds … */
    worlds: number
    /** … and at least so many comparisons. */
    comparisons: number
    /** Begin no world later than this, in milliseconds. */
    patience?: number
}

export interface OracleReport {
    seed: number
    worlds: number
    comparisons: number
    counts: Record<string, number>
    differences: (Difference & { seed: number })[]
}

/** `url` is a database built from the folders, as a superuser or the owner's member; it is left as it was. */
export async function consult(
    url: string,
    plan: Plan,
    told: (seed: number, comparisons: number) => void = () => undefined,
): Promise<OracleReport> {
    const modules = await loadModules()
    const names = moduleNames(root)
    const report: OracleReport = { seed: plan.seed, worlds: 0, comparisons: 0, counts: {}, differences: [] }
    const deadline = performance.now() + (plan.patience ?? Number.POSITIVE_INFINITY)
    await withClient(url, async (client) => {
        await client.query(sqlFile('oracle/attempt.sql'))
        await undone(client, async () => {
            const { attempts, differences } = await directWrites(client, names, modules)
            note(report, { counts: new Map([['writes', attempts]]), differences }, plan.seed)
        })
        while (
            (report.worlds < plan.worlds || report.comparisons < plan.comparisons) &&
            performance.now() < deadline
        ) {
            const seed = plan.seed + report.worlds
            note(report, await compareWorld(client, modules, names, seed), seed)
            report.worlds += 1
            told(seed, report.comparisons)
        }
    })
    return report
}

/** One world, made, compared and undone. `meddle` may change the database first: to see whether it is noticed. */
export function compareWorld(
    client: Client,
    modules: OracleModule[],
    names: string[],
    seed: number,
    meddle: () => Promise<unknown> = async () => undefined,
): Promise<Comparison> {
    return undone(client, async () => {
        const world = await makeWorld(client, modules, seed)
        await meddle()
        const comparison = new Comparison(client, await Facts.read(client, names, world))
        await comparison.everything(modules)
        return comparison
    })
}

/** In the transaction that is open; for it to stay is up to the caller. */
export async function makeWorld(client: Client, modules: OracleModule[], seed: number): Promise<World> {
    const world = await World.begin(client, new Random(seed))
    for (const module of modules) await module.populate(world)
    return world
}

/** Of each module its part, from the folder of its name. */
export async function loadModules(): Promise<OracleModule[]> {
    const modules: OracleModule[] = []
    for (const name of moduleNames(root)) {
        const path = inPackage(`scripts/lib/oracle/${name}/index.ts`)
        // Without one, each of the module's tables is reported as lacking a rule.
        if (existsSync(path)) modules.push(await import(path))
    }
    return modules
}

async function undone<T>(client: Client, work: () => Promise<T>): Promise<T> {
    await client.query('begin')
    try {
        return await work()
    } finally {
        await client.query('rollback')
    }
}

export function note(
    report: OracleReport,
    { counts, differences }: Pick<Comparison, 'counts' | 'differences'>,
    seed: number,
): void {
    for (const [asked, count] of counts) {
        report.counts[asked] = (report.counts[asked] ?? 0) + count
        report.comparisons += count
    }
    report.differences.push(...differences.map((difference) => ({ ...difference, seed })))
}
