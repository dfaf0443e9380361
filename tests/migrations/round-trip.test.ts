// A database that holds rows goes from migration N to N+1, to N+2, and back: every row is what it was.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalog, diff } from '../../scripts/lib/catalog.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { runDbmate } from '../../scripts/lib/dbmate.ts'
import { buildEquality, runnerEquality, upDownUp } from '../../scripts/lib/gates/equality.ts'
import { line } from '../../scripts/lib/gates/finding.ts'
import { migrationFileFindings } from '../../scripts/lib/gates/migration-files.ts'
import { down, migrate } from '../../scripts/lib/migrations.ts'
import { migrationsUpTo } from '../../scripts/lib/partial-history.ts'
import { withScratch } from '../../scripts/lib/scratch.ts'
import { adminUrl } from '../support/database.ts'
import { commitNext } from './next.ts'
import { type PackageCopy, squashedPackage } from './package-copy.ts'

/** A table of the first migration that the later ones change. */
function plantGuests(copy: PackageCopy): void {
    copy.order('core', 'guests')
    copy.write(
        'schema/core/guests.sql',
        `-- Guests, for a test.

create table core.guests (
    id uuid not null default core.new_id(),
    name text not null,
    bio text not null default '',
    updated_at timestamptz not null default now(),
    constraint guests_pkey primary key (id),
    constraint guests_bio_check check (length(bio) <= 5000)
);

create trigger _020_touch
before update on core.guests
for each row execute function core.tg__touch();

comment on column core.guests.bio is 'A few words.';
`,
    )
    copy.write(
        'policies/core/guests.sql',
        `-- Guests see guests.

alter table core.guests enable row level security;
create policy read_guest on core.guests for select to authenticated using (true);
grant select (id, name, bio) on core.guests to authenticated;
`,
    )
    copy.write('functions/core/guest_name.sql', guestName('guest', 'anon'))
}

function guestName(argument: string, role: string): string {
    return `-- The name of a guest.

create or replace function core.guest_name(${argument} uuid)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select g.name from core.guests g where g.id = ${argument}
$$;

comment on function core.guest_name(uuid) is 'The name of a guest, by ${argument}.';

grant execute on function core.guest_name(uuid) to ${role};
`
}

let copy: PackageCopy
beforeAll(async () => {
    copy = await squashedPackage(plantGuests)

    // A column with a backfill, a function with another signature and other grants, a new one, another policy.
    copy.edit('schema/core/guests.sql', '    bio text', '    nickname text,\n    bio text')
    copy.append('schema/core/guests.sql', "comment on column core.guests.nickname is 'What friends say.';\n")
    copy.write('functions/core/guest_name.sql', guestName('guest_id', 'authenticated'))
    copy.append('functions/core/me.sql', '\n-- edited: the same in other words\n')
    copy.write(
        'functions/core/nickname_of.sql',
        guestName('guest', 'authenticated').replaceAll('guest_name', 'nickname_of'),
    )
    copy.append(
        'policies/core/guests.sql',
        'create policy read_nicknamed on core.guests for select to anon using (nickname is not null);\n' +
            'grant select (id, nickname) on core.guests to anon;\n',
    )
    await commitNext(
        copy,
        'nicknames',
        `drop function core.guest_name(uuid);
alter table core.guests add column nickname text;
comment on column core.guests.nickname is 'What friends say.';
-- Nobody changed anything of theirs: updated_at stays.
alter table core.guests disable trigger user;
update core.guests set nickname = left(name, 3);
alter table core.guests enable trigger user;`,
        'alter table core.guests drop column nickname;',
    )

    // A contract step: what it drops is kept, so that its down can bring it back.
    copy.order('ops', 'archived_bios')
    copy.write(
        'schema/ops/archived_bios.sql',
        `-- Bios that went with migration 3, for its down.

create table ops.archived_bios (
    guest_id uuid not null,
    bio text not null,
    constraint archived_bios_pkey primary key (guest_id)
);
`,
    )
    copy.edit('schema/core/guests.sql', "    bio text not null default '',\n", '')
    copy.edit('schema/core/guests.sql', ',\n    constraint guests_bio_check check (length(bio) <= 5000)', '')
    copy.edit('schema/core/guests.sql', "comment on column core.guests.bio is 'A few words.';\n", '')
    copy.edit('policies/core/guests.sql', '(id, name, bio)', '(id, name)')
    await commitNext(
        copy,
        'bios-go',
        `--!include schema/ops/archived_bios.sql
insert into ops.archived_bios select id, bio from core.guests;
alter table core.guests drop column bio;`,
        `alter table core.guests add column bio text not null default '';
comment on column core.guests.bio is 'A few words.';
alter table core.guests disable trigger user;
update core.guests g set bio = a.bio from ops.archived_bios a where a.guest_id = g.id;
alter table core.guests enable trigger user;
alter table core.guests add constraint guests_bio_check check (length(bio) <= 5000);
drop table ops.archived_bios;`,
    )
})
afterAll(() => copy.dispose())

