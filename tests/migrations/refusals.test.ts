// What `migrate` and `down` refuse, what they say then, and that nothing is left half done.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { proveEqual } from '../../scripts/lib/adoption.ts'
import { commit } from '../../scripts/lib/author.ts'
import { refuseOnProduction } from '../../scripts/lib/bookkeeping.ts'
import { applyPrerequisites } from '../../scripts/lib/build.ts'
import { catalog, diff } from '../../scripts/lib/catalog.ts'
import { Problem } from '../../scripts/lib/console.ts'
import { connect, withClient } from '../../scripts/lib/db.ts'
import { runDbmate } from '../../scripts/lib/dbmate.ts'
import { draft } from '../../scripts/lib/draft.ts'
import { adopt, down, migrate, settle, status } from '../../scripts/lib/migrations.ts'
import { moduleNames } from '../../scripts/lib/modules.ts'
import { migrationsUpTo } from '../../scripts/lib/partial-history.ts'
import { root } from '../../scripts/lib/paths.ts'
import { createScratch, type Scratch, withScratch } from '../../scripts/lib/scratch.ts'
import { adminUrl } from '../support/database.ts'
import { commitNext } from './next.ts'
import { type PackageCopy, squashedPackage } from './package-copy.ts'

const dropModules = `drop schema ${moduleNames(root).join(', ')} cascade`

const [first, second] = ['000001-foundation.sql', '000002-nicknames.sql']

/** The package with one migration, and with a second one. */
let one: PackageCopy
let two: PackageCopy
let template: Scratch
beforeAll(async () => {
    one = await squashedPackage()
    template = await createScratch(adminUrl())
    await migrate(template.url, { root: one.root })
    two = one.copy()
    await commitNext(
        two,
        'nicknames',
        'alter table core.people add column nickname text;',
        'alter table core.people drop column nickname;',
    )
})
afterAll(async () => {
    await template.drop()
    one.dispose()
    two.dispose()
})

async function refusal(work: Promise<unknown>): Promise<string> {
    const error = await work.then(
        () => new Error('nothing was refused'),
        (thrown: unknown) => thrown,
    )
    if (!(error instanceof Problem)) throw error
    return `${error.message}\n${error.hint}`
}

async function run(url: string, sql: string): Promise<Record<string, unknown>[]> {
    return withClient(url, async (client) => (await client.query(sql)).rows)
}

/** A database at the first migration. */
function atFirst(work: (url: string) => Promise<void>): Promise<void> {
    return withScratch(adminUrl(), work, template.name)
}

describe('a half migrated database is refused', () => {
    test('when schemas are there, and no record', async () => {
        await withScratch(adminUrl(), async (url) => {
            await run(url, 'create schema core')
            expect(await refusal(migrate(url, { root: one.root }))).toMatch(
                /half migrated: schema core exists, but no migration is recorded.*use an empty database/s,
            )
        })
    })

    test('when a record is there, and no schema', async () => {
        await atFirst(async (url) => {
            await run(url, dropModules)
            expect(await refusal(migrate(url, { root: one.root }))).toMatch(
                /half migrated: 1 migrations are recorded, but no schema of ours exists.*Restore it from a backup/s,
            )
        })
    })

    test('when a migration outside a transaction broke off, until it is settled', async () => {
        const copy = one.copy()
        copy.write(
            'migrations/current.sql',
            '--! no-transaction\ncreate index concurrently people_locale_idx on core.people (locale);\n',
        )
        try {
            await atFirst(async (url) => {
                await commit(adminUrl(), 'locale index', copy.root).catch(() => undefined)
                await run(
                    url,
                    `insert into ops.migration_telemetry (name, direction, package_version)
                    values ('000002-locale-index.sql', 'up', '0.1.0')`,
                )
                expect(await refusal(migrate(url, { root: copy.root }))).toMatch(
                    /half migrated: 000002-locale-index\.sql began and never ended.*--settle/s,
                )
                expect(await settle(url, { root: copy.root })).toEqual(['000002-locale-index.sql'])
                expect((await migrate(url, { root: copy.root })).migrations).toEqual([
                    '000002-locale-index.sql',
                ])
            })
        } finally {
            copy.dispose()
        }
    })
})

test('a migration whose runner was killed is run again: its transaction took everything back', async () => {
    await atFirst(async (url) => {
        await run(
            url,
            `insert into ops.migration_telemetry (name, direction, package_version) values ('${second}', 'up', '0.1.0')`,
        )
        expect((await migrate(url, { root: two.root })).migrations).toEqual([second])
        expect(
            await run(
                url,
                `select error from ops.migration_telemetry where name = '${second}' order by started_at`,
            ),
        ).toEqual([{ error: 'interrupted: its transaction was rolled back' }, { error: null }])
    })
})

