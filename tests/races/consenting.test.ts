// Parties say yes and no at once, while the work is written on: one no is a no, whoever came last, at any level of
// isolation; and no version is lost.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Isolation, type Move, person, refusals, won } from './arena.ts'

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

const isolations: Isolation[] = ['read committed', 'repeatable read', 'serializable']

/** A work, published for everybody, to which all fifty have to consent; the first owns it. */
async function published(title: string): Promise<string> {
    const [owner = '', ...others] = people
    const act = (statement: string, parameters: unknown[]) =>
        arena.act({ speaker: person(owner), statement, parameters })
    const work = (await act(`select content.create_note($1, $2, '{}', visibility => 'public')`, [
        river,
        title,
    ])) as string
    await act(`select content.transition($1, 'published')`, [work])
    await act(`select consent.add_party($1, p, 'co_teller') from unnest($2::uuid[]) p`, [work, others])
    return work
}

const decide = (n: number, verb: 'give' | 'refuse' | 'withdraw', work: string): Move => ({
    speaker: person(people[n] ?? ''),
    statement: `select consent.${verb}_consent($1, 'public_sharing')`,
    parameters: [work],
})

const isPublic = (work: string): Promise<boolean> =>
    arena.value('select public_during @> clock_timestamp() from content.works where id = $1', [work])

async function expectCountedRight(): Promise<void> {
    expect((await arena.referee.query('select * from consent.verify_effective()')).rows).toEqual([])
}

test('when all fifty say yes at once, it is one', async () => {
    const work = await published('All say yes')
    expect(refusals(await arena.everybody((n) => decide(n, 'give', work)))).toEqual([])
    expect(await isPublic(work)).toBe(true)
    await expectCountedRight()
})

test.each(isolations)('of yes and no at once, no remains (%s)', async (isolation) => {
    for (const verb of ['refuse', 'withdraw'] as const) {
        const work = await published(`${verb} ${isolation}`)
        await arena.everybody((n) => decide(n, 'give', work))
        const outcomes = await arena.everybody(
            (n) => decide(n, n % 10 === 3 ? verb : 'give', work),
            isolation,
        )
        // Above read committed nobody would see what the others decided, so everybody is refused.
        expect(refusals(outcomes)).toEqual(isolation === 'read committed' ? [] : ['EL009'])
        expect(await isPublic(work)).toBe(isolation !== 'read committed')
        await expectCountedRight()
    }
})

test('of one who says yes and no at once, the last is what counts, and one decision stands', async () => {
    const work = await published('One mind')
    await arena.everybody((n) => decide(n, 'give', work))
    for (let round = 0; round < 5; round += 1) {
        await arena.everybody((n) => decide(7, n % 2 === 0 ? 'give' : 'refuse', work))
        const standing = await arena.value<string[]>(
            `select array_agg(c.decision::text)
             from consent.consents c
             join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
             where c.work_id = $1 and p.person_id = $2 and upper_inf(c.during) and not isempty(c.during)`,
            [work, people[7]],
        )
        expect(standing).toHaveLength(1)
        expect(await isPublic(work)).toBe(standing[0] === 'given')
        await expectCountedRight()
    }
})

test('fifty versions written at once are fifty versions, and readers keep the one they agreed to', async () => {
    const work = await published('Many hands')
    await arena.everybody((n) => decide(n, 'give', work))
    const outcomes = await arena.everybody(() => ({
        speaker: person(people[0] ?? ''),
        statement: `select content.revise_work($1, '{}')`,
        parameters: [work],
    }))
    expect(won(outcomes)).toHaveLength(competitors)
    expect(
        await arena.value(
            'select array[count(*), max(number)]::int[] from content.work_versions where work_id = $1',
            [work],
        ),
    ).toEqual([competitors + 1, competitors + 1])
    expect(await arena.value('select public_version from content.works where id = $1', [work])).toBe(1)
    await expectCountedRight()
})

test('of a move and its opposite at once, a chain remains', async () => {
    const work = await published('To and fro')
    await arena.everybody((n) => ({
        speaker: person(people[0] ?? ''),
        statement: 'select content.transition($1, $2)',
        parameters: [work, ['withdrawn', 'archived', 'draft', 'published'][n % 4]],
    }))
    expect(
        await arena.value(
            `select bool_and(t.from_state = p.to_state)
             from content.work_transitions t
             join content.work_transitions p using (tenant_id, work_id)
             where t.work_id = $1 and p.number = t.number - 1`,
            [work],
        ),
    ).toBe(true)
    await expectCountedRight()
})
