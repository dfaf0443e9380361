// What figures are made of, held against the model: which works count, who is grouped where, what each group has, and
// which may be told of.

import type { Facts } from '../facts.ts'
import type { Law } from '../module.ts'
import { containsAmong, instant } from '../time.ts'
import type { Id } from '../world.ts'
import { counting, sum } from './counting.ts'
import type { Pool } from './grouping.ts'
import { type Group, released, type Stage, type State, stages, standing } from './history.ts'
import { isOfWorks, newGroups, poolsOf, type Told } from './pools.ts'
import type { About, Contribution, GroupRow } from './rows.ts'

export const laws: Law[] = [
    {
        says: 'this work counts, as of this kind, in this month, as theirs, there, about this:',
        asked: 'works that count',
        found: (facts) =>
            everywhen(facts).flatMap((then, n) =>
                then
                    .rows<Contribution>('insights.contributions')
                    .filter(({ board, during }) => board === 'told' && containsAmong(during, then.now))
                    .map((row) =>
                        joined(n, row.work_id, row.kind, row.month, row.person_id, row.scope_id, row.topic),
                    ),
            ),
        expected: (facts) =>
            everywhen(facts).flatMap((then, n) =>
                [...counting(then).values()].map(({ work, person, month, topic }) =>
                    joined(n, work.id, work.kind, month, person, work.scope_id, topic),
                ),
            ),
    },
    {
        says: 'with a release, this work came into groups of this place, and counts somebody or not:',
        asked: 'works in groups',
        found: (facts) =>
            stages(facts).flatMap((stage) => {
                const groups = new Map(newGroups(stage).map((group) => [group.id, group]))
                return stage.facts
                    .where<Contribution>('insights.contributions', 'tenant_id', stage.tenant)
                    .flatMap(({ work_id, home, group_id }) => {
                        const group = groups.get(group_id ?? '')
                        return group && !isByChance(stage, group)
                            ? [inGroups(stage, group, work_id, home)]
                            : []
                    })
            }),
        expected: (facts) =>
            stages(facts).flatMap((stage) =>
                wholes(stage).flatMap(({ about, pool }) =>
                    pool.parts.flatMap((part) =>
                        part.works.map((work, n) =>
                            inGroups(stage, { ...about, ...pool }, work, part.home && n === 0),
                        ),
                    ),
                ),
            ),
    },
    {
        says: 'with a release, the groups of this place have so many people:',
        asked: 'groups of a size',
        found: (facts) =>
            stages(facts).flatMap((stage) =>
                [...Map.groupBy(newGroups(stage), (group) => aboutGroups(stage, group))].map(
                    ([about, alike]) => joined(about, sizesOf(alike.map(({ people }) => people))),
                ),
            ),
        expected: (facts) => stages(facts).flatMap((stage) => sizes(stage)),
    },
    {
        says: 'nobody makes up more than half of what works of a group brought in:',
        asked: 'shares of a group',
        found: (facts) =>
            stages(facts).flatMap((stage) =>
                newGroups(stage).flatMap(({ id, board }) =>
                    board === 'earned' ? [joined(id, dominates(id, stage.facts))] : [],
                ),
            ),
        expected: (facts) =>
            stages(facts).flatMap((stage) =>
                newGroups(stage).flatMap(({ id, board }) => (board === 'earned' ? [joined(id, false)] : [])),
            ),
    },
    {
        says: 'a group is about this, has these figures, and may be told of or not:',
        asked: 'groups',
        found: (facts) => [
            ...released(facts).flatMap((state, n) => rowsOf(state).map((key) => joined(n, key))),
            ...standing(facts).flatMap((state) => rowsOf(state).map((key) => joined('now', key))),
        ],
        expected: (facts) => [
            ...released(facts).flatMap((state, n) => told(state).map((key) => joined(n, key))),
            ...standing(facts).flatMap((state) => told(state).map((key) => joined('now', key))),
        ],
    },
    {
        says: 'in what may be told of, this person is counted once in this month as this:',
        asked: 'people who are counted',
        found: (facts) => {
            const seen = new Map<string, number>()
            return people(facts).map((key) => {
                seen.set(key, (seen.get(key) ?? 0) + 1)
                return joined(key, seen.get(key) ?? 0)
            })
        },
        expected: (facts) => [...new Set(people(facts))].map((key) => joined(key, 1)),
    },
]

/** After each moment that is remembered, and now. */
function everywhen(facts: Facts): Facts[] {
    return [...facts.memories, facts]
}

/** Where whether there is a group depends on who is beside whom: what one of them brought in may be too much. */
function isByChance(stage: Stage, { board, kind, month, scope_id, smallest }: GroupRow): boolean {
    return (
        board === 'earned' &&
        poolsOf(stage)
            .filter((waiting) => waiting.board === board && waiting.kind === kind && waiting.month === month)
            .flatMap(({ pools }) => pools)
            .some((pool) => pool.scope === scope_id && pool.smallest === smallest && pool.sizes.length > 1)
    )
}

