// Owners leave, are removed and hand over at once: an organization is never without one, at any level of isolation.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Isolation, person, refusals, won } from './arena.ts'

let arena: Arena
let people: string[]

beforeAll(async () => {
    arena = await Arena.open()
    people = await arena.people(competitors)
})

afterAll(() => arena.close())

const isolations: Isolation[] = ['read committed', 'repeatable read', 'serializable']

/** An organization whose owners are the first so many. */
async function owned(slug: string, owners: number): Promise<{ scope: string; memberships: string[] }> {
    const [founder = '', ...others] = people.slice(0, owners)
    const scope = await arena.organization(slug.replaceAll(' ', '-'), founder)
    const own = await arena.value<string>('select id from core.memberships where scope_id = $1', [scope])
    return { scope, memberships: [own, ...(await arena.join(scope, others, 'owner'))] }
}

const owners = (scope: string): Promise<number> =>
    arena.value(
        `select count(*)::int
         from core.memberships m
         join core.membership_roles r on r.tenant_id = m.tenant_id and r.membership_id = m.id
         where m.scope_id = $1 and m.status = 'active' and r.owns and r.revoked_at is null`,
        [scope],
    )

/** Above read committed nobody would see what the others did, so everybody is refused. */
const expectedRefusal = (isolation: Isolation): string => (isolation === 'read committed' ? 'EL020' : 'EL009')

async function expectCountedRight(): Promise<void> {
    expect((await arena.referee.query('select * from core.verify_owners()')).rows).toEqual([])
    expect((await arena.referee.query('select * from core.verify_seats()')).rows).toEqual([])
}

test.each(isolations)('of fifty owners who all leave at once, one stays (%s)', async (isolation) => {
    const { scope } = await owned(`all-leave ${isolation}`, competitors)
    const outcomes = await arena.everybody(
        (n) => ({
            speaker: person(people[n] ?? ''),
            statement: 'select core.leave($1)',
            parameters: [scope],
        }),
        isolation,
    )
    expect(refusals(outcomes)).toEqual([expectedRefusal(isolation)])
    expect(await owners(scope)).toBe(isolation === 'read committed' ? 1 : competitors)
    expect(await owners(scope)).toBe(competitors - won(outcomes).length)
    await expectCountedRight()
})

test.each(isolations)('of two owners who keep trying to leave, one stays (%s)', async (isolation) => {
    const { scope } = await owned(`two-leave ${isolation}`, 2)
    await arena.everybody(
        (n) => ({
            speaker: person(people[n % 2] ?? ''),
            statement: 'select core.leave($1)',
            parameters: [scope],
        }),
        isolation,
    )
    expect(await owners(scope)).toBe(isolation === 'read committed' ? 1 : 2)
    await expectCountedRight()
})

test.each(isolations)(
    'of fifty owners who remove each other in a circle, some stay (%s)',
    async (isolation) => {
        const { scope, memberships } = await owned(`circle ${isolation}`, competitors)
        await arena.everybody(
            (n) => ({
                speaker: person(people[n] ?? ''),
                statement: 'select core.revoke_membership($1)',
                parameters: [memberships[(n + 1) % competitors]],
            }),
            isolation,
        )
        expect(await owners(scope)).toBeGreaterThan(0)
        await expectCountedRight()
    },
)

test.each(isolations)(
    'leaving, giving up the role and being given it again at once (%s)',
    async (isolation) => {
        const { scope, memberships } = await owned(`mixed ${isolation}`, 10)
        await arena.everybody((n) => {
            const speaker = person(people[n % 10] ?? '')
            const own = memberships[n % 10]
            switch (Math.floor(n / 10)) {
                case 0:
                    return { speaker, statement: 'select core.leave($1)', parameters: [scope] }
                case 1:
                case 2:
                    return { speaker, statement: `select core.revoke_role($1, 'owner')`, parameters: [own] }
                default:
                    return {
                        speaker,
                        statement: `select core.grant_role($1, 'owner')`,
                        parameters: [memberships[(n + 3) % 10]],
                    }
            }
        }, isolation)
        expect(await owners(scope)).toBeGreaterThan(0)
        await expectCountedRight()
    },
)
