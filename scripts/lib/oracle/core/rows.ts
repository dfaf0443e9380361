// The rows of core that rules look at, as the database writes them into JSON.

import type { Id } from '../world.ts'

export interface Person {
    id: Id
    guardian_id: Id | null
    merged_into: Id | null
    deceased_on: string | null
    erased_at: string | null
}

export interface Identity {
    issuer: string
    subject: string
    person_id: Id
}

export interface Organization {
    id: Id
}

export interface Scope {
    tenant_id: Id
    id: Id
    kind: string
    level: 0 | 1 | 2
    parent_id: Id | null
    slug: string
    visibility: 'private' | 'organization' | 'public'
}

export interface Permission {
    key: string
    levels: number[]
    inherits: boolean
}

export interface RoleRow {
    tenant_id: Id
    id: Id
    key: string
    levels: number[]
    requires_kyc: boolean
}

export interface RolePermission {
    tenant_id: Id
    role_id: Id
    permission: string
}

export interface Membership {
    tenant_id: Id
    id: Id
    scope_id: Id
    person_id: Id
    status: 'invited' | 'requested' | 'active' | 'suspended' | 'banned' | 'left' | 'revoked'
    valid_during: string
}

export interface MembershipRole {
    tenant_id: Id
    membership_id: Id
    role_id: Id
    revoked_at: string | null
}

export interface MembershipPermission {
    tenant_id: Id
    membership_id: Id
    permission: string
    effect: 'allow' | 'deny'
}

export interface Sanction {
    tenant_id: Id
    id: Id
    scope_id: Id
    person_id: Id
    capability: string
    during: string
    lifted_at: string | null
}

export interface ApiKey {
    id: Id
    tenant_id: Id
    scope_id: Id
    person_id: Id
    name: string
    channel: string | null
    expires_at: string
    revoked_at: string | null
}

export interface ApiKeyPermission {
    api_key_id: Id
    permission: string
}
