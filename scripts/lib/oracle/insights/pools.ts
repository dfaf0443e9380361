// Who a release has grouped where: which works came into groups of which place, project or organization, and in how
// many groups of how many people.

import type { Facts } from '../facts.ts'
import type { ValueEvent } from '../value/rows.ts'
import type { Id } from '../world.ts'
import { asksOf, type Counting, counting, earnedBy, isOn, nodesOf, sum, survivor } from './counting.ts'
import { type Part, type Pool, pooled } from './grouping.ts'
import { monthsOf, type Stage, workBy } from './history.ts'
import type { Board, Contribution, GroupRow } from './rows.ts'

export interface Told extends Part {
    works: Id[]
    /** How much each person's works brought in. */
    amount: number
}

/** What is grouped of a kind in a month. */
export interface Waiting {
    board: Board
    kind: string
    month: string
    pools: Pool<Told>[]
}

interface Item {
    board: Board
    kind: string
    month: string
    counted: Counting
    weight: number
}

const known = new WeakMap<Stage, Waiting[]>()

export function poolsOf(stage: Stage): Waiting[] {
    const pools = known.get(stage) ?? makePools(stage)
    known.set(stage, pools)
    return pools
}

function makePools(stage: Stage): Waiting[] {
    const { facts } = stage
    const earlier = earlierContributions(stage)
    const grouped = new Set(earlier.map(itemKey))
    const items = [...told(stage), ...earned(stage)].filter(
        ({ board, kind, month, counted: { work } }) =>
            isOn(work.scope_id, facts) && !grouped.has(itemKey({ board, kind, month, work_id: work.id })),
    )
    const homes = new Set(
        earlier
            .filter(({ home }) => home)
            .map(
                (row) =>
                    `${row.board} ${row.kind} ${row.month} ${survivor(workBy(row.work_id, facts).owner_id, facts)}`,
            ),
    )
    const alike = Map.groupBy(items, ({ board, kind, month }) => `${board} ${kind} ${month}`)
    return [...alike].flatMap(([about, own]) => {
        const [first] = own
        if (!first) return []
        const { board, kind, month } = first
        const parts = partsOf(own, facts)
        for (const theirs of Map.groupBy(parts, ({ person }) => person).values()) {
            const [most] = theirs.toSorted(byWeight)
            if (most) most.home = !homes.has(`${about} ${most.person}`)
        }
        return [{ board, kind, month, pools: pooled(parts) }]
    })
}

/** What groups of earlier releases have, also those that take their place. */
function earlierContributions({ tenant, through, facts }: Stage): Contribution[] {
    const fresh = new Set(newGroups({ tenant, through, facts }).map(({ id }) => id))
    return facts
        .where<Contribution>('insights.contributions', 'tenant_id', tenant)
        .filter(({ group_id }) => group_id !== null && !fresh.has(group_id))
}

/** Groups that came with a release, and stand for no other. */
export function newGroups({ tenant, through, facts }: Omit<Stage, 'before'>): GroupRow[] {
    return facts
        .where<GroupRow>('insights.groups', 'tenant_id', tenant)
        .filter(
            ({ release, replaces, board }) => release === through && replaces === null && isOfWorks(board),
        )
}

export function isOfWorks(board: Board): boolean {
    return board === 'told' || board === 'earned'
}

function told({ tenant, through, facts }: Stage): Item[] {
    return [...counting(facts).values()]
        .filter(({ work, month }) => work.tenant_id === tenant && month <= through)
        .map((counted) => ({
            board: 'told',
            kind: counted.work.kind,
            month: counted.month,
            counted,
            weight: 1,
        }))
}

/** What came in during the months that are released; and what waited since. */
function earned(stage: Stage): Item[] {
    const { tenant, before, facts } = stage
    const months = monthsOf(stage)
    const inMonths = facts
        .where<ValueEvent & { tenant_id: Id }>('value.value_events', 'tenant_id', tenant)
        .map(({ work_id, asset, occurred_on }) => ({
            work_id: work_id ?? '',
            kind: asset,
            month: `${occurred_on.slice(0, 7)}-01`,
        }))
        .filter(({ month }) => months.includes(month))
    const waited = facts
        .where<Contribution>('insights.contributions', 'tenant_id', tenant)
        .filter(({ board, month }) => board === 'earned' && before !== undefined && month <= before)
    const known = new Map(
        [...inMonths, ...waited].map((one) => [`${one.work_id} ${one.kind} ${one.month}`, one]),
    )
    return [...known.values()].flatMap(({ work_id, kind, month }): Item[] => {
        const counted = counting(facts).get(work_id)
        const weight = earnedBy(work_id, kind, month, facts)
        if (!counted || weight <= 0) return []
        return [{ board: 'earned', kind, month, counted: { ...counted, topic: '' }, weight }]
    })
}

function partsOf(items: Item[], facts: Facts): Told[] {
    const alike = Map.groupBy(
        items,
        ({ counted: { person, work, topic } }) => `${person} ${work.scope_id} ${topic}`,
    )
    return [...alike.values()].flatMap((own): Told[] => {
        const [first] = own
        if (!first) return []
        const { person, topic, work } = first.counted
        const weight = sum(own.map((item) => item.weight))
        return [
            {
                ...{ person, topic, weight, amount: weight, home: false },
                nodes: nodesOf(work.scope_id, facts),
                asks: asksOf(work.scope_id, facts),
                works: own.map((item) => item.counted.work.id).toSorted(),
            },
        ]
    })
}

/** Where somebody told most; rather of something; then by where it is. */
function byWeight(one: Told, other: Told): number {
    return (
        other.weight - one.weight ||
        Number(one.topic === '') - Number(other.topic === '') ||
        compared(one.nodes[0], other.nodes[0]) ||
        compared(one.topic, other.topic)
    )
}

function compared(one = '', other = ''): number {
    return one < other ? -1 : Number(one > other)
}

function itemKey({
    board,
    kind,
    month,
    work_id,
}: Pick<Contribution, 'board' | 'kind' | 'month' | 'work_id'>): string {
    return `${board} ${kind} ${month} ${work_id}`
}
