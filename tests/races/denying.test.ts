// Whatever lets a work be shared, at the same moment as whatever forbids it: what is forbidden stays so. Each pair of
// both, in either order, so that the second waits for the first and was begun before the first had done anything, in
// every isolation.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Arena, type Isolation, type Move, person, service } from './arena.ts'

let arena: Arena
let river: string
let heron: string
let teller: string
let steward: string

beforeAll(async () => {
    arena = await Arena.open()
    ;[teller = '', steward = ''] = await arena.people(2)
    river = await arena.organization('river', teller)
    heron = (await act(
        teller,
        `select core.create_place($1, 'community', 'heron', 'Heron')`,
        river,
    )) as string
    await arena.join(heron, [steward], 'steward')
})

afterAll(() => arena.close())

const move = (by: string, statement: string, ...parameters: unknown[]): Move => ({
    speaker: by === '' ? service : person(by),
    statement,
    parameters,
})

const act = (by: string, statement: string, ...parameters: unknown[]): Promise<unknown> =>
    arena.act(move(by, statement, ...parameters))

/** What one or the other needs to know: the work, its co-teller, somebody else, and a protocol. */
interface Scene {
    work: string
    coTeller: string
    somebody: string
    protocol: string
}

interface Part {
    says: string
    /** Brings about what the move needs. */
    before?: (scene: Scene) => Promise<unknown>
    does: (scene: Scene) => Move
    /** Of these two the same person does both: it is not there to be done, or the last word counts. */
    notWith?: string
}

const forbids: Part[] = [
    {
        says: 'somebody who has to consent refuses',
        does: ({ work, coTeller }) =>
            move(coTeller, `select consent.refuse_consent($1, 'public_sharing')`, work),
    },
    {
        says: 'somebody who has to consent withdraws',
        does: ({ work, coTeller }) => move(coTeller, 'select consent.withdraw_consent($1)', work),
    },
    {
        says: 'somebody who has to consent is forgotten',
        does: ({ coTeller }) => move(coTeller, 'select core.erase_person($1)', coTeller),
    },
    {
        says: 'somebody else has to consent',
        does: ({ work, somebody }) =>
            move(teller, `select consent.add_party($1, $2, 'depicted')`, work, somebody),
    },
    {
        says: 'its community has to consent',
        does: ({ work }) => move(teller, 'select consent.add_community($1, $2)', work, heron),
    },
    {
        says: 'its owner means it for fewer',
        does: ({ work }) => move(teller, `select content.update_work($1, visibility => 'private')`, work),
    },
    {
        says: 'its owner takes it back',
        does: ({ work }) => move(teller, `select content.transition($1, 'archived')`, work),
    },
    {
        says: 'it is put under protocols',
        does: ({ work, protocol }) =>
            move(teller, 'select consent.protect_work($1, $2, $3)', work, heron, [protocol]),
    },
]

const lets: Part[] = [
    {
        says: 'its owner consents once more',
        does: ({ work }) => move(teller, `select consent.give_consent($1, 'public_sharing')`, work),
    },
    {
        says: 'its owner consents who had not yet',
        before: ({ work }) => act(teller, 'select consent.withdraw_consent($1)', work),
        does: ({ work }) => move(teller, `select consent.give_consent($1, 'public_sharing')`, work),
    },
    {
        says: 'somebody consents to something else',
        does: ({ work, coTeller }) => move(coTeller, `select consent.give_consent($1, 'research')`, work),
    },
    {
        says: 'it is published',
        notWith: 'its owner takes it back',
        before: async ({ work }) => {
            await act(teller, `select content.transition($1, 'withdrawn')`, work)
            await act(teller, `select content.transition($1, 'draft')`, work)
        },
        does: ({ work }) => move(teller, `select content.transition($1, 'published')`, work),
    },
    {
        says: 'its owner means it for everybody',
        notWith: 'its owner means it for fewer',
        before: ({ work }) => act(teller, `select content.update_work($1, visibility => 'community')`, work),
        does: ({ work }) => move(teller, `select content.update_work($1, visibility => 'public')`, work),
    },
    {
        says: 'a typing error is corrected',
        does: ({ work }) => move(teller, `select content.revise_work($1, '{}', minor => true)`, work),
    },
    {
        says: 'it turns out that its owner was two',
        does: ({ somebody }) => move('', 'select core.merge_people($1, $2)', teller, somebody),
    },
]

/** A work that everybody may read, told by two. */
async function shared(): Promise<Scene> {
    const people = await arena.people(2)
    const [coTeller = '', somebody = ''] = people
    await arena.join(river, people, 'member')
    const work = (await act(
        teller,
        `select content.create_note($1, 'Ice', '{}', visibility => 'public')`,
        heron,
    )) as string
    await act(teller, `select consent.add_party($1, $2, 'co_teller')`, work, coTeller)
    await act(teller, `select content.attribute_work($1, 'Two people', 'tellers')`, work)
    await act(teller, `select content.transition($1, 'published')`, work)
    for (const by of [teller, coTeller])
        await act(by, `select consent.give_consent($1, 'public_sharing')`, work)
    const protocol = (await act(
        steward,
        `select consent.create_protocol($1, 'Embers', 'family', 'members')`,
        heron,
    )) as string
    expect(await isPublic(work)).toBe(true)
    return { work, coTeller, somebody, protocol }
}

async function isPublic(work: string): Promise<boolean> {
    await arena.referee.query('begin; set local role anon')
    const { rowCount } = await arena.referee.query('select from content.works where id = $1', [work])
    await arena.referee.query('rollback')
    return rowCount === 1
}

describe.each(['read committed', 'repeatable read', 'serializable'] as Isolation[])('%s', (isolation) => {
    test.each(forbids)('$says', async (no) => {
        for (const yes of lets.filter(({ notWith }) => notWith !== no.says)) {
            for (const noFirst of [true, false]) {
                const scene = await shared()
                await yes.before?.(scene)
                const parts: [Move, Move] = noFirst
                    ? [no.does(scene), yes.does(scene)]
                    : [yes.does(scene), no.does(scene)]
                const outcomes = await arena.duel(...parts, isolation)
                const forbidden = outcomes[noFirst ? 0 : 1]
                const told = `${yes.says}, ${noFirst ? 'after' : 'before'}: ${JSON.stringify(outcomes)}`
                if (isolation === 'read committed') expect(forbidden.refusal, told).toBeUndefined()
                else expect(forbidden.refusal ?? 'EL009', told).toMatch(/^(EL009|40001)$/)
                if (forbidden.refusal === undefined) expect(await isPublic(scene.work), told).toBe(false)
            }
        }
        expect(await arena.value('select count(*)::int from consent.verify_effective()')).toBe(0)
    })
})
