// Somebody makes it a condition that a work says whom it is by, and it is published, while its last name is taken away:
// whoever comes second is told, and nothing is shared without a name that somebody asked for.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, type Move, person } from './arena.ts'

let arena: Arena
let owner: string
let river: string

beforeAll(async () => {
    arena = await Arena.open()
    ;[owner = ''] = await arena.people(1)
    river = await arena.organization('river', owner)
})

afterAll(() => arena.close())

const move = (statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(owner),
    statement,
    parameters,
})

/** A work with one name, and what can become of it. */
async function named(title: string): Promise<{ work: unknown; take: Move; ask: Move; publish: Move }> {
    const work = await arena.act(
        move(`select content.create_note($1, $2, '{}', visibility => 'public')`, river, title),
    )
    const name = await arena.act(move(`select content.attribute_work($1, 'Somebody', 'teller')`, work))
    return {
        work,
        take: move('select content.remove_attribution($1)', name),
        ask: move(`select consent.give_consent($1, 'public_sharing', attribution_required => true)`, work),
        publish: move(`select content.transition($1, 'published')`, work),
    }
}

const shared = (work: unknown): Promise<{ asked: boolean; named: boolean; published: boolean }> =>
    arena.value(
        `select jsonb_build_object(
            'asked', exists (select from consent.consents c where c.work_id = w.id and c.attribution_required),
            'named', exists (select from content.attributions a where a.work_id = w.id),
            'published', w.state = 'published'
        )
        from content.works w
        where w.id = $1`,
        [work],
    )

test('of asking for a name and taking it away, what is published suffers one', async () => {
    const first = await named('Asked for')
    await arena.act(first.publish)
    const [taken] = await arena.ahead(first.ask, [first.take])
    expect(taken?.refusal).toBe('EL106')
    expect(await shared(first.work)).toEqual({ asked: true, named: true, published: true })

    const second = await named('Taken away')
    await arena.act(second.publish)
    const [asked] = await arena.ahead(second.take, [second.ask])
    expect(asked?.refusal).toBe('EL106')
    expect(await shared(second.work)).toEqual({ asked: false, named: false, published: true })
})

test('of publishing and taking the name away that somebody asked for, one', async () => {
    const first = await named('Published')
    await arena.act(first.ask)
    const [taken] = await arena.ahead(first.publish, [first.take])
    expect(taken?.refusal).toBe('EL106')
    expect(await shared(first.work)).toEqual({ asked: true, named: true, published: true })

    const second = await named('Not published')
    await arena.act(second.ask)
    const [published] = await arena.ahead(second.take, [second.publish])
    expect(published?.refusal).toBe('EL106')
    expect(await shared(second.work)).toEqual({ asked: true, named: false, published: false })
})
