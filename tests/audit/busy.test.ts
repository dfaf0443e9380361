// Writers, and sealers beside them, that are broken off at any moment: every change that was committed is sealed
// exactly once, nothing that was not, and the log tells the true order of writes.
//
// Eight seconds; EMPATHY_BUSY_SECONDS=120 takes two minutes on a server of its own, whose backends are killed with -9
// besides. The seed decides what writers try, not how they come together.

import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import { newHome } from '../support/cli.ts'
import { freshDatabase } from '../support/database.ts'
import { act, faults, findings, platform, sealAll, value } from './log.ts'

const seconds = Number(process.env.EMPATHY_BUSY_SECONDS ?? 8)
const seed = Number(process.env.EMPATHY_BUSY_SEED ?? randomInt(2 ** 31))
const long = seconds > 30
const writers = 8

let url: string
let river: string
let places: string[]
let people: string[]
let close: () => Promise<void>

beforeAll(async () => {
    if (long) {
        const home = await newHome()
        close = () => home.remove()
        url = (await home.run(['fresh', 'busy'])).lastLine
    } else {
        const database = await freshDatabase()
        close = () => database.drop()
        url = database.url
    }
    await withClient(url, async (client) => {
        const { rows } = await client.query<{ id: string }>(
            `insert into core.people (display_name) select 'Person ' || n from generate_series(0, 3) n returning id`,
        )
        people = rows.map(({ id }) => id)
        river = await act(client, people[0], `select core.create_organization('river', 'River')`)
        places = []
        for (let n = 0; n < 6; n += 1) {
            places.push(
                await act(client, people[0], `select core.create_place($1, 'community', $2, 'A place')`, [
                    river,
                    `place-${n}`,
                ]),
            )
        }
        await client.query(`update core.scopes set description = '0' where id = any ($1)`, [places])
        await client.query(`update core.people set bio = '0'`)
    })
}, 300_000)

afterAll(() => close())

/** What writers know of their writes: each carries a mark of its own. */
class Journal {
    /** Commits that were answered. */
    readonly committed: string[] = []
    /** Undone, to a savepoint or whole, before any commit was tried. */
    readonly undone: string[] = []
    readonly counts = {
        transactions: 0,
        deadlocks: 0,
        brokenOff: 0,
        restarts: 0,
        sealed: 0,
        sealersBrokenOff: 0,
    }
    #marks = 0

    mark(): string {
        this.#marks += 1
        return `mark${this.#marks}`
    }
}

/** Counts a row on by one, under its lock: that is the true order. Or moves a login. Answers whether there was one. */
async function write(client: Client, random: Random, mark: string): Promise<boolean> {
    const kind = random.between(0, 9)
    if (kind < 6) {
        await client.query(
            `update core.scopes set description = (split_part(description, ' ', 1)::integer + 1) || ' ' || $2
             where id = $1`,
            [random.pick(places), mark],
        )
        return true
    }
    if (kind < 8) {
        await client.query(
            `update core.people set bio = (split_part(bio, ' ', 1)::integer + 1) || ' ' || $2 where id = $1`,
            [random.pick(people), mark],
        )
        return true
    }
    if (kind < 9) {
        await client.query(`insert into core.identities (issuer, subject, person_id) values ($1, $2, $3)`, [
            `https://${random.between(0, 5)}`,
            mark,
            random.pick(people),
        ])
        return true
    }
    const { rowCount } = await client.query(
        `with gone as (
             delete from core.identities where issuer = $1 and subject = (
                 select subject from core.identities where issuer = $1 limit 1 for update skip locked
             )
             returning person_id
         )
         insert into core.identities (issuer, subject, person_id) select 'https://moved', $2, person_id from gone`,
        [`https://${random.between(0, 5)}`, mark],
    )
    return rowCount !== 0
}

