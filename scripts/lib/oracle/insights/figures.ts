// What is told of groups: sums over those that stand, rounded, for each month and kind. One line for each row of an
// answer, with a dash for what is not told.

import type { OfWork } from '../content/rows.ts'
import type { Scope } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import { instant, monthOf } from '../time.ts'
import type { Id } from '../world.ts'
import { nodesOf, remembered, sum } from './counting.ts'
import { booked, type Group, monthBefore, standing, workBy } from './history.ts'
import type { Board, Figures, Release } from './rows.ts'

/** A group of the last release, which stands or does not. */
interface Booked extends Group {
    nodes: ReadonlySet<Id>
    booked: boolean
}

/** A place, project or organization; or the platform. */
export type Node = Id | null

const groups = remembered((facts): Booked[] => {
    const after = booked(facts)
    return standing(facts).flatMap(({ tenant, groups }) =>
        groups.map((group, n) => ({
            ...group,
            nodes: new Set(nodesOf(group.scope, facts)),
            booked: after.get(tenant)?.groups[n]?.live ?? false,
        })),
    )
})

/** This month and those before, so many altogether. */
export function askedMonths(facts: Facts, most = 5): string[] {
    const months = [monthOf(new Date(facts.now).toISOString())]
    while (months.length < most) months.unshift(monthBefore(months[0] ?? ''))
    return months
}

/** Months with what there is to tell of each: at least one row. */
function monthly(
    facts: Facts,
    node: Node,
    rowsOf: (month: string) => unknown[][],
    nothing: unknown[],
): string[] {
    return askedMonths(facts).flatMap((month) => {
        const rows = rowsOf(month)
        return (rows.length > 0 ? rows : [nothing]).map((row) =>
            line(month, ...row, releasedAt(facts, node, month)),
        )
    })
}

export function communityInsights(facts: Facts, node: Node): string[] {
    return monthly(
        facts,
        node,
        (month) =>
            toldIn(facts, node, month).map(({ kind, figures, withheld }) => [
                kind,
                rounded(figures.people, figures),
                rounded(figures.items, figures),
                engagement(figures),
                figures.people > 0 ? (inTwoFigures(figures.comments) ?? 0) : null,
                figures.people > 0 ? (inTwoFigures(figures.reactions) ?? 0) : null,
                figures.people > 0 ? (inTwoFigures(figures.views) ?? 0) : null,
                withheld,
            ]),
        [null, null, null, null, null, null, null, false],
    )
}

export function platformInsights(facts: Facts): string[] {
    return monthly(
        facts,
        null,
        (month) =>
            toldIn(facts, null, month).map(({ kind, figures, withheld }) => [
                kind,
                rounded(figures.people, figures),
                rounded(figures.items, figures),
                engagement(figures),
                withheld,
            ]),
        [null, null, null, null, false],
    )
}

export function contributorStatistics(facts: Facts, node: Node): string[] {
    return [...Map.groupBy(at(facts, node, 'told'), ({ kind }) => kind)].map(([kind, alike]) => {
        const months = [...new Set(alike.map(({ month }) => month))].sort()
        const until = months.at(-1) ?? ''
        const figures = summed(alike)
        return line(
            kind,
            months[0],
            until,
            rounded(Math.round(figures.people / months.length), figures),
            ratio(figures.items, figures.people),
            engagement(figures),
            ratio(figures.views, figures.people),
            alike.some(({ live }) => !live),
            releasedAt(facts, node, until),
        )
    })
}

export function themeTrends(facts: Facts, node: Node): string[] {
    return monthly(
        facts,
        node,
        (month) => {
            const about = at(facts, node, 'told').filter(
                (group) => group.month === month && group.topic !== '',
            )
            return [...Map.groupBy(about, ({ kind, topic }) => `${kind} ${topic}`).values()].map((alike) => {
                const figures = summed(alike)
                return [
                    alike[0]?.kind,
                    alike[0]?.topic,
                    rounded(figures.people, figures),
                    rounded(figures.items, figures),
                    alike.some(({ live }) => !live),
                ]
            })
        },
        [null, null, null, null, false],
    )
}

export function consentHealth(facts: Facts, node: Node): string[] {
    return monthly(facts, node, (month) => decidedIn(facts, node, month), [null, null, null, null])
}

