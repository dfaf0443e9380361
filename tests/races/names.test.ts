// Names that only one can have, and two people who turn out to be one, decided by many at once.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, person, refusals, service, won } from './arena.ts'

let arena: Arena
let people: string[]

beforeAll(async () => {
    arena = await Arena.open()
    people = await arena.people(competitors)
})

afterAll(() => arena.close())

const speaker = (n: number) => person(people[n] ?? '')

test('of fifty who found an organization of the same slug, one does', async () => {
    const outcomes = await arena.everybody((n) => ({
        speaker: speaker(n),
        statement: `select core.create_organization('river', 'River')`,
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['23505'])
    expect(await arena.value(`select count(*)::int from core.scopes where slug = 'river'`)).toBe(1)
    expect(await arena.value('select count(*)::int from core.verify_owners()')).toBe(0)
})

test('of fifty who begin a project of the same slug, one does, and one is counted', async () => {
    const scope = await arena.organization('hill', people[0] ?? '')
    await arena.join(scope, people.slice(1), 'owner')
    const outcomes = await arena.everybody((n) => ({
        speaker: speaker(n),
        statement: `select core.create_project($1, 'archive', 'Archive')`,
        parameters: [scope],
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['23505'])
    expect(await arena.value(`select count(*)::int from core.projects where tenant_id = $1`, [scope])).toBe(1)
    expect(
        await arena.value(
            `select sum(used)::int from core.usage_shards where scope_id = $1 and resource = 'projects'`,
            [scope],
        ),
    ).toBe(1)
})

test('of fifty who take the same handle, one has it', async () => {
    const outcomes = await arena.everybody((n) => ({
        speaker: speaker(n),
        statement: `select core.update_profile($1, handle => 'heron')`,
        parameters: [people[n]],
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(await arena.value(`select count(*)::int from core.people where handle = 'heron'`)).toBe(1)
})

test('of fifty arrivals with the same login, one becomes a person', async () => {
    const before = await arena.value<number>('select count(*)::int from core.people')
    const outcomes = await arena.everybody(() => ({
        speaker: { role: 'authenticated', claims: { iss: 'https://login.example', sub: 'newcomer' } },
        statement: `select core.register('Newcomer')`,
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(await arena.value<number>('select count(*)::int from core.people')).toBe(before + 1)
})

test('two people who are merged into each other at once end as one of them', async () => {
    const [first = '', second = ''] = await arena.people(2)
    const scope = await arena.organization('merged', first)
    await arena.join(scope, [second], 'owner')
    const outcomes = await arena.everybody((n) => ({
        speaker: service,
        statement: 'select core.merge_people($1, $2)',
        parameters: n % 2 === 0 ? [first, second] : [second, first],
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['P0002'])
    const { rows } = await arena.referee.query(
        'select merged_into from core.people where id in ($1, $2) order by merged_into nulls last',
        [first, second],
    )
    expect(rows.filter((row) => row.merged_into === null)).toHaveLength(1)
    expect(await arena.value('select count(*)::int from core.verify_owners()')).toBe(0)
    expect(await arena.value('select count(*)::int from core.verify_seats()')).toBe(0)
})

test('a circle of merges at once leaves nobody merged into somebody who is gone', async () => {
    const circle = await arena.people(competitors)
    const scope = await arena.organization('circle', circle[0] ?? '')
    await arena.join(scope, circle.slice(1), 'member')
    const outcomes = await arena.everybody((n) => ({
        speaker: service,
        statement: 'select core.merge_people($1, $2)',
        parameters: [circle[n], circle[(n + 1) % competitors]],
    }))
    expect(refusals(outcomes)).toEqual(['P0002'])
    expect(
        await arena.value(
            `select count(*)::int from core.people p join core.people s on s.id = p.merged_into
             where s.merged_into is not null`,
        ),
    ).toBe(0)
    expect(await arena.value('select count(*)::int from core.verify_owners()')).toBe(0)
    expect(await arena.value('select count(*)::int from core.verify_seats()')).toBe(0)
})
