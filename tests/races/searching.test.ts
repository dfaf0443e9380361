// A work is written on, called otherwise, consented to and taken back at once: afterwards it is found by the words that
// it has, by those who read them, and by no others.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals } from './arena.ts'

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

const move = (n: number, statement: string, parameters: unknown[]): Move => ({
    speaker: person(people[n] ?? ''),
    statement,
    parameters,
})

const act = (statement: string, parameters: unknown[]): Promise<unknown> =>
    arena.act(move(0, statement, parameters))

/** A work, published for everybody, to which the first ten have to consent, and do; the first owns it. */
async function published(title: string): Promise<string> {
    const work = (await act(
        `select content.create_note($1, $2, '{}', 'early', visibility => 'public', lang => 'en')`,
        [river, title],
    )) as string
    await act(`select content.transition($1, 'published')`, [work])
    await act(`select consent.add_party($1, p, 'co_teller') from unnest($2::uuid[]) p`, [
        work,
        people.slice(1, 10),
    ])
    for (let n = 0; n < 10; n += 1) await arena.act(decide(n, 'give', work))
    return work
}

const decide = (n: number, verb: 'give' | 'withdraw', work: string): Move =>
    move(n, `select consent.${verb}_consent($1, 'public_sharing')`, [work])

const revise = (work: string): Move => move(0, `select content.revise_work($1, '{}', 'late')`, [work])

const finds = async (n: number, word: string, work: string): Promise<boolean> =>
    (await arena.act(
        move(n, 'select exists (select from content.search_works($1) f where f.work_id = $2)', [word, work]),
    )) as boolean

/** Whether its owner finds it by a word, and whether somebody does who only reads. */
const found = async (word: string, work: string): Promise<[boolean, boolean]> => [
    await finds(0, word, work),
    await finds(competitors - 1, word, work),
]

async function expectRight(): Promise<void> {
    expect((await arena.referee.query('select * from content.verify_search()')).rows).toEqual([])
}

test('written on twice and taken back at once, it is found by its maker, in its newest words', async () => {
    for (let round = 0; round < 5; round += 1) {
        const work = await published(`Taken back ${round}`)
        expect(await found('early', work)).toEqual([true, true])
        expect(refusals(await arena.race([revise(work), decide(5, 'withdraw', work), revise(work)]))).toEqual(
            [],
        )
        expect(await found('early', work)).toEqual([false, false])
        expect(await found('late', work)).toEqual([true, false])
        await expectRight()
    }
})

test('whoever takes it back while it is written on waits, and takes back what was written', async () => {
    const work = await published('Waited for')
    const outcomes = await arena.ahead(revise(work), [
        decide(5, 'withdraw', work),
        decide(6, 'withdraw', work),
    ])
    expect(refusals(outcomes)).toEqual([])
    expect(await found('late', work)).toEqual([true, false])
    expect(await found('early', work)).toEqual([false, false])
    await expectRight()
})

test('of fifty changes at once, what comes out is what is found', async () => {
    const work = await published('Everything at once')
    const outcomes = await arena.everybody((n) => {
        if (n % 5 === 0) return revise(work)
        if (n % 5 === 1) return move(0, 'select content.update_work($1, title => $2)', [work, `Called ${n}`])
        if (n % 5 === 2)
            return move(0, `select content.update_work($1, lang => $2)`, [work, n % 2 ? 'fr' : 'cr'])
        return decide(n % 10, n % 5 === 3 ? 'give' : 'withdraw', work)
    })
    expect(refusals(outcomes)).toEqual([])
    await expectRight()
    const title = await arena.value<string>('select title from content.works where id = $1', [work])
    expect(await finds(0, `"${title}"`, work)).toBe(true)
})
