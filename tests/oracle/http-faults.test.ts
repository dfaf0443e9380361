// The oracle over HTTP is tried: it notices faults that are planted in the database or on the way to the API.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { loadModules } from '../../scripts/lib/oracle/engine.ts'
import type { Facts } from '../../scripts/lib/oracle/facts.ts'
import type { Ask } from '../../scripts/lib/oracle/http/caller.ts'
import { type Collection, collectionsOf } from '../../scripts/lib/oracle/http/collections.ts'
import { HttpComparison } from '../../scripts/lib/oracle/http/compare.ts'
import { type Place, settleWorld } from '../../scripts/lib/oracle/http/engine.ts'
import type { OracleModule } from '../../scripts/lib/oracle/module.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import { openPlace } from '../support/place.ts'

/** A world in which each of these shows. */
const seed = 9

let place: Place
let modules: OracleModule[]
let facts: Facts
let collections: Map<string, Collection>

beforeAll(async () => {
    place = await openPlace()
    modules = await loadModules()
    facts = await settleWorld(place.databaseUrl, modules, seed)
    collections = await collectionsOf(place.databaseUrl)
})

afterAll(() => place.close())

/** Of which table is asked, and what the differences have to name. */
interface Fault {
    fault: string
    plant?: string
    way?: (ask: Ask) => Ask
    table: string
    names: string
}

const faults: Fault[] = [
    {
        fault: 'a policy that lets everybody in',
        plant: 'alter policy read_manager on core.settings using (true)',
        table: 'core.settings',
        names: 'core.settings by HTTP (settings)',
    },
    {
        fault: 'a policy that lets everybody look it up',
        plant: 'alter policy read_known on core.people using (true)',
        table: 'core.people',
        names: 'core.people by HTTP (person)',
    },
    {
        // By the policy that was planted last.
        fault: 'a relation that leads to what is hidden',
        table: 'content.reactions',
        names: 'core.people by HTTP (reaction.person)',
    },
    {
        fault: 'a policy that lets nobody in',
        plant: 'alter policy read_self on core.identities using (false)',
        table: 'core.identities',
        names: 'core.identities by HTTP (identity)',
    },
    {
        fault: 'a grant that is missing',
        plant: 'revoke select on core.projects from anon, authenticated',
        table: 'core.projects',
        names: 'core.projects by HTTP (projects): answers 42501',
    },
    {
        fault: 'a token that names somebody else',
        way: (asked) => (viewer, query, variables) =>
            asked({ ...viewer, claims: { person: randomUUID() } }, query, variables),
        table: 'core.memberships',
        names: 'core.memberships by HTTP (memberships)',
    },
    {
        fault: 'a key that should have ended',
        way: (asked) => (viewer, query, variables) => {
            const { person = '' } = viewer.claims
            return asked({ ...viewer, claims: { person } }, query, variables)
        },
        table: 'core.permissions',
        names: 'answers rows; the model says API_KEY_INVALID',
    },
    {
        fault: 'a last page that is never read',
        way: (asked) => async (viewer, query, variables) => {
            const { code, data } = await asked(viewer, query, variables)
            if (data?.all) data.all.pageInfo.hasNextPage = false
            return { code, data }
        },
        table: 'core.role_permissions',
        names: 'core.role_permissions by HTTP (rolePermissions)',
    },
]

test.each(faults)('the oracle notices over HTTP $fault', async ({ plant, way, table, names }) => {
    if (plant) await withClient(place.databaseUrl, (client) => client.query(plant))
    const comparison = new HttpComparison(way ? way(place.ask) : place.ask, facts, modules, collections)
    await comparison.sample(new Random(seed), 30, [table])
    expect(comparison.differences.map(({ what }) => what).join('\n')).toContain(names)
})
