// What counts, told a second time: from works, what was decided about them and what readers did, one work at a time. It
// knows nothing of windows, nor of what is kept ready.
//
//   A work counts while it is published and everyone who has to consents to its being counted: as its owner's, or as
//   whose who that turned out to be; in the month in which it was first published; and, where it stands, where figures
//   are wanted.
//   It is about what the newest analysis of its themes put first.

import type { Comment, Consent, OfWork, Reaction, Work } from '../content/rows.ts'
import { agreedVersion } from '../content/sharing.ts'
import { Access } from '../core/access.ts'
import type { Person } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import { instant, monthOf } from '../time.ts'
import type { ValueEvent } from '../value/rows.ts'
import type { Id } from '../world.ts'
import type { Analysis, Board, Definition, Figures, Flag, Published, Setting } from './rows.ts'

export interface Counting {
    work: Work
    /** Whose it counts as. */
    person: Id
    month: string
    topic: string
}

const access = remembered((facts) => new Access(facts))

/** What counts at the instant of these facts, by its work. */
export const counting = remembered(
    (facts) =>
        new Map(
            facts
                .rows<Work>('content.works')
                .filter(({ state }) => state === 'published')
                .filter((work) => agreedVersion(work, 'insight', null, facts) !== undefined)
                .map((work): [Id, Counting] => [work.id, asCounted(work, facts)]),
        ),
)

export function asCounted(work: Work, facts: Facts): Counting {
    const [first = ''] = facts
        .where<Published>('content.work_transitions', 'work_id', work.id)
        .filter(({ to_state }) => to_state === 'published')
        .map(({ moved_at }) => moved_at)
        .toSorted((one, other) => instant(one) - instant(other))
    return {
        work,
        person: survivor(work.owner_id, facts),
        month: monthOf(first),
        topic: topicOf(work, facts),
    }
}

/** Who somebody turned out to be. */
export function survivor(id: Id, facts: Facts): Id {
    return facts.where<Person>('core.people', 'id', id)[0]?.merged_into ?? id
}

function topicOf({ id }: Work, facts: Facts): string {
    const [newest] = facts
        .where<Analysis>('stories.analyses', 'story_id', id)
        .filter(({ kind }) => kind === 'themes')
        .toSorted(
            (one, other) =>
                instant(other.analysed_at) - instant(one.analysed_at) || (one.id < other.id ? 1 : -1),
        )
    const result = newest?.result as { themes?: unknown } | unknown[] | undefined
    const themes = Array.isArray(result) ? result : result?.themes
    // One word alone is as good as a list of it.
    const first = Array.isArray(themes) ? themes[0] : themes
    return typeof first === 'string'
        ? first
              .replace(/^ +| +$/g, '')
              .toLowerCase()
              .slice(0, 100)
        : ''
}

/** Whether figures are wanted somewhere: the nearest switch says so. */
export function isOn(scope: Id, facts: Facts): boolean {
    const switches = access(facts)
        .upwards(scope)
        .flatMap(({ id }) => facts.where<Flag>('core.feature_flags', 'scope_id', id))
        .filter(({ module }) => module === 'insights')
    return switches[0]?.enabled ?? false
}

/** Of how many people figures have to be at least, as somewhere has it, or the nearest above. */
function askedAt(scope: Id, facts: Facts): number {
    const key = 'insights.smallest_group'
    const settings = access(facts)
        .upwards(scope)
        .flatMap(({ id }) => facts.where<Setting>('core.settings', 'scope_id', id))
        .filter((setting) => setting.key === key)
    const [definition] = facts.where<Definition>('core.setting_definitions', 'key', key)
    return Number(settings[0]?.value ?? definition?.default_value)
}

/** A place, what it stands in, and the organization. */
export function nodesOf(scope: Id, facts: Facts): [Id, Id, Id] {
    return [scope, access(facts).projectOf(scope), access(facts).scope(scope).tenant_id]
}

/** Of how many people figures have to be at least with something of a place: there, in its project, and above. */
export function asksOf(scope: Id, facts: Facts): [number, number, number] {
    const [here, project, organization] = nodesOf(scope, facts).map((node) => askedAt(node, facts)) as [
        number,
        number,
        number,
    ]
    return [here, Math.max(here, project), Math.max(here, project, organization)]
}

/** What some works come to, of which each is told, or brought something in during a month. */
export function sumsOf(
    works: readonly Id[],
    about: { board: Board; kind: string; month: string },
    facts: Facts,
): Omit<Figures, 'people' | 'spread'> {
    const told = about.board === 'told'
    const add = (count: (work: Id) => number) => sum(works.map(count))
    return {
        items: works.length,
        comments: told ? add((work) => commentsOn(work, facts)) : 0,
        reactions: told
            ? add((work) => facts.where<Reaction>('content.reactions', 'work_id', work).length)
            : 0,
        views: told ? add((work) => viewsOf(work, facts)) : 0,
        amount: told ? 0 : add((work) => earnedBy(work, about.kind, about.month, facts)),
    }
}

function commentsOn(work: Id, facts: Facts): number {
    return facts
        .where<Comment>('content.comments', 'work_id', work)
        .filter(({ aside, state }) => !aside && state === 'visible').length
}

function viewsOf(work: Id, facts: Facts): number {
    const days = facts.where<OfWork & { views: number }>('content.reading_days', 'work_id', work)
    return sum(days.map(({ views }) => views))
}

/** How much a work brought in during a month, without what was taken back. */
export function earnedBy(work: Id, asset: string, month: string, facts: Facts): number {
    const events = facts
        .where<ValueEvent>('value.value_events', 'work_id', work)
        .filter((event) => event.asset === asset && event.occurred_on.slice(0, 7) === month.slice(0, 7))
    return sum(events.map(({ amount, returned }) => amount - returned))
}

/** Whether somebody said otherwise than yes to a work's being counted, of which there was no word before. */
export function wasUndecided(work: Id, before: Facts, facts: Facts): boolean {
    const known = new Set(before.where<Consent>('consent.consents', 'work_id', work).map(({ id }) => id))
    return facts
        .where<Consent>('consent.consents', 'work_id', work)
        .some(({ id, purpose, decision }) => purpose === 'insight' && decision !== 'given' && !known.has(id))
}

/** Worked out once for the same facts. */
export function remembered<T>(make: (facts: Facts) => T): (facts: Facts) => T {
    const made = new WeakMap<Facts, T>()
    return (facts) => {
        const known = made.get(facts)
        if (known !== undefined) return known
        const now = make(facts)
        made.set(facts, now)
        return now
    }
}

export function sum(numbers: readonly number[]): number {
    return numbers.reduce((total, number) => total + number, 0)
}
