// Many join at once: no invitation is used more often than it may be, nobody is a member twice, no seat is sold twice.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Outcome, person, refusals, service, won } from './arena.ts'

let arena: Arena
let owner: string
let crowd: string[]

beforeAll(async () => {
    arena = await Arena.open()
    ;[owner = '', ...crowd] = await arena.people(1 + competitors)
})

afterAll(() => arena.close())

const invite = (scope: string, uses: number): Promise<unknown> =>
    arena.act({
        speaker: person(owner),
        statement: 'select core.invite($1, max_uses => $2)',
        parameters: [scope, uses],
    })

const acceptAll = (token: unknown): Promise<Outcome[]> =>
    arena.everybody((n) => ({
        speaker: person(crowd[n] ?? ''),
        statement: 'select core.accept_invitation($1)',
        parameters: [token],
    }))

const members = (scope: string): Promise<number> =>
    arena.value(`select count(*)::int from core.memberships where scope_id = $1 and status = 'active'`, [
        scope,
    ])

const wrongSeats = (): Promise<number> => arena.value('select count(*)::int from core.verify_seats()')

test.each([1, 7])('of fifty who accept an invitation for %i, so many become members', async (uses) => {
    const scope = await arena.organization(`invited-${uses}`, owner)
    const outcomes = await acceptAll(await invite(scope, uses))
    expect(won(outcomes)).toHaveLength(uses)
    expect(refusals(outcomes)).toEqual(['EL033'])
    expect(await members(scope)).toBe(1 + uses)
    expect(await arena.value('select uses from core.invitations where scope_id = $1', [scope])).toBe(uses)
    expect(await wrongSeats()).toBe(0)
})

test('somebody who accepts fifty invitations at once is a member once', async () => {
    const scope = await arena.organization('once', owner)
    const tokens: unknown[] = []
    for (let n = 0; n < competitors; n += 1) tokens.push(await invite(scope, 1))
    const outcomes = await arena.everybody((n) => ({
        speaker: person(crowd[0] ?? ''),
        statement: 'select core.accept_invitation($1)',
        parameters: [tokens[n]],
    }))
    expect(won(outcomes)).toHaveLength(1)
    expect(refusals(outcomes)).toEqual(['EL030'])
    expect(await members(scope)).toBe(2)
    // Who was refused has used nothing up.
    expect(
        await arena.value('select sum(uses)::int from core.invitations where scope_id = $1', [scope]),
    ).toBe(1)
})

test('a strict quota gives away its last seats and not one more', async () => {
    const scope = await arena.organization('seats', owner)
    await arena.act({
        speaker: service,
        statement: `select core.set_quota($1, 'seats', 10, true)`,
        parameters: [scope],
    })
    const outcomes = await acceptAll(await invite(scope, competitors))
    expect(won(outcomes)).toHaveLength(9)
    expect(refusals(outcomes)).toEqual(['EL060'])
    expect(await members(scope)).toBe(10)
    expect(await wrongSeats()).toBe(0)
})

test('while limits turn strict and back, no seat goes uncounted', async () => {
    const scope = await arena.organization('turning', owner)
    await arena.join(scope, crowd.slice(0, 20), 'member')
    const token = await invite(scope, competitors)
    for (let round = 0; round < 3; round += 1) {
        await arena.everybody((n) => {
            if (n % 5 === 0) {
                return {
                    speaker: service,
                    statement: `select core.set_quota($1, 'seats', 40, $2)`,
                    parameters: [scope, n % 2 === 0],
                }
            }
            const speaker = person(crowd[n] ?? '')
            return (n + round) % 2 === 0
                ? { speaker, statement: 'select core.leave($1)', parameters: [scope] }
                : { speaker, statement: 'select core.accept_invitation($1)', parameters: [token] }
        })
        expect(await wrongSeats()).toBe(0)
    }
    await arena.act({
        speaker: service,
        statement: `select core.set_quota($1, 'seats', 60, true)`,
        parameters: [scope],
    })
    expect(await arena.value('select used::int from core.quotas where scope_id = $1', [scope])).toBe(
        await members(scope),
    )
})

test('who is let in and banned at the same time ends up banned', async () => {
    const scope = await arena.organization('judged', owner)
    await arena.join(scope, crowd, 'owner')
    const [asking] = await arena.people(1)
    const membership = await arena.value(
        `insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status)
         values ($1, $1, 0, $1, $2, 'requested') returning id`,
        [scope, asking],
    )
    const outcomes = await arena.everybody((n) => ({
        speaker: person(crowd[n] ?? ''),
        statement:
            n % 2 === 0 ? 'select core.approve_membership($1)' : `select core.ban_member($1, 'a quarrel')`,
        parameters: [membership],
    }))
    expect(won(outcomes.filter((_, n) => n % 2 === 1))).toHaveLength(1)
    expect(won(outcomes).length).toBeLessThanOrEqual(2)
    expect(refusals(outcomes)).toEqual(['EL031'])
    expect(await arena.value('select status::text from core.memberships where id = $1', [membership])).toBe(
        'banned',
    )
    expect(await wrongSeats()).toBe(0)
})
