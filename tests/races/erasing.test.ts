// People are forgotten while they join: whoever is gone belongs nowhere, and nobody waits for somebody who waits for
// them.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals } from './arena.ts'

let arena: Arena
let owner: string
let people: string[]

beforeAll(async () => {
    arena = await Arena.open()
})

beforeEach(async () => {
    ;[owner = '', ...people] = await arena.people(1 + competitors / 2)
})

afterAll(() => arena.close())

/** Each person's two moves side by side: to join, and to be forgotten. */
const joinAndErase = (join: (id: string, n: number) => Pick<Move, 'statement' | 'parameters'>): Move[] =>
    people.flatMap((id, n) => [
        { speaker: person(id), ...join(id, n) },
        { speaker: person(id), statement: 'select core.erase_person($1)', parameters: [id] },
    ])

const liveAndGone = (): Promise<number> =>
    arena.value(
        `select count(*)::int
         from core.memberships m
         join core.people p on p.id = m.person_id
         where m.ended_at is null and p.erased_at is not null`,
    )

/** Of those who took part, in this test. */
const erased = (): Promise<number> =>
    arena.value('select count(*)::int from core.people where id = any ($1) and erased_at is not null', [
        people,
    ])

test('while they accept invitations for their address', async () => {
    const scope = await arena.organization('addressed', owner)
    const tokens: unknown[] = []
    for (const id of people) {
        tokens.push(
            await arena.act({
                speaker: person(owner),
                statement: 'select core.invite($1)',
                parameters: [scope],
            }),
        )
        await arena.referee.query(
            `with keyed as (
                insert into core.person_keys (person_id, wrapped_key, kek_id) values ($1, 'key', 'kek')
                returning person_id
            ),
            addressed as (
                insert into core.person_secrets (person_id, email, email_index)
                select person_id, 'address', convert_to($1::text, 'utf8') from keyed
                returning email_index
            )
            update core.invitations i
            set email_index = a.email_index
            from addressed a
            where i.token_hash = sha256(convert_to(split_part($2, '.', 2), 'utf8'))`,
            [id, tokens.at(-1)],
        )
    }
    const outcomes = await arena.race(
        joinAndErase((_, n) => ({ statement: 'select core.accept_invitation($1)', parameters: [tokens[n]] })),
    )
    expect(refusals(outcomes)).not.toContain('40P01')
    expect(await erased()).toBe(people.length)
    expect(await liveAndGone()).toBe(0)
    expect(await arena.value('select count(*)::int from core.verify_seats()')).toBe(0)
})

test('while they ask to belong', async () => {
    const scope = await arena.organization('open', owner)
    await arena.referee.query(`update core.scopes set visibility = 'public' where id = $1`, [scope])
    const outcomes = await arena.race(
        joinAndErase(() => ({ statement: 'select core.request_membership($1)', parameters: [scope] })),
    )
    expect(refusals(outcomes)).not.toContain('40P01')
    expect(await erased()).toBe(people.length)
    expect(await liveAndGone()).toBe(0)
})

test('while they keep secrets, of which nothing is left', async () => {
    const keeps = (id: string): Move => ({
        speaker: {
            role: 'empathy_keyholder',
            claims: { person: id },
            settings: { 'empathy.kek': 'ab'.repeat(32) },
        },
        statement: `select core.write_secret($1, 'phone', '0')`,
        parameters: [id],
    })
    // Half of them have a key already; of the others it is made meanwhile.
    for (const id of people.filter((_, n) => n % 2 === 0)) await arena.act(keeps(id))
    const outcomes = await arena.race(
        people.flatMap((id) => [
            keeps(id),
            { speaker: person(id), statement: 'select core.erase_person($1)', parameters: [id] },
        ]),
    )
    expect(refusals(outcomes)).not.toContain('40P01')
    expect(await erased()).toBe(people.length)
    expect(
        await arena.value('select count(*)::int from core.person_secrets where person_id = any ($1)', [
            people,
        ]),
    ).toBe(0)
})
