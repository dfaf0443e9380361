// Random polls, by every method, are counted by the database and once more here, by a count that shares no code with
// it. EMPATHY_POLLS=1000 tries a thousand; EMPATHY_POLLS_SEED draws the same again.

import { randomInt } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Random } from '../../scripts/lib/oracle/random.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

const polls = Number(process.env.EMPATHY_POLLS ?? 100)
const seed = Number(process.env.EMPATHY_POLLS_SEED ?? randomInt(2 ** 31))
const random = new Random(seed)

const methods = ['single', 'approval', 'score', 'ranked', 'ranked', 'ranked', 'dot', 'consent'] as const

interface Poll {
    method: (typeof methods)[number]
    most: number
    options: number
    anonymous: boolean
    quorum: number
    ballots: number[][]
}

interface Result {
    tally: number
    place: number | null
}

let database: TestDatabase
let client: Client

beforeAll(async () => {
    database = await freshDatabase()
    client = new Client({ connectionString: database.url })
    await client.connect()
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

function draw(): Poll {
    const method = random.pick(methods)
    const options = method === 'consent' ? 4 : random.between(2, 6)
    const most = method === 'score' || method === 'dot' ? random.between(1, 10) : 1
    const voters = random.pick([0, 1, 2, 3, 4, 5, 7, 12, 30])
    return {
        method,
        most,
        options,
        anonymous: random.chance(0.4),
        quorum: random.between(0, 6),
        ballots: Array.from({ length: voters }, () => vote(method, options, most)),
    }
}

function vote(method: Poll['method'], options: number, most: number): number[] {
    const numbers = Array.from({ length: options }, (_, n) => n)
    const chosen = random.sample(numbers, random.between(1, options))
    switch (method) {
        case 'approval':
            return numbers.map((n) => Number(chosen.includes(n)))
        case 'score':
            return numbers.map(() => random.between(0, most))
        case 'ranked':
            return numbers.map((n) => chosen.indexOf(n) + 1)
        case 'dot': {
            const dots = numbers.map(() => 0)
            for (let dot = random.between(1, most); dot > 0; dot -= 1) {
                const n = random.pick(numbers)
                dots[n] = (dots[n] ?? 0) + 1
            }
            return dots
        }
        default:
            return numbers.map((n) => Number(n === chosen[0]))
    }
}

function count({ method, options, ballots }: Poll): Result[] {
    const numbers = Array.from({ length: options }, (_, n) => n)
    if (method === 'ranked') return runOff(numbers, ballots)
    const tallies = numbers.map((n) => ballots.reduce((sum, ballot) => sum + (ballot[n] ?? 0), 0))
    return tallies.map((tally) => ({
        tally,
        place: ballots.length === 0 ? null : 1 + tallies.filter((other) => other > tally).length,
    }))
}

/** Each ballot as a list of options, the best first; whoever leaves is struck from all lists. */
function runOff(numbers: number[], ballots: number[][]): Result[] {
    const lists = ballots.map((ballot) =>
        numbers
            .filter((n) => (ballot[n] ?? 0) > 0)
            .sort((one, other) => (ballot[one] ?? 0) - (ballot[other] ?? 0)),
    )
    const leading = (standing: Set<number>, option: number) =>
        lists.filter((list) => list.find((n) => standing.has(n)) === option).length
    const everybody = new Set(numbers)
    const results: Result[] = numbers.map(() => ({ tally: 0, place: null }))
    const standing = new Set(numbers)
    while (standing.size > 0) {
        const now = new Map([...standing].map((n) => [n, leading(standing, n)]))
        let leaving = -1
        for (const n of standing) {
            const worse =
                leaving < 0 ||
                (now.get(n) ?? 0) < (now.get(leaving) ?? 0) ||
                (now.get(n) === now.get(leaving) && leading(everybody, n) <= leading(everybody, leaving))
            if (worse) leaving = n
        }
        for (const n of standing.size === 2 ? standing : [leaving]) {
            const place = standing.size === 2 ? (n === leaving ? 2 : 1) : standing.size
            results[n] = { tally: now.get(n) ?? 0, place: ballots.length === 0 ? null : place }
        }
        if (standing.size === 2) break
        standing.delete(leaving)
    }
    return results
}

test(`the database counts ${polls} random polls as they are counted by hand`, async () => {
    console.log(
        `polls: seed ${seed}; again: EMPATHY_POLLS=${polls} EMPATHY_POLLS_SEED=${seed} npx vitest run tests/content`,
    )
    await client.query(
        `insert into core.people (display_name) select 'Voter ' || n from generate_series(1, 30) n`,
    )
    const { rows: voters } = await client.query<{ id: string }>('select id from core.people order by id')
    const { rows: organizations } = await client.query<{ id: string }>(
        `insert into core.organizations (slug, name) values ('river', 'River') returning id`,
    )
    const river = organizations[0]?.id
    const drawn = new Map<string, Poll>()
    for (let n = 0; n < polls; n += 1) {
        const poll = draw()
        const { rows } = await client.query<{ id: string }>(
            `with poll as (
                insert into content.polls (
                    tenant_id, scope_id, question, method, most, anonymous, quorum, opened_by, opened_at, closes_at
                )
                values ($1, $1, 'What?', $2, $3, $4, $5, $6, now() - interval '2 days', now() - interval '1 day')
                returning tenant_id, id
            )
            select id from poll`,
            [river, poll.method, poll.most, poll.anonymous, poll.quorum, voters[0]?.id],
        )
        const id = rows[0]?.id ?? ''
        await client.query(
            `insert into content.poll_options (tenant_id, poll_id, number, label)
            select $1, $2, n, 'Option ' || n from generate_series(1, $3) n`,
            [river, id, poll.options],
        )
        await client.query(
            `insert into content.${poll.anonymous ? 'waiting_ballots' : 'ballots'} (
                tenant_id, poll_id, method, most, choices${poll.anonymous ? '' : ', person_id'}
            )
            select $1, $2, $3, $4, array(select c::integer from jsonb_array_elements_text(b) with ordinality e (c, o)
                order by o)${poll.anonymous ? '' : ', ($6::uuid[])[n]'}
            from jsonb_array_elements($5::jsonb) with ordinality b (b, n)`,
            [
                river,
                id,
                poll.method,
                poll.most,
                JSON.stringify(poll.ballots),
                ...(poll.anonymous ? [] : [voters.map((voter) => voter.id)]),
            ],
        )
        drawn.set(id, poll)
    }
    const { rows: counted } = await client.query<{ polls: number }>('select content.count_polls() as polls')
    expect(counted[0]?.polls).toBe(polls)

    let told = 0
    for (const [id, poll] of drawn) {
        const result = client.query<{
            tally: string
            place: number | null
            ballots: number
            quorum_met: boolean
        }>('select tally, place, ballots, quorum_met from content.poll_results($1) order by number', [id])
        if (poll.anonymous && poll.ballots.length < 3) {
            await expect(result).rejects.toMatchObject({ code: 'EL116' })
            continue
        }
        told += 1
        const { rows } = await result
        expect(
            rows.map(({ tally, place }) => ({ tally: Number(tally), place })),
            JSON.stringify(poll),
        ).toEqual(count(poll))
        for (const { ballots, quorum_met } of rows) {
            expect([ballots, quorum_met]).toEqual([poll.ballots.length, poll.ballots.length >= poll.quorum])
        }
    }
    expect(told).toBeGreaterThan(polls / 2)
    expect((await client.query('select * from content.verify_polls()')).rows).toEqual([])
}, 600_000)
