// Elders speak while tellers change their minds, somebody dies while a story is told of them, a machine is done while
// consent ends, and people say something while they are forgotten: whoever comes first, what must not be is not.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, type Outcome, person, refusals, service, won } from './arena.ts'

let arena: Arena
let river: string
let heron: string
let teller: string
let manager: string
let elders: string[]

beforeAll(async () => {
    arena = await Arena.open()
    ;[teller = '', manager = '', ...elders] = await arena.people(competitors)
    river = await arena.organization('river', manager)
    await act(manager, `select core.set_module($1, 'stories', true)`, river)
    heron = (await act(
        manager,
        `select core.create_place($1, 'community', 'heron', 'Heron')`,
        river,
    )) as string
    await arena.join(heron, [teller], 'storyteller')
    await arena.join(heron, elders, 'elder')
})

afterAll(() => arena.close())

const move = (by: string, statement: string, ...parameters: unknown[]): Move => ({
    speaker: by === '' ? service : person(by),
    statement,
    parameters,
})

const act = (by: string, statement: string, ...parameters: unknown[]): Promise<unknown> =>
    arena.act(move(by, statement, ...parameters))

const transition = (by: string, story: unknown, state: string): Move =>
    move(by, 'select content.transition($1, $2)', story, state)

const review = (by: string, story: unknown, outcome: string): Move =>
    move(by, `select stories.review_story($1, 'elder', $2)`, story, outcome)

/** A story, as far as the teller moved it. */
async function told(...states: string[]): Promise<unknown> {
    const story = await act(
        teller,
        `select stories.create_story($1, 'Ice', '{}', visibility => 'public')`,
        heron,
    )
    for (const state of states) await arena.act(transition(teller, story, state))
    return story
}

/** Either goes first, and the other waits: what came of the first, the second, and the work on which they met. */
async function bothWays(
    make: () => Promise<unknown>,
    one: (it: unknown) => Move,
    other: (it: unknown) => Move,
): Promise<{ it: unknown; second: Outcome | undefined }[]> {
    const found: { it: unknown; second: Outcome | undefined }[] = []
    for (const [first, then] of [
        [one, other],
        [other, one],
    ] as const) {
        const it = await make()
        const [second] = await arena.ahead(first(it), [then(it)])
        found.push({ it, second })
    }
    return found
}

const reviews = (story: unknown): Promise<number> =>
    arena.value('select count(*)::int from stories.reviews where story_id = $1', [story])
const state = (story: unknown): Promise<string> =>
    arena.value('select state from content.works where id = $1', [story])

test('an elder speaks of what is given in, and of nothing that was just taken back', async () => {
    const [elder = ''] = elders
    const [spoken, taken] = await bothWays(
        () => told('submitted'),
        (story) => review(elder, story, 'approved'),
        (story) => transition(teller, story, 'draft'),
    )
    expect([spoken?.second, await reviews(spoken?.it), await state(spoken?.it)]).toEqual([
        { value: '' },
        1,
        'draft',
    ])
    expect([taken?.second?.refusal, await reviews(taken?.it)]).toEqual(['P0002', 0])
})

test('what an elder just declined is not approved of past them, and what was approved they decline no more', async () => {
    const [elder = '', other = ''] = elders
    const [declined, approved] = await bothWays(
        async () => {
            const story = await told('submitted')
            await arena.act(review(other, story, 'approved'))
            await arena.act(transition(other, story, 'in_review'))
            return story
        },
        (story) => review(elder, story, 'declined'),
        (story) => transition(other, story, 'approved'),
    )
    expect(declined?.second?.refusal).toBeUndefined()
    await expect(arena.act(transition(teller, declined?.it, 'published'))).rejects.toThrow('elder')
    expect(approved?.second?.refusal).toBe('P0002')
    await arena.act(transition(teller, approved?.it, 'published'))
    expect(await state(approved?.it)).toBe('published')
})

test('the last word is the last that was said, whenever whoever said it had begun', async () => {
    const [elder = '', other = ''] = elders
    const story = await told('submitted')
    const outcome = await arena.late(review(elder, story, 'declined'), () =>
        arena.act(review(other, story, 'approved')),
    )
    expect(outcome.refusal).toBeUndefined()
    await arena.act(transition(other, story, 'in_review'))
    await arena.act(transition(other, story, 'approved'))
    await expect(arena.act(transition(teller, story, 'published'))).rejects.toThrow('elder')
})

test('of fifty who speak and publish at once, nothing is published that the last elder declined', async () => {
    const story = await told('submitted')
    const outcomes = await arena.everybody((n) => {
        const elder = elders[n % elders.length] ?? ''
        if (n % 5 === 0) return transition(elder, story, n % 10 === 0 ? 'in_review' : 'approved')
        if (n % 5 === 1) return transition(teller, story, 'published')
        return review(elder, story, n % 2 === 0 ? 'declined' : 'approved')
    })
    expect(refusals(outcomes)).not.toContain('40P01')
    expect(
        await arena.value(
            `select count(*)::int
            from content.works w
            where w.id = $1
                and w.state = 'published'
                and (
                    select r.outcome from stories.reviews r where r.story_id = w.id order by r.number desc limit 1
                ) <> 'approved'`,
            [story],
        ),
    ).toBe(0)
})

