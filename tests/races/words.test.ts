// Works are called by words while these are merged with others, and others with those: each is called by a word that
// leads nowhere else.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals } from './arena.ts'

let arena: Arena
let owner: string
let river: string
let works: string[]

beforeAll(async () => {
    arena = await Arena.open()
    ;[owner = ''] = await arena.people(1)
    river = await arena.organization('river', owner)
    works = await made(20, `select content.create_note($1, $2, '{}')`)
})

afterAll(() => arena.close())

const by = (statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(owner),
    statement,
    parameters,
})

let things = 0
async function made(count: number, statement: string): Promise<string[]> {
    const ids: string[] = []
    for (let n = 0; n < count; n += 1) {
        things += 1
        ids.push((await arena.act(by(statement, river, `thing-${things}`))) as string)
    }
    return ids
}

/** Words each of which is proposed to say the same as the next. */
async function chain(count: number): Promise<string[]> {
    const words = await made(count, 'select content.create_tag($1, $2, $2)')
    for (const [n, word] of words.slice(0, -1).entries()) {
        await arena.act(by('select content.propose_synonym($1, $2)', word, words[n + 1]))
    }
    return words
}

const leadsOn = (): Promise<number> =>
    arena.value(
        `select count(*)::int
        from content.work_tags w
        join content.tags t on t.tenant_id = w.tenant_id and t.id = w.tag_id
        where t.is_synonym`,
    )

test('a word is said while what it leads to is merged with another', async () => {
    const [said, middle, last] = await chain(3)
    await arena.act(by('select content.decide_synonym($1, true)', said))
    const outcomes = await arena.ahead(by('select content.decide_synonym($1, true)', middle), [
        by('select content.tag_work($1, $2)', works[0], said),
        by('select content.tag_work($1, $2)', works[1], middle),
    ])
    expect(refusals(outcomes)).toEqual([])
    expect(
        await arena.value(
            'select array_agg(distinct w.tag_id) from content.work_tags w where w.work_id = any ($1)',
            [works.slice(0, 2)],
        ),
    ).toEqual([last])
})

test('words are said while they are merged and taken apart', async () => {
    const words = await chain(6)
    for (let round = 0; round < 4; round += 1) {
        const outcomes = await arena.race(
            Array.from({ length: competitors }, (_, n) =>
                n % 10 === 0
                    ? by('select content.decide_synonym($1, $2)', words[n / 10], round % 2 === 0)
                    : by('select content.tag_work($1, $2)', works[n % works.length], words[n % words.length]),
            ),
        )
        expect(refusals(outcomes)).toEqual([])
        expect(await leadsOn()).toBe(0)
    }
})
