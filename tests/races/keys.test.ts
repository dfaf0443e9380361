// Keys that are replaced while they are in use: an API key gets one successor; the key-encryption key is changed by
// several at once, some of them killed, and no secret is lost.

import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, person, refusals, type Speaker, won } from './arena.ts'

let arena: Arena

const kek = (byte: string): string => byte.repeat(32)

const keyholder = (settings: Record<string, string>, claims: Record<string, string>): Speaker => ({
    role: 'empathy_keyholder',
    claims,
    settings,
})

beforeAll(async () => {
    arena = await Arena.open()
})

afterAll(() => arena.close())

test('of fifty who rotate an API key at once, one gets its successor', async () => {
    const [owner = ''] = await arena.people(1)
    const scope = await arena.organization('rotated', owner)
    await arena.act({
        speaker: person(owner),
        statement: `select core.create_api_key($1, 'a program', '{member.read}')`,
        parameters: [scope],
    })
    const key = await arena.value('select id from core.api_keys where scope_id = $1', [scope])
    const outcomes = await arena.everybody(() => ({
        speaker: person(owner),
        statement: 'select core.rotate_api_key($1)',
        parameters: [key],
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['EL070'])
    expect(await arena.value('select count(*)::int from core.api_keys where scope_id = $1', [scope])).toBe(2)
})

test('a key that is made while the key-encryption key is changed is not left behind', async () => {
    const [before, after] = [kek('ab'), kek('cd')]
    const rewrap = {
        speaker: keyholder(
            { 'empathy.kek': after, 'empathy.kek_previous': before },
            { role: 'service_role' },
        ),
        statement: 'select core.rewrap_keys()',
    }
    const keeps = (id: string) => ({
        speaker: keyholder({ 'empathy.kek': before }, { person: id }),
        statement: `select core.write_secret($1, 'phone', '0')`,
        parameters: [id],
    })
    const [first = '', ...people] = await arena.people(competitors)
    await arena.act(keeps(first))
    const outcomes = await arena.race([...people.map(keeps), rewrap])
    expect(refusals(outcomes.slice(0, -1)).filter((code) => code !== 'EL083')).toEqual([])
    // Until it says that nothing is left: then nothing is, and nobody makes another one with the key before.
    if (Number(outcomes.at(-1)?.value) > 0) while (Number(await arena.act(rewrap)) > 0);
    expect(await arena.value('select count(distinct kek_id)::int from core.person_keys')).toBe(1)
})

test('the key-encryption key is changed by many at once, some killed, and every secret can still be read', async () => {
    // The installation's is now the one that the test before changed to.
    const [before, after] = [kek('cd'), kek('ef')]
    const people = await arena.people(120)
    for (const id of people) {
        await arena.act({
            speaker: keyholder({ 'empathy.kek': before }, { person: id }),
            statement: `select core.write_secret($1, 'email', $2)`,
            parameters: [id, `${id}@mail.example`],
        })
    }

    const rewrap = {
        speaker: keyholder(
            { 'empathy.kek': after, 'empathy.kek_previous': before },
            { role: 'service_role' },
        ),
        statement: 'select core.rewrap_keys(3)',
    }
    const running = arena.everybody(() => rewrap)
    for (let kill = 0; kill < 5; kill += 1) {
        await arena.referee.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where datname = current_database() and query like '%rewrap_keys%' and pid <> pg_backend_pid() limit 2`,
        )
        await sleep(2)
    }
    const outcomes = await running
    expect(won(outcomes).length).toBeGreaterThan(0)
    expect(won(outcomes).length).toBeLessThan(competitors)

    while (Number(await arena.act(rewrap)) > 0);
    for (const id of people) {
        const email = await arena.act({
            speaker: keyholder({ 'empathy.kek': after }, { person: id }),
            statement: `select core.read_secret($1, 'email')`,
            parameters: [id],
        })
        expect(email).toBe(`${id}@mail.example`)
    }
    expect(await arena.value(`select count(distinct kek_id)::int from core.person_keys`)).toBe(1)
})