/** One transaction; throws when it was broken off. */
async function transaction(client: Client, random: Random, journal: Journal): Promise<void> {
    let kept: string[] = []
    let trying = false
    const undo = (marks: string[]): void => {
        journal.undone.push(...marks)
    }
    try {
        await client.query(random.chance(0.1) ? 'begin isolation level repeatable read' : 'begin')
        const steps = random.between(1, 4)
        for (let step = 0; step < steps; step += 1) {
            const mark = journal.mark()
            kept.push(mark)
            if (!(await write(client, random, mark))) kept.pop()
            // Older than those who write meanwhile, and last at a row.
            if (random.chance(0.15)) await sleep(random.between(5, random.chance(0.1) ? 700 : 60))
            if (random.chance(0.3)) {
                await client.query('savepoint attempt')
                const inner = journal.mark()
                kept.push(inner)
                if (!(await write(client, random, inner))) kept.pop()
                if (random.chance(0.5)) {
                    await client.query('rollback to savepoint attempt')
                    kept = kept.filter((mark) => mark !== inner)
                    undo([inner])
                } else if (random.chance(0.6)) {
                    await client.query('release savepoint attempt')
                }
            }
        }
        if (random.chance(0.2)) {
            await client.query('rollback')
            undo(kept)
            return
        }
        trying = true
        await client.query('commit')
        journal.committed.push(...kept)
    } catch (error) {
        // Whether a commit that was not answered happened, only the rows know.
        if (!trying) undo(kept)
        const code = (error as { code?: string }).code
        if (code !== '40P01' && code !== '40001') throw error
        journal.counts.deadlocks += 1
        await client.query('rollback')
    } finally {
        journal.counts.transactions += 1
    }
}

/** Works over one connection after another, as they are broken off. */
async function persist(
    name: string,
    until: number,
    work: (client: Client) => Promise<void>,
    broken: () => void,
): Promise<void> {
    while (Date.now() < until) {
        const client = new Client({ connectionString: url, application_name: name })
        let gone = false
        client.on('error', () => {
            gone = true
        })
        try {
            await client.connect()
            await client.query(`set deadlock_timeout = '20ms'`)
            while (Date.now() < until && !gone) await work(client)
            if (gone) broken()
        } catch (error) {
            if (!isBrokenOff(error)) throw error
            broken()
            await sleep(20)
        } finally {
            await client.end().catch(() => undefined)
        }
    }
}

/** The server ended it, or was not there. */
function isBrokenOff(error: unknown): boolean {
    const { code = '', message } = error as { code?: string; message: string }
    return /^(57P0|08|ECONN|EPIPE)/.test(code) || /terminated|closed|not queryable|ended/i.test(message)
}

async function disturb(random: Random, until: number, journal: Journal): Promise<void> {
    let next = Date.now() + 20_000
    await persist(
        'busy: disturber',
        until - 300,
        async (client) => {
            await sleep(random.between(50, 300))
            if (long && Date.now() > next) {
                next = Date.now() + 20_000
                const pid = await value<number>(
                    client,
                    `select pid from pg_stat_activity where application_name = 'busy: writer' order by random() limit 1`,
                )
                process.kill(pid, 'SIGKILL')
                journal.counts.restarts += 1
                return
            }
            await client.query(
                `select pg_terminate_backend(pid) from pg_stat_activity
                 where datname = current_database() and application_name = $1
                 order by random() limit 1`,
                [random.chance(0.4) ? 'busy: sealer' : 'busy: writer'],
            )
        },
        () => undefined,
    )
}

