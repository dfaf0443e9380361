// The reference seeds: running them again changes nothing, puts right what drifted, and leaves what people set.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOneself, asOwner } from '../../scripts/lib/build.ts'
import { type Client, connect, runFile } from '../../scripts/lib/db.ts'
import { buildFiles } from '../../scripts/lib/modules.ts'
import { inPackage, root } from '../../scripts/lib/paths.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

const seedFiles = buildFiles(root)
    .filter(({ kind }) => kind === 'seed')
    .map(({ path }) => path)

let database: TestDatabase
let client: Client

beforeAll(async () => {
    database = await freshDatabase()
    client = await connect(database.url)
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

/** Runs seed files as a migration would. */
async function seed(files: string[]): Promise<void> {
    await client.query('begin')
    await client.query(asOwner)
    for (const file of files) await runFile(client, inPackage(file))
    await client.query(asOneself)
    await client.query('commit')
}

/** Every row of every table of the modules, by table. */
async function rows(): Promise<Record<string, unknown[]>> {
    const { rows: tables } = await client.query<{ name: string }>(
        `select c.oid::regclass::text as name
        from pg_class c
        join core.platform_modules m on m.module = c.relnamespace::regnamespace::text
        where c.relkind = 'r' and not c.relispartition -- nor the log, where putting right leaves its trace
        order by 1`,
    )
    const found: Record<string, unknown[]> = {}
    for (const { name } of tables) {
        const { rows: held } = await client.query({
            text: `select to_jsonb(t)::text from ${name} t order by 1`,
            rowMode: 'array',
        })
        found[name] = held.flat()
    }
    return found
}

const value = async (query: string): Promise<unknown> =>
    (await client.query({ text: query, rowMode: 'array' })).rows[0]?.[0]

test('there are seeds, and they filled the catalogs', async () => {
    expect(seedFiles.length).toBeGreaterThan(0)
    const held = await rows()
    for (const table of [
        'core.error_codes',
        'core.permissions',
        'core.role_templates',
        'ops.column_classes',
        'ops.jobs',
    ]) {
        expect(held[table], table).not.toEqual([])
    }
})

describe('run again', () => {
    test.each(seedFiles)('%s changes nothing', async (file) => {
        const before = await rows()
        await seed([file])
        expect(await rows()).toEqual(before)
    })

    test('all of them, twice, change nothing', async () => {
        const before = await rows()
        await seed([...seedFiles, ...seedFiles])
        expect(await rows()).toEqual(before)
    })

    test('they put right what drifted', async () => {
        const before = await rows()
        await client.query(`
            update core.error_codes set message = 'no', hint = 'no', code = 'EL999' where name = 'not_signed_in';
            update core.platform_modules set version = '9.9.9', always_on = false where module = 'ops';
            update core.permissions set inherits = not inherits, levels = '{0}' where key = 'member.read';
            update core.setting_definitions set default_value = 'false' where key = 'members.may_request';
            delete from core.role_template_permissions where role = 'admin';
            insert into core.role_template_permissions (role, permission) values ('member', 'scope.manage');
            update ops.column_classes set pii = 'none', audit = 'clear' where column_name = 'display_name';
            delete from ops.column_classes where table_name = 'ops.outbox';
            update ops.jobs set schedule = 'every 9 minutes' where name = 'forget_requests';
        `)
        expect(await rows()).not.toEqual(before)
        await seed(seedFiles)
        expect(await rows()).toEqual(before)
    })

    test('they leave what the installation has set', async () => {
        await client.query(`
            update core.platform_config set value = '"production"' where key = 'environment';
            update core.platform_config set value = '"service"' where key = 'organizations.founded_by';
            update ops.jobs set enabled = false, last_outcome = '7' where name = 'forget_requests';
            insert into core.tiers (key, name, position) values ('ROYAL', 'Royal', 9);
            insert into core.tier_limits (tier, resource, amount) values ('ROYAL', 'projects', 3);
        `)
        const before = await rows()
        await seed(seedFiles)
        expect(await rows()).toEqual(before)
        expect(await value(`select value from core.platform_config where key = 'environment'`)).toBe(
            'production',
        )
    })

    test('they do not change the roles that organizations have by now', async () => {
        await client.query(`
            insert into core.organizations (slug, name) values ('river', 'River');
            delete from core.role_permissions rp using core.roles r
            where r.id = rp.role_id and r.key = 'admin' and rp.permission = 'theme.manage';
        `)
        const before = await rows()
        await seed(seedFiles)
        expect(await rows()).toEqual(before)
    })
})
