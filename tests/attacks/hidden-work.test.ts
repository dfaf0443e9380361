// Nobody learns of a hidden work, whoever they are and whatever they ask: not that it is there, not by what is refused,
// counted, locked, logged or left out. All is asked in two worlds, in one of which the work never was.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attackers, insiders, speakers } from './attackers.ts'
import { type Attack, attacks, vain } from './attacks.ts'
import { limits } from './limits.ts'
import { calls, readings } from './sweeps.ts'
import { type Difference, type Hidden, literal, makeTwins, type Speaker, type Twins } from './twins.ts'

let twins: Twins
let everybody: Speaker[]
const met = new Set<RegExp>()

beforeAll(async () => {
    twins = await makeTwins()
    everybody = await speakers(twins.without)
})

afterAll(() => twins.unmake())

const names = [...Object.keys(attackers), 'anonymous', 'keyholder', 'a program with a key']

const speaker = (name: string): Speaker => {
    const found = everybody.find((each) => each.name === name)
    if (!found) throw new Error(`nobody is called ${name}`)
    return found
}

/** The others differ from these in where they belong, which no function asks otherwise. */
const thoroughly = new Set(['stranger', 'cleo', 'hana', 'ada', 'anonymous', 'keyholder'])

/** All, or the one with most and one of the others. */
function worksFor(name: string): Hidden[] {
    const [first = {}, ...others] = twins.works
    return thoroughly.has(name) ? twins.works : [first, others[names.indexOf(name) % others.length] ?? {}]
}

/** What to say for each of these works that has all that it takes. */
function said([, ...statements]: Attack, works: Hidden[]): string[][] {
    const filled = works.map((work) => statements.map((statement) => fill(statement, work)))
    const complete = filled.filter((each): each is string[] => !each.includes(undefined))
    return [...new Map(complete.map((each) => [each.join(), each])).values()]
}

function fill(statement: string, work: Hidden): string | undefined {
    let complete = true
    const filled = statement.replace(/(?<!:):([a-z_0-9]+)/g, (_, key: string) => {
        complete &&= key in work
        return literal(work[key])
    })
    return complete ? filled : undefined
}

/** Those for which there is no reason. */
function unexpected(name: string, differences: Difference[]): Difference[] {
    return differences.filter(({ asked }) => {
        const limit = limits.find(({ who, asked: meant }) => who.includes(name) && meant.test(asked))
        if (limit) met.add(limit.asked)
        return !limit
    })
}

describe('while somebody is at work on all of it', () => {
    beforeAll(() => twins.hold())

    afterAll(() => twins.letGo())

    describe.each(names)('%s', (name) => {
        test(`learns nothing in any of ${attacks.length + vain.length} ways`, async () => {
            const asked = [...attacks, ...vain].flatMap((attack) =>
                said(attack, worksFor(name)).map((each) => ({ attack, each })),
            )
            const differences = await twins.differences(
                speaker(name),
                asked.map(({ each }) => each),
            )
            const told = unexpected(name, differences).map((difference) => [
                asked.find(({ each }) => each.join('; ') === difference.asked)?.attack[0],
                difference,
            ])
            expect(told).toEqual([])
        })

        test('reads the same rows, whatever there is to read', async () => {
            const asked = await readings(speaker(name), twins.without)
            expect(unexpected(name, await twins.differences(speaker(name), asked))).toEqual([])
        })

        test('is answered the same by every function, whatever of it they name', async () => {
            const [row] = await twins.without.rows<{ plausible: Record<string, string> }>(
                readFileSync(join(import.meta.dirname, 'plausible.sql'), 'utf8'),
                [name],
            )
            const asked = await calls(
                speaker(name),
                twins.works,
                row?.plausible ?? {},
                twins.without,
                thoroughly.has(name),
            )
            expect(unexpected(name, await twins.differences(speaker(name), asked))).toEqual([])
        })
    })
})

test.each([
    [
        'a statement that was prepared',
        'prepare kept as select title from content.works order by title; execute kept',
        'execute kept',
    ],
    [
        'a statement with a plan for everybody',
        `set local plan_cache_mode = force_generic_plan;
        prepare kept (uuid) as select title from content.works where id = $1; execute kept(:work)`,
        'execute kept(:work)',
    ],
    [
        'a cursor that nobody asked yet',
        'declare kept cursor for select title from content.works order by title',
        'fetch all from kept',
    ],
    [
        'a view',
        'create temporary view kept as select title from content.works order by title',
        'select * from kept',
    ],
])('what an elder leaves behind on a connection tells the next nothing: %s', async (_, left, found) => {
    const [work = {}] = twins.works
    const elder = insiders.find(({ name }) => name === 'eli') as Speaker
    for (const name of ['cleo', 'stranger', 'anonymous']) {
        const [hiding, without] = await twins.hear(speaker(name), fill(found, work) ?? '', [
            elder,
            fill(left, work) ?? '',
        ])
        expect(hiding, name).toBe(without)
    }
    const [hiding, without] = await twins.hear(elder, fill(`${left}; ${found}`, work) ?? '')
    expect(hiding).not.toBe(without)
})

test('a login that is no server becomes nobody, whatever it claims', async () => {
    const [work = {}] = twins.works
    const login = { name: 'a login', role: 'attacks_login', claims: insiders[0]?.claims ?? {} }
    for (const world of [twins.hiding, twins.without]) {
        await world.rows('drop role if exists attacks_login')
        await world.rows('create role attacks_login login')
        for (const statement of [
            'select title from content.works where id = :work',
            'select core.me()',
            'select content.visible(array[:work]::uuid[])',
            'set session authorization attacks_login; set role authenticated; select title from content.works',
            'set session authorization attacks_login; set role service_role',
            'set session authorization attacks_login; set role empathy_owner',
        ]) {
            expect(await world.hear(login, fill(statement, work) ?? ''), statement).toContain('42501')
        }
        await world.rows('drop role attacks_login')
    }
})

test('each of these ways tells those something who may know', async () => {
    const silent: string[] = []
    for (const attack of attacks) {
        let tells = false
        for (const insider of insiders) {
            tells ||= (await twins.differences(insider, said(attack, twins.works))).length > 0
        }
        if (!tells) silent.push(attack[0])
    }
    expect(silent).toEqual([])
})

test('each limit is met', () => {
    expect(limits.filter(({ asked }) => !met.has(asked))).toEqual([])
})
