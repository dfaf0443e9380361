// The oracle itself is tried: it notices faults that are planted in the database, and says where.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, connect } from '../../scripts/lib/db.ts'
import { moduleNames } from '../../scripts/lib/modules.ts'
import { compareWorld, loadModules } from '../../scripts/lib/oracle/engine.ts'
import type { OracleModule } from '../../scripts/lib/oracle/module.ts'
import { root } from '../../scripts/lib/paths.ts'
import { sqlFile } from '../../scripts/lib/sql-file.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase
let client: Client
let modules: OracleModule[]

beforeAll(async () => {
    database = await freshDatabase()
    client = await connect(database.url)
    await client.query(sqlFile('oracle/attempt.sql'))
    modules = await loadModules()
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

/** A world in which each of these shows, unless one has a world of its own. */
const seed = 6

interface Fault {
    fault: string
    plant: string
    names: string
    seed?: number
}

const faults: Fault[] = [
    {
        fault: 'a policy that lets everybody in',
        plant: 'alter policy read_manager on core.settings using (true)',
        names: 'core.settings',
    },
    {
        fault: 'a policy that lets nobody in',
        plant: 'alter policy read_fellow on core.memberships using (false)',
        names: 'core.memberships',
    },
    {
        fault: 'a permission that no longer reaches down',
        plant: `create or replace function core.scopes_with(permission text) returns setof uuid
            language sql stable set search_path = pg_catalog, pg_temp as $$ select unnest(core.granted(permission, 2)) $$`,
        names: 'core.scopes_with()',
    },
    {
        fault: 'a table that may be read without a policy',
        plant: 'grant select on core.person_secrets to authenticated',
        names: 'core.person_secrets',
    },
    {
        fault: 'a table without a rule',
        plant: 'create table core.forgotten (id uuid primary key)',
        names: 'core.forgotten has no rule',
    },
    {
        fault: 'a grant that is missing',
        plant: 'revoke select on core.scopes from anon',
        names: 'permission denied for table scopes',
    },
    {
        fault: 'figures that nobody may read as they are',
        plant: 'grant select on insights.platform_insights to authenticated',
        names: 'may read insights.platform_insights',
    },
    {
        fault: 'figures for whoever asks',
        plant: `create or replace function insights._require_node(scope_id uuid, levels smallint[]) returns void
            language plpgsql stable set search_path = pg_catalog, pg_temp as $$ begin end $$`,
        names: 'insights.community_insights()',
    },
    {
        fault: 'a group that is told of though somebody took back consent',
        plant: 'update insights.groups set withheld_at = null, ends_at = null',
        names: 'may be told of or not: now',
        seed: 40,
    },
]

test.each(faults)('the oracle notices $fault', async ({ plant, names, seed: own = seed }) => {
    const { differences } = await compareWorld(client, modules, moduleNames(root), own, () =>
        client.query(plant),
    )
    expect(differences.map(({ what }) => what).join('\n')).toContain(names)
})
