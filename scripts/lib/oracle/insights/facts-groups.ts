// What people decided in a month, and what they got when something was shared, in groups: chance has no say in these,
// so the model knows all of them. They are as large as can be; of what one person alone got more than half, there is
// none.

import type { Consent, Party, Work } from '../content/rows.ts'
import type { Facts } from '../facts.ts'
import { monthOf } from '../time.ts'
import type { Distribution } from '../value/rows.ts'
import type { Id } from '../world.ts'
import { asksOf, isOn, nodesOf, sum, survivor } from './counting.ts'
import { type Part, pooled } from './grouping.ts'
import type { About, Board, Figures, Share, Transfer } from './rows.ts'

export interface Fact extends About, Figures {
    scope: Id
    smallest: number
    places: readonly Id[]
}

interface Deed {
    board: Board
    kind: string
    month: string
    person: Id
    scope: Id
    weight: number
}

interface Did extends Part {
    deeds: Deed[]
}

/** The groups of what happened in an organization in these months. */
export function factsOf(tenant: Id, months: readonly string[], facts: Facts): Fact[] {
    const deeds = [...decisions(facts), ...shares(facts)].filter(
        ({ scope, month }) =>
            months.includes(month) && nodesOf(scope, facts).includes(tenant) && isOn(scope, facts),
    )
    return [...Map.groupBy(deeds, ({ board, kind, month }) => `${board} ${kind} ${month}`).values()].flatMap(
        (alike) => groupsOf(alike, facts),
    )
}

function decisions(facts: Facts): Deed[] {
    return facts.rows<Consent>('consent.consents').flatMap((consent) => {
        const { work_id, party_id, purpose: kind, decision: board, recorded_at } = consent
        const [party] = facts.where<Party>('consent.consent_parties', 'id', party_id)
        const [work] = facts.where<Work>('content.works', 'id', work_id)
        if (!party?.person_id || !work) return []
        const person = survivor(party.person_id, facts)
        return [{ board, kind, month: monthOf(recorded_at), person, scope: work.scope_id, weight: 1 }]
    })
}

function shares(facts: Facts): Deed[] {
    return facts
        .rows<Distribution & { asset: string }>('value.distributions')
        .flatMap(({ id, transfer_id, scope_id: scope, asset: kind }) => {
            const [transfer] = facts.where<Transfer>('value.transfers', 'id', transfer_id)
            if (!transfer) return []
            const month = monthOf(transfer.made_at)
            return facts
                .where<Share>('value.recipients', 'distribution_id', id)
                .filter(({ amount }) => amount > 0)
                .flatMap(({ person_id, amount: weight }): Deed[] => {
                    if (person_id === null) return []
                    const person = survivor(person_id, facts)
                    return [{ board: 'shared', kind, month, person, scope, weight }]
                })
        })
}

function groupsOf(deeds: Deed[], facts: Facts): Fact[] {
    const parts = [...Map.groupBy(deeds, ({ person, scope }) => `${person} ${scope}`).values()].flatMap(
        (own): Did[] => {
            const [first] = own
            if (!first) return []
            const { person, scope } = first
            const weight = sum(own.map((deed) => deed.weight))
            const [nodes, asks] = [nodesOf(scope, facts), asksOf(scope, facts)]
            return [{ person, nodes, asks, topic: '', weight, home: false, deeds: own }]
        },
    )
    for (const own of Map.groupBy(parts, ({ person }) => person).values()) {
        const [most] = own.toSorted(
            (one, other) =>
                other.weight - one.weight || (String(one.nodes[0]) < String(other.nodes[0]) ? -1 : 1),
        )
        if (most) most.home = true
    }
    // What comes from below and what is told there, asking for the same, is one.
    const pools = Map.groupBy(pooled(parts, true), ({ scope, smallest }) => `${scope} ${smallest}`)
    return [...pools.values()].flatMap((alike) => {
        const [first] = alike
        const [deed] = deeds
        if (!first || !deed) return []
        const { board, kind, month } = deed
        const all = alike.flatMap((pool) => pool.parts)
        const amounts = [...Map.groupBy(all, ({ person }) => person).values()].map((own) =>
            sum(own.map(({ weight }) => weight)),
        )
        const people = sum(alike.flatMap(({ sizes }) => sizes))
        const amount = sum(amounts)
        if (board === 'shared' && 2 * Math.max(...amounts) > amount) return []
        return [
            {
                board,
                kind,
                month,
                topic: '',
                scope: first.scope,
                smallest: first.smallest,
                places: [...new Set(all.flatMap((part) => part.deeds.map((deed) => deed.scope)))],
                people,
                items: sum(all.map((part) => part.deeds.length)),
                comments: 0,
                reactions: 0,
                views: 0,
                amount: board === 'shared' ? amount : 0,
                spread: board === 'shared' ? spreadOf(amounts, people) : 0,
            },
        ]
    })
}

/** From how much each got more or less than each other one: the Gini coefficient in millionths, times the people. */
function spreadOf(amounts: readonly number[], people: number): number {
    const apart = sum(amounts.flatMap((one) => amounts.map((other) => Math.abs(one - other))))
    return Math.round((apart * 1_000_000 * people) / (2 * amounts.length * sum(amounts)))
}
