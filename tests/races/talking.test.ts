// Many comment, react and read at once: everything is counted once, equal reactions are one, and whoever is forgotten
// meanwhile has said nothing.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals, service, won } from './arena.ts'

let arena: Arena
let people: string[]
let river: string
let works: string[]

beforeAll(async () => {
    arena = await Arena.open()
    people = await arena.people(competitors)
    river = await arena.organization('river', people[0] ?? '')
    await arena.join(river, people.slice(1), 'member')
    works = [await shared('Ice'), await shared('Thaw')]
})

afterAll(() => arena.close())

/** A work that everybody may read. */
async function shared(title: string): Promise<string> {
    const act = (statement: string, parameters: unknown[]) =>
        arena.act({ speaker: person(people[0] ?? ''), statement, parameters })
    const work = (await act(`select content.create_note($1, $2, '{}', visibility => 'public')`, [
        river,
        title,
    ])) as string
    await act(`select content.transition($1, 'published')`, [work])
    await act(`select consent.give_consent($1, 'public_sharing')`, [work])
    return work
}

const by = (n: number, statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(people[n] ?? ''),
    statement,
    parameters,
})

const counted = (work: string): Promise<number[]> =>
    arena.value(
        'select array[comments, reactions, views]::int[] from content.work_counters where work_id = $1',
        [work],
    )

async function expectCountedRight(): Promise<void> {
    expect((await arena.referee.query('select * from content.verify_counters()')).rows).toEqual([])
}

test('of equal reactions at once there is one', async () => {
    const [work = ''] = works
    const outcomes = await arena.everybody(() => by(7, `select content.react('heart', $1)`, work))
    expect(refusals(outcomes)).toEqual([])
    expect((await counted(work))[1]).toBe(1)
    await arena.everybody(() => by(7, `select content.unreact('heart', $1)`, work))
    expect((await counted(work))[1]).toBe(0)
    await expectCountedRight()
})

test('of votes that somebody casts at once there is one', async () => {
    const [work = ''] = works
    const outcomes = await arena.everybody(() => by(7, 'select content.cast_vote($1)', work))
    expect(refusals(outcomes)).toEqual([])
    expect(await arena.value('select count(*)::int from content.votes where work_id = $1', [work])).toBe(1)
})

test('whatever is said, felt and read at once is counted once, also while it is added up', async () => {
    // Each touches both works, half of them the other way round: nobody waits, so nobody blocks another.
    for (let round = 0; round < 3; round += 1) {
        const outcomes = await arena.everybody((n) => {
            if (n % 10 === 9) return { speaker: service, statement: 'select content.fold_counts()' }
            const [one, other] = n % 2 === 0 ? works : works.toReversed()
            return by(
                n,
                `select content.add_comment($1, 'Said'), content.react('heart', $1), content.record_view($1),
                    content.add_comment($2, 'Said'), content.react('heart', $2), content.record_view($2)`,
                one,
                other,
            )
        })
        expect(refusals(outcomes)).toEqual([])
        await expectCountedRight()
    }
    const speakers = competitors * 0.9
    for (const work of works) expect(await counted(work)).toEqual([3 * speakers, speakers, 3 * speakers])
    await arena.act({ speaker: service, statement: 'select content.fold_counts()' })
    for (const work of works) expect(await counted(work)).toEqual([3 * speakers, speakers, 3 * speakers])
    await expectCountedRight()
})

test('of moderators who hide the same at once, one does', async () => {
    const [work] = works
    const comment = await arena.act(by(1, `select content.add_comment($1, 'Rude')`, work))
    const outcomes = await arena.everybody((n) =>
        by(0, `select content.moderate_comment($1, true, $2)`, comment, `Reason ${n}`),
    )
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['P0002'])
    await expectCountedRight()
})

/** The n-th person says something, or feels something. */
const still = (n: number, turn: number): Move =>
    turn % 2 === 0
        ? by(n, `select content.add_comment($1, 'Still here')`, works[0])
        : by(n, `select content.react('thanks', $1)`, works[0])

test('of what somebody says and feels while they are forgotten, nothing stays', async () => {
    const outcomes = await arena.ahead(
        by(33, 'select core.erase_person($1)', people[33]),
        Array.from({ length: competitors }, (_, turn) => still(33, turn)),
    )
    expect(refusals(outcomes)).toEqual(['P0002'])
    await expectForgotten(33)
})

test('nor of what they say and feel at the same moment', async () => {
    const outcomes = await arena.everybody((turn) =>
        turn === 25 ? by(34, 'select core.erase_person($1)', people[34]) : still(34, turn),
    )
    expect(refusals(outcomes).filter((code) => !/^(P0002|EL001|42501)$/.test(code))).toEqual([])
    await expectForgotten(34)
})

async function expectForgotten(n: number): Promise<void> {
    expect(
        await arena.value(
            `select array[
                (select count(*) from content.comments where author_id = $1 or body = 'Still here'),
                (select count(*) from content.reactions where person_id = $1)
            ]::int[]`,
            [people[n]],
        ),
    ).toEqual([0, 0])
    await expectCountedRight()
}
