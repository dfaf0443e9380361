// A label that is ratified binds whatever bears it, also what is labelled at that moment; and of fifty changes that rest
// on one decision, one is made.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals, won } from './arena.ts'

let arena: Arena
let steward: string
let place: string

const label = 'tk_community_use_only'

beforeAll(async () => {
    arena = await Arena.open()
    ;[steward = ''] = await arena.people(1)
    const river = await arena.organization('river', steward)
    place = (await act(`select core.create_place($1, 'community', 'heron', 'Heron')`, [river])) as string
})

afterAll(() => arena.close())

const by = (statement: string, parameters: unknown[]): Move => ({
    speaker: person(steward),
    statement,
    parameters,
})
const act = (statement: string, parameters: unknown[]): Promise<unknown> =>
    arena.act(by(statement, parameters))
const adopt = (key: string): Promise<unknown> => act('select consent.adopt_label($1, $2)', [place, key])
const note = async (title: string): Promise<string> =>
    (await act(`select content.create_note($1, $2, '{}')`, [place, title])) as string
const labelling = (work: string | undefined, key: string): Move =>
    by('select consent.label_work($1, $2, $3)', [work, place, key])
const ratifying = (key: string): Move => by('select consent.ratify_label($1, $2)', [place, key])

/** How many works bear a label, and how many of them stand under what it binds them to. */
const bearing = async (key: string): Promise<unknown> =>
    (
        await arena.referee.query(
            `select count(*)::integer as bear, count(m.protocol_id)::integer as stand
            from consent.work_labels b
            join content.works w on w.tenant_id = b.tenant_id and w.id = b.work_id
            join consent.community_labels l
                on (l.tenant_id, l.scope_id, l.label) = (b.tenant_id, b.scope_id, b.label)
            left join consent.protocol_set_members m
                on m.tenant_id = w.tenant_id and m.set_id = w.protocol_set_id and m.protocol_id = l.protocol_id
            where b.label = $1`,
            [key],
        )
    ).rows[0]

test('fifty works are labelled while the label is ratified, and stand under its protocol', async () => {
    await adopt(label)
    const works: string[] = []
    for (let n = 0; n < competitors; n += 1) works.push(await note(`Note ${n}`))
    const outcomes = await arena.everybody((n) => (n === 20 ? ratifying(label) : labelling(works[n], label)))
    expect(refusals(outcomes)).toEqual([])
    expect(await bearing(label)).toEqual({ bear: competitors - 1, stand: competitors - 1 })
})

test.each(['tk_culturally_sensitive', 'tk_secret_sacred'])('whoever comes first: %s', async (key) => {
    await adopt(key)
    const work = await note(key)
    const moves = [labelling(work, key), ratifying(key)]
    const [first, second] = key === 'tk_secret_sacred' ? moves.reverse() : moves
    const outcomes = await arena.ahead(first as Move, [second as Move])
    expect(refusals(outcomes)).toEqual([])
    expect(await bearing(key)).toEqual({ bear: 1, stand: 1 })
})

test('a work that is labelled while its protocols are changed stands under what the label binds it to', async () => {
    const work = await note('Changed')
    const outcomes = await arena.ahead(labelling(work, label), [
        by(`select consent.protect_work($1, $2, '{}')`, [work, place]),
    ])
    expect(refusals(outcomes)).toEqual(['EL109'])
    expect(await bearing(label)).toEqual({ bear: competitors, stand: competitors })
})

test('of fifty changes that rest on one decision, one is made', async () => {
    const set = 'select core.set_setting($1, $2, $3)'
    await act(set, [place, 'benefits.decided', 'true'])
    await act(set, [place, 'decisions.quorum', '1'])
    const propose = `select content.propose_decision($1, 'benefits.set', 'Share?')`
    const decision = await act(propose, [place])
    const poll = await arena.value('select poll_id from content.decisions where id = $1', [decision])
    await act(`select content.cast_ballot($1, '{1,0,0,0}')`, [poll])
    await arena.referee.query('alter table content.polls disable trigger _010_freeze_key')
    await arena.referee.query('update content.polls set closes_at = clock_timestamp() where id = $1', [poll])
    await arena.referee.query('alter table content.polls enable trigger _010_freeze_key')
    await arena.referee.query('select content.count_polls()')
    const outcomes = await arena.everybody((n) =>
        by(`select consent.set_benefits($1, 'custom', 'majority', jsonb_build_object('part', $2::integer))`, [
            place,
            n,
        ]),
    )
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['EL117'])
    expect(await arena.value('select count(*)::integer from content.decision_uses')).toBe(1)
})
