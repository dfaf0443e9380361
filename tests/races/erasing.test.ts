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

test('while they do what leaves something of theirs behind, which they are refused', async () => {
    const river = await arena.organization('river', owner)
    await arena.join(river, people.slice(1), 'admin')
    const [ward = '', self = ''] = people
    await arena.referee.query('update core.people set guardian_id = $2 where id = $1', [ward, owner])
    await arena.join(river, [ward], 'member')
    const draft = async (teller: string): Promise<[unknown, unknown]> => {
        const act = (statement: string, ...parameters: unknown[]) =>
            arena.act({ speaker: person(teller), statement, parameters })
        const work = await act(`select content.create_note($1, 'Ice', '{}', visibility => 'public')`, river)
        await act(`select content.transition($1, 'published')`, work)
        return [work, await act(`select content.attribute_work($1, 'Of ice', 'author', $2)`, work, teller)]
    }

    const [ofOthers] = await draft(owner)
    const outcomes: Record<string, string[]> = {}
    for (const [forgotten, speaker] of [
        [self, self],
        [ward, owner],
    ] as const) {
        const [work, attribution] = await draft(forgotten)
        const moves: [string, ...unknown[]][] = [
            [`select core.update_profile($1, 'A name')`, forgotten],
            [`select core.request_verification('passport', 'https://example.org/me', $1)`, forgotten],
            [`select consent.give_consent($1, 'public_sharing', person_id => $2)`, work, forgotten],
            [`select content.rename_attribution($1, 'A name')`, attribution],
        ]
        if (forgotten === ward) {
            moves.push([`select content.attribute_work($1, 'A name', 'author', $2)`, ofOthers, ward])
        }
        if (forgotten === self) {
            moves.push(
                [`select core.create_api_key($1, 'A program', '{key.manage}')`, river],
                [`select content.create_note($1, 'Another', '{}')`, river],
                [`select content.revise_work($1, '{"more": 1}')`, work],
                [`select content.attribute_work($1, 'A name', 'author')`, work],
                [`select content.begin_upload($1, 'image/png', 1, repeat('0', 64))`, work],
            )
        }
        const refused = await arena.ahead(
            { speaker: person(speaker), statement: 'select core.erase_person($1)', parameters: [forgotten] },
            moves.map(([statement, ...parameters]) => ({ speaker: person(speaker), statement, parameters })),
        )
        for (const [n, { refusal }] of refused.entries()) {
            const called = moves[n]?.[0].match(/[a-z_]+\.[a-z_]+/)?.[0] ?? ''
            outcomes[called] = [...(outcomes[called] ?? []), refusal ?? 'done']
        }
    }
    expect(new Set(Object.values(outcomes).flat()), JSON.stringify(outcomes)).toEqual(new Set(['P0002']))
    expect(
        await arena.value(
            `select count(*)::int
             from core.people p
             where p.id = any ($1)
                and (
                    p.display_name <> 'Erased person'
                    or exists (select from content.attributions a where a.named_as = 'A name')
                    or exists (
                        select
                        from consent.consents c
                        join consent.consent_parties y on y.id = c.party_id
                        where y.person_id = p.id and c.decision = 'given' and c.during @> now()
                    )
                )`,
            [[ward, self]],
        ),
    ).toBe(0)
})

test.each([
    `select content.attribute_work($1, 'A name', 'author', $2)`,
    `select content.add_collaborator($1, $2, 'comment')`,
    `select consent.add_party($1, $2, 'depicted')`,
])('while something is said of them in a work that asks for their consent: %s', async (statement) => {
    const move = (statement: string, ...parameters: unknown[]): Move => ({
        speaker: person(owner),
        statement,
        parameters,
    })
    const river = await arena.organization(`reeds-${owner}`, owner)
    await arena.join(river, people, 'member')
    const moves: Move[] = []
    for (const id of people) {
        const work = await arena.act(move(`select content.create_note($1, 'Ice', '{}')`, river))
        await arena.act(move(`select consent.add_party($1, $2, 'co_teller')`, work, id))
        moves.push(move(statement, work, id), {
            speaker: person(id),
            statement: 'select core.erase_person($1)',
            parameters: [id],
        })
    }
    expect(refusals(await arena.race(moves))).not.toContain('40P01')
    expect(await erased()).toBe(people.length)
})
