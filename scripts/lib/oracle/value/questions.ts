// What everybody is told of value in figures: added up by hand.

import type { Facts } from '../facts.ts'
import type { Question } from '../module.ts'
import type { Account, Distribution, Entry, ValueEvent } from './rows.ts'
import { knowsOf, readsAccount } from './tables.ts'

export const questions: Question[] = [
    {
        says: 'value.balances has of an account what there is, may come in, is set aside, and how many entries:',
        roles: ['authenticated'],
        sql: 'oracle/balances.sql',
        parameters: () => [],
        expected: (asker, facts) =>
            new Map(
                facts
                    .rows<Account>('value.accounts')
                    .map((account) => [balanceOf(account, facts), readsAccount(asker, account, facts)]),
            ),
    },
    {
        says: 'value.value_metrics has of a place, or a work in it, how often what came in, was shared, and when:',
        roles: ['authenticated'],
        sql: 'oracle/value-metrics.sql',
        parameters: () => [],
        expected: (asker, facts) => {
            const alike = Map.groupBy(
                facts.rows<ValueEvent>('value.value_events'),
                ({ scope_id, work_id, kind, asset }) =>
                    [scope_id, work_id ?? 'no work', kind, asset].join('|'),
            )
            return new Map(
                [...alike].map(([key, events]) => [
                    `${key}|${figuresOf(events, facts)}`,
                    events.every((event) => knowsOf(asker, event, facts)),
                ]),
            )
        },
    },
]

/** What remains of amounts without what was taken or given back. */
export function kept(rows: readonly { amount: number; returned: number }[]): number {
    return sum(rows.map(({ amount, returned }) => amount - returned))
}

function balanceOf({ id }: Account, facts: Facts): string {
    const entries = facts.rows<Entry>('value.entries').filter(({ account_id }) => account_id === id)
    return [
        id,
        sum(entries.map(({ amount }) => amount)),
        sum(entries.map(({ reserved_in }) => reserved_in)),
        sum(entries.map(({ reserved_out }) => reserved_out)),
        entries.length,
    ].join('|')
}

function figuresOf(events: ValueEvent[], facts: Facts): string {
    const shared = facts
        .rows<Distribution>('value.distributions')
        .filter(
            ({ event_id, transfer_id }) => transfer_id !== null && events.some(({ id }) => id === event_id),
        )
    const days = events.map(({ occurred_on }) => occurred_on).sort()
    return [events.length, kept(events), kept(shared), days.at(0), days.at(-1)].join('|')
}

function sum(numbers: number[]): number {
    return numbers.reduce((total, number) => total + number, 0)
}
