// Rows of insights, and of what it counts, as far as figures are about them.

import type { OfWork } from '../content/rows.ts'
import type { Id } from '../world.ts'

export type Board = 'told' | 'earned' | 'given' | 'refused' | 'withdrawn' | 'shared'

/** What is counted of a group, or of many. */
export interface Figures {
    people: number
    items: number
    comments: number
    reactions: number
    views: number
    amount: number
    /** The Gini coefficient of shares in millionths, times the people. */
    spread: number
}

/** What alike figures are about. */
export interface About {
    board: Board
    kind: string
    month: string
    topic: string
}

export interface GroupRow extends About, Figures {
    tenant_id: Id
    id: Id
    release: string
    scope_id: Id
    places: Id[]
    smallest: number
    replaces: Id | null
    ends_at: string | null
    withheld_at: string | null
    booked: boolean
}

export interface Contribution extends About, OfWork {
    tenant_id: Id
    person_id: Id
    scope_id: Id
    amount: number
    during: string
    group_id: Id | null
    home: boolean
}

export interface Release {
    tenant_id: Id
    month: string
    released_at: string
}

export interface Flag {
    scope_id: Id
    module: string
    enabled: boolean
}

export interface Setting {
    scope_id: Id
    key: string
    value: unknown
}

export interface Definition {
    key: string
    default_value: unknown
}

export interface Published extends OfWork {
    to_state: string
    moved_at: string
}

export interface Analysis {
    id: Id
    story_id: Id
    kind: string
    result: unknown
    analysed_at: string
}

export interface Transfer {
    id: Id
    made_at: string
}

export interface Share {
    distribution_id: Id
    person_id: Id | null
    amount: number
}
