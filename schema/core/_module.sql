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
    E'Whether an organization is in use.\n'
    'active: It is in use.\n'
    'suspended: It can be read, and nothing in it can be changed.\n'
    'closed: As suspended, for good.';

create type core.scope_visibility as enum ('private', 'organization', 'public');
comment on type core.scope_visibility is
    E'Who can find the scope itself, not what is in it.\n'
    'private: Its members.\n'
    'organization: The whole organization.\n'
    'public: Everybody.';

create type core.membership_status as enum (
    'invited', 'requested', 'active', 'suspended', 'banned', 'left', 'revoked'
);
comment on type core.membership_status is
    E'How a membership stands. Only active gives anything.\n'
    'invited: Asked in, and not come yet.\n'
    'requested: Asked to come in, and not answered yet.\n'
    'active: Belongs.\n'
    'suspended: Gives nothing, until it is reinstated.\n'
    'banned: Bars the person, whatever else they hold.\n'
    'left: The person left.\n'
    'revoked: It was ended by others.';

create type core.permission_effect as enum ('allow', 'deny');
comment on type core.permission_effect is
    E'A single permission given to, or taken from, one membership, beside its roles.\n'
    'allow: Given.\n'
    'deny: Taken.';

create type core.verification_kind as enum ('kyc', 'kyb');
comment on type core.verification_kind is
    E'What is verified.\n'
    'kyc: A person: know your customer.\n'
    'kyb: An organization: know your business.';

create type core.verification_status as enum ('pending', 'verified', 'rejected');
comment on type core.verification_status is
    E'How far the check of a document has come.\n'
    'pending: Nobody has decided yet.\n'
    'verified: It was found to be true.\n'
    'rejected: It was not.';

create type core.appeal_status as enum ('open', 'upheld', 'overturned', 'withdrawn');
comment on type core.appeal_status is
    E'Where an appeal stands.\n'
    'open: Nobody has judged it yet.\n'
    'upheld: The sanction stays.\n'
    'overturned: The sanction is lifted.\n'
    'withdrawn: It was taken back.';

create type core.setting_type as enum ('boolean', 'integer', 'text', 'choice', 'duration');
comment on type core.setting_type is
    E'What kind of value a setting takes.\n'
    'boolean: Yes or no.\n'
    'integer: A whole number.\n'
    'text: Words.\n'
    'choice: One of some values.\n'
    'duration: A length of time.';

create type core.found_scope as (
    tenant_id uuid,
    scope_id uuid,
    rank real
);
comment on type core.found_scope is 'A scope that was found, by words of it that one may read.';
comment on column core.found_scope.tenant_id is 'The organization.';
comment on column core.found_scope.scope_id is 'The scope.';
comment on column core.found_scope.rank is 'How well it fits: words of the name count most, then those about it.';