test('a migration whose runner was killed between its end and the word of it is not run again', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrate(url, { root: two.root })
        await run(url, `update ops.migration_telemetry set finished_at = null where name = '${second}'`)
        expect(await down(url, { root: two.root })).toEqual([second])
        expect(
            await run(
                url,
                `select error from ops.migration_telemetry where finished_at is null or error is not null`,
            ),
        ).toEqual([])
    })
})

test('another application that uses graphile-migrate is left alone', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrate(url, { root: one.root })
        await run(url, "update graphile_migrate.migrations set hash = 'sha1:0'")
        await run(url, dropModules)
        expect(await refusal(migrate(url, { root: one.root }))).toMatch(
            /migrations of another application.*migrations\/dbmate/s,
        )
    })
})

test('a database that ran another text is refused, and the file named', async () => {
    await atFirst(async (url) => {
        await run(url, "update graphile_migrate.migrations set hash = 'sha1:0'")
        expect(await refusal(migrate(url, { root: one.root }))).toMatch(
            /^migrations\/committed\/000001-foundation\.sql: this database ran another text.*make fresh/s,
        )
    })
})

test('a committed file that was edited is refused before anything is met', async () => {
    const copy = one.copy()
    try {
        copy.append(`migrations/committed/${first}`, 'select 1;\n')
        await withScratch(adminUrl(), async (url) => {
            expect(await refusal(migrate(url, { root: copy.root }))).toMatch(
                /^migrations\/committed\/000001-foundation\.sql: was edited after it was committed.*version control/s,
            )
            expect(
                await run(
                    url,
                    "select nspname from pg_namespace where nspname in ('core', 'graphile_migrate')",
                ),
            ).toEqual([])
        })
    } finally {
        copy.dispose()
    }
})

test('a database newer than the package is refused, by migrate and by down', async () => {
    await withScratch(adminUrl(), async (url) => {
        await migrate(url, { root: two.root })
        const said =
            /newer than the package: it is at 000002, the package ends at 000001.*Install the version.*0\.1\.0/s
        expect(await refusal(migrate(url, { root: one.root }))).toMatch(said)
        expect(await refusal(down(url, { root: one.root }))).toMatch(said)
    })
})

test('of ten runners at once one migrates, and the others wait and find nothing to do', async () => {
    await withScratch(adminUrl(), async (url) => {
        const said: string[] = []
        const results = await Promise.all(
            Array.from({ length: 10 }, () =>
                migrate(url, { root: two.root, say: (text) => said.push(text) }),
            ),
        )
        expect(results.filter(({ migrations }) => migrations.length === 2)).toHaveLength(1)
        expect(results.filter(({ migrations }) => migrations.length === 0)).toHaveLength(9)
        expect(said).toContain('another migration is running here: waiting for it')
        expect(await run(url, 'select filename from graphile_migrate.migrations order by 1')).toHaveLength(2)
    })
})

test('a runner that waits too long says for what', async () => {
    await atFirst(async (url) => {
        const other = await connect(url)
        try {
            await other.query('select pg_advisory_lock(4727445306447283)')
            expect(await refusal(migrate(url, { root: two.root, waitSeconds: 0 }))).toMatch(
                /Another migration has been running.*pg_stat_activity/s,
            )
        } finally {
            await other.end()
        }
    })
})

test('a lock that another session holds ends the migration, and nothing of it remains', async () => {
    await atFirst(async (url) => {
        const before = await catalog(url, one.root)
        const other = await connect(url)
        try {
            await other.query('begin')
            await other.query('lock table core.people in access share mode')
            expect(
                await refusal(
                    migrate(url, { root: two.root, timeouts: { lock: '100ms', statement: '1min' } }),
                ),
            ).toMatch(
                /^000002-nicknames\.sql failed: .*lock timeout.*Nothing of it remains.*EMPATHY_LOCK_TIMEOUT/s,
            )
        } finally {
            await other.end()
        }
        expect(diff(before, await catalog(url, one.root))).toEqual([])
        expect((await status(url, two.root)).pending).toEqual([second])
        expect((await migrate(url, { root: two.root })).migrations).toEqual([second])
    })
})

test('a statement that takes too long ends the migration', async () => {
    const copy = one.copy()
    try {
        await commitNext(copy, 'slow', 'select pg_catalog.pg_sleep(0.5);', '')
        await atFirst(async (url) => {
            expect(
                await refusal(
                    migrate(url, { root: copy.root, timeouts: { lock: '1s', statement: '100ms' } }),
                ),
            ).toMatch(/^000002-slow\.sql failed: .*Nothing of it remains.*EMPATHY_STATEMENT_TIMEOUT/s)
        })
    } finally {
        copy.dispose()
    }
})

