// Who is grouped where, told a second time, as far as chance has no say: in which place, project or organization, about
// what, in how many groups, of how many people each.
//
//   From the place upwards: there, in its project, in the organization. Groups there are of as many people as the most
//   demanding asks for whose demand those who ask for no more than that meet; whoever asks for more goes on upwards, as
//   does everybody where no demand is met. Who is left at the end waits.
//   Those who tell of the same make groups of their own, where they are enough. If too few others are left, the fewest
//   of these go with them.
//   There are as many groups as there can be, none of which has more than one person more than another.
//   Whoever is counted elsewhere comes along where there are groups about the same, and makes up no number.

import type { Id } from '../world.ts'

/** Somebody's part in what is to be grouped. */
export interface Part {
    person: Id
    /** Where it is: the place, the project, the organization. */
    nodes: readonly Id[]
    /** Of how many people groups with it have to be in each of these. */
    asks: readonly number[]
    topic: string
    weight: number
    /** Whether the person is counted by it. */
    home: boolean
}

/** What is dealt into groups together. */
export interface Pool<P extends Part> {
    scope: Id
    topic: string
    smallest: number
    parts: P[]
    /** How many people each group has. */
    sizes: number[]
}

export function pooled<P extends Part>(parts: readonly P[], undivided = false): Pool<P>[] {
    const pools: Pool<P>[] = []
    let waiting = parts
    for (const level of [0, 1, 2]) {
        const here = [...Map.groupBy(waiting, ({ nodes }) => nodes[level] ?? '')].flatMap(([scope, own]) =>
            poolsAt(scope, own, level, undivided),
        )
        const gone = new Set(here.flatMap((pool) => pool.parts))
        waiting = waiting.filter((part) => !gone.has(part))
        pools.push(...here)
    }
    return pools
}

function poolsAt<P extends Part>(scope: Id, parts: P[], level: number, undivided: boolean): Pool<P>[] {
    const asks = (part: Part) => part.asks[level] ?? 0
    const contentWith = (size: number) => parts.filter((part) => asks(part) <= size)
    const met = parts
        .filter(({ home }) => home)
        .map(asks)
        .filter((size) => heads(contentWith(size)) >= size)
    if (met.length === 0) return []
    const size = Math.max(...met)
    const byTopic = Map.groupBy(contentWith(size), ({ topic }) => topic)
    const enough = [...byTopic]
        .filter(([topic, own]) => topic !== '' && heads(own) >= size)
        .map(([topic]) => topic)
    const left = heads([...byTopic].filter(([topic]) => !enough.includes(topic)).flatMap(([, own]) => own))
    const [fewest] = enough.toSorted(
        (one, other) =>
            heads(byTopic.get(one) ?? []) - heads(byTopic.get(other) ?? []) || (one < other ? -1 : 1),
    )
    const told = enough.filter((topic) => !(left > 0 && left < size && topic === fewest))
    const byLabel = Map.groupBy(contentWith(size), ({ topic }) => (told.includes(topic) ? topic : ''))
    return [...byLabel]
        .filter(([, own]) => heads(own) > 0)
        .map(([topic, own]) => ({
            scope,
            topic,
            smallest: size,
            parts: own,
            sizes: dealt(heads(own), undivided ? 1 : Math.floor(heads(own) / size)),
        }))
}

/** How many people are counted. */
function heads(parts: readonly Part[]): number {
    return parts.filter(({ home }) => home).length
}

function dealt(people: number, groups: number): number[] {
    return Array.from({ length: groups }, (_, n) => Math.floor((people + n) / groups))
}
