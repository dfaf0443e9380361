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