test('a migration that fails in the middle leaves the ones before it, and says file and line', async () => {
    const copy = two.copy()
    try {
        // It fails only where there are rows: no trial on an empty database shows it.
        copy.edit(
            'functions/core/me.sql',
            'create or replace',
            'do $$ begin if exists (select from core.people) then perform 1 / 0; end if; end $$;\n\ncreate or replace',
        )
        await commitNext(copy, 'fails', 'create table core.planted ();', 'drop table core.planted;')
        await atFirst(async (url) => {
            await run(url, "insert into core.people (display_name) values ('Somebody')")
            const said = await refusal(migrate(url, { root: copy.root }))
            expect(said).toMatch(/^000003-fails\.sql failed: division by zero \(22012\)/)
            expect(said).toMatch(/Nothing of it remains/)
            expect((await status(url, copy.root)).applied).toEqual([first, second])
            expect(await run(url, "select to_regclass('core.planted') as planted")).toEqual([
                { planted: null },
            ])
            expect(
                await run(
                    url,
                    "select error, finished_at is not null as ended from ops.migration_telemetry where name like '000003%'",
                ),
            ).toEqual([{ error: 'division by zero', ended: true }])
        })
    } finally {
        copy.dispose()
    }
})

test('an error that Postgres places is told with the file of the package and its line', async () => {
    const copy = one.copy()
    try {
        copy.append('functions/core/me.sql', '\nselect nothing();\n')
        const lines = copy.read('functions/core/me.sql').split('\n')
        draft(copy.root)
        await atFirst(async (url) => {
            expect(await refusal(migrate(url, { root: copy.root }))).toMatch(
                new RegExp(
                    `^current\\.sql failed at functions/core/me\\.sql:${lines.indexOf('select nothing();') + 1}: `,
                ),
            )
        })
    } finally {
        copy.dispose()
    }
})

test('a dry run tells, and changes nothing', async () => {
    await withScratch(adminUrl(), async (url) => {
        const before = await catalog(url, two.root)
        const plan = await migrate(url, { root: two.root, dryRun: true })
        expect(plan.migrations).toEqual([first, second])
        expect(plan.missing.join()).toMatch(/extension pgcrypto is not installed/)
        expect(diff(before, await catalog(url, two.root))).toEqual([])
        expect(await run(url, "select from pg_namespace where nspname = 'graphile_migrate'")).toEqual([])
    })
})

describe('telemetry', () => {
    test('tells what ran, by which version, and how many rows it touched', async () => {
        await withScratch(adminUrl(), async (url) => {
            await migrate(url, { root: two.root })
            await down(url, { root: two.root })
            const rows = await run(
                url,
                `select name, direction, package_version, error, rows_touched > 0 as wrote, finished_at >= started_at as ended
                from ops.migration_telemetry order by started_at`,
            )
            const ended = { package_version: '0.1.0', error: null, ended: true }
            expect(rows).toEqual([
                { name: first, direction: 'up', wrote: true, ...ended },
                { name: second, direction: 'up', wrote: false, ...ended },
                { name: second, direction: 'down', wrote: false, ...ended },
            ])
        })
    })
})

describe('on a production database', () => {
    const production = `update core.platform_config set value = '"production"' where key = 'environment'`

    test('going down is refused', async () => {
        await atFirst(async (url) => {
            await run(url, production)
            expect(await refusal(down(url, { root: one.root }))).toMatch(
                /Going down is refused: .* environment = production/,
            )
            expect((await status(url, one.root)).applied).toEqual([first])
        })
    })

    test('what is meant for databases that can be made again is refused', async () => {
        await atFirst(async (url) => {
            await refuseOnProduction(url, 'Seeding the demo world')
            await run(url, production)
            expect(await refusal(refuseOnProduction(url, 'Seeding the demo world'))).toMatch(
                /^Seeding the demo world is refused/,
            )
        })
    })

    test('current.sql does not run; committed migrations do', async () => {
        const copy = two.copy()
        try {
            copy.write(
                'migrations/current.sql',
                'set local role empathy_owner;\ncreate table core.planted ();\nreset role;\n',
            )
            await atFirst(async (url) => {
                await run(url, production)
                expect(await migrate(url, { root: copy.root })).toMatchObject({
                    migrations: [second],
                    current: false,
                })
                expect(await run(url, "select to_regclass('core.planted') as planted")).toEqual([
                    { planted: null },
                ])
            })
        } finally {
            copy.dispose()
        }
    })
})

