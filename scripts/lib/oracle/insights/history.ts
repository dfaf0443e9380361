// What became of groups, from release to release: which there are, of what, with which figures, and which of them may
// be told of. Who is beside whom is chance and read from the database; all else the model knows.
//
//   A group has the figures of what was in it when it was formed, and never others.
//   It is told of as long as all in it counts as it did. What is not so any more takes the group out of all figures at
//   once; and it is back with a release, if by then all in it counts as it did. What came to be about something else,
//   or of fewer people, comes back as that, if it is of enough.
//   With a release, each group is of as many people as each place with a part in it asks for, and none is told of where
//   one of these places wants no figures.
//   What was decided and what was shared is told of whatever becomes of it, as long as its place wants it, and of as
//   many people.

import type { Work } from '../content/rows.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../world.ts'
import { asCounted, asksOf, counting, isOn, nodesOf, remembered, sumsOf, wasUndecided } from './counting.ts'
import { factsOf } from './facts-groups.ts'
import type { About, Contribution, Figures, GroupRow, Release } from './rows.ts'

/** A release of an organization. */
export interface Stage {
    tenant: Id
    /** The last month that was released before; none, before the first. */
    before: string | undefined
    through: string
    /** How everything was right after. */
    facts: Facts
}

export interface Group extends About, Figures {
    /** None of what happened: the model has no names for these. */
    id: Id | undefined
    scope: Id
    smallest: number
    /** What has a part in it. */
    places: readonly Id[]
    works: readonly Id[]
    /** What of it counts somebody. */
    homes: readonly Id[]
    /** Whose each was when the group was last looked at. */
    owners: ReadonlyMap<Id, Id>
    live: boolean
}

/** What there is to tell after a release, or now. */
export interface State {
    tenant: Id
    facts: Facts
    groups: Group[]
}

export const stages = remembered((facts): Stage[] =>
    facts.memories.flatMap((memory, n) => {
        const earlier = facts.memories[n - 1]?.rows<Release>('insights.releases') ?? []
        return memory.rows<Release>('insights.releases').flatMap(({ tenant_id: tenant, month: through }) => {
            const months = earlier.filter((row) => row.tenant_id === tenant).map(({ month }) => month)
            if (months.includes(through)) return []
            return [{ tenant, before: months.toSorted().at(-1), through, facts: memory }]
        })
    }),
)

/** After each release. */
export const released = remembered((facts): State[] => {
    const states: State[] = []
    for (const stage of stages(facts)) {
        const previous = states.findLast(({ tenant }) => tenant === stage.tenant)?.groups ?? []
        const kept = previous.map((group) => looked(group, stage))
        const groups = [
            ...kept.map(({ group }) => group),
            ...kept.flatMap(({ changed }) => changed ?? []),
            ...formed(stage),
            ...factsOf(stage.tenant, monthsOf(stage), stage.facts).map(
                (fact): Group => ({
                    ...fact,
                    id: undefined,
                    works: [],
                    homes: [],
                    owners: new Map(),
                    live: true,
                }),
            ),
        ]
        states.push({ tenant: stage.tenant, facts: stage.facts, groups })
    }
    return states
})

/** What the last release of each organization had. */
export function booked(facts: Facts): Map<Id, State> {
    return new Map(released(facts).map((state) => [state.tenant, state]))
}

/** What of it is left now. */
export const standing = remembered((facts): State[] =>
    [...booked(facts).values()].map(({ tenant, facts: before, groups }) => ({
        tenant,
        facts,
        groups: groups.map((group) => ({ ...group, live: group.live && stands(group, before, facts) })),
    })),
)

function stands(group: Group, before: Facts, facts: Facts): boolean {
    return (
        asItWas(group, facts) &&
        isOfTopic(group, facts) &&
        !group.works.some((work) => isElse(work, group, facts) || wasUndecided(work, before, facts))
    )
}

/** The months that come with a release. What happened before there was any belongs to the first. */
export function monthsOf({ tenant, before, through, facts }: Stage): string[] {
    const [founded] = facts.where<{ id: Id; created_at: string }>('core.organizations', 'id', tenant)
    const months: string[] = []
    let month = through
    const first =
        before === undefined ? `${new Date(founded?.created_at ?? '').toISOString().slice(0, 7)}-01` : ''
    do {
        if (before !== undefined && month <= before) break
        months.unshift(month)
        month = monthBefore(month)
    } while (before !== undefined || month >= first)
    return months
}

