// Transaction ids that begin anew, as after a restore: nothing is lost, and what a restore lost is admitted.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, connect } from '../../scripts/lib/db.ts'
import { cloneDatabase, type TestDatabase } from '../../scripts/lib/template.ts'
import { adminUrl, freshDatabase } from '../support/database.ts'
import { act, faults, findings, makeWorld, platform, sealAll, value, type World } from './log.ts'

let original: TestDatabase
let world: World

beforeAll(async () => {
    original = await freshDatabase()
    world = await makeWorld(original.url)
})

afterAll(() => original.drop())

async function onCopy(work: (client: Client, url: string) => Promise<void>): Promise<void> {
    const copy = await cloneDatabase(adminUrl(), original.name)
    const client = await connect(copy.url)
    try {
        await work(client, copy.url)
    } finally {
        await client.end()
        await copy.drop()
    }
}

const live = (client: Client, bio: string): Promise<unknown> =>
    client.query('update core.people set bio = $2 where id = $1', [world.cleo, bio])

const history = async (client: Client): Promise<unknown[]> => {
    const { rows } = await client.query({
        text: `select h.personal ->> 'bio', c.era, h.position is not null
               from audit.history($1, 'core.people', $2) h
               join audit.changes c on c.tenant_id = $1 and c.seq = h.seq
               order by h.seq desc limit 3`,
        values: [platform, { id: world.cleo }],
        rowMode: 'array',
    })
    return rows
}

const unsealed = (client: Client): Promise<string> =>
    value(
        client,
        `select count(*) from audit.changes c
         where not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)`,
    )

/** As if this server had never come as far as the one that the dump was taken from. */
const restore = (client: Client): Promise<unknown> =>
    client.query(`update audit.progress set sealed_below = '4000000000000'`)

test('what is written before an era begins is sealed by it, and what comes later in it', async () => {
    await onCopy(async (client) => {
        await restore(client)
        await live(client, 'restored')
        expect(await value(client, 'select audit.seal()')).toBe('0')
        expect(await unsealed(client)).toBe('1')
        // Nobody notices a sealer that does not seal by its answer; verification does.
        expect(await findings(client)).toEqual([expect.objectContaining({ finding: 'change_unsealed' })])

        expect(await act(client, undefined, `select audit.begin_era('restored from a dump')`)).toBe(2)
        expect(await unsealed(client)).toBe('0')
        expect(await findings(client)).toEqual([])
        await live(client, 'later')
        await sealAll(client)
        expect(await findings(client)).toEqual([])
        expect(await history(client)).toEqual([
            ['later', 2, true],
            ['restored', 1, true],
            ['Life 3', 1, true],
        ])
        const { rows } = await client.query(
            `select clear::jsonb ->> 'era' as era, personal::jsonb ->> 'reason' as reason
             from audit.changes where table_name = 'audit.eras' order by seq desc limit 1`,
        )
        expect(rows).toEqual([{ era: '2', reason: 'restored from a dump' }])
    })
})

test('what was left of several eras is whole', async () => {
    await onCopy(async (client) => {
        for (let era = 2; era <= 4; era += 1) {
            await live(client, `before ${era}`)
            await act(client, undefined, `select audit.begin_era('again')`)
            await live(client, `in ${era}`)
            if (era % 2 === 0) await sealAll(client)
        }
        await sealAll(client)
        expect(await findings(client)).toEqual([])
        expect(await value(client, `select array_agg(distinct era order by era) from audit.changes`)).toEqual(
            [1, 2, 3, 4],
        )
        expect(await value(client, 'select count(*) = count(distinct seq) from audit.leaves')).toBe(true)
    })
})

