// Rows of content and consent, as far as it matters who sees them.

import type { Id } from '../world.ts'

export interface Work {
    tenant_id: Id
    id: Id
    kind: string
    scope_id: Id
    owner_id: Id
    visibility: 'private' | 'community' | 'organization' | 'public'
    protocol_set_id: Id | null
    state: string
    moves: number
    current_version: number
}

/** What the first version says, and the second, and so on. */
export const versionWords = ['spruce', 'cedar', 'willow']

export interface Move {
    work_id: Id
    number: number
    from_state: string | null
    decision_id: Id | null
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
    scope_id: Id | null
    capacity: string
}

export interface Consent {
    id: Id
    work_id: Id
    party_id: Id
    purpose: string
    channel: string | null
    decision: 'given' | 'refused' | 'withdrawn'
    during: string
    through_version: number | null
    recorded_at: string
}

export interface Comment {
    id: Id
    work_id: Id
    aside: boolean
    author_id: Id | null
    state: 'visible' | 'hidden' | 'deleted'
}

export interface Reaction {
    work_id: Id | null
    comment_id: Id | null
}

export interface Tag {
    tenant_id: Id
    id: Id
}

export interface WorkTag {
    work_id: Id
    word_id: Id
    tag_id: Id
}

export interface Moderation {
    comment_id: Id
}

/** Whatever hangs on a work. */
export interface OfWork {
    work_id: Id
}

export interface Protocol {
    id: Id
    scope_id: Id
    enforcement: 'required' | 'recommended' | 'optional'
    audience: 'everybody' | 'members' | 'admitted'
    season_from: string | null
    season_until: string | null
    season_zone: string | null
    retired_at: string | null
}

export interface Admission {
    protocol_id: Id
    role_id: Id | null
    group_id: Id | null
    membership_id: Id | null
}

export interface GroupMember {
    group_id: Id
    membership_id: Id
}

export interface SetCommunity {
    set_id: Id
    scope_id: Id
    match: 'all' | 'any'
}

export interface SetMember {
    set_id: Id
    scope_id: Id
    protocol_id: Id
}

/** The transaction in which a world has things opened that are open in its own. */
export const elsewhere = '3'

export interface Opening {
    work_id: Id
    protocol_set_id: Id
    person_id: Id
    opened_at: string
    open_until: string
    opened_in: string
}

export interface Poll {
    id: Id
    scope_id: Id
    work_id: Id | null
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

export interface Placement {
    id: Id
    work_id: Id
    first_version: number | null
    last_version: number | null
}

export interface Medium {
    id: Id
    work_id: Id
    file_id: Id
    protocol_set_id: Id | null
}