test.each(['read committed', 'repeatable read', 'serializable'] as const)(
    'where an elder speaks it takes an elder, whatever its teller says meanwhile (%s)',
    async (isolation) => {
        const [elder = ''] = elders
        for (const required of [false, true]) {
            for (const elderFirst of [false, true]) {
                const story = await told('submitted')
                if (required) await act(teller, 'select stories.require_elder($1)', story)
                const parts: [Move, Move] = [
                    review(elder, story, 'approved'),
                    move(teller, 'select stories.require_elder($1, false)', story),
                ]
                const outcomes = await arena.duel(
                    ...(elderFirst ? parts : (parts.toReversed() as [Move, Move])),
                    isolation,
                )
                const told_ = JSON.stringify([required, elderFirst, outcomes])
                expect(refusals(outcomes), told_).not.toContain('40P01')
                expect(
                    await arena.value(
                        `select s.elder_review_required or not exists (
                            select from stories.reviews r where r.story_id = s.id
                        )
                        from stories.stories s
                        where s.id = $1`,
                        [story],
                    ),
                    told_,
                ).toBe(true)
                if (isolation === 'read committed')
                    expect(refusals(outcomes), told_).toEqual(elderFirst ? ['EL121'] : [])
            }
        }
    },
)

const warns = (story: unknown): Promise<boolean> =>
    arena.value(
        `select exists (
            select from stories.content_warnings
            where work_id = $1 and kind = 'deceased' and source = 'record'
        )`,
        [story],
    )

test.each([
    ['of somebody', false, false],
    ['of somebody who turned out to be somebody else', true, false],
    ['of who somebody turned out to be', false, true],
])('a story warns %s who dies while they are asked to consent', async (_, askDuplicate, killDuplicate) => {
    const people = await arena.people(4)
    await arena.join(river, people, 'member')
    for (const n of [0, 2]) await act('', 'select core.merge_people($1, $2)', people[n + 1], people[n])
    let pair = 0
    const met = await bothWays(
        async () => {
            const [survivor, duplicate] = people.slice(pair, pair + 2)
            pair += 2
            return { story: await told(), survivor, duplicate }
        },
        (it) => {
            const { story, survivor, duplicate } = it as Record<string, unknown>
            return move(
                teller,
                `select consent.add_party($1, $2, 'depicted')`,
                story,
                askDuplicate ? duplicate : survivor,
            )
        },
        (it) => {
            const { survivor, duplicate } = it as Record<string, unknown>
            return move(
                '',
                `select core.record_death($1, '2026-01-02')`,
                killDuplicate ? duplicate : survivor,
            )
        },
    )
    for (const { it, second } of met) {
        expect(second?.refusal).toBeUndefined()
        expect(await warns((it as Record<string, unknown>).story)).toBe(true)
    }
})

test('a story warns of its teller who dies while they begin it, and not where that was an error', async () => {
    const [dying = ''] = await arena.people(1)
    await arena.join(heron, [dying], 'storyteller')
    const begin = move(dying, `select stories.create_story($1, 'Late', '{}')`, heron)
    for (const [died, expected] of [
        ['2026-01-02', true],
        [null, false],
    ] as const) {
        for (const diesFirst of [true, false]) {
            const death = move('', 'select core.record_death($1, $2)', dying, died)
            const outcomes = await arena.ahead(diesFirst ? death : begin, [diesFirst ? begin : death])
            expect(refusals(outcomes)).toEqual([])
        }
        const { rows } = await arena.referee.query<{ id: string }>(
            `select id from content.works where title = 'Late' and owner_id = $1`,
            [dying],
        )
        expect(rows.length).toBeGreaterThan(1)
        for (const { id } of rows) expect(await warns(id)).toBe(expected)
    }
})

