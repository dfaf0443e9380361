// Who may see which row of core: one rule a table, in the words of the table and as a question to whoever looks.

import type { Facts } from '../facts.ts'
import { backendOnly, catalog, nobody, publicCatalog, seen, seenByAnyone, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'
import type { Asker } from './access.ts'
import type { ApiKey, Membership, MembershipRole, Organization, Person, Sanction, Scope } from './rows.ts'

/** What stands in one scope. */
interface Placed {
    tenant_id: Id
    scope_id: Id
}

interface Verification {
    id: Id
    person_id: Id | null
    organization_id: Id | null
}

interface Invitation extends Placed {
    id: Id
    created_by: Id
}

const ownOnly = (says: string): TableRule =>
    seen(says, (asker, { person_id }: { person_id: Id }) => asker.people.has(person_id))

const forHolders = (permission: string, says: string): TableRule =>
    seen(says, (asker, { scope_id }: Placed) => asker.can(permission, scope_id))

export const tables: Record<string, TableRule> = {
    'core.error_codes': publicCatalog,
    'core.platform_modules': catalog,
    'core.permissions': catalog,
    'core.role_templates': catalog,
    'core.role_template_permissions': catalog,
    'core.scope_kinds': catalog,
    'core.quota_resources': catalog,
    'core.tiers': catalog,
    'core.tier_limits': catalog,
    'core.capabilities': catalog,
    'core.setting_definitions': catalog,
    'core.platform_config': backendOnly,
    'core.usage_shards': backendOnly,
    'core.owner_counts': backendOnly,
    'core.instance_keys': nobody,
    'core.person_keys': nobody,
    'core.person_secrets': nobody,
    'core.rate_counters': nobody,

    'core.organizations': seenByAnyone(
        'by whoever belongs anywhere in it and is not kept from it; by everybody when its root is public',
        (asker, { id }: Organization) =>
            asker.access.scope(id).visibility === 'public' ||
            (asker.belongsWithin(id) && !asker.isBarred(id)),
    ),
    'core.scopes': seenByAnyone(
        'public: by everybody; else by who is not kept from it and belongs to it or to something in it, may find ' +
            'what is private there, or belongs to the organization it is open to',
        (asker, scope: Scope) => seesScope(asker, scope.id),
    ),
    'core.projects': seenByAnyone('by whoever sees its scope', (asker, { id }: { id: Id }) =>
        seesScope(asker, id),
    ),
    'core.project_themes': seenByAnyone(
        'by whoever sees the project',
        (asker, { project_id }: { project_id: Id }) => seesScope(asker, project_id),
    ),
    'core.project_domains': seen(
        'by those who manage the domains of the project',
        (asker, { project_id }: { project_id: Id }) => asker.can('domain.manage', project_id),
    ),
    'core.quotas': forHolders('scope.manage', 'by those who manage the scope'),
    'core.settings': forHolders('setting.manage', 'by those who manage settings there'),
    'core.feature_flags': forHolders('module.manage', 'by those who manage modules there'),

    'core.people': seen(
        'by themselves, their guardian, and whoever sees a membership of theirs',
        (asker, { id }: Person, facts) =>
            id === asker.me ||
            asker.people.has(id) ||
            facts
                .rows<Membership>('core.memberships')
                .some((membership) => membership.person_id === id && seesMembership(asker, membership)),
    ),
    'core.identities': ownOnly('by their person, and the guardian'),
    'core.person_limits': ownOnly('by their person, and the guardian'),
    'core.trust_scores': ownOnly('by their person, and the guardian'),
    'core.verifications': seen(
        'by the person, their guardian, or those who manage the organization it is about',
        (asker, verification: Verification) => seesVerification(asker, verification),
    ),
    'core.verification_looks': seen(
        'by whoever sees the verification',
        (asker, { verification_id }: { verification_id: Id }, facts) =>
            facts
                .rows<Verification>('core.verifications')
                .some((row) => row.id === verification_id && seesVerification(asker, row)),
    ),

    'core.roles': seen(
        'by whoever belongs anywhere in the organization',
        (asker, { tenant_id }: { tenant_id: Id }) => asker.belongsWithin(tenant_id),
    ),
    'core.role_permissions': seen(
        'by whoever belongs anywhere in the organization',
        (asker, { tenant_id }: { tenant_id: Id }) => asker.belongsWithin(tenant_id),
    ),
    'core.memberships': seen(
        'by the person and their guardian; while it counts, by those who may see who belongs to the scope; always ' +
            'by those who manage its members',
        seesMembership,
    ),
    'core.membership_roles': seen(
        'by whoever sees the membership',
        (asker, { membership_id }: MembershipRole, facts) =>
            seesMembership(asker, membershipOf(facts, membership_id)),
    ),
    'core.membership_permissions': seen(
        'by the person and their guardian, and by those who see the membership and give roles there',
        (asker, { membership_id }: { membership_id: Id }, facts) => {
            const membership = membershipOf(facts, membership_id)
            return (
                asker.people.has(membership.person_id) ||
                (seesMembership(asker, membership) && asker.can('role.grant', membership.scope_id))
            )
        },
    ),
    'core.invitations': seen(
        'by whoever made it, their guardian, and those who may invite there',
        (asker, invitation: Invitation) => seesInvitation(asker, invitation),
    ),
    'core.invitation_roles': seen(
        'by whoever sees the invitation',
        (asker, { invitation_id }: { invitation_id: Id }, facts) =>
            facts
                .rows<Invitation>('core.invitations')
                .some((row) => row.id === invitation_id && seesInvitation(asker, row)),
    ),
    'core.sanctions': seen(
        'by the person it concerns, their guardian, and those who impose or judge sanctions there',
        (asker, sanction: Sanction) => seesSanction(asker, sanction),
    ),
    'core.sanction_appeals': seen(
        'by whoever sees the sanction',
        (asker, { sanction_id }: { sanction_id: Id }, facts) =>
            facts
                .rows<Sanction>('core.sanctions')
                .some((row) => row.id === sanction_id && seesSanction(asker, row)),
    ),

    'core.api_keys': seen('by whoever made it, and those who manage keys there', (asker, key: ApiKey) =>
        seesApiKey(asker, key),
    ),
    'core.api_key_permissions': seen(
        'by whoever sees the key',
        (asker, { api_key_id }: { api_key_id: Id }, facts) =>
            facts
                .rows<ApiKey>('core.api_keys')
                .some((row) => row.id === api_key_id && seesApiKey(asker, row)),
    ),
}

export function seesScope(asker: Asker, id: Id): boolean {
    const scope = asker.access.scope(id)
    if (scope.visibility === 'public') return true
    if (asker.isBarred(id)) return false
    return (
        asker.belongsWithin(id) ||
        asker.can('scope.read', id) ||
        (scope.visibility === 'organization' && asker.belongsWithin(scope.tenant_id))
    )
}

export function seesMembership(asker: Asker, membership: Membership): boolean {
    return (
        asker.people.has(membership.person_id) ||
        asker.can('member.manage', membership.scope_id) ||
        (asker.access.counts(membership) && asker.can('member.read', membership.scope_id))
    )
}

function seesVerification(asker: Asker, { person_id, organization_id }: Verification): boolean {
    if (person_id !== null) return asker.people.has(person_id)
    return organization_id !== null && asker.can('scope.manage', organization_id)
}

function seesInvitation(asker: Asker, { created_by, scope_id }: Invitation): boolean {
    return asker.people.has(created_by) || asker.can('member.invite', scope_id)
}

function seesSanction(asker: Asker, { person_id, scope_id }: Sanction): boolean {
    return (
        asker.people.has(person_id) ||
        asker.can('sanction.impose', scope_id) ||
        asker.can('sanction.judge', scope_id)
    )
}

function seesApiKey(asker: Asker, { person_id, scope_id }: ApiKey): boolean {
    return asker.people.has(person_id) || asker.can('key.manage', scope_id)
}

function membershipOf(facts: Facts, id: Id): Membership {
    const membership = facts.rows<Membership>('core.memberships').find((row) => row.id === id)
    if (!membership) throw new Error(`there is no membership ${id}`)
    return membership
}
