// Rows of value, as far as it matters who sees them.

import type { Id } from '../world.ts'

export interface Account {
    tenant_id: Id
    id: Id
    person_id: Id | null
    scope_id: Id | null
    work_id: Id | null
}

export interface Entry {
    account_id: Id
    transfer_id: Id
    amount: number
    reserved_in: number
    reserved_out: number
}

export interface ValueEvent {
    tenant_id: Id
    id: Id
    scope_id: Id
    work_id: Id | null
    kind: string
    asset: string
    amount: number
    returned: number
    occurred_on: string
}

export interface Distribution {
    id: Id
    event_id: Id
    scope_id: Id
    amount: number
    returned: number
    transfer_id: Id | null
}

export interface Recipient {
    distribution_id: Id
    person_id: Id | null
}
