// Figures are released while people come, go, are forgotten and turn out to be somebody else, and while machines say
// what stories are about: a release waits for none of them, and tells of nobody who went meanwhile.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../scripts/lib/db.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase
let referee: Client
const clients: Client[] = []

beforeAll(async () => {
    database = await freshDatabase()
    referee = await connect(database.url)
    // Whoever puts people into groups can be made to wait: of what happened for 0, of what was told for 1.
    await referee.query(`
        do $do$
        begin
            execute regexp_replace(
                pg_get_functiondef('insights._grouping(insights.waiting_part[],text,boolean)'::regprocedure), '\\mbegin\\M',
                'begin perform pg_advisory_xact_lock_shared(case when undivided then 0 else 1 end);'
            );
        end
        $do$`)
})

afterAll(async () => {
    await Promise.all([referee, ...clients].map((client) => client.end()))
    await database.drop()
})

/** Somebody by a name; service for a server, owner for whoever owns the database. */
type Speaker = string

async function begin(speaker: Speaker): Promise<Client> {
    const client = await connect(database.url)
    clients.push(client)
    await client.query('begin')
    const role = { service: 'service_role', owner: 'none' }[speaker] ?? 'authenticated'
    await client.query(
        `select set_config('request.jwt.claims', $1, true), set_config('statement_timeout', '10s', true),
            set_config('role', $2, true)`,
        [JSON.stringify({ role, ...(role === 'authenticated' && { person: speaker }) }), role],
    )
    return client
}

async function value<T>(client: Client, text: string, ...values: unknown[]): Promise<T> {
    return (await client.query({ text, values, rowMode: 'array' })).rows[0]?.[0] as T
}

/** Somebody does something, in a transaction of its own. */
async function act<T = string>(speaker: Speaker, statement: string, ...parameters: unknown[]): Promise<T> {
    const client = await begin(speaker)
    const answer = await value<T>(client, statement, ...parameters)
    await client.query('commit')
    return answer
}

/** Until so many wait for somebody. */
async function untilWaiting(count: number): Promise<void> {
    const waiting = `select count(distinct l.pid)::integer
        from pg_locks l
        join pg_stat_activity a using (pid)
        where not l.granted and a.datname = current_database()`
    while ((await value<number>(referee, waiting)) < count) await sleep(2)
}

const give = `select consent.give_consent($1, 'insight')`
const withdraw = `select consent.withdraw_consent($1, 'insight')`
const release = `select insights._release(
    $1, (date_trunc('month', now() at time zone 'UTC') + make_interval(months => $2))::date
)`

const faults = async (): Promise<unknown[]> =>
    (await referee.query('select problem from insights.verify_figures()')).rows

interface Told {
    organization: string
    manager: string
    people: string[]
    works: string[]
}

let organizations = 0

/** An organization of its own, in which so many told a story; all but the last consent to its being counted. */
async function told(count: number): Promise<Told> {
    organizations += 1
    const { rows } = await referee.query<{ id: string }>(
        `insert into core.people (display_name) select 'Person' from generate_series(0, $1) returning id`,
        [count],
    )
    const [manager = '', ...people] = rows.map(({ id }) => id)
    const organization = await act(
        manager,
        'select core.create_organization($1, $1)',
        `river-${'abcdefgh'[organizations]}`,
    )
    for (const module of ['stories', 'insights']) {
        await act(manager, 'select core.set_module($1, $2, true)', organization, module)
    }
    await act(manager, `select core.set_setting($1, 'insights.smallest_group', '3')`, organization)
    await act(manager, `select value.create_asset($1, 'CAD', 'currency', 2, 'Dollar')`, organization)
    const place = await act(
        manager,
        `select core.create_place($1, 'community', $2, 'Place')`,
        organization,
        `place-${'abcdefgh'[organizations]}`,
    )
    const works: string[] = []
    for (const teller of people) {
        await referee.query(`select core._join($1, $2, '{community_member}')`, [place, teller])
        const work = await act(
            teller,
            `select stories.create_story($1, 'Told', '{}', visibility => 'community')`,
            place,
        )
        await act(teller, `select content.transition($1, 'published')`, work)
        if (works.length < count - 1) await act(teller, give, work)
        works.push(work)
    }
    return { organization, manager, people, works }
}

