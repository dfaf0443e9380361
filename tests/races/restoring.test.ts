// Works and people are brought back while they are written on, withdrawn, forgotten, and brought back by others: no
// version is lost, a no is a no, what differs is looked at after waiting, and nobody waits for somebody who waits.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals } from './arena.ts'

let arena: Arena
let owner: string
let other: string
let river: string

beforeAll(async () => {
    arena = await Arena.open()
})

beforeEach(async () => {
    ;[owner = '', other = ''] = await arena.people(2)
    river = await arena.organization(`river-${owner}`, owner)
    await arena.join(river, [other], 'member')
})

afterAll(() => arena.close())

const by = (speaker: string, statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(speaker),
    statement,
    parameters,
})
const mine = (statement: string, ...parameters: unknown[]): Move => by(owner, statement, ...parameters)

/** A work of the owner's that was shared with everybody, saying "1", and says "2". */
async function work(): Promise<{ id: unknown; at: string }> {
    const id = await arena.act(
        mine(`select content.create_note($1, 'Ice', '{"text": "1"}', visibility => 'public')`, river),
    )
    await arena.act(mine(`select content.transition($1, 'published')`, id))
    await arena.act(mine(`select consent.give_consent($1, 'public_sharing')`, id))
    const at = await instant()
    await arena.act(mine(`select content.revise_work($1, '{"text": "2"}')`, id))
    return { id, at }
}

const instant = (): Promise<string> => arena.value('select clock_timestamp()::text')

/** What each version of a work says, in their order; and that what was compiled is what a recount gives. */
async function versions(id: unknown): Promise<string> {
    expect((await arena.referee.query('select * from consent.verify_effective()')).rows).toEqual([])
    return arena.value(
        `select string_agg(v.body ->> 'text', ' ' order by v.number)
         from content.work_versions v
         join content.works w on w.id = v.work_id
         where w.id = $1 and v.number <= w.current_version`,
        [id],
    )
}

test('of going back and writing on, neither is lost, and the later one is the newest', async () => {
    for (const back of [
        (id: unknown) => mine('select content.restore_work($1, 1)', id),
        (id: unknown, at: string) =>
            mine('select version from content.restore_work_as_of($1, $2::timestamptz)', id, at),
        (_: unknown, at: string) =>
            mine('select version from content.recover_person($1::timestamptz) where version is not null', at),
    ]) {
        const write = (id: unknown) => mine(`select content.revise_work($1, '{"text": "3"}')`, id)
        const first = await work()
        expect(await arena.ahead(write(first.id), [back(first.id, first.at)])).toEqual([{ value: 4 }])
        expect(await versions(first.id)).toBe('1 2 3 1')

        const second = await work()
        expect(await arena.ahead(back(second.id, second.at), [write(second.id)])).toEqual([{ value: 4 }])
        expect(await versions(second.id)).toBe('1 2 1 3')
    }
})

test('of going back twice, once is enough', async () => {
    const { id, at } = await work()
    const back = mine('select content.restore_work($1, 1)', id)
    expect(await arena.ahead(back, [back])).toEqual([{ value: 3 }])
    expect(await arena.ahead(back, [mine('select count(*) from content.recover_person($1)', at)])).toEqual([
        { value: '0' },
    ])
    expect(await versions(id)).toBe('1 2 1')
})

test('of going back and taking consent back, nobody reads what somebody took back', async () => {
    const isPublic = (id: unknown): Promise<boolean> =>
        arena.value('select public_during @> clock_timestamp() from content.works where id = $1', [id])
    for (const backFirst of [true, false]) {
        const { id } = await work()
        await arena.act(mine(`select consent.add_party($1, $2, 'depicted')`, id, other))
        await arena.act(by(other, `select consent.give_consent($1, 'public_sharing')`, id))
        expect(await isPublic(id)).toBe(true)
        const back = mine('select content.restore_work($1, 1)', id)
        const takeBack = by(other, `select consent.withdraw_consent($1, 'public_sharing')`, id)
        const [outcome] = await (backFirst ? arena.ahead(back, [takeBack]) : arena.ahead(takeBack, [back]))
        expect(outcome?.refusal).toBeUndefined()
        expect(await versions(id)).toBe('1 2 1')
        expect(await isPublic(id)).toBe(false)
    }
})

