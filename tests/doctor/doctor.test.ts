// The doctor finds what is wrong with a database, and says what to do.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { examine } from '../../scripts/lib/doctor.ts'
import { seedDemo } from '../../scripts/lib/seeds.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
    database = await freshDatabase()
    await seedDemo(database.url)
    // What its template was built with may have waited for long.
    await sql('select audit.seal()')
})

afterAll(() => database.drop())

const sql = (text: string) => withClient(database.url, (client) => client.query(text))

async function wrong(): Promise<string[]> {
    const findings = await examine(database.url)
    // Test databases are built from the folders, without a record of migrations.
    return findings
        .filter(({ level, name }) => level === 'wrong' && name !== 'migrations')
        .map(({ name }) => name)
}

test('a database that is well has nothing wrong', async () => {
    expect(await wrong()).toEqual([])
})

test('every count that has a verify function is recounted', async () => {
    const names = (await examine(database.url)).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['core.verify_owners()', 'core.verify_seats()']))
})

test.each<[what: string, name: string, harm: string, repair: string]>([
    [
        'a wrong count of owners',
        'core.verify_owners()',
        'update core.owner_counts set owners = owners + 1',
        'update core.owner_counts set owners = owners - 1',
    ],
    [
        'a table without row security',
        'row security',
        'alter table core.people disable row level security',
        'alter table core.people enable row level security',
    ],
    [
        'a trigger that is switched off',
        'triggers',
        'alter table core.memberships disable trigger _100_count_owners',
        'alter table core.memberships enable trigger _100_count_owners',
    ],
    [
        'a function that everybody may call',
        'public execute',
        'grant execute on function core._require_me() to public',
        'revoke execute on function core._require_me() from public',
    ],
    [
        'an object of somebody else',
        'owner',
        'create table core.stray (); alter table core.stray enable row level security',
        'drop table core.stray',
    ],
    [
        'counters that nobody forgets',
        'rate counters',
        "insert into core.rate_counters (bucket, minute, hits) values ('old', date_trunc('minute', now()) - interval '2 hours', 1)",
        'delete from core.rate_counters',
    ],
    [
        'a job that has not run for long',
        'job forget_requests',
        "update ops.jobs set last_run_at = now() - interval '1 day'",
        'update ops.jobs set last_run_at = now()',
    ],
])('%s is found', async (_what, name, harm, repair) => {
    await sql(harm)
    const found = (await examine(database.url)).find((each) => each.name === name)
    await sql(repair)
    expect(found).toMatchObject({ level: 'wrong', advice: expect.stringMatching(/\S/) })
    expect(await wrong()).toEqual([])
})

test.each([
    ['alter role empathy_owner bypassrls', 'role empathy_owner', 'goes past every policy'],
    ['alter role anon login', 'role anon', 'can log in'],
    [
        'alter role authenticator inherit',
        'role authenticator',
        'has the rights of its roles without becoming one',
    ],
    ['grant empathy_owner to authenticator', 'role authenticator', 'may become empathy_owner'],
    ['alter role service_role createrole', 'role service_role', 'may create roles'],
])('after "%s" the %s %s', async (harm, name, finding) => {
    await withClient(database.url, async (client) => {
        // Roles belong to the whole server: nobody else is to see this.
        await client.query('begin')
        await client.query(harm)
        const { rows } = await client.query('select level, finding from ops.health() where name = $1', [name])
        await client.query('rollback')
        expect(rows).toEqual([{ level: 'wrong', finding }])
    })
})

test('a database without migrations is told to migrate', async () => {
    const found = (await examine(database.url)).find(({ name }) => name === 'migrations')
    expect(found?.level).toBe('wrong')
})
