// Who may see which row of value.

import { involves, workOf } from '../content/sharing.ts'
import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import { seen, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'
import type { Account, Distribution, Entry, Recipient, ValueEvent } from './rows.ts'

/** What belongs, or came in, somewhere. */
interface Placed {
    tenant_id: Id
    scope_id: Id | null
    work_id: Id | null
}

export const tables: Record<string, TableRule> = {
    'value.assets': seen('by whoever belongs to the organization', (asker, { tenant_id }: Account) =>
        asker.belongsWithin(tenant_id),
    ),
    'value.accounts': seen(
        'by whoever it belongs to, those whom its work involves, and those who read the books',
        readsAccount,
    ),
    'value.transfers': seen('by whoever may read one of its accounts', (asker, { id }: Account, facts) =>
        facts
            .rows<Entry>('value.entries')
            .some((entry) => entry.transfer_id === id && readsEntry(asker, entry, facts)),
    ),
    'value.entries': seen('with the account', readsEntry),
    'value.value_events': seen('by those whom its work involves, and those who read the books', knowsOf),
    'value.distributions': seen(
        'by those who belong to the community, those who get a share and whoever acts for them, and those who see ' +
            'what came in',
        seesDistribution,
    ),
    'value.recipients': seen('with the distribution', (asker, { distribution_id }: Recipient, facts) =>
        facts
            .rows<Distribution>('value.distributions')
            .some((sharing) => sharing.id === distribution_id && seesDistribution(asker, sharing, facts)),
    ),
}

/** Whether somebody reads the books there, or helps with the work. */
export function knowsOf(asker: Asker, { tenant_id, scope_id, work_id }: Placed, facts: Facts): boolean {
    return (
        (work_id !== null && involves(asker, workOf(work_id, facts), facts)) ||
        (scope_id !== null && asker.can('value.read', scope_id)) ||
        asker.can('value.read', tenant_id)
    )
}

export function readsAccount(asker: Asker, account: Account, facts: Facts): boolean {
    const { person_id } = account
    return (person_id !== null && asker.people.has(person_id)) || knowsOf(asker, account, facts)
}

function readsEntry(asker: Asker, { account_id }: Entry, facts: Facts): boolean {
    const account = facts.rows<Account>('value.accounts').find(({ id }) => id === account_id)
    return account !== undefined && readsAccount(asker, account, facts)
}

function seesDistribution(asker: Asker, { id, event_id, scope_id }: Distribution, facts: Facts): boolean {
    const gets = facts
        .rows<Recipient>('value.recipients')
        .some(
            ({ distribution_id, person_id }) =>
                distribution_id === id && person_id !== null && asker.people.has(person_id),
        )
    const event = facts.rows<ValueEvent>('value.value_events').find((row) => row.id === event_id)
    return asker.belongsTo(scope_id) || gets || (event !== undefined && knowsOf(asker, event, facts))
}