/** Rows to lose: people, organizations with all that is founded with them, memberships, settings. */
async function fill(url: string): Promise<void> {
    await withClient(url, async (client) => {
        await client.query(`
            insert into core.guests (name, bio, updated_at)
            select 'Guest ' || n, repeat('word ', n % 7), now() - n * interval '1 hour'
            from generate_series(1, 300) n`)
        await client.query(`
            insert into core.people (handle, display_name)
            select 'person_' || n, 'Person ' || n from generate_series(1, 300) n`)
        await client.query(`
            insert into core.organizations (slug, name)
            select 'organization-' || n, 'Organization ' || n from generate_series(1, 5) n`)
        await client.query(`
            insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, joined_at)
            select s.tenant_id, s.id, s.level, s.project_id, p.id, 'active', now()
            from core.scopes s cross join core.people p`)
    })
}

/** Table → a digest of all its rows, every column by its name. */
async function digests(url: string): Promise<Map<string, string>> {
    return withClient(url, async (client) => {
        const { rows: tables } = await client.query<{ name: string }>(`
            select c.oid::regclass::text as name from pg_class c
            where c.relkind = 'r' and c.relnamespace in ('core'::regnamespace, 'ops'::regnamespace)
                and c.relname <> 'migration_telemetry'
            order by 1`)
        const found = new Map<string, string>()
        for (const { name } of tables) {
            const { rows } = await client.query<{ digest: string }>(
                `select count(*) || ' ' || coalesce(md5(string_agg(r, chr(10) order by r)), '') as digest
                from (select to_jsonb(t)::text as r from ${name} t) x`,
            )
            found.set(name, rows[0]?.digest ?? '')
        }
        return found
    })
}

test('every row is what it was, with graphile-migrate', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrationsUpTo(copy.root, '000001', (first) =>
            migrate(url, { root: first, committedOnly: true }),
        )
        await fill(url)
        const before = { rows: await digests(url), catalog: await catalog(url, copy.root) }
        expect(before.rows.get('core.guests')).toMatch(/^300 /)
        expect(before.rows.get('core.memberships')).toMatch(/^1500 /)

        expect((await migrate(url, { root: copy.root })).migrations).toEqual([
            '000002-nicknames.sql',
            '000003-bios-go.sql',
        ])
        const after = await digests(url)
        expect(after.get('core.guests')).not.toBe(before.rows.get('core.guests'))
        expect(after.get('core.memberships')).toBe(before.rows.get('core.memberships'))
        expect(after.get('ops.archived_bios')).toMatch(/^300 /)

        expect(await down(url, { root: copy.root, to: '1' })).toEqual([
            '000003-bios-go.sql',
            '000002-nicknames.sql',
        ])
        expect(diff(before.catalog, await catalog(url, copy.root))).toEqual([])
        expect(await digests(url)).toEqual(before.rows)
    })
})

test('and with dbmate alone', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrationsUpTo(copy.root, '000001', (first) =>
            migrate(url, { root: first, committedOnly: true }),
        )
        await withClient(url, async (client) => {
            await client.query('create table public.schema_migrations (version varchar primary key)')
            await client.query("insert into public.schema_migrations values ('000001')")
        })
        await fill(url)
        const before = { rows: await digests(url), catalog: await catalog(url, copy.root) }
        await runDbmate(url, 'migrate', copy.root)
        await runDbmate(url, 'rollback', copy.root)
        await runDbmate(url, 'rollback', copy.root)
        expect(diff(before.catalog, await catalog(url, copy.root))).toEqual([])
        expect(await digests(url)).toEqual(before.rows)
    })
})

test('the gates are content with it', async () => {
    expect(migrationFileFindings(copy.root).map(line)).toEqual([])
    expect((await buildEquality(adminUrl(), copy.root)).map(line)).toEqual([])
    expect((await upDownUp(adminUrl(), copy.root)).map(line)).toEqual([])
    expect((await runnerEquality(adminUrl(), copy.root)).map(line)).toEqual([])
}, 240_000)
