// Files at once: one arrives once, and none is shown and dropped by two who do not see each other.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, service } from './arena.ts'

let arena: Arena
let owner: string
let work: string

beforeAll(async () => {
    arena = await Arena.open()
    const [first = ''] = await arena.people(1)
    owner = first
    const river = await arena.organization('river', owner)
    work = (await arena.act({
        speaker: person(owner),
        statement: `select content.create_note($1, 'Ice', '{}')`,
        parameters: [river],
    })) as string
})

afterAll(() => arena.close())

async function announced(): Promise<string> {
    return (await arena.act({
        speaker: person(owner),
        statement: `select content.begin_upload($1, 'image/png', 10, repeat('ab', 32))`,
        parameters: [work],
    })) as string
}

const finishing = (file: string): Move => ({
    speaker: service,
    statement: 'select content.finish_upload($1)',
    parameters: [file],
})

test('when fifty say that a file arrived, one of them is first', async () => {
    const file = await announced()
    const outcomes = await arena.everybody(() => finishing(file))
    expect(outcomes.filter(({ value }) => value === true)).toHaveLength(1)
    expect(outcomes.filter(({ value }) => value === false)).toHaveLength(competitors - 1)
})

test('what is shown at the last moment is shown, or dropped, and not both', async () => {
    for (let round = 0; round < 5; round += 1) {
        const files: string[] = []
        for (let n = 0; n < 10; n += 1) {
            const file = await announced()
            await arena.act(finishing(file))
            files.push(file)
        }
        await arena.referee.query(
            "update content.files set begun_at = now() - interval '25 hours' where attached_at is null",
        )
        await arena.everybody((n) =>
            n % 5 === 0
                ? { speaker: service, statement: 'select content.drop_unused_files()' }
                : {
                      speaker: person(owner),
                      statement: `select content.add_media($1, $2, 'A picture')`,
                      parameters: [work, files[n % 10]],
                  },
        )
        const { rows } = await arena.referee.query(
            `select count(*)::int as files, count(*) filter (where (m.id is null) = (f.dropped_at is null))::int as both
            from content.files f left join content.media m on m.file_id = f.id
            where f.id = any ($1)`,
            [files],
        )
        expect(rows).toEqual([{ files: 10, both: 0 }])
    }
    expect((await arena.referee.query('select * from content.verify_counts()')).rows).toEqual([])
})
