// Rows of content and consent, as far as it matters who sees them.

import type { Id } from '../world.ts'

export interface Work {
    tenant_id: Id
    id: Id
    scope_id: Id
    owner_id: Id
    visibility: 'private' | 'community' | 'organization' | 'public'
    state: string
    current_version: number
}

export interface Version {
    work_id: Id
    number: number
    material_version: number
    created_by: Id
}

export interface Party {
    id: Id
    work_id: Id
    person_id: Id | null
}

export interface Consent {
    work_id: Id
    party_id: Id
    purpose: string
    channel: string | null
    decision: 'given' | 'refused' | 'withdrawn'
    during: string
    through_version: number | null
}

/** Whatever hangs on a work. */
export interface OfWork {
    work_id: Id
}

export interface Poll {
    id: Id
    scope_id: Id
    results_shown: 'always' | 'after_vote' | 'after_close'
    counted_at: string | null
}

/** Whatever hangs on a poll. */
export interface OfPoll {
    poll_id: Id
}

/** Who has voted; where it is not anonymous, with what. */
export interface Ballot extends OfPoll {
    person_id: Id
}