export function monthBefore(month: string): string {
    const date = new Date(`${month}T00:00:00Z`)
    date.setUTCMonth(date.getUTCMonth() - 1)
    return date.toISOString().slice(0, 10)
}

/** Groups that came with a release, as far as chance made them. */
function formed({ tenant, through, facts }: Stage): Group[] {
    return facts
        .where<GroupRow>('insights.groups', 'tenant_id', tenant)
        .filter(({ release, replaces }) => release === through && replaces === null)
        .filter(({ board }) => board === 'told' || board === 'earned')
        .map((row) => withFigures(row, facts))
}

/** By whom and what is in it. */
function withFigures(row: GroupRow, facts: Facts): Group {
    const { id, scope_id: scope, smallest, board, kind, month, topic } = row
    const parts = facts.where<Contribution>('insights.contributions', 'group_id', id)
    const works = parts.map(({ work_id }) => work_id)
    const homes = parts.filter(({ home }) => home).map(({ work_id }) => work_id)
    const owners = new Map(works.map((work) => [work, personOf(work, facts)]))
    return {
        ...{ id, scope, smallest, board, kind, month, topic, works, homes, owners, live: true, spread: 0 },
        places: [...new Set(works.map((work) => workBy(work, facts).scope_id))],
        people: new Set(homes.map((work) => owners.get(work))).size,
        ...sumsOf(works, row, facts),
    }
}

/** What a release makes of a group that there is; and what takes its place. */
function looked(group: Group, stage: Stage): { group: Group; changed?: Group } {
    const { facts, through } = stage
    const asked = askedOf(group, facts)
    if (group.id === undefined) {
        return { group: { ...group, live: asked !== undefined && group.people >= asked } }
    }
    const homes = group.homes.filter((work) => !isElse(work, group, facts))
    const owners = new Map(group.works.map((work) => [work, personOf(work, facts)]))
    const staying = new Set(homes.map((work) => owners.get(work))).size
    const whole = asItWas(group, facts)
    const same = staying === group.people && isOfTopic(group, facts)
    const live = whole && same && asked !== undefined && group.people >= asked
    const enough = asked !== undefined && staying >= Math.max(asked, group.smallest)
    if (!whole || same || !enough || group.board !== 'told')
        return { group: { ...group, homes, owners, live } }
    const rows = facts
        .where<GroupRow>('insights.groups', 'replaces', group.id)
        .filter(({ release }) => release === through)
    const changed: Group = {
        ...{
            ...group,
            id: rows[0]?.id ?? `instead of ${group.id}`,
            homes,
            owners,
            live: true,
            people: staying,
        },
        smallest: Math.max(asked, group.smallest),
        topic: isOfTopic(group, facts) ? group.topic : '',
        ...sumsOf(group.works, group, facts),
    }
    return { group: { ...group, works: [], homes: [], live: false }, changed }
}

/** Whether there is something in it, and all of it counts. */
function asItWas({ id, works }: Group, facts: Facts): boolean {
    return id === undefined || (works.length > 0 && works.every((work) => counting(facts).has(work)))
}

function isOfTopic({ board, topic, works }: Group, facts: Facts): boolean {
    return (
        board !== 'told' || topic === '' || works.every((work) => counting(facts).get(work)?.topic === topic)
    )
}

/** Whether a work turned out to be somebody else's. */
function isElse(work: Id, { owners }: Group, facts: Facts): boolean {
    return owners.get(work) !== personOf(work, facts)
}

function personOf(work: Id, facts: Facts): Id {
    return asCounted(workBy(work, facts), facts).person
}

/** Of how many people it has to be by now; nothing, where a place with a part in it wants no figures. */
function askedOf({ scope, places }: Group, facts: Facts): number | undefined {
    const all = [scope, ...places]
    if (!all.every((place) => isOn(place, facts))) return undefined
    return Math.max(...all.map((place) => asksOf(place, facts)[nodesOf(place, facts).indexOf(scope)] ?? 0))
}

export function workBy(id: Id, facts: Facts): Work {
    const [work] = facts.where<Work>('content.works', 'id', id)
    if (!work) throw new Error(`there is no work ${id}`)
    return work
}
