// Somebody who may read everything, every column that the system keeps included, tries to tell who voted what in an
// anonymous poll after it was counted: by the number of the transaction, by place, by time, by order, by ids, by the
// log. Everybody votes differently, so that the ballots themselves would tell if any of it led anywhere.

import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../scripts/lib/oracle/random.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

const voters = 60
/** As like each other as this, two orders of sixty are by chance in less than one of 100,000 pairs. */
const likeness = 0.6

let database: TestDatabase
let client: Client
let poll: string
/** Those who vote, in the order in which they do; the first gives the scores [1, 99], and so on. */
let people: string[]

beforeAll(async () => {
    database = await freshDatabase()
    client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query<{ id: string }>(
        `insert into core.people (display_name) select 'Voter ' || n from generate_series(1, $1) n returning id`,
        [voters],
    )
    // Not in the order in which they came.
    people = new Random(7).sample(
        rows.map(({ id }) => id),
        voters,
    )
    const owner = people[0] ?? ''
    const river = await as<string>(owner, `select core.create_organization('river', 'River')`)
    await client.query(`select core._join($1, p, '{member}') from unnest($2::uuid[]) p`, [
        river,
        people.slice(1),
    ])
    poll = await as<string>(
        owner,
        `select content.open_poll($1, 'How far?', 'score', now() + interval '1 hour', '{North,South}', most => 100,
            anonymous => true)`,
        [river],
    )
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

/** As somebody, in a transaction of their own. */
async function as<T>(id: string, statement: string, parameters: unknown[] = []): Promise<T> {
    await client.query('begin')
    await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('role', 'authenticated', true)`,
        [JSON.stringify({ role: 'authenticated', person: id })],
    )
    const { rows } = await client.query({ text: statement, values: parameters, rowMode: 'array' })
    await client.query('commit')
    return rows[0]?.[0] as T
}

/** One after the other, each leaving a trace in the log in the same transaction. */
async function vote(from: number, to: number): Promise<void> {
    for (let n = from; n < to; n += 1) {
        await as(
            people[n] ?? '',
            `with mine as (select core.update_profile(core.me(), bio => 'I have voted.'))
            select content.cast_ballot($1, array[$2, 100 - $2]) from mine`,
            [poll, n + 1],
        )
    }
}

async function rows<T>(statement: string): Promise<T[]> {
    return (await client.query({ text: statement, values: statement.includes('$1') ? [poll] : [] }))
        .rows as T[]
}

/** How alike two orders are: 1 the same, -1 the opposite, about 0 by chance. */
function alike(order: number[]): number {
    const n = order.length
    const ranks = new Map(order.toSorted((one, other) => one - other).map((value, rank) => [value, rank]))
    const squares = order.reduce((sum, value, place) => sum + ((ranks.get(value) ?? 0) - place) ** 2, 0)
    return 1 - (6 * squares) / (n * (n * n - 1))
}

const orderOf = async (statement: string): Promise<number[]> =>
    (await rows<{ n: number }>(statement)).map(({ n }) => n)

/** Every order in which a table can be read without knowing whose rows they are. */
const orders = (table: string) => [
    `select choices[1] as n from ${table} where poll_id = $1 order by ctid`,
    `select choices[1] as n from ${table} where poll_id = $1 order by id`,
    `select choices[1] as n from ${table} where poll_id = $1 order by xmin::text::bigint, cmin::text::bigint`,
]

test('before it is shuffled, whoever reads everything can tell: the attacks that follow do work', async () => {
    await vote(0, 20)
    const joined = await rows<{ person_id: string; n: number }>(
        `select v.person_id, w.choices[1] as n
        from content.waiting_ballots w
        join content.voters v on v.poll_id = w.poll_id and v.xmin = w.xmin
        where w.poll_id = $1
        order by w.ctid`,
    )
    expect(joined.map(({ person_id }) => person_id)).toEqual(people.slice(0, 20))
    expect(joined.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(
        alike(
            await orderOf(
                `select choices[1] as n from content.waiting_ballots where poll_id = $1 order by ctid`,
            ),
        ),
    ).toBe(1)
})

test('once it is shuffled, while all wait, nothing joins them any more', async () => {
    await vote(20, voters)
    await client.query('select content.count_polls()')
    expect(
        await rows(
            `select count(distinct xmin::text)::int as ballots, count(*)::int as waiting,
                (select count(distinct v.xmin::text)::int from content.voters v where v.poll_id = $1) as voters
            from content.waiting_ballots where poll_id = $1`,
        ),
    ).toEqual([{ ballots: 1, waiting: voters, voters: 1 }])
    for (const order of orders('content.waiting_ballots')) {
        expect(Math.abs(alike(await orderOf(order))), order).toBeLessThan(likeness)
    }
})

test('after it is counted, nothing leads from a ballot to whose it is', async () => {
    await client.query('alter table content.polls disable trigger _010_freeze_key')
    await client.query('update content.polls set closes_at = clock_timestamp()')
    await client.query('alter table content.polls enable trigger _010_freeze_key')
    await client.query('select content.count_polls()')

    // All were written by one transaction, by which no other row tells anything about anybody but the same batch.
    expect(
        await rows(
            `select count(*)::int as ballots, count(distinct xmin::text)::int as transactions,
                count(distinct xmax::text)::int as lockers
            from content.anonymous_ballots where poll_id = $1`,
        ),
    ).toEqual([{ ballots: voters, transactions: 1, lockers: 1 }])
    expect(
        await rows(
            'select count(distinct v.xmin::text)::int as n from content.voters v where v.poll_id = $1',
        ),
    ).toEqual([{ n: 1 }])

    // No order is that in which they voted; nor that of who has voted, read the same way.
    for (const order of orders('content.anonymous_ballots')) {
        expect(Math.abs(alike(await orderOf(order))), order).toBeLessThan(likeness)
    }
    const flags = await rows<{ person_id: string }>(
        'select person_id from content.voters where poll_id = $1 order by ctid',
    )
    const flagged = flags.map(({ person_id }) => people.indexOf(person_id))
    expect(Math.abs(alike(flagged)), 'who has voted is in the order in which they did').toBeLessThan(likeness)
    const written = await orderOf(
        'select choices[1] as n from content.anonymous_ballots where poll_id = $1 order by ctid',
    )
    const beside = flagged.map((n) => written.indexOf(n + 1))
    expect(Math.abs(alike(beside)), 'ballots lie as those who cast them').toBeLessThan(likeness)

    // Nothing is left where they waited, nor of what was there: the file is another one, and empty.
    expect(await rows(`select pg_relation_size('content.waiting_ballots')::int as bytes`)).toEqual([
        { bytes: 0 },
    ])

    // Random ids, of which none is a time.
    expect(
        await rows(
            `select distinct get_byte(uuid_send(id), 6) >> 4 as version from content.anonymous_ballots where poll_id = $1`,
        ),
    ).toEqual([{ version: 4 }])
})

test('no transaction in which somebody voted left anything else that tells of it', async () => {
    // What each wrote besides is in the log, under its number and its time.
    const written = await rows<{ xid: string; table_name: string }>(
        `select distinct c.xid::text, c.table_name
        from audit.changes c
        where c.xid in (select c.xid from audit.changes c where c.personal like '%I have voted.%')`,
    )
    expect(new Set(written.map(({ xid }) => xid)).size).toBe(voters)
    expect([...new Set(written.map(({ table_name }) => table_name))]).toEqual(['core.people'])

    // Of all tables, none has a row that one of them wrote, but the people's own.
    const tables = await rows<{ name: string }>(
        `select c.oid::regclass::text as name
        from pg_class c
        join core.platform_modules m on m.module = c.relnamespace::regnamespace::text
        where c.relkind = 'r' and c.relname !~ '^changes'`,
    )
    const touched: string[] = []
    for (const { name } of tables) {
        const [found] = await rows<{ n: number }>(
            `select count(*)::int as n from ${name} t
            where t.xmin::text in (
                select (c.xid::text::bigint % 4294967296)::text
                from audit.changes c where c.personal like '%I have voted.%'
            )`,
        )
        if (found && found.n > 0) touched.push(name)
    }
    expect(touched).toEqual(['core.people'])
    expect(
        await rows(
            `select count(*)::int as n from audit.changes
            where table_name ~ '(ballots|voters)$' and table_name !~ 'classes'`,
        ),
    ).toEqual([{ n: 0 }])
    // Neither does any entry of the log name a ballot.
    expect(
        await rows(
            `select count(*)::int as n
            from content.anonymous_ballots b
            join audit.changes c
                on concat(c.key, c.clear, c.personal_key, c.personal) like '%' || b.id || '%'
            where b.poll_id = $1`,
        ),
    ).toEqual([{ n: 0 }])
})
