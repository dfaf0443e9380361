// Options are added while the first ballots are cast, ballots are cast while a poll closes, and one person votes over
// many connections: what was voted on is what there was, whoever voted is counted, and once.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals, service, won } from './arena.ts'

let arena: Arena
let people: string[]
let river: string

beforeAll(async () => {
    arena = await Arena.open()
    people = await arena.people(competitors)
    river = await arena.organization('river', people[0] ?? '')
    await arena.join(river, people.slice(1), 'member')
})

afterAll(() => arena.close())

async function opened(anonymous: boolean, seconds = 3600): Promise<string> {
    return (await arena.act({
        speaker: person(people[0] ?? ''),
        statement: `select content.open_poll($1, 'Where to?', 'single', clock_timestamp() + $2 * interval '1 second',
            '{North,South}', anonymous => $3)`,
        parameters: [river, seconds, anonymous],
    })) as string
}

const cast = (n: number, poll: string): Move => ({
    speaker: person(people[n] ?? ''),
    statement: `select content.cast_ballot($1, '{1,0}')`,
    parameters: [poll],
})

const ballots = (poll: string): Promise<number> =>
    arena.value(
        `select (select count(*) from content.ballots where poll_id = $1)
            + (select count(*) from content.waiting_ballots where poll_id = $1)
            + (select count(*) from content.anonymous_ballots where poll_id = $1)`,
        [poll],
    )

test.each([true, false])(
    'an option is there before the first ballot, or not at all (anonymous: %s)',
    async (anonymous) => {
        for (let round = 0; round < 5; round += 1) {
            const poll = await opened(anonymous)
            const outcomes = await arena.everybody((n) =>
                n === 25
                    ? {
                          speaker: person(people[0] ?? ''),
                          statement: `select content.add_poll_option($1, 'Nowhere')`,
                          parameters: [poll],
                      }
                    : cast(n, poll),
            )
            // Either it was added, and ballots for two were refused; or there was a ballot, and it was refused.
            const options = await arena.value<number>('select options from content.polls where id = $1', [
                poll,
            ])
            expect(options === 3 ? [3, 0] : [2, Number(await ballots(poll))]).toEqual(
                options === 3 ? [options, Number(await ballots(poll))] : [2, competitors - 1],
            )
            expect(refusals(outcomes)).toEqual([options === 3 ? 'EL114' : 'EL111'])
            expect(
                Number(
                    await arena.value('select count(*) from content.poll_options where poll_id = $1', [poll]),
                ),
            ).toBe(options)
        }
    },
)

test('two connections: whoever adds an option waits for a ballot that is being cast, and is refused', async () => {
    for (const anonymous of [true, false]) {
        const poll = await opened(anonymous)
        await arena.referee.query('begin')
        await arena.referee.query(`select set_config('request.jwt.claims', $1, true)`, [
            JSON.stringify({ person: people[1] }),
        ])
        await arena.referee.query('set local role authenticated')
        await arena.referee.query(`select content.cast_ballot($1, '{0,1}')`, [poll])
        const adding = arena.race([
            {
                speaker: person(people[0] ?? ''),
                statement: `select content.add_poll_option($1, 'Nowhere')`,
                parameters: [poll],
            },
        ])
        expect(await Promise.race([adding, new Promise((done) => setTimeout(done, 300, 'waits'))])).toBe(
            'waits',
        )
        await arena.referee.query('commit')
        expect(refusals(await adding)).toEqual(['EL111'])
    }
})

test.each([true, false])(
    'over fifty connections one person votes once (anonymous: %s)',
    async (anonymous) => {
        const poll = await opened(anonymous)
        const outcomes = await arena.everybody(() => cast(7, poll))
        expect(won(outcomes)).toHaveLength(1)
        expect(refusals(outcomes)).toEqual(['EL113'])
        expect(Number(await ballots(poll))).toBe(1)
    },
)

