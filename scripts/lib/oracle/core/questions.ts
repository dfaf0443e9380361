// What is asked of everybody about access itself: who they are, where they belong, what they may, what they are kept
// from.

import type { Facts } from '../facts.ts'
import type { Question } from '../module.ts'
import { type Role, roles } from '../viewer.ts'
import type { Id } from '../world.ts'
import type { Asker } from './access.ts'
import type { Permission, Person, Scope } from './rows.ts'
import { seesScope } from './tables.ts'

const everybody: readonly Role[] = ['anon', 'authenticated', 'service_role']
const signedIn: readonly Role[] = ['authenticated', 'service_role']
const capabilities = ['access', 'invite']

export const questions: Question[] = [
    {
        says: 'core.me() is',
        roles: roles.filter((role) => role !== 'empathy_auditor'),
        sql: 'oracle/me.sql',
        parameters: () => [],
        expected: (asker, facts) => answers(people(facts), (id) => asker.me === id),
    },
    {
        says: 'core.my_people() has, and core.acts_for() says yes to',
        roles: signedIn,
        sql: 'oracle/people.sql',
        parameters: (_, facts) => [people(facts)],
        expected: (asker, facts) => answers(people(facts), (id) => asker.people.has(id)),
    },
    {
        says: 'core.barred() for this capability has',
        roles: everybody,
        sql: 'oracle/barred.sql',
        parameters: () => [capabilities],
        expected: (asker, facts) =>
            pairs(capabilities, scopes(facts), (capability, scope) => asker.isBarred(scope, capability)),
    },
    {
        says: 'core.reach() at this level has',
        roles: everybody,
        sql: 'oracle/reach.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            pairs(['0', '1', '2'], scopes(facts), (level, id) => reaches(asker, level, id)),
    },
    {
        says: 'compared as policies do, core.granted() gives this permission at',
        roles: everybody,
        sql: 'oracle/granted.sql',
        parameters: (_, facts) => [
            permissions(facts),
            scopes(facts),
            facts.rows<{ tenant_id: Id }>('core.scopes').map((row) => row.tenant_id),
            facts.rows<{ project_id: Id }>('core.scopes').map((row) => row.project_id),
        ],
        expected: (asker, facts) =>
            pairs(permissions(facts), scopes(facts), (permission, scope) => asker.holds(permission, scope)),
    },
    {
        says: 'core.can() says yes to this permission at',
        roles: everybody,
        sql: 'oracle/can.sql',
        parameters: (asker, facts) => {
            const asked = someOf(asker, facts)
            return [asked.map(([permission]) => permission), asked.map(([, scope]) => scope)]
        },
        expected: (asker, facts) =>
            new Map(
                someOf(asker, facts).map(([permission, scope]) => [
                    `${permission}|${scope}`,
                    asker.can(permission, scope),
                ]),
            ),
    },
    {
        says: 'core.scopes_with() this permission has',
        roles: signedIn,
        sql: 'oracle/scopes-with.sql',
        parameters: (_, facts) => [permissions(facts)],
        expected: (asker, facts) =>
            pairs(permissions(facts), scopes(facts), (permission, scope) => asker.can(permission, scope)),
    },
    {
        says: 'core.search_scopes() finds',
        roles: ['anon', 'authenticated'],
        sql: 'oracle/search-scopes.sql',
        parameters: () => [],
        expected: (asker, facts) => answers(scopes(facts), (id) => seesScope(asker, id)),
    },
]

/** A quarter of all pairs, another for each: it is asked one by one, and core.scopes_with() is asked for the rest. */
function someOf(asker: Asker, facts: Facts): [permission: string, scope: Id][] {
    const all = permissions(facts).flatMap((permission) =>
        scopes(facts).map((scope): [string, Id] => [permission, scope]),
    )
    const first = [...asker.viewer.name].reduce((sum, character) => sum + character.charCodeAt(0), 0)
    return all.filter((_, n) => (n + first) % 4 === 0)
}

/** The id is one to find in tenant_id (0), project_id (1) or scope_id (2) of what stands where they belong. */
function reaches(asker: Asker, level: string, id: Id): boolean {
    if (!asker.isInReach(id)) return false
    const { access } = asker
    if (level === '2') return asker.belongsTo(id)
    if (level === '0') return access.scope(id).level === 0 && asker.belongsWithin(id)
    return [...access.scopes.keys()].some((scope) => access.projectOf(scope) === id && asker.belongsTo(scope))
}

function scopes(facts: Facts): Id[] {
    return facts.rows<Scope>('core.scopes').map(({ id }) => id)
}

function people(facts: Facts): Id[] {
    return facts.rows<Person>('core.people').map(({ id }) => id)
}

function permissions(facts: Facts): string[] {
    return facts.rows<Permission>('core.permissions').map(({ key }) => key)
}

function answers(keys: string[], answer: (key: string) => boolean): Map<string, boolean> {
    return new Map(keys.map((key) => [key, answer(key)]))
}

function pairs(
    firsts: string[],
    seconds: string[],
    answer: (first: string, second: string) => boolean,
): Map<string, boolean> {
    return new Map(
        firsts.flatMap((first) =>
            seconds.map((second): [string, boolean] => [`${first}|${second}`, answer(first, second)]),
        ),
    )
}