/** By purpose: how often it was given, refused, withdrawn. */
function decidedIn(facts: Facts, node: Node, month: string): unknown[][] {
    const boards: Board[] = ['given', 'refused', 'withdrawn']
    const there = boards.flatMap((board) => at(facts, node, board)).filter((group) => group.month === month)
    return [...Map.groupBy(there, ({ kind }) => kind)].map(([purpose, alike]) => [
        purpose,
        ...boards.map((board) => {
            // What was decided stays so: what a release has of it, there is until the next.
            const items = sum(alike.filter((group) => group.board === board).map((group) => group.items))
            return items > 0 ? toFive(items) : null
        }),
    ])
}

export function communityImpact(facts: Facts, node: Node): string[] {
    return monthly(
        facts,
        node,
        (month) => {
            const of = (board: Board) => at(facts, node, board).filter((group) => group.month === month)
            const [earned, shared] = [of('earned'), of('shared')]
            return [...Map.groupBy([...earned, ...shared], ({ kind }) => kind)].map(([asset, alike]) => {
                const brought = alike.filter(({ board }) => board === 'earned')
                const got = summed(alike.filter(({ board }) => board === 'shared'))
                return [
                    asset,
                    inTwoFigures(summed(brought).amount),
                    inTwoFigures(got.amount),
                    got.people > 0 ? toFive(got.people) : null,
                    got.people > 0 ? decimals(Math.floor(got.spread / got.people), 1_000_000, 2) : null,
                    brought.some(({ live }) => !live),
                ]
            })
        },
        [null, null, null, null, null, false],
    )
}

export function transparencyReport(facts: Facts, node: Node, month: string): string[] {
    const released = releasedAt(facts, node, month)
    if (released === null) return []
    const inMonth = (at: string | null) => at !== null && monthOf(at) === month
    const few = (n: number) => [n === 0 ? 0 : n < 5 ? null : toFive(n), n > 0 && n < 5]
    const nodes = new Set(
        facts
            .rows<Scope>('core.scopes')
            .map(({ id }) => id)
            .filter((id) => node === null || nodesOf(id, facts).includes(node)),
    )
    const exports = facts
        .rows<{ scope_id: Id; person_id: Id | null; requested_at: string }>('ops.exports')
        .filter(({ requested_at }) => inMonth(requested_at))
    const forgotten = facts
        .rows<{ erased_at: string | null; merged_into: Id | null }>('core.people')
        .filter(({ erased_at, merged_into }) => merged_into === null && inMonth(erased_at))
    const own = new Set(exports.flatMap(({ person_id }) => person_id ?? []))
    const feedback = facts.rows<Feedback>('stories.feedback')
    const personsOf = (rows: readonly Feedback[]) => new Set(rows.map(({ person_id }) => person_id))
    const said = personsOf(feedback.filter(({ given_at }) => inMonth(given_at)))
    const answered = personsOf(feedback.filter(({ answered_at }) => inMonth(answered_at)))
    const tooLate = new Set(
        facts
            .rows<OfWork & { irrevocable: boolean; recalled_at: string | null }>('consent.run_works')
            .filter(({ irrevocable, recalled_at }) => irrevocable && inMonth(recalled_at))
            .map(({ work_id }) => workBy(work_id, facts).owner_id),
    )
    const ofPlaces = exports.filter(({ scope_id, person_id }) => person_id === null && nodes.has(scope_id))
    const rows: unknown[][] = [
        ...toldIn(facts, node, month).flatMap(({ kind, figures }) => [
            ['told', `people who told: ${kind}`, rounded(figures.people, figures), figures.people === 0],
            ['told', `works: ${kind}`, rounded(figures.items, figures), figures.people === 0],
        ]),
        ...decidedIn(facts, node, month).flatMap(([purpose, ...figures]) =>
            ['given', 'refused', 'taken back'].flatMap((name, n) =>
                figures[n] === null ? [] : [['consent', `${name}: ${purpose}`, figures[n], false]],
            ),
        ),
        ...(node === null
            ? [
                  ['people', 'forgotten', ...few(forgotten.length)],
                  ['people', 'exports of their own data', ...few(own.size)],
                  ['people', 'said something to those who run a place', ...few(said.size)],
                  ['people', 'were answered', ...few(answered.size)],
                  [
                      'people',
                      'took back consent to what had been done with their works by then',
                      ...few(tooLate.size),
                  ],
              ]
            : []),
        ['exports', 'exports of places', ofPlaces.length, false],
        ...machines(facts, nodes, inMonth),
    ]
    return rows.map((row) => line(...row, released))
}