test('what is shared further meanwhile is not brought back before more people', async () => {
    const id = await arena.act(mine(`select content.create_note($1, 'Ice', '{"text": "1"}')`, river))
    await arena.act(mine(`select content.transition($1, 'published')`, id))
    await arena.act(mine(`select consent.give_consent($1, 'public_sharing')`, id))
    const at = await instant()
    await arena.act(mine(`select content.revise_work($1, '{"text": "2"}')`, id))
    const [outcome] = await arena.ahead(mine(`select content.update_work($1, visibility => 'public')`, id), [
        mine('select outcome from content.recover_person($1)', at),
    ])
    expect(outcome).toEqual({ value: 'shared_further' })
    expect(await versions(id)).toBe('1 2')
})

test('when fifty bring the same person back, with others at their works, it is done once', async () => {
    const works: { id: unknown }[] = []
    for (let n = 0; n < 10; n += 1) works.push(await work())
    const at = await instant()
    for (const { id } of works) await arena.act(mine(`select content.revise_work($1, '{"text": "3"}')`, id))
    await arena.act(mine(`select core.update_profile($1, 'Otherwise')`, owner))
    const outcomes = await arena.race(
        Array.from({ length: competitors }, (_, n) =>
            n % 5 === 4
                ? by(other, `select content.react('heart', $1)`, works[n % 10]?.id)
                : mine('select count(*) from content.recover_person($1)', at),
        ),
    )
    expect(refusals(outcomes)).not.toContain('40P01')
    for (const { id } of works) expect(await versions(id)).toBe('1 2 3 2')
    expect(outcomes.filter(({ value }) => value === '11')).toHaveLength(1)
})

test('while they are forgotten, nobody is brought back', async () => {
    for (const themselves of [true, false]) {
        const [teller = '', guardian = ''] = await arena.people(2)
        await arena.join(river, [teller, guardian], 'member')
        await arena.referee.query('update core.people set guardian_id = $2 where id = $1', [teller, guardian])
        const at = await instant()
        await arena.act(by(teller, `select core.update_profile($1, 'A name', bio => 'Of me')`, teller))
        const who = themselves ? teller : guardian
        const [outcome] = await arena.ahead(by(who, 'select core.erase_person($1)', teller), [
            by(who, 'select count(*) from content.recover_person($2, $1)', teller, at),
        ])
        // Whoever is forgotten is nobody by then, and nobody's ward.
        expect(outcome?.refusal).toBe(themselves ? 'EL001' : '42501')
        expect(await arena.value('select display_name || bio from core.people where id = $1', [teller])).toBe(
            'Erased person',
        )
    }
})

test('above read committed, nothing is brought back', async () => {
    const { id, at } = await work()
    for (const statement of [
        'select content.restore_work($1, 1)',
        `select count(*) from content.restore_work_as_of($1, '${at}')`,
        `select count(*) from content.recover_person('${at}') where $1::uuid is not null`,
    ]) {
        expect(refusals(await arena.race([mine(statement, id)], 'repeatable read'))).toEqual(['EL009'])
    }
    expect(await versions(id)).toBe('1 2')
})

test('whoever has works in several organizations is brought back while somebody is forgotten in both', async () => {
    const hill = await arena.organization(`hill-${owner}`, owner)
    await arena.join(hill, [other], 'member')
    const told: unknown[] = []
    // The one that was begun first lies in the organization that was founded last.
    for (const place of [hill, river]) {
        const id = await arena.act(mine(`select content.create_note($1, 'Two', '{"text": "1"}')`, place))
        await arena.act(mine(`select consent.add_party($1, $2, 'depicted')`, id, other))
        told.push(id)
    }
    const at = await instant()
    for (const id of told) await arena.act(mine(`select content.revise_work($1, '{"text": "2"}')`, id))
    const outcomes = await arena.ahead(mine(`select content.revise_work($1, '{"text": "3"}')`, told[1]), [
        by(other, 'select core.erase_person($1)', other),
        // Once whoever is forgotten waits for the first.
        mine(
            `with later as materialized (select pg_sleep(0.5))
            select count(r) from later cross join lateral content.recover_person($1::timestamptz) r`,
            at,
        ),
    ])
    expect(refusals(outcomes)).toEqual([])
    for (const id of told) expect(await versions(id)).toMatch(/1$/)
})