test('an era waits for whoever is writing, and nobody falls between two', async () => {
    await onCopy(async (client, url) => {
        const writer = await connect(url)
        const late = await connect(url)
        try {
            await writer.query('begin')
            await writer.query(`update core.people set bio = 'long' where id = $1`, [world.cleo])
            const begun = act(client, undefined, `select audit.begin_era('moved')`)
            await new Promise((resolve) => setTimeout(resolve, 200))
            const written = late.query(`update core.people set bio = 'meanwhile' where id = $1`, [world.ada])
            await new Promise((resolve) => setTimeout(resolve, 200))
            await writer.query('commit')
            expect(await begun).toBe(2)
            await written
            await sealAll(client)
            expect(await findings(client)).toEqual([])
            expect(await value(client, 'select count(*) = count(distinct seq) from audit.leaves')).toBe(true)
        } finally {
            await writer.end()
            await late.end()
        }
    })
})

test('what a transaction wrote that saw no further than the era before is found, and the next era seals it', async () => {
    await onCopy(async (client, url) => {
        const writer = await connect(url)
        try {
            await writer.query('begin isolation level repeatable read')
            await writer.query('select from core.people')
            await act(client, undefined, `select audit.begin_era('moved')`)
            await writer.query(`update core.people set bio = 'looking back' where id = $1`, [world.cleo])
            await writer.query('commit')
        } finally {
            await writer.end()
        }
        await client.query('select audit.seal()')
        expect(await findings(client)).toEqual([
            expect.objectContaining({ finding: 'change_unsealed', table_name: 'core.people' }),
        ])
        await act(client, undefined, `select audit.begin_era('moved again')`)
        expect(await findings(client)).toEqual([])
    })
})

test('a restore that lost the end of a log says so, for whoever knows a checkpoint', async () => {
    const lost = await connect(original.url)
    const before = await value<string>(lost, 'select audit.checkpoint($1)', [platform])
    await lost.end()
    await onCopy(async (client) => {
        // What the world went on to write after the dump was taken, and what was published of it.
        await live(client, 'lost')
        await sealAll(client)
        const published = await value<string>(client, 'select audit.checkpoint($1)', [platform])
        expect(published).not.toBe(before)
        await onCopy(async (restored) => {
            expect(await findings(restored)).toEqual([])
            const contradicted = [
                expect.objectContaining({
                    finding: 'checkpoint_contradicted',
                    tenant_id: platform,
                    message: expect.stringContaining('its end was cut off'),
                }),
            ]
            expect(await findings(restored, { tenant: platform, checkpoint: published })).toEqual(
                contradicted,
            )
            expect(
                await act(restored, undefined, `select audit.begin_era('restored from a dump', $1)`, [
                    [published],
                ]),
            ).toBe(2)
            await sealAll(restored)
            expect(await findings(restored)).toEqual([])
            // The era's row is a change in the platform's log, which cannot be taken back either.
            expect(
                await value(
                    restored,
                    `select c.clear::jsonb -> 'checkpoints' ->> 0 from audit.changes c
                     join audit.leaves l using (tenant_id, seq)
                     where c.table_name = 'audit.eras' order by c.seq desc limit 1`,
                ),
            ).toBe(published)
            // Whoever holds the old checkpoint goes on being told, until the log has become as long; then, that it forked.
            for (let n = 0; n < 3; n += 1) await live(restored, `after ${n}`)
            await sealAll(restored)
            expect(await faults(restored, { tenant: platform, checkpoint: published })).toEqual([
                expect.objectContaining({
                    finding: 'checkpoint_contradicted',
                    message: expect.stringContaining('not those that the checkpoint was of'),
                }),
            ])
        })
    })
})

test('what is the same after a restore is no hint any more, and what is not stays found', async () => {
    await onCopy(async (client) => {
        // Definitions are written by other transactions in another cluster; here, by this one.
        await client.query('alter table core.settings disable trigger _900_capture_update')
        await client.query('alter table core.settings enable always trigger _900_capture_update')
        await client.query(
            `create or replace function audit.shorten_addresses() returns bigint language sql as 'select 0::bigint'`,
        )
        const altered = expect.objectContaining({ finding: 'safeguard_altered' })
        expect(await findings(client, { tenant: world.heron })).toEqual([
            expect.objectContaining({ finding: 'safeguard_touched' }),
            altered,
        ])
        await act(client, undefined, `select audit.begin_era('restored')`)
        expect(await findings(client, { tenant: world.heron })).toEqual([altered])
    })
})