test('who comes while figures are released, and goes again meanwhile, is in none of them', async () => {
    const { organization, people, works } = await told(6)
    const [teller, work] = [people.at(-1) ?? '', works.at(-1) ?? '']
    await referee.query('select pg_advisory_lock(0)')
    // Begun before the release, and done after it looked who is there.
    const coming = await begin(teller)
    await value(coming, give, work)
    const releasing = act('owner', release, organization, 0)
    await untilWaiting(1)
    await coming.query('commit')
    // It sees them, and goes no further.
    await referee.query('select pg_advisory_lock(1), pg_advisory_unlock(0)')
    await untilWaiting(1)
    // Either was first, or waits for the other.
    const going = act(teller, withdraw, work)
    await Promise.race([going, untilWaiting(2)])
    await referee.query('select pg_advisory_unlock(1)')
    await Promise.all([releasing, going])
    expect(await faults()).toEqual([])
})

test('whoever is forgotten, or turns out to be somebody else, and a release wait for none of each other', async () => {
    const { organization, people, works } = await told(7)
    await act('owner', release, organization, 0)
    for (const work of works) {
        await act(
            'service',
            `select value.record_event('gift', 'CAD', 5, work_id => $1,
                occurred_on => (date_trunc('month', now()) + interval '1 month')::date)`,
            work,
        )
    }
    // They are held, as all who are forgotten are, before what is theirs is.
    const forgetting = await begin('owner')
    await forgetting.query('select core._hold_people($1)', [people.slice(0, 2)])
    expect(await act('owner', release, organization, 1)).toBe(true)
    await forgetting.query(
        `select set_config('request.jwt.claims', '{"role": "service_role"}', true), set_config('role', 'service_role', true)`,
    )
    await forgetting.query('select core.erase_person($1)', [people[0]])
    await forgetting.query('commit')
    await act('service', 'select core.merge_people($1, $2)', people[1], people[2])
    expect(await faults()).toEqual([])
})

test('of a story that somebody lets be counted while a machine says what it is about, it is counted as that', async () => {
    const { organization, manager, people, works } = await told(3)
    const agreement = await act(
        manager,
        `select consent.create_agreement($1, 'Laboratory', '{ai_analysis}', '', repeat('ab', 32))`,
        organization,
    )
    const run = await act('service', `select consent.begin_run($1, 'ai_analysis', 'A model')`, agreement)
    for (const [n, work] of works.entries()) {
        await act(people[n] ?? '', `select consent.give_consent($1, 'ai_analysis')`, work)
    }
    await act('service', 'select count(*) from consent.hand_out($1, $2)', run, works)
    const record = `select stories.record_analysis($1, $2, 'themes', '["ice"]')`
    // The last is counted by nobody yet, the first is.
    for (const [n, how] of [
        [2, give],
        [0, withdraw],
        [0, give],
    ] as const) {
        for (const machineFirst of [true, false]) {
            const analysing = await begin('service')
            const deciding = await begin(people[n] ?? '')
            const analyse = () => value(analysing, record, run, works[n])
            const decide = () => value(deciding, how, works[n])
            const [first, then, one, other] = machineFirst
                ? [analyse, decide, analysing, deciding]
                : [decide, analyse, deciding, analysing]
            await first()
            const later = then()
            await untilWaiting(1)
            await one.query('commit')
            await later
            await other.query('commit')
            expect(await faults()).toEqual([])
        }
    }
})

test('of two who compute the views anew at once, the second has what the first had', async () => {
    const [one, two] = [await told(4), await told(4)]
    const first = await begin('owner')
    await value(first, release, one.organization, 0)
    await first.query('select insights._refresh()')
    const second = await begin('owner')
    await value(second, release, two.organization, 0)
    const refreshing = second.query('select insights._refresh()')
    await untilWaiting(1)
    await first.query('commit')
    await refreshing
    await second.query('commit')
    const { rows } = await referee.query(`
        select sum(p.people) as viewed, (
            select sum(c.people) from insights.cells c where c.level = 0 and c.board = 'told'
        ) as there
        from insights.platform_insights p`)
    expect(rows[0].viewed).toBe(rows[0].there)
})