interface Feedback {
    person_id: Id
    given_at: string
    answered_at: string | null
}

interface Run {
    scope_id: Id
    purpose: string
    started_at: string
    halted_at: string | null
}

function machines(
    facts: Facts,
    nodes: ReadonlySet<Id>,
    inMonth: (at: string | null) => boolean,
): unknown[][] {
    const runs = facts.rows<Run>('consent.runs').filter(({ scope_id }) => nodes.has(scope_id))
    return [...Map.groupBy(runs, ({ purpose }) => purpose)].flatMap(([purpose, alike]) =>
        [
            { name: 'runs begun', n: alike.filter(({ started_at }) => inMonth(started_at)).length },
            { name: 'runs halted', n: alike.filter(({ halted_at }) => inMonth(halted_at)).length },
        ]
            .filter(({ n }) => n > 0)
            .map(({ name, n }) => ['machines', `${name}: ${purpose}`, n, false]),
    )
}

/** What was told in a month, by the kind of works. */
function toldIn(
    facts: Facts,
    node: Node,
    month: string,
): { kind: string; figures: Figures; withheld: boolean }[] {
    const there = at(facts, node, 'told').filter((group) => group.month === month)
    return [...Map.groupBy(there, ({ kind }) => kind)].map(([kind, alike]) => ({
        kind,
        figures: summed(alike),
        withheld: alike.some(({ live }) => !live),
    }))
}

/** Groups of the last release somewhere. */
function at(facts: Facts, node: Node, board: Board): Booked[] {
    return groups(facts).filter(
        (group) => group.booked && group.board === board && (node === null || group.nodes.has(node)),
    )
}

/** Of those that stand. */
function summed(alike: readonly Booked[]): Figures {
    const live = alike.filter((group) => group.live)
    const of = (figure: keyof Figures) => sum(live.map((group) => group[figure]))
    return {
        people: of('people'),
        items: of('items'),
        comments: of('comments'),
        reactions: of('reactions'),
        views: of('views'),
        amount: of('amount'),
        spread: of('spread'),
    }
}

/** When the figures of a month were last released, if they were. */
function releasedAt(facts: Facts, node: Node, month: string): string | null {
    const tenant = node === null ? null : nodesOf(node, facts)[2]
    const releases = facts
        .rows<Release>('insights.releases')
        .filter(({ tenant_id }) => tenant === null || tenant_id === tenant)
        .toSorted((one, other) => instant(one.released_at) - instant(other.released_at))
    if (!releases.some((release) => release.month >= month)) return null
    return releases.at(-1)?.released_at ?? null
}

function rounded(count: number, { people }: Figures): number | null {
    return people > 0 ? toFive(count) : null
}

function toFive(count: number): number {
    return 5 * Math.round(count / 5)
}

/** Three times the comments, and the reactions, for each. */
function engagement({ comments, reactions, items }: Figures): string | null {
    return ratio(3 * comments + reactions, items)
}

/** A quotient in two figures. */
function ratio(of: number, each: number): string | null {
    if (each === 0) return null
    if (of === 0) return '0'
    const size = Math.floor(Math.log10(of / each))
    if (size < 2) return decimals(of, each, Math.min(1 - size, 2))
    return decimals(of, each * 10 ** (size - 1), 0) + '0'.repeat(size - 1)
}

/** A quotient with so many decimals; what lies between two goes up. */
function decimals(of: number, by: number, digits: number): string {
    const tens = 10 ** digits
    return (Math.floor((2 * of * tens + by) / (2 * by)) / tens).toFixed(digits)
}

function inTwoFigures(amount: number): number | null {
    if (amount <= 0) return null
    const unit = Math.max(1, 10 ** (String(amount).length - 2))
    return unit * Math.floor((2 * amount + unit) / (2 * unit))
}

function line(...values: unknown[]): string {
    return values.map((value) => value ?? '-').join('|')
}
