// Works are handed out while consent is withdrawn and agreements are ended: what was withdrawn stands handed out to no
// run, whoever came first, at any level of isolation.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Isolation, type Move, person, refusals, service, won } from './arena.ts'

let arena: Arena
let people: string[]
let river: string

beforeAll(async () => {
    arena = await Arena.open()
    people = await arena.people(competitors)
    river = await arena.organization('river', people[0] ?? '')
    await arena.join(river, people.slice(1), 'member')
    await arena.referee.query(
        `create schema tests;
        grant usage on schema tests to service_role;
        create function tests.record(run_id uuid, work_id uuid) returns uuid language sql security definer
        return consent._record_result(run_id, work_id, 'summary')`,
    )
})

afterAll(() => arena.close())

const owner = (statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(people[0] ?? ''),
    statement,
    parameters,
})

const server = (statement: string, ...parameters: unknown[]): Move => ({
    speaker: service,
    statement,
    parameters,
})

interface Use {
    agreement: unknown
    run: unknown
    work: unknown
}

/** A work that may be studied, and a run to which it can be handed out. */
async function use(title: string): Promise<Use> {
    const work = await arena.act(owner(`select content.create_note($1, $2, '{}')`, river, title))
    await arena.act(owner(`select consent.give_consent($1, 'research')`, work))
    const agreement = await arena.act(
        owner(
            `select consent.create_agreement($1, $2, '{research}', '', repeat('ab', 32))`,
            river,
            `${title} institute`,
        ),
    )
    const run = await arena.act(server(`select consent.begin_run($1, 'research', 'Study')`, agreement))
    return { agreement, run, work }
}

const handOut = ({ run, work }: Use): Move =>
    server('select count(*)::int from consent.hand_out($1, array[$2::uuid])', run, work)
const withdraw = ({ work }: Use): Move => owner(`select consent.withdraw_consent($1, 'research')`, work)
const end = ({ agreement }: Use): Move => owner('select consent.end_agreement($1)', agreement)

const standing = ({ run }: Use): Promise<number> =>
    arena.value('select count(*)::int from consent.run_works where run_id = $1 and stands', [run])

const ways: [string, (it: Use) => Move][] = [
    ['consent is withdrawn', withdraw],
    ['the agreement is ended', end],
]

test.each(ways)('what waits to be handed out while %s is not', async (way, ending) => {
    const it = await use(`Waits: ${way}`)
    const [handed] = await arena.ahead(ending(it), [handOut(it)])
    expect(handed?.value ?? handed?.refusal).toBe(ending === end ? 'P0002' : 0)
    expect(await standing(it)).toBe(0)
})

test.each(ways)('what is handed out is taken back by what waits: %s', async (way, ending) => {
    const it = await use(`Goes ahead: ${way}`)
    expect(refusals(await arena.ahead(handOut(it), [ending(it)]))).toEqual([])
    expect(
        await arena.value(
            'select array[count(*), count(recalled_at)]::int[] from consent.run_works where run_id = $1',
            [it.run],
        ),
    ).toEqual([1, 1])
})

const finish = ({ run }: Use): Move => server('select consent.finish_run($1)', run)

test.each(ways)('of a run that is just being done, %s finds that it is done', async (way, ending) => {
    const it = await use(`Done: ${way}`)
    await arena.act(handOut(it))
    expect(refusals(await arena.ahead(finish(it), [ending(it)]))).toEqual([])
    expect(
        await arena.value(
            `select array[h.recalled_at is not null, h.irrevocable, r.halted_at is null]
            from consent.run_works h
            join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
            where h.run_id = $1`,
            [it.run],
        ),
    ).toEqual([true, true, true])
})

/** What a module does once something came of a work. */
const record = ({ run, work }: Use): Move => server(`select tests.record($1, $2) is not null`, run, work)
const results = ({ run }: Use): Promise<number> =>
    arena.value('select count(*)::int from consent.results where run_id = $1', [run])

test.each(ways)('what just came of a work goes when %s', async (way, ending) => {
    const it = await use(`Came of it: ${way}`)
    await arena.act(handOut(it))
    expect(refusals(await arena.ahead(record(it), [ending(it)]))).toEqual([])
    expect([await standing(it), await results(it)]).toEqual([0, 0])
})

test.each(ways)('nothing comes of a work any more while %s', async (way, ending) => {
    const it = await use(`Too late: ${way}`)
    await arena.act(handOut(it))
    expect(refusals(await arena.ahead(ending(it), [record(it)]))).toEqual(['P0002'])
    expect([await standing(it), await results(it)]).toEqual([0, 0])
})

const isolations: Isolation[] = ['read committed', 'repeatable read', 'serializable']

test.each(isolations)(
    'of all that at once, nothing stays handed out that was withdrawn (%s)',
    async (isolation) => {
        for (const [way, ending] of ways) {
            const it = await use(`${way} ${isolation}`)
            const outcomes = await arena.everybody(
                (n) =>
                    n % 5 === 0
                        ? ending(it)
                        : n % 5 === 1
                          ? server('select consent.recall_expired()')
                          : n % 5 === 2
                            ? server(`select consent.begin_run($1, 'research', 'Study')`, it.agreement)
                            : handOut(it),
                isolation,
            )
            expect(refusals(outcomes)).not.toContain('40P01')
            // Above read committed nobody would see what the others did, so whoever hands out or ends is refused.
            if (isolation !== 'read committed')
                expect(won(outcomes).map(({ value }) => value)).not.toContain(1)
            expect(await standing(it)).toBe(0)
            expect((await arena.referee.query('select * from consent.verify_effective()')).rows).toEqual([])
        }
    },
)
