-- The module core: who, and where do they belong? People, the tree of scopes, memberships, permissions.

create schema core;

comment on schema core is
    'Who, and where do they belong? People, the three-level tree of scopes, memberships, roles, permissions.';

-- Deny by default. Postgres gives execute to everybody; a default that is taken away per schema has no
-- effect, so it is taken away for all that the owner creates.
alter default privileges revoke execute on functions from public;

grant usage on schema core to anon, authenticated, service_role, empathy_auditor, empathy_keyholder;

create type core.organization_status as enum ('active', 'suspended', 'closed');
comment on type core.organization_status is
    'Active: in use. Suspended: can be read, nothing can be changed. Closed: as suspended, for good.';

create type core.scope_visibility as enum ('private', 'organization', 'public');
comment on type core.scope_visibility is
    'Who can find the scope itself (not what is in it): its members, the whole organization, everybody.';

create type core.membership_status as enum (
    'invited', 'requested', 'active', 'suspended', 'banned', 'left', 'revoked'
);
comment on type core.membership_status is
    'Only active gives anything. Banned bars the person, whatever else they hold. Left and revoked are history.';

create type core.permission_effect as enum ('allow', 'deny');
comment on type core.permission_effect is
    'A single permission given to, or taken from, one membership, beside its roles.';

create type core.verification_kind as enum ('kyc', 'kyb');
comment on type core.verification_kind is
    'Know your customer: a person. Know your business: an organization.';

create type core.verification_status as enum ('pending', 'verified', 'rejected');
comment on type core.verification_status is 'How far the check of a document has come.';

create type core.appeal_status as enum ('open', 'upheld', 'overturned', 'withdrawn');
comment on type core.appeal_status is 'Upheld: the sanction stays. Overturned: it is lifted.';

create type core.setting_type as enum ('boolean', 'integer', 'text', 'choice', 'duration');
comment on type core.setting_type is 'What kind of value a setting takes.';

create type core.found_scope as (
    tenant_id uuid,
    scope_id uuid,
    rank real
);
comment on type core.found_scope is 'A scope that was found, by words of it that one may read.';
comment on column core.found_scope.tenant_id is 'The organization.';
comment on column core.found_scope.scope_id is 'The scope.';
comment on column core.found_scope.rank is 'How well it fits: words of the name count most, then those about it.';