test('people die, are asked, merged and forgotten at once, and stories warn of those on record alone', async () => {
    const people = await arena.people(competitors / 5)
    await arena.join(river, people, 'member')
    const stories: unknown[] = []
    for (const _ of people) stories.push(await told())
    const outcomes = await arena.everybody((n) => {
        const somebody = people[n % people.length] ?? ''
        const other = people[(n + 1) % people.length] ?? ''
        switch (Math.floor(n / people.length)) {
            case 0:
                return move(
                    teller,
                    `select consent.add_party($1, $2, 'depicted')`,
                    stories[n % people.length],
                    somebody,
                )
            case 1:
                return move(
                    teller,
                    `select consent.add_party($1, $2, 'co_teller')`,
                    stories[n % people.length],
                    other,
                )
            case 2:
                return move('', `select core.record_death($1, '2026-01-02')`, somebody)
            case 3:
                return n % 2 === 0
                    ? move('', 'select core.merge_people($1, $2)', somebody, other)
                    : move('', 'select core.record_death($1, null)', somebody)
            default:
                return move(somebody, 'select core.erase_person($1)', somebody)
        }
    })
    expect(refusals(outcomes)).not.toContain('40P01')
    expect(
        (
            await arena.referee.query(
                `select s.id, d.dead, c.work_id is not null as warns
                from stories.stories s
                cross join lateral (
                    select coalesce(bool_or(coalesce(e.deceased_on, m.deceased_on) is not null), false) as dead
                    from consent.consent_parties p
                    join core.people e on e.id = p.person_id
                    left join core.people m on m.id = e.merged_into
                    where p.work_id = s.id
                ) d
                left join stories.content_warnings c
                    on c.work_id = s.id and (c.kind, c.source) = ('deceased', 'record')
                where d.dead <> (c.work_id is not null)`,
            )
        ).rows,
    ).toEqual([])
})

interface Use {
    story: unknown
    run: unknown
}

/** A story that was handed out to be analysed. */
async function analysed(): Promise<Use> {
    const story = await told()
    await act(teller, `select consent.give_consent($1, 'ai_analysis')`, story)
    const agreement = await act(
        manager,
        `select consent.create_agreement($1, 'Laboratory', '{ai_analysis}', '', repeat('ab', 32))`,
        river,
    )
    const run = await act('', `select consent.begin_run($1, 'ai_analysis', 'Reader')`, agreement)
    await act('', 'select count(*) from consent.hand_out($1, array[$2::uuid])', run, story)
    return { story, run }
}

const record = ({ run, story }: Use): Move =>
    move('', `select stories.record_analysis($1, $2, 'themes', '["ice"]')`, run, story)
const withdraw = ({ story }: Use): Move =>
    move(teller, `select consent.withdraw_consent($1, 'ai_analysis')`, story)
const analyses = ({ story }: Use): Promise<number> =>
    arena.value('select count(*)::int from stories.analyses where story_id = $1', [story])

test('of a story whose consent is withdrawn no analysis stands, whichever was first', async () => {
    const met = await bothWays(
        analysed,
        (it) => record(it as Use),
        (it) => withdraw(it as Use),
    )
    expect(met.map(({ second }) => second?.refusal)).toEqual([undefined, 'EL105'])
    for (const { it } of met) expect(await analyses(it as Use)).toBe(0)
})

test.each(['read committed', 'repeatable read', 'serializable'] as const)(
    'nor of fifty (%s)',
    async (isolation) => {
        const use = await analysed()
        const outcomes = await arena.everybody((n) => (n === 17 ? withdraw(use) : record(use)), isolation)
        expect(refusals(outcomes)).not.toContain('40P01')
        // Above read committed nothing is decided, so that whoever decides sees what was written meanwhile.
        if (isolation === 'read committed') expect(await analyses(use)).toBe(0)
        else expect(outcomes[17]?.refusal).toBe('EL009')
        await arena.act(withdraw(use))
        expect(await analyses(use)).toBe(0)
    },
)

test('what was said to a place is answered once', async () => {
    const feedback = await act(teller, `select stories.give_feedback($1, 'Warmer, please.')`, heron)
    const managers = await arena.people(competitors)
    await arena.join(heron, managers, 'place_manager')
    const outcomes = await arena.everybody((n) =>
        move(managers[n] ?? '', 'select stories.answer_feedback($1, $2)', feedback, `Answer ${n}`),
    )
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['EL122'])
    const answered = outcomes.findIndex(({ refusal }) => refusal === undefined)
    expect(await arena.value('select answer from stories.feedback where id = $1', [feedback])).toBe(
        `Answer ${answered}`,
    )
})

test('who is forgotten while they say something, or are answered, has said nothing', async () => {
    const people = await arena.people(4)
    await arena.join(heron, people, 'community_member')
    let next = 0
    const said: string[] = []
    const somebody = async (): Promise<string> => people[next++] ?? ''
    const forget = (it: unknown) => move(it as string, 'select core.erase_person($1)', it)
    const met = [
        ...(await bothWays(
            somebody,
            (it) => move(it as string, `select stories.give_feedback($1, 'Warmer, please.')`, heron),
            forget,
        )),
        ...(await bothWays(
            async () => {
                const it = await somebody()
                const feedback = await act(it, `select stories.give_feedback($1, 'Colder, please.')`, heron)
                said.push(String(feedback))
                return it
            },
            () => move(manager, `select stories.answer_feedback($1, 'No')`, said.at(-1)),
            forget,
        )),
    ]
    expect(met.map(({ second }) => second?.refusal)).toEqual([undefined, 'P0002', undefined, 'P0002'])
    expect(
        await arena.value('select count(*)::int from stories.feedback where person_id = any ($1)', [people]),
    ).toBe(0)
})