test('who votes while they turn out to be somebody else has voted as whom they are', async () => {
    const named = await opened(false)
    const unknown = await opened(true)
    const work = await arena.act({
        speaker: person(people[0] ?? ''),
        statement: `select content.create_note($1, 'Ice', '{}', visibility => 'public')`,
        parameters: [river],
    })
    for (const statement of [
        `select content.transition($1, 'published')`,
        `select consent.give_consent($1, 'public_sharing')`,
    ]) {
        await arena.act({ speaker: person(people[0] ?? ''), statement, parameters: [work] })
    }
    const deeds = [
        [`select content.cast_ballot($1, '{1,0}')`, named],
        [`select content.cast_ballot($1, '{1,0}')`, unknown],
        ['select content.cast_vote($1)', work],
    ]
    // Twenty who have two rows each, and voted on the work under one: while the other votes, both turn out to be one.
    for (const id of people.slice(1, 21)) {
        await arena.act({
            speaker: person(id),
            statement: 'select content.cast_vote($1)',
            parameters: [work],
        })
    }
    const seconds = await arena.people(20)
    await arena.join(river, seconds, 'member')
    const outcomes = await arena.race(
        seconds.flatMap((second, n) => [
            {
                speaker: person(second),
                statement: deeds[n % 3]?.[0] as string,
                parameters: [deeds[n % 3]?.[1]],
            },
            {
                speaker: service,
                statement: 'select core.merge_people($1, $2)',
                parameters: [second, people[n + 1]],
            },
        ]),
    )
    expect(refusals(outcomes.filter((_, n) => n % 2 === 1))).toEqual([])
    expect(
        await arena.value(
            `select count(*)::int
            from core.people p
            where p.merged_into is not null and (
                exists (select from content.ballots b where b.person_id = p.id)
                or exists (select from content.voters v where v.person_id = p.id)
            )`,
        ),
    ).toBe(0)
    expect(
        await arena.value(
            `select max(n)::int
            from (
                select count(*) as n
                from content.votes v
                join core.people p on p.id = v.person_id
                where v.work_id = $1
                group by coalesce(p.merged_into, p.id)
            ) each`,
            [work],
        ),
    ).toBe(1)
})

test.each([true, false])('whoever is not refused is counted (anonymous: %s)', async (anonymous) => {
    const poll = await opened(anonymous, 0.4)
    const counting: Move = { speaker: service, statement: 'select content.count_polls()' }
    let accepted = 0
    // Ballots and counts, over and over, until it has been counted.
    for (let n = 0; n < competitors; n += 10) {
        const outcomes = await arena.race([
            ...Array.from({ length: 10 }, (_, k) => cast(n + k, poll)),
            counting,
            counting,
        ])
        accepted += won(outcomes.slice(0, 10)).length
        await new Promise((done) => setTimeout(done, 60))
    }
    await expect
        .poll(async () => {
            await arena.act(counting)
            return arena.value('select ballots from content.polls where id = $1', [poll])
        })
        .toBe(accepted)
    expect(Number(await ballots(poll))).toBe(accepted >= 3 || !anonymous ? accepted : 0)
    expect(await arena.value('select count(*)::int from content.verify_polls()')).toBe(0)
})

test.each([
    ['somebody reads where ballots wait, as a dump does', 'select from content.waiting_ballots'],
    ['whoever voted is being forgotten', 'select from core.people for update'],
])('while %s, anonymous polls wait, and are counted afterwards', async (_, meanwhile) => {
    const poll = await opened(true, 0.5)
    await arena.race([cast(1, poll), cast(2, poll), cast(3, poll)])
    await new Promise((done) => setTimeout(done, 600))
    const counted = () => arena.value('select ballots from content.polls where id = $1', [poll])
    await arena.referee.query('begin')
    await arena.referee.query(meanwhile)
    const counting: Move = { speaker: service, statement: 'select content.count_polls()' }
    expect((await arena.race([counting])).map(({ value }) => value)).toEqual([0])
    expect(await counted()).toBe(null)
    await arena.referee.query('commit')
    expect((await arena.race([counting])).map(({ value }) => value)).toEqual([1])
    expect(await counted()).toBe(3)
})