test(
    'every change that was committed is sealed exactly once, in the true order',
    async () => {
        console.log(
            `busy: seed ${seed}; again: EMPATHY_BUSY_SEED=${seed} npx vitest run tests/audit/busy.test.ts`,
        )
        const random = new Random(seed)
        const journal = new Journal()
        const until = Date.now() + seconds * 1000
        const own = (nth: number): Random => new Random(seed + nth)
        await Promise.all([
            ...Array.from({ length: writers }, (_, nth) => {
                const choices = own(nth + 1)
                return persist(
                    'busy: writer',
                    until,
                    (client) => transaction(client, choices, journal),
                    () => {
                        journal.counts.brokenOff += 1
                    },
                )
            }),
            ...[100, 200].map((nth) => {
                const choices = own(nth)
                return persist(
                    'busy: sealer',
                    until,
                    async (client) => {
                        const batch = choices.pick([1, 5, 20, 50_000])
                        await client.query('begin')
                        const sealed = Number(await value(client, 'select audit.seal($1)', [batch]))
                        // Long enough to be broken off in.
                        if (choices.chance(0.2)) await sleep(choices.between(0, 100))
                        await client.query('commit')
                        journal.counts.sealed += sealed
                        await sleep(choices.between(0, 10))
                    },
                    () => {
                        journal.counts.sealersBrokenOff += 1
                    },
                )
            }),
            disturb(random, until, journal),
        ])
        console.log(
            'busy:',
            JSON.stringify({
                ...journal.counts,
                committed: journal.committed.length,
                undone: journal.undone.length,
            }),
        )

        await withClient(url, async (client) => {
            expect(await faults(client)).toEqual([])
            await sealAll(client)
            await sealedOnce(client, journal)
            await inTrueOrder(client)
            expect(await findings(client)).toEqual([])
        })
        expect(journal.committed.length).toBeGreaterThan(100)
        expect(journal.counts.brokenOff).toBeGreaterThan(0)
        expect(journal.counts.sealersBrokenOff).toBeGreaterThan(0)
        if (long) expect(journal.counts.restarts).toBeGreaterThan(0)
    },
    (seconds + 120) * 1000,
)

type Querying = Parameters<typeof sealAll>[0]

async function sealedOnce(client: Querying, journal: Journal): Promise<void> {
    expect(
        await value(
            client,
            `select count(*)
             from (select tenant_id, seq, count(*) as times from audit.leaves group by 1, 2) l
             full join (select tenant_id, seq, count(*) as times from audit.changes group by 1, 2) c using (tenant_id, seq)
             where (l.times, c.times) is distinct from (1, 1)`,
        ),
    ).toBe('0')
    const { rows } = await client.query<{ mark: string; times: number }>(
        `select m.mark[1] as mark, count(*)::integer as times
         from audit.changes c
         join audit.leaves l using (tenant_id, seq)
         cross join lateral regexp_matches(coalesce(c.clear, '') || coalesce(c.personal, ''), 'mark[0-9]+') m (mark)
         where c.operation in ('I', 'U')
         group by 1`,
    )
    const sealed = new Map(rows.map(({ mark, times }) => [mark, times]))
    expect(journal.committed.filter((mark) => sealed.get(mark) !== 1)).toEqual([])
    expect(journal.undone.filter((mark) => sealed.has(mark))).toEqual([])
}

async function inTrueOrder(client: Querying): Promise<void> {
    let inversions = 0
    // Each row's history counts from where it began to what it is now, by one, in the order of the log's numbers.
    for (const [tenant, table, ids, column, image] of [
        [river, 'core.scopes', places, 'description', 'clear'],
        [platform, 'core.people', people, 'bio', 'personal'],
    ] as const) {
        for (const id of ids) {
            const key = { ...(table === 'core.scopes' ? { tenant_id: tenant } : {}), id }
            const { rows } = await client.query<{ count: number; was: number | null; xid: string }>(
                `select
                     split_part(h.${image} ->> $4, ' ', 1)::integer as count,
                     c.xid::text as xid,
                     case when h.seq % $5 = 0 then
                         split_part(audit.as_of($1, $2, $3, h.recorded_at) ->> $4, ' ', 1)::integer
                     end as was
                 from audit.history($1, $2, $3) h
                 join audit.changes c on c.tenant_id = $1 and c.seq = h.seq
                 where h.${image} ->> $4 ~ '^[0-9]+( |$)'
                 order by h.seq`,
                [tenant, table, key, column, long ? 100 : 10],
            )
            const live = await value<number>(
                client,
                `select split_part(${column}, ' ', 1)::integer from ${table} where id = $1`,
                [id],
            )
            expect(rows.map(({ count }) => count)).toEqual(Array.from({ length: live + 1 }, (_, n) => n))
            expect(rows.filter(({ count, was }) => was !== null && count !== was)).toEqual([])
            inversions += rows.filter(({ xid }, n) => Number(xid) < Number(rows[n - 1]?.xid ?? 0)).length
        }
    }
    // There were older transactions that wrote last: an order by transaction would have been wrong.
    expect(inversions).toBeGreaterThan(0)
}