describe('a database that dbmate migrated', () => {
    async function byDbmate(work: (url: string) => Promise<void>): Promise<void> {
        await withScratch(adminUrl(), async (url) => {
            await applyPrerequisites(url, one.root)
            await runDbmate(url, 'migrate', one.root)
            await work(url)
        })
    }
    const prove = (url: string) => (upTo: string) => proveEqual(url, upTo, undefined, two.root)

    test('is left to dbmate, until it is adopted', async () => {
        await byDbmate(async (url) => {
            expect(await refusal(migrate(url, { root: two.root }))).toMatch(
                /migrated by dbmate \(to 000001\).*--adopt/s,
            )
            expect(await adopt(url, prove(url), { root: two.root })).toEqual([first])
            expect((await migrate(url, { root: two.root })).migrations).toEqual([second])
            // Both records go on together, so that either tool can.
            expect(await run(url, 'select version from public.schema_migrations order by 1')).toHaveLength(2)
            expect(await down(url, { root: two.root })).toEqual([second])
            expect(await run(url, 'select version from public.schema_migrations order by 1')).toHaveLength(1)
        })
    })

    test('is not adopted when it is not what the migrations make', async () => {
        await byDbmate(async (url) => {
            await run(url, 'grant delete on core.people to authenticated')
            expect(await refusal(adopt(url, prove(url), { root: two.root }))).toMatch(
                /is not what the migrations make:\n {2}policies\/core\/people\.sql: privileges on table core\.people differs/,
            )
            expect(await run(url, "select to_regclass('graphile_migrate.migrations') as kept")).toEqual([
                { kept: null },
            ])
        })
    })

    test('is refused when dbmate has gone on behind the other record', async () => {
        await atFirst(async (url) => {
            await run(url, 'create table public.schema_migrations (version varchar primary key)')
            await run(url, "insert into public.schema_migrations values ('000001')")
            await runDbmate(url, 'migrate', two.root)
            expect(await refusal(migrate(url, { root: two.root }))).toMatch(
                /two records that differ: dbmate's ends at 000002, graphile-migrate's at 000001.*--adopt/s,
            )
            expect(await adopt(url, prove(url), { root: two.root })).toEqual([first, second])
            expect((await migrate(url, { root: two.root })).migrations).toEqual([])
        })
    })
})

describe('down', () => {
    test('is refused where it has never been', async () => {
        await atFirst(async (url) => {
            expect(await refusal(down(url, { root: one.root, to: '7' }))).toMatch(
                /Cannot go down to 000007.*has run 000001/s,
            )
        })
    })

    test('finds a missing down before it changes anything', async () => {
        const copy = two.copy()
        try {
            copy.remove(`migrations/down/${first}`)
            await withScratch(adminUrl(), async (url) => {
                await migrate(url, { root: copy.root })
                expect(await refusal(down(url, { root: copy.root, to: '0' }))).toMatch(
                    /down\/000001-foundation\.sql: missing/,
                )
                expect((await status(url, copy.root)).applied).toEqual([first, second])
            })
        } finally {
            copy.dispose()
        }
    })

    test('that fails leaves everything as it was', async () => {
        const copy = two.copy()
        try {
            copy.append(`migrations/down/${second}`, 'drop table core.nothing;\n')
            await withScratch(adminUrl(), async (url) => {
                await migrate(url, { root: copy.root })
                const before = await catalog(url, copy.root)
                expect(await refusal(down(url, { root: copy.root }))).toMatch(
                    /^the down of 000002-nicknames\.sql failed: table "nothing" does not exist.*Nothing of it remains/s,
                )
                expect(diff(before, await catalog(url, copy.root))).toEqual([])
            })
        } finally {
            copy.dispose()
        }
    })
})

describe('a migrator who is not superuser', () => {
    test('is told what to have prepared, and migrates once it is', async () => {
        await withScratch(adminUrl(), async (url) => {
            const name = `migrator_${new URL(url).pathname.slice(-8)}`
            const limited = new URL(url)
            limited.username = name
            limited.password = 'secret'
            await run(url, `create role ${name} login password 'secret'`)
            try {
                const said = await refusal(migrate(limited.href, { root: one.root }))
                expect(said).toMatch(/is not prepared, and .* may not prepare it/)
                expect(said).toMatch(/extension pgcrypto is not installed in schema extensions/)
                expect(said).toMatch(/psql --dbname=\S+ --file=schema\/prerequisites\.sql/)
                expect(said).not.toMatch(/secret/)
                await applyPrerequisites(url, one.root)
                await run(url, `grant empathy_owner to ${name}`)
                expect((await migrate(limited.href, { root: one.root })).migrations).toEqual([first])
                expect(await down(limited.href, { root: one.root })).toEqual([first])
                expect((await migrate(limited.href, { root: one.root })).migrations).toEqual([first])
            } finally {
                await run(url, `drop schema graphile_migrate cascade`)
                await run(url, `drop role ${name}`)
            }
        })
    })
})

test('a history that a package does not hold is not begun', async () => {
    await migrationsUpTo(two.root, '000000', async (root) => {
        await withScratch(adminUrl(), async (url) => {
            expect(await migrate(url, { root })).toEqual({ migrations: [], current: false, missing: [] })
        })
    })
})