/** Pools of which the model knows that they are groups. */
function wholes(stage: Stage): { about: Omit<About, 'topic'>; pool: Pool<Told> }[] {
    return poolsOf(stage).flatMap(({ pools, ...about }) =>
        pools
            .filter(
                (pool) =>
                    about.board === 'told' || (pool.sizes.length === 1 && !isOfOne(amountsIn(pool.parts))),
            )
            .map((pool) => ({ about, pool })),
    )
}

/** Of all pools alike, the sizes of their groups; where chance says which there are, as there are, if they may be. */
function sizes(stage: Stage): string[] {
    const pools = poolsOf(stage).flatMap(({ pools, ...about }) => pools.map((pool) => ({ about, pool })))
    const known = new Set(wholes(stage).map(({ pool }) => pool))
    const alike = Map.groupBy(pools, ({ about, pool }) => aboutGroups(stage, { ...about, ...pool }))
    return [...alike].flatMap(([about, all]) => {
        const sure = all.filter(({ pool }) => known.has(pool)).flatMap(({ pool }) => pool.sizes)
        const chances = all
            .filter(({ about: { board }, pool }) => board === 'earned' && pool.sizes.length > 1)
            .flatMap(({ pool }) => pool.sizes)
        const there = newGroups(stage)
            .filter((group) => aboutGroups(stage, group) === about)
            .map((group) => group.people)
        const meant = chances.length > 0 && isAmong(there, [...sure, ...chances]) ? there : sure
        return meant.length > 0 ? [joined(about, sizesOf(meant))] : []
    })
}

function isAmong(few: readonly number[], many: readonly number[]): boolean {
    const left = [...many]
    return few.every((one) => {
        const at = left.indexOf(one)
        if (at >= 0) left.splice(at, 1)
        return at >= 0
    })
}

function amountsIn(parts: readonly Told[]): number[] {
    return [...Map.groupBy(parts, ({ person }) => person).values()].map((own) =>
        sum(own.map(({ amount }) => amount)),
    )
}

/** Whether one has more than half. */
function isOfOne(amounts: readonly number[]): boolean {
    return 2 * Math.max(...amounts) > sum(amounts)
}

function dominates(group: Id, facts: Facts): boolean {
    const parts = facts.where<Contribution>('insights.contributions', 'group_id', group)
    const amounts = [
        ...Map.groupBy(parts, ({ work_id }) => counting(facts).get(work_id)?.person).values(),
    ].map((own) => sum(own.map(({ amount }) => amount)))
    return isOfOne(amounts)
}

interface Placed extends Omit<About, 'topic'> {
    topic: string
    smallest: number
}

function aboutGroups(stage: Stage, group: Placed & ({ scope_id: Id } | { scope: Id })): string {
    const scope = 'scope' in group ? group.scope : group.scope_id
    return joined(stage.through, group.board, group.kind, group.month, scope, group.topic, group.smallest)
}

function inGroups(
    stage: Stage,
    group: Placed & ({ scope_id: Id } | { scope: Id }),
    work: Id,
    home: boolean,
): string {
    return joined(work, aboutGroups(stage, group), home)
}

function sizesOf(numbers: readonly number[]): string {
    return numbers.toSorted((one, other) => one - other).join()
}

/** The groups that there are of an organization. */
function rowsOf({ tenant, facts }: State): string[] {
    return facts.where<GroupRow>('insights.groups', 'tenant_id', tenant).map((row) => {
        const live = row.withheld_at === null && (row.ends_at === null || instant(row.ends_at) > facts.now)
        return figuresOf({ ...row, scope: row.scope_id, live }, isOfWorks(row.board) ? row.id : undefined)
    })
}

function told({ groups }: State): string[] {
    return groups.map((group) => figuresOf(group, group.id))
}

function figuresOf(group: Omit<Group, 'id' | 'works' | 'homes' | 'owners'>, id: Id | undefined): string {
    const { board, kind, month, topic, scope, smallest, people, items, live } = group
    const places = group.places.toSorted().join()
    const { comments, reactions, views, amount, spread } = group
    const figures = [people, items, comments, reactions, views, amount, spread]
    return joined(id ?? '-', board, kind, month, topic, scope, places, smallest, ...figures, live)
}

/** Whom groups count that may be told of now, one for each of these. */
function people(facts: Facts): string[] {
    return standing(facts).flatMap(({ tenant, groups }) =>
        groups
            .filter(({ live }) => live)
            .flatMap(({ board, kind, month, homes }) =>
                homes.map((work) =>
                    joined(tenant, board, kind, month, counting(facts).get(work)?.person ?? 'nobody'),
                ),
            ),
    )
}

function joined(...parts: unknown[]): string {
    return parts.join('|')
}
