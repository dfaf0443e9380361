// A migration is no tampering: before, after, and after it was taken back, logs are whole and go on.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { down, migrate } from '../../scripts/lib/migrations.ts'
import { migrationsUpTo } from '../../scripts/lib/partial-history.ts'
import { withScratch } from '../../scripts/lib/scratch.ts'
import { commitNext } from '../migrations/next.ts'
import { type PackageCopy, squashedPackage } from '../migrations/package-copy.ts'
import { adminUrl } from '../support/database.ts'
import { findings, makeWorld, platform, sealAll, value } from './log.ts'

let copy: PackageCopy

beforeAll(async () => {
    copy = await squashedPackage()
    // A column more, another one gone from the log's sight, a function of the log edited, a table more.
    copy.edit('schema/core/people.sql', '    bio text', '    nickname text,\n    bio text')
    copy.append('schema/core/people.sql', "comment on column core.people.nickname is 'What friends say.';\n")
    copy.edit('seeds/reference/050_registry.sql', 'handle, display_name,', 'handle, display_name, nickname,')
    copy.append('functions/audit/seal.sql', '\n-- edited: the same in other words\n')
    copy.edit('functions/audit/seal.sql', '-- A batch ends', '-- Each batch ends')
    copy.order('core', 'guests')
    copy.write(
        'schema/core/guests.sql',
        `-- Guests, for a test.

create table core.guests (
    id uuid not null default core.new_id(),
    name text not null,
    constraint guests_pkey primary key (id)
);

comment on table core.guests is 'Guests.';
`,
    )
    copy.write(
        'policies/core/guests.sql',
        '-- Nobody sees guests.\n\nalter table core.guests enable row level security;\n',
    )
    copy.append(
        'seeds/reference/050_registry.sql',
        `
select ops._register_table(
    'core.guests', 'global', 'account',
    clear => '{id}',
    personal => '{name}'
);
`,
    )
    await commitNext(
        copy,
        'nicknames',
        `--!include schema/core/guests.sql
insert into core.guests (name) values ('Gus');
alter table core.people add column nickname text;
comment on column core.people.nickname is 'What friends say.';
update core.people set nickname = left(display_name, 3);`,
        `alter table core.people drop column nickname;
drop table core.guests;
drop function audit.tg_core_guests__capture();
delete from ops.table_classes where table_name = 'core.guests';`,
    )
})

afterAll(() => copy.dispose())

test('verification is empty before, after, and after the down', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrationsUpTo(copy.root, '000001', (first) =>
            migrate(url, { root: first, committedOnly: true }),
        )
        const { cleo } = await makeWorld(url)
        await withClient(url, async (client) => {
            expect(await findings(client)).toEqual([])
            await migrate(url, { root: copy.root })
            expect(await findings(client)).toEqual([])
            await sealAll(client)
            expect(await findings(client)).toEqual([])
            const guests = await client.query(
                `select operation::text, personal from audit.changes where table_name = 'core.guests' order by seq`,
            )
            expect(guests.rows).toEqual([{ operation: 'S', personal: '{"name":"Gus"}' }])

            await client.query(`update core.people set nickname = 'Cle' where id = $1`, [cleo])
            await client.query(`update core.guests set name = 'Gustav'`)
            await sealAll(client)
            expect(await findings(client)).toEqual([])
            expect(
                await value(client, `select audit.as_of($1, 'core.people', $2, now()) ->> 'nickname'`, [
                    platform,
                    { id: cleo },
                ]),
            ).toBe('Cle')

            await down(url, { root: copy.root, to: '1' })
            expect(await findings(client)).toEqual([])
            await client.query(`update core.people set bio = 'After' where id = $1`, [cleo])
            await sealAll(client)
            expect(await findings(client)).toEqual([])
        })
    })
})
