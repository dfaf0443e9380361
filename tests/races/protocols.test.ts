// What is opened is read in the next transaction, and not in one that can take the opening back. And when fifty put works
// under the same protocols at once, they stand under one set.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, person, refusals } from './arena.ts'

let arena: Arena
let owner: string
let reader: string
let work: string
let place: string
let protocol: string

beforeAll(async () => {
    arena = await Arena.open()
    ;[owner = '', reader = ''] = await arena.people(2)
    const river = await arena.organization('river', owner)
    await arena.join(river, [reader], 'member')
    const act = (statement: string, parameters: unknown[]) =>
        arena.act({ speaker: person(owner), statement, parameters })
    place = (await act(`select core.create_place($1, 'community', 'heron', 'Heron')`, [river])) as string
    const create = `select consent.create_protocol($1, 'Embers', 'family', 'everybody')`
    protocol = (await act(create, [place])) as string
    work = (await act(`select content.create_note($1, 'Ice', '{}', visibility => 'public')`, [
        place,
    ])) as string
    await act(`select content.transition($1, 'published')`, [work])
    await act(`select consent.give_consent($1, 'public_sharing')`, [work])
    await act('select consent.protect_work($1, $2, array[$3::uuid])', [work, place, protocol])
})

afterAll(() => arena.close())

const body = `select count(*)::integer from content.work_versions v where v.work_id = $1`

const read = (): Promise<unknown> =>
    arena.act({ speaker: person(reader), statement: body, parameters: [work] })

test('an opening that is rolled back, or not committed yet, lets nobody read', async () => {
    expect(await read()).toBe(0)
    await arena.undone(person(reader), async (client) => {
        await client.query('select consent.open_work($1)', [work])
        expect((await client.query(body, [work])).rows).toEqual([{ count: 0 }])
        await client.query('savepoint within')
        expect((await client.query(body, [work])).rows).toEqual([{ count: 0 }])
        expect(await read()).toBe(0)
    })
    expect(await read()).toBe(0)
})

test('one that is committed does, and is known', async () => {
    await arena.act({
        speaker: person(reader),
        statement: 'select consent.open_work($1)',
        parameters: [work],
    })
    expect(await read()).toBe(1)
    expect(
        await arena.act({
            speaker: person(owner),
            statement: 'select o.person_id from consent.openings o where o.work_id = $1',
            parameters: [work],
        }),
    ).toBe(reader)
})

test('fifty works that are put under the same at once stand under one set', async () => {
    const create = `select consent.create_protocol($1, 'Smoke', 'family', 'members')`
    const other = await arena.act({ speaker: person(owner), statement: create, parameters: [place] })
    const works: unknown[] = []
    for (let n = 0; n < competitors; n += 1) {
        const note = `select content.create_note($1, $2, '{}')`
        works.push(
            await arena.act({ speaker: person(owner), statement: note, parameters: [place, `Note ${n}`] }),
        )
    }
    const outcomes = await arena.everybody((n) => ({
        speaker: person(owner),
        statement: 'select consent.protect_work($1, $2, $3::uuid[], $4::consent.protocol_match)',
        parameters: [works[n], place, n % 2 === 0 ? [protocol, other] : [other, protocol], 'any'],
    }))
    expect(refusals(outcomes)).toEqual([])
    expect(
        await arena.value(
            'select count(distinct protocol_set_id)::integer from content.works where id = any ($1)',
            [works],
        ),
    ).toBe(1)
})
