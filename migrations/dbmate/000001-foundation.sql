-- Generated from migrations/committed/000001-foundation.sql; do not edit.

-- migrate:up
set local role empathy_owner;
set local check_function_bodies = off;

-- From schema/core/_module.sql
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

-- From schema/ops/_module.sql
-- The module ops: what has to run? What must be told to the world outside, kept, held, handed out, counted.

create schema ops;

comment on schema ops is
    'What has to run? The outbox, jobs, exports, legal holds, and the registry of what every column holds.';

grant usage on schema ops to authenticated, service_role, empathy_auditor;

create type ops.tenancy as enum ('global', 'tenant');
comment on type ops.tenancy is
    'Tenant: rows belong to one organization. Global: they belong to the platform or to a person.';

create type ops.pii_class as enum ('none', 'personal', 'secret');
comment on type ops.pii_class is
    'Whether a column can say something about a person. Secret: only ever stored encrypted or hashed.';

create type ops.audit_class as enum ('clear', 'personal', 'body', 'omitted');
comment on type ops.audit_class is
    'How the audit log keeps a column: in clear, separately erasable, by its hash alone, or not at all.';

create type ops.export_status as enum ('queued', 'running', 'ready', 'halted', 'failed', 'expired');
comment on type ops.export_status is
    'How far an export has come. Halted: consent was withdrawn while it was under way.';

-- From schema/audit/_module.sql
-- The module audit: what happened? Every change of every tracked row, sealed into one Merkle log per tenant.

create schema audit;

comment on schema audit is
    'What happened? Every change of every tracked row, sealed into one Merkle log per tenant that nobody can rewrite.';

grant usage on schema audit to authenticated, service_role, empathy_auditor;

-- Drawn while the row's lock is held and never cached: for one row, a greater number is a later write.
create sequence audit.change_seq as bigint cache 1;
comment on sequence audit.change_seq is 'The order of writes, for any one row.';

-- From schema/content/_module.sql
-- The module content: what do they make? Works of every kind, their versions and files, and the way they go until they
-- are shared.

create schema content;

comment on schema content is
    'What do they make? Works of every kind, their versions, and the way they go until they are shared.';

grant usage on schema content to anon, authenticated, service_role, empathy_auditor;

create type content.work_visibility as enum ('private', 'community', 'organization', 'public');
comment on type content.work_visibility is
    'How far a work may be shared at most: with nobody, its own place, the whole organization, everybody. Within that, '
    'it is shared as far as everyone consents who has to.';

create type content.work_state as enum (
    'draft', 'submitted', 'in_review', 'changes_requested', 'approved', 'published', 'withdrawn', 'archived'
);
comment on type content.work_state is 'How far a work has come. Only what is published is shared.';

create type content.move_capacity as enum ('owner', 'reviewer');
comment on type content.move_capacity is
    'In which capacity somebody moves a work on. Nobody reviews what is their own.';

create type content.collaborator_capability as enum ('comment', 'review', 'edit');
comment on type content.collaborator_capability is
    'What a collaborator may do with a work besides reading it: comment on it, review it, write its next version.';

create type content.comment_state as enum ('visible', 'hidden', 'deleted');
comment on type content.comment_state is
    'What has become of a comment: anybody who reads the work reads it; a moderator hid it; its author took it back.';

create type content.poll_method as enum ('single', 'approval', 'score', 'ranked', 'dot', 'consent');
comment on type content.poll_method is
    'How a poll is answered: choosing one; each that one approves of; a score for each; ranks, the best first; dots to '
    'share out; or agree, abstain, object, block.';

create type content.results_shown as enum ('always', 'after_vote', 'after_close');
comment on type content.results_shown is
    'When the results of a poll can be seen: all the time, once one has voted, or once it is closed.';

create type content.decision_process as enum ('consensus', 'majority', 'elder_council', 'board');
comment on type content.decision_process is
    'How a group decides. By consensus: somebody agrees, and nobody objects or blocks. By majority, or by the majority '
    'of its board: more agree than object or block. By its elders: more of them agree than object, and none blocks.';

create type content.decision_outcome as enum ('accepted', 'rejected', 'lapsed');
comment on type content.decision_outcome is 'What a group decided; lapsed, where too few took part.';

create type content.file_state as enum ('expected', 'arrived', 'gone');
comment on type content.file_state is
    'How far a file has come: announced, there with the bytes that were announced, or no more.';

create type content.file_encryption as enum ('none', 'store');
comment on type content.file_encryption is 'Whether bytes lie as they came, or encrypted by the store that keeps them.';

create type content.sensitivity as enum ('none', 'sensitive', 'distressing', 'deceased');
comment on type content.sensitivity is
    'What whoever reads may want to be warned of: nothing; something to be careful with, that distresses, or that shows '
    'somebody who has died.';

create type content.found_work as (
    tenant_id uuid,
    work_id uuid,
    version integer,
    rank real,
    query text
);
comment on type content.found_work is 'A work that was found, by words of it that one may read.';
comment on column content.found_work.tenant_id is 'The organization.';
comment on column content.found_work.work_id is 'The work.';
comment on column content.found_work.version is
    'The version that I read, whose words were looked at. Of a restricted work that is only its title and summary.';
comment on column content.found_work.rank is
    'How well it fits: words of the title count most, then those of the summary, then the rest.';
comment on column content.found_work.query is 'What was looked for.';

-- From schema/consent/_module.sql
-- The module consent: under which consent? Who has to consent to a work, to what, since when and until when.

create schema consent;

comment on schema consent is
    'Under which consent may it be used? Who has to consent to a work, and what they decided, dated and never edited.';

grant usage on schema consent to authenticated, service_role, empathy_auditor, empathy_keyholder;

create type consent.decision as enum ('given', 'refused', 'withdrawn');
comment on type consent.decision is
    'What somebody decided. Only what is given allows anything: silence, refusal and withdrawal all mean no.';

create type consent.party_capacity as enum ('teller', 'co_teller', 'depicted', 'guardian', 'community');
comment on type consent.party_capacity is 'As what somebody has to consent.';

create type consent.protocol_audience as enum ('everybody', 'members', 'admitted');
comment on type consent.protocol_audience is
    'Whom a protocol lets pass: everybody who signs in, the members of its community, or those it names.';

create type consent.protocol_enforcement as enum ('required', 'recommended', 'optional');
comment on type consent.protocol_enforcement is
    'Whether a protocol is enforced, or only shown to whoever opens what stands under it.';

create type consent.protocol_match as enum ('all', 'any');
comment on type consent.protocol_match is
    'Whether whoever reads has to pass all of a community''s protocols for a work, or any one of them.';

create type consent.condition as (
    protocol_id uuid,
    scope_id uuid,
    name text,
    kind text,
    description text,
    enforcement consent.protocol_enforcement,
    match consent.protocol_match,
    acknowledgement text,
    wording integer,
    acknowledged boolean
);
comment on type consent.condition is 'What a protocol asks of whoever opens what stands under it.';
comment on column consent.condition.protocol_id is 'The protocol.';
comment on column consent.condition.scope_id is 'The community whose it is.';
comment on column consent.condition.name is 'What it is called.';
comment on column consent.condition.kind is 'Of which kind it is.';
comment on column consent.condition.description is 'What it is about.';
comment on column consent.condition.enforcement is 'Whether it is required, recommended or optional.';
comment on column consent.condition.match is
    'Whether all protocols of its community have to be passed, or any of them.';
comment on column consent.condition.acknowledgement is 'What has to be acknowledged, if anything.';
comment on column consent.condition.wording is 'Which wording of it that is.';
comment on column consent.condition.acknowledged is 'Whether I did, as it reads now.';

create type consent.benefit_model as enum ('equal', 'contribution', 'custom');
comment on type consent.benefit_model is 'How a community shares what its works bring in.';

-- From functions/core/_api_key.sql
-- The API key that is asking, if one is: its id and the scope it is for.

create or replace function core._api_key()
returns table (api_key_id uuid, tenant_id uuid, scope_id uuid, level smallint, project_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 1
security definer -- API keys are nobody's to read but their organization's
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select k.id, s.tenant_id, s.id, s.level, s.project_id
    from core.api_keys k
    join core.scopes s on s.tenant_id = k.tenant_id and s.id = k.scope_id
    where k.id = (core._claims() ->> 'api_key')::uuid
        and k.revoked_at is null
        and k.expires_at > now();
end
$$;

comment on function core._api_key() is 'The API key that is asking, if one is.';

revoke execute on function core._api_key() from public;

-- From functions/core/_barred.sql
-- The scopes a person is kept from: banned there or above, or under a sanction of this capability or of access itself.

create or replace function core._barred(capability text, person_id uuid)
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
strict
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with bars as (
        select m.tenant_id, m.scope_id
        from core.memberships m
        where m.person_id = _barred.person_id and m.status = 'banned'
        union
        select s.tenant_id, s.scope_id
        from core.sanctions s
        where s.person_id = _barred.person_id
            and s.lifted_at is null
            and s.during @> now()
            and s.capability in ('access', _barred.capability)
    )
    select b.scope_id from bars b
    union
    select s.id
    from bars b
    join core.scopes s
        on s.tenant_id = b.tenant_id and (s.project_id = b.scope_id or s.tenant_id = b.scope_id);
end
$$;

comment on function core._barred(text, uuid) is 'The scopes a person is kept from, for a capability.';

revoke execute on function core._barred(text, uuid) from public;

-- From functions/core/_blind_index.sql
-- A keyed hash of an email address: the same address gives the same hash, and without the key it says nothing.

create or replace function core._blind_index(email text)
returns bytea
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select extensions.hmac(convert_to(lower(btrim(email)), 'utf8'), core._unwrap(k.wrapped_key, k.kek_id), 'sha256')
    from core._instance_key() k
$$;

comment on function core._blind_index(text) is 'A keyed hash of an email address.';

revoke execute on function core._blind_index(text) from public;

-- From functions/core/_change_membership.sql
-- Moves a membership from one of these states to another. The row is locked, so two who decide at once do not both.

create or replace function core._change_membership(
    membership_id uuid,
    from_states core.membership_status[],
    to_state core.membership_status,
    reason text
)
returns core.membership_status
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    select * into membership
    from core.memberships m
    where m.id = _change_membership.membership_id
    for no key update;
    perform core._require('member.manage', membership.scope_id);
    if membership.person_id = core.me() then
        perform core._refuse('not_on_yourself');
    end if;
    if not membership.status = any (from_states) then
        perform core._refuse('membership_state', membership.status::text, to_state::text);
    end if;
    -- Whoever outranks stays out of reach: nobody ends a role they could not have given.
    perform core._require_grantable(mr.role_id, membership.scope_id)
    from core.membership_roles mr
    where mr.tenant_id = membership.tenant_id
        and mr.membership_id = membership.id
        and mr.revoked_at is null;
    -- A ban reaches further than the membership that it began with.
    if to_state = 'banned' then
        perform core._require_outranking(membership.person_id, membership.scope_id);
    end if;
    update core.memberships m
    set
        status = to_state,
        reason = coalesce(_change_membership.reason, m.reason),
        joined_at = case when to_state = 'active' then coalesce(m.joined_at, now()) else m.joined_at end,
        ended_at = case when to_state in ('left', 'revoked') then now() end
    where m.tenant_id = membership.tenant_id and m.id = membership.id;
    return membership.status;
end
$$;

comment on function core._change_membership(uuid, core.membership_status[], core.membership_status, text) is
    'Moves a membership from one of these states to another.';

revoke execute on function core._change_membership(
    uuid, core.membership_status[], core.membership_status, text
) from public;

-- From functions/core/_claims.sql
-- What the verified token says, as the server set it on the transaction.

create or replace function core._claims()
returns jsonb
language plpgsql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
begin
    return nullif(current_setting('request.jwt.claims', true), '')::jsonb;
end
$$;

comment on function core._claims() is 'The claims of the verified token, or null.';

revoke execute on function core._claims() from public;

-- From functions/core/_concerns_me.sql
-- Whether a matter about a person is my own: about me, or somebody I turned out to be, or am the guardian of. Unlike
-- core.acts_for() this holds through an API key, too: it keeps people from deciding in their own matter.

create or replace function core._concerns_me(person_id uuid)
returns boolean
language sql
stable
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.people p
        where p.id = _concerns_me.person_id and core.me() in (p.id, p.merged_into, p.guardian_id)
    )
$$;

comment on function core._concerns_me(uuid) is 'Whether a matter about a person is my own, or my ward''s.';

revoke execute on function core._concerns_me(uuid) from public;

-- From functions/core/_could.sql
-- Whether a person may do something in a scope. The same three comparisons as in the policies, for one scope.

create or replace function core._could(person_id uuid, permission text, scope_id uuid)
returns boolean
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select exists (
                select
                from core.scopes s
                join core._held(_could.permission, _could.person_id) h
                    on h.scope_id = s.id
                    or (
                        h.scope_id in (s.project_id, s.tenant_id)
                        and (select p.inherits from core.permissions p where p.key = _could.permission)
                    )
                where s.id = _could.scope_id
            )
            and _could.scope_id not in (select core._barred('access', _could.person_id))
    );
end
$$;

comment on function core._could(uuid, text, uuid) is 'Whether a person holds a permission in a scope, or above it.';

revoke execute on function core._could(uuid, text, uuid) from public;

-- From functions/core/_count_owners.sql
-- Adds to the number of active owners of an organization. The check on the row refuses to go below one.

create or replace function core._count_owners(tenant_id uuid, delta integer)
returns void
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
begin
    if delta > 0 then
        insert into core.owner_counts as c (tenant_id, owners)
        values (_count_owners.tenant_id, delta)
        on conflict on constraint owner_counts_pkey do update set owners = c.owners + excluded.owners;
    elsif delta < 0 then
        update core.owner_counts c
        set owners = c.owners + delta
        where c.tenant_id = _count_owners.tenant_id;
    end if;
exception
    when check_violation then
        perform core._refuse('last_owner');
end
$$;

comment on function core._count_owners(uuid, integer) is
    'Adds to the number of active owners; never below one.';

revoke execute on function core._count_owners(uuid, integer) from public;

-- From functions/core/_count_use.sql
-- Counts use of a resource (less than zero gives it back) in a scope and all above it, the highest first, so that
-- two who count at once meet in the same order. A strict quota is held by the check on its row.

create or replace function core._count_use(scope_id uuid, resource text, amount bigint)
returns void
language plpgsql
volatile
security definer -- nobody may write the counts
set search_path = pg_catalog, pg_temp
as $$
declare
    counted record;
    allowed bigint;
begin
    perform core._require_read_committed();
    for counted in
        select up.tenant_id, up.id
        from core.scopes s
        join core.scopes up on up.tenant_id = s.tenant_id and up.id in (s.id, s.project_id, s.tenant_id)
        where s.id = _count_use.scope_id
        order by up.level
        for key share of up -- a quota that turns strict meanwhile waits
    loop
        update core.quotas q
        set used = greatest(q.used + _count_use.amount, 0)
        where q.tenant_id = counted.tenant_id
            and q.scope_id = counted.id
            and q.resource = _count_use.resource
            and q.strict;
        if found then
            continue;
        end if;
        if _count_use.amount > 0 then
            select q.amount into allowed
            from core.quotas q
            where q.tenant_id = counted.tenant_id
                and q.scope_id = counted.id
                and q.resource = _count_use.resource;
            if allowed < _count_use.amount + core._used(counted.tenant_id, counted.id, resource) then
                perform core._refuse('quota_exceeded', resource);
            end if;
        end if;
        insert into core.usage_shards as u (tenant_id, scope_id, resource, shard, used)
        values (
            counted.tenant_id, counted.id, _count_use.resource, pg_backend_pid() % 16, _count_use.amount
        )
        on conflict on constraint usage_shards_pkey do update set used = u.used + excluded.used;
    end loop;
exception
    when check_violation then
        perform core._refuse('quota_exceeded', resource);
end
$$;

comment on function core._count_use(uuid, text, bigint) is
    'Counts use of a resource in a scope and all above it.';

revoke execute on function core._count_use(uuid, text, bigint) from public;

-- From functions/core/_create_scope.sql
-- Makes a scope below another and gives whoever makes it the roles that its kind needs to begin with.

create or replace function core._create_scope(
    parent_id uuid,
    kind text,
    slug text,
    name text,
    visibility core.scope_visibility,
    roles text[]
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    scope_id uuid;
begin
    perform core._require('scope.create', parent_id);
    insert into core.scopes (tenant_id, kind, level, parent_id, parent_level, slug, name, visibility, created_by)
    select
        p.tenant_id, k.kind, k.level, p.id, p.level,
        _create_scope.slug, btrim(_create_scope.name), _create_scope.visibility, me
    from core.scopes p, core.scope_kinds k
    where p.id = _create_scope.parent_id
        and k.kind = _create_scope.kind
        and core.module_on(k.module, p.id) -- a module that is off brings nothing
    returning id into scope_id;
    if scope_id is null then
        perform core._refuse('not_found', 'kind of scope');
    end if;
    perform core._join(scope_id, me, _create_scope.roles);
    return scope_id;
end
$$;

comment on function core._create_scope(uuid, text, text, text, core.scope_visibility, text[]) is
    'Makes a scope below another.';

revoke execute on function core._create_scope(uuid, text, text, text, core.scope_visibility, text[]) from public;

-- From functions/core/_default_role.sql
-- The role of somebody who simply belongs: member of an organization or project, community member of a place.

create or replace function core._default_role(scope_id uuid)
returns text
language sql
stable
security definer -- reads scopes the person may not see yet
set search_path = pg_catalog, pg_temp
as $$
    select case when s.level = 2 then 'community_member' else 'member' end
    from core.scopes s
    where s.id = _default_role.scope_id
$$;

comment on function core._default_role(uuid) is 'The role of somebody who simply belongs.';

revoke execute on function core._default_role(uuid) from public;

-- From functions/core/_held.sql
-- Where a person holds a permission: the scopes it was given in. When an API key is asking, only what the key allows,
-- and where the permission is held above the key's scope and reaches down, the key's scope instead.

create or replace function core._held(permission text, person_id uuid)
returns table (scope_id uuid, level smallint)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10 -- what a person usually belongs to: each is looked up by key, and no table is read whole
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with live as materialized (
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from core._live_memberships(_held.person_id) m
    ),
    given as (
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from live m
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.membership_id and mr.revoked_at is null
        join core.role_permissions rp
            on rp.tenant_id = mr.tenant_id and rp.role_id = mr.role_id and rp.permission = _held.permission
        union
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from live m
        join core.membership_permissions mp
            on mp.tenant_id = m.tenant_id
            and mp.membership_id = m.membership_id
            and mp.permission = _held.permission
            and mp.effect = 'allow'
    ),
    held as (
        select g.tenant_id, g.scope_id, g.level, g.project_id
        from given g
        where not exists (
            select
            from core.membership_permissions mp
            where mp.tenant_id = g.tenant_id
                and mp.membership_id = g.membership_id
                and mp.permission = _held.permission
                and mp.effect = 'deny'
        )
    )
    select h.scope_id, h.level
    from held h
    where (select core._claims() ->> 'api_key') is null
    union
    select
        case when below then h.scope_id else k.scope_id end,
        case when below then h.level else k.level end
    from core._api_key() k
    join held h on h.tenant_id = k.tenant_id
    cross join lateral (
        select case k.level
            when 0 then true
            when 1 then h.project_id = k.scope_id
            else h.scope_id = k.scope_id
        end as below
    ) position
    where exists (
            select
            from core.api_key_permissions kp
            where kp.api_key_id = k.api_key_id and kp.permission = _held.permission
        )
        and (
            below
            or (
                h.scope_id in (k.tenant_id, k.project_id)
                and (select p.inherits from core.permissions p where p.key = _held.permission)
            )
        );
end
$$;

comment on function core._held(text, uuid) is 'The scopes in which a person holds a permission.';

revoke execute on function core._held(text, uuid) from public;

-- From functions/core/_instance_key.sql
-- The installation's own key, made by whoever comes first. What wraps it is the key-encryption key in force: until
-- core.rewrap_keys() changes that, which waits for all who are here, nothing is wrapped by another one.

create or replace function core._instance_key(out wrapped_key bytea, out kek_id text)
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
begin
    insert into core.instance_keys (purpose, wrapped_key, kek_id)
    values ('blind_index', core._seal(extensions.gen_random_bytes(32), kek), core._kek_id(kek))
    on conflict on constraint instance_keys_pkey do nothing;
    select k.wrapped_key, k.kek_id into wrapped_key, kek_id
    from core.instance_keys k
    where k.purpose = 'blind_index'
    for share;
end
$$;

comment on function core._instance_key() is 'The installation''s own key.';

revoke execute on function core._instance_key() from public;

-- From functions/core/_is_service.sql
-- Whether a server is asking in its own name: the role that Supabase calls service_role.

create or replace function core._is_service()
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select 'service_role' in (current_setting('role', true), session_user)
$$;

comment on function core._is_service() is 'Whether a server is asking in its own name.';

revoke execute on function core._is_service() from public;

-- From functions/core/_join.sql
-- Makes somebody an active member of a scope, with these roles. Who is on the way in already is let in.

create or replace function core._join(
    scope_id uuid,
    person_id uuid,
    roles text[],
    invited_by uuid default null,
    invitation_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    place core.scopes;
    membership core.memberships;
begin
    perform core._require_present(person_id);
    select * into strict place from core.scopes s where s.id = _join.scope_id;
    insert into core.memberships as m (
        tenant_id, scope_id, level, project_id, person_id, status, joined_at, invited_by, invitation_id
    )
    values (
        place.tenant_id, place.id, place.level, place.project_id, _join.person_id, 'active', now(),
        _join.invited_by, _join.invitation_id
    )
    on conflict (tenant_id, scope_id, person_id) where ended_at is null do update
    set
        status = 'active',
        joined_at = now(),
        invited_by = coalesce(excluded.invited_by, m.invited_by),
        invitation_id = coalesce(excluded.invitation_id, m.invitation_id)
    where m.status in ('invited', 'requested')
    returning * into membership;
    if membership.id is null then
        perform core._refuse('already_member');
    end if;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, membership.id, r.id, r.is_owner, _join.invited_by
    from core.roles r
    where r.tenant_id = place.tenant_id and r.key = any (_join.roles)
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
    return membership.id;
end
$$;

comment on function core._join(uuid, uuid, text[], uuid, uuid) is
    'Makes somebody an active member of a scope.';

revoke execute on function core._join(uuid, uuid, text[], uuid, uuid) from public;

-- From functions/core/_kek.sql
-- The key-encryption key of this session. It comes as a connection option of the keyholder's own pool: never as a
-- statement, never as a parameter, because both can reach a log.

create or replace function core._kek(setting text default 'empathy.kek')
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant text := coalesce(current_setting(setting, true), '');
begin
    if kek !~ '^[0-9a-f]{64}$' then
        perform core._refuse('secrets_unavailable');
    end if;
    return decode(kek, 'hex');
end
$$;

comment on function core._kek(text) is 'The key-encryption key of this session.';

revoke execute on function core._kek(text) from public;

-- From functions/core/_kek_called.sql
-- The key-encryption key of this session that has this id: the present one or, while keys are being rotated, the one
-- before.

create or replace function core._kek_called(kek_id text)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    kek bytea := core._kek();
begin
    if core._kek_id(kek) <> kek_id and current_setting('empathy.kek_previous', true) <> '' then
        kek := core._kek('empathy.kek_previous');
    end if;
    if core._kek_id(kek) <> kek_id then
        perform core._refuse('kek_unknown');
    end if;
    return kek;
end
$$;

comment on function core._kek_called(text) is 'The key-encryption key of this session that has this id.';

revoke execute on function core._kek_called(text) from public;

-- From functions/core/_kek_id.sql
-- A name for a key-encryption key, made from the key: another key has another one, and it says nothing of the key.

create or replace function core._kek_id(kek bytea)
returns text
language sql
immutable
strict
set search_path = pg_catalog, pg_temp
as $$
    select left(encode(extensions.hmac('empathy-ledger kek id'::bytea, kek, 'sha256'), 'hex'), 16)
$$;

comment on function core._kek_id(bytea) is 'A name for a key-encryption key.';

revoke execute on function core._kek_id(bytea) from public;

-- From functions/core/_knows.sql
-- Whether an organization has ever had to do with a person: they belong to it somewhere, did, or asked to. What it
-- decides about people, it decides about these.

create or replace function core._knows(tenant_id uuid, person_id uuid)
returns boolean
language sql
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.people p
        join core.memberships m on m.person_id = p.id
        where _knows.person_id in (p.id, p.merged_into) and m.tenant_id = _knows.tenant_id
    )
$$;

comment on function core._knows(uuid, uuid) is 'Whether an organization has ever had to do with a person.';

revoke execute on function core._knows(uuid, uuid) from public;

-- From functions/core/_lacks.sql
-- What a person lacks to give a role in a scope, or null. Nobody grants what they do not hold: each permission of the
-- role is asked for, in the scope it is granted in. An owner's role is an owner's to give.

create or replace function core._lacks(person_id uuid, role_id uuid, scope_id uuid)
returns text
language sql
stable
security definer -- reads roles whoever asks
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select r.key
            from core.roles r
            where r.tenant_id = s.tenant_id
                and r.id = _lacks.role_id
                and r.is_owner
                and not exists (
                    select
                    from core._live_memberships(_lacks.person_id) m
                    join core.membership_roles mr
                        on mr.tenant_id = m.tenant_id
                        and mr.membership_id = m.membership_id
                        and mr.owns
                        and mr.revoked_at is null
                    where m.scope_id = s.id
                )
        ),
        (
            select rp.permission
            from core.role_permissions rp
            where rp.tenant_id = s.tenant_id
                and rp.role_id = _lacks.role_id
                and not core._could(_lacks.person_id, rp.permission, s.id)
            order by rp.permission
            limit 1
        )
    )
    from core.scopes s
    where s.id = _lacks.scope_id
$$;

comment on function core._lacks(uuid, uuid, uuid) is 'What a person lacks to give a role in a scope, or null.';

revoke execute on function core._lacks(uuid, uuid, uuid) from public;

-- From functions/core/_live_memberships.sql
-- The live memberships of a person: active, valid now, not barred. What an API key narrows is not looked at here.

create or replace function core._live_memberships(person_id uuid)
returns table (tenant_id uuid, membership_id uuid, scope_id uuid, level smallint, project_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies on memberships ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select m.tenant_id, m.id, m.scope_id, m.level, m.project_id
    from core.memberships m
    where m.person_id = _live_memberships.person_id
        and m.status = 'active'
        and m.valid_during @> now()
        and m.scope_id not in (select core._barred('access', _live_memberships.person_id));
end
$$;

comment on function core._live_memberships(uuid) is 'The live memberships of a person.';

revoke execute on function core._live_memberships(uuid) from public;

-- From functions/core/_manager_role.sql
-- The role of whoever runs a project or a place.

create or replace function core._manager_role(level smallint)
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case when level = 1 then 'project_manager' else 'place_manager' end
$$;

comment on function core._manager_role(smallint) is 'The role of whoever runs a project or a place.';

revoke execute on function core._manager_role(smallint) from public;

-- From functions/core/_new_token.sql
-- A secret that nobody can guess: 32 random bytes as text that fits into an address.

create or replace function core._new_token()
returns text
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    select translate(rtrim(encode(extensions.gen_random_bytes(32), 'base64'), '='), '+/', '-_')
$$;

comment on function core._new_token() is 'A new secret of 256 bits, fit for an address.';

revoke execute on function core._new_token() from public;

-- From functions/core/_open.sql
-- Decrypts what core._seal() made.

create or replace function core._open(sealed bytea, key bytea)
returns bytea
language sql
stable
strict
set search_path = pg_catalog, pg_temp
as $$
    select extensions.pgp_sym_decrypt_bytea(sealed, encode(key, 'hex'))
$$;

comment on function core._open(bytea, bytea) is 'Decrypts what core._seal() made.';

revoke execute on function core._open(bytea, bytea) from public;

-- From functions/core/_person_key.sql
-- A person's own key, made when it is first needed and wrapped by the key-encryption key in force. A destroyed one is
-- not replaced, and none is destroyed while it is in use.

create or replace function core._person_key(person_id uuid)
returns bytea
language plpgsql
volatile
security definer -- keys are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    in_force text;
    held core.person_keys;
begin
    select * into held from core.person_keys k where k.person_id = _person_key.person_id for share;
    if not found then
        -- Before the key, as whoever erases comes from the person to it.
        perform from core.people p where p.id = _person_key.person_id for key share;
        in_force := (core._instance_key()).kek_id;
        insert into core.person_keys (person_id, wrapped_key, kek_id)
        values (
            _person_key.person_id,
            core._seal(extensions.gen_random_bytes(32), core._kek_called(in_force)),
            in_force
        )
        on conflict on constraint person_keys_pkey do nothing;
        select * into held from core.person_keys k where k.person_id = _person_key.person_id for share;
    end if;
    if held.destroyed_at is not null then
        perform core._refuse('secret_destroyed');
    end if;
    return core._unwrap(held.wrapped_key, held.kek_id);
end
$$;

comment on function core._person_key(uuid) is 'A person''s own key.';

revoke execute on function core._person_key(uuid) from public;

-- From functions/core/_refuse.sql
-- Raises a refusal from the one list of them, with its code, words and hint.

create or replace function core._refuse(name text, variadic details text[] default '{}')
returns void
language plpgsql
stable
security definer -- the list is not for apps to read while they are being refused
set search_path = pg_catalog, pg_temp
as $$
declare
    refusal core.error_codes;
begin
    select * into refusal from core.error_codes e where e.name = _refuse.name;
    if not found then
        raise exception 'no refusal is called %', name;
    end if;
    raise exception using
        errcode = refusal.code,
        message = format(refusal.message, variadic details),
        hint = refusal.hint;
end
$$;

comment on function core._refuse(text, text[]) is 'Raises a refusal from core.error_codes.';

revoke execute on function core._refuse(text, text[]) from public;

-- From functions/core/_require.sql
-- The first line of every kernel write: whoever asks may do this, here, and the place is open for change.
-- One refusal for "you may not" and "there is no such scope", so that nobody learns which.

create or replace function core._require(permission text, scope_id uuid)
returns void
language plpgsql
stable
security definer -- looks at scopes the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can(permission, scope_id) then
        perform core._refuse('not_permitted', permission);
    end if;
    perform core._require_open(scope_id);
end
$$;

comment on function core._require(text, uuid) is 'Refuses whoever may not do this here.';

revoke execute on function core._require(text, uuid) from public;

-- From functions/core/_require_ahead.sql
-- Something ends at a time that is still to come, or never.

create or replace function core._require_ahead(until timestamptz)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if until <= now() then
        perform core._refuse('ends_before_now');
    end if;
end
$$;

comment on function core._require_ahead(timestamptz) is 'Refuses an end that is not to come.';

revoke execute on function core._require_ahead(timestamptz) from public;

-- From functions/core/_require_grantable.sql
-- Nobody grants what they do not hold.

create or replace function core._require_grantable(role_id uuid, scope_id uuid)
returns void
language plpgsql
stable
security definer -- reads roles whoever asks
set search_path = pg_catalog, pg_temp
as $$
declare
    lacking constant text := core._lacks(core.me(), role_id, scope_id);
begin
    if lacking is not null then
        perform core._refuse('grant_unheld', lacking);
    end if;
end
$$;

comment on function core._require_grantable(uuid, uuid) is
    'Refuses to grant a role that holds more than its granter.';

revoke execute on function core._require_grantable(uuid, uuid) from public;

-- From functions/core/_require_me.sql
-- Who is asking, or a refusal.

create or replace function core._require_me()
returns uuid
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
begin
    if me is null then
        perform core._refuse('not_signed_in');
    end if;
    return me;
end
$$;

comment on function core._require_me() is 'The person who is signed in, or a refusal.';

revoke execute on function core._require_me() from public;

-- From functions/core/_require_open.sql
-- The place is open for change: not archived, nor its project, and its organization is active.

create or replace function core._require_open(scope_id uuid)
returns void
language plpgsql
stable
security definer -- looks at scopes the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    place record;
begin
    select
        o.status as organization_status,
        coalesce(s.archived_at, p.archived_at, r.archived_at) as archived_at
    into place
    from core.scopes s
    join core.organizations o on o.id = s.tenant_id
    join core.scopes p on p.tenant_id = s.tenant_id and p.id = s.project_id
    join core.scopes r on r.tenant_id = s.tenant_id and r.id = s.tenant_id
    where s.id = _require_open.scope_id;
    if place.organization_status <> 'active' then
        perform core._refuse('organization_not_active', place.organization_status::text);
    end if;
    if place.archived_at is not null then
        perform core._refuse('scope_archived');
    end if;
end
$$;

comment on function core._require_open(uuid) is 'Refuses a change in what is archived or suspended.';

revoke execute on function core._require_open(uuid) from public;

-- From functions/core/_require_outranking.sql
-- What reaches below a scope is not done to somebody who outranks whoever does it, there or above: each role they hold
-- has to be one that whoever asks could have given.

create or replace function core._require_outranking(person_id uuid, scope_id uuid)
returns void
language plpgsql
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Whoever owns the organization first stops owning it, which always leaves another owner who can act.
    if exists (
        select
        from core.scopes s
        join core.memberships m
            on m.tenant_id = s.tenant_id and m.scope_id = s.tenant_id and m.status = 'active'
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.owns and mr.revoked_at is null
        where s.id = _require_outranking.scope_id and m.person_id = _require_outranking.person_id
    ) then
        perform core._refuse('owner_first');
    end if;
    perform core._require_grantable(mr.role_id, _require_outranking.scope_id)
    from core.scopes s
    join core.memberships m
        on m.tenant_id = s.tenant_id
        and m.scope_id in (s.id, s.project_id, s.tenant_id)
        and m.person_id = _require_outranking.person_id
        and m.status = 'active'
    join core.membership_roles mr
        on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.revoked_at is null
    where s.id = _require_outranking.scope_id;
end
$$;

comment on function core._require_outranking(uuid, uuid) is 'Refuses to bar somebody of higher rank, here or above.';

revoke execute on function core._require_outranking(uuid, uuid) from public;

-- From functions/core/_require_person.sql
-- A person is asking, in person: what concerns a whole life is not for an API key to do. And they are not forgotten
-- until this transaction ends, or what they do would stay behind them.

create or replace function core._require_person()
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_me();
begin
    if core._claims() ->> 'api_key' is not null then
        perform core._refuse('not_with_key');
    end if;
    perform core._require_present(me);
    return me;
end
$$;

comment on function core._require_person() is 'The person who is signed in, in person, or a refusal.';

revoke execute on function core._require_person() from public;

-- From functions/core/_require_present.sql
-- A person is there: neither erased nor turned out to be somebody else, and will not be until this transaction ends.

create or replace function core._require_present(person_id uuid)
returns void
language plpgsql
volatile
security definer -- looks at people whoever asks may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from core.people p
    where p.id = _require_present.person_id and p.erased_at is null and p.merged_into is null
    for key share;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core._require_present(uuid) is 'Refuses a person who was erased or merged.';

revoke execute on function core._require_present(uuid) from public;

-- From functions/core/_require_read_committed.sql
-- What is counted or looked at after waiting for somebody else has to be what they left. Above read committed a
-- transaction goes on seeing what was there when it began: two such have left an organization without an owner.

create or replace function core._require_read_committed()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    level constant text := current_setting('transaction_isolation');
begin
    if level in ('repeatable read', 'serializable') then
        perform core._refuse('isolation_too_high', level);
    end if;
end
$$;

comment on function core._require_read_committed() is 'Refuses a transaction that would not see what others did.';

revoke execute on function core._require_read_committed() from public;

-- From functions/core/_require_secret_access.sql
-- Secrets are a person's own, and their guardian's; a server may ask for them in nobody's name but its own.

create or replace function core._require_secret_access(person_id uuid)
returns void
language plpgsql
stable
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
begin
    if not coalesce(core.acts_for(person_id), false) and core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_yours', 'secret');
    end if;
end
$$;

comment on function core._require_secret_access(uuid) is
    'Refuses whoever may not open the secrets of a person.';

revoke execute on function core._require_secret_access(uuid) from public;

-- From functions/core/_require_unerased.sql
-- A person is not erased, and will not be until this transaction ends: what is written of them does not stay behind.
-- Before anything of theirs is locked, as whoever erases comes from the person to it.

create or replace function core._require_unerased(person_id uuid)
returns void
language plpgsql
volatile
security definer -- looks at people whoever asks may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from core.people p
    where p.id = _require_unerased.person_id and p.erased_at is null
    for key share;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core._require_unerased(uuid) is 'Refuses a person who was erased.';

revoke execute on function core._require_unerased(uuid) from public;

-- From functions/core/_scope_words.sql
-- The words by which a scope is found. Names are of any language, so words are taken as they are written. An index of
-- core.scopes asks this, and so does whoever searches it.

create or replace function core._scope_words(name text, description text)
returns tsvector
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select setweight(to_tsvector('simple', name), 'A') || setweight(to_tsvector('simple', description), 'B')
$$;

comment on function core._scope_words(text, text) is 'The words by which a scope is found.';

revoke execute on function core._scope_words(text, text) from public;

-- From functions/core/_seal.sql
-- Encrypts with a key, authenticated, as OpenPGP does it. The key is random, so no time goes into stretching it.

create or replace function core._seal(plain bytea, key bytea)
returns bytea
language sql
volatile
strict
set search_path = pg_catalog, pg_temp
as $$
    select extensions.pgp_sym_encrypt_bytea(
        plain, encode(key, 'hex'), 'cipher-algo=aes256, s2k-mode=1, compress-algo=0'
    )
$$;

comment on function core._seal(bytea, bytea) is 'Encrypts with a key.';

revoke execute on function core._seal(bytea, bytea) from public;

-- From functions/core/_setting_fits.sql
-- Whether a value is what a setting takes.

create or replace function core._setting_fits(
    value jsonb,
    type core.setting_type,
    choices text[],
    minimum bigint,
    maximum bigint
)
returns boolean
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        case type
            when 'boolean' then jsonb_typeof(value) = 'boolean'
            when 'integer' then
                jsonb_typeof(value) = 'number'
                and (value #>> '{}')::numeric % 1 = 0
                and (value #>> '{}')::numeric
                    between coalesce(minimum, -9007199254740991) and coalesce(maximum, 9007199254740991)
            when 'text' then
                jsonb_typeof(value) = 'string'
                and length(value #>> '{}') between coalesce(minimum, 0) and coalesce(maximum, 1000)
            when 'choice' then jsonb_typeof(value) = 'string' and value #>> '{}' = any (choices)
            else value #>> '{}' ~ '^P(?=.)([0-9]{1,4}Y)?([0-9]{1,4}M)?([0-9]{1,4}D)?$'
        end,
        false
    )
$$;

comment on function core._setting_fits(jsonb, core.setting_type, text[], bigint, bigint) is
    'Whether a value is what a setting takes.';

revoke execute on function core._setting_fits(jsonb, core.setting_type, text[], bigint, bigint) from public;

-- From functions/core/_unwrap.sql
-- Opens a wrapped key with the key-encryption key that wraps it.

create or replace function core._unwrap(wrapped_key bytea, kek_id text)
returns bytea
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select core._open(wrapped_key, core._kek_called(kek_id))
$$;

comment on function core._unwrap(bytea, text) is 'Opens a wrapped key.';

revoke execute on function core._unwrap(bytea, text) from public;

-- From functions/core/_used.sql
-- How much of a resource is in use in a scope and below: counted on the row of a strict quota, else in the shards.

create or replace function core._used(tenant_id uuid, scope_id uuid, resource text)
returns bigint
language sql
stable
security definer -- counts are nobody's to read
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select q.used
            from core.quotas q
            where q.tenant_id = _used.tenant_id
                and q.scope_id = _used.scope_id
                and q.resource = _used.resource
                and q.strict
        ),
        (
            select sum(u.used)
            from core.usage_shards u
            where u.tenant_id = _used.tenant_id and u.scope_id = _used.scope_id and u.resource = _used.resource
        ),
        0
    )::bigint
$$;

comment on function core._used(uuid, uuid, text) is 'How much of a resource is in use in a scope and below.';

revoke execute on function core._used(uuid, uuid, text) from public;

-- From functions/core/accept_invitation.sql
-- Accepts an invitation. Unknown, expired, used up and taken back are one answer, so that tokens cannot be probed.

create or replace function core.accept_invitation(token text)
returns uuid
language plpgsql
volatile
security definer -- invitations and memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    invitation core.invitations;
    roles text[];
begin
    if token is null or token !~ '^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$' then
        perform core._refuse('invitation_unusable');
    end if;
    -- Before the invitation, as whoever is erased goes from the person to the invitations for their address.
    perform core._require_present(me);
    -- The row is locked by the update: of two who race for the last use, the second sees it gone.
    update core.invitations i
    set uses = i.uses + 1
    where i.tenant_id = split_part(token, '.', 1)::uuid
        and i.token_hash = sha256(convert_to(split_part(token, '.', 2), 'utf8'))
        and i.uses < i.max_uses
        and i.revoked_at is null
        and i.expires_at > now()
        and (
            i.email_index is null
            or exists (
                select
                from core.person_secrets s
                join core.people p on p.id = s.person_id
                where me in (p.id, p.merged_into) and s.email_index = i.email_index
            )
        )
    returning * into invitation;
    -- An invitation does not outlive the rights of whoever gave it: they could still give all that it brings.
    if invitation.id is null
        or invitation.scope_id in (select core._barred('invite', invitation.created_by))
        or not core._could(invitation.created_by, 'member.invite', invitation.scope_id)
        or exists (
            select
            from core.invitation_roles ir
            join core.roles r on r.tenant_id = ir.tenant_id and r.id = ir.role_id
            where ir.tenant_id = invitation.tenant_id
                and ir.invitation_id = invitation.id
                and (
                    core._lacks(invitation.created_by, r.id, invitation.scope_id) is not null
                    or (
                        r.key <> core._default_role(invitation.scope_id)
                        and not core._could(invitation.created_by, 'role.grant', invitation.scope_id)
                    )
                )
        )
    then
        perform core._refuse('invitation_unusable');
    end if;
    if invitation.scope_id in (select core.barred()) then
        perform core._refuse('barred', 'access');
    end if;
    perform core._require_open(invitation.scope_id);
    select array_agg(r.key) into roles
    from core.invitation_roles ir
    join core.roles r on r.tenant_id = ir.tenant_id and r.id = ir.role_id
    where ir.tenant_id = invitation.tenant_id and ir.invitation_id = invitation.id;
    return core._join(invitation.scope_id, me, roles, invitation.created_by, invitation.id);
end
$$;

comment on function core.accept_invitation(text) is
    'Accepts an invitation and returns the id of the new membership.';

revoke execute on function core.accept_invitation(text) from public;
grant execute on function core.accept_invitation(text) to authenticated;

-- From functions/core/acts_for.sql
-- Whether I may act for a person: it is me, or I am their guardian.

create or replace function core.acts_for(person_id uuid)
returns boolean
language sql
stable
strict
security definer -- guardianship is not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select acts_for.person_id in (select core.my_people())
$$;

comment on function core.acts_for(uuid) is
    'Whether I may act for a person: myself, or someone I am the guardian of.';

revoke execute on function core.acts_for(uuid) from public;
grant execute on function core.acts_for(uuid) to authenticated, service_role, empathy_keyholder;

-- From functions/core/add_person.sql
-- A person without a login: a teller who has no account, a child with a guardian, someone imported.

create or replace function core.add_person(
    display_name text,
    guardian_id uuid default null,
    locale text default 'en',
    deceased_on date default null
)
returns uuid
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    added uuid;
begin
    if guardian_id is not null then
        perform core._require_present(guardian_id);
    end if;
    insert into core.people (display_name, guardian_id, locale, deceased_on)
    values (btrim(add_person.display_name), add_person.guardian_id, add_person.locale, add_person.deceased_on)
    returning id into added;
    return added;
end
$$;

comment on function core.add_person(text, uuid, text, date) is
    'Adds a person who has no login, and returns their id.';

revoke execute on function core.add_person(text, uuid, text, date) from public;
grant execute on function core.add_person(text, uuid, text, date) to service_role;

-- From functions/core/appeal_sanction.sql
-- The person sanctioned, or their guardian, asks for somebody else to look at it.

create or replace function core.appeal_sanction(sanction_id uuid, statement text)
returns uuid
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    appeal_id uuid;
begin
    perform core._require_person();
    insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement)
    select s.tenant_id, s.id, s.person_id, s.imposed_by, appeal_sanction.statement
    from core.sanctions s
    where s.id = appeal_sanction.sanction_id and s.lifted_at is null and core.acts_for(s.person_id)
    returning id into appeal_id;
    if appeal_id is null then
        perform core._refuse('not_found', 'sanction');
    end if;
    return appeal_id;
exception
    when unique_violation then
        perform core._refuse('appeal_open');
        return null;
end
$$;

comment on function core.appeal_sanction(uuid, text) is
    'Appeals against a sanction, and returns the id of the appeal.';

revoke execute on function core.appeal_sanction(uuid, text) from public;
grant execute on function core.appeal_sanction(uuid, text) to authenticated;

-- From functions/core/appoint_manager.sql
-- A project or place in which nobody is left to manage it gets a manager, from those who manage what stands above.
-- The one way round the rule that nobody grants what they do not hold: without it such a place were lost for good.

create or replace function core.appoint_manager(scope_id uuid, person_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships and roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    membership_id uuid;
begin
    perform core._require('scope.manage', scope_id);
    -- Locked, so that of two who come to the rescue the second finds somebody there.
    select * into place from core.scopes s where s.id = appoint_manager.scope_id for update;
    if place.level = 0 then
        perform core._refuse('role_not_here', 'manager');
    end if;
    if exists (
        select
        from core.memberships m
        cross join lateral core._held('member.manage', m.person_id) held
        where m.tenant_id = place.tenant_id
            and m.scope_id = place.id
            and m.status = 'active'
            and held.scope_id = place.id
    ) then
        perform core._refuse('still_managed');
    end if;
    if person_id is null or not core._knows(place.tenant_id, person_id) then
        perform core._refuse('not_found', 'person');
    end if;
    select m.id into membership_id
    from core.memberships m
    where m.tenant_id = place.tenant_id
        and m.scope_id = place.id
        and m.person_id = appoint_manager.person_id
        and m.status = 'active';
    if membership_id is null then
        return core._join(place.id, person_id, array[core._manager_role(place.level)], core.me());
    end if;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, appointed.id, r.id, r.is_owner, core.me()
    from core.roles r, (select membership_id) as appointed (id)
    where r.tenant_id = place.tenant_id and r.key = core._manager_role(place.level);
    return membership_id;
end
$$;

comment on function core.appoint_manager(uuid, uuid) is
    'Gives a manager to a project or place in which nobody is left to manage it, and returns their membership.';

revoke execute on function core.appoint_manager(uuid, uuid) from public;
grant execute on function core.appoint_manager(uuid, uuid) to authenticated;

-- From functions/core/approve_membership.sql
-- Lets in somebody who asked to join.

create or replace function core.approve_membership(membership_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
begin
    perform core._change_membership(membership_id, array['requested']::core.membership_status[], 'active', null);
    perform core._require_grantable(r.id, m.scope_id)
    from core.memberships m
    join core.roles r on r.tenant_id = m.tenant_id and r.key = core._default_role(m.scope_id)
    where m.id = approve_membership.membership_id;
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select m.tenant_id, m.id, r.id, r.is_owner, core.me()
    from core.memberships m
    join core.roles r on r.tenant_id = m.tenant_id and r.key = core._default_role(m.scope_id)
    where m.id = approve_membership.membership_id
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
    return membership_id;
end
$$;

comment on function core.approve_membership(uuid) is 'Lets in somebody who asked to join.';

revoke execute on function core.approve_membership(uuid) from public;
grant execute on function core.approve_membership(uuid) to authenticated;

-- From functions/core/archive_scope.sql
-- Archives a scope: it can be read, nothing new begins in it. Or brings it back.

create or replace function core.archive_scope(scope_id uuid, archived boolean default true)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    -- Not core._require(): what is archived could never be brought back. Only the organization has to be open.
    if scope_id is null or archived is null or not core.can('scope.manage', scope_id) then
        perform core._refuse('not_permitted', 'scope.manage');
    end if;
    perform core._require_open(s.tenant_id) from core.scopes s where s.id = archive_scope.scope_id;
    update core.scopes s
    set archived_at = case when archive_scope.archived then coalesce(s.archived_at, now()) end
    where s.id = archive_scope.scope_id and s.level > 0;
    if not found then
        perform core._refuse('root_kept');
    end if;
    return scope_id;
end
$$;

comment on function core.archive_scope(uuid, boolean) is 'Archives a project or place, or brings it back.';

revoke execute on function core.archive_scope(uuid, boolean) from public;
grant execute on function core.archive_scope(uuid, boolean) to authenticated;

-- From functions/core/authenticate_api_key.sql
-- What a server asks before it lets a key in: the claims to set for it, or nothing. It asks with the key's SHA-256,
-- which is what is stored: the key itself stays out of statements, and so out of logs.

create or replace function core.authenticate_api_key(key_hash bytea)
returns jsonb
language plpgsql
volatile
strict
security definer -- keys are nobody's to read
set search_path = pg_catalog, pg_temp
as $$
declare
    api_key core.api_keys;
begin
    select * into api_key
    from core.api_keys k
    where k.key_hash = authenticate_api_key.key_hash
        and k.revoked_at is null
        and k.expires_at > now();
    if not found then
        return null;
    end if;
    -- Once a day: a busy key is not a busy row. Nobody waits for it.
    if api_key.last_used_on is distinct from current_date then
        update core.api_keys k
        set last_used_on = current_date
        where k.id = (select l.id from core.api_keys l where l.id = api_key.id for no key update skip locked);
    end if;
    return jsonb_build_object(
        'role', 'authenticated',
        'person', api_key.person_id,
        'api_key', api_key.id,
        'channel', api_key.channel,
        'requests_per_minute', api_key.requests_per_minute
    );
end
$$;

comment on function core.authenticate_api_key(bytea) is
    'The claims to set for an API key, named by its SHA-256, or null.';

revoke execute on function core.authenticate_api_key(bytea) from public;
grant execute on function core.authenticate_api_key(bytea) to service_role;

-- From functions/core/ban_member.sql
-- Bars a person from a scope and all below it, whatever roles they hold there.

create or replace function core.ban_member(membership_id uuid, reason text)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id,
        array['invited', 'requested', 'active', 'suspended']::core.membership_status[],
        'banned',
        reason
    );
    return membership_id;
end
$$;

comment on function core.ban_member(uuid, text) is
    'Bars a person from a scope and all below it, whatever roles they hold.';

revoke execute on function core.ban_member(uuid, text) from public;
grant execute on function core.ban_member(uuid, text) to authenticated;

-- From functions/core/barred.sql
-- The scopes I am kept from.

create or replace function core.barred(capability text default 'access')
returns setof uuid
language sql
stable
strict
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
    select core._barred(barred.capability, core.me())
$$;

comment on function core.barred(text) is 'The scopes I am kept from, for a capability; access stands for everything.';

revoke execute on function core.barred(text) from public;
grant execute on function core.barred(text) to anon, authenticated, service_role;

-- From functions/core/bind_invitation.sql
-- Makes an invitation usable only by the person whose confirmed email address this is. Whoever made it does, before
-- it is used.

create or replace function core.bind_invitation(token text, email text)
returns void
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    if token is null or token !~ '^[0-9a-f]{32}\.[A-Za-z0-9_-]{43}$' then
        perform core._refuse('invitation_unusable');
    end if;
    update core.invitations i
    set email_index = core._blind_index(bind_invitation.email)
    where i.tenant_id = split_part(token, '.', 1)::uuid
        and i.token_hash = sha256(convert_to(split_part(token, '.', 2), 'utf8'))
        and i.created_by = me
        and i.uses = 0
        and i.revoked_at is null;
    if not found then
        perform core._refuse('invitation_unusable');
    end if;
end
$$;

comment on function core.bind_invitation(text, text) is
    'Makes an invitation usable only by the person whose confirmed email address this is.';

revoke execute on function core.bind_invitation(text, text) from public;
grant execute on function core.bind_invitation(text, text) to empathy_keyholder;

-- From functions/core/can.sql
-- Whether I may do something in a scope.

create or replace function core.can(permission text, scope_id uuid)
returns boolean
language sql
stable
strict
security definer -- answers for scopes the person cannot see, too: with no
set search_path = pg_catalog, pg_temp
as $$
    select core._could(core.me(), can.permission, can.scope_id)
$$;

comment on function core.can(text, uuid) is
    'Whether I hold a permission in a scope, or above it where it reaches down.';

revoke execute on function core.can(text, uuid) from public;
grant execute on function core.can(text, uuid) to anon, authenticated, service_role;

-- From functions/core/claim_domain.sql
-- Claims a host name for a project. Returns what to publish in DNS; before it is verified it leads nowhere.

create or replace function core.claim_domain(project_id uuid, host text)
returns text
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    token text;
begin
    perform core._require('domain.manage', project_id);
    insert into core.project_domains as d (host, tenant_id, project_id)
    select lower(claim_domain.host), p.tenant_id, p.id
    from core.projects p
    where p.id = claim_domain.project_id
    on conflict on constraint project_domains_pkey do update set verified_at = d.verified_at
    returning d.verification_token into token;
    if token is null then
        perform core._refuse('not_found', 'project');
    end if;
    return token;
end
$$;

comment on function core.claim_domain(uuid, text) is
    'Claims a host name for a project, and returns the text to publish in its DNS.';

revoke execute on function core.claim_domain(uuid, text) from public;
grant execute on function core.claim_domain(uuid, text) to authenticated;

-- From functions/core/compute_trust.sql
-- The trust score: 50, plus 20 for a verified identity, plus 1 for each full quarter of the longest membership (10 at
-- most), less 10 for each sanction of the last year that was not overturned (40 at most). Each part is explained.

create or replace function core.compute_trust(person_id uuid)
returns numeric
language sql
volatile
strict
security definer -- scores are written by this alone
set search_path = pg_catalog, pg_temp
as $$
    with scored as materialized (
        -- Nobody is scored who is being forgotten.
        select p.id from core.people p where p.id = compute_trust.person_id and p.erased_at is null for key share
    ),
    parts (reason, points) as (
        select 'everyone starts here', 50
        union all
        select 'identity verified', 20
        where core.is_verified(compute_trust.person_id)
        union all
        select
            'quarters of membership',
            least(10, floor(extract(epoch from now() - min(m.joined_at)) / 7884000)::integer)
        from core.memberships m
        where m.person_id = compute_trust.person_id and m.status = 'active'
        having min(m.joined_at) is not null
        union all
        select 'sanctions of the last year', -least(40, 10 * count(*)::integer)
        from core.sanctions s
        where s.person_id = compute_trust.person_id
            and s.imposed_at > now() - interval '1 year'
            and not exists (
                select
                from core.sanction_appeals a
                where a.tenant_id = s.tenant_id and a.sanction_id = s.id and a.status = 'overturned'
            )
        having count(*) > 0
    )
    insert into core.trust_scores as t (person_id, score, explanation)
    select
        compute_trust.person_id,
        sum(points),
        jsonb_agg(jsonb_build_object('reason', reason, 'points', points))
    from parts
    having exists (select from scored)
    on conflict on constraint trust_scores_pkey do update
    set score = excluded.score, explanation = excluded.explanation, computed_at = now()
    returning t.score
$$;

comment on function core.compute_trust(uuid) is
    'Computes a person''s trust score anew, with its explanation.';

revoke execute on function core.compute_trust(uuid) from public;
grant execute on function core.compute_trust(uuid) to service_role;

-- From functions/core/confirm_email.sql
-- A server has seen proof that the address a person wrote is theirs, such as a link in a mail that was followed. From
-- then on they are found by it, and it is nobody else's. The answer is for the server: a person told that somebody
-- has an address already would know who is here.

create or replace function core.confirm_email(person_id uuid, email text)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    confirmed bytea;
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    confirmed := core._blind_index(email);
    -- What any row of the same person had confirmed becomes this one's.
    update core.person_secrets s
    set email_index = null
    from core.people named
    join core.people p on coalesce(named.merged_into, named.id) in (p.id, p.merged_into)
    where named.id = confirm_email.person_id and p.id = s.person_id and s.email_index = confirmed;
    -- Not an address that they have replaced since the proof was asked for.
    update core.person_secrets s
    set email_index = confirmed
    where s.person_id = confirm_email.person_id
        and core._blind_index(core.read_secret(s.person_id, 'email')) = confirmed;
    if not found then
        perform core._refuse('not_found', 'email address of this person');
    end if;
exception
    when unique_violation then
        perform core._refuse('email_taken');
end
$$;

comment on function core.confirm_email(uuid, text) is
    'A server says that the email address a person wrote is theirs: it has seen proof.';

revoke execute on function core.confirm_email(uuid, text) from public;
grant execute on function core.confirm_email(uuid, text) to empathy_keyholder;

-- From functions/core/count_request.sql
-- Counts a request against a limit per minute. Returns 0, or the seconds to wait once the limit is passed.

create or replace function core.count_request(bucket text, requests_per_minute integer)
returns integer
language sql
volatile
strict
security definer -- counters are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
    insert into core.rate_counters as c (bucket, minute, hits)
    values (count_request.bucket, date_trunc('minute', clock_timestamp(), 'UTC'), 1)
    on conflict on constraint rate_counters_pkey do update set hits = c.hits + 1
    returning case
        when c.hits <= count_request.requests_per_minute then 0
        else 60 - floor(extract(second from clock_timestamp()))::integer
    end
$$;

comment on function core.count_request(text, integer) is
    'Counts a request; 0 lets it through, anything else is the seconds to wait.';

revoke execute on function core.count_request(text, integer) from public;
grant execute on function core.count_request(text, integer) to service_role;

-- From functions/core/create_api_key.sql
-- Makes a key for a program. It acts for whoever makes it, in one scope, with some of their permissions there.
-- Returns the key, once: it is not stored.

create or replace function core.create_api_key(
    scope_id uuid,
    name text,
    permissions text[],
    expires_at timestamptz default null,
    channel text default null,
    requests_per_minute integer default 600
)
returns text
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    secret constant text := 'el_' || core._new_token();
    key_id uuid;
    unheld text;
begin
    perform core._require('key.manage', scope_id);
    select p into unheld
    from unnest(permissions) p
    where core.can(p, scope_id) is not true
    limit 1;
    if found then
        perform core._refuse('grant_unheld', unheld);
    end if;
    perform core._require_ahead(expires_at);
    insert into core.api_keys (
        key_hash, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at
    )
    select
        sha256(convert_to(secret, 'utf8')), s.tenant_id, s.id, me, btrim(create_api_key.name),
        create_api_key.channel, create_api_key.requests_per_minute,
        coalesce(create_api_key.expires_at, now() + interval '1 year')
    from core.scopes s
    where s.id = create_api_key.scope_id
    returning id into key_id;
    insert into core.api_key_permissions (api_key_id, permission)
    select distinct key_id, p from unnest(permissions) p;
    return secret;
end
$$;

comment on function core.create_api_key(uuid, text, text[], timestamptz, text, integer) is
    'Makes a key for a program. The key that it returns is shown this once.';

revoke execute on function core.create_api_key(uuid, text, text[], timestamptz, text, integer) from public;
grant execute on function core.create_api_key(uuid, text, text[], timestamptz, text, integer)
to authenticated;

-- From functions/core/create_organization.sql
-- Founds an organization. Whoever founds it owns it.

create or replace function core.create_organization(
    slug text,
    name text,
    region text default 'unspecified',
    jurisdiction text default 'unspecified',
    data_location text default 'unspecified'
)
returns uuid
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    organization_id uuid;
begin
    if not core._is_service()
        and exists (
            select
            from core.platform_config c
            where c.key = 'organizations.founded_by' and c.value = '"service"'
        )
    then
        perform core._refuse('founding_closed');
    end if;
    insert into core.organizations (slug, name, region, jurisdiction, data_location)
    values (
        create_organization.slug, btrim(create_organization.name), create_organization.region,
        create_organization.jurisdiction, create_organization.data_location
    )
    returning id into organization_id;
    perform core._join(organization_id, me, array['owner']);
    return organization_id;
end
$$;

comment on function core.create_organization(text, text, text, text, text) is
    'Founds an organization, which I then own, and returns its id.';

revoke execute on function core.create_organization(text, text, text, text, text) from public;
grant execute on function core.create_organization(text, text, text, text, text)
to authenticated, service_role;

-- From functions/core/create_place.sql
-- Opens a place, such as a community, in a project or straight in an organization. Whoever opens it is its first
-- steward: what only a community may decide has to begin with somebody.

create or replace function core.create_place(
    parent_id uuid,
    kind text,
    slug text,
    name text,
    visibility core.scope_visibility default 'private'
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if kind in ('organization', 'project') then
        perform core._refuse('not_found', 'kind of place');
    end if;
    return core._create_scope(parent_id, kind, slug, name, visibility, array['place_manager', 'steward']);
end
$$;

comment on function core.create_place(uuid, text, text, text, core.scope_visibility) is
    'Opens a place, such as a community, which I then manage, and returns its id.';

revoke execute on function core.create_place(uuid, text, text, text, core.scope_visibility) from public;
grant execute on function core.create_place(uuid, text, text, text, core.scope_visibility) to authenticated;

-- From functions/core/create_project.sql
-- Begins a project in an organization. Whoever begins it manages it.

create or replace function core.create_project(
    organization_id uuid,
    slug text,
    name text,
    visibility core.scope_visibility default 'private',
    purpose text default '',
    default_lang text default 'en'
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    project_id uuid;
begin
    project_id := core._create_scope(
        organization_id, 'project', slug, name, visibility, array['project_manager']
    );
    insert into core.projects (tenant_id, id, purpose, default_lang)
    values (
        create_project.organization_id, project_id, create_project.purpose, create_project.default_lang
    );
    perform core._count_use(organization_id, 'projects', 1);
    return project_id;
end
$$;

comment on function core.create_project(uuid, text, text, core.scope_visibility, text, text) is
    'Begins a project in an organization, which I then manage, and returns its id.';

revoke execute on function core.create_project(uuid, text, text, core.scope_visibility, text, text) from public;
grant execute on function core.create_project(uuid, text, text, core.scope_visibility, text, text)
to authenticated;

-- From functions/core/current_project.sql
-- The project that this request is for, as the host name or core.switch_project() said.

create or replace function core.current_project()
returns uuid
language sql
stable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select nullif(current_setting('app.current_project_id', true), '')::uuid
$$;

comment on function core.current_project() is 'The project that this request is for, or null.';

revoke execute on function core.current_project() from public;
grant execute on function core.current_project() to anon, authenticated, service_role;

-- From functions/core/decide_verification.sql
-- Records the outcome of a verification. Nobody decides about themselves, or their ward.

create or replace function core.decide_verification(
    verification_id uuid,
    verified boolean,
    verifier text,
    valid_until timestamptz default null,
    reason text default null
)
returns void
language plpgsql
volatile
security definer -- verifications are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    verification core.verifications;
begin
    if not core.platform_can('verification.decide') then
        perform core._refuse('not_permitted', 'verification.decide');
    end if;
    select * into verification
    from core.verifications v
    where v.id = decide_verification.verification_id
    for no key update;
    if verification.id is null then
        perform core._refuse('not_found', 'verification');
    end if;
    if core._concerns_me(verification.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    if verification.status <> 'pending' then
        perform core._refuse('verification_decided');
    end if;
    if verified then
        perform core._require_ahead(valid_until);
    end if;
    update core.verifications v
    set
        status = case when decide_verification.verified then 'verified' else 'rejected' end::core.verification_status,
        verifier = decide_verification.verifier,
        decided_by = core.me(),
        decided_at = now(),
        valid_during = case
            when decide_verification.verified then tstzrange(now(), decide_verification.valid_until)
        end,
        reason = decide_verification.reason
    where v.id = verification.id;
    if verification.person_id is not null then
        perform core.compute_trust(verification.person_id);
    end if;
exception
    when check_violation then
        -- Again, without the detail: it would show the row, and where its evidence lies.
        raise exception using errcode = 'check_violation', message = sqlerrm;
end
$$;

comment on function core.decide_verification(uuid, boolean, text, timestamptz, text) is
    'Records the outcome of a verification.';

revoke execute on function core.decide_verification(uuid, boolean, text, timestamptz, text) from public;
grant execute on function core.decide_verification(uuid, boolean, text, timestamptz, text)
to authenticated, service_role;

-- From functions/core/define_role.sql
-- Makes a role of the organization's own, or changes one: its name, levels and permissions. A description, or whether
-- it needs a verified identity, stays as it was when null.
-- Nobody puts into a role, or takes out of it, what they do not hold in the organization themselves; nor do they change
-- where, or by whom, a role can be held that carries such.

create or replace function core.define_role(
    organization_id uuid,
    key text,
    name text,
    levels smallint[],
    permissions text[],
    description text default null,
    requires_kyc boolean default null
)
returns uuid
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    before core.roles;
    defined uuid;
    refused text;
begin
    perform core._require('role.define', organization_id);
    select * into before
    from core.roles r
    where r.tenant_id = define_role.organization_id and r.key = define_role.key
    for no key update;
    insert into core.roles as r (tenant_id, key, name, description, levels, requires_kyc)
    values (
        define_role.organization_id, define_role.key, btrim(define_role.name),
        coalesce(define_role.description, before.description, ''),
        define_role.levels,
        coalesce(define_role.requires_kyc, before.requires_kyc, false)
    )
    on conflict on constraint roles_tenant_id_key_key do update
    set
        name = excluded.name, description = excluded.description,
        levels = excluded.levels, requires_kyc = excluded.requires_kyc
    where not r.is_owner
    returning r.id into defined;
    if defined is null then
        perform core._refuse('owner_role_fixed');
    end if;

    select p.key into refused
    from core.permissions p
    where p.key = any (define_role.permissions) and not define_role.levels <@ p.levels
    order by p.key
    limit 1;
    if found then
        perform core._refuse('permission_not_here', refused);
    end if;

    select changed.permission into refused
    from unnest(define_role.permissions) as wanted (permission)
    full join (
        select rp.permission
        from core.role_permissions rp
        where rp.tenant_id = define_role.organization_id and rp.role_id = defined
    ) had on had.permission = wanted.permission
    cross join lateral (select coalesce(wanted.permission, had.permission)) as changed (permission)
    where (
            wanted.permission is null
            or had.permission is null
            or before.levels <> define_role.levels
            or before.requires_kyc <> define_role.requires_kyc
        )
        and not core.can(changed.permission, define_role.organization_id)
    order by changed.permission
    limit 1;
    if found then
        perform core._refuse('grant_unheld', refused);
    end if;

    delete from core.role_permissions rp
    where rp.tenant_id = define_role.organization_id
        and rp.role_id = defined
        and not rp.permission = any (define_role.permissions);
    insert into core.role_permissions (tenant_id, role_id, permission)
    select define_role.organization_id, defined, p.permission
    from unnest(define_role.permissions) as p (permission)
    on conflict on constraint role_permissions_pkey do nothing;
    return defined;
end
$$;

comment on function core.define_role(uuid, text, text, smallint[], text[], text, boolean) is
    'Makes a role of the organization''s own, or changes one; it carries exactly these permissions.';

revoke execute on function core.define_role(uuid, text, text, smallint[], text[], text, boolean) from public;
grant execute on function core.define_role(uuid, text, text, smallint[], text[], text, boolean)
to authenticated;

-- From functions/core/erase_person.sql
-- A person asks to be forgotten. Their secrets become unreadable, their name and logins go, their memberships end;
-- the row stays, so that what others wrote to and with them still stands. An owner hands over first. Rows that
-- turned out to be the same person are forgotten with them.

create or replace function core.erase_person(person_id uuid)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    erased uuid[];
    rows_before uuid[];
begin
    -- A server may carry out a request that reached it by other ways; a person, only for those they act for.
    if not (coalesce(core.acts_for(person_id), false) or core._is_service()) then
        perform core._refuse('not_yours', 'person');
    end if;
    -- Each of their rows is locked before anything of theirs is: who joins comes from the person to the membership. In
    -- key order, as whoever merges does; and once more, where they turned out to be somebody else meanwhile.
    loop
        rows_before := erased;
        select array_agg(l.id) into erased
        from (
            select p.id
            from core.people named
            join core.people p on coalesce(named.merged_into, named.id) in (p.id, p.merged_into)
            where named.id = erase_person.person_id
            order by p.id
            for update of p
        ) l;
        exit when erased is not distinct from rows_before;
    end loop;
    if erased is null then
        perform core._refuse('not_found', 'person');
    end if;

    -- A hold on a place also keeps who belongs or belonged there; not who only asked to, or anybody could find out
    -- where there are holds.
    if exists (select from unnest(erased) e (id) where ops.is_held(null, e.id))
        or exists (
            select
            from core.memberships m
            where m.person_id = any (erased) and m.joined_at is not null and ops.is_held(m.scope_id)
        )
    then
        perform core._refuse('held');
    end if;

    update core.memberships m
    set status = 'left', ended_at = now()
    where m.person_id = any (erased) and m.ended_at is null and m.status <> 'banned';
    update core.memberships m set message = '' where m.person_id = any (erased) and m.message <> '';
    -- Also where there was no key yet: none is made for somebody who is forgotten.
    insert into core.person_keys as k (person_id, destroyed_at)
    select e.id, now()
    from unnest(erased) e (id)
    on conflict on constraint person_keys_pkey do update
    set wrapped_key = null, kek_id = null, destroyed_at = coalesce(k.destroyed_at, excluded.destroyed_at);
    update core.membership_permissions mp
    set reason = ''
    from core.memberships m
    where m.person_id = any (erased)
        and mp.tenant_id = m.tenant_id
        and mp.membership_id = m.id
        and mp.reason <> '';
    -- An invitation for their address would otherwise keep the hash of it; unbound, it would be for anybody.
    update core.invitations i
    set email_index = null, message = '', revoked_at = coalesce(i.revoked_at, now())
    where i.email_index in (select s.email_index from core.person_secrets s where s.person_id = any (erased));
    delete from core.person_secrets s where s.person_id = any (erased);
    delete from core.identities i where i.person_id = any (erased);
    delete from core.trust_scores t where t.person_id = any (erased);
    delete from core.person_limits l where l.person_id = any (erased);
    update core.verifications v set evidence_uri = null where v.person_id = any (erased);
    update core.api_keys k
    set revoked_at = now()
    where k.person_id = any (erased) and k.revoked_at is null;
    update core.people p set guardian_id = null where p.guardian_id = any (erased);
    update core.people p
    set
        display_name = 'Erased person', handle = null, bio = '', avatar_url = null, locale = 'en',
        country_code = null, deceased_on = null, guardian_id = null, erased_at = now()
    where p.id = any (erased);
    perform audit._erase_people(erased, 'the person was forgotten');
end
$$;

comment on function core.erase_person(uuid) is
    'Forgets a person: secrets unreadable, name and logins gone, memberships ended. An owner hands over first.';

revoke execute on function core.erase_person(uuid) from public;
grant execute on function core.erase_person(uuid) to authenticated, service_role;

-- From functions/core/find_by_email.sql
-- The person with an email address, if it is confirmed. For a server: it answers whether somebody is here.

create or replace function core.find_by_email(email text)
returns uuid
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    found_id uuid;
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    select coalesce(p.merged_into, p.id) into found_id
    from core.person_secrets s
    join core.people p on p.id = s.person_id
    where s.email_index = core._blind_index(find_by_email.email);
    return found_id;
end
$$;

comment on function core.find_by_email(text) is 'The person whose confirmed email address this is, or null.';

revoke execute on function core.find_by_email(text) from public;
grant execute on function core.find_by_email(text) to empathy_keyholder;

-- From functions/core/forget_requests.sql
-- Forgets the minutes that no rate limit asks for any more.

create or replace function core.forget_requests()
returns bigint
language sql
volatile
security definer -- counters are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
    with forgotten as (
        delete from core.rate_counters c where c.minute < now() - interval '10 minutes' returning 1
    )
    select count(*) from forgotten
$$;

comment on function core.forget_requests() is
    'Forgets the request counts of past minutes, and returns how many.';

revoke execute on function core.forget_requests() from public;
grant execute on function core.forget_requests() to service_role;

-- From functions/core/grant_role.sql
-- Gives a role to a membership. Nobody gives what they do not hold themselves, there.

create or replace function core.grant_role(membership_id uuid, role text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    membership core.memberships;
    granted uuid;
begin
    select * into membership from core.memberships m where m.id = grant_role.membership_id;
    perform core._require('role.grant', membership.scope_id);
    select r.id into granted
    from core.roles r
    where r.tenant_id = membership.tenant_id and r.key = grant_role.role;
    if granted is null then
        perform core._refuse('not_found', 'role');
    end if;
    if membership.ended_at is not null then
        perform core._refuse('membership_state', membership.status::text, 'active');
    end if;
    perform core._require_grantable(granted, membership.scope_id);
    insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by)
    select r.tenant_id, membership.id, r.id, r.is_owner, core.me()
    from core.roles r
    where r.tenant_id = membership.tenant_id and r.id = granted
    on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
end
$$;

comment on function core.grant_role(uuid, text) is
    'Gives a role to a membership; nobody gives what they do not hold.';

revoke execute on function core.grant_role(uuid, text) from public;
grant execute on function core.grant_role(uuid, text) to authenticated;

-- From functions/core/granted.sql
-- Where a permission counts, in the form that policies compare with: the ids to find in tenant_id (level 0),
-- in project_id (1) and in scope_id (2). Levels 0 and 1 give only what reaches below where it is held.

create or replace function core.granted(permission text, level integer)
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
strict
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(h.scope_id), '{}')
        from core._held(permission, core.me()) h
        where granted.level = 2
            or (
                h.level = granted.level
                and (select p.inherits from core.permissions p where p.key = granted.permission)
            )
    );
end
$$;

comment on function core.granted(text, integer) is
    'Where I hold a permission: ids to compare with tenant_id (0), project_id (1) or scope_id (2).';

revoke execute on function core.granted(text, integer) from public;
grant execute on function core.granted(text, integer) to anon, authenticated, service_role;

-- From functions/core/impose_sanction.sql
-- Takes a capability from a person in a scope and all below it, until a time or until lifted.

create or replace function core.impose_sanction(
    scope_id uuid,
    person_id uuid,
    capability text,
    reason text,
    until timestamptz default null,
    notice text default ''
)
returns uuid
language plpgsql
volatile
security definer -- sanctions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    sanction_id uuid;
begin
    perform core._require('sanction.impose', scope_id);
    if person_id = me then
        perform core._refuse('not_on_yourself');
    end if;
    perform core._require_outranking(person_id, scope_id);
    perform core._require_ahead(until);
    insert into core.sanctions (tenant_id, scope_id, person_id, capability, during, reason, notice, imposed_by)
    select
        s.tenant_id, s.id, impose_sanction.person_id, impose_sanction.capability,
        tstzrange(now(), impose_sanction.until), impose_sanction.reason, impose_sanction.notice, me
    from core.scopes s
    where s.id = impose_sanction.scope_id and core._knows(s.tenant_id, impose_sanction.person_id)
    returning id into sanction_id;
    if sanction_id is null then
        perform core._refuse('not_found', 'person or capability');
    end if;
    return sanction_id;
exception
    when exclusion_violation then
        perform core._refuse('sanction_stands');
        return null;
    when foreign_key_violation then
        perform core._refuse('not_found', 'person or capability');
        return null;
end
$$;

comment on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) is
    'Takes a capability from a person in a scope and all below it, and returns the id of the sanction.';

revoke execute on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) from public;
grant execute on function core.impose_sanction(uuid, uuid, text, text, timestamptz, text) to authenticated;

-- From functions/core/invite.sql
-- Invites into a scope, with roles, or as somebody who simply belongs. Returns the token, once: it is not stored.
-- An invitation is for whoever holds it, up to max_uses people.

create or replace function core.invite(
    scope_id uuid,
    roles text[] default '{}',
    max_uses integer default 1,
    expires_at timestamptz default null,
    message text default ''
)
returns text
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    secret constant text := core._new_token();
    belonging constant text := core._default_role(scope_id);
    tenant uuid;
    level smallint;
    invitation uuid;
    role record;
begin
    perform core._require('member.invite', scope_id);
    if scope_id in (select core.barred('invite')) then
        perform core._refuse('barred', 'invite');
    end if;
    perform core._require_ahead(expires_at);
    select s.tenant_id, s.level into strict tenant, level from core.scopes s where s.id = invite.scope_id;
    insert into core.invitations (tenant_id, scope_id, token_hash, message, max_uses, expires_at, created_by)
    values (
        tenant, invite.scope_id, sha256(convert_to(secret, 'utf8')), invite.message, invite.max_uses,
        coalesce(
            invite.expires_at,
            now() + (core.setting('invitations.expire_after', invite.scope_id) #>> '{}')::interval
        ),
        me
    )
    returning id into invitation;
    for role in
        select k.key, r.id, r.levels
        from unnest(case when cardinality(invite.roles) > 0 then invite.roles else array[belonging] end) as k (key)
        left join core.roles r on r.tenant_id = tenant and r.key = k.key and r.retired_at is null
    loop
        if role.id is null then
            perform core._refuse('not_found', 'role');
        end if;
        if not level = any (role.levels) then
            perform core._refuse('role_not_here', role.key);
        end if;
        -- Whoever may invite may give the role of somebody who simply belongs, if they hold it; no other one.
        if role.key <> belonging then
            perform core._require('role.grant', scope_id);
        end if;
        perform core._require_grantable(role.id, scope_id);
        insert into core.invitation_roles (tenant_id, invitation_id, role_id)
        values (tenant, invitation, role.id)
        on conflict on constraint invitation_roles_pkey do nothing;
    end loop;
    -- The organization stands in front, so that the secret is looked for among its invitations only.
    return replace(tenant::text, '-', '') || '.' || secret;
end
$$;

comment on function core.invite(uuid, text[], integer, timestamptz, text) is
    'Invites into a scope, with roles. The token that it returns is shown this once.';

revoke execute on function core.invite(uuid, text[], integer, timestamptz, text) from public;
grant execute on function core.invite(uuid, text[], integer, timestamptz, text) to authenticated;

-- From functions/core/is_lang.sql
-- A language tag as BCP 47 has them, as far as shape goes: en, pt-BR, iu-Latn-CA.

create or replace function core.is_lang(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select length(value) <= 35 and value ~ '^[a-z]{2,8}(-[A-Za-z0-9]{1,8})*$'
$$;

comment on function core.is_lang(text) is 'Whether a text has the shape of a language tag.';

revoke execute on function core.is_lang(text) from public;
grant execute on function core.is_lang(text) to anon, authenticated, service_role;

-- From functions/core/is_slug.sql
-- What may stand in an address: lower-case letters and digits, in words joined by single hyphens.

create or replace function core.is_slug(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select length(value) between 1 and 63 and value ~ '^[a-z0-9]+(-[a-z0-9]+)*$'
$$;

comment on function core.is_slug(text) is 'Whether a text can stand in an address.';

revoke execute on function core.is_slug(text) from public;
grant execute on function core.is_slug(text) to anon, authenticated, service_role;

-- From functions/core/is_verified.sql
-- Whether a person's identity was verified, at a time.

create or replace function core.is_verified(person_id uuid, at timestamptz default now())
returns boolean
language sql
stable
strict
security definer -- says yes or no, and nothing of the document
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from core.verifications v
        -- By its checks, what is about a person is KYC, and only what was verified holds at any time.
        where v.person_id = is_verified.person_id and v.valid_during @> is_verified.at
    )
$$;

comment on function core.is_verified(uuid, timestamptz) is
    'Whether a person''s identity was verified, at a time.';

revoke execute on function core.is_verified(uuid, timestamptz) from public;
grant execute on function core.is_verified(uuid, timestamptz) to service_role;

-- From functions/core/is_zone.sql
-- A time zone that this server knows, by its name: America/Winnipeg, UTC.

create or replace function core.is_zone(value text)
returns boolean
language plpgsql
immutable -- as far as a name that is known stays known
strict
set search_path = pg_catalog, pg_temp
as $$
begin
    -- An abbreviation or an offset says nothing of the summer.
    return value ~ '^([A-Z][A-Za-z_+-]*/[A-Za-z0-9_/+-]+|UTC)$' and timezone(value, timestamptz 'epoch') is not null;
exception
    when invalid_parameter_value then
        return false;
end
$$;

comment on function core.is_zone(text) is 'Whether a text is the name of a time zone.';

revoke execute on function core.is_zone(text) from public;
grant execute on function core.is_zone(text) to anon, authenticated, service_role;

-- From functions/core/judge_appeal.sql
-- Judges an appeal: not whoever imposed the sanction, not whoever is under it, nor their guardian.
-- Overturning lifts the sanction.

create or replace function core.judge_appeal(appeal_id uuid, overturn boolean, outcome text)
returns void
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    appeal core.sanction_appeals;
    scope_id uuid;
begin
    select * into appeal from core.sanction_appeals a where a.id = judge_appeal.appeal_id for no key update;
    select s.scope_id into scope_id
    from core.sanctions s
    where s.tenant_id = appeal.tenant_id and s.id = appeal.sanction_id;
    perform core._require('sanction.judge', scope_id);
    if core._concerns_me(appeal.imposed_by) or core._concerns_me(appeal.person_id) then
        perform core._refuse('judge_is_party');
    end if;
    if appeal.status <> 'open' then
        perform core._refuse('appeal_closed');
    end if;
    update core.sanction_appeals a
    set
        status = case when judge_appeal.overturn then 'overturned' else 'upheld' end::core.appeal_status,
        judged_by = me,
        judged_at = now(),
        outcome = judge_appeal.outcome
    where a.tenant_id = appeal.tenant_id and a.id = appeal.id;
    update core.sanctions s
    set lifted_at = now(), lifted_by = me
    where s.tenant_id = appeal.tenant_id
        and s.id = appeal.sanction_id
        and s.lifted_at is null
        and judge_appeal.overturn;
end
$$;

comment on function core.judge_appeal(uuid, boolean, text) is
    'Judges an appeal; overturning it lifts the sanction.';

revoke execute on function core.judge_appeal(uuid, boolean, text) from public;
grant execute on function core.judge_appeal(uuid, boolean, text) to authenticated;

-- From functions/core/known_people.sql
-- Those whom I can see, in the form that the policy on people compares with: whoever I act for, and whoever has a
-- membership that I can see. A subquery on memberships, under their own policies, would read that table whole; this
-- costs as much as my own circle is large. The oracle holds the two to each other.

create or replace function core.known_people()
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(array_agg(known.person_id), '{}')
        from (
            select p.person_id
            from core.my_people() as p (person_id)
            union all
            select fellow.person_id
            from unnest(core.granted('member.read', 2)) as here (scope_id)
            cross join lateral (
                select m.person_id
                from core.memberships m
                where m.scope_id = here.scope_id and m.status = 'active' and m.valid_during @> now()
                -- Scope by scope, through the index: a plan is kept, and the next who asks may belong to fewer.
                offset 0
            ) fellow
            where here.scope_id not in (select core.barred())
            union all
            select managed.person_id
            from core.scopes_with('member.manage') as here (scope_id)
            cross join lateral (
                select m.person_id from core.memberships m where m.scope_id = here.scope_id offset 0
            ) managed
        ) known
    );
end
$$;

comment on function core.known_people() is 'Those whom I can see: fellows, those I manage, those I act for.';

revoke execute on function core.known_people() from public;
grant execute on function core.known_people() to authenticated, service_role;

-- From functions/core/leave.sql
-- I leave a scope, or take back my request. A ban or a suspension is not left, or an invitation would undo it; the last
-- owner hands over first.

create or replace function core.leave(scope_id uuid)
returns void
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    update core.memberships m
    set status = 'left', ended_at = now()
    where m.scope_id = leave.scope_id
        and m.person_id = me
        and m.ended_at is null
        and m.status not in ('suspended', 'banned');
    if not found then
        perform core._refuse('not_found', 'membership');
    end if;
end
$$;

comment on function core.leave(uuid) is 'I leave a scope, or take back my request to join it.';

revoke execute on function core.leave(uuid) from public;
grant execute on function core.leave(uuid) to authenticated;

-- From functions/core/lift_sanction.sql
-- Lifts a sanction before its end.

create or replace function core.lift_sanction(sanction_id uuid)
returns void
language plpgsql
volatile
security definer -- sanctions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    sanction core.sanctions;
begin
    select * into sanction from core.sanctions s where s.id = lift_sanction.sanction_id for no key update;
    perform core._require('sanction.impose', sanction.scope_id);
    if core._concerns_me(sanction.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    update core.sanctions s
    set lifted_at = now(), lifted_by = me
    where s.tenant_id = sanction.tenant_id and s.id = sanction.id and s.lifted_at is null;
end
$$;

comment on function core.lift_sanction(uuid) is 'Lifts a sanction before its end.';

revoke execute on function core.lift_sanction(uuid) from public;
grant execute on function core.lift_sanction(uuid) to authenticated;

-- From functions/core/link_identity.sql
-- One person, several logins: a server that saw both sign-ins succeed ties the second to the person.

create or replace function core.link_identity(person_id uuid, issuer text, subject text)
returns void
language plpgsql
volatile
security definer -- logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_present(person_id);
    insert into core.identities (issuer, subject, person_id)
    values (link_identity.issuer, link_identity.subject, link_identity.person_id);
end
$$;

comment on function core.link_identity(uuid, text, text) is 'Ties one more login to a person.';

revoke execute on function core.link_identity(uuid, text, text) from public;
grant execute on function core.link_identity(uuid, text, text) to service_role;

-- From functions/core/look_at_evidence.sql
-- Compliance looks at the evidence of a verification. The look is written down before the answer is given.

create or replace function core.look_at_evidence(verification_id uuid, reason text)
returns text
language plpgsql
volatile
security definer -- evidence is read through this alone
set search_path = pg_catalog, pg_temp
as $$
declare
    evidence text;
begin
    if not core.platform_can('verification.read') then
        perform core._refuse('not_permitted', 'verification.read');
    end if;
    insert into core.verification_looks (verification_id, person_id, reason)
    values (look_at_evidence.verification_id, core.me(), look_at_evidence.reason);
    select v.evidence_uri into evidence
    from core.verifications v
    where v.id = look_at_evidence.verification_id;
    return evidence;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'verification');
        return null;
end
$$;

comment on function core.look_at_evidence(uuid, text) is
    'Where the evidence of a verification lies. Who looked, when and why is kept, and the person can read it.';

revoke execute on function core.look_at_evidence(uuid, text) from public;
grant execute on function core.look_at_evidence(uuid, text) to authenticated, service_role;

-- From functions/core/me.sql
-- Who is asking: the person the token names, else the person its issuer and subject lead to.

create or replace function core.me()
returns uuid
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- identities are nobody's to read but their person's
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant jsonb := core._claims();
    person uuid := (claims ->> 'person')::uuid;
begin
    if claims is null then
        return null;
    end if;
    if person is null then
        select i.person_id into person
        from core.identities i
        where i.issuer = claims ->> 'iss' and i.subject = claims ->> 'sub';
    end if;
    return (select coalesce(p.merged_into, p.id) from core.people p where p.id = person and p.erased_at is null);
end
$$;

comment on function core.me() is 'The person who is signed in, or null.';

revoke execute on function core.me() from public;
grant execute on function core.me() to anon, authenticated, service_role, empathy_keyholder;

-- From functions/core/membership_notes.sql
-- What stands beside the memberships of a scope, for those who manage them: what people said when they asked to
-- join, and why somebody was suspended or banned.

create or replace function core.membership_notes(scope_id uuid)
returns table (membership_id uuid, person_id uuid, status core.membership_status, message text, reason text)
language plpgsql
stable
security definer -- these columns are granted to nobody
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can('member.manage', scope_id) then
        perform core._refuse('not_permitted', 'member.manage');
    end if;
    return query
    select m.id, m.person_id, m.status, m.message, m.reason
    from core.memberships m
    where m.scope_id = membership_notes.scope_id
    order by m.created_at;
end
$$;

comment on function core.membership_notes(uuid) is
    'For those who manage members: what people said when they asked to join, and why somebody was suspended or banned.';

revoke execute on function core.membership_notes(uuid) from public;
grant execute on function core.membership_notes(uuid) to authenticated;

-- From functions/core/merge_people.sql
-- Two rows turn out to be one person. Everything that hung on the first hangs on the second; nothing is lost.
-- Where both belong to one scope the survivor's membership stays and takes over what the other held; a ban
-- stays a ban. What has ended stays with the first row, and the person sees it there.

create or replace function core.merge_people(duplicate_id uuid, survivor_id uuid)
returns void
language plpgsql
volatile
security definer -- moves rows of a person nobody else may write
set search_path = pg_catalog, pg_temp
as $$
declare
    duplicate core.people;
    moved core.memberships;
    kept core.memberships;
    sanction core.sanctions;
begin
    if duplicate_id = survivor_id then
        perform core._refuse('merge_with_self');
    end if;
    -- First, as whoever accepts one comes from there to the person who gave it: else each would wait for the other.
    perform from core.invitations i where i.created_by = duplicate_id order by i.tenant_id, i.id for no key update;
    -- In key order, so that two merges the other way round wait instead of blocking each other for good; with all that
    -- turned out to be either, as whoever is forgotten is.
    perform
    from core.people p
    where p.id in (duplicate_id, survivor_id) or p.merged_into in (duplicate_id, survivor_id)
    order by p.id
    for update;
    if (
        select count(*)
        from core.people p
        where p.id in (duplicate_id, survivor_id) and p.merged_into is null and p.erased_at is null
    ) <> 2 then
        perform core._refuse('not_found', 'person');
    end if;

    update core.identities i set person_id = survivor_id where i.person_id = duplicate_id;
    -- Before the roles: some need a verified identity.
    update core.verifications v
    set person_id = survivor_id
    where v.person_id = duplicate_id and v.decided_by is distinct from survivor_id;

    -- The person of a membership never changes: the old one ends, and one of the survivor's takes its place.
    for moved in
        select * from core.memberships m where m.person_id = duplicate_id and m.ended_at is null for no key update
    loop
        -- Both at once would take two seats where there may be none left: the seat is handed on.
        if moved.status = 'active' then
            perform core._count_use(moved.scope_id, 'seats', -1);
        end if;
        select * into kept
        from core.memberships m
        where m.tenant_id = moved.tenant_id
            and m.scope_id = moved.scope_id
            and m.person_id = survivor_id
            and m.ended_at is null
        for no key update;
        if found then
            -- What was taken stays taken: a ban before a suspension, either before what is active.
            update core.memberships m
            set
                status = case
                    when 'banned' in (m.status, moved.status) then 'banned'
                    when 'suspended' in (m.status, moved.status) then 'suspended'
                    when 'active' in (m.status, moved.status) then 'active'
                    else m.status
                end,
                reason = case
                    when moved.status in ('banned', 'suspended') and m.status <> 'banned' then moved.reason
                    else m.reason
                end,
                valid_during = case
                    when m.valid_during && moved.valid_during then m.valid_during + moved.valid_during
                    when upper(m.valid_during) <= now() then moved.valid_during
                    else m.valid_during
                end,
                joined_at = least(m.joined_at, moved.joined_at),
                last_active_on = greatest(m.last_active_on, moved.last_active_on)
            where m.tenant_id = kept.tenant_id and m.id = kept.id;
        else
            insert into core.memberships (
                tenant_id, scope_id, level, project_id, person_id, status, valid_during,
                invited_by, invitation_id, message, reason, joined_at, last_active_on
            )
            values (
                moved.tenant_id, moved.scope_id, moved.level, moved.project_id, survivor_id, moved.status,
                moved.valid_during, moved.invited_by, moved.invitation_id, moved.message, moved.reason,
                moved.joined_at, moved.last_active_on
            )
            returning * into kept;
        end if;
        insert into core.membership_roles (tenant_id, membership_id, role_id, owns, granted_by, granted_at)
        select mr.tenant_id, kept.id, mr.role_id, mr.owns, mr.granted_by, mr.granted_at
        from core.membership_roles mr
        where mr.tenant_id = moved.tenant_id and mr.membership_id = moved.id and mr.revoked_at is null
        on conflict (tenant_id, membership_id, role_id) where revoked_at is null do nothing;
        insert into core.membership_permissions (
            tenant_id, membership_id, permission, effect, reason, granted_by, granted_at
        )
        select mp.tenant_id, kept.id, mp.permission, mp.effect, mp.reason, mp.granted_by, mp.granted_at
        from core.membership_permissions mp
        where mp.tenant_id = moved.tenant_id and mp.membership_id = moved.id
        on conflict on constraint membership_permissions_pkey do update
        set
            effect = excluded.effect, reason = excluded.reason,
            granted_by = excluded.granted_by, granted_at = excluded.granted_at
        where excluded.effect = 'deny';
        update core.memberships m
        set status = 'revoked', ended_at = now(), reason = 'merged'
        where m.tenant_id = moved.tenant_id and m.id = moved.id;
        if moved.status = 'active' then
            perform core._count_use(moved.scope_id, 'seats', 1);
        end if;
    end loop;

    -- A sanction follows its person, as far as none of theirs covers the time already, and so does its appeal.
    for sanction in
        select * from core.sanctions s where s.person_id = duplicate_id and s.lifted_at is null for no key update
    loop
        with carried as (
            insert into core.sanctions (
                tenant_id, scope_id, person_id, capability, during, reason, notice, imposed_by, imposed_at
            )
            select
                sanction.tenant_id, sanction.scope_id, survivor_id, sanction.capability, left_over.during,
                sanction.reason, sanction.notice, sanction.imposed_by, sanction.imposed_at
            from unnest(
                tstzmultirange(sanction.during) - (
                    select coalesce(range_agg(s.during), '{}')
                    from core.sanctions s
                    where s.tenant_id = sanction.tenant_id
                        and s.scope_id = sanction.scope_id
                        and s.person_id = survivor_id
                        and s.capability = sanction.capability
                        and s.lifted_at is null
                )
            ) as left_over (during)
            where sanction.imposed_by <> survivor_id
            returning tenant_id, id, person_id, imposed_by
        )
        insert into core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by, statement, created_at)
        select c.tenant_id, c.id, c.person_id, c.imposed_by, a.statement, a.created_at
        from carried c
        join core.sanction_appeals a
            on a.tenant_id = sanction.tenant_id and a.sanction_id = sanction.id and a.status = 'open';
        update core.sanction_appeals a
        set status = 'withdrawn'
        where a.tenant_id = sanction.tenant_id and a.sanction_id = sanction.id and a.status = 'open';
        update core.sanctions s
        set lifted_at = now()
        where s.tenant_id = sanction.tenant_id and s.id = sanction.id;
    end loop;

    update core.api_keys k set person_id = survivor_id where k.person_id = duplicate_id;
    -- They are as good as whoever gave them.
    update core.invitations i set created_by = survivor_id where i.created_by = duplicate_id;
    insert into core.person_limits as l (person_id, tier, since)
    select survivor_id, d.tier, d.since
    from core.person_limits d
    where d.person_id = duplicate_id
    on conflict on constraint person_limits_pkey do update
    set tier = excluded.tier, since = excluded.since
    where (select t.position from core.tiers t where t.key = excluded.tier)
        > (select t.position from core.tiers t where t.key = l.tier);

    -- What the survivor says of themselves stands; what only the other row knew fills the gaps.
    select * into duplicate from core.people p where p.id = duplicate_id;
    update core.people p set guardian_id = survivor_id where p.guardian_id = duplicate_id and p.id <> survivor_id;
    update core.people p set merged_into = survivor_id where p.merged_into = duplicate_id;
    update core.people p
    set merged_into = survivor_id, handle = null, guardian_id = null
    where p.id = duplicate_id;
    update core.people p
    set
        handle = coalesce(p.handle, duplicate.handle),
        bio = coalesce(nullif(p.bio, ''), duplicate.bio),
        avatar_url = coalesce(p.avatar_url, duplicate.avatar_url),
        country_code = coalesce(p.country_code, duplicate.country_code),
        deceased_on = coalesce(p.deceased_on, duplicate.deceased_on),
        guardian_id = coalesce(nullif(p.guardian_id, duplicate_id), nullif(duplicate.guardian_id, survivor_id))
    where p.id = survivor_id;
end
$$;

comment on function core.merge_people(uuid, uuid) is
    'Two rows turn out to be one person: logins, memberships, roles, sanctions and verifications move over.';

revoke execute on function core.merge_people(uuid, uuid) from public;
grant execute on function core.merge_people(uuid, uuid) to service_role;

-- From functions/core/module_on.sql
-- Whether a module is on in a scope: the nearest switch above it decides, none means off. The kernel always is.

create or replace function core.module_on(module text, scope_id uuid)
returns boolean
language sql
stable
strict
security definer -- switches decide how functions behave for everybody
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (select true from core.platform_modules p where p.module = module_on.module and p.always_on),
        (
            select f.enabled
            from core.scopes s
            join core.feature_flags f
                on f.tenant_id = s.tenant_id and f.scope_id in (s.id, s.project_id, s.tenant_id)
            where s.id = module_on.scope_id and f.module = module_on.module
            order by f.scope_id = s.id desc, f.scope_id = s.project_id desc
            limit 1
        ),
        false
    )
$$;

comment on function core.module_on(text, uuid) is 'Whether a module is on in a scope.';

revoke execute on function core.module_on(text, uuid) from public;
grant execute on function core.module_on(text, uuid) to anon, authenticated, service_role;

-- From functions/core/my_people.sql
-- Those I act for: myself, also under the rows that turned out to be me, and whoever I am the guardian of.

create or replace function core.my_people()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 2
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.id
    from core.people p
    where p.erased_at is null
        and (p.id = core.me() or p.merged_into = core.me() or p.guardian_id = core.me())
        and core._claims() ->> 'api_key' is null; -- a key acts in its scope, not in a life
end
$$;

comment on function core.my_people() is 'Those I act for: myself, and whoever I am the guardian of.';

revoke execute on function core.my_people() from public;
grant execute on function core.my_people() to authenticated, service_role;

-- From functions/core/my_profile.sql
-- What the platform knows of me, or of somebody I am the guardian of, beyond what others see.

create or replace function core.my_profile(person_id uuid default null)
returns table (id uuid, country_code text, deceased_on date, guardian_id uuid, verified boolean)
language sql
stable
security definer -- these columns are granted to nobody
set search_path = pg_catalog, pg_temp
as $$
    select p.id, p.country_code, p.deceased_on, p.guardian_id, core.is_verified(p.id)
    from core.people p
    where p.id = coalesce(my_profile.person_id, core.me()) and core.acts_for(p.id)
$$;

comment on function core.my_profile(uuid) is
    'What the platform knows of me, or of somebody I am the guardian of, beyond what others see.';

revoke execute on function core.my_profile(uuid) from public;
grant execute on function core.my_profile(uuid) to authenticated;

-- From functions/core/new_id.sql
-- Keys: uuid version 7, so that rows made together lie together. Native from Postgres 18 on.

do $outer$
begin
    if pg_catalog.current_setting('server_version_num')::integer >= 180000 then
        create or replace function core.new_id()
        returns uuid
        language sql
        volatile
        parallel safe
        set search_path = pg_catalog, pg_temp
        as 'select pg_catalog.uuidv7()';
    else
        -- The time in milliseconds in front, the version written over a random uuid's bits.
        create or replace function core.new_id()
        returns uuid
        language sql
        volatile
        parallel safe
        set search_path = pg_catalog, pg_temp
        as $$
            select encode(
                set_bit(
                    set_bit(
                        overlay(
                            uuid_send(gen_random_uuid())
                            placing substring(
                                int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3
                            )
                            from 1 for 6
                        ),
                        52, 1
                    ),
                    53, 1
                ),
                'hex'
            )::uuid
        $$;
    end if;
end
$outer$;

comment on function core.new_id() is 'A new key: uuid version 7, ordered by time.';

revoke execute on function core.new_id() from public;
grant execute on function core.new_id() to authenticated, service_role;

-- From functions/core/person_limit.sql
-- How much of a resource a person's tier allows; null is no limit.

create or replace function core.person_limit(person_id uuid, resource text)
returns bigint
language sql
stable
strict
security definer -- tiers of others are not for everybody to read; through an API key mine still limits me
set search_path = pg_catalog, pg_temp
as $$
    select l.amount
    from core.tier_limits l
    where l.resource = person_limit.resource
        and l.tier = coalesce(
            (select p.tier from core.person_limits p where p.person_id = person_limit.person_id),
            (select t.key from core.tiers t order by t.position limit 1)
        )
        and (core._concerns_me(person_limit.person_id) or core._is_service())
$$;

comment on function core.person_limit(uuid, text) is
    'How much of a resource my tier allows me; null is no limit.';

revoke execute on function core.person_limit(uuid, text) from public;
grant execute on function core.person_limit(uuid, text) to authenticated, service_role;

-- From functions/core/platform_can.sql
-- Whether whoever asks acts for the platform itself: a server, or somebody who holds the permission in the
-- organization that runs it. Identity papers are not for the organizations people happen to belong to.

create or replace function core.platform_can(permission text)
returns boolean
language sql
stable
security definer -- reads the platform's own settings; a policy asks this
set search_path = pg_catalog, pg_temp
as $$
    select core._is_service()
        or exists (
            select
            from core.platform_config c
            where c.key = 'platform.organization'
                and core.can(platform_can.permission, (c.value #>> '{}')::uuid)
        )
$$;

comment on function core.platform_can(text) is
    'Whether I hold a permission for the platform itself, in the organization that runs it.';

revoke execute on function core.platform_can(text) from public;
grant execute on function core.platform_can(text) to authenticated, service_role;

-- From functions/core/project_of_host.sql
-- Which project a host name leads to; null where none, or while it is not verified.

create or replace function core.project_of_host(host text)
returns uuid
language sql
stable
strict
security definer -- a request names its host before anybody is signed in
set search_path = pg_catalog, pg_temp
as $$
    select d.project_id
    from core.project_domains d
    where d.host = lower(project_of_host.host) and d.verified_at is not null
$$;

comment on function core.project_of_host(text) is 'Which project a host name leads to.';

revoke execute on function core.project_of_host(text) from public;
grant execute on function core.project_of_host(text) to anon, authenticated, service_role;

-- From functions/core/quota_use.sql
-- How much of each limited resource a scope uses, and of how much.

create or replace function core.quota_use(scope_id uuid)
returns table (resource text, used bigint, amount bigint, strict boolean)
language plpgsql
stable
security definer -- counts are read through this alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    if scope_id is null or not core.can('scope.manage', scope_id) then
        perform core._refuse('not_permitted', 'scope.manage');
    end if;
    return query
    select r.key, core._used(s.tenant_id, s.id, r.key), q.amount, coalesce(q.strict, false)
    from core.scopes s
    cross join core.quota_resources r
    left join core.quotas q on q.tenant_id = s.tenant_id and q.scope_id = s.id and q.resource = r.key
    where s.id = quota_use.scope_id
    order by r.key;
end
$$;

comment on function core.quota_use(uuid) is
    'How much of each resource a scope uses, and how much it may; null is no limit.';

revoke execute on function core.quota_use(uuid) from public;
grant execute on function core.quota_use(uuid) to authenticated;

-- From functions/core/reach.sql
-- Where I belong, in the form that policies compare with: the ids to find in tenant_id (level 0),
-- in project_id (1) and in scope_id (2). An API key reaches what it is for and no more.

create or replace function core.reach(level integer)
returns uuid[]
language plpgsql -- its plan is kept from one statement to the next
stable
strict
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select coalesce(
            array_agg(distinct case reach.level when 0 then m.tenant_id when 1 then m.project_id else m.scope_id end),
            '{}'
        )
        from core._live_memberships(core.me()) m
        left join core._api_key() k on true
        where (select core._claims() ->> 'api_key') is null
            or (
                m.tenant_id = k.tenant_id
                and reach.level >= k.level
                and (k.level = 0 or (k.level = 1 and m.project_id = k.scope_id) or m.scope_id = k.scope_id)
            )
    );
end
$$;

comment on function core.reach(integer) is
    'Where I am a member: ids to compare with tenant_id (0), project_id (1) or scope_id (2).';

revoke execute on function core.reach(integer) from public;
grant execute on function core.reach(integer) to anon, authenticated, service_role;

-- From functions/core/read_secret.sql
-- Opens one of a person's secrets.

create or replace function core.read_secret(person_id uuid, field text)
returns text
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    held core.person_secrets;
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    select * into held from core.person_secrets s where s.person_id = read_secret.person_id;
    sealed := case field
        when 'email' then held.email
        when 'phone' then held.phone
        when 'legal_name' then held.legal_name
    end;
    if sealed is null then
        return null;
    end if;
    return convert_from(core._open(sealed, core._person_key(person_id)), 'utf8');
end
$$;

comment on function core.read_secret(uuid, text) is 'Opens my email, phone or legal_name.';

revoke execute on function core.read_secret(uuid, text) from public;
grant execute on function core.read_secret(uuid, text) to empathy_keyholder;

-- From functions/core/record_activity.sql
-- Marks the day on which I was last active in a scope. One write a day, however often it is called.

create or replace function core.record_activity(scope_id uuid)
returns void
language sql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    update core.memberships m
    set last_active_on = current_date
    where m.scope_id = record_activity.scope_id
        and m.person_id = core.me()
        and m.status = 'active'
        and m.last_active_on is distinct from current_date
$$;

comment on function core.record_activity(uuid) is 'Marks today as the last day I was active in a scope.';

revoke execute on function core.record_activity(uuid) from public;
grant execute on function core.record_activity(uuid) to authenticated;

-- From functions/core/record_death.sql
-- A person has died. What is theirs stays under the consents they gave; who speaks for it, their community decides.

create or replace function core.record_death(person_id uuid, deceased_on date)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.people p
    set deceased_on = record_death.deceased_on
    where p.id = record_death.person_id and p.erased_at is null;
    if not found then
        perform core._refuse('not_found', 'person');
    end if;
end
$$;

comment on function core.record_death(uuid, date) is
    'Records the day a person died; null takes an error back.';

revoke execute on function core.record_death(uuid, date) from public;
grant execute on function core.record_death(uuid, date) to service_role;

-- From functions/core/register.sql
-- A person arrives: whoever holds a token that leads to nobody yet becomes somebody.

create or replace function core.register(display_name text, handle text default null, locale text default 'en')
returns uuid
language plpgsql
volatile
security definer -- people and logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant jsonb := core._claims();
    person_id uuid;
begin
    if claims ->> 'iss' is null or claims ->> 'sub' is null then
        perform core._refuse('not_signed_in');
    end if;
    if core.me() is not null then
        perform core._refuse('already_registered');
    end if;
    insert into core.people (display_name, handle, locale)
    values (btrim(register.display_name), register.handle, register.locale)
    returning id into person_id;
    insert into core.identities (issuer, subject, person_id)
    values (claims ->> 'iss', claims ->> 'sub', person_id);
    return person_id;
end
$$;

comment on function core.register(text, text, text) is
    'Makes a person of whoever signed in for the first time, and returns their id.';

revoke execute on function core.register(text, text, text) from public;
grant execute on function core.register(text, text, text) to authenticated;

-- From functions/core/reinstate_membership.sql
-- Gives back to a suspended or banned membership what it gave.

create or replace function core.reinstate_membership(membership_id uuid)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id, array['suspended', 'banned']::core.membership_status[], 'active', null
    );
    return membership_id;
end
$$;

comment on function core.reinstate_membership(uuid) is
    'Gives back to a suspended or banned membership what it gave.';

revoke execute on function core.reinstate_membership(uuid) from public;
grant execute on function core.reinstate_membership(uuid) to authenticated;

-- From functions/core/release_domain.sql
-- Gives up a host name.

create or replace function core.release_domain(project_id uuid, host text)
returns void
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('domain.manage', project_id);
    delete from core.project_domains d
    where d.project_id = release_domain.project_id and d.host = lower(release_domain.host);
    if not found then
        perform core._refuse('not_found', 'claim on that host');
    end if;
end
$$;

comment on function core.release_domain(uuid, text) is 'Gives up a host name of a project.';

revoke execute on function core.release_domain(uuid, text) from public;
grant execute on function core.release_domain(uuid, text) to authenticated;

-- From functions/core/request_membership.sql
-- Asks to join a scope that can be found. Somebody who may decides.

create or replace function core.request_membership(scope_id uuid, message text default '')
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column -- what conflicts names columns, and cannot be qualified
declare
    me constant uuid := core._require_person();
    place core.scopes;
    membership_id uuid;
begin
    select * into place
    from core.scopes s
    where s.id = request_membership.scope_id
        and (
            s.visibility = 'public'
            or (s.visibility = 'organization' and s.tenant_id = any (core.reach(0)))
        );
    if place.id is null
        or place.id in (select core.barred())
        or core.setting('members.may_request', place.id) = 'false'
    then
        perform core._refuse('not_found', 'place');
    end if;
    perform core._require_open(place.id);
    perform core._require_present(me);
    insert into core.memberships (tenant_id, scope_id, level, project_id, person_id, status, message)
    values (
        place.tenant_id, place.id, place.level, place.project_id, me, 'requested', request_membership.message
    )
    on conflict (tenant_id, scope_id, person_id) where ended_at is null do nothing
    returning id into membership_id;
    if membership_id is null then
        perform core._refuse('already_member');
    end if;
    return membership_id;
end
$$;

comment on function core.request_membership(uuid, text) is
    'Asks to join a scope, and returns the id of the request.';

revoke execute on function core.request_membership(uuid, text) from public;
grant execute on function core.request_membership(uuid, text) to authenticated;

-- From functions/core/request_verification.sql
-- Asks for an identity to be verified: mine, my ward's, or that of an organization I manage.

create or replace function core.request_verification(
    document_type text,
    evidence_uri text,
    person_id uuid default null,
    organization_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- verifications are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    subject constant uuid := coalesce(person_id, case when organization_id is null then me end);
    verification_id uuid;
begin
    if organization_id is not null then
        perform core._require('scope.manage', organization_id);
    elsif not core.acts_for(subject) then
        perform core._refuse('not_yours', 'verification');
    else
        perform core._require_unerased(subject);
    end if;
    insert into core.verifications (kind, person_id, organization_id, document_type, evidence_uri)
    values (
        case when organization_id is null then 'kyc' else 'kyb' end::core.verification_kind,
        subject, request_verification.organization_id, request_verification.document_type,
        request_verification.evidence_uri
    )
    returning id into verification_id;
    return verification_id;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'organization');
        return null;
end
$$;

comment on function core.request_verification(text, text, uuid, uuid) is
    'Asks for an identity to be verified, mine or that of an organization, and returns the id of the request.';

revoke execute on function core.request_verification(text, text, uuid, uuid) from public;
grant execute on function core.request_verification(text, text, uuid, uuid) to authenticated;

-- From functions/core/retire_role.sql
-- A role is granted no more. Whoever holds it keeps it until it is taken back.

create or replace function core.retire_role(organization_id uuid, key text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('role.define', organization_id);
    update core.roles r
    set retired_at = coalesce(r.retired_at, now())
    where r.tenant_id = organization_id and r.key = retire_role.key and not r.is_owner;
    if not found then
        perform core._refuse('not_found', 'role');
    end if;
end
$$;

comment on function core.retire_role(uuid, text) is 'A role is granted no more; whoever holds it keeps it.';

revoke execute on function core.retire_role(uuid, text) from public;
grant execute on function core.retire_role(uuid, text) to authenticated;

-- From functions/core/revoke_api_key.sql
-- Stops a key: whoever made it, in person, or whoever manages keys there.

create or replace function core.revoke_api_key(api_key_id uuid)
returns void
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    api_key core.api_keys;
begin
    select * into api_key from core.api_keys k where k.id = revoke_api_key.api_key_id;
    perform core._require_me();
    if not coalesce(core.acts_for(api_key.person_id), false) then
        perform core._require('key.manage', api_key.scope_id);
    end if;
    update core.api_keys k set revoked_at = coalesce(k.revoked_at, now()) where k.id = api_key.id;
end
$$;

comment on function core.revoke_api_key(uuid) is 'Stops a key at once.';

revoke execute on function core.revoke_api_key(uuid) from public;
grant execute on function core.revoke_api_key(uuid) to authenticated;

-- From functions/core/revoke_invitation.sql
-- Takes back an invitation; who has used it already stays.

create or replace function core.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
volatile
security definer -- invitations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    invitation core.invitations;
begin
    select * into invitation from core.invitations i where i.id = revoke_invitation.invitation_id;
    perform core._require_me();
    if not coalesce(core.acts_for(invitation.created_by), false) then
        perform core._require('member.invite', invitation.scope_id);
    end if;
    update core.invitations i
    set revoked_at = coalesce(i.revoked_at, now())
    where i.tenant_id = invitation.tenant_id and i.id = invitation.id;
end
$$;

comment on function core.revoke_invitation(uuid) is
    'Takes back an invitation; who has used it already stays.';

revoke execute on function core.revoke_invitation(uuid) from public;
grant execute on function core.revoke_invitation(uuid) to authenticated;

-- From functions/core/revoke_membership.sql
-- Ends a membership, or turns down a request. The person may be invited again.

create or replace function core.revoke_membership(membership_id uuid, reason text default null)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(
        membership_id,
        array['invited', 'requested', 'active', 'suspended', 'banned']::core.membership_status[],
        'revoked',
        reason
    );
    return membership_id;
end
$$;

comment on function core.revoke_membership(uuid, text) is 'Ends a membership, or turns down a request.';

revoke execute on function core.revoke_membership(uuid, text) from public;
grant execute on function core.revoke_membership(uuid, text) to authenticated;

-- From functions/core/revoke_role.sql
-- Takes a role from a membership: whoever could have given it, or the person themselves. The last owner stays one.

create or replace function core.revoke_role(membership_id uuid, role text)
returns void
language plpgsql
volatile
security definer -- roles are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core.me();
    membership core.memberships;
    held core.membership_roles;
begin
    select * into membership from core.memberships m where m.id = revoke_role.membership_id;
    if membership.person_id is distinct from me then
        perform core._require('role.grant', membership.scope_id);
    else
        perform core._require_person();
    end if;
    select mr.* into held
    from core.membership_roles mr
    join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
    where mr.tenant_id = membership.tenant_id
        and mr.membership_id = membership.id
        and mr.revoked_at is null
        and r.key = revoke_role.role
    for no key update of mr;
    if held.id is null then
        perform core._refuse('not_found', 'role');
    end if;
    if membership.person_id <> me then
        perform core._require_grantable(held.role_id, membership.scope_id);
    end if;
    update core.membership_roles mr
    set revoked_at = now(), revoked_by = me
    where mr.tenant_id = held.tenant_id and mr.id = held.id;
end
$$;

comment on function core.revoke_role(uuid, text) is
    'Takes a role from a membership, or gives up one of my own.';

revoke execute on function core.revoke_role(uuid, text) from public;
grant execute on function core.revoke_role(uuid, text) to authenticated;

-- From functions/core/rewrap_keys.sql
-- Wraps keys anew, after the key-encryption key was replaced: a batch at a time, skipping what others are at.
-- Returns how many are still wrapped by an older one; call it until it says 0. It can stop and go on anywhere.

create or replace function core.rewrap_keys(batch integer default 1000)
returns bigint
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    kek constant bytea := core._kek();
    kek_now constant text := core._kek_id(kek);
begin
    if core._claims() ->> 'role' is distinct from 'service_role' then
        perform core._refuse('not_permitted', 'platform');
    end if;
    update core.instance_keys k
    set wrapped_key = core._seal(core._unwrap(k.wrapped_key, k.kek_id), kek), kek_id = kek_now
    where k.kek_id <> kek_now;
    with due as (
        select k.person_id
        from core.person_keys k
        where k.kek_id <> kek_now
        limit rewrap_keys.batch
        for no key update skip locked
    )
    update core.person_keys k
    set
        wrapped_key = core._seal(core._unwrap(k.wrapped_key, k.kek_id), kek),
        kek_id = kek_now,
        rewrapped_at = now()
    from due
    where k.person_id = due.person_id;
    return (select count(*) from core.person_keys k where k.kek_id <> kek_now);
end
$$;

comment on function core.rewrap_keys(integer) is
    'Wraps a batch of keys with the present key-encryption key, and returns how many are left.';

revoke execute on function core.rewrap_keys(integer) from public;
grant execute on function core.rewrap_keys(integer) to empathy_keyholder;

-- From functions/core/rotate_api_key.sql
-- Gives a key a successor, once. Both work until the overlap has passed; then the old one stops.

create or replace function core.rotate_api_key(
    api_key_id uuid,
    overlap interval default '7 days',
    expires_at timestamptz default null
)
returns text
language plpgsql
volatile
security definer -- keys are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    secret constant text := 'el_' || core._new_token();
    old_key core.api_keys;
    key_id uuid;
begin
    select * into old_key
    from core.api_keys k
    where k.id = rotate_api_key.api_key_id
        and k.person_id = me
        and k.revoked_at is null
        and k.expires_at > now()
    for no key update;
    if old_key.id is null then
        perform core._refuse('not_found', 'API key');
    end if;
    perform core._require('key.manage', old_key.scope_id);
    perform core._require_ahead(rotate_api_key.expires_at);
    insert into core.api_keys (
        key_hash, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at, rotated_from
    )
    values (
        sha256(convert_to(secret, 'utf8')), old_key.tenant_id, old_key.scope_id, me, old_key.name,
        old_key.channel, old_key.requests_per_minute,
        coalesce(rotate_api_key.expires_at, now() + (old_key.expires_at - old_key.created_at)), old_key.id
    )
    returning id into key_id;
    insert into core.api_key_permissions (api_key_id, permission)
    select key_id, kp.permission from core.api_key_permissions kp where kp.api_key_id = old_key.id;
    update core.api_keys k
    set expires_at = least(k.expires_at, now() + greatest(overlap, interval '1 minute'))
    where k.id = old_key.id;
    return secret;
exception
    when unique_violation then
        perform core._refuse('key_rotated');
        return null;
end
$$;

comment on function core.rotate_api_key(uuid, interval, timestamptz) is
    'Gives a key its successor, which is shown this once; both work until the overlap has passed.';

revoke execute on function core.rotate_api_key(uuid, interval, timestamptz) from public;
grant execute on function core.rotate_api_key(uuid, interval, timestamptz) to authenticated;

-- From functions/core/scopes_with.sql
-- The scopes in which I hold a permission, those below included where it reaches down. For policies on tables that
-- know only their scope_id.

create or replace function core.scopes_with(permission text)
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
strict
rows 20 -- what a person usually manages
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select distinct s.id
    from core._held(permission, core.me()) h
    join core.scopes s
        on s.id = h.scope_id
        or (
            h.scope_id in (s.project_id, s.tenant_id)
            and (select p.inherits from core.permissions p where p.key = scopes_with.permission)
        )
    where s.id not in (select core.barred());
end
$$;

comment on function core.scopes_with(text) is 'The scopes in which I hold a permission.';

revoke execute on function core.scopes_with(text) from public;
grant execute on function core.scopes_with(text) to authenticated, service_role;

-- From functions/core/search_scopes.sql
-- Finds the organizations, projects and places that I can see by their names, and by what they say of themselves. The
-- best come first, among equals the newest. Asked as people ask search engines: all of these words, "a phrase", this or
-- that, -not this. What I cannot see finds nothing, and changes nothing.

create or replace function core.search_scopes(query text, kind text default null, scope_id uuid default null)
returns setof core.found_scope
language plpgsql
stable
rows 100
security definer -- looks at scopes the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
-- Planned for words that nobody knows yet, it goes by the index; for common ones it would read every row there is.
set plan_cache_mode = force_generic_plan
as $$
declare
    words constant tsquery := websearch_to_tsquery('simple', left(search_scopes.query, 300));
begin
    return query
    select s.tenant_id, s.id, ts_rank(core._scope_words(s.name, s.description), words)
    from core.known_scopes s
    where core._scope_words(s.name, s.description) @@ words
        and (search_scopes.kind is null or s.kind = search_scopes.kind)
        and (search_scopes.scope_id is null or search_scopes.scope_id = any (s.places))
    order by 3 desc, s.created_at desc, s.id desc
    limit 1000;
end
$$;

comment on function core.search_scopes(text, text, uuid) is
    'Finds the scopes that I can see by their names and descriptions: the best first, then the newest. All of these '
    'words, "a phrase", this or that, -not this; of a kind, or within a scope.';

revoke execute on function core.search_scopes(text, text, uuid) from public;
grant execute on function core.search_scopes(text, text, uuid) to anon, authenticated;

-- From functions/core/set_guardian.sql
-- Who acts for a person: named by themselves, by their guardian so far, or by a server. Null ends it.

create or replace function core.set_guardian(person_id uuid, guardian_id uuid default null)
returns void
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if not (coalesce(core.acts_for(person_id), false) or core._is_service()) then
        perform core._refuse('not_yours', 'guardianship');
    end if;
    perform core._require_present(person_id);
    -- Nobody is left in the hands of somebody who is gone.
    if guardian_id is not null then
        perform core._require_present(guardian_id);
    end if;
    update core.people p set guardian_id = set_guardian.guardian_id where p.id = set_guardian.person_id;
end
$$;

comment on function core.set_guardian(uuid, uuid) is 'Names who acts for a person; null ends it.';

revoke execute on function core.set_guardian(uuid, uuid) from public;
grant execute on function core.set_guardian(uuid, uuid) to authenticated, service_role;

-- From functions/core/set_module.sql
-- Switches a module on or off in a scope and below; null leaves it to the scope above again.

create or replace function core.set_module(scope_id uuid, module text, enabled boolean default null)
returns void
language plpgsql
volatile
security definer -- switches are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('module.manage', scope_id);
    if exists (select from core.platform_modules p where p.module = set_module.module and p.always_on) then
        perform core._refuse('module_always_on', module);
    end if;
    if enabled is null then
        delete from core.feature_flags f where f.scope_id = set_module.scope_id and f.module = set_module.module;
        return;
    end if;
    insert into core.feature_flags (tenant_id, scope_id, module, enabled, updated_by)
    select s.tenant_id, s.id, set_module.module, set_module.enabled, core.me()
    from core.scopes s
    where s.id = set_module.scope_id
    on conflict on constraint feature_flags_pkey do update
    set enabled = excluded.enabled, updated_by = excluded.updated_by;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'module');
end
$$;

comment on function core.set_module(uuid, text, boolean) is
    'Switches a module on or off in a scope and below; null leaves it to the scope above.';

revoke execute on function core.set_module(uuid, text, boolean) from public;
grant execute on function core.set_module(uuid, text, boolean) to authenticated;

-- From functions/core/set_organization_status.sql
-- Suspends an organization, closes it, or brings it back. For the platform's own hands.

create or replace function core.set_organization_status(organization_id uuid, status core.organization_status)
returns void
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.organizations o
    set status = set_organization_status.status
    where o.id = set_organization_status.organization_id;
    if not found then
        perform core._refuse('not_found', 'organization');
    end if;
end
$$;

comment on function core.set_organization_status(uuid, core.organization_status) is
    'Suspends an organization, closes it, or brings it back.';

revoke execute on function core.set_organization_status(uuid, core.organization_status) from public;
grant execute on function core.set_organization_status(uuid, core.organization_status) to service_role;

-- From functions/core/set_permission.sql
-- Gives a single permission to a membership, takes it away, or (null) leaves it to the roles again.

create or replace function core.set_permission(
    membership_id uuid,
    permission text,
    effect core.permission_effect default null,
    reason text default ''
)
returns void
language plpgsql
volatile
security definer -- permissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    select * into membership from core.memberships m where m.id = set_permission.membership_id;
    perform core._require('role.grant', membership.scope_id);
    if not coalesce(core.can(permission, membership.scope_id), false) then
        perform core._refuse('grant_unheld', permission);
    end if;
    if effect = 'allow'
        and not exists (
            select
            from core.permissions p
            where p.key = set_permission.permission and membership.level = any (p.levels)
        )
    then
        perform core._refuse('permission_not_here', permission);
    end if;
    if membership.person_id = core.me() then
        perform core._refuse('not_on_yourself');
    end if;
    -- Whoever outranks stays out of reach here, too.
    perform core._require_outranking(membership.person_id, membership.scope_id);
    if effect is null then
        delete from core.membership_permissions mp
        where mp.tenant_id = membership.tenant_id
            and mp.membership_id = membership.id
            and mp.permission = set_permission.permission;
        return;
    end if;
    insert into core.membership_permissions (tenant_id, membership_id, permission, effect, reason, granted_by)
    values (
        membership.tenant_id, membership.id, set_permission.permission, set_permission.effect,
        set_permission.reason, core.me()
    )
    on conflict on constraint membership_permissions_pkey do update
    set
        effect = excluded.effect, reason = excluded.reason,
        granted_by = excluded.granted_by, granted_at = now();
end
$$;

comment on function core.set_permission(uuid, text, core.permission_effect, text) is
    'Gives a single permission to a membership or takes it away; null leaves it to the roles again.';

revoke execute on function core.set_permission(uuid, text, core.permission_effect, text) from public;
grant execute on function core.set_permission(uuid, text, core.permission_effect, text) to authenticated;

-- From functions/core/set_quota.sql
-- Limits a resource in a scope; null takes the limit away. Limits come from above: a place's from its project, a
-- project's from its organization, an organization's from the platform.

create or replace function core.set_quota(
    scope_id uuid,
    resource text,
    amount bigint default null,
    strict boolean default false
)
returns void
language plpgsql
volatile
security definer -- quotas are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    in_use bigint;
begin
    -- Before the lock: whoever may not do this makes nobody wait. An organization has nothing above it to ask.
    if not core._is_service() then
        perform core._require(
            'quota.manage', (select s.parent_id from core.scopes s where s.id = set_quota.scope_id)
        );
    end if;
    perform core._require_read_committed();
    -- Locked against core._count_use(), so that nothing is counted between the sum and the row.
    select * into place from core.scopes s where s.id = set_quota.scope_id for update;
    if place.id is null then
        perform core._refuse('not_found', 'scope');
    end if;

    in_use := core._used(place.tenant_id, place.id, resource);
    delete from core.usage_shards u
    where u.tenant_id = place.tenant_id and u.scope_id = place.id and u.resource = set_quota.resource;

    if amount is null then
        delete from core.quotas q
        where q.tenant_id = place.tenant_id and q.scope_id = place.id and q.resource = set_quota.resource;
    else
        insert into core.quotas (tenant_id, scope_id, resource, amount, strict, used)
        values (
            place.tenant_id, place.id, set_quota.resource, set_quota.amount, set_quota.strict,
            case when set_quota.strict then in_use else 0 end
        )
        on conflict on constraint quotas_pkey do update
        set amount = excluded.amount, strict = excluded.strict, used = excluded.used;
    end if;
    if amount is null or not strict then
        insert into core.usage_shards (tenant_id, scope_id, resource, shard, used)
        values (place.tenant_id, place.id, set_quota.resource, 0, in_use);
    end if;
exception
    when check_violation then
        perform core._refuse('quota_in_use', resource);
    when foreign_key_violation then
        perform core._refuse('not_found', 'resource');
end
$$;

comment on function core.set_quota(uuid, text, bigint, boolean) is
    'Limits a resource in a scope; null takes the limit away. What is in use already stays counted.';

revoke execute on function core.set_quota(uuid, text, bigint, boolean) from public;
grant execute on function core.set_quota(uuid, text, bigint, boolean) to authenticated, service_role;

-- From functions/core/set_setting.sql
-- Sets a setting in a scope; null leaves it to the scope above again.

create or replace function core.set_setting(scope_id uuid, key text, value jsonb default null)
returns void
language plpgsql
volatile
security definer -- settings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('setting.manage', scope_id);
    if value is null then
        delete from core.settings t where t.scope_id = set_setting.scope_id and t.key = set_setting.key;
        return;
    end if;
    insert into core.settings (tenant_id, scope_id, key, value, updated_by)
    select s.tenant_id, s.id, set_setting.key, set_setting.value, core.me()
    from core.scopes s
    where s.id = set_setting.scope_id
    on conflict on constraint settings_pkey do update
    set value = excluded.value, updated_by = excluded.updated_by;
exception
    when foreign_key_violation then
        perform core._refuse('not_found', 'setting');
end
$$;

comment on function core.set_setting(uuid, text, jsonb) is
    'Sets a setting in a scope; null leaves it to the scope above.';

revoke execute on function core.set_setting(uuid, text, jsonb) from public;
grant execute on function core.set_setting(uuid, text, jsonb) to authenticated;

-- From functions/core/set_theme.sql
-- Sets one token of a project's look; null takes it back.

create or replace function core.set_theme(project_id uuid, token text, value text default null)
returns void
language plpgsql
volatile
security definer -- themes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('theme.manage', project_id);
    if value is null then
        delete from core.project_themes t where t.project_id = set_theme.project_id and t.token = set_theme.token;
        return;
    end if;
    insert into core.project_themes (tenant_id, project_id, token, value)
    select p.tenant_id, p.id, set_theme.token, set_theme.value
    from core.projects p
    where p.id = set_theme.project_id
    on conflict on constraint project_themes_pkey do update set value = excluded.value;
end
$$;

comment on function core.set_theme(uuid, text, text) is
    'Sets one token of a project''s look; null takes it back.';

revoke execute on function core.set_theme(uuid, text, text) from public;
grant execute on function core.set_theme(uuid, text, text) to authenticated;

-- From functions/core/set_tier.sql
-- Puts a person on a tier.

create or replace function core.set_tier(person_id uuid, tier text)
returns void
language sql
volatile
security definer -- tiers are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    select core._require_present(set_tier.person_id);

    insert into core.person_limits (person_id, tier)
    values (set_tier.person_id, set_tier.tier)
    on conflict on constraint person_limits_pkey do update set tier = excluded.tier, since = now()
$$;

comment on function core.set_tier(uuid, text) is 'Puts a person on a tier.';

revoke execute on function core.set_tier(uuid, text) from public;
grant execute on function core.set_tier(uuid, text) to service_role;

-- From functions/core/setting.sql
-- What a setting is in a scope: set here, else in the project, else in the organization, else the default.

create or replace function core.setting(key text, scope_id uuid)
returns jsonb
language sql
stable
strict
security definer -- settings decide how functions behave for everybody
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select t.value
            from core.scopes s
            join core.settings t
                on t.tenant_id = s.tenant_id and t.scope_id in (s.id, s.project_id, s.tenant_id)
            where s.id = setting.scope_id and t.key = setting.key
            order by t.scope_id = s.id desc, t.scope_id = s.project_id desc
            limit 1
        ),
        (select d.default_value from core.setting_definitions d where d.key = setting.key)
    )
$$;

comment on function core.setting(text, uuid) is
    'What a setting is in a scope: the nearest value above it, or the default.';

revoke execute on function core.setting(text, uuid) from public;
grant execute on function core.setting(text, uuid) to authenticated, service_role;

-- From functions/core/suspend_membership.sql
-- Takes from a membership everything it gives, until it is reinstated.

create or replace function core.suspend_membership(membership_id uuid, reason text)
returns uuid
language plpgsql
volatile
security definer -- memberships are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._change_membership(membership_id, array['active']::core.membership_status[], 'suspended', reason);
    return membership_id;
end
$$;

comment on function core.suspend_membership(uuid, text) is
    'Takes from a membership what it gives, until it is reinstated.';

revoke execute on function core.suspend_membership(uuid, text) from public;
grant execute on function core.suspend_membership(uuid, text) to authenticated;

-- From functions/core/switch_project.sql
-- Makes a project the one that this transaction is for. Gives no access: it only narrows what is listed.

create or replace function core.switch_project(project_id uuid)
returns uuid
language plpgsql
volatile
security invoker -- a project that I cannot see, I cannot switch to
set search_path = pg_catalog, pg_temp
as $$
declare
    refusal core.error_codes;
begin
    if project_id is not null
        and not exists (select from core.scopes s where s.id = switch_project.project_id and s.level = 1)
    then
        -- Not core._refuse(), which whoever asks cannot call.
        select * into strict refusal from core.error_codes e where e.name = 'not_found';
        raise exception using
            errcode = refusal.code, message = format(refusal.message, 'project'), hint = refusal.hint;
    end if;
    perform set_config('app.current_project_id', coalesce(project_id::text, ''), true);
    return project_id;
end
$$;

comment on function core.switch_project(uuid) is 'Makes a project the one that this request is for.';

revoke execute on function core.switch_project(uuid) from public;
grant execute on function core.switch_project(uuid) to anon, authenticated, service_role;

-- From functions/core/tg__freeze_key.sql
-- Keys do not change: other rows, the audit log and the world outside refer to them.

create or replace function core.tg__freeze_key()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('key_frozen', tg_table_name);
    return null;
end
$$;

comment on function core.tg__freeze_key() is 'Refuses to change the columns it is attached to.';

revoke execute on function core.tg__freeze_key() from public;

-- From functions/core/tg__touch.sql
-- Keeps updated_at true, whoever writes.

create or replace function core.tg__touch()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

comment on function core.tg__touch() is 'Sets updated_at.';

revoke execute on function core.tg__touch() from public;

-- From functions/core/tg_membership_roles__check_role.sql
-- A role that needs a verified identity is not granted without one, and a retired role not at all. What counts is
-- when it was granted: merging two rows of one person takes over what they hold.

create or replace function core.tg_membership_roles__check_role()
returns trigger
language plpgsql
security definer -- reads roles and verifications whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    asked record;
begin
    select r.key, r.levels, r.requires_kyc, r.retired_at, m.level, m.person_id
    into asked
    from core.roles r, core.memberships m
    where r.tenant_id = new.tenant_id
        and r.id = new.role_id
        and m.tenant_id = new.tenant_id
        and m.id = new.membership_id;
    if not asked.level = any (asked.levels) then
        perform core._refuse('role_not_here', asked.key);
    end if;
    if asked.retired_at <= new.granted_at then
        perform core._refuse('role_retired', asked.key);
    end if;
    if asked.requires_kyc and not core.is_verified(asked.person_id, new.granted_at) then
        perform core._refuse('kyc_required', asked.key);
    end if;
    return new;
end
$$;

comment on function core.tg_membership_roles__check_role() is
    'Refuses a role at the wrong level, one that is retired, and one that needs a verified identity.';

revoke execute on function core.tg_membership_roles__check_role() from public;

-- From functions/core/tg_membership_roles__count_owners.sql
-- Granting or ending the owner's role on an active membership changes the number of owners.

create or replace function core.tg_membership_roles__count_owners()
returns trigger
language plpgsql
security definer -- reads memberships whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    role constant core.membership_roles := coalesce(new, old);
    membership core.memberships;
    was boolean := tg_op <> 'INSERT';
    is_now boolean := tg_op <> 'DELETE';
begin
    if not role.owns then
        return null;
    end if;
    -- Locked, so that a status that changes at the same time is counted once, here or there.
    select * into membership
    from core.memberships m
    where m.tenant_id = role.tenant_id and m.id = role.membership_id
    for no key update;
    if tg_op <> 'INSERT' then
        was := old.revoked_at is null and membership.status = 'active';
    end if;
    if tg_op <> 'DELETE' then
        is_now := new.revoked_at is null and membership.status = 'active';
        if new.revoked_at is null and lower(membership.valid_during) > now() then
            perform core._refuse('owner_from_now');
        end if;
    end if;
    perform core._count_owners(role.tenant_id, is_now::integer - was::integer);
    return null;
end
$$;

comment on function core.tg_membership_roles__count_owners() is 'Keeps the count of active owners.';

revoke execute on function core.tg_membership_roles__count_owners() from public;

-- From functions/core/tg_memberships__count_owners.sql
-- A membership that stops or starts being active takes or gives its organization an owner, if it owns. None is
-- deleted while it has roles, so that deleting changes nothing here.

create or replace function core.tg_memberships__count_owners()
returns trigger
language plpgsql
security definer -- reads roles whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    owns constant boolean := exists (
        select
        from core.membership_roles mr
        where mr.tenant_id = old.tenant_id
            and mr.membership_id = old.id
            and mr.owns
            and mr.revoked_at is null
    );
    was constant boolean := owns and old.status = 'active';
    is_now constant boolean := owns and new.status = 'active';
begin
    perform core._require_read_committed();
    if owns and lower(new.valid_during) > now() then
        perform core._refuse('owner_from_now');
    end if;
    if was <> is_now then
        perform core._count_owners(old.tenant_id, is_now::integer - was::integer);
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__count_owners() is 'Keeps the count of active owners.';

revoke execute on function core.tg_memberships__count_owners() from public;

-- From functions/core/tg_memberships__count_seats.sql
-- Active memberships take seats, in their scope and all above it that count them.

create or replace function core.tg_memberships__count_seats()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant boolean := tg_op <> 'INSERT' and old.status = 'active';
    is_now constant boolean := tg_op <> 'DELETE' and new.status = 'active';
    membership constant core.memberships := coalesce(new, old);
begin
    if was <> is_now then
        perform core._count_use(membership.scope_id, 'seats', case when is_now then 1 else -1 end);
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__count_seats() is 'Counts seats.';

revoke execute on function core.tg_memberships__count_seats() from public;

-- From functions/core/tg_memberships__tell.sql
-- The world outside hears of a membership that began, changed or ended: its id, and nothing about the person.

create or replace function core.tg_memberships__tell()
returns trigger
language plpgsql
security definer -- the outbox is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if tg_op = 'INSERT' or new.status <> old.status then
        perform ops._emit(
            new.tenant_id, new.scope_id, 'membership.' || new.status,
            jsonb_build_object('membership_id', new.id, 'person_id', new.person_id)
        );
    end if;
    return null;
end
$$;

comment on function core.tg_memberships__tell() is 'Tells the outbox of a membership.';

revoke execute on function core.tg_memberships__tell() from public;

-- From functions/core/tg_organizations__found.sql
-- An organization begins with its root scope and its own copy of the starting roles.

create or replace function core.tg_organizations__found()
returns trigger
language plpgsql
security definer -- whoever may insert an organization need not be able to write scopes and roles
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into core.scopes (tenant_id, id, kind, level, slug, name, created_by)
    values (new.id, new.id, 'organization', 0, new.slug, new.name, core.me());

    insert into core.roles (tenant_id, key, name, description, levels, requires_kyc)
    select new.id, t.key, t.name, t.description, t.levels, t.requires_kyc
    from core.role_templates t;

    insert into core.role_permissions (tenant_id, role_id, permission)
    select new.id, r.id, tp.permission
    from core.role_template_permissions tp
    join core.roles r on r.tenant_id = new.id and r.key = tp.role;

    return null;
end
$$;

comment on function core.tg_organizations__found() is
    'Gives a new organization its root scope and its roles.';

revoke execute on function core.tg_organizations__found() from public;

-- From functions/core/tg_scopes__keep_root.sql
-- The root scope lives as long as its organization.

create or replace function core.tg_scopes__keep_root()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('root_kept');
    return null;
end
$$;

comment on function core.tg_scopes__keep_root() is 'Refuses to delete the root scope.';

revoke execute on function core.tg_scopes__keep_root() from public;

-- From functions/core/tg_settings__check_value.sql
-- A setting has to fit its definition, and the level it is set at.

create or replace function core.tg_settings__check_value()
returns trigger
language plpgsql
security definer -- reads definitions and scopes whoever writes
set search_path = pg_catalog, pg_temp
as $$
declare
    definition core.setting_definitions;
    level smallint;
begin
    select * into definition from core.setting_definitions d where d.key = new.key;
    if not found then
        return new; -- the foreign key says so
    end if;
    select s.level into level from core.scopes s where s.tenant_id = new.tenant_id and s.id = new.scope_id;
    if not level = any (definition.levels) then
        perform core._refuse('setting_not_here', new.key);
    end if;
    if not core._setting_fits(
        new.value, definition.type, definition.choices, definition.minimum, definition.maximum
    ) then
        perform core._refuse('setting_misfit', new.key, definition.type::text);
    end if;
    return new;
end
$$;

comment on function core.tg_settings__check_value() is
    'Refuses a value that does not fit the definition of its setting.';

revoke execute on function core.tg_settings__check_value() from public;

-- From functions/core/unlink_identity.sql
-- I give up a login. The last one stays: without it I would lock myself out.

create or replace function core.unlink_identity(issuer text, subject text)
returns void
language plpgsql
volatile
security definer -- logins are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    others bigint;
begin
    perform core._require_read_committed();
    perform from core.people p where p.id = me for no key update;
    select count(*) into others
    from core.identities i
    where i.person_id = me
        and (i.issuer, i.subject) <> (unlink_identity.issuer, unlink_identity.subject);
    if others = 0 then
        perform core._refuse('last_identity');
    end if;
    delete from core.identities i
    where i.person_id = me
        and i.issuer = unlink_identity.issuer
        and i.subject = unlink_identity.subject;
    if not found then
        perform core._refuse('not_found', 'login');
    end if;
end
$$;

comment on function core.unlink_identity(text, text) is 'Gives up one of my logins; the last one stays.';

revoke execute on function core.unlink_identity(text, text) from public;
grant execute on function core.unlink_identity(text, text) to authenticated;

-- From functions/core/update_organization.sql
-- What an organization says of itself. What is null stays as it is.

create or replace function core.update_organization(
    organization_id uuid,
    name text default null,
    region text default null,
    jurisdiction text default null,
    data_location text default null
)
returns uuid
language plpgsql
volatile
security definer -- organizations are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('scope.manage', organization_id);
    update core.organizations o
    set
        name = coalesce(btrim(update_organization.name), o.name),
        region = coalesce(update_organization.region, o.region),
        jurisdiction = coalesce(update_organization.jurisdiction, o.jurisdiction),
        data_location = coalesce(update_organization.data_location, o.data_location)
    where o.id = update_organization.organization_id;
    if not found then
        perform core._refuse('not_found', 'organization');
    end if;
    update core.scopes s
    set name = btrim(update_organization.name)
    where s.tenant_id = organization_id and s.id = organization_id and update_organization.name is not null;
    return organization_id;
end
$$;

comment on function core.update_organization(uuid, text, text, text, text) is
    'Changes what an organization says of itself.';

revoke execute on function core.update_organization(uuid, text, text, text, text) from public;
grant execute on function core.update_organization(uuid, text, text, text, text) to authenticated;

-- From functions/core/update_profile.sql
-- How I, or someone I am the guardian of, want to be called and shown. What is null stays as it is.

create or replace function core.update_profile(
    person_id uuid,
    display_name text default null,
    handle text default null,
    bio text default null,
    avatar_url text default null,
    locale text default null,
    country_code text default null
)
returns uuid
language plpgsql
volatile
security definer -- people are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    if person_id is null or not core.acts_for(person_id) then
        perform core._refuse('not_yours', 'profile');
    end if;
    perform core._require_unerased(person_id);
    update core.people p
    set
        display_name = coalesce(btrim(update_profile.display_name), p.display_name),
        handle = coalesce(nullif(update_profile.handle, ''), case when update_profile.handle is null then p.handle end),
        bio = coalesce(update_profile.bio, p.bio),
        avatar_url = coalesce(
            nullif(update_profile.avatar_url, ''),
            case when update_profile.avatar_url is null then p.avatar_url end
        ),
        locale = coalesce(update_profile.locale, p.locale),
        country_code = coalesce(
            nullif(update_profile.country_code, ''),
            case when update_profile.country_code is null then p.country_code end
        )
    where p.id = update_profile.person_id;
    return person_id;
end
$$;

comment on function core.update_profile(uuid, text, text, text, text, text, text) is
    'Changes my profile, or that of someone I am the guardian of. Null leaves a value, empty text clears it.';

revoke execute on function core.update_profile(uuid, text, text, text, text, text, text) from public;
grant execute on function core.update_profile(uuid, text, text, text, text, text, text) to authenticated;

-- From functions/core/update_scope.sql
-- The name, description, slug and visibility of a project or place. What is null stays as it is.

create or replace function core.update_scope(
    scope_id uuid,
    name text default null,
    description text default null,
    slug text default null,
    visibility core.scope_visibility default null
)
returns uuid
language plpgsql
volatile
security definer -- scopes are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('scope.manage', scope_id);
    update core.scopes s
    set
        name = coalesce(btrim(update_scope.name), s.name),
        description = coalesce(update_scope.description, s.description),
        slug = coalesce(update_scope.slug, s.slug),
        visibility = coalesce(update_scope.visibility, s.visibility)
    where s.id = update_scope.scope_id;
    update core.organizations o
    set
        name = coalesce(btrim(update_scope.name), o.name),
        slug = coalesce(update_scope.slug, o.slug)
    where o.id = update_scope.scope_id and num_nonnulls(update_scope.name, update_scope.slug) > 0;
    return scope_id;
end
$$;

comment on function core.update_scope(uuid, text, text, text, core.scope_visibility) is
    'Changes the name, description, slug or visibility of a scope.';

revoke execute on function core.update_scope(uuid, text, text, text, core.scope_visibility) from public;
grant execute on function core.update_scope(uuid, text, text, text, core.scope_visibility) to authenticated;

-- From functions/core/verify_domain.sql
-- A server saw the text in DNS: from now on the host name leads to the project. One host, one project.

create or replace function core.verify_domain(host text, token text)
returns void
language plpgsql
volatile
security definer -- domains are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.project_domains d
    set verified_at = coalesce(d.verified_at, now())
    where d.host = lower(verify_domain.host) and d.verification_token = verify_domain.token;
    if not found then
        perform core._refuse('not_found', 'claim on that host');
    end if;
exception
    when unique_violation then
        perform core._refuse('host_taken', host);
end
$$;

comment on function core.verify_domain(text, text) is 'Records that a host name was verified.';

revoke execute on function core.verify_domain(text, text) from public;
grant execute on function core.verify_domain(text, text) to service_role;

-- From functions/core/verify_owners.sql
-- Recounts the owners of every organization. Empty when all is well.

create or replace function core.verify_owners()
returns table (tenant_id uuid, counted integer, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select o.id, c.owners, count(mr.id)
    from core.organizations o
    left join core.owner_counts c on c.tenant_id = o.id
    left join core.memberships m on m.tenant_id = o.id and m.scope_id = o.id and m.status = 'active'
    left join core.membership_roles mr
        on mr.tenant_id = m.tenant_id and mr.membership_id = m.id and mr.owns and mr.revoked_at is null
    group by o.id, c.owners
    having c.owners is distinct from nullif(count(mr.id), 0)
$$;

comment on function core.verify_owners() is
    'Organizations whose count of owners is wrong: none, when all is well.';

revoke execute on function core.verify_owners() from public;
grant execute on function core.verify_owners() to service_role, empathy_auditor;

-- From functions/core/verify_projects.sql
-- Recounts the projects of every organization. Empty when all is well.

create or replace function core.verify_projects()
returns table (tenant_id uuid, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select o.id, c.used, p.projects
    from core.organizations o
    cross join lateral core._used(o.id, o.id, 'projects') c (used)
    cross join lateral (
        select count(*) as projects
        from core.projects p
        where p.tenant_id = o.id
    ) p
    where c.used <> p.projects
$$;

comment on function core.verify_projects() is
    'Organizations whose count of projects is wrong: none, when all is well.';

revoke execute on function core.verify_projects() from public;
grant execute on function core.verify_projects() to service_role, empathy_auditor;

-- From functions/core/verify_seats.sql
-- Recounts the seats of every scope. Empty when all is well.

create or replace function core.verify_seats()
returns table (tenant_id uuid, scope_id uuid, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select s.tenant_id, s.id, c.used, m.seats
    from core.scopes s
    cross join lateral core._used(s.tenant_id, s.id, 'seats') c (used)
    cross join lateral (
        select count(*) as seats
        from core.memberships m
        join core.scopes b on b.tenant_id = m.tenant_id and b.id = m.scope_id
        where m.tenant_id = s.tenant_id
            and m.status = 'active'
            and s.id in (b.id, b.project_id, b.tenant_id)
    ) m
    where c.used <> m.seats
$$;

comment on function core.verify_seats() is 'Scopes whose count of seats is wrong: none, when all is well.';

revoke execute on function core.verify_seats() from public;
grant execute on function core.verify_seats() to service_role, empathy_auditor;

-- From functions/core/withdraw_appeal.sql
-- The person takes back their appeal.

create or replace function core.withdraw_appeal(appeal_id uuid)
returns void
language plpgsql
volatile
security definer -- appeals are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update core.sanction_appeals a
    set status = 'withdrawn'
    where a.id = withdraw_appeal.appeal_id and a.status = 'open' and core.acts_for(a.person_id);
    if not found then
        perform core._refuse('not_found', 'open appeal');
    end if;
end
$$;

comment on function core.withdraw_appeal(uuid) is 'Takes back an appeal.';

revoke execute on function core.withdraw_appeal(uuid) from public;
grant execute on function core.withdraw_appeal(uuid) to authenticated;

-- From functions/core/write_secret.sql
-- Keeps an email address, telephone number or legal name, encrypted with the person's own key. Null clears it.
-- An address is taken at its word by nobody, and so tells nothing of whose it is, until core.confirm_email() says so.

create or replace function core.write_secret(person_id uuid, field text, value text)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    if field is null or field not in ('email', 'phone', 'legal_name') then
        perform core._refuse('not_found', 'secret of that name');
    end if;
    if field = 'email' and value !~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then
        perform core._refuse('email_shape');
    end if;
    sealed := core._seal(convert_to(value, 'utf8'), core._person_key(person_id));
    insert into core.person_secrets as s (person_id, email, phone, legal_name)
    values (
        write_secret.person_id,
        case field when 'email' then sealed end,
        case field when 'phone' then sealed end,
        case field when 'legal_name' then sealed end
    )
    on conflict on constraint person_secrets_pkey do update
    set
        email = case field when 'email' then excluded.email else s.email end,
        phone = case field when 'phone' then excluded.phone else s.phone end,
        legal_name = case field when 'legal_name' then excluded.legal_name else s.legal_name end,
        -- The same address, written again, stays confirmed; another one has yet to be.
        email_index = case
            when field <> 'email' or s.email_index = core._blind_index(value) then s.email_index
        end;
end
$$;

comment on function core.write_secret(uuid, text, text) is
    'Keeps my email, phone or legal_name, encrypted with my own key; null clears it.';

revoke execute on function core.write_secret(uuid, text, text) from public;
grant execute on function core.write_secret(uuid, text, text) to empathy_keyholder;

-- From functions/ops/_column_classes.sql
-- What is said of columns by naming them in one of four lists.

create or replace function ops._column_classes(clear text[], personal text[], body text[], secret text[])
returns table (column_name text, pii ops.pii_class, audit ops.audit_class)
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select unnest(clear), 'none'::ops.pii_class, 'clear'::ops.audit_class
    union all
    select unnest(personal), 'personal', 'personal'
    union all
    select unnest(body), 'personal', 'body'
    union all
    select unnest(secret), 'secret', 'omitted'
$$;

comment on function ops._column_classes(text[], text[], text[], text[]) is
    'What is said of columns by naming them in one of four lists.';

revoke execute on function ops._column_classes(text[], text[], text[], text[]) from public;

-- From functions/ops/_emit.sql
-- Puts an event into the outbox, in the transaction that causes it: both happen, or neither.

create or replace function ops._emit(tenant_id uuid, scope_id uuid, topic text, payload jsonb)
returns void
language sql
volatile
security definer -- the outbox is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.outbox (tenant_id, scope_id, topic, body)
    values (_emit.tenant_id, _emit.scope_id, _emit.topic, convert_to(_emit.payload::text, 'utf8'))
$$;

comment on function ops._emit(uuid, uuid, text, jsonb) is 'Puts an event into the outbox.';

revoke execute on function ops._emit(uuid, uuid, text, jsonb) from public;

-- From functions/ops/_register_job.sql
-- Declares something that has to run by itself, and when. The worker reads this list; pg_cron or a person can, too.

create or replace function ops._register_job(name text, module text, call text, schedule text, description text)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.jobs (name, module, call, schedule, description)
    values (
        _register_job.name, _register_job.module, _register_job.call, _register_job.schedule, _register_job.description
    )
    on conflict on constraint jobs_pkey do update
    set
        module = excluded.module, call = excluded.call,
        schedule = excluded.schedule, description = excluded.description
$$;

comment on function ops._register_job(text, text, text, text, text) is
    'Declares a job: what to call, and when.';

revoke execute on function ops._register_job(text, text, text, text, text) from public;

-- From functions/ops/_register_table.sql
-- Declares what a table holds: whose it is, whether the audit log follows it, how long it is kept, and for every
-- column whether it says something about a person and how the log keeps it. Declaring again replaces what differs.

create or replace function ops._register_table(
    table_name text,
    tenancy ops.tenancy,
    retention text,
    clear text[] default '{}',
    personal text[] default '{}',
    body text[] default '{}',
    secret text[] default '{}',
    untracked_because text default null,
    untold_because text default null
)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into ops.table_classes as t (table_name, tenancy, retention, untracked_because, untold_because)
    values (
        _register_table.table_name, _register_table.tenancy,
        _register_table.retention, _register_table.untracked_because, _register_table.untold_because
    )
    on conflict on constraint table_classes_pkey do update
    set
        tenancy = excluded.tenancy, retention = excluded.retention,
        untracked_because = excluded.untracked_because, untold_because = excluded.untold_because
    where (t.tenancy, t.retention, t.untracked_because, t.untold_because)
        is distinct from (excluded.tenancy, excluded.retention, excluded.untracked_because, excluded.untold_because);

    delete from ops.column_classes c
    where c.table_name = _register_table.table_name
        and (c.column_name, c.pii, c.audit) not in (
            select d.column_name, d.pii, d.audit from ops._column_classes(clear, personal, body, secret) d
        );

    insert into ops.column_classes (table_name, column_name, pii, audit)
    select _register_table.table_name, d.column_name, d.pii, d.audit
    from ops._column_classes(clear, personal, body, secret) d
    where not exists (
        select
        from ops.column_classes c
        where c.table_name = _register_table.table_name
            and (c.column_name, c.pii, c.audit) = (d.column_name, d.pii, d.audit)
    )
$$;

comment on function ops._register_table(text, ops.tenancy, text, text[], text[], text[], text[], text, text) is
    'Declares what a table and each of its columns holds.';

revoke execute on function ops._register_table(
    text, ops.tenancy, text, text[], text[], text[], text[], text, text
) from public;

-- From functions/ops/cancel_export.sql
-- Takes back an export that has not been handed out yet.

create or replace function ops.cancel_export(export_id uuid)
returns void
language plpgsql
volatile
security definer -- exports are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    update ops.exports e
    set status = 'halted', halted_at = now(), reason = 'taken back'
    where e.id = cancel_export.export_id
        and e.status in ('queued', 'running')
        and core.acts_for(e.requested_by);
    if not found then
        perform core._refuse('not_found', 'export under way');
    end if;
end
$$;

comment on function ops.cancel_export(uuid) is 'Takes back an export that has not been handed out yet.';

revoke execute on function ops.cancel_export(uuid) from public;
grant execute on function ops.cancel_export(uuid) to authenticated;

-- From functions/ops/health.sql
-- How the database is, as far as it can tell by itself: one row for each thing it looked at, with what to do where
-- something is wrong. A note is worth reading and no fault. `empathy doctor` shows it.

create or replace function ops.health()
returns table (name text, level text, finding text, advice text)
language plpgsql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
declare
    recount record;
    wrong bigint;
begin
    -- Whatever is derived and has a verify function is recounted; modules add theirs by their name alone.
    for recount in
        select n.nspname as module, p.proname as function
        from pg_proc p
        join pg_namespace n on n.oid = p.pronamespace
        where n.nspname in (select m.module from core.platform_modules m)
            and p.proname ^@ 'verify_'
            and p.pronargs = 0
        order by n.nspname, p.proname
    loop
        execute format('select count(*) from %I.%I()', recount.module, recount.function) into wrong;
        name := format('%s.%s()', recount.module, recount.function);
        level := case wrong when 0 then 'ok' else 'wrong' end;
        finding := case wrong when 0 then 'nothing differs' else format('%s rows differ from a recount', wrong) end;
        advice := case wrong when 0 then '' else format('read them: select * from %s', name) end;
        return next;
    end loop;

    return query
    select
        'job ' || j.name,
        case
            when j.last_run_at is null then 'note'
            when j.last_run_at < now() - greatest(3 * e.period, interval '5 minutes') then 'wrong'
            else 'ok'
        end,
        coalesce('last ended well at ' || date_trunc('second', j.last_run_at)::text, 'has never run'),
        case
            when j.last_run_at is null or j.last_run_at < now() - greatest(3 * e.period, interval '5 minutes')
            then 'see that a worker runs, and read its log'
            else ''
        end
    from ops.jobs j
    cross join lateral (
        select case when j.schedule ^@ 'every ' then substr(j.schedule, length('every ') + 1)::interval end as period
    ) e
    where j.enabled
    order by j.name;

    return query
    select
        'rate counters',
        case when stale.n > 0 or c.relpersistence <> 'u' then 'wrong' else 'ok' end,
        case
            when c.relpersistence <> 'u' then 'core.rate_counters is a logged table: every request waits for the log'
            when stale.n > 0 then format('%s counts are older than an hour', stale.n)
            else 'only of the last minutes'
        end,
        case
            when c.relpersistence <> 'u' then 'alter table core.rate_counters set unlogged'
            when stale.n > 0 then 'see that the job forget_requests runs'
            else ''
        end
    from pg_class c
    cross join (select count(*) as n from core.rate_counters r where r.minute < now() - interval '1 hour') stale
    where c.oid = 'core.rate_counters'::regclass;

    return query select * from audit._health();
    return query select * from ops._health_of_roles();
    return query select * from ops._health_of_objects();
end
$$;

comment on function ops.health() is
    'How the database is, as far as it can tell by itself, and what to do where something is wrong.';

revoke execute on function ops.health() from public;
grant execute on function ops.health() to service_role, empathy_auditor;

-- Roles hold everything together; somebody with the right to may have changed them.
create or replace function ops._health_of_roles()
returns table (name text, level text, finding text, advice text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with expected (role, may_log_in) as (
        values
            ('anon', false), ('authenticated', false), ('service_role', false), ('authenticator', true),
            ('empathy_owner', false), ('empathy_auditor', false), ('empathy_keyholder', true)
    ),
    found as (
        select
            e.role,
            array_remove(
                array[
                    case when r.oid is null then 'does not exist' end,
                    case when r.rolsuper then 'is a superuser' end,
                    case when r.rolcreaterole then 'may create roles' end,
                    case when r.rolcreatedb then 'may create databases' end,
                    -- Supabase's service_role goes past policies; ours needs no such right.
                    case when r.rolbypassrls and e.role <> 'service_role' then 'goes past every policy' end,
                    case when r.rolcanlogin <> e.may_log_in then
                        case when e.may_log_in then 'cannot log in' else 'can log in' end
                    end,
                    case when r.rolinherit and e.role in ('authenticator', 'empathy_keyholder') then
                        'has the rights of its roles without becoming one'
                    end,
                    case when g.granted is not null then 'may become ' || g.granted end
                ],
                null
            ) as faults
        from expected e
        left join pg_roles r on r.rolname = e.role
        left join lateral (
            select string_agg(o.rolname, ', ' order by o.rolname) as granted
            from pg_auth_members m
            join pg_roles o on o.oid = m.roleid
            where m.member = r.oid
                -- Not whom authenticator serves, nor what Supabase grants besides to roles that are not ours.
                and (o.rolname ^@ 'empathy_' or e.role ^@ 'empathy_')
                -- Where the schema of extensions is somebody else's, the owner uses it as anon.
                and (e.role, o.rolname) <> ('empathy_owner', 'anon')
        ) g on true
    )
    select
        'role ' || f.role,
        case when f.faults = '{}' then 'ok' else 'wrong' end,
        case when f.faults = '{}' then 'as it should be' else array_to_string(f.faults, '; ') end,
        case when f.faults = '{}' then '' else 'schema/prerequisites.sql says how it should be' end
    from found f
    union all
    select
        'the keyholder''s silence',
        case when s.silent then 'ok' else 'note' end,
        case
            when s.silent then 'what it is given reaches no log'
            else 'what empathy_keyholder is given can reach the server''s log'
        end,
        case when s.silent then '' else 'have a superuser run schema/prerequisites.sql, or set the log off for it' end
    from (
        select exists (
            select
            from pg_db_role_setting d
            join pg_roles r on r.oid = d.setrole
            where r.rolname = 'empathy_keyholder'
                and d.setdatabase = 0
                and d.setconfig @> '{log_statement=none,log_parameter_max_length=0}'
        ) as silent
    ) s
$$;

comment on function ops._health_of_roles() is 'Whether the roles are as they should be.';

revoke execute on function ops._health_of_roles() from public;

-- The same sweeps as before a release, for what was changed by hand since.
create or replace function ops._health_of_objects()
returns table (name text, level text, finding text, advice text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with modules as (
        select n.oid, n.nspname from pg_namespace n where n.nspname in (select m.module from core.platform_modules m)
    ),
    faults (subject, fault, remedy) as (
        select 'row security', c.oid::regclass::text, 'alter table … enable row level security'
        from pg_class c
        join modules m on m.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relrowsecurity
        union all
        select 'owner', c.oid::regclass::text, 'alter … owner to empathy_owner'
        from pg_class c
        join modules m on m.oid = c.relnamespace
        where c.relkind in ('r', 'p', 'v', 'm', 'S') and pg_get_userbyid(c.relowner) <> 'empathy_owner'
        union all
        select 'owner', p.oid::regprocedure::text, 'alter function … owner to empathy_owner'
        from pg_proc p
        join modules m on m.oid = p.pronamespace
        where pg_get_userbyid(p.proowner) <> 'empathy_owner'
        union all
        select 'public execute', p.oid::regprocedure::text, 'revoke execute on function … from public'
        from pg_proc p
        join modules m on m.oid = p.pronamespace
        where has_function_privilege('public', p.oid, 'execute')
        union all
        select 'triggers', t.tgrelid::regclass::text || '.' || t.tgname, 'alter table … enable trigger …'
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join modules m on m.oid = c.relnamespace
        where t.tgenabled = 'D'
    )
    select
        s.subject,
        case when count(f.fault) = 0 then 'ok' else 'wrong' end,
        case
            when count(f.fault) = 0 then s.well
            else s.ill || ': ' || string_agg(f.fault, ', ' order by f.fault)
        end,
        coalesce(min(f.remedy), '')
    from (
        values
            ('row security', 'on for every table', 'off for'),
            ('owner', 'everything belongs to empathy_owner', 'not owned by empathy_owner'),
            ('public execute', 'nothing is for everybody to call', 'everybody may call'),
            ('triggers', 'none is switched off', 'switched off')
    ) as s (subject, well, ill)
    left join faults f on f.subject = s.subject
    group by s.subject, s.well, s.ill
    order by s.subject
$$;

comment on function ops._health_of_objects() is 'Whether tables, functions and triggers are as they were made.';

revoke execute on function ops._health_of_objects() from public;

-- From functions/ops/impose_hold.sql
-- A legal hold: what it covers is neither deleted nor moved until it is released.

create or replace function ops.impose_hold(
    scope_id uuid,
    reason text,
    person_id uuid default null,
    applies_to text default 'all'
)
returns uuid
language plpgsql
volatile
security definer -- holds are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    hold_id uuid;
begin
    perform core._require('hold.manage', scope_id);
    insert into ops.legal_holds (tenant_id, scope_id, person_id, applies_to, reason, imposed_by)
    select
        s.tenant_id, s.id, impose_hold.person_id, impose_hold.applies_to, impose_hold.reason, core.me()
    from core.scopes s
    where s.id = impose_hold.scope_id
        and (impose_hold.person_id is null or core._knows(s.tenant_id, impose_hold.person_id))
    returning id into hold_id;
    if hold_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    return hold_id;
end
$$;

comment on function ops.impose_hold(uuid, text, uuid, text) is
    'Puts a legal hold on a scope, or on one person''s data in it, and returns its id.';

revoke execute on function ops.impose_hold(uuid, text, uuid, text) from public;
grant execute on function ops.impose_hold(uuid, text, uuid, text) to authenticated;

-- From functions/ops/is_held.sql
-- Whether a legal hold covers a person anywhere, or a scope (also through one above it), for what it applies to.

create or replace function ops.is_held(scope_id uuid, person_id uuid default null, applies_to text default 'all')
returns boolean
language sql
stable
security definer -- holds are not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from ops.legal_holds h
        where h.released_at is null
            and (h.applies_to = 'all' or h.applies_to = is_held.applies_to)
            and (
                -- Also through a row that turned out to be the same person.
                exists (
                    select
                    from core.people p
                    where p.id = h.person_id and is_held.person_id in (p.id, p.merged_into)
                )
                or (
                    h.person_id is null
                    and exists (
                        select
                        from core.scopes s
                        where s.id = is_held.scope_id
                            and s.tenant_id = h.tenant_id
                            and h.scope_id in (s.id, s.project_id, s.tenant_id)
                    )
                )
            )
    )
$$;

comment on function ops.is_held(uuid, uuid, text) is 'Whether a legal hold covers a person or a scope.';

revoke execute on function ops.is_held(uuid, uuid, text) from public;
grant execute on function ops.is_held(uuid, uuid, text) to service_role;

-- From functions/ops/release_hold.sql
-- Releases a legal hold.

create or replace function ops.release_hold(hold_id uuid)
returns void
language plpgsql
volatile
security definer -- holds are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    hold ops.legal_holds;
begin
    select * into hold from ops.legal_holds h where h.id = release_hold.hold_id for no key update;
    perform core._require('hold.manage', hold.scope_id);
    update ops.legal_holds h
    set released_at = now(), released_by = core.me()
    where h.tenant_id = hold.tenant_id and h.id = hold.id and h.released_at is null;
end
$$;

comment on function ops.release_hold(uuid) is 'Releases a legal hold.';

revoke execute on function ops.release_hold(uuid) from public;
grant execute on function ops.release_hold(uuid) to authenticated;

-- From functions/ops/request_export.sql
-- Asks for what is mine, or for what a scope holds, to be handed out. What runs the export reads this row.

create or replace function ops.request_export(
    scope_id uuid,
    format text default 'json',
    person_id uuid default null,
    channel text default null
)
returns uuid
language plpgsql
volatile
security definer -- exports are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_me();
    export_id uuid;
begin
    if person_id is not null then
        if not core.acts_for(person_id) then
            perform core._refuse('not_yours', 'data');
        end if;
        if not exists (
            select
            from core.memberships m
            where m.scope_id = request_export.scope_id and m.person_id = request_export.person_id
        ) then
            perform core._refuse('not_found', 'scope');
        end if;
    else
        perform core._require('export.run', scope_id);
    end if;
    insert into ops.exports (tenant_id, scope_id, person_id, requested_by, format, channel)
    select
        s.tenant_id, s.id, request_export.person_id, me, request_export.format, request_export.channel
    from core.scopes s
    where s.id = request_export.scope_id
    returning id into export_id;
    return export_id;
end
$$;

comment on function ops.request_export(uuid, text, uuid, text) is
    'Asks for my own data in a scope, or for all that a scope holds, and returns the id of the export.';

revoke execute on function ops.request_export(uuid, text, uuid, text) from public;
grant execute on function ops.request_export(uuid, text, uuid, text) to authenticated;

-- From functions/ops/run_job.sql
-- Runs a registered job and returns what it says. Only what is registered can be called.

create or replace function ops.run_job(name text)
returns text
language plpgsql
volatile
security definer -- jobs are the platform's own work
set search_path = pg_catalog, pg_temp
as $$
declare
    call text;
    outcome text;
begin
    -- One at a time: a second worker that comes to the same job leaves it to the first.
    if not pg_try_advisory_xact_lock(hashtextextended('ops.run_job ' || run_job.name, 0)) then
        return 'running elsewhere';
    end if;
    select j.call into call from ops.jobs j where j.name = run_job.name and j.enabled;
    if call is null then
        perform core._refuse('not_found', 'job');
    end if;
    execute format('select %s::text', call) into outcome;
    update ops.jobs j set last_run_at = clock_timestamp(), last_outcome = outcome where j.name = run_job.name;
    return outcome;
end
$$;

comment on function ops.run_job(text) is 'Runs a registered job and returns what it says.';

revoke execute on function ops.run_job(text) from public;
grant execute on function ops.run_job(text) to service_role;

-- From functions/audit/_append.sql
-- Appends leaves, 32 bytes each, to a tree of which only the peaks are kept: peaks[h + 1] is the root of the complete
-- subtree of 2^h leaves that the binary digits of the size call for, null where the digit is 0. Answers the peaks, and
-- the subtrees of 256^k leaves that came about: for each such height, the index of the first and their hashes.

create or replace function audit._append(
    size bigint,
    leaves bytea,
    inout peaks bytea[],
    out heights integer[],
    out first_indexes bigint[],
    out hashes bytea[]
)
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
declare
    line bytea := leaves;
    length integer := octet_length(leaves) / 32;
    first bigint := size; -- the index of the first hash of the line, among all of its height
    height integer := 0;
begin
    while length > 0 loop
        if height > 0 and height % 8 = 0 then
            heights := heights || height;
            first_indexes := first_indexes || first;
            hashes := hashes || line;
        end if;
        if first % 2 = 1 then
            line := peaks[height + 1] || line;
            first := first - 1;
            length := length + 1;
        end if;
        peaks[height + 1] := case when length % 2 = 1 then substr(line, length * 32 - 31, 32) end;
        if length < 4 then
            line := case when length >= 2 then sha256('\x01'::bytea || substr(line, 1, 64)) else '' end;
        else
            select string_agg(sha256('\x01'::bytea || substr(line, i * 64 + 1, 64)), '')
            into line
            from generate_series(0, length / 2 - 1) i;
        end if;
        length := length / 2;
        first := first / 2;
        height := height + 1;
    end loop;
end
$$;

comment on function audit._append(bigint, bytea, bytea[]) is
    'Appends leaves to a tree of which only the peaks are kept.';

revoke execute on function audit._append(bigint, bytea, bytea[]) from public;

-- From functions/audit/_attach.sql
-- Makes the log follow a table: writes its capture function from the registry, hangs it on the table and on its
-- partitions, and notes the rows that are there already. The function is written, not general: a statement known
-- beforehand is planned once, and costs what it must. Done again, it changes only what has to change; where a column
-- that was there has another type now, every row is noted once more, as the log sees it from now on.

create or replace function audit._attach(table_name text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
-- As the functions that it writes: it notes rows, too.
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set client_encoding = 'UTF8'
as $$
declare
    function_name constant text := 'tg_' || replace(table_name, '.', '_') || '__capture';
    settings constant text := audit._settings(table_name);
    shape constant text := audit._shape(table_name);
    body constant text := format(
        $body$
-- %s
%s
declare
    c constant record := audit._context();
begin
    if tg_op = 'INSERT' then%s
    elsif tg_op = 'UPDATE' then%s
    elsif tg_op = 'DELETE' then%s
    else -- of a partition, its own rows
        execute format(%L, tg_relid::regclass);
    end if;
    return null;
end
$body$,
        settings, -- so that the text tells whether they are the same
        shape,
        audit._capture_statement(table_name, 'I', 'new_rows'),
        audit._capture_statement(table_name, 'U', 'new_rows'),
        audit._capture_statement(table_name, 'D', 'old_rows'),
        audit._capture_statement(table_name, 'T', 'only %s')
    );
    before text;
    capture record;
begin
    select p.prosrc into before
    from pg_proc p
    where p.pronamespace = 'audit'::regnamespace and p.proname = function_name;

    if before is distinct from body then
        -- Nobody writes between the old way of seeing a row and the new one.
        execute format('lock table %s in share row exclusive mode', table_name);
        -- Images are stored as they were written: no setting of a session may decide how.
        execute format(
            $function$
                create or replace function audit.%I()
                returns trigger
                language plpgsql
                security definer -- nobody may write the log
                %s
                as %L
            $function$,
            function_name, settings, body
        );
        execute format('revoke execute on function audit.%I() from public', function_name);
        execute format(
            'comment on function audit.%I() is %L',
            function_name, 'Writes what happens to rows of ' || table_name || ' into the log.'
        );
        if before is null
            or exists (
                select
                from regexp_matches(before, '^-- (\w+): (.*)$', 'gn') was
                full join regexp_matches(shape, '^-- (\w+): (.*)$', 'gn') became on became[1] = was[1]
                where became[2] <> was[2]
                    -- One hash stands for all such columns.
                    or (became[2] is null or was[2] is null) and concat(became[2], was[2]) ~ ' by its hash alone$'
            )
        then
            execute audit._capture_statement(table_name, 'S', table_name);
        end if;
    end if;

    -- What is known by its key keeps it.
    if not exists (
        select
        from pg_trigger t
        where t.tgrelid = _attach.table_name::regclass
            and t.tgfoid = 'core.tg__freeze_key()'::regprocedure
            and t.tgattr::smallint[] @> (
                select i.indkey::smallint[] from pg_index i where i.indrelid = t.tgrelid and i.indisprimary
            )
    ) then
        execute format(
            'create or replace trigger _011_freeze_key before update of %s on %s '
            'for each row execute function core.tg__freeze_key()',
            (select string_agg(quote_ident(k), ', ') from unnest(audit._key_columns(table_name)) k), table_name
        );
    end if;

    -- A statement on a partition fires the partition's triggers, one on the table the table's.
    for capture in
        select r.relation, captures.*
        from (
            values
                ('insert', 'after', 'referencing new table as new_rows'),
                ('update', 'after', 'referencing new table as new_rows'),
                ('delete', 'after', 'referencing old table as old_rows'),
                ('truncate', 'before', '')
        ) as captures (event, moment, rows)
        cross join (
            select _attach.table_name::regclass
            union
            select p.relid from pg_partition_tree(_attach.table_name::regclass) p
        ) as r (relation)
        where not exists (
            select
            from pg_trigger t
            where t.tgrelid = r.relation and t.tgname = '_900_capture_' || captures.event and t.tgenabled = 'A'
        )
    loop
        execute format(
            'create or replace trigger _900_capture_%1$s %2$s %1$s on %3$s %4$s '
            'for each statement execute function audit.%5$I()',
            capture.event, capture.moment, capture.relation, capture.rows, function_name
        );
        execute format(
            'alter table %s enable always trigger _900_capture_%s', capture.relation, capture.event
        );
    end loop;
end
$$;

comment on function audit._attach(text) is 'Makes the log follow a table.';

revoke execute on function audit._attach(text) from public;

-- From functions/audit/_block_hash.sql
-- What a block commits to, as one hash over the binary form of the record.

create or replace function audit._block_hash(
    tenant_id uuid,
    number bigint,
    size bigint,
    root bytea,
    sealed_at timestamptz,
    next_xid xid8,
    previous_hash bytea
)
returns bytea
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select sha256('\x02'::bytea || record_send(row(tenant_id, number, size, root, sealed_at, next_xid, previous_hash)))
$$;

comment on function audit._block_hash(uuid, bigint, bigint, bytea, timestamptz, xid8, bytea) is 'The hash of a block.';

revoke execute on function audit._block_hash(uuid, bigint, bigint, bytea, timestamptz, xid8, bytea) from public;

-- From functions/audit/_body.sql
-- The expression that gives the columns of a row n which the log commits to without keeping them, as bytes.

create or replace function audit._body(columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        'record_send(row('
        || (select string_agg(format('n.%I', c), ', ' order by o) from unnest(columns) with ordinality u (c, o))
        || '))',
        'null::bytea'
    )
$$;

comment on function audit._body(text[]) is 'The expression that gives columns of a row as bytes.';

revoke execute on function audit._body(text[]) from public;

-- From functions/audit/_capture_statement.sql
-- The statement that writes the changes of one kind: for each of these rows, one. Of a row that went only the key is
-- kept; what it was, the change before says. What is the same for all of them comes from c, which a capture function
-- has at hand; a statement that stands alone brings it along. A clock that is set back does not let a change be older
-- than what was sealed before it. The era is read where the change is written: whoever begins a new one waits for the
-- statements that write, and those that come after have to see it.

create or replace function audit._capture_statement(table_name text, operation "char", rows text)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen record;
    gone constant boolean := operation in ('D', 'T');
    personal text;
    body text;
begin
    select * into seen from audit._portrait(table_name);
    personal := case when gone then seen.personal_key else seen.personal end;
    body := case when gone then 'null::bytea' else seen.body end;
    return format(
        $statement$
        insert into audit.changes (
            tenant_id, recorded_at, era, actor, role, session_role, flags, request_id, table_name, operation,
            key, clear, personal_key, personal, salt, personal_commitment, body_commitment, subjects
        )
        select
            q.tenant_id, greatest(clock_timestamp(), p.sealed_at), p.era,
            c.actor, c.role, c.session_role, c.flags, c.request_id,
            %1$L, %2$L,
            q.key, q.clear, q.personal_key, q.personal, q.salt,
            sha256(q.salt || convert_to(q.personal, 'utf8')), sha256(q.salt || q.body), q.subjects
        from %12$s(
            select
                %3$s as tenant_id,
                %4$s as key,
                %5$s as clear,
                %6$s as personal_key,
                %7$s as personal,
                %8$s as body,
                %9$s as salt,
                %10$s as subjects
            from %11$s n%13$s
        ) q
        left join audit.progress p on true; -- were it gone, a write must fail, not go unnoticed
        $statement$,
        table_name, operation,
        seen.tenant_id, seen.key, case when gone then 'null::text' else seen.clear end, seen.personal_key,
        personal, body,
        case
            when personal = 'null::text' and body = 'null::bytea' then 'null::bytea'
            else 'uuid_send(gen_random_uuid())'
        end,
        seen.subjects, rows,
        case when operation in ('S', 'T') then 'audit._context() c cross join ' else '' end,
        seen.gathered
    );
end
$$;

comment on function audit._capture_statement(text, "char", text) is
    'The statement that writes the changes of one kind.';

revoke execute on function audit._capture_statement(text, "char", text) from public;

-- From functions/audit/_columns.sql
-- The columns of a table that the log keeps in a given way, in the order of the table.

create or replace function audit._columns(table_name text, kept ops.audit_class)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(array_agg(a.attname::text order by a.attnum), '{}')
    from ops.column_classes c
    join pg_attribute a
        on a.attrelid = _columns.table_name::regclass and a.attname = c.column_name and not a.attisdropped
        and a.attgenerated <> 'v' -- computed when it is read: no trigger sees it
    where c.table_name = _columns.table_name and c.audit = kept
$$;

comment on function audit._columns(text, ops.audit_class) is
    'The columns of a table that the log keeps in a given way.';

revoke execute on function audit._columns(text, ops.audit_class) from public;

-- From functions/audit/_context.sql
-- What is the same for every change of a statement: who, as what, by which way, on behalf of which request.
-- Attested: the session is the API server's, which verified a token; anybody else could have claimed to be anyone.

create or replace function audit._context(
    out actor uuid,
    out role text,
    out session_role text,
    out flags smallint,
    out request_id text
)
language plpgsql -- its plan is kept from one statement to the next
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    actor := core.me();
    session_role := session_user;
    role := coalesce(nullif(current_setting('role', true), 'none'), session_role);
    flags := (session_role in ('authenticator', 'empathy_keyholder'))::integer
        + 2 * (current_setting('session_replication_role') = 'replica')::integer;
    request_id := nullif(current_setting('app.request_id', true), '');
end
$$;

comment on function audit._context() is 'What is the same for every change of a statement.';

revoke execute on function audit._context() from public;

-- From functions/audit/_due.sql
-- The changes to be sealed now: those of these transactions; or, without a bound, whatever of eras until this one was
-- never sealed. Transaction ids come as text: the generator of the API knows no other form of them.

create or replace function audit._due(era integer, from_xid text, before_xid text)
returns table (tenant_id uuid, seq bigint, recorded_at timestamptz, leaf bytea)
language plpgsql -- its plans are kept from one call to the next
stable
rows 1000
set search_path = pg_catalog, pg_temp
as $$
begin
    if before_xid is not null then
        return query
        select c.tenant_id, c.seq, c.recorded_at, c.leaf
        from audit.hashed_changes c
        where c.era = _due.era and c.xid >= from_xid::xid8 and c.xid < before_xid::xid8;
    else
        return query
        select c.tenant_id, c.seq, c.recorded_at, c.leaf
        from audit.hashed_changes c
        where c.era <= _due.era
            and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq);
    end if;
end
$$;

comment on function audit._due(integer, text, text) is 'The changes to be sealed now.';

revoke execute on function audit._due(integer, text, text) from public;

-- From functions/audit/_erase_people.sql
-- Empties every change about these people of what is personal, under orders that the log keeps. Commitments and leaves
-- stay, so every proof still holds. What is still the newest word on a row that has to stay as evidence (a sanction, a
-- verification) stays with it, and goes when the row goes. Returns how many changes were emptied.

create or replace function audit._erase_people(people uuid[], reason text)
returns bigint
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    emptied bigint;
begin
    -- One at a time: two who empty the same change would both have ordered it.
    perform pg_advisory_xact_lock(hashtextextended('audit._erase_people', 0));
    with about as (
        select
            c.tenant_id, c.seq, c.recorded_at, row_number() over (partition by c.tenant_id order by c.seq) - 1 as nth
        from audit.changes c
        where c.subjects && people
            and not (
                c.table_name in (select k.table_name from ops.table_classes k where k.retention = 'security')
                and c.operation not in ('D', 'T')
                and not exists (
                    select
                    from audit.changes later
                    where later.tenant_id = c.tenant_id
                        and later.table_name = c.table_name
                        and coalesce(later.key, later.personal_key) = coalesce(c.key, c.personal_key)
                        and later.seq > c.seq
                )
            )
    ),
    ordered as (
        insert into audit.erasure_orders (tenant_id, ordered_by, reason, seqs)
        select a.tenant_id, core.me(), _erase_people.reason, array_agg(a.seq order by a.seq)
        from about a
        group by a.tenant_id, a.nth / 10000
        returning tenant_id, id, seqs
    )
    update audit.changes c
    set personal_key = null, personal = null, salt = null, subjects = null, erased_under = o.id
    from about a
    join (select tenant_id, id, unnest(seqs) as seq from ordered) o on o.tenant_id = a.tenant_id and o.seq = a.seq
    where c.tenant_id = a.tenant_id and c.seq = a.seq and c.recorded_at = a.recorded_at;
    get diagnostics emptied = row_count;

    update audit.activity a
    set person_id = null, ip = null, user_agent = null
    where a.person_id = any (people);
    return emptied;
end
$$;

comment on function audit._erase_people(uuid[], text) is 'Empties every change about these people of what is personal.';

revoke execute on function audit._erase_people(uuid[], text) from public;

-- From functions/audit/_first_seq.sql
-- From which number on the changes are that a log took in after it had a size; null when there are none.

create or replace function audit._first_seq(tenant_id uuid, since bigint)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when since = 0 then -9223372036854775808
        else (
            select min(later.seq)
            from (
                select l.seq
                from audit.leaves l
                where l.tenant_id = _first_seq.tenant_id and l.position >= since
                offset 0 -- by position; not by seq, through all that came before
            ) later
        )
    end
$$;

comment on function audit._first_seq(uuid, bigint) is
    'From which number on the changes are that a log took in after it had a size.';

revoke execute on function audit._first_seq(uuid, bigint) from public;

-- From functions/audit/_gathered.sql
-- What stands behind a row n so that _image() finds columns of it, gathered under a name.

create or replace function audit._gathered(name text, columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        ' cross join lateral (select '
        || (select string_agg(format('n.%I', c), ', ' order by o) from unnest(columns) with ordinality u (c, o))
        || ') ' || name,
        ''
    )
$$;

comment on function audit._gathered(text, text[]) is 'What stands behind a row so that columns of it have a name.';

revoke execute on function audit._gathered(text, text[]) from public;

-- From functions/audit/_health.sql
-- How the log is: whether it is sealed in time, whether the coming months are there, whether what it stands on is as
-- a migration left it. ops.health() tells it with the rest.

create or replace function audit._health()
returns table (name text, level text, finding text, advice text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    progress audit.progress;
    waiting interval;
    ahead integer;
    strays boolean;
    altered bigint;
    touched bigint;
begin
    select * into progress from audit.progress;
    select clock_timestamp() - min(c.recorded_at) into waiting
    from audit.changes c
    where c.era = progress.era and c.xid >= progress.sealed_below;

    name := 'sealing of the log';
    if pg_snapshot_xmax(pg_current_snapshot()) < progress.sealed_below then
        level := 'wrong';
        finding := 'transactions are numbered anew, as after a dump is restored: nothing is sealed any more';
        advice := 'select audit.begin_era(''restored'', …): docs/audit-for-auditors.md';
    elsif waiting > interval '5 minutes' then
        level := 'wrong';
        finding := format('a change has waited for %s', date_trunc('second', waiting));
        advice := 'see that the job seal_log runs; look for old transactions in pg_stat_activity and pg_prepared_xacts';
    else
        level := 'ok';
        finding := coalesce('a change waits since ' || date_trunc('second', waiting), 'nothing waits');
        advice := '';
    end if;
    return next;

    select count(*) into ahead
    from pg_inherits i
    join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'audit.changes'::regclass
        and c.relname > to_char(now() at time zone 'UTC', '"changes_"YYYY_MM')
        and c.relname <> 'changes_default';
    select exists (select from audit.changes_default) or exists (select from audit.activity_default) into strays;
    name := 'months of the log';
    level := case when ahead = 0 then 'wrong' when strays then 'note' else 'ok' end;
    finding := format('%s months ahead are there', ahead)
        || case when strays then '; some rows have none' else '' end;
    advice := case level when 'ok' then '' else 'see that the job make_months runs, or call audit.make_months()' end;
    return next;

    select count(*) filter (where s.finding <> 'safeguard_touched'), count(*) into altered, touched
    from audit._verify_safeguards() s;
    name := 'what the log stands on';
    level := case when altered > 0 then 'wrong' when touched > 0 then 'note' else 'ok' end;
    finding := case
        when altered > 0 then format('%s things are not as a migration left them', altered)
        when touched > 0 then format('%s things were written again since a migration, and are the same', touched)
        else 'as a migration left it'
    end;
    advice := case level when 'ok' then '' else 'select * from audit.verify(audit.platform())' end;
    return next;
end
$$;

comment on function audit._health() is 'How the log is.';

revoke execute on function audit._health() from public;

-- From functions/audit/_image.sql
-- The expression that gives the columns which _gathered() gathered under a name as one line of JSON; null when there
-- are none. A subquery in place of the expression would be set up anew for every statement, and entered for every row.

create or replace function audit._image(name text, columns text[])
returns text
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case when cardinality(columns) > 0 then 'row_to_json(' || name || ')::text' else 'null::text' end
$$;

comment on function audit._image(text, text[]) is 'The expression that gives columns of a row as one line of JSON.';

revoke execute on function audit._image(text, text[]) from public;

-- From functions/audit/_key_columns.sql
-- The columns of a table's primary key, in its order.

create or replace function audit._key_columns(table_name text)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select array_agg(a.attname::text order by k.position)
    from pg_index i
    cross join lateral unnest(i.indkey::smallint[]) with ordinality k (attnum, position)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = _key_columns.table_name::regclass and i.indisprimary
$$;

comment on function audit._key_columns(text) is 'The columns of a table''s primary key, in its order.';

revoke execute on function audit._key_columns(text) from public;

-- From functions/audit/_key_text.sql
-- The primary key of a row as the log writes it, from any JSON that holds it.

create or replace function audit._key_text(table_name text, key jsonb)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select '{' || string_agg(to_json(k.name)::text || ':' || (_key_text.key -> k.name)::text, ',' order by k.nth) || '}'
    from unnest(audit._key_columns(_key_text.table_name)) with ordinality k (name, nth)
$$;

comment on function audit._key_text(text, jsonb) is 'The primary key of a row as the log writes it.';

revoke execute on function audit._key_text(text, jsonb) from public;

-- From functions/audit/_left_leaves.sql
-- How many leaves the left subtree of a tree has: the greatest power of two below their number (RFC 6962, 2.1).

create or replace function audit._left_leaves(leaves bigint)
returns bigint
language plpgsql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
declare
    half bigint := 1;
begin
    while half * 2 < leaves loop
        half := half * 2;
    end loop;
    return half;
end
$$;

comment on function audit._left_leaves(bigint) is 'How many leaves the left subtree of a tree has.';

revoke execute on function audit._left_leaves(bigint) from public;

-- From functions/audit/_make_month.sql
-- Makes one month's partition of a table. Nobody is granted anything on it: it is read through its table.
-- What already lies in the default partition for that month would stand in the way, so it is moved.

create or replace function audit._make_month(name text, clock text, month timestamptz)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
as $$
declare
    partition constant text := format('audit.%s_%s', name, to_char(month, 'YYYY_MM'));
    following constant timestamptz := month + interval '1 month';
    stray boolean;
begin
    execute format(
        'create table %s (like audit.%I including defaults including constraints)', partition, name
    );
    execute format('select exists (select from audit.%I_default where %I >= $1 and %2$I < $2)', name, clock)
    into stray using month, following;
    if stray then
        execute format('lock table audit.%I in access exclusive mode', name);
        alter table audit.changes_default disable trigger _010_erase_only;
        execute format(
            'with moved as (delete from audit.%1$I_default where %2$I >= $1 and %2$I < $2 returning *) '
            'insert into %3$s select * from moved',
            name, clock, partition
        ) using month, following;
        alter table audit.changes_default enable always trigger _010_erase_only;
    end if;
    execute format('alter table %s enable row level security', partition);
    execute format(
        'comment on table %s is %L', partition, to_char(month, 'FMMonth YYYY') || ' of audit.' || name || '.'
    );
    execute format(
        'alter table audit.%I attach partition %s for values from (%L) to (%L)', name, partition, month, following
    );
    if name = 'changes' then
        execute format(
            'create trigger _020_append_only before truncate on %s '
            'for each statement execute function audit.tg__append_only()',
            partition
        );
        execute format('alter table %s enable always trigger _020_append_only', partition);
    end if;
end
$$;

comment on function audit._make_month(text, text, timestamptz) is 'Makes one month''s partition of a table.';

revoke execute on function audit._make_month(text, text, timestamptz) from public;

-- From functions/audit/_microseconds.sql
-- An instant as Postgres keeps it: microseconds since the year 2000 began in UTC.

create or replace function audit._microseconds(instant timestamptz)
returns bigint
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select ('x' || encode(timestamptz_send(instant), 'hex'))::bit(64)::bigint
$$;

comment on function audit._microseconds(timestamptz) is 'An instant as microseconds since the year 2000.';

revoke execute on function audit._microseconds(timestamptz) from public;

-- From functions/audit/_peaks.sql
-- The peaks of a log's tree when it had this size: the roots of its complete subtrees, by height.

create or replace function audit._peaks(tenant_id uuid, size bigint)
returns bytea[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    peaks bytea[] := '{}'::bytea[];
    here bigint := 0;
begin
    for height in reverse 62 .. 0 loop
        if size & (1::bigint << height) <> 0 then
            if here = 0 then
                peaks := array_fill(null::bytea, array[height + 1]);
            end if;
            peaks[height + 1] := audit._subtree(tenant_id, here, here + (1::bigint << height));
            here := here + (1::bigint << height);
        end if;
    end loop;
    return peaks;
end
$$;

comment on function audit._peaks(uuid, bigint) is 'The peaks of a log''s tree when it had this size.';

revoke execute on function audit._peaks(uuid, bigint) from public;

-- From functions/audit/_portrait.sql
-- How the log sees a table: the expressions that give, for a row n of it, whose log it belongs to, its key, what is
-- kept in clear, what is personal, what is only committed to, and whom it is about; and what has to stand behind n for
-- them. Capture writes by them, and verification compares by them.

create or replace function audit._portrait(
    table_name text,
    out tenant_id text,
    out key text,
    out clear text,
    out personal_key text,
    out personal text,
    out body text,
    out subjects text,
    out gathered text
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    target constant regclass := _portrait.table_name::regclass;
    key_columns constant text[] := audit._key_columns(_portrait.table_name);
    clear_columns constant text[] := audit._columns(_portrait.table_name, 'clear');
    personal_columns constant text[] := audit._columns(_portrait.table_name, 'personal');
begin
    tenant_id := case
        when _portrait.table_name = 'core.organizations' then 'n.id'
        when exists (
            select from pg_attribute a where a.attrelid = target and a.attname = 'tenant_id' and not a.attisdropped
        ) then 'coalesce(n.tenant_id, audit.platform())'
        when exists (
            select
            from pg_attribute a
            where a.attrelid = target and a.attname = 'organization_id' and not a.attisdropped
        ) then 'coalesce(n.organization_id, audit.platform())'
        else 'audit.platform()'
    end;
    clear := audit._image('clear_part', clear_columns);
    personal := audit._image('personal_part', personal_columns);
    body := audit._body(audit._columns(_portrait.table_name, 'body'));
    if key_columns && personal_columns then
        key := 'null::text';
        personal_key := audit._image('key_part', key_columns);
    else
        key := audit._image('key_part', key_columns);
        personal_key := 'null::text';
    end if;

    gathered := audit._gathered('key_part', key_columns)
        || audit._gathered('clear_part', clear_columns)
        || audit._gathered('personal_part', personal_columns);

    -- Whom a row is about, and not who acted: somebody who is erased takes nobody else's images along. A column refers
    -- to a person also through the key of another table that does; what hangs on a membership is about its member.
    with recursive refers (relation, attnum) as (
        select a.attrelid, a.attnum
        from pg_attribute a
        where a.attrelid = 'core.people'::regclass and a.attname = 'id'
        union
        select c.conrelid, k.attnum
        from refers r
        join pg_constraint c on c.contype = 'f' and c.confrelid = r.relation
        cross join lateral unnest(c.conkey, c.confkey) k (attnum, referred)
        where k.referred = r.attnum
    )
    select coalesce(
        'array_remove(array[' || string_agg(about.person, ', ' order by a.attnum) || ']::uuid[], null)', 'null::uuid[]'
    ) into subjects
    from pg_attribute a
    cross join lateral (
        select case
            when a.attname = 'membership_id' then
                '(select m.person_id from core.memberships m where m.tenant_id = n.tenant_id and m.id = n.membership_id)'
            when exists (select from refers r where r.relation = target and r.attnum = a.attnum)
                and (a.attname in ('person_id', 'owner_id') or (target = 'core.people'::regclass and a.attname = 'id'))
                then format('n.%I', a.attname)
        end as person
    ) about
    where a.attrelid = target and not a.attisdropped and about.person is not null;
end
$$;

comment on function audit._portrait(text) is 'How the log sees a table: expressions over a row of it.';

revoke execute on function audit._portrait(text) from public;

-- From functions/audit/_record_safeguards.sql
-- Records what the log stands on as it is now. A migration does so last; whatever is different afterwards was changed
-- by somebody else.

create or replace function audit._record_safeguards()
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    delete from audit.safeguards s
    where s.object not in (select n.object from audit._safeguards() n);

    insert into audit.safeguards as s (object, digest, catalog_xmin)
    select n.object, n.digest, n.catalog_xmin::xid from audit._safeguards() n
    on conflict on constraint safeguards_pkey do update
    set digest = excluded.digest, catalog_xmin = excluded.catalog_xmin, recorded_at = now()
    where (s.digest, s.catalog_xmin) is distinct from (excluded.digest, excluded.catalog_xmin)
$$;

comment on function audit._record_safeguards() is 'Records what the log stands on as it is now.';

revoke execute on function audit._record_safeguards() from public;

-- From functions/audit/_require_access.sql
-- Demands that whoever asks may look into a log: a server, an auditor; somebody to whom the organization gave it; for
-- the platform's own log, whom the platform gave it.

create or replace function audit._require_access(tenant_id uuid)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if audit._sees_all() then
        return;
    end if;
    perform core._require_me();
    if not coalesce(
        case
            when tenant_id = audit.platform() then core.platform_can('audit.read')
            else core.can('audit.read', tenant_id)
        end,
        false
    ) then
        perform core._refuse('not_permitted', 'audit.read');
    end if;
end
$$;

comment on function audit._require_access(uuid) is 'Demands that whoever asks may look into a log.';

revoke execute on function audit._require_access(uuid) from public;

-- From functions/audit/_require_size.sql
-- Demands that a log has been as large as that.

create or replace function audit._require_size(tenant_id uuid, size bigint)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if size < 0
        or size > coalesce((select h.size from audit.heads h where h.tenant_id = _require_size.tenant_id), 0)
    then
        perform core._refuse('log_size', size::text);
    end if;
end
$$;

comment on function audit._require_size(uuid, bigint) is 'Demands that a log has been as large as that.';

revoke execute on function audit._require_size(uuid, bigint) from public;

-- From functions/audit/_require_tracked.sql
-- Demands a table that the log follows.

create or replace function audit._require_tracked(table_name text)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select
        from ops.table_classes k
        where k.table_name = _require_tracked.table_name and k.untracked_because is null
    ) then
        perform core._refuse('not_found', 'table in the log');
    end if;
end
$$;

comment on function audit._require_tracked(text) is 'Demands a table that the log follows.';

revoke execute on function audit._require_tracked(text) from public;

-- From functions/audit/_root.sql
-- The root of a tree, from its peaks: the smallest first, each under the next greater one.

create or replace function audit._root(peaks bytea[])
returns bytea
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
declare
    root bytea;
    peak bytea;
begin
    foreach peak in array peaks loop
        if peak is not null then
            root := coalesce(sha256('\x01'::bytea || peak || root), peak);
        end if;
    end loop;
    return coalesce(root, sha256(''));
end
$$;

comment on function audit._root(bytea[]) is 'The root of a tree, from its peaks.';

revoke execute on function audit._root(bytea[]) from public;

-- From functions/audit/_safeguards.sql
-- What the log stands on, as it is now: the triggers on tracked tables and on the log's own; every function of this
-- module, and those it asks who is acting or lets refuse; the log's tables, views and months, and who may do what with
-- them. Each as a hash over what defines it. Conditions and views are as Postgres renders them: another version of it
-- may do so otherwise, and then audit._record_safeguards() has to be called once more, which the log tells.

create or replace function audit._safeguards()
returns table (object text, digest bytea, catalog_xmin text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with definitions (object, definition, catalog_xmin) as (
        select
            format('trigger %s on %s.%s', t.tgname, n.nspname, c.relname),
            array[
                t.tgfoid::regprocedure::text, t.tgtype::text, t.tgenabled::text,
                coalesce(t.tgoldtable, '')::text, coalesce(t.tgnewtable, '')::text,
                -- A condition may name both the old and the new row, which an expression alone cannot.
                t.tgattr::text, case when t.tgqual is null then '' else pg_get_triggerdef(t.oid) end
            ],
            t.xmin
        from pg_trigger t
        join pg_class c on c.oid = t.tgrelid
        join pg_namespace n on n.oid = c.relnamespace
        where not t.tgisinternal
            and (
                (
                    n.nspname = 'audit'
                    -- Months come and go with triggers that are known: only others count, and known ones that sleep.
                    and (
                        not c.relispartition
                        or t.tgenabled <> 'A'
                        or (t.tgparentid = 0 and t.tgfoid <> 'audit.tg__append_only()'::regprocedure)
                    )
                )
                or (
                    n.nspname || '.' || c.relname in (
                        select k.table_name from ops.table_classes k where k.untracked_because is null
                    )
                    and (t.tgname ^@ '_900_capture_' or t.tgtype & 2 = 2)
                )
            )

        union all
        select
            format('function %s', p.oid::regprocedure),
            array[
                p.prosrc, p.prosecdef::text, p.provolatile::text, p.prokind::text, p.proconfig::text,
                p.prorettype::regtype::text, pg_get_userbyid(p.proowner)::text,
                (select string_agg(a::text, ',' order by a::text) from unnest(p.proacl) a)
            ],
            p.xmin
        from pg_proc p
        where p.pronamespace = 'audit'::regnamespace
            or p.oid in (
                'core.me()'::regprocedure, 'core._claims()'::regprocedure, 'core._refuse(text, text[])'::regprocedure,
                'core.tg__freeze_key()'::regprocedure
            )

        union all
        select
            format(
                '%s %s.%s',
                case c.relkind when 'v' then 'view' when 'S' then 'sequence' else 'table' end, n.nspname, c.relname
            ),
            array[
                c.relkind::text, c.relrowsecurity::text, c.relforcerowsecurity::text,
                pg_get_userbyid(c.relowner)::text,
                (select string_agg(a::text, ',' order by a::text) from unnest(c.relacl) a),
                (
                    select string_agg(
                        concat_ws(
                            ' ', a.attname, a.atttypid::regtype, a.attnotnull, a.attacl,
                            pg_get_expr(d.adbin, d.adrelid)
                        ),
                        ',' order by a.attname
                    )
                    from pg_attribute a
                    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
                    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                ),
                (
                    select string_agg(concat_ws(' ', k.conname, pg_get_constraintdef(k.oid)), ',' order by k.conname)
                    from pg_constraint k
                    where k.conrelid = c.oid and k.contype in ('c', 'p', 'u')
                ),
                c.reloptions::text,
                -- What a view says, too: it is a rule.
                (
                    select string_agg(pg_get_ruledef(r.oid) || ' ' || r.ev_enabled::text, ',' order by r.rulename)
                    from pg_rewrite r
                    where r.ev_class = c.oid
                ),
                (
                    select string_agg(
                        concat_ws(
                            ' ', y.polname, y.polcmd, y.polpermissive,
                            (select string_agg(pg_get_userbyid(r)::text, ' ' order by 1) from unnest(y.polroles) r),
                            pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid)
                        ),
                        ',' order by y.polname
                    )
                    from pg_policy y
                    where y.polrelid = c.oid
                ),
                (
                    select concat_ws(' ', s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcache, s.seqcycle)
                    from pg_sequence s
                    where s.seqrelid = c.oid
                )
            ],
            null -- making the partition of a month writes its row, too
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'audit' and c.relkind in ('r', 'p', 'v', 'S') and not c.relispartition

        union all
        -- Months are made without a grant and with row security on; another's would be noticed as new.
        select
            format('table %s.%s', n.nspname, c.relname),
            array[c.relrowsecurity::text, pg_get_userbyid(c.relowner)::text, c.relacl::text],
            null
        from pg_class c
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'audit'
            and c.relkind = 'r'
            and c.relispartition
            and (
                not c.relrowsecurity
                or pg_get_userbyid(c.relowner) <> 'empathy_owner'
                or exists (select from aclexplode(c.relacl) a where a.grantee <> c.relowner)
                or exists (select from pg_policy y where y.polrelid = c.oid)
                or exists (select from pg_rewrite r where r.ev_class = c.oid)
            )

        union all
        -- A partition of a tracked table that the log does not follow: _attach() was not called after it was made.
        select format('partition %s without capture', i.inhrelid::regclass), array['unfollowed'], null
        from pg_inherits i
        join pg_class c on c.oid = i.inhparent and c.relkind = 'p'
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname in (
                select k.table_name from ops.table_classes k where k.untracked_because is null
            )
            and (
                select count(*)
                from pg_trigger t
                where t.tgrelid = i.inhrelid and t.tgname ^@ '_900_capture_' and t.tgenabled = 'A'
            ) < 4

        union all
        -- A rule could let writes of a tracked table vanish.
        select format('rule %s on %s.%s', r.rulename, n.nspname, c.relname), array[pg_get_ruledef(r.oid)], r.xmin
        from pg_rewrite r
        join pg_class c on c.oid = r.ev_class
        join pg_namespace n on n.oid = c.relnamespace
        where n.nspname || '.' || c.relname in (
            select k.table_name from ops.table_classes k where k.untracked_because is null
        )
    )
    select d.object, sha256(convert_to(d.definition::text, 'utf8')), d.catalog_xmin::text
    from definitions d
$$;

comment on function audit._safeguards() is 'What the log stands on, as it is now.';

revoke execute on function audit._safeguards() from public;

-- From functions/audit/_same.sql
-- Whether two images of a row say the same, in the columns that both of them have.

create or replace function audit._same(one text, other text)
returns boolean
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select not exists (
        select
        from jsonb_each(one::jsonb) o
        join jsonb_each(other::jsonb) p on p.key = o.key
        where p.value <> o.value
    )
$$;

comment on function audit._same(text, text) is 'Whether two images say the same, in the columns that both have.';

revoke execute on function audit._same(text, text) from public;

-- From functions/audit/_seal_due.sql
-- Gives what is due its places in the logs, lets each log's tree grow, and writes the blocks. The caller holds the
-- sealer's lock, and knows that nothing of these transactions is still to come.

create or replace function audit._seal_due(era integer, from_xid text, before_xid text, at timestamptz, next_xid text)
returns bigint
language plpgsql -- its plan is kept from one call to the next
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bigint;
begin
    with due as materialized (
        select d.tenant_id, d.seq, d.recorded_at, d.leaf
        from audit._due(_seal_due.era, _seal_due.from_xid, _seal_due.before_xid) d
    ),
    numbered as (
        select d.*, row_number() over (partition by d.tenant_id order by d.seq) - 1 as nth
        from due d
    ),
    placed as (
        insert into audit.leaves (tenant_id, position, seq, recorded_at, hash)
        select n.tenant_id, coalesce(h.size, 0) + n.nth, n.seq, n.recorded_at, n.leaf
        from numbered n
        left join audit.heads h on h.tenant_id = n.tenant_id
    ),
    grown as (
        select
            d.tenant_id, count(*) as changes, max(d.recorded_at) as newest,
            string_agg(d.leaf, ''::bytea order by d.seq) as leaves
        from due d
        group by d.tenant_id
    ),
    trees as materialized (
        select
            g.tenant_id,
            coalesce(h.number, 0) + 1 as number,
            coalesce(h.size, 0) + g.changes as size,
            -- A clock that is set back does not let a block stand before what it holds.
            greatest(_seal_due.at, h.sealed_at, g.newest) as sealed_at,
            -- Where the clock was set back, nobody can tell who wrote after.
            coalesce(
                case when g.newest <= _seal_due.at then _seal_due.next_xid end, '18446744073709551615'
            )::xid8 as next_xid,
            coalesce(h.hash, decode(repeat('00', 32), 'hex')) as previous_hash,
            g.changes, tree.peaks, tree.heights, tree.first_indexes, tree.hashes,
            audit._root(tree.peaks) as root
        from grown g
        left join audit.heads h on h.tenant_id = g.tenant_id
        cross join lateral audit._append(coalesce(h.size, 0), g.leaves, coalesce(h.peaks, '{}')) tree
    ),
    subtrees as (
        insert into audit.nodes (tenant_id, height, index, hash)
        select t.tenant_id, line.height, line.first_index + i, substr(line.hashes, i * 32 + 1, 32)
        from trees t
        cross join lateral unnest(t.heights, t.first_indexes, t.hashes) line (height, first_index, hashes)
        cross join lateral generate_series(0, octet_length(line.hashes) / 32 - 1) i
    ),
    written as (
        insert into audit.blocks (tenant_id, number, size, root, sealed_at, next_xid, previous_hash, hash)
        select
            t.tenant_id, t.number, t.size, t.root, t.sealed_at, t.next_xid, t.previous_hash,
            audit._block_hash(t.tenant_id, t.number, t.size, t.root, t.sealed_at, t.next_xid, t.previous_hash)
        from trees t
        returning tenant_id, hash
    ),
    headed as (
        insert into audit.heads as h (tenant_id, number, size, root, sealed_at, hash, peaks)
        select t.tenant_id, t.number, t.size, t.root, t.sealed_at, w.hash, t.peaks
        from trees t
        join written w on w.tenant_id = t.tenant_id
        on conflict on constraint heads_pkey do update
        set
            number = excluded.number, size = excluded.size, root = excluded.root,
            sealed_at = excluded.sealed_at, hash = excluded.hash, peaks = excluded.peaks
    )
    select coalesce(sum(t.changes), 0) into sealed from trees t;
    return sealed;
end
$$;

comment on function audit._seal_due(integer, text, text, timestamptz, text) is
    'Gives what is due its places in the logs.';

revoke execute on function audit._seal_due(integer, text, text, timestamptz, text) from public;

-- From functions/audit/_sees_all.sql
-- Whether whoever asks may look into every log: a server, an auditor, whoever runs the database.

create or replace function audit._sees_all()
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select bool_or(pg_has_role(coalesce(nullif(current_setting('role', true), 'none'), session_user), r.name, 'usage'))
    from unnest('{empathy_auditor,service_role,empathy_owner}'::name[]) as r (name)
$$;

comment on function audit._sees_all() is 'Whether whoever asks may look into every log.';

revoke execute on function audit._sees_all() from public;

-- From functions/audit/_settings.sql
-- The settings that a capture function has to pin, so that no session decides how an image is written. Each costs
-- every statement a little, so a table pins what its columns need: JSON writes instants in the session's time zone,
-- most types always in one way, and what is left may depend on anything.

create or replace function audit._settings(table_name text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with kept as (
        select coalesce(nullif(t.typelem, 0), t.oid)::regtype as type
        from ops.column_classes c
        join pg_attribute a on a.attrelid = _settings.table_name::regclass and a.attname = c.column_name
        join pg_type t on t.oid = a.atttypid
        where c.table_name = _settings.table_name and c.audit in ('clear', 'personal') and t.typtype <> 'e'
    )
    select concat_ws(
        ' ',
        'set search_path = pg_catalog, pg_temp',
        case when bool_or(any_setting or k.type = 'timestamptz'::regtype) then $sql$set timezone = 'UTC'$sql$ end,
        case
            when bool_or(any_setting)
                then
                    $sql$set datestyle = 'ISO, YMD' set intervalstyle = 'iso_8601' $sql$
                    || $sql$set extra_float_digits = '1' set bytea_output = 'hex'$sql$
        end,
        -- What is only committed to is hashed in the form in which it would be sent.
        case when audit._columns(_settings.table_name, 'body') <> '{}' then $sql$set client_encoding = 'UTF8'$sql$ end
    )
    from kept k
    cross join lateral (
        select k.type <> all (
            '{boolean,smallint,integer,bigint,numeric,text,uuid,jsonb,date,timestamp,timestamptz}'::regtype[]
        ) as any_setting
    ) s
$$;

comment on function audit._settings(text) is 'The settings that a capture function has to pin.';

revoke execute on function audit._settings(text) from public;

-- From functions/audit/_shape.sql
-- What a capture function was written for: of each column that the log keeps, its type, the labels of an enum, and
-- whether it is kept by its hash alone. As comment lines at the head of the function, so that the next time shows what
-- became different.

create or replace function audit._shape(table_name text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select string_agg(
        format(
            '-- %s: %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
            (
                select ' ' || string_agg(e.enumlabel, ' ' order by e.enumsortorder)
                from pg_enum e
                where e.enumtypid = a.atttypid
            ),
            case when c.audit = 'body' then ' by its hash alone' end
        ),
        E'\n' order by a.attname
    )
    from pg_attribute a
    join ops.column_classes c on c.table_name = _shape.table_name and c.column_name = a.attname
    where a.attrelid = _shape.table_name::regclass and not a.attisdropped and c.audit <> 'omitted'
$$;

comment on function audit._shape(text) is 'What a capture function was written for: columns and their types.';

revoke execute on function audit._shape(text) from public;

-- From functions/audit/_subtree.sql
-- The root of the tree over the leaves of a log from one position up to another: RFC 6962's MTH. A complete subtree
-- of 256^k leaves is read where it is kept; what is smaller is computed from its leaves.

create or replace function audit._subtree(tenant_id uuid, from_position bigint, to_position bigint)
returns bytea
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    length constant bigint := to_position - from_position;
    half bigint := 1;
    levels integer := 1;
    kept bytea;
begin
    if length < 256 then
        return (
            select audit._root((audit._append(0, string_agg(l.hash, ''::bytea order by l.position), '{}')).peaks)
            from audit.leaves l
            where l.tenant_id = _subtree.tenant_id and l.position >= from_position and l.position < to_position
        );
    end if;
    while half * 2 < length loop
        half := half * 2;
        levels := levels + 1;
    end loop;
    if half * 2 = length and levels % 8 = 0 then
        select n.hash into kept
        from audit.nodes n
        where n.tenant_id = _subtree.tenant_id and n.height = levels and n.index = from_position / length;
        return kept;
    end if;
    return sha256(
        '\x01'::bytea
        || audit._subtree(tenant_id, from_position, from_position + half)
        || audit._subtree(tenant_id, from_position + half, to_position)
    );
end
$$;

comment on function audit._subtree(uuid, bigint, bigint) is 'The root of the tree over some leaves of a log.';

revoke execute on function audit._subtree(uuid, bigint, bigint) from public;

-- From functions/audit/_verify_blocks.sql
-- Lets the tree of a log grow once more from its leaves, block by block, and compares: roots, chain, numbers, times,
-- the subtrees that are kept, and the head that the next block will be built on.

create or replace function audit._verify_blocks(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    block record;
    previous audit.blocks;
    head audit.heads;
    tree record;
    peaks bytea[] := audit._peaks(tenant_id, since);
    right_root boolean := true; -- one leaf that is wrong makes every later root wrong: it is said once
    wrong text;
begin
    select * into previous
    from audit.blocks b
    where b.tenant_id = _verify_blocks.tenant_id and b.size <= since
    order by b.size desc
    limit 1;
    if not found then
        previous.number := 0;
        previous.size := 0;
        previous.hash := decode(repeat('00', 32), 'hex');
        previous.root := sha256('');
        previous.sealed_at := '-infinity';
    end if;

    for block in
        with grown as (
            select b.*, lag(b.size, 1, since) over (order by b.number) as size_before
            from audit.blocks b
            where b.tenant_id = _verify_blocks.tenant_id and b.size > since
        )
        select g.*, l.leaves, l.count, l.oldest, l.newest, l.first_seq, l.last_seq
        from grown g
        cross join lateral (
            select
                coalesce(string_agg(l.hash, ''::bytea order by l.position), '') as leaves,
                count(*) as count,
                min(l.recorded_at) as oldest,
                max(l.recorded_at) as newest,
                min(l.seq) as first_seq,
                max(l.seq) as last_seq
            from audit.leaves l
            where l.tenant_id = _verify_blocks.tenant_id and l.position >= g.size_before and l.position < g.size
        ) l
        order by g.number
    loop
        select * into tree from audit._append(block.size_before, block.leaves, peaks);
        peaks := tree.peaks;
        foreach wrong in array array[
            case when block.number <> previous.number + 1 then 'number does not follow that of the block before' end,
            case when block.size <= previous.size then 'size is not more than the size of the block before' end,
            case when block.count <> block.size - block.size_before then 'leaves are not all there' end,
            case when right_root and audit._root(peaks) <> block.root then 'root is not the root of the leaves' end,
            case when block.previous_hash <> previous.hash then 'previous hash is not that of the block before' end,
            case
                when block.hash <> audit._block_hash(
                    tenant_id, block.number, block.size, block.root, block.sealed_at, block.next_xid,
                    block.previous_hash
                ) then 'hash is not the hash of the block'
            end,
            case when block.sealed_at < previous.sealed_at then 'time is before the time of the block before' end,
            case when block.sealed_at < block.newest then 'time is before that of a change in it' end
        ]
        loop
            if wrong is not null then
                finding := 'block_altered';
                position := block.size - 1;
                message := format('block %s: its %s', block.number, wrong);
                return next;
            end if;
        end loop;
        if right_root and (block.count <> block.size - block.size_before or audit._root(peaks) <> block.root) then
            return query select * from audit._verify_leaves(tenant_id, block.size_before, block.size);
        end if;
        right_root := audit._root(peaks) = block.root;
        if right_root and tree.heights is not null then
            return query
            select
                'node_altered', (line.first_index + i) << line.height, null::bigint, null::text, null::text,
                format('the subtree of 2^%s leaves that is kept from here on is not theirs', line.height)
            from unnest(tree.heights, tree.first_indexes, tree.hashes) line (height, first_index, hashes)
            cross join lateral generate_series(0, octet_length(line.hashes) / 32 - 1) i
            left join audit.nodes n
                on n.tenant_id = _verify_blocks.tenant_id
                and n.height = line.height
                and n.index = line.first_index + i
            where n.hash is distinct from substr(line.hashes, i * 32 + 1, 32);
        end if;
        if block.oldest < previous.sealed_at then
            return query
            select d.*
            from audit._verify_dates(
                tenant_id, block.number, block.size_before, block.size, block.first_seq, block.last_seq, block.oldest
            ) d;
        end if;
        previous.number := block.number;
        previous.size := block.size;
        previous.root := block.root;
        previous.hash := block.hash;
        previous.sealed_at := block.sealed_at;
    end loop;

    select * into head from audit.heads h where h.tenant_id = _verify_blocks.tenant_id;
    finding := 'head_altered';
    position := null;
    if (coalesce(head.number, 0), coalesce(head.size, 0)) <> (previous.number, previous.size)
        or head.root <> previous.root
        or head.hash <> previous.hash
        or head.sealed_at <> previous.sealed_at
        or (right_root and head.peaks is distinct from nullif(peaks, '{}'))
    then
        message := 'the head is not the newest block';
        return next;
    end if;
    return query
    select 'leaf_unblocked', l.position, l.seq, null::text, null::text, 'no block holds this leaf'
    from audit.leaves l
    where l.tenant_id = _verify_blocks.tenant_id and l.position >= previous.size;
    return query
    select
        'node_altered', n.index << n.height, null::bigint, null::text, null::text,
        format('a subtree of 2^%s leaves is kept from here on, and the log has not that many', n.height)
    from audit.nodes n
    where n.tenant_id = _verify_blocks.tenant_id and n.index >= previous.size >> n.height;
end
$$;

comment on function audit._verify_blocks(uuid, bigint) is 'Lets a log grow once more from its leaves, and compares.';

revoke execute on function audit._verify_blocks(uuid, bigint) from public;

-- From functions/audit/_verify_changes.sql
-- Holds changes and leaves against each other: what was altered, what went, what was put in, what is personal and
-- does not fit its commitment. Stretch by stretch in the order of their numbers, so that a long log takes no more
-- memory than a short one. Since a size that was verified before: the leaves after it, and the changes that have
-- numbers from theirs on.

create or replace function audit._verify_changes(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set enable_seqscan = off -- each stretch by its numbers, not the whole log for each
set jit = off -- compiling takes longer than it saves
as $$
declare
    stretch constant integer := 250000;
    from_seq bigint := audit._first_seq(tenant_id, since);
    next_seq bigint;
    -- A month was put away whole, or it was not put away.
    put_away constant timestamptz[] := array(
        select m.month::timestamp at time zone 'UTC'
        from audit.archived_months m
        where not exists (
            select
            from audit.changes c
            where c.recorded_at >= m.month::timestamp at time zone 'UTC'
                and c.recorded_at < (m.month + interval '1 month') at time zone 'UTC'
        )
    );
begin
    while from_seq is not null loop
        next_seq := (
            select l.seq
            from audit.leaves l
            where l.tenant_id = _verify_changes.tenant_id and l.seq >= from_seq
            order by l.seq
            offset stretch
            limit 1
        );
        return query
        select
            case
                when c.seq is null then 'change_missing'
                when l.seq is null then 'change_unsealed'
                when l.hash is distinct from c.leaf or l.recorded_at <> c.recorded_at then 'change_altered'
                else 'personal_altered'
            end,
            l.position,
            coalesce(l.seq, c.seq),
            c.table_name,
            c.key,
            case
                when c.seq is null then 'the log holds this change, and it is gone'
                when l.seq is null then 'this change was put in: its transaction is sealed, and it is not'
                when l.hash is distinct from c.leaf or l.recorded_at <> c.recorded_at
                    then 'this change is not what was sealed'
                else 'what is personal in this change is not what was committed to'
            end
        from (
            select l.position, l.seq, l.recorded_at, l.hash
            from audit.leaves l
            where l.tenant_id = _verify_changes.tenant_id
                and l.position >= since
                and l.seq between from_seq and coalesce(next_seq - 1, 9223372036854775807)
        ) l
        full join (
            select
                c.seq, c.recorded_at, c.table_name, c.key, c.leaf, c.era, c.xid,
                c.personal is not null
                and (
                    c.personal_commitment is distinct from sha256(c.salt || convert_to(c.personal, 'utf8'))
                    or (
                        c.key is null
                        and ((coalesce(c.clear::jsonb, '{}') || c.personal::jsonb) @> c.personal_key::jsonb) is not true
                    )
                ) as misfits
            from audit.hashed_changes c
            where c.tenant_id = _verify_changes.tenant_id
                and c.seq between from_seq and coalesce(next_seq - 1, 9223372036854775807)
        ) c on c.seq = l.seq
        where (
                c.seq is null
                and date_trunc('month', l.recorded_at, 'UTC') <> all (put_away)
            )
            or (
                l.seq is null
                and (
                    c.era < (select p.era from audit.progress p)
                    or c.xid < (select p.sealed_below from audit.progress p)
                )
                and not exists (
                    select
                    from audit.leaves earlier
                    where earlier.tenant_id = _verify_changes.tenant_id and earlier.seq = c.seq
                )
            )
            or l.hash <> c.leaf
            or l.recorded_at <> c.recorded_at
            or (l.seq is not null and c.misfits);
        from_seq := next_seq;
    end loop;
end
$$;

comment on function audit._verify_changes(uuid, bigint) is 'Holds changes and leaves against each other.';

revoke execute on function audit._verify_changes(uuid, bigint) from public;

-- From functions/audit/_verify_checkpoint.sql
-- Holds a log against a checkpoint that is trusted: whether it is that log, still as long, and was the same then.

create or replace function audit._verify_checkpoint(tenant_id uuid, checkpoint text)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    -- Of a signed note, the text before the blank line.
    lines constant text[] := string_to_array(split_part(checkpoint, E'\n\n', 1), E'\n');
    size constant bigint := coalesce(
        (select h.size from audit.heads h where h.tenant_id = _verify_checkpoint.tenant_id), 0
    );
    trusted_size bigint;
    trusted_root bytea;
begin
    if lines[2] !~ '^(0|[1-9][0-9]{0,17})$' or lines[3] !~ '^[A-Za-z0-9+/]{43}=$' or lines[3] is null then
        perform core._refuse('not_a_checkpoint');
    end if;
    trusted_size := lines[2]::bigint;
    trusted_root := decode(lines[3], 'base64');
    finding := 'checkpoint_contradicted';
    if lines[1] <> audit.origin(tenant_id) then
        message := 'the checkpoint is of another log: ' || lines[1];
        return next;
    elsif trusted_size > size then
        position := size;
        message := format('the log once had %s changes: its end was cut off', trusted_size);
        return next;
    elsif audit._root(audit._peaks(tenant_id, trusted_size)) <> trusted_root then
        position := trusted_size - 1;
        message := format('the first %s changes are not those that the checkpoint was of', trusted_size);
        return next;
    end if;
end
$$;

comment on function audit._verify_checkpoint(uuid, text) is 'Holds a log against a checkpoint that is trusted.';

revoke execute on function audit._verify_checkpoint(uuid, text) from public;

-- From functions/audit/_verify_dates.sql
-- Of a block with changes that are older than the block before it: whether they can be. A transaction that had not
-- begun when a block was sealed wrote nothing before that block.

create or replace function audit._verify_dates(
    tenant_id uuid,
    number bigint,
    from_position bigint,
    to_position bigint,
    first_seq bigint, -- so that of a long log no more is read
    last_seq bigint,
    oldest timestamptz
)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        'change_backdated', l.position, c.seq, c.table_name, c.key,
        format('its transaction began after block %s was sealed, which is later than it says', later.number)
    from audit.leaves l
    join audit.changes c on c.tenant_id = l.tenant_id and c.seq = l.seq and c.recorded_at = l.recorded_at
    cross join lateral (
        select b.number, b.next_xid
        from audit.blocks b
        where b.tenant_id = l.tenant_id and b.sealed_at > c.recorded_at
        order by b.sealed_at, b.number
        limit 1
    ) later
    where l.tenant_id = _verify_dates.tenant_id
        and l.position >= from_position
        and l.position < to_position
        and c.seq between first_seq and last_seq
        -- Most have been begun before any block that could tell, and need not be held against each.
        and c.xid >= (
            select b.next_xid
            from audit.blocks b
            where b.tenant_id = _verify_dates.tenant_id
                and b.number < _verify_dates.number
                and b.sealed_at > oldest
            order by b.next_xid
            limit 1
        )
        and later.number < _verify_dates.number
        and later.next_xid <= c.xid
$$;

comment on function audit._verify_dates(uuid, bigint, bigint, bigint, bigint, bigint, timestamptz) is
    'Says which changes of a block say that they are older than they can be.';

revoke execute on function audit._verify_dates(uuid, bigint, bigint, bigint, bigint, bigint, timestamptz) from public;

-- From functions/audit/_verify_erasures.sql
-- Holds what is missing against the orders: what was personal is gone only where an order in the log names the change,
-- and where one does, it is gone. Since a size that was verified before, of what no order names only what is new is
-- looked at.

create or replace function audit._verify_erasures(tenant_id uuid, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    from_seq constant bigint := audit._first_seq(tenant_id, since);
begin
    return query
    with ordered as (
        select o.id, unnest(o.seqs) as seq
        from audit.erasure_orders o
        where o.tenant_id = _verify_erasures.tenant_id
    ),
    emptied as (
        select c.seq, c.table_name, c.key, c.erased_under
        from audit.changes c
        where c.tenant_id = _verify_erasures.tenant_id
            and c.seq >= from_seq
            and (
                (c.personal_commitment is not null and c.personal is null)
                or (c.body_commitment is not null and c.salt is null)
                or c.erased_under is not null
            )
    )
    select
        'erased_without_order', l.position, e.seq, e.table_name, e.key,
        'what was personal in this change is gone, and no order says so'
    from emptied e
    left join audit.leaves l on l.tenant_id = _verify_erasures.tenant_id and l.seq = e.seq
    where not exists (select from ordered o where o.id = e.erased_under and o.seq = e.seq)
    union all
    select
        'order_not_carried_out', l.position, c.seq, c.table_name, c.key,
        'an order says that this change was emptied, and it was not'
    from ordered o
    join audit.leaves l on l.tenant_id = _verify_erasures.tenant_id and l.seq = o.seq
    join audit.changes c
        on c.tenant_id = _verify_erasures.tenant_id and c.seq = o.seq and c.recorded_at = l.recorded_at
    where c.erased_under is null or num_nonnulls(c.personal_key, c.personal, c.salt, c.subjects) > 0;
end
$$;

comment on function audit._verify_erasures(uuid, bigint) is 'Holds what is missing against the orders.';

revoke execute on function audit._verify_erasures(uuid, bigint) from public;

-- From functions/audit/_verify_leaves.sql
-- Of a block whose leaves are not those that it was made of: which are missing, and which do not stand where they did.
-- Within a block, leaves stand in the order of their changes' numbers.

create or replace function audit._verify_leaves(tenant_id uuid, from_position bigint, to_position bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with stretch as (
        select
            l.position, l.seq,
            lag(l.position, 1, _verify_leaves.from_position - 1) over by_position as before,
            row_number() over by_position as nth,
            row_number() over (order by l.seq) as nth_by_seq
        from audit.leaves l
        where l.tenant_id = _verify_leaves.tenant_id
            and l.position >= _verify_leaves.from_position
            and l.position < _verify_leaves.to_position
        window by_position as (order by l.position)
    )
    select
        'leaf_missing', g.before + 1, null::bigint, null::text, null::text,
        format('from here on, leaves are missing: %s', g.position - g.before - 1)
    from (
        select s.before, s.position from stretch s
        union all
        select coalesce(max(s.position), _verify_leaves.from_position - 1), _verify_leaves.to_position from stretch s
    ) g
    where g.position > g.before + 1
    union all
    select
        'leaf_misplaced', s.position, s.seq, null, null,
        'this leaf does not stand where it was sealed'
    from stretch s
    where s.nth <> s.nth_by_seq
$$;

comment on function audit._verify_leaves(uuid, bigint, bigint) is
    'Says which leaves of a block are missing or do not stand where they did.';

revoke execute on function audit._verify_leaves(uuid, bigint, bigint) from public;

-- From functions/audit/_verify_rows.sql
-- Compares the rows of a table with their newest changes: what was changed without the log, was changed behind its
-- back. A column that came after the change, or that has gone since, is not compared. Since a size that was verified
-- before, only rows that changed after it are looked at.
--
-- First by digests alone, so that the images of a large table need not be sorted; where they differ, image by image.

create or replace function audit._verify_rows(tenant_id uuid, tracked text, since bigint)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    seen record;
    live text;
    from_seq constant bigint := audit._first_seq(tenant_id, since);
    seqs bigint[];
    parts oid[];
    places tid[];
begin
    if from_seq is null then
        return;
    end if;
    select * into seen from audit._portrait(tracked);
    live := format(
        'select coalesce(%1$s, %2$s) as id, %1$s as key, %3$s as clear, %4$s as personal, %5$s as body,'
        ' n.tableoid as part, n.ctid as place from %6$s n%7$s',
        seen.key, seen.personal_key, seen.clear, seen.personal, seen.body, tracked, seen.gathered
    );
    execute case
        when since = 0 then format(
            $suspects$
            select array_agg(c.seq) as seqs, array_agg(n.part) as parts, array_agg(n.place) as places
            from (
                select distinct on (d.id) d.*
                from (
                    select
                        sha256(textsend(coalesce(c.key, c.personal_key))) as id, c.seq, c.operation,
                        sha256(textsend(c.clear)) as clear,
                        sha256(textsend(c.personal)) as personal,
                        %3$s as salt, %4$s as body_commitment
                    from audit.changes c
                    where c.tenant_id = $1 and c.table_name = %1$L and num_nonnulls(c.key, c.personal_key) > 0
                ) d
                order by d.id, d.seq desc
            ) c
            full join (
                select
                    sha256(textsend(n.id)) as id, n.part, n.place, n.body,
                    sha256(textsend(n.clear)) as clear,
                    sha256(textsend(n.personal)) as personal
                from (%2$s where %5$s = $1) n
            ) n on n.id = c.id
            where c.id is null
                or (n.id is null) <> (c.operation in ('D', 'T'))
                or n.clear <> c.clear
                or n.personal <> c.personal
                or sha256(c.salt || n.body) <> c.body_commitment
            $suspects$,
            tracked, live,
            -- What is not asked for is not carried along.
            case when seen.body = 'null::bytea' then seen.body else 'c.salt' end,
            case when seen.body = 'null::bytea' then seen.body else 'c.body_commitment' end,
            seen.tenant_id
        )
        -- The newest change of what changed since is one of those since.
        else format(
            $suspects$
            select array_agg(c.seq) as seqs, array_agg(n.part) as parts, array_agg(n.place) as places
            from (
                select distinct on (coalesce(c.key, c.personal_key)) coalesce(c.key, c.personal_key) as id, c.seq
                from audit.changes c
                where c.tenant_id = $1
                    and c.table_name = %1$L
                    and c.seq >= $2
                    and num_nonnulls(c.key, c.personal_key) > 0
                order by coalesce(c.key, c.personal_key), c.seq desc
            ) c
            cross join jsonb_populate_record(null::%1$s, c.id::jsonb) k
            left join lateral (select n.tableoid as part, n.ctid as place from %1$s n where %2$s) n on true
            $suspects$,
            tracked,
            (
                select string_agg(format('n.%1$I = k.%1$I', key_column), ' and ')
                from unnest(audit._key_columns(tracked)) key_column
            )
        )
    end into seqs, parts, places using tenant_id, from_seq;
    return query execute format(
        $query$
        select
            case
                when c.seq is null then 'row_unrecorded'
                when n.id is null then 'row_missing'
                when c.operation in ('D', 'T') then 'row_unrecorded'
                else 'row_altered'
            end,
            (select l.position from audit.leaves l where l.tenant_id = $1 and l.seq = c.seq),
            c.seq,
            %1$L,
            coalesce(c.key, n.key),
            case
                when c.seq is null then 'this row is there, and no change says how it came'
                when n.id is null then 'this row is gone, and no change says so'
                when c.operation in ('D', 'T') then 'this row is there, and its newest change says that it went'
                else 'this row is not as its newest change left it'
            end
        from unnest($2, $3, $4) s (seq, part, place)
        left join audit.changes c on c.tenant_id = $1 and c.seq = s.seq
        left join lateral (%2$s where n.tableoid = s.part and n.ctid = s.place) n on true
        where c.seq is null
            or (n.id is null) <> (c.operation in ('D', 'T'))
            or (n.clear <> c.clear and not audit._same(n.clear, c.clear))
            or (n.personal <> c.personal and not audit._same(n.personal, c.personal))
            or sha256(c.salt || n.body) <> c.body_commitment
        $query$,
        tracked, live
    ) using tenant_id, seqs, parts, places;
end
$$;

comment on function audit._verify_rows(uuid, text, bigint) is 'Compares the rows of a table with their newest changes.';

revoke execute on function audit._verify_rows(uuid, text, bigint) from public;

-- From functions/audit/_verify_safeguards.sql
-- Compares what the log stands on with what was recorded when a migration last set it up. What was touched and is the
-- same again is only a hint: a migration does that, and so does whoever switches capture off for a while.

create or replace function audit._verify_safeguards()
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        case
            when s.object is null then 'safeguard_added'
            when n.object is null then 'safeguard_missing'
            when s.digest <> n.digest then 'safeguard_altered'
            else 'safeguard_touched'
        end,
        null::bigint, null::bigint, 'audit.safeguards', coalesce(s.object, n.object),
        case
            when s.object is null then 'this is new since a migration recorded it: '
            when n.object is null then 'this is gone since a migration recorded it: '
            when s.digest <> n.digest then 'this is not what a migration recorded: '
            else 'this was written again since, though it is the same (a hint): '
        end || coalesce(s.object, n.object)
    from audit.safeguards s
    full join audit._safeguards() n on n.object = s.object
    where s.object is null
        or n.object is null
        or (s.digest, s.catalog_xmin) is distinct from (n.digest, n.catalog_xmin::xid)
$$;

comment on function audit._verify_safeguards() is 'Compares what the log stands on with what was recorded.';

revoke execute on function audit._verify_safeguards() from public;

-- From functions/audit/archive_month.sql
-- Puts a month of changes away for good, once it is older than the log is kept. What is still the newest change of a
-- row is noted once more first, so that the row can go on being verified. The leaves stay, so every proof still
-- holds. Whoever wants to keep what the month said takes a bundle before. The oldest month goes first: an order to
-- erase never goes before what it erased. Returns how many changes went.

create or replace function audit.archive_month(month date)
returns bigint
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set client_encoding = 'UTF8'
set lock_timeout = '2s' -- every writer would wait behind it
as $$
declare
    first_day constant date := date_trunc('month', month);
    partition constant text := format('audit.changes_%s', to_char(first_day, 'YYYY_MM'));
    tracked text;
    unsealed bigint;
    put_away bigint;
begin
    perform core._require_read_committed();
    if to_regclass(partition) is null
        or exists (
            select
            from pg_inherits i
            join pg_class c on c.oid = i.inhrelid
            where i.inhparent = 'audit.changes'::regclass
                and c.relname < to_char(first_day, '"changes_"YYYY_MM')
        )
        or first_day >= date_trunc('month', now()) - (
            select make_interval(months => (c.value #>> '{}')::integer)
            from core.platform_config c
            where c.key = 'audit.kept_months'
        )
    then
        perform core._refuse('month_kept', to_char(first_day, 'YYYY-MM'));
    end if;
    execute format(
        'select count(*), count(*) filter (where not exists ('
        'select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)) from %s c',
        partition
    ) into put_away, unsealed;
    if unsealed > 0 or exists (select from ops.legal_holds h where h.released_at is null) then
        perform core._refuse('held');
    end if;

    -- Whoever is writing ends first; whoever comes after writes after what is noted here.
    lock table audit.changes in share row exclusive mode;
    -- What the log follows no longer, or is no longer there, has nothing to be verified.
    for tracked in
        execute format(
            'select distinct c.table_name from %s c '
            'join ops.table_classes k on k.table_name = c.table_name and k.untracked_because is null',
            partition
        )
    loop
        execute audit._capture_statement(
            tracked, 'S',
            format(
                $rows$(
                    select n.*
                    from %1$s n%6$s
                    where coalesce(%2$s, %3$s) in (
                        select coalesce(c.key, c.personal_key)
                        from %4$s c
                        where c.table_name = %5$L
                            and not exists (
                                select
                                from audit.changes later
                                where later.tenant_id = c.tenant_id
                                    and later.table_name = c.table_name
                                    and coalesce(later.key, later.personal_key) = coalesce(c.key, c.personal_key)
                                    and later.seq > c.seq
                            )
                    )
                )$rows$,
                tracked, (audit._portrait(tracked)).key, (audit._portrait(tracked)).personal_key, partition, tracked,
                (audit._portrait(tracked)).gathered
            )
        );
    end loop;

    perform audit.finish_erasures(); -- what was noted about somebody who is forgotten
    insert into audit.archived_months (month, changes, archived_by) values (first_day, put_away, core.me());
    execute format('drop table %s', partition);
    return put_away;
end
$$;

comment on function audit.archive_month(date) is 'Puts a month of changes away for good; every proof still holds.';

revoke execute on function audit.archive_month(date) from public;
grant execute on function audit.archive_month(date) to service_role;

-- From functions/audit/as_of.sql
-- A row as it was at an instant: what the newest change until then left. Null where there was none, or where it had
-- gone. Auditors see what was personal too.

create or replace function audit.as_of(tenant_id uuid, table_name text, key jsonb, instant timestamptz)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select case when h.operation not in ('D', 'T') then coalesce(h.clear, '{}') || coalesce(h.personal, '{}') end
    from audit.history(tenant_id, table_name, key) h
    where h.recorded_at <= instant
    order by h.seq desc
    limit 1
$$;

comment on function audit.as_of(uuid, text, jsonb, timestamptz) is 'A row as it was at an instant.';

revoke execute on function audit.as_of(uuid, text, jsonb, timestamptz) from public;
grant execute on function audit.as_of(uuid, text, jsonb, timestamptz)
    to authenticated, service_role, empathy_auditor;

-- From functions/audit/begin_era.sql
-- Begins a new era: after a dump was restored, or the database moved to another cluster, transaction ids can no
-- longer be compared. Seals first what the old era left behind. The checkpoints that are known of outside are kept
-- with the era, so that what a restore has lost can be told. Call it with nobody else connected: whoever began
-- before, and sees the past only, would write in the old era (and be sealed when this is called once more).

create or replace function audit.begin_era(reason text, checkpoints text[] default '{}')
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
as $$
declare
    progress audit.progress;
begin
    perform core._require_read_committed();
    perform pg_advisory_xact_lock(hashtextextended('audit.seal', 0));
    select * into progress from audit.progress;
    -- Whoever is writing ends first; whoever comes after finds the new era.
    lock table audit.changes in share mode;
    -- The last change of the old era, and sealed with it: nothing of that era is sealed afterwards.
    insert into audit.eras (era, reason, checkpoints)
    values (progress.era + 1, begin_era.reason, begin_era.checkpoints);
    perform audit._seal_due(progress.era, '0', null, clock_timestamp(), null);
    update audit.progress p set era = progress.era + 1, sealed_below = '0';
    -- A sequence that fell behind would give a number twice.
    perform setval('audit.change_seq', greatest(max(c.seq), (select s.last_value from audit.change_seq s)))
    from audit.changes c;
    -- A dump keeps definitions, and not the transactions that wrote them.
    update audit.safeguards s
    set catalog_xmin = n.catalog_xmin::xid, recorded_at = now()
    from audit._safeguards() n
    where n.object = s.object and n.digest = s.digest and s.catalog_xmin is distinct from n.catalog_xmin::xid;
    return progress.era + 1;
end
$$;

comment on function audit.begin_era(text, text[]) is 'Begins a new era, after a restore or a move.';

revoke execute on function audit.begin_era(text, text[]) from public;
grant execute on function audit.begin_era(text, text[]) to service_role;

-- From functions/audit/bundle.sql
-- A log as lines of text that whoever distrusts this database can verify by themselves: docs/audit-format.md says how.
-- The command writes them to a file, with the notes it was given and a hash over all of it at the end.

create or replace function audit.bundle(tenant_id uuid, with_personal boolean default false)
returns setof text
language plpgsql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    if with_personal and not audit._sees_all() then
        perform core._refuse('not_permitted', 'an auditor');
    end if;

    -- Whoever reads of an erasure has to find its order: it is sealed first.
    if exists (
        select
        from audit.changes c
        where c.tenant_id = bundle.tenant_id
            and c.table_name = 'audit.erasure_orders'
            and not exists (select from audit.leaves l where l.tenant_id = c.tenant_id and l.seq = c.seq)
    ) then
        perform core._refuse('order_unsealed');
    end if;

    return next row_to_json(r)::text
    from (
        select
            'empathy-ledger audit bundle' as format,
            1 as version,
            audit.origin(bundle.tenant_id) as origin,
            bundle.tenant_id as tenant_id,
            coalesce(max(h.size), 0)::text as size,
            case when with_personal then 'included' else 'withheld' end as personal
        from audit.heads h
        where h.tenant_id = bundle.tenant_id
    ) r;

    return query
    select line
    from (
        select
            l.position,
            0 as rank,
            case
                when c.seq is null then '{"put_away":' || row_to_json(away)::text || '}'
                else '{"change":' || row_to_json(change)::text || '}'
            end as line
        from audit.leaves l
        left join audit.changes c
            on c.tenant_id = l.tenant_id and c.seq = l.seq and c.recorded_at = l.recorded_at
        cross join lateral (select l.position::text, encode(l.hash, 'hex') as hash) away
        cross join lateral (
            select
                l.position::text, c.seq::text, c.era, c.xid::text,
                audit._microseconds(c.recorded_at)::text as recorded_at,
                c.actor, c.role, c.session_role, c.flags, c.request_id, c.table_name, c.operation::text, c.key, c.clear,
                encode(c.personal_commitment, 'hex') as personal_commitment,
                encode(c.body_commitment, 'hex') as body_commitment,
                case when with_personal then c.personal end as personal,
                -- A salt alone would let a body be guessed.
                case when with_personal and c.personal is not null then encode(c.salt, 'hex') end as salt,
                c.erased_under
        ) change
        where l.tenant_id = bundle.tenant_id
        union all
        select
            b.size - 1,
            1,
            '{"block":' || row_to_json(block)::text || '}'
        from audit.blocks b
        cross join lateral (
            select
                b.number::text, b.size::text, encode(b.root, 'hex') as root,
                audit._microseconds(b.sealed_at)::text as sealed_at, b.next_xid::text,
                encode(b.previous_hash, 'hex') as previous_hash, encode(b.hash, 'hex') as hash
        ) block
        where b.tenant_id = bundle.tenant_id
    ) lines
    order by position, rank;
end
$$;

comment on function audit.bundle(uuid, boolean) is 'A log as lines of text that can be verified without this database.';

revoke execute on function audit.bundle(uuid, boolean) from public;
grant execute on function audit.bundle(uuid, boolean) to authenticated, service_role, empathy_auditor;

-- From functions/audit/checkpoint.sql
-- The checkpoint of a log, as C2SP writes it: what it calls itself, its size, its root. The newest, or the one at an
-- earlier block. To be signed outside the database.

create or replace function audit.checkpoint(tenant_id uuid, size bigint default null)
returns text
language plpgsql
stable
security definer -- blocks are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    return (
        select format(E'%s\n%s\n%s\n', audit.origin(b.tenant_id), b.size, encode(b.root, 'base64'))
        from audit.blocks b
        where b.tenant_id = checkpoint.tenant_id and (checkpoint.size is null or b.size = checkpoint.size)
        order by b.number desc
        limit 1
    );
end
$$;

comment on function audit.checkpoint(uuid, bigint) is 'The checkpoint of a log, as C2SP writes it.';

revoke execute on function audit.checkpoint(uuid, bigint) from public;
grant execute on function audit.checkpoint(uuid, bigint) to authenticated, service_role, empathy_auditor;

-- From functions/audit/finish_erasures.sql
-- Empties what was still being written about somebody while they were forgotten, and what has since ceased to be
-- evidence. Returns how many changes it emptied.

create or replace function audit.finish_erasures()
returns bigint
language sql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
as $$
    select audit._erase_people(array_agg(p.id), 'the person was forgotten')
    from core.people p
    where p.erased_at is not null
$$;

comment on function audit.finish_erasures() is
    'Empties what was still being written about somebody while they were forgotten.';

revoke execute on function audit.finish_erasures() from public;
grant execute on function audit.finish_erasures() to service_role;

-- From functions/audit/history.sql
-- Everything that happened to a row, in the order of the writes. Auditors see what was personal too; whom an
-- organization lets look into its log sees what is in clear.

create or replace function audit.history(tenant_id uuid, table_name text, key jsonb)
returns table (
    seq bigint,
    "position" bigint,
    recorded_at timestamptz,
    operation text,
    actor uuid,
    role text,
    attested boolean,
    replicated boolean,
    request_id text,
    clear jsonb,
    personal jsonb,
    erased boolean
)
language plpgsql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    perform audit._require_tracked(table_name);
    return query
    select
        c.seq, l.position, c.recorded_at, c.operation::text, c.actor, c.role,
        c.flags & 1 = 1, c.flags & 2 = 2, c.request_id,
        c.clear::jsonb, case when audit._sees_all() then c.personal::jsonb end, c.erased_under is not null
    from audit.changes c
    left join audit.leaves l on l.tenant_id = c.tenant_id and l.seq = c.seq
    where c.tenant_id = history.tenant_id
        and c.table_name = history.table_name
        and coalesce(c.key, c.personal_key) = audit._key_text(history.table_name, history.key)
    order by c.seq;
end
$$;

comment on function audit.history(uuid, text, jsonb) is
    'Everything that happened to a row, in the order of the writes.';

revoke execute on function audit.history(uuid, text, jsonb) from public;
grant execute on function audit.history(uuid, text, jsonb) to authenticated, service_role, empathy_auditor;

-- From functions/audit/make_months.sql
-- Makes the partitions of the coming months, so that a write finds its month; where there is none, it lands in the
-- default and is moved into its month here. Returns how many were made.

create or replace function audit.make_months(ahead integer default 12)
returns integer
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set timezone = 'UTC'
set lock_timeout = '2s' -- every writer would wait behind it; it is called again
as $$
declare
    made integer := 0;
    wanted record;
    -- Read beforehand: what is still being read cannot be altered.
    strays constant timestamptz[] := array(
        select distinct date_trunc('month', c.recorded_at) from audit.changes_default c
    );
    stray_activity constant timestamptz[] := array(
        select distinct date_trunc('month', a.happened_at) from audit.activity_default a
    );
begin
    for wanted in
        select t.name, t.clock, date_trunc('month', now()) + make_interval(months => i) as month
        from (values ('changes', 'recorded_at'), ('activity', 'happened_at')) as t (name, clock)
        cross join generate_series(0, ahead) i
        union
        select 'changes', 'recorded_at', m from unnest(strays) m where m < now() + make_interval(months => ahead)
        union
        select 'activity', 'happened_at', m from unnest(stray_activity) m
        where m < now() + make_interval(months => ahead)
        order by 1, 3
    loop
        if to_regclass(format('audit.%s_%s', wanted.name, to_char(wanted.month, 'YYYY_MM'))) is null then
            perform audit._make_month(wanted.name, wanted.clock, wanted.month);
            made := made + 1;
        end if;
    end loop;
    return made;
end
$$;

comment on function audit.make_months(integer) is 'Makes the partitions of the coming months.';

revoke execute on function audit.make_months(integer) from public;
grant execute on function audit.make_months(integer) to service_role;

-- From functions/audit/my_history.sql
-- What happened to what is about me, and to those I act for: newest first. It says what happened and when, and whether
-- it was me; not who else, which is not mine to know.

create or replace function audit.my_history(before timestamptz default null, at_most integer default 100)
returns table (
    recorded_at timestamptz,
    tenant_id uuid,
    table_name text,
    operation text,
    by_me boolean,
    clear jsonb
)
language sql
stable
security definer -- changes are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
    select
        c.recorded_at, nullif(c.tenant_id, audit.platform()), c.table_name, c.operation::text,
        coalesce(c.actor = core.me(), false), c.clear::jsonb
    from audit.changes c
    where c.subjects && array(select core.my_people())
        and not exists (
            select from ops.table_classes k where k.table_name = c.table_name and k.untold_because is not null
        )
        and (before is null or c.recorded_at < before)
    order by c.seq desc
    limit least(greatest(at_most, 1), 1000)
$$;

comment on function audit.my_history(timestamptz, integer) is
    'What happened to what is about me: what and when, and whether it was me.';

revoke execute on function audit.my_history(timestamptz, integer) from public;
grant execute on function audit.my_history(timestamptz, integer) to authenticated;

-- From functions/audit/note_activity.sql
-- Notes what somebody did that changes no row: signed in, was refused, looked, exported. Servers do.

create or replace function audit.note_activity(
    kind text,
    person_id uuid default null,
    tenant_id uuid default null,
    ip inet default null,
    user_agent text default null,
    request_id text default null
)
returns uuid
language sql
volatile
security definer -- activity is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    insert into audit.activity (kind, person_id, tenant_id, ip, user_agent, request_id)
    values (
        note_activity.kind, note_activity.person_id, note_activity.tenant_id, note_activity.ip,
        left(note_activity.user_agent, 300), left(note_activity.request_id, 100)
    )
    returning id
$$;

comment on function audit.note_activity(text, uuid, uuid, inet, text, text) is
    'Notes what somebody did that changes no row.';

revoke execute on function audit.note_activity(text, uuid, uuid, inet, text, text) from public;
grant execute on function audit.note_activity(text, uuid, uuid, inet, text, text) to service_role;

-- From functions/audit/origin.sql
-- What a log calls itself in its checkpoints: where it is, which it is.

create or replace function audit.origin(tenant_id uuid)
returns text
language sql
stable
strict
security definer -- the platform's settings are not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select format('%s/%s', c.value #>> '{}', origin.tenant_id) from core.platform_config c where c.key = 'audit.origin'
$$;

comment on function audit.origin(uuid) is 'What a log calls itself in its checkpoints.';

revoke execute on function audit.origin(uuid) from public;
grant execute on function audit.origin(uuid) to authenticated, service_role, empathy_auditor;

-- From functions/audit/platform.sql
-- The reserved tenant whose log holds what belongs to no organization.

create or replace function audit.platform()
returns uuid
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select '00000000-0000-0000-0000-000000000000'::uuid
$$;

comment on function audit.platform() is 'The reserved tenant whose log holds what belongs to no organization.';

revoke execute on function audit.platform() from public;
grant execute on function audit.platform() to authenticated, service_role, empathy_auditor;

-- From functions/audit/prove_consistency.sql
-- Proves that a log only grew: the hashes from which both the root at its old size and the root at its new size can
-- be computed (RFC 6962, 2.1.2).

create or replace function audit.prove_consistency(tenant_id uuid, old_size bigint, new_size bigint)
returns bytea[]
language plpgsql
stable
strict
security definer -- leaves are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
declare
    here bigint := 0; -- the subtree that is looked at: from here …
    ends bigint := new_size; -- … up to there
    half bigint;
    proof bytea[] := '{}'::bytea[];
begin
    perform audit._require_access(tenant_id);
    perform audit._require_size(tenant_id, new_size);
    if old_size < 0 or old_size > new_size then
        perform core._refuse('log_size', old_size::text);
    end if;
    if old_size in (0, new_size) then
        return proof;
    end if;
    while ends <> old_size loop
        half := audit._left_leaves(ends - here);
        if old_size <= here + half then
            proof := audit._subtree(tenant_id, here + half, ends) || proof;
            ends := here + half;
        else
            proof := audit._subtree(tenant_id, here, here + half) || proof;
            here := here + half;
        end if;
    end loop;
    -- Whoever checks knows the old root; it is named only where it is not a subtree of the new tree by itself.
    return case when here = 0 then proof else audit._subtree(tenant_id, here, ends) || proof end;
end
$$;

comment on function audit.prove_consistency(uuid, bigint, bigint) is 'Proves that a log only grew (RFC 6962).';

revoke execute on function audit.prove_consistency(uuid, bigint, bigint) from public;
grant execute on function audit.prove_consistency(uuid, bigint, bigint)
    to authenticated, service_role, empathy_auditor;

-- From functions/audit/prove_inclusion.sql
-- Proves that a change stands at a place of a log: the hashes that lead from its leaf to the root of the tree of a
-- given size, the one beside the leaf first (RFC 6962, 2.1.1).

create or replace function audit.prove_inclusion(tenant_id uuid, "position" bigint, size bigint)
returns bytea[]
language plpgsql
stable
strict
security definer -- leaves are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
declare
    here bigint := 0; -- the subtree that is looked at: from here …
    ends bigint := size; -- … up to there
    half bigint;
    path bytea[] := '{}'::bytea[];
begin
    perform audit._require_access(tenant_id);
    perform audit._require_size(tenant_id, size);
    if "position" < 0 or "position" >= size then
        perform core._refuse('not_found', 'change');
    end if;
    while ends - here > 1 loop
        half := audit._left_leaves(ends - here);
        if "position" < here + half then
            path := audit._subtree(tenant_id, here + half, ends) || path;
            ends := here + half;
        else
            path := audit._subtree(tenant_id, here, here + half) || path;
            here := here + half;
        end if;
    end loop;
    return path;
end
$$;

comment on function audit.prove_inclusion(uuid, bigint, bigint) is
    'Proves that a change stands at a place of a log (RFC 6962).';

revoke execute on function audit.prove_inclusion(uuid, bigint, bigint) from public;
grant execute on function audit.prove_inclusion(uuid, bigint, bigint) to authenticated, service_role, empathy_auditor;

-- From functions/audit/seal.sql
-- Seals what was written: every change of a transaction that can no longer be followed by an older one gets its place
-- in its tenant's log, and each log that grew gets a block. Returns how many changes it sealed.
--
-- Writers are not waited for: a change is left to a later call while any transaction as old as its own still runs.
-- One sealer at a time; the others find the lock taken and go. Should one be killed, all it did is undone.

create or replace function audit.seal(batch bigint default 50000)
returns bigint
language plpgsql
volatile
security definer -- nobody may write the log
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
set work_mem = '64MB'
as $$
declare
    progress audit.progress;
    horizon xid8;
    -- A transaction that has written before cannot tell who began after it.
    may_date constant boolean := pg_current_xact_id_if_assigned() is null;
    sealed_at timestamptz;
    next_xid text;
    sealed bigint;
begin
    perform core._require_read_committed();
    if not pg_try_advisory_xact_lock(hashtextextended('audit.seal', 0)) then
        return 0;
    end if;
    select * into progress from audit.progress;

    -- A batch ends between transactions, never within one.
    horizon := least(
        pg_snapshot_xmin(pg_current_snapshot()),
        (
            select c.xid
            from audit.changes c
            where c.era = progress.era
                and c.xid > (
                    select o.xid
                    from audit.changes o
                    where o.era = progress.era and o.xid >= progress.sealed_below
                    order by o.xid
                    offset greatest(batch, 1) - 1
                    limit 1
                )
            order by c.xid
            limit 1
        )
    );
    if not exists (
        select from audit.changes c where c.era = progress.era and c.xid >= progress.sealed_below and c.xid < horizon
    ) then
        return 0;
    end if;

    -- In this order: what is due was written before, and whoever gets a later number than this transaction writes
    -- after.
    sealed_at := clock_timestamp();
    if may_date then
        next_xid := pg_current_xact_id()::text::numeric + 1;
    end if;
    sealed := audit._seal_due(progress.era, progress.sealed_below::text, horizon::text, sealed_at, next_xid);
    update audit.progress p
    set
        sealed_below = horizon,
        -- A clock that is set back does not let a change stand before a block.
        sealed_at = greatest(clock_timestamp(), (select max(h.sealed_at) from audit.heads h));
    return sealed;
end
$$;

comment on function audit.seal(bigint) is 'Seals what was written, and returns how many changes it sealed.';

revoke execute on function audit.seal(bigint) from public;
grant execute on function audit.seal(bigint) to service_role;

-- From functions/audit/shorten_addresses.sql
-- Of activity older than 90 days, the address becomes that of the network, and the program is forgotten. Returns how
-- many were shortened.

create or replace function audit.shorten_addresses()
returns bigint
language plpgsql
volatile
security definer -- activity is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    shortened bigint;
begin
    update audit.activity a
    set
        ip = network(set_masklen(a.ip, case family(a.ip) when 4 then 24 else 48 end)),
        user_agent = null
    where a.happened_at < now() - interval '90 days'
        and (a.user_agent is not null or masklen(a.ip) > case family(a.ip) when 4 then 24 else 48 end);
    get diagnostics shortened = row_count;
    return shortened;
end
$$;

comment on function audit.shorten_addresses() is 'Shortens the addresses in activity older than 90 days.';

revoke execute on function audit.shorten_addresses() from public;
grant execute on function audit.shorten_addresses() to service_role;

-- From functions/audit/tg__append_only.sql
-- What is written once and never again: nothing of it is changed or taken away.

create or replace function audit.tg__append_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('append_only', tg_table_schema || '.' || tg_table_name);
    return null;
end
$$;

comment on function audit.tg__append_only() is 'Refuses to change or take away rows of a table that is only added to.';

revoke execute on function audit.tg__append_only() from public;

-- From functions/audit/tg_changes__erase_only.sql
-- A change is emptied of what is personal, or left as it is. Verification holds what is missing against the orders.

create or replace function audit.tg_changes__erase_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    emptied audit.changes := old;
begin
    if tg_op = 'UPDATE' and new.erased_under is not null and old.erased_under is null then
        emptied.personal_key := null;
        emptied.personal := null;
        emptied.salt := null;
        emptied.subjects := null;
        emptied.erased_under := new.erased_under;
        if emptied is not distinct from new then
            return new;
        end if;
    end if;
    perform core._refuse('append_only', 'audit.changes');
    return null;
end
$$;

comment on function audit.tg_changes__erase_only() is
    'Lets changes be emptied of what is personal, and refuses the rest.';

revoke execute on function audit.tg_changes__erase_only() from public;

-- From functions/audit/verify.sql
-- Verifies a log: one row for each thing that is not as it should be, none when it is whole. Recomputes every leaf,
-- the tree at every block and the chain of blocks; holds erasures against their orders, the rows that live against
-- their newest change, and what the log stands on against what a migration recorded.
--
-- Since a size that was verified before, only what is new is looked at. With a checkpoint that is trusted (its text,
-- whose signature was checked outside), a log that was cut or rebuilt whole is found as well.

create or replace function audit.verify(tenant_id uuid, since bigint default 0, checkpoint text default null)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable -- all of it sees one state of the database
security definer -- reads whole logs, and the tables they follow
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set work_mem = '64MB'
set jit = off -- compiling takes longer than it saves
as $$
declare
    from_seq bigint;
    tracked record;
begin
    perform audit._require_access(tenant_id);
    since := coalesce(since, 0);
    perform audit._require_size(tenant_id, since);
    from_seq := audit._first_seq(tenant_id, since);

    return query select * from audit._verify_changes(tenant_id, since);
    return query select * from audit._verify_blocks(tenant_id, since);
    return query select * from audit._verify_erasures(tenant_id, since);
    return query select * from audit._verify_checkpoint(tenant_id, checkpoint) where checkpoint is not null;
    for tracked in
        select k.table_name as name
        from ops.table_classes k
        where k.untracked_because is null
            and (
                since = 0
                or k.table_name in (
                    select c.table_name
                    from audit.changes c
                    where c.tenant_id = verify.tenant_id and c.seq >= from_seq
                )
            )
        order by k.table_name
    loop
        return query select * from audit._verify_rows(tenant_id, tracked.name, since);
    end loop;
    return query select * from audit._verify_safeguards();
    -- What is gone by here has to be what the platform's log says of it.
    if tenant_id <> audit.platform() then
        return query
        select r.*
        from unnest('{audit.safeguards,audit.archived_months,audit.eras}'::text[]) as t (name)
        cross join lateral audit._verify_rows(audit.platform(), t.name, 0) r;
    end if;
end
$$;

comment on function audit.verify(uuid, bigint, text) is
    'Verifies a log: one row for each thing that is not as it should be, none when it is whole.';

revoke execute on function audit.verify(uuid, bigint, text) from public;
grant execute on function audit.verify(uuid, bigint, text) to authenticated, service_role, empathy_auditor;

-- From functions/content/_choices.sql
-- What was voted in a poll, whoever voted it.

create or replace function content._choices(poll_id uuid)
returns setof integer[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select b.choices
    from content.polls p
    join content.ballots b on b.tenant_id = p.tenant_id and b.poll_id = p.id
    where p.id = _choices.poll_id
    union all
    select b.choices
    from content.polls p
    join content.anonymous_ballots b on b.tenant_id = p.tenant_id and b.poll_id = p.id
    where p.id = _choices.poll_id
$$;

comment on function content._choices(uuid) is 'What was voted in a poll, whoever voted it.';

revoke execute on function content._choices(uuid) from public;

-- From functions/content/_concerning_me.sql
-- The works that I, or those I act for, help to make, and those to which I consent in the name of a community: whether
-- I pass the protocols that they stand under or not. Who is kept from a place helps with nothing there.

create or replace function content._concerning_me()
returns table (tenant_id uuid, work_id uuid)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select c.tenant_id, c.work_id
    from content.work_collaborators c
    where c.person_id = any (array(select core.my_people()))
        and (
            not exists (select from core.barred())
            or not exists (
                select
                from content.works w
                where w.tenant_id = c.tenant_id and w.id = c.work_id and w.scope_id in (select core.barred())
            )
        )
    union all
    select s.tenant_id, s.work_id
    from consent._spoken_for() s;
end
$$;

comment on function content._concerning_me() is
    'The works that I help to make or speak for a community about, whatever protocols they stand under.';

revoke execute on function content._concerning_me() from public;

-- From functions/content/_count_poll.sql
-- Writes down what a poll came to, with so many ballots. Of an anonymous one with fewer than three nothing is told:
-- with two, each of those who voted would know what the other did.

create or replace function content._count_poll(poll_id uuid, ballots bigint)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    update content.polls p
    set
        counted_at = clock_timestamp(),
        ballots = _count_poll.ballots,
        tallies = case when told then coalesce(t.tallies, '{}') end,
        places = case when told then coalesce(t.places, '{}') end
    from (
        select array_agg(t.tally order by t.number) as tallies, array_agg(t.place order by t.number) as places
        from content._tally(_count_poll.poll_id) t
    ) t
    cross join lateral (
        select not q.anonymous or _count_poll.ballots >= 3 as told
        from content.polls q
        where q.id = _count_poll.poll_id
    ) q
    where p.id = _count_poll.poll_id
    returning p.* into poll;
    perform ops._emit(poll.tenant_id, poll.scope_id, 'poll.counted', jsonb_build_object('poll_id', poll.id));
end
$$;

comment on function content._count_poll(uuid, bigint) is 'Writes down what a poll came to.';

revoke execute on function content._count_poll(uuid, bigint) from public;

-- From functions/content/_create_work.sql
-- Begins a work where I belong: its row, its first version and its first move. What only its kind has, the caller adds.

create or replace function content._create_work(
    kind text,
    scope_id uuid,
    title text,
    body jsonb,
    plain_text text,
    summary text,
    lang text,
    visibility content.work_visibility
)
returns record -- of content.works, which is built after this
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
begin
    if scope_id <> all (core.reach(2)) then
        perform core._refuse('not_permitted', 'membership');
    end if;
    perform core._require_open(scope_id);
    if scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.works (
        tenant_id, kind, scope_id, level, project_id, owner_id, title, summary, lang, visibility
    )
    select
        s.tenant_id, k.kind, s.id, s.level, s.project_id, me,
        btrim(_create_work.title), _create_work.summary, coalesce(_create_work.lang, p.default_lang, 'en'),
        _create_work.visibility
    from core.scopes s
    join content.work_kinds k on k.kind = _create_work.kind and core.module_on(k.module, s.id)
    left join core.projects p on p.tenant_id = s.tenant_id and p.id = s.project_id
    where s.id = _create_work.scope_id
    returning * into work;
    if work.id is null then
        perform core._refuse('not_found', 'kind of work');
    end if;
    insert into content.work_versions (
        tenant_id, work_id, number, material_version, body, plain_text, created_by
    )
    values (work.tenant_id, work.id, 1, 1, _create_work.body, _create_work.plain_text, me);
    insert into content.work_transitions (tenant_id, work_id, number, to_state, capacity, actor_id, owner_id)
    values (work.tenant_id, work.id, 1, 'draft', 'owner', me, me);
    return work;
end
$$;

comment on function content._create_work(
    text, uuid, text, jsonb, text, text, text, content.work_visibility
) is 'Begins a work: its row, its first version and its first move.';

revoke execute on function content._create_work(
    text, uuid, text, jsonb, text, text, text, content.work_visibility
) from public;

-- From functions/content/_decision_in_force.sql
-- The decision in force that lets something happen in a place, or with a work of it: accepted, not revoked, and not
-- revoked either until this transaction ends. Of a work only one that was made of what the work says now. Null, where
-- there is none.

create or replace function content._decision_in_force(matter text, scope_id uuid, work_id uuid default null)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    decision_id uuid;
begin
    select d.id into decision_id
    from content.decisions d
    where d.scope_id = _decision_in_force.scope_id
        and d.unlocks = _decision_in_force.matter
        and d.work_id is not distinct from _decision_in_force.work_id
        and d.revoked_at is null
        and (
            d.work_id is null
            or exists (
                select
                from content.works w
                join content.work_versions v
                    on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = w.current_version
                where w.tenant_id = d.tenant_id and w.id = d.work_id and v.material_version <= d.work_version
            )
        )
    order by d.decided_at desc
    limit 1
    for share of d;
    return decision_id;
end
$$;

comment on function content._decision_in_force(text, uuid, uuid) is
    'The decision in force that lets something happen, or null.';

revoke execute on function content._decision_in_force(text, uuid, uuid) from public;

-- From functions/content/_dictionary.sql
-- How Postgres understands words of a language: it knows endings and words that say nothing, of some. Whatever it does
-- not know (most of the languages there are) is understood word by word, as it is written. These are the ones that
-- every version from 15 on knows: with another list, the same rows would be other words after an upgrade.

create or replace function content._dictionary(lang text)
returns text
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            select known.dictionary
            from (
                values
                    ('ar', 'arabic'), ('ca', 'catalan'), ('da', 'danish'), ('de', 'german'), ('el', 'greek'),
                    ('en', 'english'), ('es', 'spanish'), ('eu', 'basque'), ('fi', 'finnish'), ('fr', 'french'),
                    ('ga', 'irish'), ('hi', 'hindi'), ('hu', 'hungarian'), ('hy', 'armenian'), ('id', 'indonesian'),
                    ('it', 'italian'), ('lt', 'lithuanian'), ('nb', 'norwegian'), ('ne', 'nepali'), ('nl', 'dutch'),
                    ('nn', 'norwegian'), ('no', 'norwegian'), ('pt', 'portuguese'), ('ro', 'romanian'),
                    ('ru', 'russian'), ('sr', 'serbian'), ('sv', 'swedish'), ('ta', 'tamil'), ('tr', 'turkish'),
                    ('yi', 'yiddish')
            ) as known (lang, dictionary)
            where known.lang = split_part(_dictionary.lang, '-', 1)
        ),
        'simple'
    )
$$;

comment on function content._dictionary(text) is 'How words of a language are understood.';

revoke execute on function content._dictionary(text) from public;

-- From functions/content/_drop_media.sql
-- Drops media: nobody sees them any more, and the store has to let go of their files.

create or replace function content._drop_media(media_ids uuid[])
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with dropped as (
        delete from content.media m where m.id = any (media_ids) returning m.tenant_id, m.file_id
    )
    update content.files f
    set dropped_at = now()
    from dropped d
    where f.tenant_id = d.tenant_id and f.id = d.file_id
$$;

comment on function content._drop_media(uuid[]) is 'Drops media, and has the store let go of their files.';

revoke execute on function content._drop_media(uuid[]) from public;

-- From functions/content/_is_ballot.sql
-- Whether somebody can vote like this: one number for each of two options or more. One of them is chosen; or some are
-- approved of; or each gets a score; or some are ranked, 1 the best, without a gap and none like another; or dots are
-- shared out, no more than there are.

create or replace function content._is_ballot(method content.poll_method, most integer, choices integer[])
returns boolean
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        array_ndims(choices) = 1
        and array_lower(choices, 1) = 1
        and cardinality(choices) >= 2
        and array_position(choices, null) is null
        and (
            select
                min(c) >= 0
                and case method
                    when 'approval' then max(c) = 1
                    when 'score' then max(c) <= most
                    when 'ranked' then
                        max(c) >= 1
                        and max(c) = count(*) filter (where c > 0)
                        and max(c) = count(distinct c) filter (where c > 0)
                    when 'dot' then sum(c) between 1 and most
                    else sum(c) = 1
                end
            from unnest(choices) c
        ),
        false
    )
$$;

comment on function content._is_ballot(content.poll_method, integer, integer[]) is
    'Whether somebody can vote like this.';

revoke execute on function content._is_ballot(content.poll_method, integer, integer[]) from public;

-- From functions/content/_keep_entries.sql
-- Keeps the words by which a work is found. Whoever calls this has locked the work in a statement before: of two who
-- change it at once, the second sees what the first did.

create or replace function content._keep_entries(tenant_id uuid, work_id uuid)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with wanted as materialized (
        select n.* from content._search_entries(_keep_entries.tenant_id, array[_keep_entries.work_id]) n
    ),
    gone as (
        delete from content.search_entries e
        where e.tenant_id = _keep_entries.tenant_id
            and e.work_id = _keep_entries.work_id
            and e.version not in (select n.version from wanted n)
    )
    insert into content.search_entries as e (
        tenant_id, work_id, version, created_at, dictionary, places, audiences, words
    )
    select _keep_entries.tenant_id, n.work_id, n.version, n.created_at, n.dictionary, n.places, n.audiences, n.words
    from wanted n
    on conflict on constraint search_entries_pkey do update
    set
        created_at = excluded.created_at, dictionary = excluded.dictionary, audiences = excluded.audiences,
        words = excluded.words
    where (e.created_at, e.dictionary, e.audiences, e.words)
        is distinct from (excluded.created_at, excluded.dictionary, excluded.audiences, excluded.words)
$$;

comment on function content._keep_entries(uuid, uuid) is 'Keeps the words by which a work is found.';

revoke execute on function content._keep_entries(uuid, uuid) from public;

-- From functions/content/_my_work.sql
-- A work that is mine, or of somebody I act for, locked until I am done with it; or a refusal. Where it is about to say
-- something of a person, they are known to its organization and are not forgotten meanwhile.

create or replace function content._my_work(work_id uuid, person_id uuid default null)
returns record -- of content.works, which is built after this
language plpgsql
volatile
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    organization_id uuid;
begin
    perform core._require_person();
    if person_id is not null then
        -- Before the work is locked: whoever forgets somebody comes from them to it.
        select w.tenant_id into organization_id
        from content.works w
        where w.id = _my_work.work_id and w.owner_id = any (array(select core.my_people()));
        if organization_id is null then
            perform core._refuse('not_found', 'work of yours');
        end if;
        if not core._knows(organization_id, person_id) then
            perform core._refuse('not_found', 'person');
        end if;
        perform core._require_unerased(person_id);
    end if;
    select w.* into work
    from content.works w
    where w.id = _my_work.work_id and w.owner_id = any (array(select core.my_people()))
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work of yours');
    end if;
    perform core._require_open(work.scope_id);
    return work;
end
$$;

comment on function content._my_work(uuid, uuid) is
    'A work that is mine, locked until I am done with it; or a refusal.';

revoke execute on function content._my_work(uuid, uuid) from public;

-- From functions/content/_open_poll.sql
-- Puts a question to those who belong to a place, or to those of them who hold a role there. Who may put it, the caller
-- has looked at. A poll for consent has its four options; any other can be given more until the first ballot.

create or replace function content._open_poll(
    scope_id uuid,
    question text,
    method content.poll_method,
    closes_at timestamptz,
    options text[],
    description text,
    work_id uuid,
    most integer,
    role_key text,
    anonymous boolean,
    may_change boolean,
    results_shown content.results_shown,
    quorum integer
)
returns uuid
language plpgsql
volatile
security definer -- polls are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    perform core._require_open(scope_id);
    if scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    insert into content.polls (
        tenant_id, scope_id, work_id, question, description, method, most, role_key, anonymous, may_change,
        results_shown, quorum, opened_by, closes_at
    )
    select
        s.tenant_id, s.id, _open_poll.work_id, btrim(_open_poll.question), _open_poll.description, _open_poll.method,
        _open_poll.most, _open_poll.role_key, _open_poll.anonymous, _open_poll.may_change, _open_poll.results_shown,
        _open_poll.quorum, core.me(), _open_poll.closes_at
    from core.scopes s
    where s.id = _open_poll.scope_id
    returning * into poll;
    insert into content.poll_options (tenant_id, poll_id, number, label)
    select poll.tenant_id, poll.id, o.number, btrim(o.label)
    from unnest(
        case when poll.method = 'consent' then '{Agree,Abstain,Object,Block}'::text[] end || _open_poll.options
    ) with ordinality o (label, number);
    perform ops._emit(poll.tenant_id, poll.scope_id, 'poll.opened', jsonb_build_object('poll_id', poll.id));
    return poll.id;
end
$$;

comment on function content._open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, text, boolean, boolean,
    content.results_shown, integer
) is 'Puts a question to those who belong to a place.';

revoke execute on function content._open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, text, boolean, boolean,
    content.results_shown, integer
) from public;

-- From functions/content/_outcome.sql
-- What a group decided, from how many of it agreed, abstained, objected and blocked (in this order). Without their
-- quorum, or with so few that it is not told, it lapsed.

create or replace function content._outcome(
    process content.decision_process,
    quorum_met boolean,
    tallies bigint[]
)
returns content.decision_outcome
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    select case
        when not quorum_met or tallies is null then 'lapsed'
        when case process
            when 'consensus' then tallies[1] > 0 and tallies[3] + tallies[4] = 0
            when 'elder_council' then tallies[1] > tallies[3] and tallies[4] = 0
            else tallies[1] > tallies[3] + tallies[4]
        end then 'accepted'
        else 'rejected'
    end::content.decision_outcome
$$;

comment on function content._outcome(content.decision_process, boolean, bigint[]) is
    'What a group decided, from how many of it agreed, abstained, objected and blocked.';

revoke execute on function content._outcome(content.decision_process, boolean, bigint[]) from public;

-- From functions/content/_require_attribution.sql
-- Refuses a work that does not say whom it is by, where somebody consents to sharing it, now or later, on condition
-- that it does.

create or replace function content._require_attribution(tenant_id uuid, work_id uuid)
returns void
language plpgsql
volatile
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
            select
            from consent.consents c
            where c.tenant_id = _require_attribution.tenant_id
                and c.work_id = _require_attribution.work_id
                and c.purpose in ('public_sharing', 'organization_sharing', 'community_sharing')
                and c.decision = 'given'
                and c.attribution_required
                and c.during && tstzrange(now(), null)
        )
        and not exists (
            select
            from content.attributions a
            where a.tenant_id = _require_attribution.tenant_id and a.work_id = _require_attribution.work_id
        )
    then
        perform core._refuse('attribution_missing');
    end if;
end
$$;

comment on function content._require_attribution(uuid, uuid) is
    'Refuses a work that does not say whom it is by, where it has to.';

revoke execute on function content._require_attribution(uuid, uuid) from public;

-- From functions/content/_search_entries.sql
-- By which words works are to be found, and by whom: the one place that says so. content._keep_entries keeps it,
-- content.verify_search() holds what is kept against it.
--
-- Whether a window is open now is not asked here, only whether there is one: it opens and closes while nobody writes.
-- Of a text the first 100,000 letters are read: more words might not fit into a row, and those who search would wait
-- for them. The word that says how the others are understood has a space in it, as none has that comes out of a text.

create or replace function content._search_entries(tenant_id uuid, work_ids uuid[])
returns table (
    work_id uuid,
    version integer,
    created_at timestamptz,
    dictionary text,
    places uuid[],
    audiences uuid[],
    words tsvector
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        w.id, r.version, w.created_at, d.name,
        array(select distinct p.id from unnest(array[w.scope_id, w.project_id, w.tenant_id]) p (id) order by p.id),
        r.audiences,
        array_to_tsvector(array['in ' || d.name])
            || setweight(to_tsvector(d.name::regconfig, w.title), 'A')
            || setweight(to_tsvector(d.name::regconfig, w.summary), 'B')
            || case
                when w.protocol_set_id is null
                    then setweight(to_tsvector(d.name::regconfig, left(v.plain_text, 100000)), 'C')
                else ''
            end
    from content.works w
    cross join lateral (select content._dictionary(w.lang)) d (name)
    cross join lateral (
        select a.version, array_remove(array_agg(distinct a.audience order by a.audience), null) as audiences
        from (
            values
                -- Those who make it are looked for by what they make; its reviewers are where it belongs.
                (w.current_version, null),
                (case when w.state in ('submitted', 'in_review') then w.current_version end, w.scope_id),
                (case when w.public_during <> '{}' then w.public_version end, '00000000-0000-0000-0000-000000000000'),
                (case when w.organization_during <> '{}' then w.organization_version end, w.tenant_id),
                (case when w.community_during <> '{}' then w.community_version end, w.scope_id)
        ) a (version, audience)
        group by a.version
    ) r
    join content.work_versions v on v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = r.version
    where w.tenant_id = _search_entries.tenant_id and w.id = any (work_ids)
$$;

comment on function content._search_entries(uuid, uuid[]) is 'By which words works are to be found.';

revoke execute on function content._search_entries(uuid, uuid[]) from public;

-- From functions/content/_shuffle_ballots.sql
-- Empties the place where anonymous ballots wait, in one transaction, and answers how many polls it counted. The
-- ballots of polls that have closed are written where they stay; those of the others go back to waiting. All get new
-- random ids and a random order, and who has voted in these polls is written anew with them, so that no id, no order,
-- no position and no number of a transaction leads from one to the other. The place is truncated: rows that are only
-- deleted stay in its file until they are cleared away.
--
-- A poll is one batch, however many it has: those who read the ballots of a poll have never seen fewer of them. One
-- batch after another, with what stands between, would tell who is in which. Fewer than three are not written at all
-- (see content._count_poll).
--
-- Truncating waits for everybody who reads the table, such as a backup, and writing for who is being forgotten; whoever
-- votes waits meanwhile. After a second it leaves all as it is, for the next time.

create or replace function content._shuffle_ballots()
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
declare
    due constant uuid[] := array(
        select p.id
        from content.polls p
        where p.anonymous and p.counted_at is null and p.closes_at <= clock_timestamp()
        order by p.tenant_id, p.id
        for update skip locked
    );
    closed uuid;
    waiting content.waiting_ballots[];
    voted content.voters[];
begin
    -- What one transaction wrote, the last shuffle wrote.
    if due = '{}' and (select count(distinct w.xmin::text) from content.waiting_ballots w) < 2 then
        return 0;
    end if;
    lock table content.waiting_ballots in access exclusive mode;
    waiting := array(select w from content.waiting_ballots w);
    truncate content.waiting_ballots;
    insert into content.waiting_ballots (tenant_id, poll_id, method, most, choices)
    select w.tenant_id, w.poll_id, w.method, w.most, w.choices
    from unnest(waiting) w
    where w.poll_id <> all (due)
    order by gen_random_uuid();
    insert into content.anonymous_ballots (tenant_id, poll_id, method, most, choices)
    select w.tenant_id, w.poll_id, w.method, w.most, w.choices
    from (select u.*, count(*) over (partition by u.poll_id) as together from unnest(waiting) u) w
    where w.poll_id = any (due) and w.together >= 3
    order by gen_random_uuid();
    voted := array(
        select v from content.voters v where v.poll_id in (select w.poll_id from unnest(waiting) w)
    );
    delete from content.voters v where v.poll_id in (select w.poll_id from unnest(waiting) w);
    insert into content.voters (tenant_id, poll_id, person_id)
    select v.tenant_id, v.poll_id, v.person_id
    from unnest(voted) v
    order by gen_random_uuid();
    foreach closed in array due loop
        perform content._count_poll(closed, (select count(*) from unnest(waiting) w where w.poll_id = closed));
    end loop;
    return cardinality(due);
exception
    when lock_not_available then
        return 0;
end
$$;

comment on function content._shuffle_ballots() is
    'Empties the place where anonymous ballots wait, and answers how many polls it counted.';

revoke execute on function content._shuffle_ballots() from public;

-- From functions/content/_tally.sql
-- Counts a poll: what each option got, and its place; none before the first ballot.
--
-- Where options are ranked, it is counted in rounds (instant run-off). In each, a ballot counts for the option it ranks
-- best among those still there, and the one with the fewest ballots leaves. Of several with the fewest, the one leaves
-- that fewer rank first of all; of those, the one that stands last in the list. The last two are decided between in
-- one round. What an option got is what it had in its last round. Otherwise what options got is added up, and those
-- that got the same share a place.

create or replace function content._tally(poll_id uuid)
returns table (number integer, tally bigint, place integer)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    standing integer[] := array(
        select o.number
        from content.polls p
        join content.poll_options o on o.tenant_id = p.tenant_id and o.poll_id = p.id
        where p.id = _tally.poll_id
        order by o.number
    );
    cast_at_all constant boolean := exists (select from content._choices(_tally.poll_id));
    firsts constant bigint[] := array(
        select (select count(*) from content._choices(_tally.poll_id) c (choices) where c.choices[s.number] = 1)
        from unnest(standing) s (number)
        order by s.number
    );
begin
    if (select p.method <> 'ranked' from content.polls p where p.id = _tally.poll_id) then
        return query
        select o.number, s.total, case when cast_at_all then (rank() over (order by s.total desc))::integer end
        from unnest(standing) o (number)
        cross join lateral (
            select coalesce(sum(c.choices[o.number]), 0) from content._choices(_tally.poll_id) c (choices)
        ) s (total);
        return;
    end if;
    while standing <> '{}' loop
        for number, tally in
            select o.number, count(c.best)
            from unnest(standing) o (number)
            left join (
                select
                    c.choices,
                    (
                        select s.number
                        from unnest(standing) s (number)
                        where c.choices[s.number] > 0
                        order by c.choices[s.number]
                        limit 1
                    ) as best
                from content._choices(_tally.poll_id) c (choices)
            ) c on c.best = o.number
            group by o.number
            order by count(c.best), firsts[o.number], o.number desc
            limit case cardinality(standing) when 2 then 2 else 1 end
        loop
            place := case when cast_at_all then cardinality(standing) end;
            return next;
            standing := array_remove(standing, number);
        end loop;
    end loop;
end
$$;

comment on function content._tally(uuid) is 'Counts a poll: what each option got, and its place.';

revoke execute on function content._tally(uuid) from public;

-- From functions/content/_understood.sql
-- What is looked for, as each language understands it that works are written in: a question says it in the words of the
-- work, whichever those are, and nobody has to say which language they write. It is never refused; of a long one the
-- first 300 letters count.

create or replace function content._understood(query text)
returns table (dictionary text, words tsquery)
language sql
stable
rows 3
set search_path = pg_catalog, pg_temp
as $$
    with recursive known (dictionary) as (
        select min(e.dictionary) from content.search_entries e
        union all
        -- From one to the next, without a look at all the rows between.
        select (select min(e.dictionary) from content.search_entries e where e.dictionary > k.dictionary)
        from known k
        where k.dictionary is not null
    )
    select k.dictionary, websearch_to_tsquery(k.dictionary::regconfig, left(query, 300))
    from known k
    where k.dictionary is not null
$$;

comment on function content._understood(text) is 'What is looked for, as each language understands it.';

revoke execute on function content._understood(text) from public;

-- From functions/content/_work_to_write.sql
-- A work that I may write on, locked until I am done with it: mine, or one that I help to write where everyone
-- consented to that; or a refusal.

create or replace function content._work_to_write(work_id uuid)
returns record -- of content.works, which is built after this
language plpgsql
volatile
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    perform core._require_person();
    select w.* into work
    from content.works w
    where w.id = _work_to_write.work_id
        and (
            w.owner_id = any (array(select core.my_people()))
            or exists (
                select
                from content.work_collaborators c
                where c.tenant_id = w.tenant_id
                    and c.work_id = w.id
                    and c.person_id = any (array(select core.my_people()))
                    and c.capability = 'edit'
                    and c.work_id in (select content.involving_me())
            )
        )
    for no key update;
    if work.id is null then
        perform core._refuse('not_found', 'work for you to write');
    end if;
    perform core._require_open(work.scope_id);
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    if work.owner_id <> all (array(select core.my_people())) and not consent.allows(work.id, 'modification') then
        perform core._refuse('consent_missing', 'modification');
    end if;
    return work;
end
$$;

comment on function content._work_to_write(uuid) is
    'A work that I may write on, locked until I am done with it; or a refusal.';

revoke execute on function content._work_to_write(uuid) from public;

-- From functions/content/add_collaborator.sql
-- Lets somebody into a work that is mine: to comment on it, to review it, or to write its next version. Done again, it
-- changes what they may do.

create or replace function content.add_collaborator(
    work_id uuid,
    person_id uuid,
    capability content.collaborator_capability
)
returns void
language plpgsql
volatile
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id, person_id);
begin
    if person_id = any (array(select core.my_people())) then
        perform core._refuse('not_on_yourself');
    end if;
    if person_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    insert into content.work_collaborators (tenant_id, work_id, person_id, capability, added_by)
    values (work.tenant_id, work.id, add_collaborator.person_id, add_collaborator.capability, core.me())
    on conflict on constraint work_collaborators_pkey do update set capability = excluded.capability;
end
$$;

comment on function content.add_collaborator(uuid, uuid, content.collaborator_capability) is
    'Lets somebody into a work that is mine.';

revoke execute on function content.add_collaborator(uuid, uuid, content.collaborator_capability) from public;
grant execute on function content.add_collaborator(uuid, uuid, content.collaborator_capability) to authenticated;

-- From functions/content/add_comment.sql
-- Says something to a work that I can read, or replies to what somebody said, and returns the id. While the work is
-- being made, it is said aside. In the rights of whoever calls: who reads a work, its policies say.

create or replace function content.add_comment(
    work_id uuid,
    body text,
    parent_id uuid default null,
    mentions uuid[] default '{}'
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.works w
            left join content.comments c
                on c.tenant_id = w.tenant_id
                and c.work_id = w.id
                and c.id = add_comment.parent_id
                and c.state = 'visible'
            where w.id = add_comment.work_id and (add_comment.parent_id is null or c.id is not null)
        )
    );
    comment_id uuid;
begin
    insert into content.comments (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions)
    select
        w.tenant_id, w.id, c.id, c.path, coalesce(c.aside, w.state <> 'published'), me,
        add_comment.body, add_comment.mentions
    from content.works w
    left join content.comments c on c.tenant_id = w.tenant_id and c.id = add_comment.parent_id
    where w.id = add_comment.work_id
    returning id into comment_id;
    return comment_id;
end
$$;

comment on function content.add_comment(uuid, text, uuid, uuid[]) is
    'Says something to a work, or replies to a comment, and returns the id.';

revoke execute on function content.add_comment(uuid, text, uuid, uuid[]) from public;
grant execute on function content.add_comment(uuid, text, uuid, uuid[]) to authenticated;

-- From functions/content/add_media.sql
-- Adds a file that I uploaded to a work that I write on, and returns the id of its place. Those who make the work see
-- it at once; readers with the next version that changes what is said, when everyone consents to that.

create or replace function content.add_media(
    work_id uuid,
    file_id uuid,
    alt_text text,
    caption text default '',
    duration_ms integer default null,
    sensitivity content.sensitivity default 'none'
)
returns uuid
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
    media_id uuid;
begin
    -- Written, and not only looked at: whoever drops what nothing shows finds it changed.
    update content.files f
    set attached_at = now()
    where f.tenant_id = work.tenant_id
        and f.id = add_media.file_id
        and f.scope_id = work.scope_id
        and f.uploaded_by = any (array(select core.my_people()))
        and f.state = 'arrived'
        and f.attached_at is null
        and f.dropped_at is null;
    if not found then
        perform core._refuse('not_found', 'file of yours to add');
    end if;
    insert into content.placements (tenant_id, work_id, position)
    select work.tenant_id, work.id, coalesce(max(p.position), 0) + 1
    from content.placements p
    where p.tenant_id = work.tenant_id and p.work_id = work.id
    returning id into media_id;
    insert into content.media (
        tenant_id, id, work_id, file_id, alt_text, caption, duration_ms, sensitivity, added_by
    )
    values (
        work.tenant_id, media_id, work.id, add_media.file_id, add_media.alt_text, add_media.caption,
        add_media.duration_ms, add_media.sensitivity, core.me()
    );
    return media_id;
end
$$;

comment on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) is
    'Adds a file to a work, and returns the id of its place. Readers see it with the next version.';

revoke execute on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) from public;
grant execute on function content.add_media(uuid, uuid, text, text, integer, content.sensitivity) to authenticated;

-- From functions/content/add_poll_option.sql
-- Adds an option to a poll of mine, as long as nobody has voted, and I could still put the question; returns its
-- number.

create or replace function content.add_poll_option(poll_id uuid, label text)
returns integer
language plpgsql
volatile
security definer -- options are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    poll content.polls;
begin
    select p.* into poll
    from content.polls p
    where p.id = add_poll_option.poll_id
        and p.opened_by = me
        and core.can('poll.open', p.scope_id)
        and (p.work_id is null or p.work_id in (select content.involving_me()))
    for update;
    if poll.id is null then
        perform core._refuse('not_found', 'poll of yours');
    end if;
    perform core._require_open(poll.scope_id);
    if poll.scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    if clock_timestamp() >= poll.closes_at then
        perform core._refuse('poll_closed');
    end if;
    insert into content.poll_options (tenant_id, poll_id, number, label)
    values (poll.tenant_id, poll.id, poll.options + 1, btrim(add_poll_option.label));
    return poll.options + 1;
end
$$;

comment on function content.add_poll_option(uuid, text) is
    'Adds an option to a poll of mine, as long as nobody has voted, and returns its number.';

revoke execute on function content.add_poll_option(uuid, text) from public;
grant execute on function content.add_poll_option(uuid, text) to authenticated;

-- From functions/content/attribute_work.sql
-- Says whom a work of mine is by, as the next who is named, and returns the id. A person is known to the organization;
-- they can say themselves how they want to be named.

create or replace function content.attribute_work(
    work_id uuid,
    named_as text,
    credit text,
    person_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id, person_id);
    attribution_id uuid;
begin
    if work.scope_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.attributions (tenant_id, work_id, position, credit, person_id, named_as, added_by)
    select
        work.tenant_id, work.id, coalesce(max(a.position), 0) + 1, attribute_work.credit, attribute_work.person_id,
        btrim(attribute_work.named_as), core.me()
    from content.attributions a
    where a.tenant_id = work.tenant_id and a.work_id = work.id
    returning id into attribution_id;
    return attribution_id;
end
$$;

comment on function content.attribute_work(uuid, text, text, uuid) is
    'Says whom a work of mine is by, and returns the id.';

revoke execute on function content.attribute_work(uuid, text, text, uuid) from public;
grant execute on function content.attribute_work(uuid, text, text, uuid) to authenticated;

-- From functions/content/begin_upload.sql
-- Announces a file for a work that I write on, and returns its id. The server takes these bytes and no others; they
-- take storage from now on, and what a work does not show within a day is dropped.

create or replace function content.begin_upload(work_id uuid, mime text, bytes bigint, sha256 text)
returns uuid
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
    file_id uuid;
begin
    insert into content.files (tenant_id, scope_id, sha256, mime, bytes, uploaded_by)
    values (
        work.tenant_id, work.scope_id, begin_upload.sha256, begin_upload.mime, begin_upload.bytes, core.me()
    )
    returning id into file_id;
    return file_id;
end
$$;

comment on function content.begin_upload(uuid, text, bigint, text) is
    'Announces a file for a work that I write on, and returns its id: ask the server where to send its bytes.';

revoke execute on function content.begin_upload(uuid, text, bigint, text) from public;
grant execute on function content.begin_upload(uuid, text, bigint, text) to authenticated;

-- From functions/content/cast_ballot.sql
-- Votes in a poll: a number for each option, in their order (see content.ballots). Whoever belongs to the place now, or
-- holds the role there that the poll asks for; in person, and once, unless the poll lets ballots be changed. Nothing
-- else is written: no event, no entry of the log, no time that could be held against an anonymous ballot.

create or replace function content.cast_ballot(poll_id uuid, choices integer[])
returns void
language plpgsql
volatile
security definer -- ballots are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    poll content.polls;
begin
    perform core._require_present(me);
    -- From here on it gets no more options and is not counted.
    select p.* into poll
    from content.polls p
    where p.id = cast_ballot.poll_id
        and p.scope_id = any (core.reach(2))
        and (p.work_id is null or p.id in (select content.polls_on_works()))
    for key share;
    if poll.id is null then
        perform core._refuse('not_found', 'poll');
    end if;
    perform core._require_open(poll.scope_id);
    if poll.scope_id in (select core.barred('vote')) then
        perform core._refuse('barred', 'vote');
    end if;
    if poll.role_key is not null and not exists (
        select
        from core._live_memberships(me) m
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.membership_id and mr.revoked_at is null
        join core.roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id
        where m.scope_id = poll.scope_id and r.key = poll.role_key
    ) then
        perform core._refuse('not_permitted', poll.role_key);
    end if;
    -- By the clock: a transaction may have begun long ago, and may have waited.
    if clock_timestamp() >= poll.closes_at then
        perform core._refuse('poll_closed');
    end if;
    -- Checked before it is written: what a constraint refuses is written into the server's log.
    if not content._is_ballot(poll.method, poll.most, choices) or cardinality(choices) <> poll.options then
        perform core._refuse('ballot_misfit', poll.method::text);
    end if;
    if poll.anonymous then
        insert into content.voters (tenant_id, poll_id, person_id)
        values (poll.tenant_id, poll.id, me)
        on conflict on constraint voters_pkey do nothing;
        if not found then
            perform core._refuse('already_voted');
        end if;
        insert into content.waiting_ballots (tenant_id, poll_id, method, most, choices)
        values (poll.tenant_id, poll.id, poll.method, poll.most, cast_ballot.choices);
    else
        insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices)
        values (poll.tenant_id, poll.id, me, poll.method, poll.most, cast_ballot.choices)
        on conflict on constraint ballots_pkey do update
        set choices = excluded.choices, cast_at = excluded.cast_at;
    end if;
end
$$;

comment on function content.cast_ballot(uuid, integer[]) is
    'Votes in a poll: a number for each option, in their order.';

revoke execute on function content.cast_ballot(uuid, integer[]) from public;
grant execute on function content.cast_ballot(uuid, integer[]) to authenticated;

-- From functions/content/cast_vote.sql
-- Approves of a work of somebody else's, or changes how much. Who may vote on it, the policy says: it runs in the
-- rights of whoever asks.

create or replace function content.cast_vote(work_id uuid, weight integer default 1)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content.retract_vote(cast_vote.work_id);
    -- Of a work that they cannot read nothing is known here, and the policy refuses the row.
    insert into content.votes (tenant_id, work_id, work_owner_id, person_id, weight)
    select w.tenant_id, cast_vote.work_id, w.owner_id, core.me(), cast_vote.weight
    from (select) asked
    left join content.works w on w.id = cast_vote.work_id
    -- Of two that somebody casts at once, one stands.
    on conflict do nothing;
end
$$;

comment on function content.cast_vote(uuid, integer) is
    'Approves of a work of somebody else''s, or changes how much.';

revoke execute on function content.cast_vote(uuid, integer) from public;
grant execute on function content.cast_vote(uuid, integer) to authenticated;

-- From functions/content/count_polls.sql
-- Counts the polls that have closed, and answers how many. A poll in which somebody is just voting is counted the next
-- time: who began before it closed is not passed over.

create or replace function content.count_polls()
returns integer
language plpgsql
volatile
security definer -- polls are counted by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
    counted integer := 0;
begin
    perform core._require_read_committed();
    for poll in
        select *
        from content.polls p
        where not p.anonymous and p.counted_at is null and p.closes_at <= clock_timestamp()
        order by p.tenant_id, p.id
        for update skip locked
    loop
        perform content._count_poll(
            poll.id,
            (
                select count(*)
                from content.ballots b
                where b.tenant_id = poll.tenant_id and b.poll_id = poll.id
            )
        );
        counted := counted + 1;
    end loop;
    return counted + content._shuffle_ballots();
end
$$;

comment on function content.count_polls() is 'Counts the polls that have closed, and answers how many.';

revoke execute on function content.count_polls() from public;
grant execute on function content.count_polls() to service_role;

-- From functions/content/create_note.sql
-- Begins a note. Until it is published, and its owner consents to sharing it, only they and their collaborators read
-- it.

create or replace function content.create_note(
    scope_id uuid,
    title text,
    body jsonb,
    plain_text text default '',
    summary text default '',
    lang text default null,
    visibility content.work_visibility default 'private',
    written_on date default null
)
returns uuid
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._create_work(
        'note', scope_id, title, body, plain_text, summary, lang, visibility
    );
begin
    insert into content.notes (tenant_id, id, written_on)
    values (work.tenant_id, work.id, create_note.written_on);
    return work.id;
end
$$;

comment on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) is 'Begins a note, and returns its id.';

revoke execute on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) from public;
grant execute on function content.create_note(
    uuid, text, jsonb, text, text, text, content.work_visibility, date
) to authenticated;

-- From functions/content/create_tag.sql
-- Brings in a word that works of an organization can be called by. Whoever belongs to it can read it.

create or replace function content.create_tag(organization_id uuid, slug text, name text)
returns uuid
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    tag_id uuid;
begin
    if organization_id <> all (core.reach(0)) then
        perform core._refuse('not_permitted', 'membership');
    end if;
    perform core._require_open(organization_id);
    if organization_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.tags (tenant_id, slug, name, created_by)
    values (create_tag.organization_id, create_tag.slug, btrim(create_tag.name), me)
    returning id into tag_id;
    return tag_id;
end
$$;

comment on function content.create_tag(uuid, text, text) is
    'Brings in a word that works can be called by, and returns its id.';

revoke execute on function content.create_tag(uuid, text, text) from public;
grant execute on function content.create_tag(uuid, text, text) to authenticated;

-- From functions/content/decide_synonym.sql
-- Decides whether a word says the same as the one that was proposed. Approved, the two are merged: what was called by
-- the first is found by the second, and so is what the first led to. Nothing is lost: each work keeps the word that was
-- said, and when the approval is taken back, is called by it again. Whoever says with which other word decides about
-- that proposal, or about nothing, where another was made meanwhile.

create or replace function content.decide_synonym(synonym_tag_id uuid, approve boolean, tag_id uuid default null)
returns void
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    proposal content.tag_synonyms;
begin
    perform core._require_read_committed();
    select y.* into proposal from content.tag_synonyms y where y.synonym_tag_id = decide_synonym.synonym_tag_id;
    if proposal.tenant_id is null or not core.can('tag.manage', proposal.tenant_id) then
        perform core._refuse('not_found', 'proposal');
    end if;
    perform core._require_open(proposal.tenant_id);
    -- One merger at a time; and who calls a work by a word waits.
    perform from core.organizations o where o.id = proposal.tenant_id for no key update;
    select y.* into proposal
    from content.tag_synonyms y
    where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.synonym_tag_id;

    if decide_synonym.tag_id <> proposal.tag_id then
        perform core._refuse('not_found', 'proposal');
    end if;
    if approve then
        -- The other may itself lead to a third by now.
        proposal.tag_id := coalesce(
            (
                select y.tag_id
                from content.tag_synonyms y
                where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.tag_id and y.resolves
            ),
            proposal.tag_id
        );
        if proposal.tag_id = proposal.synonym_tag_id then
            perform core._refuse('not_found', 'proposal');
        end if;
        update content.tag_synonyms y
        set tag_id = proposal.tag_id
        where y.tenant_id = proposal.tenant_id and y.tag_id = proposal.synonym_tag_id and y.resolves;
        update content.work_tags w
        set tag_id = proposal.tag_id
        where w.tenant_id = proposal.tenant_id and w.tag_id = proposal.synonym_tag_id;
    end if;
    update content.tags t
    set is_synonym = approve
    where t.tenant_id = proposal.tenant_id and t.id = proposal.synonym_tag_id;
    if not approve then
        update content.work_tags w
        set tag_id = w.word_id
        where w.tenant_id = proposal.tenant_id and w.word_id = proposal.synonym_tag_id;
    end if;
    update content.tag_synonyms y
    set
        tag_id = proposal.tag_id, status = case when approve then 'approved' else 'rejected' end,
        decided_by = me, decided_at = now()
    where y.tenant_id = proposal.tenant_id and y.synonym_tag_id = proposal.synonym_tag_id;
end
$$;

comment on function content.decide_synonym(uuid, boolean, uuid) is
    'Merges a word with the one that it says the same as, or takes them apart.';

revoke execute on function content.decide_synonym(uuid, boolean, uuid) from public;
grant execute on function content.decide_synonym(uuid, boolean, uuid) to authenticated;

-- From functions/content/delete_comment.sql
-- Takes back what I said, also where I cannot read the work any more: what it said and who said it is gone, its place
-- in the thread stays.

create or replace function content.delete_comment(comment_id uuid)
returns void
language plpgsql
volatile
security definer -- what is somebody's own they can take back, whatever else they can do
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    update content.comments c
    set state = 'deleted', author_id = null, body = '', mentions = '{}'
    where c.id = delete_comment.comment_id and c.author_id = any (array(select core.my_people()));
    if not found then
        perform core._refuse('not_found', 'comment of yours');
    end if;
end
$$;

comment on function content.delete_comment(uuid) is 'Takes back what I said; its place in the thread stays.';

revoke execute on function content.delete_comment(uuid) from public;
grant execute on function content.delete_comment(uuid) to authenticated;

-- From functions/content/drop_unused_files.sql
-- Drops what was announced more than a day ago and is shown by nothing: uploads that never ended, and those that nobody
-- added to a work. Answers how many.

create or replace function content.drop_unused_files()
returns bigint
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    dropped bigint;
begin
    update content.files f
    set dropped_at = now()
    where f.attached_at is null and f.dropped_at is null and f.begun_at < now() - interval '1 day';
    get diagnostics dropped = row_count;
    return dropped;
end
$$;

comment on function content.drop_unused_files() is 'Drops uploads of more than a day ago that nothing shows.';

revoke execute on function content.drop_unused_files() from public;
grant execute on function content.drop_unused_files() to service_role;

-- From functions/content/edit_comment.sql
-- Says otherwise what I said, to a work that I can still read. What it said before, the log alone knows, by its hash.
-- Whom it mentions stays as it is, unless it is said anew.

create or replace function content.edit_comment(comment_id uuid, body text, mentions uuid[] default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content.speaker(
        (
            select w.scope_id
            from content.comments c
            join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
            where c.id = edit_comment.comment_id
                and c.author_id in (select core.my_people())
                and c.state = 'visible'
        )
    );
    update content.comments c
    set body = edit_comment.body, mentions = coalesce(edit_comment.mentions, c.mentions)
    where c.id = edit_comment.comment_id;
end
$$;

comment on function content.edit_comment(uuid, text, uuid[]) is 'Says otherwise what I said.';

revoke execute on function content.edit_comment(uuid, text, uuid[]) from public;
grant execute on function content.edit_comment(uuid, text, uuid[]) to authenticated;

-- From functions/content/files_to_remove.sql
-- What the store has to let go of, the oldest first: what was dropped, unless a legal hold covers its place or whoever
-- uploaded it. The server removes the bytes, and then says so.

create or replace function content.files_to_remove(at_most integer default 100)
returns table (id uuid, storage_key text)
language sql
stable
rows 100
set search_path = pg_catalog, pg_temp
as $$
    select f.id, f.storage_key
    from content.files f
    where f.dropped_at is not null and f.state <> 'gone' and not ops.is_held(f.scope_id, f.uploaded_by)
    order by f.dropped_at, f.id
    limit at_most
$$;

comment on function content.files_to_remove(integer) is 'What the store has to let go of.';

revoke execute on function content.files_to_remove(integer) from public;
grant execute on function content.files_to_remove(integer) to service_role;

create or replace function content.confirm_removed(file_ids uuid[])
returns void
language sql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
    update content.files f
    set state = 'gone'
    where f.id = any (file_ids) and f.dropped_at is not null
$$;

comment on function content.confirm_removed(uuid[]) is 'The store has let go of these files.';

revoke execute on function content.confirm_removed(uuid[]) from public;
grant execute on function content.confirm_removed(uuid[]) to service_role;

-- From functions/content/finish_upload.sql
-- The bytes of a file have arrived, and are those that were announced: the server has counted and hashed them. Answers
-- whether they arrived only now: of two who send the same at once, one is first. What was dropped meanwhile is refused,
-- and the server lets go of the bytes.

create or replace function content.finish_upload(file_id uuid, encryption content.file_encryption default 'none')
returns boolean
language plpgsql
volatile
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.files f
    set state = 'arrived', arrived_at = now(), encryption = finish_upload.encryption
    where f.id = finish_upload.file_id and f.state = 'expected' and f.dropped_at is null;
    if found then
        return true;
    end if;
    if not exists (select from content.files f where f.id = finish_upload.file_id and f.dropped_at is null) then
        perform core._refuse('not_found', 'upload');
    end if;
    return false;
end
$$;

comment on function content.finish_upload(uuid, content.file_encryption) is
    'The bytes of a file have arrived; answers whether only now.';

revoke execute on function content.finish_upload(uuid, content.file_encryption) from public;
grant execute on function content.finish_upload(uuid, content.file_encryption) to service_role;

-- From functions/content/fold_counts.sql
-- Adds up what was counted about works, so that few rows tell it, and returns how many rows it took together. What is
-- counted meanwhile is left for the next time; nobody waits for this. One at a time: of two, the second has nothing to
-- do.

create or replace function content.fold_counts()
returns bigint
language plpgsql
volatile
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    taken bigint := 0;
    more bigint;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('content.fold_counts', 0)) then
        return 0;
    end if;
    with several as (
        select s.tenant_id, s.work_id
        from content.work_count_steps s
        group by s.tenant_id, s.work_id
        having count(*) > 1
    ),
    taken as (
        delete from content.work_count_steps s
        using several m
        where s.tenant_id = m.tenant_id and s.work_id = m.work_id
        returning s.*
    ),
    folded as (
        insert into content.work_count_steps (tenant_id, work_id, comments, reactions, views)
        select t.tenant_id, t.work_id, sum(t.comments), sum(t.reactions), sum(t.views)
        from taken t
        group by t.tenant_id, t.work_id
    )
    select count(*) into more from taken;
    taken := taken + more;
    with several as (
        select r.tenant_id, r.work_id, r.day, r.audience
        from content.reading_days r
        group by r.tenant_id, r.work_id, r.day, r.audience
        having count(*) > 1
    ),
    taken as (
        delete from content.reading_days r
        using several m
        where (r.tenant_id, r.work_id, r.day, r.audience) = (m.tenant_id, m.work_id, m.day, m.audience)
        returning r.*
    ),
    folded as (
        insert into content.reading_days (tenant_id, work_id, day, audience, views)
        select t.tenant_id, t.work_id, t.day, t.audience, sum(t.views)
        from taken t
        group by t.tenant_id, t.work_id, t.day, t.audience
    )
    select count(*) into more from taken;
    return taken + more;
end
$$;

comment on function content.fold_counts() is
    'Adds up what was counted about works, and returns how many rows it took together.';

revoke execute on function content.fold_counts() from public;
grant execute on function content.fold_counts() to service_role;

-- From functions/content/found_work_excerpt.sql
-- What a work that was found says around the words looked for, and which those are: of the version that I read, and of
-- what is restricted the summary alone. It is plain text: whoever shows it escapes it first, and makes the marks what
-- they like, then. Of a long text the first 20,000 letters are looked at.

create or replace function content.found_work_excerpt(found content.found_work)
returns text
language sql
stable
security definer -- whoever asks may say that anything was found: what they do not read is not shown
set search_path = pg_catalog, pg_temp
as $$
    select ts_headline(
        d.name::regconfig,
        concat_ws(E'\n', nullif(w.summary, ''), left(v.plain_text, 20000)),
        websearch_to_tsquery(d.name::regconfig, left(found.query, 300)),
        'StartSel=⟦, StopSel=⟧, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "'
    )
    from content.known_works w
    cross join lateral (select content._dictionary(w.lang)) d (name)
    left join content.work_versions v
        on v.tenant_id = w.tenant_id
        and v.work_id = w.id
        and v.number = w.read_version
        and v.number = found.version
        and w.protocol_set_id is null
    where w.tenant_id = found.tenant_id and w.id = found.work_id
$$;

comment on function content.found_work_excerpt(content.found_work) is
    'Where a work that was found has the words looked for: plain text, the words between ⟦ and ⟧.';

revoke execute on function content.found_work_excerpt(content.found_work) from public;
grant execute on function content.found_work_excerpt(content.found_work) to anon, authenticated;

-- From functions/content/involving_me.sql
-- The works about which I decide, my own among them; and those that I, or those I act for, help to make, as long as I
-- pass the protocols that they stand under.

create or replace function content.involving_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select a.work_id
    from consent.asking_me() a (work_id)
    union
    select w.id
    from content._concerning_me() c
    join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
    where w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets());
end
$$;

comment on function content.involving_me() is 'The works that I help to make or decide about.';

revoke execute on function content.involving_me() from public;
grant execute on function content.involving_me() to authenticated;

-- From functions/content/leave_out_media.sql
-- Leaves something out of the versions that are still to be written; those that show it go on showing it.

create or replace function content.leave_out_media(media_id uuid)
returns void
language plpgsql
volatile
security definer -- places are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(
        (select m.work_id from content.media m where m.id = leave_out_media.media_id)
    );
begin
    update content.placements p
    set last_version = work.current_version
    where p.tenant_id = work.tenant_id
        and p.id = leave_out_media.media_id
        and p.first_version is not null
        and p.last_version is null;
    if not found then
        perform core._refuse('not_found', 'medium to leave out');
    end if;
end
$$;

comment on function content.leave_out_media(uuid) is
    'Leaves something out of the versions that are still to be written.';

revoke execute on function content.leave_out_media(uuid) from public;
grant execute on function content.leave_out_media(uuid) to authenticated;

-- From functions/content/moderate_comment.sql
-- Hides what somebody else said to a work that I can read, or shows it again; with a reason, which its author can read.

create or replace function content.moderate_comment(comment_id uuid, hides boolean, reason text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.comments c
            join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
            where c.id = moderate_comment.comment_id
                and c.author_id not in (select core.my_people())
                and core.can('comment.moderate', w.scope_id)
        )
    );
begin
    insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id)
    select c.tenant_id, c.id, moderate_comment.hides, moderate_comment.reason, me
    from content.comments c
    where c.id = moderate_comment.comment_id;
end
$$;

comment on function content.moderate_comment(uuid, boolean, text) is
    'Hides what somebody else said, or shows it again.';

revoke execute on function content.moderate_comment(uuid, boolean, text) from public;
grant execute on function content.moderate_comment(uuid, boolean, text) to authenticated;

-- From functions/content/open_poll.sql
-- Puts a question to those who belong to a place, and returns the id of the poll. It can be about a work that involves
-- whoever puts it.

create or replace function content.open_poll(
    scope_id uuid,
    question text,
    method content.poll_method,
    closes_at timestamptz,
    options text[] default '{}',
    description text default '',
    work_id uuid default null,
    most integer default 1,
    anonymous boolean default false,
    may_change boolean default false,
    results_shown content.results_shown default 'after_close',
    quorum integer default 0
)
returns uuid
language plpgsql
volatile
security definer -- polls are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    if not core.can('poll.open', scope_id) then
        perform core._refuse('not_permitted', 'poll.open');
    end if;
    if work_id is not null and work_id not in (select content.involving_me()) then
        perform core._refuse('not_found', 'work of yours');
    end if;
    perform core._require_ahead(closes_at);
    return content._open_poll(
        scope_id, question, method, closes_at, options, description, work_id, most, null, anonymous, may_change,
        results_shown, quorum
    );
end
$$;

comment on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) is 'Puts a question to those who belong to a place, and returns the id of the poll.';

revoke execute on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) from public;
grant execute on function content.open_poll(
    uuid, text, content.poll_method, timestamptz, text[], text, uuid, integer, boolean, boolean, content.results_shown,
    integer
) to authenticated;

-- From functions/content/poll_results.sql
-- What a poll came to: for each option what it got, and its place. The one way to results, for those the poll was put
-- to, servers and auditors. It refuses, whoever asks, until they are to be seen: before a poll is counted, it answers
-- only where the poll shows them meanwhile.

create or replace function content.poll_results(poll_id uuid)
returns table (number integer, label text, tally bigint, place integer, ballots integer, quorum_met boolean)
language plpgsql
stable
security definer -- counts ballots that nobody reads
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    select p.* into poll
    from content.polls p
    where p.id = poll_results.poll_id
        and (
            audit._sees_all()
            or (
                p.scope_id = any (core.reach(2))
                and (p.work_id is null or p.id in (select content.polls_on_works()))
            )
        );
    if poll.id is null then
        perform core._refuse('not_found', 'poll');
    end if;
    if poll.counted_at is null
        and poll.results_shown <> 'always'
        and (poll.results_shown <> 'after_vote' or poll.id not in (select content.voted_in()))
    then
        perform core._refuse('results_hidden');
    end if;
    if poll.counted_at is not null and poll.tallies is null then
        perform core._refuse('too_few_ballots');
    end if;
    if poll.counted_at is null then
        select count(*) into poll.ballots from content._choices(poll.id);
        select array_agg(t.tally order by t.number), array_agg(t.place order by t.number)
        into poll.tallies, poll.places
        from content._tally(poll.id) t;
    end if;
    return query
    select
        o.number::integer, o.label, poll.tallies[o.number], poll.places[o.number], poll.ballots,
        poll.ballots >= poll.quorum
    from content.poll_options o
    where o.tenant_id = poll.tenant_id and o.poll_id = poll.id
    order by o.number;
end
$$;

comment on function content.poll_results(uuid) is 'What a poll came to, once it is to be seen.';

revoke execute on function content.poll_results(uuid) from public;
grant execute on function content.poll_results(uuid) to authenticated, service_role, empathy_auditor;

-- From functions/content/polls_on_works.sql
-- The polls about works in places where I belong, as far as I may know of them: of a work under protocols that I do not
-- pass I learn nothing, so neither what is asked about it. Whoever has to consent to the work is asked all the same.

create or replace function content.polls_on_works()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 100
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.id
    from content.polls p
    join content.works w on w.tenant_id = p.tenant_id and w.id = p.work_id
    where p.scope_id = any (core.reach(2))
        and (
            w.protocol_set_id is null
            or w.protocol_set_id in (select consent.passed_sets())
            or w.id in (select consent.asking_me())
        );
end
$$;

comment on function content.polls_on_works() is 'The polls about works in my places, as far as I may know of them.';

revoke execute on function content.polls_on_works() from public;
grant execute on function content.polls_on_works() to authenticated;

-- From functions/content/propose_decision.sql
-- Puts something to the group of a place to decide, by the process, for the time and with the quorum that the place has
-- set; none of it is for whoever proposes to choose. Of a work its owner proposes, in the version it has now; of the
-- place, who may put questions to it. Those may also propose to revoke a decision that is in force, whatever it is
-- about. Returns the id.

create or replace function content.propose_decision(
    scope_id uuid,
    matter text,
    question text,
    description text default '',
    work_id uuid default null,
    revokes uuid default null,
    anonymous boolean default false
)
returns uuid
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    place core.scopes;
    version integer;
    deciding constant content.decision_process := core.setting('decisions.process', scope_id) #>> '{}';
    poll_id uuid;
    decision_id uuid;
begin
    if not scope_id = any (core.reach(2)) then
        perform core._refuse('not_permitted', 'membership');
    end if;
    if not exists (
        select
        from content.decision_matters m
        where m.key = propose_decision.matter and m.about_work = (propose_decision.work_id is not null)
    ) then
        perform core._refuse('not_found', 'matter to decide');
    end if;
    if (revokes is not null or work_id is null) and not core.can('poll.open', scope_id) then
        perform core._refuse('not_permitted', 'poll.open');
    end if;
    if revokes is not null and not exists (
        select
        from content.decisions d
        where d.id = propose_decision.revokes
            and d.scope_id = propose_decision.scope_id
            and d.unlocks = propose_decision.matter
            and d.work_id is not distinct from propose_decision.work_id
            and d.revoked_at is null
            and (d.work_id is null or d.poll_id in (select content.polls_on_works()))
    ) then
        perform core._refuse('not_found', 'decision in force');
    end if;
    select w.current_version into version
    from content.works w
    where w.id = propose_decision.work_id
        and w.scope_id = propose_decision.scope_id
        and (revokes is not null or w.owner_id = any (array(select core.my_people())));
    if work_id is not null and version is null then
        perform core._refuse('not_found', 'work of yours');
    end if;
    select * into strict place from core.scopes s where s.id = propose_decision.scope_id;
    poll_id := content._open_poll(
        place.id, question, 'consent',
        now() + (core.setting('decisions.open_for', place.id) #>> '{}')::interval,
        '{}', description, work_id, 1,
        case deciding when 'elder_council' then 'elder' when 'board' then 'board_member' end,
        anonymous, not anonymous, 'after_close', core.setting('decisions.quorum', place.id)::integer
    );
    insert into content.decisions (
        tenant_id, scope_id, matter, work_id, work_version, revokes, process, poll_id, proposed_by
    )
    values (
        place.tenant_id, place.id, propose_decision.matter, propose_decision.work_id, version,
        propose_decision.revokes, deciding, poll_id, me
    )
    returning id into decision_id;
    return decision_id;
end
$$;

comment on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean) is
    'Puts something to the group of a place to decide, and returns the id of the decision.';

revoke execute on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean) from public;
grant execute on function content.propose_decision(uuid, text, text, text, uuid, uuid, boolean) to authenticated;

-- From functions/content/propose_synonym.sql
-- Proposes that a word says the same as another of the same organization. It counts when it is approved; proposed
-- anew, what was rejected can be decided again.

create or replace function content.propose_synonym(synonym_tag_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- words are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    organization_id uuid;
begin
    select s.tenant_id into organization_id
    from content.tags s
    join content.tags t on t.tenant_id = s.tenant_id
    where s.id = propose_synonym.synonym_tag_id
        and t.id = propose_synonym.tag_id
        and s.tenant_id = any (core.reach(0));
    if organization_id is null then
        perform core._refuse('not_found', 'pair of words');
    end if;
    perform core._require_open(organization_id);
    if organization_id in (select core.barred('create')) then
        perform core._refuse('barred', 'create');
    end if;
    insert into content.tag_synonyms as y (tenant_id, synonym_tag_id, tag_id, proposed_by)
    values (organization_id, propose_synonym.synonym_tag_id, propose_synonym.tag_id, me)
    on conflict on constraint tag_synonyms_pkey do update
    set
        tag_id = excluded.tag_id, status = 'proposed', proposed_by = excluded.proposed_by, proposed_at = now(),
        decided_by = null, decided_at = null
    where y.status <> 'approved';
    if not found then
        perform core._refuse('not_found', 'pair of words');
    end if;
end
$$;

comment on function content.propose_synonym(uuid, uuid) is 'Proposes that a word says the same as another.';

revoke execute on function content.propose_synonym(uuid, uuid) from public;
grant execute on function content.propose_synonym(uuid, uuid) to authenticated;

-- From functions/content/react.sql
-- Reacts to a work or to a comment that I can read. Done again, it changes nothing. In the rights of whoever calls: who
-- reads what, the policies say.

create or replace function content.react(kind text, work_id uuid default null, comment_id uuid default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.works w
            where w.id = coalesce(
                react.work_id,
                (select c.work_id from content.comments c where c.id = react.comment_id and c.state = 'visible')
            )
        )
    );
begin
    insert into content.reactions (tenant_id, work_id, comment_id, person_id, kind)
    select coalesce(w.tenant_id, c.tenant_id), react.work_id, react.comment_id, me, react.kind
    from (select) one
    left join content.works w on w.id = react.work_id
    left join content.comments c on c.id = react.comment_id
    on conflict do nothing;
end
$$;

comment on function content.react(text, uuid, uuid) is 'Reacts to a work or to a comment.';

revoke execute on function content.react(text, uuid, uuid) from public;
grant execute on function content.react(text, uuid, uuid) to authenticated;

-- From functions/content/record_view.sql
-- Counts that a work was read, if whoever asks can read it. Of a work that they cannot read, and of none, it says the
-- same: nothing.

create or replace function content.record_view(work_id uuid)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into content.reading_days (tenant_id, work_id)
    select w.tenant_id, w.id from content.works w where w.id = record_view.work_id
$$;

comment on function content.record_view(uuid) is 'Counts that a work was read.';

revoke execute on function content.record_view(uuid) from public;
grant execute on function content.record_view(uuid) to anon, authenticated;

-- From functions/content/remove_attribution.sql
-- Says no more that a work of mine is by somebody.

create or replace function content.remove_attribution(attribution_id uuid)
returns void
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(
        (select a.work_id from content.attributions a where a.id = attribution_id)
    );
begin
    delete from content.attributions a
    where a.tenant_id = work.tenant_id and a.id = remove_attribution.attribution_id;
end
$$;

comment on function content.remove_attribution(uuid) is 'Says no more that a work of mine is by somebody.';

revoke execute on function content.remove_attribution(uuid) from public;
grant execute on function content.remove_attribution(uuid) to authenticated;

-- From functions/content/remove_collaborator.sql
-- Takes somebody off a work again: its owner, or whoever wants to leave.

create or replace function content.remove_collaborator(work_id uuid, person_id uuid)
returns void
language plpgsql
volatile
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    delete from content.work_collaborators c
    using content.works w
    where w.id = remove_collaborator.work_id
        and c.tenant_id = w.tenant_id
        and c.work_id = w.id
        and c.person_id = remove_collaborator.person_id
        and (
            w.owner_id = any (array(select core.my_people()))
            or c.person_id = any (array(select core.my_people()))
        );
    if not found then
        perform core._refuse('not_found', 'collaborator');
    end if;
end
$$;

comment on function content.remove_collaborator(uuid, uuid) is 'Takes somebody off a work again.';

revoke execute on function content.remove_collaborator(uuid, uuid) from public;
grant execute on function content.remove_collaborator(uuid, uuid) to authenticated;

-- From functions/content/remove_media.sql
-- Takes something out of all versions of a work at once, and has the store let go of its bytes. Where it was, readers
-- see that something is withheld.

create or replace function content.remove_media(media_id uuid)
returns void
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(
        (select m.work_id from content.media m where m.id = remove_media.media_id)
    );
begin
    perform content._drop_media(array[media_id]);
    -- What no version showed leaves no gap.
    delete from content.placements p
    where p.tenant_id = work.tenant_id and p.id = remove_media.media_id and p.first_version is null;
end
$$;

comment on function content.remove_media(uuid) is
    'Takes something out of all versions of a work, and has its bytes removed.';

revoke execute on function content.remove_media(uuid) from public;
grant execute on function content.remove_media(uuid) to authenticated;

-- From functions/content/rename_attribution.sql
-- Says how somebody wants to be named: the person themselves; where nobody of this platform stands behind the name, the
-- owner of the work.

create or replace function content.rename_attribution(attribution_id uuid, named_as text)
returns void
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    attribution content.attributions;
begin
    perform core._require_person();
    select a.* into attribution
    from content.attributions a
    join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
    where a.id = rename_attribution.attribution_id
        and coalesce(a.person_id, w.owner_id) = any (array(select core.my_people()));
    if attribution.id is null then
        perform core._refuse('not_found', 'name of yours');
    end if;
    if attribution.person_id is not null then
        perform core._require_unerased(attribution.person_id);
    end if;
    update content.attributions a
    set named_as = btrim(rename_attribution.named_as)
    where a.tenant_id = attribution.tenant_id and a.id = attribution.id;
end
$$;

comment on function content.rename_attribution(uuid, text) is 'Says how I want to be named.';

revoke execute on function content.rename_attribution(uuid, text) from public;
grant execute on function content.rename_attribution(uuid, text) to authenticated;

-- From functions/content/retract_vote.sql
-- Takes my vote on a work back, whether or not I may still read it. Says whether there was one.

create or replace function content.retract_vote(work_id uuid)
returns boolean
language plpgsql
volatile
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    delete from content.votes v
    where v.work_id = retract_vote.work_id
        and exists (select from core.people p where p.id = v.person_id and me in (p.id, p.merged_into));
    return found;
end
$$;

comment on function content.retract_vote(uuid) is 'Takes my vote on a work back, and says whether there was one.';

revoke execute on function content.retract_vote(uuid) from public;
grant execute on function content.retract_vote(uuid) to authenticated;

-- From functions/content/revise_work.sql
-- Writes the next version of a work, and returns its number: its owner, or an editor where everyone consented to that.
-- A version that changes what is said needs everyone's consent anew; until then readers keep the one they had. It shows
-- what was added to see since the one before; a minor one does not.

create or replace function content.revise_work(
    work_id uuid,
    body jsonb,
    plain_text text default '',
    change_note text default '',
    minor boolean default false,
    based_on integer default null
)
returns integer
language plpgsql
volatile
security definer -- versions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._work_to_write(work_id);
begin
    insert into content.work_versions (
        tenant_id, work_id, number, material_version, body, plain_text, change_note, based_on, created_by
    )
    select
        v.tenant_id, v.work_id, v.number + 1, case when minor is true then v.material_version else v.number + 1 end,
        revise_work.body, revise_work.plain_text, revise_work.change_note, coalesce(revise_work.based_on, v.number),
        core.me()
    from content.work_versions v
    where v.tenant_id = work.tenant_id and v.work_id = work.id and v.number = work.current_version;
    update content.works w
    set current_version = work.current_version + 1
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- What there is to see for the first time comes with what everyone is asked about anew.
    if minor is not true then
        update content.placements p
        set first_version = work.current_version + 1
        where p.tenant_id = work.tenant_id and p.work_id = work.id and p.first_version is null;
    end if;
    perform consent._recompute(work.tenant_id, array[work.id]);
    -- Whoever has to consent hears of it, and may object: of what was called minor, too.
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.revised',
        jsonb_build_object('work_id', work.id, 'version', work.current_version + 1, 'minor', minor is true)
    );
    return work.current_version + 1;
end
$$;

comment on function content.revise_work(uuid, jsonb, text, text, boolean, integer) is
    'Writes the next version of a work, and returns its number.';

revoke execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) from public;
grant execute on function content.revise_work(uuid, jsonb, text, text, boolean, integer) to authenticated;

-- From functions/content/search_works.sql
-- Finds the works that I may know of by the words of what I read of them: title, summary, and the text of my version,
-- unless the work is restricted. The best come first, among equals the newest. Asked as people ask search engines: all
-- of these words, "a phrase", this or that, -not this. Words of what I do not read find nothing, and change nothing.
--
-- The index sieves what has the words and is addressed to me, or is mine. What comes through is looked at from the
-- newest on (content.known_works decides) until 5,000 works are found, and these are ranked: whoever finds more has the
-- oldest left out, and better asks for more words. What is hidden leaves nothing out.

create or replace function content.search_works(
    query text,
    kind text default null,
    scope_id uuid default null,
    tag_id uuid default null
)
returns setof content.found_work
language plpgsql
stable
rows 100
security definer -- looks at words of works the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
-- Planned for words that nobody knows yet, it goes by the index; for common ones it would read every row there is.
set plan_cache_mode = force_generic_plan
as $$
declare
    everybody constant uuid := '00000000-0000-0000-0000-000000000000';
    mine constant uuid[] := everybody || core.reach(0) || core.reach(2) || core.granted('work.review', 2);
    dictionaries text[] := '{}';
    questions tsquery[] := '{}';
    sieve tsquery;
    understood record;
begin
    -- Each question goes to the works that are in its language, unless it is the same for all.
    for understood in
        select
            u.words, array_agg(u.dictionary) as dictionaries,
            string_agg(quote_literal('in ' || u.dictionary), '|')::tsquery as languages,
            count(*) = sum(count(*)) over () as is_only
        from content._understood(search_works.query) u
        group by u.words
    loop
        -- Nothing is left of it there, or only what it is not about.
        continue when querytree(understood.words) in ('', 'T');
        dictionaries := dictionaries || understood.dictionaries;
        questions := questions || array_fill(understood.words, array[cardinality(understood.dictionaries)]);
        if not understood.is_only then
            understood.words := understood.languages && understood.words;
        end if;
        sieve := coalesce(sieve || understood.words, understood.words);
    end loop;

    return query
    select e.tenant_id, e.work_id, e.version, ts_rank(e.words, q.words), search_works.query
    from (
        select sieved.*
        from (
            select e.tenant_id, e.work_id, e.version, e.created_at
            from content.search_entries e
            where search_works.scope_id is null and e.words @@ sieve and e.audiences && mine
            union all
            select e.tenant_id, e.work_id, e.version, e.created_at
            from content.search_entries e
            where search_works.scope_id is not null
                and e.words @@ sieve
                and e.audiences && mine
                and e.places @> array[search_works.scope_id]
            union all
            -- What is for nobody else, or not in this version.
            select e.tenant_id, e.work_id, e.version, e.created_at
            from (
                select a.work_id from consent.asking_me() a (work_id)
                union
                select c.work_id from content._concerning_me() c
            ) involving
            join content.works w on w.id = involving.work_id
            join content.search_entries e on e.tenant_id = w.tenant_id and e.work_id = w.id
            where e.words @@ sieve
                and not e.audiences && mine
                and (search_works.scope_id is null or e.places @> array[search_works.scope_id])
            order by created_at desc, work_id desc
            offset 0
        ) sieved
        where (
            select
                w.read_version = sieved.version
                and (search_works.kind is null or w.kind = search_works.kind)
                and (
                    search_works.tag_id is null
                    or exists (
                        select
                        from content.work_tags t
                        where t.tenant_id = w.tenant_id and t.work_id = w.id and t.tag_id = search_works.tag_id
                    )
                )
            from content.known_works w
            where w.tenant_id = sieved.tenant_id and w.id = sieved.work_id
        )
        order by sieved.created_at desc, sieved.work_id desc
        limit 5000
    ) f
    join content.search_entries e on e.tenant_id = f.tenant_id and e.work_id = f.work_id and e.version = f.version
    join unnest(dictionaries, questions) q (dictionary, words) on q.dictionary = e.dictionary
    order by 4 desc, e.created_at desc, e.work_id desc;
end
$$;

comment on function content.search_works(text, text, uuid, uuid) is
    'Finds works by the words of what I read of them: the best first, then the newest. All of these words, "a phrase", '
    'this or that, -not this; of a kind, in a place and all below it, or with a tag.';

revoke execute on function content.search_works(text, text, uuid, uuid) from public;
grant execute on function content.search_works(text, text, uuid, uuid) to anon, authenticated;

-- From functions/content/speaker.sql
-- Who speaks up about a work that they read, of which they give the place; or a refusal. Functions in the rights of
-- whoever calls ask the policies who reads what, give the place that they were told of, and none where they were told
-- of none; this refuses for them, each time in the same words.

create or replace function content.speaker(scope_id uuid)
returns uuid
language plpgsql
volatile
security definer -- refusing is for functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    if scope_id is null then
        perform core._refuse('not_found', 'thing');
    end if;
    if scope_id in (select core.barred('comment')) then
        perform core._refuse('barred', 'comment');
    end if;
    return me;
end
$$;

comment on function content.speaker(uuid) is 'Who speaks up about a work that they read, or a refusal.';

revoke execute on function content.speaker(uuid) from public;
grant execute on function content.speaker(uuid) to authenticated;

-- From functions/content/tag_work.sql
-- Calls a work of mine by a word of its organization. A synonym leads to the word that says the same.

create or replace function content.tag_work(work_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- what works are called by is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
    word content.tags;
begin
    -- A merger of words is waited for: of this one, or of what it leads to.
    perform from core.organizations o where o.id = work.tenant_id for share;
    select t.* into word from content.tags t where t.tenant_id = work.tenant_id and t.id = tag_work.tag_id;
    if word.id is null then
        perform core._refuse('not_found', 'word');
    end if;
    insert into content.work_tags (tenant_id, work_id, word_id, tag_id, added_by)
    values (
        work.tenant_id, work.id, word.id,
        coalesce(
            (
                select y.tag_id
                from content.tag_synonyms y
                where y.tenant_id = word.tenant_id and y.synonym_tag_id = word.id and y.resolves
            ),
            word.id
        ),
        core.me()
    )
    on conflict on constraint work_tags_pkey do nothing;
end
$$;

comment on function content.tag_work(uuid, uuid) is 'Calls a work of mine by a word.';

revoke execute on function content.tag_work(uuid, uuid) from public;
grant execute on function content.tag_work(uuid, uuid) to authenticated;

-- From functions/content/tg__keep_attribution.sql
-- What is published goes on saying whom it is by, where somebody consents on that condition: whoever takes the last
-- name away, and whoever makes it a condition of theirs.

create or replace function content.tg__keep_attribution()
returns trigger
language plpgsql
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._require_attribution(w.tenant_id, w.id)
    from content.works w
    where w.tenant_id = coalesce(new.tenant_id, old.tenant_id)
        and w.id = coalesce(new.work_id, old.work_id)
        and w.state = 'published';
    return null;
end
$$;

comment on function content.tg__keep_attribution() is
    'Refuses what would leave a published work without a name, where it has to say whom it is by.';

revoke execute on function content.tg__keep_attribution() from public;

-- From functions/content/tg__while_uncounted.sql
-- Ballots, and who has voted, are written until their poll is counted, and never after. A ballot is changed where the
-- poll says so. The poll stays as it is until this is committed.

create or replace function content.tg__while_uncounted()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    if tg_op = 'DELETE' then
        select p.* into poll
        from content.polls p
        where p.tenant_id = old.tenant_id and p.id = old.poll_id
        for key share;
    else
        select p.* into poll
        from content.polls p
        where p.tenant_id = new.tenant_id and p.id = new.poll_id
        for key share;
    end if;
    if poll.counted_at is not null then
        perform core._refuse('poll_closed');
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if tg_op = 'UPDATE' and not poll.may_change then
        perform core._refuse('already_voted');
    end if;
    return new;
end
$$;

comment on function content.tg__while_uncounted() is 'Refuses ballots of a poll that is counted.';

revoke execute on function content.tg__while_uncounted() from public;

-- From functions/content/tg_comment_moderations__carry_out.sql
-- Does to the comment what the moderator said. Of two who say the same at once, the second is refused.

create or replace function content.tg_comment_moderations__carry_out()
returns trigger
language plpgsql
security definer -- the state of a comment is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.comments c
    set state = case when new.hides then 'hidden'::content.comment_state else 'visible' end
    where c.tenant_id = new.tenant_id
        and c.id = new.comment_id
        and c.state = case when new.hides then 'visible'::content.comment_state else 'hidden' end;
    if not found then
        perform core._refuse('not_found', 'comment');
    end if;
    return null;
end
$$;

comment on function content.tg_comment_moderations__carry_out() is 'Hides a comment, or shows it again.';

revoke execute on function content.tg_comment_moderations__carry_out() from public;

-- From functions/content/tg_comment_moderations__lock_comment.sql
-- Waits for whoever is changing the comment, before anything of it is held: else two who moderate it would hold it
-- together by their keys, and each would wait for the other to change it.

create or replace function content.tg_comment_moderations__lock_comment()
returns trigger
language plpgsql
security definer -- locks comments of others
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Of what they may not know of, nobody waits for who holds it: this comes before the policy.
    perform
    from content.comments c
    where c.tenant_id = new.tenant_id
        and c.id = new.comment_id
        and c.work_id in (select content.visible(array[c.work_id]))
    for update;
    return new;
end
$$;

comment on function content.tg_comment_moderations__lock_comment() is 'Waits for whoever is changing the comment.';

revoke execute on function content.tg_comment_moderations__lock_comment() from public;

-- From functions/content/tg_comments__admit.sql
-- Nothing is said in a place that is archived, nor in an organization that is not active. Those who listen are told.
-- After the row is written, so that whoever may not write it learns nothing here of its work.

create or replace function content.tg_comments__admit()
returns trigger
language plpgsql
security definer -- looks at places the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    select w.* into work from content.works w where w.tenant_id = new.tenant_id and w.id = new.work_id;
    perform core._require_open(work.scope_id);
    -- Who is being forgotten at this moment says nothing more. What they said before, it is enough to lock.
    if tg_op = 'INSERT' then
        perform core._require_present(new.author_id);
    end if;
    perform ops._emit(
        work.tenant_id, work.scope_id, case tg_op when 'INSERT' then 'comment.added' else 'comment.edited' end,
        jsonb_build_object('comment_id', new.id, 'work_id', new.work_id)
    );
    return null;
end
$$;

comment on function content.tg_comments__admit() is 'Lets something be said only where the place is open.';

revoke execute on function content.tg_comments__admit() from public;

-- From functions/content/tg_comments__check_mentions.sql
-- A comment mentions only people whom its author sees, or who said something there that its author reads; and of these
-- only such as read the work themselves. That is asked in their name, so that who reads a work is said by its policies
-- alone. Of everybody else the author learns nothing, not even that they are there. Whom it mentioned before and still
-- does is not asked about again: that would tell the author who reads it no more.

create or replace function content.tg_comments__check_mentions()
returns trigger
language plpgsql -- in the rights of whoever writes: the policies are asked, of the author and of those mentioned
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant text := current_setting('request.jwt.claims', true);
    mentioned uuid;
    reads boolean;
begin
    if new.mentions = old.mentions then
        return null;
    end if;
    foreach mentioned in array new.mentions loop
        reads := exists (select from core.people p where p.id = mentioned)
            or exists (
                select
                from content.comments c
                where c.tenant_id = new.tenant_id and c.work_id = new.work_id and c.author_id = mentioned
            );
        if reads then
            perform set_config('request.jwt.claims', jsonb_build_object('person', mentioned)::text, true);
            reads := exists (
                select
                from content.comments c
                where c.tenant_id = new.tenant_id and c.id = new.id
            );
            perform set_config('request.jwt.claims', claims, true);
        end if;
        if not reads then
            perform content.speaker(null);
        end if;
    end loop;
    return null;
end
$$;

comment on function content.tg_comments__check_mentions() is
    'Lets a comment mention only those who can read it.';

revoke execute on function content.tg_comments__check_mentions() from public;

-- From functions/content/tg_comments__count.sql
-- Counts the comments that every reader of a work can read.

create or replace function content.tg_comments__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    comment constant content.comments := coalesce(new, old);
    more integer := 0;
begin
    if old.state = 'visible' then
        more := more - 1;
    end if;
    if new.state = 'visible' then
        more := more + 1;
    end if;
    if not comment.aside then
        insert into content.work_count_steps (tenant_id, work_id, comments)
        values (comment.tenant_id, comment.work_id, more);
    end if;
    return null;
end
$$;

comment on function content.tg_comments__count() is 'Counts comments.';

revoke execute on function content.tg_comments__count() from public;

-- From functions/content/tg_comments__drop_reactions.sql
-- Where nothing is said any more, nobody reacts to it.

create or replace function content.tg_comments__drop_reactions()
returns trigger
language plpgsql
security definer -- reactions of everybody's
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.reactions r where r.tenant_id = new.tenant_id and r.comment_id = new.id;
    return null;
end
$$;

comment on function content.tg_comments__drop_reactions() is 'Drops the reactions to what was taken back.';

revoke execute on function content.tg_comments__drop_reactions() from public;

-- From functions/content/tg_comments__note_edit.sql
-- Notes when something was said otherwise, whoever writes.

create or replace function content.tg_comments__note_edit()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.body <> old.body and new.state <> 'deleted' then
        new.edited_at := now();
    end if;
    return new;
end
$$;

comment on function content.tg_comments__note_edit() is 'Notes when a comment was edited.';

revoke execute on function content.tg_comments__note_edit() from public;

-- From functions/content/tg_decisions__follow.sql
-- The outcome of a decision is what its poll came to, whoever writes what; until that is counted, none.

create or replace function content.tg_decisions__follow()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    poll content.polls;
begin
    select p.* into poll from content.polls p where p.tenant_id = new.tenant_id and p.id = new.poll_id;
    new.outcome := case
        when poll.counted_at is not null
            then content._outcome(new.process, poll.ballots >= poll.quorum, poll.tallies)
    end;
    new.decided_at := poll.counted_at;
    return new;
end
$$;

comment on function content.tg_decisions__follow() is 'Gives a decision the outcome that its poll came to.';

revoke execute on function content.tg_decisions__follow() from public;

-- From functions/content/tg_files__count_bytes.sql
-- Files take storage in their place and all above it, from when they are announced until their bytes are gone.

create or replace function content.tg_files__count_bytes()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
declare
    was constant boolean := tg_op <> 'INSERT' and old.state <> 'gone';
    is_now constant boolean := tg_op <> 'DELETE' and new.state <> 'gone';
    file constant content.files := coalesce(new, old);
begin
    if was <> is_now then
        perform core._count_use(file.scope_id, 'storage_bytes', case when is_now then file.bytes else -file.bytes end);
    end if;
    return null;
end
$$;

comment on function content.tg_files__count_bytes() is 'Counts storage.';

revoke execute on function content.tg_files__count_bytes() from public;

-- From functions/content/tg_people__drop_files.sql
-- Who is forgotten takes along what there was to see or hear in their works, and what they had only uploaded. What they
-- added to the works of others stays: it is said there by others.

create or replace function content.tg_people__drop_files()
returns trigger
language plpgsql
security definer -- files are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._drop_media(
        array(
            select m.id
            from content.works w
            join content.media m on m.tenant_id = w.tenant_id and m.work_id = w.id
            where w.owner_id = new.id
        )
    );
    update content.files f
    set dropped_at = now()
    where f.uploaded_by = new.id and f.attached_at is null and f.dropped_at is null;
    return null;
end
$$;

comment on function content.tg_people__drop_files() is 'Drops the files of who is forgotten.';

revoke execute on function content.tg_people__drop_files() from public;

-- From functions/content/tg_people__follow_reactions.sql
-- Who is forgotten felt nothing. Who turns out to be somebody else felt each thing once.

create or replace function content.tg_people__follow_reactions()
returns trigger
language plpgsql
security definer -- reactions of everybody's
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.erased_at is null then
        update content.reactions r
        set person_id = new.merged_into
        where r.person_id = new.id
            and not exists (
                select
                from content.reactions s
                where s.tenant_id = r.tenant_id
                    and s.person_id = new.merged_into
                    and s.kind = r.kind
                    and (s.work_id = r.work_id or s.comment_id = r.comment_id)
            );
    end if;
    delete from content.reactions r where r.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__follow_reactions() is
    'Drops the reactions of somebody who is forgotten, and hands on those of somebody who turns out to be another.';

revoke execute on function content.tg_people__follow_reactions() from public;

-- From functions/content/tg_people__forget_comments.sql
-- Who is forgotten has said nothing, and is spoken of nowhere.

create or replace function content.tg_people__forget_comments()
returns trigger
language plpgsql
security definer -- comments of everybody's works
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.comments c
    set state = 'deleted', author_id = null, body = '', mentions = '{}'
    where c.author_id = new.id;
    update content.comments c
    set mentions = array_remove(c.mentions, new.id)
    where c.mentions @> array[new.id];
    return null;
end
$$;

comment on function content.tg_people__forget_comments() is 'Takes back what somebody said who is forgotten.';

revoke execute on function content.tg_people__forget_comments() from public;

-- From functions/content/tg_people__forget_names.sql
-- Who is forgotten is named nowhere.

create or replace function content.tg_people__forget_names()
returns trigger
language plpgsql
security definer -- attributions of everybody's works
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.attributions a set named_as = new.display_name where a.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__forget_names() is 'Names somebody no more who is forgotten.';

revoke execute on function content.tg_people__forget_names() from public;

-- From functions/content/tg_people__merge_ballots.sql
-- Two people turn out to be one while a poll is open: as the survivor they have voted, and once. An anonymous ballot is
-- nobody's: if both cast one, both are counted.

create or replace function content.tg_people__merge_ballots()
returns trigger
language plpgsql
security definer -- ballots are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    with taken as (
        delete from content.ballots b
        using content.polls p
        where b.person_id = new.id and p.tenant_id = b.tenant_id and p.id = b.poll_id and p.counted_at is null
        returning b.tenant_id, b.poll_id, b.method, b.most, b.choices, b.cast_at
    )
    insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices, cast_at)
    select t.tenant_id, t.poll_id, new.merged_into, t.method, t.most, t.choices, t.cast_at
    from taken t
    on conflict on constraint ballots_pkey do nothing;
    with taken as (
        delete from content.voters v
        using content.polls p
        where v.person_id = new.id and p.tenant_id = v.tenant_id and p.id = v.poll_id and p.counted_at is null
        returning v.tenant_id, v.poll_id
    )
    insert into content.voters (tenant_id, poll_id, person_id)
    select t.tenant_id, t.poll_id, new.merged_into
    from taken t
    on conflict on constraint voters_pkey do nothing;
    return null;
end
$$;

comment on function content.tg_people__merge_ballots() is 'Lets somebody who was two have voted once.';

revoke execute on function content.tg_people__merge_ballots() from public;

-- From functions/content/tg_people__merge_votes.sql
-- Two who voted on a work turn out to be one: the survivor's vote stands. And what turns out to be their own work, they
-- have no vote on.

create or replace function content.tg_people__merge_votes()
returns trigger
language plpgsql
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.votes v
    using content.votes kept
    where v.person_id = new.id
        and kept.tenant_id = v.tenant_id
        and kept.work_id = v.work_id
        and kept.person_id = new.merged_into;
    delete from content.votes v
    where (v.person_id, v.work_owner_id) in ((new.id, new.merged_into), (new.merged_into, new.id));
    return null;
end
$$;

comment on function content.tg_people__merge_votes() is
    'Leaves somebody who was two no second vote, nor one on their own.';

revoke execute on function content.tg_people__merge_votes() from public;

-- From functions/content/tg_people__stop_helping.sql
-- Who is forgotten helps with nothing any more. Their rows go, since the log forgets the keys that name them.

create or replace function content.tg_people__stop_helping()
returns trigger
language plpgsql
security definer -- collaborators are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.work_collaborators c where c.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__stop_helping() is
    'Takes somebody who is forgotten off the works that they helped with.';

revoke execute on function content.tg_people__stop_helping() from public;

-- From functions/content/tg_people__take_back_votes.sql
-- Who is forgotten approves of nothing any more. Their rows go, since the log forgets the keys that name them.

create or replace function content.tg_people__take_back_votes()
returns trigger
language plpgsql
security definer -- votes are taken away by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.votes v where v.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__take_back_votes() is 'Takes back the votes of somebody who is forgotten.';

revoke execute on function content.tg_people__take_back_votes() from public;

-- From functions/content/tg_poll_options__count.sql
-- Tells polls how many options they have now. A ballot refers to the number there was, so that from the first one on
-- the number stays.

create or replace function content.tg_poll_options__count()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.polls p
    set options = p.options + a.more
    from (select o.tenant_id, o.poll_id, count(*) as more from added o group by o.tenant_id, o.poll_id) a
    where p.tenant_id = a.tenant_id and p.id = a.poll_id;
    return null;
exception
    when foreign_key_violation then
        perform core._refuse('poll_begun');
        return null;
end
$$;

comment on function content.tg_poll_options__count() is 'Tells polls how many options they have now.';

revoke execute on function content.tg_poll_options__count() from public;

-- From functions/content/tg_polls__decide.sql
-- When a poll is counted, the decision that hangs on it is made, and the one that it revokes is in force no longer.

create or replace function content.tg_polls__decide()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    made content.decisions;
begin
    update content.decisions d
    set outcome = d.outcome -- which follows from the poll
    where d.tenant_id = new.tenant_id and d.poll_id = new.id
    returning d.* into made;
    if made.id is null then
        return null;
    end if;
    -- The first that revokes it does.
    update content.decisions d
    set revocation_id = made.id, revoked_at = made.decided_at
    where d.tenant_id = made.tenant_id and d.id = made.overturns and d.revocation_id is null;
    perform ops._emit(
        made.tenant_id, made.scope_id, 'decision.' || made.outcome, jsonb_build_object('decision_id', made.id)
    );
    return null;
end
$$;

comment on function content.tg_polls__decide() is 'Makes the decision that hangs on a poll.';

revoke execute on function content.tg_polls__decide() from public;

-- From functions/content/tg_reactions__admit.sql
-- Nobody reacts to anything in a place that is archived, nor in an organization that is not active. After the row is
-- written, so that whoever may not write it learns nothing here.

create or replace function content.tg_reactions__admit()
returns trigger
language plpgsql
security definer -- looks at places the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Who is being forgotten at this moment feels nothing more.
    perform core._require_present(new.person_id);
    perform core._require_open(w.scope_id)
    from content.works w
    where w.tenant_id = new.tenant_id
        and w.id = coalesce(
            new.work_id,
            (
                select c.work_id
                from content.comments c
                where c.tenant_id = new.tenant_id and c.id = new.comment_id
            )
        );
    return null;
end
$$;

comment on function content.tg_reactions__admit() is 'Lets somebody react only where the place is open.';

revoke execute on function content.tg_reactions__admit() from public;

-- From functions/content/tg_reactions__count.sql
-- Counts the reactions to a work itself.

create or replace function content.tg_reactions__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    reaction constant content.reactions := coalesce(new, old);
begin
    if reaction.work_id is not null then
        insert into content.work_count_steps (tenant_id, work_id, reactions)
        values (reaction.tenant_id, reaction.work_id, case tg_op when 'INSERT' then 1 else -1 end);
    end if;
    return null;
end
$$;

comment on function content.tg_reactions__count() is 'Counts reactions.';

revoke execute on function content.tg_reactions__count() from public;

-- From functions/content/tg_reading_days__count.sql
-- Counts a reading.

create or replace function content.tg_reading_days__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into content.work_count_steps (tenant_id, work_id, views) values (new.tenant_id, new.work_id, 1);
    return null;
end
$$;

comment on function content.tg_reading_days__count() is 'Counts a reading.';

revoke execute on function content.tg_reading_days__count() from public;

-- From functions/content/tg_reading_days__name_audience.sql
-- As what whoever reads a work reads it: as nearly as they belong to it. In their own rights: of a work that they
-- cannot read it says nothing.

create or replace function content.tg_reading_days__name_audience()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.audience := coalesce(
        new.audience,
        (
            select case
                when w.scope_id = any (core.reach(2)) then 'community'
                when w.tenant_id = any (core.reach(0)) then 'organization'
            end
            from content.works w
            where w.tenant_id = new.tenant_id and w.id = new.work_id
        ),
        'public'
    );
    return new;
end
$$;

comment on function content.tg_reading_days__name_audience() is 'Says as what somebody reads a work.';

revoke execute on function content.tg_reading_days__name_audience() from public;

-- From functions/content/tg_votes__settle.sql
-- What a vote has to heed besides its policy: the place is open, and allows so much weight; whoever votes is not the
-- owner under another row; and what they voted under another row is not counted as well.

create or replace function content.tg_votes__settle()
returns trigger
language plpgsql
security definer -- looks at works, settings and people whoever votes
set search_path = pg_catalog, pg_temp
as $$
declare
    scope_id uuid;
    most integer;
begin
    perform core._require_present(new.person_id);
    select w.scope_id into strict scope_id
    from content.works w
    where w.tenant_id = new.tenant_id and w.id = new.work_id;
    perform core._require_open(scope_id);
    most := core.setting('works.vote_weight', scope_id)::integer;
    if new.weight > most then
        perform core._refuse('vote_too_heavy', most::text);
    end if;
    if exists (select from core.people p where p.id = new.work_owner_id and p.merged_into = new.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    delete from content.votes v
    using core.people p
    where v.tenant_id = new.tenant_id
        and v.work_id = new.work_id
        and p.id = v.person_id
        and p.merged_into = new.person_id;
    return null;
end
$$;

comment on function content.tg_votes__settle() is 'Refuses a vote that the place or the person does not allow.';

revoke execute on function content.tg_votes__settle() from public;

-- From functions/content/tg_work_transitions__require_attribution.sql
-- Nothing is published without saying whom it is by, where that is what somebody consented to; whoever moves it.

create or replace function content.tg_work_transitions__require_attribution()
returns trigger
language plpgsql
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._require_attribution(new.tenant_id, new.work_id);
    return null;
end
$$;

comment on function content.tg_work_transitions__require_attribution() is
    'Lets nothing be published without saying whom it is by, where it has to.';

revoke execute on function content.tg_work_transitions__require_attribution() from public;

-- From functions/content/tg_work_versions__keep_entries.sql
-- A work is found by the words of its first version once that is written. A later one nobody reads before the work says
-- so, and comes with that.

create or replace function content.tg_work_versions__keep_entries()
returns trigger
language plpgsql
security definer -- nobody may write these
set search_path = pg_catalog, pg_temp
as $$
begin
    perform
    from content.works w
    where w.tenant_id = new.tenant_id
        and w.id = new.work_id
        and new.number in (w.current_version, w.public_version, w.organization_version, w.community_version)
    for no key update;
    if found then
        perform content._keep_entries(new.tenant_id, new.work_id);
    end if;
    return null;
end
$$;

comment on function content.tg_work_versions__keep_entries() is
    'Keeps the words by which a work is found when its first version is written.';

revoke execute on function content.tg_work_versions__keep_entries() from public;

-- From functions/content/tg_work_versions__stand_still.sql
-- What is being reviewed, or was approved, stays as it is read; and what was published after a review or a decision
-- says nothing else without another one. Whoever wants to change it takes it back first.

create or replace function content.tg_work_versions__stand_still()
returns trigger
language plpgsql
security definer -- settings of places the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from content.works w
        where w.tenant_id = new.tenant_id
            and w.id = new.work_id
            and (
                w.state in ('submitted', 'in_review', 'approved')
                or (
                    w.state = 'published'
                    and new.material_version = new.number
                    and 'true' in (
                        core.setting('works.reviewed', w.scope_id), core.setting('works.decided', w.scope_id)
                    )
                )
            )
    )
    then
        perform core._refuse('under_review');
    end if;
    return null;
end
$$;

comment on function content.tg_work_versions__stand_still() is
    'Refuses another version of what is reviewed, or was, and would not be again.';

revoke execute on function content.tg_work_versions__stand_still() from public;

-- From functions/content/tg_works__count.sql
-- Works count in their place and all above it. None is ever deleted.

create or replace function content.tg_works__count()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._count_use(new.scope_id, 'works', 1);
    return null;
end
$$;

comment on function content.tg_works__count() is 'Counts works.';

revoke execute on function content.tg_works__count() from public;

-- From functions/content/tg_works__keep_entries.sql
-- A work is found by other words, or by others, once what it is called changed, the version that is read, or who reads.

create or replace function content.tg_works__keep_entries()
returns trigger
language plpgsql
security definer -- nobody may write these
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._keep_entries(new.tenant_id, new.id);
    return null;
end
$$;

comment on function content.tg_works__keep_entries() is 'Keeps the words by which a work is found when it changes.';

revoke execute on function content.tg_works__keep_entries() from public;

-- From functions/content/tg_works__stand_still.sql
-- What a work is called and about stays as it is read, while it is being reviewed and once it was approved.

create or replace function content.tg_works__stand_still()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._refuse('under_review');
    return null;
end
$$;

comment on function content.tg_works__stand_still() is
    'Refuses another title or summary of what is being reviewed, or was approved.';

revoke execute on function content.tg_works__stand_still() from public;

-- From functions/content/transition.sql
-- Moves a work on: its owner, or a reviewer who is somebody else. Where a place reviews what is published in it, its
-- owner cannot publish a draft straight away; where it decides on it, not without a decision in force.

create or replace function content.transition(work_id uuid, to_state content.work_state, reason text default '')
returns void
language plpgsql
volatile
security definer -- works are moved by this function alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    work content.works;
    move content.work_moves;
    mine boolean;
    decision_id uuid;
begin
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[transition.work_id]))
    for no key update;
    mine := work.owner_id = any (array(select core.my_people()));
    select * into move
    from content.work_moves m
    where m.from_state = work.state and m.to_state = transition.to_state;
    if work.id is null
        or (
            not mine
            and (
                not core.can('work.review', work.scope_id)
                or work.state not in ('submitted', 'in_review')
                or (work.protocol_set_id is not null and work.protocol_set_id not in (select consent.passed_sets()))
            )
        )
    then
        perform core._refuse('not_found', 'work for you to move');
    end if;
    perform core._require_open(work.scope_id);
    -- Who left a place, or is kept from it, brings nothing into it; what is theirs they can take back.
    if transition.to_state in ('submitted', 'published') then
        if work.scope_id <> all (core.reach(2)) then
            perform core._refuse('not_permitted', 'membership');
        end if;
        if work.scope_id in (select core.barred('create')) then
            perform core._refuse('barred', 'create');
        end if;
    end if;
    if move.capacity is null
        or mine <> (move.capacity = 'owner')
        or (
            (work.state, transition.to_state) = ('draft', 'published')
            and core.setting('works.reviewed', work.scope_id) = 'true'
        )
    then
        perform core._refuse('no_such_move', work.state::text, transition.to_state::text);
    end if;
    if transition.to_state = 'published' and core.setting('works.decided', work.scope_id) = 'true' then
        decision_id := content._decision_in_force('work.publish', work.scope_id, work.id);
        if decision_id is null then
            perform core._refuse('decision_missing', 'work.publish');
        end if;
    end if;
    insert into content.work_transitions (
        tenant_id, work_id, number, from_state, to_state, capacity, actor_id, owner_id, reason,
        decision_id
    )
    values (
        work.tenant_id, work.id, work.moves + 1, work.state, transition.to_state, move.capacity, me, work.owner_id,
        transition.reason, decision_id
    );
    update content.works w
    set
        state = transition.to_state, moves = work.moves + 1,
        -- First closed, then compiled.
        public_during = '{}', organization_during = '{}', community_during = '{}'
    where w.tenant_id = work.tenant_id and w.id = work.id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.' || transition.to_state, jsonb_build_object('work_id', work.id)
    );
end
$$;

comment on function content.transition(uuid, content.work_state, text) is 'Moves a work on.';

revoke execute on function content.transition(uuid, content.work_state, text) from public;
grant execute on function content.transition(uuid, content.work_state, text) to authenticated;

-- From functions/content/unreact.sql
-- Takes a reaction of mine back, also where I cannot read any more what it is about.

create or replace function content.unreact(kind text, work_id uuid default null, comment_id uuid default null)
returns void
language plpgsql
volatile
security definer -- what is somebody's own they can take back, whatever else they can do
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    delete from content.reactions r
    where r.person_id = any (array(select core.my_people()))
        and r.kind = unreact.kind
        and (r.work_id = unreact.work_id or r.comment_id = unreact.comment_id);
    if not found then
        perform core._refuse('not_found', 'reaction of yours');
    end if;
end
$$;

comment on function content.unreact(text, uuid, uuid) is 'Takes a reaction of mine back.';

revoke execute on function content.unreact(text, uuid, uuid) from public;
grant execute on function content.unreact(text, uuid, uuid) to authenticated;

-- From functions/content/untag_work.sql
-- Calls a work of mine by a word no more, nor by those that lead to it.

create or replace function content.untag_work(work_id uuid, tag_id uuid)
returns void
language plpgsql
volatile
security definer -- what works are called by is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
begin
    delete from content.work_tags t
    where t.tenant_id = work.tenant_id and t.work_id = work.id and untag_work.tag_id in (t.word_id, t.tag_id);
    if not found then
        perform core._refuse('not_found', 'word');
    end if;
end
$$;

comment on function content.untag_work(uuid, uuid) is 'Calls a work of mine by a word no more.';

revoke execute on function content.untag_work(uuid, uuid) from public;
grant execute on function content.untag_work(uuid, uuid) to authenticated;

-- From functions/content/update_work.sql
-- Changes what a work is called and about, and how far it may be shared. What is left out stays. Who is kept from the
-- place brings nothing into it; what is theirs they can share less far.

create or replace function content.update_work(
    work_id uuid,
    title text default null,
    summary text default null,
    lang text default null,
    visibility content.work_visibility default null
)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(work_id);
begin
    if (num_nonnulls(title, summary, lang) > 0 or visibility > work.visibility)
        and work.scope_id in (select core.barred('create'))
    then
        perform core._refuse('barred', 'create');
    end if;
    if visibility <> work.visibility then
        -- First closed, then compiled: in between, nothing is shared further than it may be.
        update content.works w
        set
            visibility = update_work.visibility,
            public_during = '{}', organization_during = '{}', community_during = '{}'
        where w.tenant_id = work.tenant_id and w.id = work.id;
        perform consent._recompute(work.tenant_id, array[work.id]);
    end if;
    update content.works w
    set
        title = coalesce(btrim(update_work.title), w.title),
        summary = coalesce(update_work.summary, w.summary),
        lang = coalesce(update_work.lang, w.lang)
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- Readers see that at once. Whoever has to consent hears of it, as of a minor version, and may object.
    if title <> work.title or summary <> work.summary then
        perform ops._emit(work.tenant_id, work.scope_id, 'work.renamed', jsonb_build_object('work_id', work.id));
    end if;
end
$$;

comment on function content.update_work(uuid, text, text, text, content.work_visibility) is
    'Changes what a work is called and about, and how far it may be shared.';

revoke execute on function content.update_work(uuid, text, text, text, content.work_visibility) from public;
grant execute on function content.update_work(uuid, text, text, text, content.work_visibility) to authenticated;

-- From functions/content/verify_counters.sql
-- Recounts what was said, felt and read of every work. Empty when all is well.

create or replace function content.verify_counters()
returns table (tenant_id uuid, work_id uuid, counter text, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    select c.tenant_id, c.work_id, n.counter, n.counted, n.recounted
    from content.work_counters c
    cross join lateral (
        select 'comments', c.comments, count(*)
        from content.comments t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id and t.state = 'visible' and not t.aside
        union all
        select 'reactions', c.reactions, count(*)
        from content.reactions t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id
        union all
        select 'views', c.views, coalesce(sum(t.views), 0)::bigint
        from content.reading_days t
        where t.tenant_id = c.tenant_id and t.work_id = c.work_id
    ) n (counter, counted, recounted)
    where n.counted <> n.recounted
$$;

comment on function content.verify_counters() is
    'Works whose comments, reactions or readings are counted wrong: none, when all is well.';

revoke execute on function content.verify_counters() from public;
grant execute on function content.verify_counters() to service_role, empathy_auditor;

-- From functions/content/verify_counts.sql
-- Recounts the works of every scope, and the bytes of its files. Empty when all is well.

create or replace function content.verify_counts()
returns table (tenant_id uuid, scope_id uuid, resource text, counted bigint, recounted bigint)
language sql
stable
security definer -- counts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with used as (
        select w.tenant_id, w.scope_id, 'works' as resource, count(*) as amount
        from content.works w
        group by w.tenant_id, w.scope_id
        union all
        select f.tenant_id, f.scope_id, 'storage_bytes', sum(f.bytes)
        from content.files f
        where f.state <> 'gone'
        group by f.tenant_id, f.scope_id
    )
    select s.tenant_id, s.id, r.resource, c.used, n.amount
    from core.scopes s
    cross join unnest('{works,storage_bytes}'::text[]) r (resource)
    cross join lateral core._used(s.tenant_id, s.id, r.resource) c (used)
    cross join lateral (
        select coalesce(sum(u.amount), 0)::bigint as amount
        from used u
        join core.scopes b on b.tenant_id = u.tenant_id and b.id = u.scope_id
        where u.tenant_id = s.tenant_id and u.resource = r.resource and s.id in (b.id, b.project_id, b.tenant_id)
    ) n
    where c.used <> n.amount
$$;

comment on function content.verify_counts() is
    'Scopes whose count of works or of storage is wrong: none, when all is well.';

revoke execute on function content.verify_counts() from public;
grant execute on function content.verify_counts() to service_role, empathy_auditor;

-- From functions/content/verify_decisions.sql
-- Decisions whose outcome is not what their poll came to, or that are revoked by none. Empty when all is well.

create or replace function content.verify_decisions()
returns table (tenant_id uuid, decision_id uuid, problem text)
language sql
stable
security definer -- looks at decisions of everybody
set search_path = pg_catalog, pg_temp
as $$
    select d.tenant_id, d.id, 'outcome'
    from content.decisions d
    join content.polls p on p.tenant_id = d.tenant_id and p.id = d.poll_id
    where d.outcome is distinct from case
        when p.counted_at is not null then content._outcome(d.process, p.ballots >= p.quorum, p.tallies)
    end
    union all
    select d.tenant_id, d.id, 'revoked'
    from content.decisions d
    where d.revoked_at is null
        and exists (select from content.decisions r where r.tenant_id = d.tenant_id and r.overturns = d.id)
$$;

comment on function content.verify_decisions() is
    'Decisions whose outcome is not what their poll came to: none, when all is well.';

revoke execute on function content.verify_decisions() from public;
grant execute on function content.verify_decisions() to service_role, empathy_auditor;

-- From functions/content/verify_polls.sql
-- Recounts every poll that is counted, from its ballots. Empty when all is well.

create or replace function content.verify_polls()
returns table (tenant_id uuid, poll_id uuid, problem text)
language sql
stable
security definer -- counts ballots that nobody reads
set search_path = pg_catalog, pg_temp
as $$
    select p.tenant_id, p.id, 'result'
    from content.polls p
    cross join lateral (
        select
            coalesce(array_agg(t.tally order by t.number), '{}') as tallies,
            coalesce(array_agg(t.place order by t.number), '{}') as places
        from content._tally(p.id) t
    ) t
    cross join lateral (select count(*) as ballots from content._choices(p.id)) c
    where p.tallies is not null
        and (p.tallies, p.places, p.ballots) is distinct from (t.tallies, t.places, c.ballots)
$$;

comment on function content.verify_polls() is
    'Polls whose result is not what their ballots come to: none, when all is well.';

revoke execute on function content.verify_polls() from public;
grant execute on function content.verify_polls() to service_role, empathy_auditor;

-- From functions/content/verify_search.sql
-- Recounts the words by which works are found. Empty when all is well.

create or replace function content.verify_search()
returns table (tenant_id uuid, work_id uuid, version integer)
language sql
stable
security definer -- recounts what nobody may read
set search_path = pg_catalog, pg_temp
as $$
    with recounted as (
        select t.tenant_id, n.*
        from (select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id) t
        cross join lateral content._search_entries(t.tenant_id, t.ids) n
    )
    select tenant_id, work_id, version
    from content.search_entries e
    full join recounted n using (tenant_id, work_id, version)
    where (e.created_at, e.dictionary, e.places, e.audiences, e.words)
        is distinct from (n.created_at, n.dictionary, n.places, n.audiences, n.words)
$$;

comment on function content.verify_search() is
    'Versions of works whose words for searching are not what they say: none, when all is well.';

revoke execute on function content.verify_search() from public;
grant execute on function content.verify_search() to service_role, empathy_auditor;

-- From functions/content/visible.sql
-- Which of these works I may know of: what the policies of content.works say, for functions that are above policies and
-- have to ask.

create or replace function content.visible(work_ids uuid[])
returns setof uuid
language sql
stable
security definer -- asked for works the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
as $$
    select w.id from content.known_works w where w.id = any (work_ids)
$$;

comment on function content.visible(uuid[]) is 'Which of these works I may know of.';

revoke execute on function content.visible(uuid[]) from public;
grant execute on function content.visible(uuid[]) to authenticated;

-- From functions/content/voted_in.sql
-- The polls that are not anonymous in which I have voted.

create or replace function content.voted_in()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select b.poll_id from content.ballots b where b.person_id = core.me();
end
$$;

comment on function content.voted_in() is 'The polls that are not anonymous in which I have voted.';

revoke execute on function content.voted_in() from public;
grant execute on function content.voted_in() to authenticated;

-- From functions/consent/_conditions.sql
-- What a protocol set asks, and whether I acknowledged it. What is retired asks for nothing.

create or replace function consent._conditions(set_id uuid)
returns setof consent.condition
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        p.id, p.scope_id, p.name, p.kind, p.description, p.enforcement, c.match, p.acknowledgement, p.wording,
        exists (
            select
            from consent.protocol_acknowledgements a
            where a.tenant_id = p.tenant_id
                and a.protocol_id = p.id
                and a.person_id = core.me()
                and a.wording = p.wording
        )
    from consent.protocol_set_members m
    join consent.protocol_set_communities c
        on c.tenant_id = m.tenant_id and c.set_id = m.set_id and c.scope_id = m.scope_id
    join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id and p.retired_at is null
    where m.set_id = _conditions.set_id
    order by p.scope_id, p.name, p.id
$$;

comment on function consent._conditions(uuid) is 'What a protocol set asks.';

revoke execute on function consent._conditions(uuid) from public;

-- From functions/consent/_decide.sql
-- Writes down what I decide, for myself, for somebody I act for, or in the name of a community, and ends what stood in
-- its way. For all purposes where none is named. Returns how many decisions were written.

create or replace function consent._decide(
    decision consent.decision,
    work_id uuid,
    purpose text,
    channel text,
    person_id uuid,
    scope_id uuid,
    begins timestamptz,
    until timestamptz,
    attribution_required boolean,
    version integer
)
returns integer
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    party consent.consent_parties;
    work content.works;
    since timestamptz;
    written integer;
begin
    select p.* into party
    from consent.consent_parties p
    where p.work_id = _decide.work_id
        and case
            when _decide.scope_id is null
                then p.person_id = any (array(select core.my_people()))
                    and p.person_id = coalesce(_decide.person_id, p.person_id)
            else p.scope_id = _decide.scope_id
                and p.scope_id = any (core.granted('consent.give', 2))
                and (
                    p.work_id in (select consent.mine_to_decide())
                    -- What a community said yes to it takes back, also where others hid it from it meanwhile.
                    or (
                        _decide.decision <> 'given'
                        and exists (
                            select
                            from consent.consents c
                            where c.tenant_id = p.tenant_id
                                and c.party_id = p.id
                                and c.decision = 'given'
                                and c.during && tstzrange(now(), null)
                        )
                    )
                )
        end
    order by p.person_id = me desc, p.id
    limit 1;
    if party.id is null then
        perform core._refuse('not_found', 'work that asks for your consent');
    end if;
    if not exists (
        select from consent.purposes p where p.key = coalesce(_decide.purpose, p.key)
    ) then
        perform core._refuse('not_found', 'purpose');
    end if;

    if party.person_id <> me then
        perform core._require_unerased(party.person_id);
    end if;

    -- From here on, one at a time; and what was decided meanwhile, was decided before.
    select w.* into work
    from content.works w
    where w.tenant_id = party.tenant_id and w.id = party.work_id
    for no key update;
    -- What they read is what they say yes to, and not what took its place meanwhile.
    if version <> work.current_version then
        perform core._refuse('newer_version', work.current_version::text);
    end if;
    since := greatest(
        now(), begins,
        (
            select max(lower(c.during))
            from consent.consents c
            where c.tenant_id = party.tenant_id and c.party_id = party.id and c.recorded_at >= lower(c.during)
        )
    );
    if until <= since then
        perform core._refuse('ends_before_now');
    end if;

    update consent.consents c
    set during = case
        when lower(c.during) >= since then 'empty'::tstzrange
        else tstzrange(lower(c.during), since)
    end
    where c.tenant_id = party.tenant_id
        and c.party_id = party.id
        and c.purpose = coalesce(_decide.purpose, c.purpose)
        -- A no in general ends what was given for one channel alone; a yes in general leaves the no to one.
        and (
            c.channel is not distinct from _decide.channel
            or (_decide.channel is null and _decide.decision <> 'given')
        )
        and c.during && tstzrange(since, until);

    insert into consent.consents (
        tenant_id, work_id, party_id, purpose, channel, decision, during, through_version, attribution_required,
        recorded_by
    )
    select
        party.tenant_id, party.work_id, party.id, p.key, _decide.channel, _decide.decision,
        tstzrange(since, until), case when _decide.decision = 'given' then work.current_version end,
        _decide.attribution_required, me
    from consent.purposes p
    where p.key = coalesce(_decide.purpose, p.key);
    get diagnostics written = row_count;

    perform consent._recompute(party.tenant_id, array[party.work_id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'consent.' || _decide.decision,
        jsonb_build_object('work_id', work.id, 'purpose', _decide.purpose, 'channel', _decide.channel)
    );
    return written;
end
$$;

comment on function consent._decide(
    consent.decision, uuid, text, text, uuid, uuid, timestamptz, timestamptz, boolean, integer
) is 'Writes down what somebody decides, and ends what stood in its way.';

revoke execute on function consent._decide(
    consent.decision, uuid, text, text, uuid, uuid, timestamptz, timestamptz, boolean, integer
) from public;

-- From functions/consent/_effective.sql
-- What everyone's decisions about works come to: for each purpose and channel the newest version that everyone agreed
-- to, and when they all agree. The one place that says so; consent._recompute keeps it, consent.verify_effective holds
-- what is kept against it.
--
-- A party agreed to a version when it gave consent while there was that version or a later one; or wrote it. A minor
-- version is agreed to with the material one it belongs to. What a party decided for a channel alone stands before what
-- it decided in general. Where somebody said something and not everyone agreed, there is no version, and no time.

create or replace function consent._effective(tenant_id uuid, work_ids uuid[])
returns table (work_id uuid, purpose text, channel text, version integer, during tstzmultirange)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    with decisions as (
        select c.work_id, c.party_id, c.purpose, coalesce(c.channel, '') as channel, c.during, c.through_version
        from consent.consents c
        where c.tenant_id = _effective.tenant_id and c.work_id = any (work_ids) and not isempty(c.during)
    ),
    asked as (
        select d.work_id, d.purpose, d.channel from decisions d
        union
        select d.work_id, d.purpose, '' from decisions d
    ),
    -- What each party decided about what was asked, for that channel or in general; or nothing. Only a yes is to a
    -- version.
    answers as (
        select
            a.work_id, a.purpose, a.channel, p.id as party_id, coalesce(e.merged_into, e.id) as person_id,
            d.channel as said_for, d.during, d.through_version
        from asked a
        join consent.consent_parties p on p.tenant_id = _effective.tenant_id and p.work_id = a.work_id
        left join core.people e on e.id = p.person_id
        left join decisions d on d.party_id = p.id and d.purpose = a.purpose and d.channel in ('', a.channel)
    ),
    yes as (
        select s.work_id, s.purpose, s.channel, s.person_id, max(s.through_version) as through_version
        from answers s
        group by s.work_id, s.purpose, s.channel, s.party_id, s.person_id
    ),
    -- The newest version to which no party is missing.
    agreed as (
        select distinct on (a.work_id, a.purpose, a.channel)
            a.work_id, a.purpose, a.channel, v.number as version, v.material_version,
            coalesce(author.merged_into, author.id) as author_id
        from asked a
        join content.work_versions v on v.tenant_id = _effective.tenant_id and v.work_id = a.work_id
        join content.work_versions m
            on m.tenant_id = v.tenant_id and m.work_id = v.work_id and m.number = v.material_version
        join core.people author on author.id = m.created_by
        where not exists (
            select
            from yes y
            where (y.work_id, y.purpose, y.channel) = (a.work_id, a.purpose, a.channel)
                and (
                    -- Of whoever wrote it, any yes will do.
                    y.through_version >= case y.person_id
                        when coalesce(author.merged_into, author.id) then 1 else v.material_version
                    end
                ) is not true
        )
        order by a.work_id, a.purpose, a.channel, v.number desc
    ),
    said as (
        select
            g.work_id, g.purpose, g.channel, g.version,
            -- Whatever was decided for this channel alone stands before what was decided in general.
            coalesce(range_agg(s.during) filter (where s.said_for = g.channel and t.agrees), '{}') + (
                coalesce(range_agg(s.during) filter (where t.agrees), '{}')
                - coalesce(range_agg(s.during) filter (where s.said_for = g.channel), '{}')
            ) as during
        from agreed g
        join answers s on (s.work_id, s.purpose, s.channel) = (g.work_id, g.purpose, g.channel)
        cross join lateral (
            select s.through_version >= case s.person_id when g.author_id then 1 else g.material_version end as agrees
        ) t
        group by g.work_id, g.purpose, g.channel, g.version, s.party_id
    )
    select
        a.work_id, a.purpose, a.channel, max(s.version), coalesce(range_intersect_agg(s.during), '{}')
    from asked a
    left join said s on (s.work_id, s.purpose, s.channel) = (a.work_id, a.purpose, a.channel)
    group by a.work_id, a.purpose, a.channel
$$;

comment on function consent._effective(uuid, uuid[]) is 'What everyone''s decisions about works come to.';

revoke execute on function consent._effective(uuid, uuid[]) from public;

-- From functions/consent/_in_season.sql
-- Whether an instant lies in a season that comes every year, from the first moment of one day to the last of another,
-- where these days are told. What cannot be told is not in season.

create or replace function consent._in_season(season_from text, season_until text, season_zone text, at timestamptz)
returns boolean
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    today text;
begin
    if season_zone is null then
        return true;
    end if;
    today := to_char(timezone(season_zone, at), 'MM-DD') collate "C";
    if season_from <= season_until collate "C" then
        return today between season_from and season_until;
    end if;
    return today >= season_from or today <= season_until; -- over the new year
exception
    when invalid_parameter_value then -- a zone that this server does not know
        return false;
end
$$;

comment on function consent._in_season(text, text, text, timestamptz) is 'Whether an instant lies in a season.';

revoke execute on function consent._in_season(text, text, text, timestamptz) from public;

-- From functions/consent/_lapsed.sql
-- What stands handed out of these works and could not be any more: to which run, and whether that was done by then.

create or replace function consent._lapsed(tenant_id uuid, work_ids uuid[])
returns table (run_id uuid, work_id uuid, irrevocable boolean)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select r.id, lapsed.work_id, r.finished_at is not null
    from (
        select h.run_id, array_agg(h.work_id) as work_ids
        from consent.run_works h
        where h.tenant_id = _lapsed.tenant_id and h.work_id = any (_lapsed.work_ids) and h.stands
        group by h.run_id
    ) standing
    join consent.runs r on r.tenant_id = _lapsed.tenant_id and r.id = standing.run_id
    cross join lateral (
        select unnest(standing.work_ids) as work_id
        except
        select u.work_id from consent._usable(r.tenant_id, r.id, standing.work_ids) u
    ) lapsed
$$;

comment on function consent._lapsed(uuid, uuid[]) is
    'What stands handed out of these works, and could not be any more.';

revoke execute on function consent._lapsed(uuid, uuid[]) from public;

-- From functions/consent/_my_protocol.sql
-- A protocol of a community that I may do this for, locked until I am done with it; or a refusal.

create or replace function consent._my_protocol(protocol_id uuid, permission text)
returns record -- of consent.protocols, which is built after this
language plpgsql
volatile
security definer -- looks at protocols the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol consent.protocols;
begin
    perform core._require_me();
    select p.* into protocol
    from consent.protocols p
    where p.id = _my_protocol.protocol_id and p.retired_at is null and core.can(permission, p.scope_id)
    for no key update;
    if protocol.id is null then
        perform core._refuse('not_found', 'protocol');
    end if;
    perform core._require_open(protocol.scope_id);
    return protocol;
end
$$;

comment on function consent._my_protocol(uuid, text) is 'A protocol of a community that I may do this for, locked.';

revoke execute on function consent._my_protocol(uuid, text) from public;

-- From functions/consent/_my_run.sql
-- A run that is still going on, of whoever manages agreements where its own was signed, or of a server; locked until I
-- am done with it. Or a refusal.

create or replace function consent._my_run(run_id uuid)
returns record -- of consent.runs, which is built after this
language plpgsql
volatile
security definer -- looks at runs the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    run consent.runs;
begin
    select r.* into run
    from consent.runs r
    where r.id = _my_run.run_id and (core._is_service() or core.can('agreement.manage', r.scope_id))
    for no key update;
    if run.id is null then
        perform core._refuse('not_found', 'run');
    end if;
    if run.finished_at is not null or run.halted_at is not null then
        perform core._refuse('run_over');
    end if;
    return run;
end
$$;

comment on function consent._my_run(uuid) is 'A run that is still going on, locked.';

revoke execute on function consent._my_run(uuid) from public;

-- From functions/consent/_open_set.sql
-- Opens what stands under a protocol set in a work, for me, and says until when: whoever acknowledged what is required.

create or replace function consent._open_set(tenant_id uuid, work_id uuid, protocol_set_id uuid)
returns timestamptz
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    open_until timestamptz;
begin
    if exists (
        select
        from consent._conditions(protocol_set_id) c
        where c.enforcement = 'required' and c.acknowledgement is not null and not c.acknowledged
    ) then
        perform core._refuse('acknowledgement_missing');
    end if;
    insert into consent.openings (tenant_id, work_id, protocol_set_id, person_id, open_until)
    select
        w.tenant_id, w.id, _open_set.protocol_set_id, core.me(),
        now() + make_interval(mins => core.setting('protocols.opening_minutes', w.scope_id)::integer)
    from content.works w
    where w.tenant_id = _open_set.tenant_id and w.id = _open_set.work_id
    returning openings.open_until into open_until;
    return open_until;
end
$$;

comment on function consent._open_set(uuid, uuid, uuid) is
    'Opens what stands under a protocol set in a work, for me, and says until when.';

revoke execute on function consent._open_set(uuid, uuid, uuid) from public;

-- From functions/consent/_openings.sql
-- What I have opened, and may read still: of which works, under which protocols. In another transaction than this one.

create or replace function consent._openings()
returns table (tenant_id uuid, work_id uuid, protocol_set_id uuid)
language sql
stable
rows 10
security definer -- called by what policies ask
set search_path = pg_catalog, pg_temp
as $$
    select o.tenant_id, o.work_id, o.protocol_set_id
    from consent.openings o
    where o.person_id = core.me()
        and o.open_until > now()
        and o.opened_in is distinct from pg_current_xact_id_if_assigned()
$$;

comment on function consent._openings() is 'What I have opened, and may read still.';

revoke execute on function consent._openings() from public;

-- From functions/consent/_protected.sql
-- The protocol set of something in a work, or of the work itself, once a community put it under these protocols of its
-- own, in place of those of the same community that it stood under. The owner of the work may, as long as it stands
-- under none of that community, or the work never left their hands: from then on the community's stewards alone decide,
-- about what was brought to their community or stands under its protocols, and they can read. The work is locked.

create or replace function consent._protected(
    work_id uuid,
    protocol_set_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    mine boolean;
    parts jsonb;
begin
    select w.* into work from content.works w where w.id = _protected.work_id;
    mine := work.owner_id = any (array(select core.my_people())) and scope_id = any (core.reach(2));
    select
        coalesce(
            jsonb_object_agg(
                c.scope_id,
                jsonb_build_object(
                    'match', c.match,
                    'protocols', array(
                        select m.protocol_id
                        from consent.protocol_set_members m
                        where m.tenant_id = c.tenant_id and m.set_id = c.set_id and m.scope_id = c.scope_id
                        order by m.protocol_id
                    )
                )
            ),
            '{}'
        )
    into parts
    from consent.protocol_set_communities c
    where c.tenant_id = work.tenant_id and c.set_id = _protected.protocol_set_id;
    if work.id is null
        or not (
            mine
            or (
                core.can('protocol.modify', scope_id)
                and (work.scope_id = _protected.scope_id or parts ? scope_id::text)
                and work.id in (select content.visible(array[work.id]))
            )
        )
    then
        perform core._refuse('not_found', 'work for you to protect');
    end if;
    if parts ? scope_id::text and work.moves > 1 and not core.can('protocol.modify', scope_id) then
        perform core._refuse('protocols_stand');
    end if;
    perform core._require_open(work.scope_id);
    if exists (
        select
        from unnest(protocol_ids) wanted (id)
        where not exists (
            select
            from consent.protocols p
            where p.tenant_id = work.tenant_id
                and p.id = wanted.id
                and p.scope_id = _protected.scope_id
                and p.retired_at is null
        )
    ) then
        perform core._refuse('not_found', 'protocol');
    end if;
    parts := parts - scope_id::text;
    if cardinality(protocol_ids) > 0 then
        parts := parts || jsonb_build_object(
            scope_id, jsonb_build_object('match', match, 'protocols', protocol_ids)
        );
    end if;
    return consent._protocol_set(work.tenant_id, parts);
end
$$;

comment on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) is
    'The protocol set of something that a community put under these protocols of its own; or a refusal.';

revoke execute on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) from public;

-- From functions/consent/_protocol_set.sql
-- The protocol set that is made of this: for each community how its protocols count, and which they are. Found, or
-- written. The parts come as {"<community>": {"match": "all", "protocols": ["<protocol>", …]}, …}; without any there is
-- no set.

create or replace function consent._protocol_set(tenant_id uuid, parts jsonb)
returns uuid
language plpgsql
volatile
security definer -- sets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    short text;
    set_id uuid;
begin
    if parts = '{}' then
        return null;
    end if;
    -- The same, however it was said: a community's only protocol is all of them.
    select jsonb_object_agg(
        p.key,
        jsonb_build_object('match', case when m.several then p.value ->> 'match' else 'all' end, 'protocols', m.ids)
    )
    into parts
    from jsonb_each(parts) p
    cross join lateral (
        select jsonb_agg(distinct i.id) as ids, count(distinct i.id) > 1 as several
        from jsonb_array_elements_text(p.value -> 'protocols') i (id)
    ) m;
    short := encode(sha256(convert_to(parts::text, 'utf8')), 'hex');
    -- An id that grew with time would tell whoever asks for the same that somebody had before them.
    insert into consent.protocol_sets as s (tenant_id, id, composition)
    values (_protocol_set.tenant_id, left(short, 32)::uuid, short)
    on conflict do nothing -- of two who make it at once, one does: by its id, or by what it is made of
    returning id into set_id;
    if set_id is null then
        return (
            select s.id
            from consent.protocol_sets s
            where s.tenant_id = _protocol_set.tenant_id and s.composition = short
        );
    end if;
    insert into consent.protocol_set_communities (tenant_id, set_id, scope_id, match)
    select _protocol_set.tenant_id, set_id, p.key::uuid, (p.value ->> 'match')::consent.protocol_match
    from jsonb_each(parts) p;
    insert into consent.protocol_set_members (tenant_id, set_id, scope_id, protocol_id)
    select _protocol_set.tenant_id, set_id, p.key::uuid, m.id::uuid
    from jsonb_each(parts) p
    cross join lateral jsonb_array_elements_text(p.value -> 'protocols') m (id);
    return set_id;
end
$$;

comment on function consent._protocol_set(uuid, jsonb) is 'The protocol set that is made of this, found or written.';

revoke execute on function consent._protocol_set(uuid, jsonb) from public;

-- From functions/consent/_recall.sql
-- Takes works back from the runs that they were handed out to, where consent to the purpose has ended: what came of
-- them goes, runs that are not done are halted, and of those that are it is written down that it cannot be brought
-- back. Whoever calls this has locked the works.

create or replace function consent._recall(tenant_id uuid, work_ids uuid[])
returns integer
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    recalled integer;
begin
    -- Whoever says that a run is done, or what came of it, was first or waits: what they wrote is looked at after.
    perform
    from consent.runs r
    where r.tenant_id = _recall.tenant_id
        and r.id in (
            select h.run_id
            from consent.run_works h
            where h.tenant_id = _recall.tenant_id and h.work_id = any (_recall.work_ids) and h.stands
        )
    order by r.id
    for no key update;
    with ended as (
        select l.run_id, l.work_id, l.irrevocable from consent._lapsed(_recall.tenant_id, work_ids) l
    ),
    gone as (
        delete from consent.results s
        using ended e
        where s.tenant_id = _recall.tenant_id and s.run_id = e.run_id and s.work_id = e.work_id
    ),
    halted as (
        update consent.runs r
        set halted_at = now()
        where r.tenant_id = _recall.tenant_id
            and r.id in (select e.run_id from ended e)
            and r.finished_at is null
            and r.halted_at is null
    ),
    taken_back as (
        update consent.run_works h
        set recalled_at = now(), irrevocable = e.irrevocable
        from ended e
        where h.tenant_id = _recall.tenant_id and h.run_id = e.run_id and h.work_id = e.work_id
        returning h.run_id, h.work_id, h.irrevocable
    ),
    told as (
        select ops._emit(
            r.tenant_id, r.scope_id, 'run.recalled',
            jsonb_build_object('run_id', t.run_id, 'work_id', t.work_id, 'irrevocable', t.irrevocable)
        )
        from taken_back t
        join consent.runs r on r.tenant_id = _recall.tenant_id and r.id = t.run_id
    )
    select count(*) into recalled from told;
    return recalled;
end
$$;

comment on function consent._recall(uuid, uuid[]) is
    'Takes works back from the runs whose purpose nobody may use them for any more.';

revoke execute on function consent._recall(uuid, uuid[]) from public;

-- From functions/consent/_recompute.sql
-- Compiles what works may be used for, and when they are shared with whom, from what was decided. Whoever changes what
-- that follows from calls this, in the same transaction. Works are locked first, in the order of their keys, and what
-- was decided is read in a statement of its own, after: of two who change the same work at once, the second sees what
-- the first did.

create or replace function consent._recompute(tenant_id uuid, work_ids uuid[])
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_read_committed();
    perform
    from content.works w
    where w.tenant_id = _recompute.tenant_id and w.id = any (work_ids)
    order by w.id
    for no key update;

    delete from consent.effective e where e.tenant_id = _recompute.tenant_id and e.work_id = any (work_ids);
    insert into consent.effective (tenant_id, work_id, purpose, channel, version, during)
    select _recompute.tenant_id, n.work_id, n.purpose, n.channel, n.version, n.during
    from consent._effective(_recompute.tenant_id, work_ids) n;

    update content.works w
    set
        public_version = n.public_version,
        public_during = n.public_during * c.onward,
        organization_version = n.organization_version,
        organization_during = n.organization_during * c.onward,
        community_version = n.community_version,
        community_during = n.community_during * c.onward,
        compiled_at = lower(c.onward),
        revision = w.revision + 1
    from consent._windows(_recompute.tenant_id, work_ids) n,
        lateral (
            select tstzmultirange(tstzrange(greatest(w.compiled_at, now()), null)) as onward
            from content.works w
            where w.tenant_id = _recompute.tenant_id and w.id = n.work_id
        ) c
    where w.tenant_id = _recompute.tenant_id and w.id = n.work_id;

    perform consent._recall(_recompute.tenant_id, work_ids);
end
$$;

comment on function consent._recompute(uuid, uuid[]) is
    'Compiles what works may be used for, and when they are shared with whom.';

revoke execute on function consent._recompute(uuid, uuid[]) from public;

-- From functions/consent/_record_result.sql
-- Writes down that something came of a work in a run. The module that keeps what it says calls this, and refers to it.

create or replace function consent._record_result(run_id uuid, work_id uuid, kind text)
returns uuid
language plpgsql
volatile
security definer -- results are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    result_id uuid;
begin
    -- Whoever takes the work back waits, or was waited for: nothing comes of what is taken back.
    perform from consent.runs r where r.id = _record_result.run_id for no key update;
    insert into consent.results (tenant_id, run_id, work_id, kind)
    select h.tenant_id, h.run_id, h.work_id, _record_result.kind
    from consent.run_works h
    where h.run_id = _record_result.run_id and h.work_id = _record_result.work_id and h.stands
    returning id into result_id;
    if result_id is null then
        perform core._refuse('not_found', 'work in this run');
    end if;
    return result_id;
end
$$;

comment on function consent._record_result(uuid, uuid, text) is 'Writes down that something came of a work in a run.';

revoke execute on function consent._record_result(uuid, uuid, text) from public;

-- From functions/consent/_require_agreement.sql
-- An agreement that holds now, and that I may act under: whoever manages agreements where it was signed, or a server.
-- Or a refusal. It is not ended before this transaction is over; whoever ends it waits for those who act under it, and
-- can end it before it holds, and after it ran out.

create or replace function consent._require_agreement(agreement_id uuid, ends boolean default false)
returns record -- of consent.agreements, which is built after this
language plpgsql
volatile
security definer -- looks at agreements the person may not see
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement consent.agreements;
begin
    select a.* into agreement
    from consent.agreements a
    where a.id = _require_agreement.agreement_id
        and (a.during @> now() or ends)
        and (core._is_service() or core.can('agreement.manage', a.scope_id));
    if ends then
        perform
        from consent.agreements a
        where a.tenant_id = agreement.tenant_id and a.id = agreement.id
        for update;
    else
        perform
        from consent.agreements a
        where a.tenant_id = agreement.tenant_id and a.id = agreement.id
        for key share;
        perform core._require_open(agreement.scope_id);
    end if;
    -- Asked when nobody else is ending it.
    if agreement.id is null
        or exists (
            select
            from consent.agreement_ends e
            where e.tenant_id = agreement.tenant_id and e.agreement_id = agreement.id
        )
    then
        perform core._refuse('not_found', 'agreement in force');
    end if;
    return agreement;
end
$$;

comment on function consent._require_agreement(uuid, boolean) is
    'An agreement that holds now, and that I may act under.';

revoke execute on function consent._require_agreement(uuid, boolean) from public;

-- From functions/consent/_spoken_for.sql
-- The works to which I consent in the name of a community, whether I pass the protocols that they stand under or not.

create or replace function consent._spoken_for()
returns table (tenant_id uuid, work_id uuid)
language sql
stable
rows 10
set search_path = pg_catalog, pg_temp
as $$
    select p.tenant_id, p.work_id
    from unnest(core.granted('consent.give', 2)) as here (scope_id)
    join consent.consent_parties p on p.scope_id = here.scope_id
$$;

comment on function consent._spoken_for() is 'The works to which I consent in the name of a community.';

revoke execute on function consent._spoken_for() from public;

-- From functions/consent/_usable.sql
-- Which of these works a run may have at this moment, and in which version: those that its agreement covers and that
-- everyone consents to, for its purpose and by its channel. What stands under protocols only where the communities
-- whose protocols they are signed the agreement themselves; and nothing, where the agreement was ended. One that ran
-- out leaves what was handed out while it held.

create or replace function consent._usable(tenant_id uuid, run_id uuid, work_ids uuid[])
returns table (work_id uuid, version integer)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select w.id, e.version
    from consent.runs r
    join consent.agreements a on a.tenant_id = r.tenant_id and a.id = r.agreement_id
    join content.works w
        on w.tenant_id = r.tenant_id
        and w.id = any (work_ids)
        and a.scope_id in (w.scope_id, w.project_id, w.tenant_id)
    -- What nobody decided for a channel alone is decided as in general.
    cross join lateral (
        select e.version, e.during
        from consent.effective e
        where e.tenant_id = w.tenant_id
            and e.work_id = w.id
            and e.purpose = r.purpose
            and e.channel in ('', r.channel)
        order by e.channel desc
        limit 1
    ) e
    where r.tenant_id = _usable.tenant_id
        and r.id = _usable.run_id
        and (
            a.whole_scope
            or exists (
                select
                from consent.agreement_works named
                where named.tenant_id = a.tenant_id and named.agreement_id = a.id and named.work_id = w.id
            )
        )
        and not exists (
            select from consent.agreement_ends d where d.tenant_id = a.tenant_id and d.agreement_id = a.id
        )
        and e.during @> greatest(now(), w.compiled_at)
        and not exists (
            select
            from consent.protocol_sets s
            left join consent.protocol_set_communities c on c.tenant_id = s.tenant_id and c.set_id = s.id
            where s.tenant_id = w.tenant_id
                and s.id = w.protocol_set_id
                and c.scope_id is distinct from a.scope_id
        )
$$;

comment on function consent._usable(uuid, uuid, uuid[]) is
    'Which of these works a run may have at this moment, and in which version.';

revoke execute on function consent._usable(uuid, uuid, uuid[]) from public;

-- From functions/consent/_windows.sql
-- When works are shared with whom, and in which version: what is effective of the three purposes of sharing, no
-- further than the owner meant, and only while a work is published.

create or replace function consent._windows(tenant_id uuid, work_ids uuid[])
returns table (
    work_id uuid,
    public_version integer,
    public_during tstzmultirange,
    organization_version integer,
    organization_during tstzmultirange,
    community_version integer,
    community_during tstzmultirange
)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        w.id,
        p.version, coalesce(p.during, '{}'),
        o.version, coalesce(o.during, '{}'),
        c.version, coalesce(c.during, '{}')
    from content.works w
    left join consent.effective p
        on p.tenant_id = w.tenant_id and p.work_id = w.id and p.purpose = 'public_sharing' and p.channel = ''
        and w.state = 'published' and w.visibility = 'public'
    left join consent.effective o
        on o.tenant_id = w.tenant_id and o.work_id = w.id and o.purpose = 'organization_sharing' and o.channel = ''
        and w.state = 'published' and w.visibility in ('organization', 'public')
    left join consent.effective c
        on c.tenant_id = w.tenant_id and c.work_id = w.id and c.purpose = 'community_sharing' and c.channel = ''
        and w.state = 'published' and w.visibility <> 'private'
    where w.tenant_id = _windows.tenant_id and w.id = any (work_ids)
$$;

comment on function consent._windows(uuid, uuid[]) is 'When works are shared with whom, and in which version.';

revoke execute on function consent._windows(uuid, uuid[]) from public;

-- From functions/consent/acknowledge_protocol.sql
-- Acknowledges what a protocol asks, in its present wording. Whoever says which wording they read acknowledges that
-- one, or nothing, where there is another by now. Done again, nothing changes.

create or replace function consent.acknowledge_protocol(protocol_id uuid, wording integer default null)
returns void
language plpgsql
volatile
security definer -- acknowledgements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    protocol consent.protocols;
begin
    select p.* into protocol
    from consent.protocols p
    where p.id = acknowledge_protocol.protocol_id
        and p.acknowledgement is not null
        and p.retired_at is null
        and (
            p.scope_id = any (core.reach(2))
            or exists (
                select
                from consent.protocol_set_members m
                where m.tenant_id = p.tenant_id
                    and m.protocol_id = p.id
                    and m.set_id in (select consent.passed_sets())
            )
        );
    if protocol.id is null then
        perform core._refuse('not_found', 'protocol to acknowledge');
    end if;
    if wording <> protocol.wording then
        perform core._refuse('newer_version', protocol.wording::text);
    end if;
    insert into consent.protocol_acknowledgements (tenant_id, protocol_id, person_id, wording)
    values (protocol.tenant_id, protocol.id, me, protocol.wording)
    on conflict on constraint protocol_acknowledgements_once_key do nothing;
end
$$;

comment on function consent.acknowledge_protocol(uuid, integer) is
    'Acknowledges what a protocol asks, in its present wording.';

revoke execute on function consent.acknowledge_protocol(uuid, integer) from public;
grant execute on function consent.acknowledge_protocol(uuid, integer) to authenticated;

-- From functions/consent/add_community.sql
-- Says that a community has to consent to a work as well: the one that it is brought to, or another one of its owner's.
-- Who speaks for the community reads it then. It is not taken off again, as nobody is.

create or replace function consent.add_community(work_id uuid, scope_id uuid)
returns uuid
language plpgsql
volatile
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works := content._my_work(work_id);
    party_id uuid;
begin
    if scope_id <> all (core.reach(2))
        or not exists (
            select
            from core.scopes s
            where s.tenant_id = work.tenant_id and s.id = add_community.scope_id and s.level = 2
        )
    then
        perform core._refuse('not_found', 'community of yours');
    end if;
    insert into consent.consent_parties (tenant_id, work_id, scope_id, capacity, added_by)
    values (work.tenant_id, work.id, add_community.scope_id, 'community', core.me())
    returning id into party_id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    return party_id;
exception
    when unique_violation then
        perform core._refuse('already_asked');
        return null;
end
$$;

comment on function consent.add_community(uuid, uuid) is
    'Says that a community has to consent to a work as well, and returns the id.';

revoke execute on function consent.add_community(uuid, uuid) from public;
grant execute on function consent.add_community(uuid, uuid) to authenticated;

-- From functions/consent/add_party.sql
-- Says that somebody else has to consent to a work as well: somebody who tells it with its owner, or who is seen in
-- it. Until they do, nobody else may read it. Nobody is taken off again: that would be a way around their no.

create or replace function consent.add_party(work_id uuid, person_id uuid, capacity consent.party_capacity)
returns uuid
language plpgsql
volatile
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works := content._my_work(work_id, person_id);
    party_id uuid;
begin
    if capacity = 'community' or person_id is null then
        perform core._refuse('not_found', 'person');
    end if;
    insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
    values (work.tenant_id, work.id, add_party.person_id, add_party.capacity, core.me())
    returning id into party_id;
    perform consent._recompute(work.tenant_id, array[work.id]);
    return party_id;
exception
    when unique_violation then
        perform core._refuse('already_asked');
        return null;
end
$$;

comment on function consent.add_party(uuid, uuid, consent.party_capacity) is
    'Says that somebody else has to consent to a work as well, and returns the id.';

revoke execute on function consent.add_party(uuid, uuid, consent.party_capacity) from public;
grant execute on function consent.add_party(uuid, uuid, consent.party_capacity) to authenticated;

-- From functions/consent/add_to_protocol_group.sql
-- Takes a member of the community into one of its groups. Done again, nothing changes.

create or replace function consent.add_to_protocol_group(group_id uuid, membership_id uuid)
returns void
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    membership core.memberships;
begin
    perform core._require_me();
    select m.* into membership
    from consent.protocol_groups g
    join core.memberships m on m.tenant_id = g.tenant_id and m.scope_id = g.scope_id
    where g.id = add_to_protocol_group.group_id
        and m.id = add_to_protocol_group.membership_id
        and m.ended_at is null
        and core.can('protocol.admit', g.scope_id);
    if membership.id is null then
        perform core._refuse('not_found', 'group or member of its community');
    end if;
    perform core._require_open(membership.scope_id);
    insert into consent.protocol_group_members (tenant_id, group_id, scope_id, membership_id, added_by)
    values (membership.tenant_id, add_to_protocol_group.group_id, membership.scope_id, membership.id, core.me())
    on conflict on constraint protocol_group_members_pkey do nothing;
end
$$;

comment on function consent.add_to_protocol_group(uuid, uuid) is 'Takes a member into a group.';

revoke execute on function consent.add_to_protocol_group(uuid, uuid) from public;
grant execute on function consent.add_to_protocol_group(uuid, uuid) to authenticated;

-- From functions/consent/admit_by_protocol.sql
-- Says whom a protocol names: those who hold a role in its community, one of its groups, or one member. Said twice, it
-- is said once.

create or replace function consent.admit_by_protocol(
    protocol_id uuid,
    role_id uuid default null,
    group_id uuid default null,
    membership_id uuid default null
)
returns uuid
language plpgsql
volatile
security definer -- admissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.admit');
begin
    insert into consent.protocol_admissions (
        tenant_id, protocol_id, scope_id, role_id, group_id, membership_id, added_by
    )
    values (
        protocol.tenant_id, protocol.id, protocol.scope_id, admit_by_protocol.role_id, admit_by_protocol.group_id,
        admit_by_protocol.membership_id, core.me()
    )
    on conflict on constraint protocol_admissions_named_key do nothing;
    return (
        select a.id
        from consent.protocol_admissions a
        where a.tenant_id = protocol.tenant_id
            and a.protocol_id = protocol.id
            and (a.role_id, a.group_id, a.membership_id) is not distinct from (
                admit_by_protocol.role_id, admit_by_protocol.group_id, admit_by_protocol.membership_id
            )
    );
exception
    when foreign_key_violation or check_violation then
        perform core._refuse('not_found', 'role or group or member of this community');
        return null;
end
$$;

comment on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) is 'Says whom a protocol names.';

revoke execute on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) from public;
grant execute on function consent.admit_by_protocol(uuid, uuid, uuid, uuid) to authenticated;

-- From functions/consent/allows.sql
-- Whether a work may be used for a purpose, now or at an instant, by one way of sharing or in general. For those who
-- may read the work; of others', no. Now is not before the last decision, however long ago a transaction began.

create or replace function consent.allows(
    work_id uuid,
    purpose text,
    at timestamptz default null,
    channel text default null
)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            -- What nobody decided for a channel alone is decided as in general.
            select e.during @> coalesce(allows.at, greatest(now(), w.compiled_at))
            from content.works w
            join consent.effective e
                on e.tenant_id = w.tenant_id and e.work_id = w.id and e.channel in ('', allows.channel)
            where w.id = allows.work_id and e.purpose = allows.purpose
            order by e.channel desc
            limit 1
        ),
        false
    )
$$;

comment on function consent.allows(uuid, text, timestamptz, text) is
    'Whether a work may be used for a purpose, now or at an instant.';

revoke execute on function consent.allows(uuid, text, timestamptz, text) from public;
grant execute on function consent.allows(uuid, text, timestamptz, text) to authenticated, service_role, empathy_auditor;

-- From functions/consent/asking_me.sql
-- The works that ask for my consent, or for that of somebody I act for: whoever owns one is the first who has to.

create or replace function consent.asking_me()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select p.work_id
    from consent.consent_parties p
    where p.person_id = any (array(select core.my_people()));
end
$$;

comment on function consent.asking_me() is 'The works that ask for my consent, my own among them.';

revoke execute on function consent.asking_me() from public;
grant execute on function consent.asking_me() to authenticated, service_role;

-- From functions/consent/begin_run.sql
-- Begins a run under an agreement, for one of its purposes: a server, or whoever manages agreements where it was
-- signed.

create or replace function consent.begin_run(agreement_id uuid, purpose text, model text, channel text default null)
returns uuid
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement constant consent.agreements := consent._require_agreement(agreement_id);
    run_id uuid;
begin
    if not exists (
        select
        from consent.agreement_purposes p
        where p.tenant_id = agreement.tenant_id
            and p.agreement_id = agreement.id
            and p.purpose = begin_run.purpose
    ) then
        perform core._refuse('not_found', 'purpose in this agreement');
    end if;
    insert into consent.runs (tenant_id, agreement_id, scope_id, purpose, model, channel, started_by)
    values (
        agreement.tenant_id, agreement.id, agreement.scope_id, begin_run.purpose, btrim(begin_run.model),
        begin_run.channel, core.me()
    )
    returning id into run_id;
    return run_id;
end
$$;

comment on function consent.begin_run(uuid, text, text, text) is
    'Begins a run under an agreement, and returns its id.';

revoke execute on function consent.begin_run(uuid, text, text, text) from public;
grant execute on function consent.begin_run(uuid, text, text, text) to authenticated, service_role;

-- From functions/consent/conditions.sql
-- What the communities ask of whoever opens a restricted work: for those who may read it. Of works that stand under no
-- protocol there is nothing to tell, nor of those that are hidden.

create or replace function consent.conditions(work_id uuid)
returns setof consent.condition
language sql
stable
security definer -- tells readers what a community asks of them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select c.*
    from content.works w
    cross join lateral consent._conditions(w.protocol_set_id) c
    where w.id = conditions.work_id and w.id in (select content.visible(array[w.id]))
$$;

comment on function consent.conditions(uuid) is 'What the communities ask of whoever opens a restricted work.';

revoke execute on function consent.conditions(uuid) from public;
grant execute on function consent.conditions(uuid) to authenticated;

-- From functions/consent/create_agreement.sql
-- Writes down an agreement as it was signed: with whom, for which purposes, on all works of a scope or on some.

create or replace function consent.create_agreement(
    scope_id uuid,
    recipient text,
    purposes text[],
    obligations text,
    document_sha256 text,
    until timestamptz default null,
    begins timestamptz default null,
    work_ids uuid[] default null
)
returns uuid
language plpgsql
volatile
security definer -- agreements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place core.scopes;
    agreement_id uuid;
begin
    perform core._require('agreement.manage', scope_id);
    select s.* into place from core.scopes s where s.id = create_agreement.scope_id;
    if until <= greatest(now(), begins) then
        perform core._refuse('ends_before_now');
    end if;
    if coalesce(cardinality(purposes), 0) = 0
        or exists (
            select from unnest(purposes) wanted (key) where wanted.key not in (select p.key from consent.purposes p)
        )
    then
        perform core._refuse('not_found', 'purpose');
    end if;
    -- Of those that may be known of; what is named and cannot be is refused in the same words as what is not there.
    if exists (
        select
        from unnest(work_ids) wanted (id)
        where not exists (
            select
            from content.works w
            join content.visible(work_ids) v (id) on v.id = w.id
            where w.tenant_id = place.tenant_id
                and w.id = wanted.id
                and place.id in (w.scope_id, w.project_id, w.tenant_id)
        )
    ) then
        perform core._refuse('not_found', 'work');
    end if;
    insert into consent.agreements (
        tenant_id, scope_id, whole_scope, recipient, obligations, document_sha256, during, signed_by
    )
    values (
        place.tenant_id, place.id, work_ids is null, btrim(create_agreement.recipient), create_agreement.obligations,
        create_agreement.document_sha256, tstzrange(coalesce(begins, now()), until), core.me()
    )
    returning id into agreement_id;
    insert into consent.agreement_purposes (tenant_id, agreement_id, purpose)
    select distinct place.tenant_id, agreement_id, wanted.key
    from unnest(purposes) wanted (key);
    insert into consent.agreement_works (tenant_id, agreement_id, work_id)
    select distinct place.tenant_id, agreement_id, wanted.id
    from unnest(work_ids) wanted (id);
    return agreement_id;
end
$$;

comment on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) is 'Writes down an agreement as it was signed, and returns its id.';

revoke execute on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) from public;
grant execute on function consent.create_agreement(
    uuid, text, text[], text, text, timestamptz, timestamptz, uuid[]
) to authenticated;

-- From functions/consent/create_protocol.sql
-- Sets a protocol of a community. Only those may whom the community made its stewards.

create or replace function consent.create_protocol(
    scope_id uuid,
    name text,
    kind text,
    audience consent.protocol_audience,
    description text default '',
    enforcement consent.protocol_enforcement default 'required',
    season_from text default null,
    season_until text default null,
    season_zone text default null,
    acknowledgement text default null
)
returns uuid
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol_id uuid;
begin
    perform core._require('protocol.modify', scope_id);
    insert into consent.protocols (
        tenant_id, scope_id, name, kind, audience, description, enforcement, season_from, season_until, season_zone,
        acknowledgement, created_by
    )
    select
        s.tenant_id, s.id, btrim(create_protocol.name), create_protocol.kind, create_protocol.audience,
        create_protocol.description, create_protocol.enforcement, create_protocol.season_from,
        create_protocol.season_until, create_protocol.season_zone, create_protocol.acknowledgement, core.me()
    from core.scopes s
    where s.id = create_protocol.scope_id
    returning id into protocol_id;
    return protocol_id;
end
$$;

comment on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) is 'Sets a protocol of a community, and returns its id.';

revoke execute on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) from public;
grant execute on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) to authenticated;

-- From functions/consent/create_protocol_group.sql
-- Begins a group of a community's members whom protocols can admit together.

create or replace function consent.create_protocol_group(scope_id uuid, name text)
returns uuid
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    group_id uuid;
begin
    perform core._require('protocol.admit', scope_id);
    insert into consent.protocol_groups (tenant_id, scope_id, name, created_by)
    select s.tenant_id, s.id, btrim(create_protocol_group.name), core.me()
    from core.scopes s
    where s.id = create_protocol_group.scope_id
    returning id into group_id;
    return group_id;
end
$$;

comment on function consent.create_protocol_group(uuid, text) is 'Begins a group, and returns its id.';

revoke execute on function consent.create_protocol_group(uuid, text) from public;
grant execute on function consent.create_protocol_group(uuid, text) to authenticated;

-- From functions/consent/end_agreement.sql
-- Ends an agreement, also one that does not hold yet or ran out: nothing more is handed out under it, and what was is
-- taken back, as if everyone had withdrawn their consent. One that runs out by itself takes nothing back.

create or replace function consent.end_agreement(agreement_id uuid, reason text default '')
returns void
language plpgsql
volatile
security definer -- agreements are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    agreement constant consent.agreements := consent._require_agreement(agreement_id, ends => true);
    handed_out uuid[];
begin
    perform core._require_read_committed();
    insert into consent.agreement_ends (tenant_id, agreement_id, reason, ended_by)
    values (agreement.tenant_id, agreement.id, end_agreement.reason, core.me());
    select array_agg(distinct h.work_id) into handed_out
    from consent.runs r
    join consent.run_works h on h.tenant_id = r.tenant_id and h.run_id = r.id and h.stands
    where r.tenant_id = agreement.tenant_id and r.agreement_id = agreement.id;
    perform
    from content.works w
    where w.tenant_id = agreement.tenant_id and w.id = any (handed_out)
    order by w.id
    for no key update;
    perform consent._recall(agreement.tenant_id, handed_out);
    update consent.runs r
    set halted_at = now()
    where r.tenant_id = agreement.tenant_id
        and r.agreement_id = agreement.id
        and r.finished_at is null
        and r.halted_at is null;
end
$$;

comment on function consent.end_agreement(uuid, text) is
    'Ends an agreement, and takes back what was handed out under it.';

revoke execute on function consent.end_agreement(uuid, text) from public;
grant execute on function consent.end_agreement(uuid, text) to authenticated;

-- From functions/consent/explain.sql
-- Why a work may be used for a purpose at an instant, or not: one row for each who has to consent, with what they said.
-- For those who decide about it.

create or replace function consent.explain(
    work_id uuid,
    purpose text,
    at timestamptz default null,
    channel text default null
)
returns table (
    party_id uuid,
    person_id uuid,
    scope_id uuid,
    capacity consent.party_capacity,
    allows boolean,
    says text
)
language sql
stable
security definer -- what others decided is told here to those whom it concerns
set search_path = pg_catalog, pg_temp
as $$
    select
        p.id, p.person_id, p.scope_id, p.capacity, coalesce(d.decision = 'given', false),
        case
            when d.decision is null then 'silent'
            when d.decision <> 'given'
                then d.decision || ' since ' || (lower(d.during) at time zone 'UTC')::timestamp(0) || ' UTC'
            when d.through_version < w.current_version
                then format('given, for version %s; the newest is %s', d.through_version, w.current_version)
            else 'given' || coalesce(' until ' || (upper(d.during) at time zone 'UTC')::timestamp(0) || ' UTC', '')
        end
    from content.works w
    cross join lateral (select coalesce(at, greatest(now(), w.compiled_at)) as instant) t
    join consent.consent_parties p on p.tenant_id = w.tenant_id and p.work_id = w.id
    left join lateral (
        select c.decision, c.during, c.through_version
        from consent.consents c
        where c.tenant_id = p.tenant_id
            and c.party_id = p.id
            and c.purpose = explain.purpose
            and (c.channel is null or c.channel = explain.channel)
            and c.during @> t.instant
        order by c.channel -- what was decided for one alone stands before what was decided in general
        limit 1
    ) d on true
    where w.id = explain.work_id
        and w.id in (select consent.mine_to_decide())
    order by p.added_at, p.id
$$;

comment on function consent.explain(uuid, text, timestamptz, text) is
    'Why a work may be used for a purpose at an instant, or not.';

revoke execute on function consent.explain(uuid, text, timestamptz, text) from public;
grant execute on function consent.explain(uuid, text, timestamptz, text) to authenticated;

-- From functions/consent/finish_run.sql
-- Says that a run is done: from then on, what it took from a work cannot be brought back.

create or replace function consent.finish_run(run_id uuid)
returns void
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    run constant consent.runs := consent._my_run(run_id);
begin
    update consent.runs r set finished_at = now() where r.tenant_id = run.tenant_id and r.id = run.id;
end
$$;

comment on function consent.finish_run(uuid) is 'Says that a run is done.';

revoke execute on function consent.finish_run(uuid) from public;
grant execute on function consent.finish_run(uuid) to authenticated, service_role;

-- From functions/consent/give_consent.sql
-- Gives consent to a work as it is now: for a purpose, by one way of sharing or by any, from now or a later instant,
-- for good or for a time; in my own name, in that of somebody I act for, or in that of a community; on condition that
-- the work says whom it is by, or whether it does or not. Whoever says which version they read consents to that one, or
-- to nothing, where there is a newer one by now.

create or replace function consent.give_consent(
    work_id uuid,
    purpose text,
    channel text default null,
    begins timestamptz default null,
    until timestamptz default null,
    person_id uuid default null,
    attribution_required boolean default false,
    scope_id uuid default null,
    version integer default null
)
returns void
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if purpose is null then -- each is given alone
        perform core._refuse('not_found', 'purpose');
    end if;
    perform consent._decide(
        'given', work_id, purpose, channel, person_id, scope_id, begins, until, attribution_required, version
    );
end
$$;

comment on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) is 'Gives consent to a work as it is now, for a purpose.';

revoke execute on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) from public;
grant execute on function consent.give_consent(
    uuid, text, text, timestamptz, timestamptz, uuid, boolean, uuid, integer
) to authenticated;

-- From functions/consent/hand_out.sql
-- Hands works out to a run: those of them that its agreement covers and that everyone consents to at this moment, for
-- its purpose and by its channel, each in the version that they consented to. Answers which; of what is left out,
-- nothing. Whoever withdraws waits, or is waited for: what was withdrawn is not handed out.

create or replace function consent.hand_out(run_id uuid, work_ids uuid[])
returns table (work_id uuid, version integer)
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    run consent.runs;
    usable uuid[];
begin
    perform core._require_read_committed();
    perform consent._require_agreement((select r.agreement_id from consent.runs r where r.id = hand_out.run_id));
    -- Works before runs, as whoever decides locks them. Only those that may be handed out: of others, nobody waits for
    -- who holds them. Whether they still may, is asked once they are held.
    usable := array(
        select w.id
        from content.works w
        where (w.tenant_id, w.id) in (
            select r.tenant_id, u.work_id
            from consent.runs r
            cross join consent._usable(r.tenant_id, r.id, work_ids) u
            where r.id = hand_out.run_id
        )
        order by w.id
        for share
    );
    run := consent._my_run(run_id);
    return query
    insert into consent.run_works as handed (tenant_id, run_id, work_id, version)
    select run.tenant_id, run.id, u.work_id, u.version
    from consent._usable(run.tenant_id, run.id, usable) u
    on conflict on constraint run_works_pkey do nothing
    returning handed.work_id, handed.version;
end
$$;

comment on function consent.hand_out(uuid, uuid[]) is
    'Hands works out to a run, as far as everyone consents, and answers which.';

revoke execute on function consent.hand_out(uuid, uuid[]) from public;
grant execute on function consent.hand_out(uuid, uuid[]) to authenticated, service_role;

-- From functions/consent/is_day_of_year.sql
-- A day of any year, as MM-DD.

create or replace function consent.is_day_of_year(value text)
returns boolean
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select value ~ '^(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])$'
        or value ~ '^(0[469]|11)-(0[1-9]|[12][0-9]|30)$'
        or value ~ '^02-(0[1-9]|[12][0-9])$'
$$;

comment on function consent.is_day_of_year(text) is 'Whether a text is a day of a year, as MM-DD.';

revoke execute on function consent.is_day_of_year(text) from public;
grant execute on function consent.is_day_of_year(text) to authenticated, service_role;

-- From functions/consent/media_conditions.sql
-- What the communities ask of whoever opens something restricted in a work: for those who may read the work, and pass.

create or replace function consent.media_conditions(media_id uuid)
returns setof consent.condition
language sql
stable
security definer -- tells readers what a community asks of them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select c.*
    from content.media m
    cross join lateral consent._conditions(m.protocol_set_id) c
    where m.id = media_conditions.media_id
        and m.protocol_set_id in (select consent.passed_sets())
        and m.work_id in (select content.visible(array[m.work_id]))
$$;

comment on function consent.media_conditions(uuid) is
    'What the communities ask of whoever opens something restricted in a work.';

revoke execute on function consent.media_conditions(uuid) from public;
grant execute on function consent.media_conditions(uuid) to authenticated;

-- From functions/consent/mine_to_decide.sql
-- The works about which I decide: for myself, for somebody I act for, or in the name of a community that has to
-- consent, as long as I pass the protocols that they stand under.

create or replace function consent.mine_to_decide()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select a.work_id
    from consent.asking_me() a (work_id)
    union
    select w.id
    from consent._spoken_for() s
    join content.works w on w.tenant_id = s.tenant_id and w.id = s.work_id
    where w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets());
end
$$;

comment on function consent.mine_to_decide() is 'The works about which I decide, for myself or for a community.';

revoke execute on function consent.mine_to_decide() from public;
grant execute on function consent.mine_to_decide() to authenticated, service_role;

-- From functions/consent/open_media.sql
-- Opens for me what is restricted in a work that I may know of, and says until when. It can be seen in the next
-- transaction, by whoever reads the work there; all that stands under the same protocols in it is opened with it.

create or replace function consent.open_media(media_id uuid)
returns timestamptz
language plpgsql
volatile
security definer -- openings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    medium content.media;
begin
    perform core._require_person();
    select m.* into medium
    from content.media m
    where m.id = open_media.media_id
        and m.protocol_set_id in (select consent.passed_sets())
        and m.work_id in (select content.visible(array[m.work_id]))
        and m.work_id not in (select consent.asking_me());
    if medium.id is null then
        perform core._refuse('not_found', 'medium for you to open');
    end if;
    return consent._open_set(medium.tenant_id, medium.work_id, medium.protocol_set_id);
end
$$;

comment on function consent.open_media(uuid) is 'Opens for me what is restricted in a work, and says until when.';

revoke execute on function consent.open_media(uuid) from public;
grant execute on function consent.open_media(uuid) to authenticated;

-- From functions/consent/open_work.sql
-- Opens a restricted work for me, and says until when. It can be read in the next transaction, once this is committed:
-- what was opened is known then.

create or replace function consent.open_work(work_id uuid)
returns timestamptz
language plpgsql
volatile
security definer -- openings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
begin
    perform core._require_person();
    select w.* into work
    from content.works w
    where w.id = open_work.work_id
        and w.protocol_set_id is not null
        and w.id in (select content.visible(array[w.id]))
        and w.id not in (select consent.asking_me());
    if work.id is null then
        perform core._refuse('not_found', 'work for you to open');
    end if;
    return consent._open_set(work.tenant_id, work.id, work.protocol_set_id);
end
$$;

comment on function consent.open_work(uuid) is 'Opens a restricted work for me, and says until when.';

revoke execute on function consent.open_work(uuid) from public;
grant execute on function consent.open_work(uuid) to authenticated;

-- From functions/consent/opened.sql
-- The restricted works that I have opened, and may read still: under the protocols that they stand under now.

create or replace function consent.opened()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select o.work_id
    from consent._openings() o
    join content.works w
        on w.tenant_id = o.tenant_id and w.id = o.work_id and w.protocol_set_id = o.protocol_set_id;
end
$$;

comment on function consent.opened() is 'The restricted works that I have opened, and may read still.';

revoke execute on function consent.opened() from public;
grant execute on function consent.opened() to authenticated, service_role;

-- From functions/consent/opened_media.sql
-- What is restricted in works, and I have opened it and may see it still: under the protocols that it stands under now.

create or replace function consent.opened_media()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select m.id
    from consent._openings() o
    join content.media m
        on m.tenant_id = o.tenant_id and m.work_id = o.work_id and m.protocol_set_id = o.protocol_set_id;
end
$$;

comment on function consent.opened_media() is 'What is restricted in works, and I have opened it and may see it still.';

revoke execute on function consent.opened_media() from public;
grant execute on function consent.opened_media() to authenticated, service_role;

-- From functions/consent/passed_sets.sql
-- The protocol sets that I pass at this moment, in the form that policies compare with. Nobody is told anything about a
-- restricted work who does not pass the set it stands under; what its protocols want acknowledged, opening it asks for.
--
-- A protocol is passed by those it is for, in its season; what is only recommended, by everybody; what is retired, by
-- nobody. Of a set every community has to be passed, by all of its protocols there or by any, and whoever is barred
-- from one of them passes none. A community without a protocol, or a set without a community, lets nobody pass. What is
-- only recommended is shown and opens nothing: where any will do, it has to be one that is required, if there is one.

create or replace function consent.passed_sets()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 100
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with mine as materialized (
        select m.tenant_id, m.membership_id, m.scope_id
        from core._live_memberships(core.me()) m
        where m.scope_id = any ((select core.reach(2))::uuid[])
    ),
    -- What can be passed without belonging; and what asks for belonging, of communities where I do.
    passed as materialized (
        select p.tenant_id, p.id, p.scope_id, p.enforcement = 'required' as required
        from consent.protocols p
        where p.retired_at is null
            and (
                p.enforcement <> 'required'
                or (
                    p.audience = 'everybody'
                    and consent._in_season(p.season_from, p.season_until, p.season_zone, now())
                )
            )
        union all
        select p.tenant_id, p.id, p.scope_id, p.enforcement = 'required'
        from mine m
        join consent.protocols p on p.tenant_id = m.tenant_id and p.scope_id = m.scope_id
        where p.retired_at is null
            and consent._in_season(p.season_from, p.season_until, p.season_zone, now())
            and (
                p.audience = 'members'
                or exists (
                    select
                    from consent.protocol_admissions a
                    where a.tenant_id = p.tenant_id
                        and a.protocol_id = p.id
                        and (
                            a.membership_id = m.membership_id
                            or exists (
                                select
                                from core.membership_roles r
                                where r.tenant_id = a.tenant_id
                                    and r.membership_id = m.membership_id
                                    and r.role_id = a.role_id
                                    and r.revoked_at is null
                            )
                            or exists (
                                select
                                from consent.protocol_group_members g
                                where g.tenant_id = a.tenant_id
                                    and g.group_id = a.group_id
                                    and g.membership_id = m.membership_id
                            )
                        )
                )
            )
    ),
    -- Of each community whether it is passed, in the sets of which anything is. Looked up by hash: however many
    -- protocols somebody passes, no plan expects more than a few.
    communities as (
        select
            c.set_id, c.scope_id,
            bool_and(s.protocol_id in (select p.id from passed p))
            or (c.match = 'any' and bool_or(s.protocol_id in (select p.id from passed p where p.required))) as enough
        from (
            select distinct s.tenant_id, s.set_id
            from passed p
            -- By the whole of a key, so that no plan looks for protocols through the sets.
            join consent.protocol_set_members s
                on s.tenant_id = p.tenant_id and s.protocol_id = p.id and s.scope_id = p.scope_id
        ) candidate
        join consent.protocol_set_communities c
            on c.tenant_id = candidate.tenant_id and c.set_id = candidate.set_id
        left join consent.protocol_set_members s
            on s.tenant_id = c.tenant_id and s.set_id = c.set_id and s.scope_id = c.scope_id
        group by c.set_id, c.scope_id, c.match
    )
    select c.set_id
    from communities c
    where core.me() is not null
    group by c.set_id
    having bool_and(coalesce(c.enough, false) and c.scope_id not in (select core.barred()));
end
$$;

comment on function consent.passed_sets() is 'The protocol sets that I pass at this moment.';

revoke execute on function consent.passed_sets() from public;
grant execute on function consent.passed_sets() to authenticated, service_role;

-- From functions/consent/protect_media.sql
-- Puts something in a work under protocols of a community, so that it is for fewer than the work; with none, takes it
-- from under them. Who may, consent._protected() says.

create or replace function consent.protect_media(
    media_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match default 'all'
)
returns void
language plpgsql
volatile
security definer -- media are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    medium content.media;
    set_id uuid;
begin
    perform core._require_person();
    perform core._require_read_committed();
    -- The work first, as whoever writes on it does; and only one that they may know of, or they would learn of it by
    -- waiting for who holds it.
    perform
    from content.works w
    where w.id in (
        select content.visible(array[m.work_id]) from content.media m where m.id = protect_media.media_id
    )
    for no key update;
    select m.* into medium from content.media m where m.id = protect_media.media_id;
    set_id := consent._protected(medium.work_id, medium.protocol_set_id, scope_id, protocol_ids, match);
    update content.media m
    set protocol_set_id = set_id
    where m.tenant_id = medium.tenant_id and m.id = medium.id;
end
$$;

comment on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) is
    'Puts something in a work under protocols of a community, or takes it from under them.';

revoke execute on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) from public;
grant execute on function consent.protect_media(uuid, uuid, uuid[], consent.protocol_match) to authenticated;

-- From functions/consent/protect_work.sql
-- Puts a work under protocols of a community, in place of those of the same community that it stood under; with none,
-- takes it from under them. Who may, consent._protected() says.

create or replace function consent.protect_work(
    work_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match default 'all'
)
returns void
language plpgsql
volatile
security definer -- works are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work content.works;
    set_id uuid;
begin
    perform core._require_person();
    perform core._require_read_committed();
    -- Of a work that they may not know of, nobody waits for who holds it.
    select w.* into work
    from content.works w
    where w.id in (select content.visible(array[protect_work.work_id]))
    for no key update;
    set_id := consent._protected(work.id, work.protocol_set_id, scope_id, protocol_ids, match);
    update content.works w
    set protocol_set_id = set_id, revision = w.revision + 1
    where w.tenant_id = work.tenant_id and w.id = work.id;
    -- What the community has to agree to now, and did not, is taken back.
    perform consent._recall(work.tenant_id, array[work.id]);
    perform ops._emit(
        work.tenant_id, work.scope_id, 'work.protected', jsonb_build_object('work_id', work.id)
    );
end
$$;

comment on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) is
    'Puts a work under protocols of a community, or takes it from under them.';

revoke execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) from public;
grant execute on function consent.protect_work(uuid, uuid, uuid[], consent.protocol_match) to authenticated;

-- From functions/consent/read_evidence.sql
-- Opens what shows that I decided, and who was there.

create or replace function consent.read_evidence(consent_id uuid, out evidence text, out witness text)
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    held consent.consent_evidence;
    key bytea;
begin
    select e.* into held from consent.consent_evidence e where e.consent_id = read_evidence.consent_id;
    perform core._require_secret_access(held.person_id);
    key := core._person_key(held.person_id);
    evidence := convert_from(core._open(held.evidence, key), 'utf8');
    witness := convert_from(core._open(held.witness, key), 'utf8');
end
$$;

comment on function consent.read_evidence(uuid) is 'Opens what shows that I decided, and who was there.';

revoke execute on function consent.read_evidence(uuid) from public;
grant execute on function consent.read_evidence(uuid) to empathy_keyholder;

-- From functions/consent/read_preferences.sql
-- Opens what I would answer, by purpose.

create or replace function consent.read_preferences(person_id uuid)
returns jsonb
language plpgsql
volatile
security definer -- secrets are read by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    sealed bytea;
begin
    perform core._require_secret_access(person_id);
    select p.answers into sealed from consent.preferences p where p.person_id = read_preferences.person_id;
    if sealed is null then
        return '{}';
    end if;
    return convert_from(core._open(sealed, core._person_key(person_id)), 'utf8')::jsonb;
end
$$;

comment on function consent.read_preferences(uuid) is 'Opens what I would answer, by purpose.';

revoke execute on function consent.read_preferences(uuid) from public;
grant execute on function consent.read_preferences(uuid) to empathy_keyholder;

-- From functions/consent/recall_expired.sql
-- Takes works back from runs where consent has ended by itself, its time being over. What somebody withdraws is taken
-- back in the same transaction; this finds what nobody did. Of each organization so many at a time that nobody waits
-- long.

create or replace function consent.recall_expired(most integer default 1000)
returns bigint
language plpgsql
volatile
security definer -- runs are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    affected record;
    recalled bigint := 0;
begin
    perform core._require_read_committed();
    for affected in
        select standing.tenant_id, array_agg(distinct lapsed.work_id) as work_ids
        from (
            select h.tenant_id, array_agg(distinct h.work_id) as work_ids
            from consent.run_works h
            where h.stands
            group by h.tenant_id
        ) standing
        cross join lateral (
            select l.work_id
            from consent._lapsed(standing.tenant_id, standing.work_ids) l
            limit recall_expired.most
        ) lapsed
        group by standing.tenant_id
        order by standing.tenant_id
    loop
        perform
        from content.works w
        where w.tenant_id = affected.tenant_id and w.id = any (affected.work_ids)
        order by w.id
        for no key update;
        recalled := recalled + consent._recall(affected.tenant_id, affected.work_ids);
    end loop;
    return recalled;
end
$$;

comment on function consent.recall_expired(integer) is
    'Takes works back from runs where consent has ended by itself, and returns how many.';

revoke execute on function consent.recall_expired(integer) from public;
grant execute on function consent.recall_expired(integer) to service_role;

-- From functions/consent/receipt.sql
-- A receipt for a decision, for whoever made it, and for those who act or speak for them: what was decided, about what,
-- for what, from when until when, how it stands now, and what the work was used for meanwhile. Its parts are those of
-- ISO/IEC TS 27560; purposes are named by the Data Privacy Vocabulary as well.

create or replace function consent.receipt(consent_id uuid)
returns jsonb
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object(
        'schema_version', 'ISO/IEC TS 27560:2023',
        'record_id', c.id,
        'pii_principal_id', coalesce(p.person_id, p.scope_id),
        'controller', jsonb_build_object(
            'id', o.id, 'name', o.name, 'jurisdiction', o.jurisdiction, 'data_location', o.data_location
        ),
        'processing', jsonb_build_object(
            'work_id', c.work_id,
            'version', c.through_version,
            'purpose', jsonb_build_object('key', u.key, 'name', u.name, 'type', u.dpv),
            'channel', c.channel,
            'attribution_required', c.attribution_required
        ),
        'event', jsonb_build_object(
            'type', c.decision,
            'time', c.recorded_at,
            'recorded_by', c.recorded_by,
            'valid_from', lower(c.during),
            'valid_until', upper(c.during),
            'state', case
                when c.during @> now() then c.decision::text
                when lower(c.during) > now() then 'not yet'
                else coalesce(next.decision::text, 'expired')
            end
        ),
        'uses', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'run_id', h.run_id, 'version', h.version, 'handed_out_at', h.handed_out_at,
                        'recalled_at', h.recalled_at, 'irrevocable', h.irrevocable
                    )
                    order by h.handed_out_at, h.run_id
                ),
                '[]'
            )
            from consent.run_works h
            join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
            where h.tenant_id = c.tenant_id and h.work_id = c.work_id and r.purpose = c.purpose
        )
    )
    from consent.consents c
    join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
    join consent.purposes u on u.key = c.purpose
    join core.organizations o on o.id = c.tenant_id
    -- What took its place.
    left join lateral (
        select n.decision
        from consent.consents n
        where n.tenant_id = c.tenant_id
            and n.party_id = c.party_id
            and n.purpose = c.purpose
            and (n.channel is null or n.channel = c.channel)
            and n.recorded_at >= c.recorded_at
            and n.during @> coalesce(upper(c.during), now())
        order by n.recorded_at desc
        limit 1
    ) next on true
    where c.id = receipt.consent_id
$$;

comment on function consent.receipt(uuid) is 'A receipt for a decision, and how it stands now.';

revoke execute on function consent.receipt(uuid) from public;
grant execute on function consent.receipt(uuid) to authenticated, service_role;

-- From functions/consent/refuse_consent.sql
-- Refuses consent to a work, for a purpose or for all, by one way of sharing or by any. It is kept that it was asked.

create or replace function consent.refuse_consent(
    work_id uuid,
    purpose text default null,
    channel text default null,
    person_id uuid default null,
    scope_id uuid default null
)
returns void
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform consent._decide('refused', work_id, purpose, channel, person_id, scope_id, null, null, true, null);
end
$$;

comment on function consent.refuse_consent(uuid, text, text, uuid, uuid) is
    'Refuses consent to a work, for a purpose or for all.';

revoke execute on function consent.refuse_consent(uuid, text, text, uuid, uuid) from public;
grant execute on function consent.refuse_consent(uuid, text, text, uuid, uuid) to authenticated;

-- From functions/consent/remove_admission.sql
-- Takes back that a protocol names somebody. When nobody is left, it lets nobody pass.

create or replace function consent.remove_admission(admission_id uuid)
returns void
language plpgsql
volatile
security definer -- admissions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    delete from consent.protocol_admissions a
    where a.id = remove_admission.admission_id and core.can('protocol.admit', a.scope_id);
    if not found then
        perform core._refuse('not_found', 'admission');
    end if;
end
$$;

comment on function consent.remove_admission(uuid) is 'Takes back that a protocol names somebody.';

revoke execute on function consent.remove_admission(uuid) from public;
grant execute on function consent.remove_admission(uuid) to authenticated;

-- From functions/consent/remove_from_protocol_group.sql
-- Takes a member out of a group again: a steward, or whoever wants to leave it.

create or replace function consent.remove_from_protocol_group(group_id uuid, membership_id uuid)
returns void
language plpgsql
volatile
security definer -- groups are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_me();
    delete from consent.protocol_group_members g
    using core.memberships m
    where g.group_id = remove_from_protocol_group.group_id
        and g.membership_id = remove_from_protocol_group.membership_id
        and m.tenant_id = g.tenant_id
        and m.id = g.membership_id
        and (m.person_id = core.me() or core.can('protocol.admit', g.scope_id));
    if not found then
        perform core._refuse('not_found', 'member of such a group');
    end if;
end
$$;

comment on function consent.remove_from_protocol_group(uuid, uuid) is 'Takes a member out of a group.';

revoke execute on function consent.remove_from_protocol_group(uuid, uuid) from public;
grant execute on function consent.remove_from_protocol_group(uuid, uuid) to authenticated;

-- From functions/consent/retire_protocol.sql
-- Sets a protocol no more. It lets nobody pass from then on: what stands under it is closed until a steward puts it
-- under others.

create or replace function consent.retire_protocol(protocol_id uuid)
returns void
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.modify');
begin
    update consent.protocols p
    set retired_at = now()
    where p.tenant_id = protocol.tenant_id and p.id = protocol.id;
    perform ops._emit(
        protocol.tenant_id, protocol.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', protocol.id)
    );
end
$$;

comment on function consent.retire_protocol(uuid) is 'Sets a protocol no more: it lets nobody pass.';

revoke execute on function consent.retire_protocol(uuid) from public;
grant execute on function consent.retire_protocol(uuid) to authenticated;

-- From functions/consent/set_benefits.sql
-- Says how a community shares what its works bring in. What is left out of it stays out.

create or replace function consent.set_benefits(
    scope_id uuid,
    model consent.benefit_model,
    decision_process content.decision_process,
    rules jsonb default '{}'
)
returns void
language plpgsql
volatile
security definer -- settings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require('protocol.modify', scope_id);
    insert into consent.benefit_settings as b (tenant_id, scope_id, model, decision_process, rules, updated_by)
    select s.tenant_id, s.id, set_benefits.model, set_benefits.decision_process, set_benefits.rules, core.me()
    from core.scopes s
    where s.id = set_benefits.scope_id
    on conflict on constraint benefit_settings_pkey do update
    set
        model = excluded.model, decision_process = excluded.decision_process,
        rules = excluded.rules, updated_by = excluded.updated_by;
end
$$;

comment on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) is 'Says how a community shares what its works bring in.';

revoke execute on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) from public;
grant execute on function consent.set_benefits(
    uuid, consent.benefit_model, content.decision_process, jsonb
) to authenticated;

-- From functions/consent/tg_consents__end_only.sql
-- A decision is ended, from now on or later; or, before it began, it is made never to stand. Nothing else becomes of
-- it.

create or replace function consent.tg_consents__end_only()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    ended consent.consents := old;
begin
    if new.during <@ old.during then -- not so when it is deleted: then nothing is new
        ended.during := new.during;
        if ended is not distinct from new
            and (
                (isempty(new.during) and lower(old.during) >= now())
                or (lower(new.during) = lower(old.during) and upper(new.during) >= now())
            )
        then
            return new;
        end if;
    end if;
    perform core._refuse('append_only', 'consent.consents');
    return null;
end
$$;

comment on function consent.tg_consents__end_only() is 'Lets a decision be ended, and refuses the rest.';

revoke execute on function consent.tg_consents__end_only() from public;

-- From functions/consent/tg_people__follow.sql
-- Who is forgotten says yes to nothing any more. And who turns out to be somebody else wrote what they wrote: both can
-- change what a work may be used for.

create or replace function consent.tg_people__follow()
returns trigger
language plpgsql
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    affected record;
begin
    for affected in
        select p.tenant_id, array_agg(distinct p.work_id) as work_ids
        from consent.consent_parties p
        join core.people e on e.id = p.person_id
        where coalesce(e.merged_into, e.id) = coalesce(new.merged_into, new.id)
        group by p.tenant_id
        order by p.tenant_id
    loop
        if new.erased_at is not null then
            -- The work first, as whoever decides does.
            perform
            from content.works w
            where w.tenant_id = affected.tenant_id and w.id = any (affected.work_ids)
            order by w.id
            for no key update;
            update consent.consents c
            set during = case
                when lower(c.during) >= now() then 'empty'::tstzrange
                else tstzrange(lower(c.during), now())
            end
            from consent.consent_parties p
            where p.tenant_id = affected.tenant_id
                and p.person_id = new.id
                and c.tenant_id = p.tenant_id
                and c.party_id = p.id
                and c.decision = 'given'
                and c.during && tstzrange(now(), null);
        end if;
        perform consent._recompute(affected.tenant_id, affected.work_ids);
    end loop;
    return null;
end
$$;

comment on function consent.tg_people__follow() is
    'Ends what somebody said yes to when they are forgotten, and compiles anew what a merger changes.';

revoke execute on function consent.tg_people__follow() from public;

-- From functions/consent/tg_people__forget_preferences.sql
-- What somebody would answer is forgotten with them: nobody can read it any more.

create or replace function consent.tg_people__forget_preferences()
returns trigger
language plpgsql
security definer -- nobody may write preferences of others
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from consent.preferences p where p.person_id = new.id;
    return null;
end
$$;

comment on function consent.tg_people__forget_preferences() is
    'Drops what somebody who is forgotten would have answered.';

revoke execute on function consent.tg_people__forget_preferences() from public;

-- From functions/consent/tg_protocol_sets__written_at_once.sql
-- What a protocol set is made of is written with it; a set that is there becomes no other.

create or replace function consent.tg_protocol_sets__written_at_once()
returns trigger
language plpgsql
security definer -- looks at sets that nobody may see
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from new_rows n
        join consent.protocol_sets s on s.tenant_id = n.tenant_id and s.id = n.set_id
        where s.written_in <> pg_current_xact_id()
    ) then
        perform core._refuse('append_only', 'consent.protocol_sets');
    end if;
    return null;
end
$$;

comment on function consent.tg_protocol_sets__written_at_once() is
    'Refuses to add to a protocol set that is there already.';

revoke execute on function consent.tg_protocol_sets__written_at_once() from public;

-- From functions/consent/tg_protocols__count_wordings.sql
-- Whoever acknowledged one wording has not acknowledged the next.

create or replace function consent.tg_protocols__count_wordings()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.wording := old.wording + (new.acknowledgement is distinct from old.acknowledgement)::integer;
    return new;
end
$$;

comment on function consent.tg_protocols__count_wordings() is 'Counts the wordings of an acknowledgement.';

revoke execute on function consent.tg_protocols__count_wordings() from public;

-- From functions/consent/tg_works__add_owner.sql
-- Whoever makes a work is the first who has to consent to it.

create or replace function consent.tg_works__add_owner()
returns trigger
language plpgsql
security definer -- parties are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    insert into consent.consent_parties (tenant_id, work_id, person_id, capacity, added_by)
    values (new.tenant_id, new.id, new.owner_id, 'teller', new.owner_id);
    return null;
end
$$;

comment on function consent.tg_works__add_owner() is 'Makes whoever owns a work the first who has to consent to it.';

revoke execute on function consent.tg_works__add_owner() from public;

-- From functions/consent/update_protocol.sql
-- Changes a protocol: at once, for everything that stands under it. What is left out stays; an empty text takes the
-- season or the acknowledgement away.

create or replace function consent.update_protocol(
    protocol_id uuid,
    name text default null,
    kind text default null,
    audience consent.protocol_audience default null,
    description text default null,
    enforcement consent.protocol_enforcement default null,
    season_from text default null,
    season_until text default null,
    season_zone text default null,
    acknowledgement text default null
)
returns void
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.modify');
begin
    update consent.protocols p
    set
        name = coalesce(btrim(update_protocol.name), p.name),
        kind = coalesce(update_protocol.kind, p.kind),
        audience = coalesce(update_protocol.audience, p.audience),
        description = coalesce(update_protocol.description, p.description),
        enforcement = coalesce(update_protocol.enforcement, p.enforcement),
        season_from = nullif(coalesce(update_protocol.season_from, p.season_from), ''),
        season_until = nullif(coalesce(update_protocol.season_until, p.season_until), ''),
        season_zone = nullif(coalesce(update_protocol.season_zone, p.season_zone), ''),
        acknowledgement = nullif(coalesce(update_protocol.acknowledgement, p.acknowledgement), '')
    where p.tenant_id = protocol.tenant_id and p.id = protocol.id;
    perform ops._emit(
        protocol.tenant_id, protocol.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', protocol.id)
    );
end
$$;

comment on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) is 'Changes a protocol, at once for everything that stands under it.';

revoke execute on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) from public;
grant execute on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) to authenticated;

-- From functions/consent/using_mine.sql
-- The runs to which works were handed out about which I decide.

create or replace function consent.using_mine()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    select distinct h.run_id
    from consent.mine_to_decide() d (work_id)
    join content.works w on w.id = d.work_id
    join consent.run_works h on h.tenant_id = w.tenant_id and h.work_id = w.id;
end
$$;

comment on function consent.using_mine() is 'The runs to which works were handed out about which I decide.';

revoke execute on function consent.using_mine() from public;
grant execute on function consent.using_mine() to authenticated, service_role;

-- From functions/consent/verify_effective.sql
-- Recounts what every work may be used for, and when it is shared with whom. Empty when all is well.

create or replace function consent.verify_effective()
returns table (tenant_id uuid, work_id uuid, problem text)
language sql
stable
security definer -- recounts what nobody may read whole
set search_path = pg_catalog, pg_temp
as $$
    with works as (
        select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id
    ),
    recounted as (
        select t.tenant_id, n.* from works t cross join lateral consent._effective(t.tenant_id, t.ids) n
    )
    select
        coalesce(e.tenant_id, n.tenant_id), coalesce(e.work_id, n.work_id),
        'effective ' || concat_ws(' ', coalesce(e.purpose, n.purpose), nullif(coalesce(e.channel, n.channel), ''))
    from consent.effective e
    full join recounted n
        on (n.tenant_id, n.work_id, n.purpose, n.channel) = (e.tenant_id, e.work_id, e.purpose, e.channel)
    where (e.version, e.during) is distinct from (n.version, n.during)
    union all
    select w.tenant_id, w.id, 'windows'
    from works t
    cross join lateral consent._windows(t.tenant_id, t.ids) n
    join content.works w on w.tenant_id = t.tenant_id and w.id = n.work_id
    cross join lateral (select tstzmultirange(tstzrange(w.compiled_at, null)) as onward) c
    where (
            w.public_version, w.public_during, w.organization_version, w.organization_during,
            w.community_version, w.community_during
        ) is distinct from (
            n.public_version, n.public_during * c.onward, n.organization_version, n.organization_during * c.onward,
            n.community_version, n.community_during * c.onward
        )
$$;

comment on function consent.verify_effective() is
    'Works whose uses or windows are not what was decided: none, when all is well.';

revoke execute on function consent.verify_effective() from public;
grant execute on function consent.verify_effective() to service_role, empathy_auditor;

-- From functions/consent/withdraw_consent.sql
-- Takes back a consent, for a purpose or for all, by one way of sharing or by any: in force when this is committed.

create or replace function consent.withdraw_consent(
    work_id uuid,
    purpose text default null,
    channel text default null,
    person_id uuid default null,
    scope_id uuid default null
)
returns void
language plpgsql
volatile
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform consent._decide('withdrawn', work_id, purpose, channel, person_id, scope_id, null, null, true, null);
end
$$;

comment on function consent.withdraw_consent(uuid, text, text, uuid, uuid) is
    'Takes back consent to a work, for a purpose or for all.';

revoke execute on function consent.withdraw_consent(uuid, text, text, uuid, uuid) from public;
grant execute on function consent.withdraw_consent(uuid, text, text, uuid, uuid) to authenticated;

-- From functions/consent/write_evidence.sql
-- Keeps what shows that somebody decided, and who was there: whoever decided, or a server. Once.

create or replace function consent.write_evidence(
    consent_id uuid,
    evidence text default null,
    witness text default null
)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    decided consent.consents;
    key bytea;
begin
    select c.* into decided from consent.consents c where c.id = write_evidence.consent_id;
    perform core._require_secret_access(decided.recorded_by);
    key := core._person_key(decided.recorded_by);
    insert into consent.consent_evidence (tenant_id, consent_id, person_id, evidence, witness)
    values (
        decided.tenant_id, decided.id, decided.recorded_by,
        core._seal(convert_to(write_evidence.evidence, 'utf8'), key),
        core._seal(convert_to(write_evidence.witness, 'utf8'), key)
    );
end
$$;

comment on function consent.write_evidence(uuid, text, text) is
    'Keeps what shows that somebody decided, and who was there.';

revoke execute on function consent.write_evidence(uuid, text, text) from public;
grant execute on function consent.write_evidence(uuid, text, text) to empathy_keyholder;

-- From functions/consent/write_preferences.sql
-- Keeps what I would answer, by purpose: given or refused. It is proposed to me when I am asked, and decides nothing.

create or replace function consent.write_preferences(person_id uuid, answers jsonb)
returns void
language plpgsql
volatile
security definer -- secrets are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_secret_access(person_id);
    if jsonb_typeof(answers) is distinct from 'object'
        or exists (
            select
            from jsonb_each_text(answers) a
            where a.key not in (select p.key from consent.purposes p) or a.value not in ('given', 'refused')
        )
    then
        perform core._refuse('not_found', 'purpose or answer');
    end if;
    insert into consent.preferences as p (person_id, answers)
    values (
        write_preferences.person_id,
        core._seal(convert_to(write_preferences.answers::text, 'utf8'), core._person_key(write_preferences.person_id))
    )
    on conflict on constraint preferences_pkey do update set answers = excluded.answers;
end
$$;

comment on function consent.write_preferences(uuid, jsonb) is 'Keeps what I would answer, by purpose.';

revoke execute on function consent.write_preferences(uuid, jsonb) from public;
grant execute on function consent.write_preferences(uuid, jsonb) to empathy_keyholder;

-- From schema/core/error_codes.sql
-- Every refusal that an app can meet, in one list: its code, its words, and what to do.

create table core.error_codes (
    name text not null,
    code text not null,
    message text not null,
    hint text not null,
    constraint error_codes_pkey primary key (name),
    constraint error_codes_code_check check (code ~ '^[0-9A-Z]{5}$'),
    constraint error_codes_name_check check (name ~ '^[a-z_]+$')
);

comment on table core.error_codes is
    'Every refusal that an app can meet: its code, its words, and what to do.';
comment on column core.error_codes.name is 'What functions call it by.';
comment on column core.error_codes.code is
    'The SQLSTATE. Ours begin with EL; a code of Postgres is used where one fits.';
comment on column core.error_codes.message is 'What was refused and why; %s stands for a detail.';
comment on column core.error_codes.hint is 'What the person, or the app, can do now.';

-- From schema/core/platform_modules.sql
-- The modules of the platform. Each can be switched per scope; what is off answers as if it did not exist.

create table core.platform_modules (
    module text not null,
    version text not null,
    description text not null,
    always_on boolean not null default false,
    installed_at timestamptz not null default now(),
    constraint platform_modules_pkey primary key (module),
    constraint platform_modules_module_check check (module ~ '^[a-z_]+$')
);

comment on table core.platform_modules is 'The modules of the platform and their versions.';
comment on column core.platform_modules.module is 'The name, which is also the name of its Postgres schema.';
comment on column core.platform_modules.version is 'The version of the module that is installed.';
comment on column core.platform_modules.description is 'What the module is for.';
comment on column core.platform_modules.always_on is 'The kernel: cannot be switched off.';
comment on column core.platform_modules.installed_at is 'When the module came to this database.';

-- From schema/core/platform_config.sql
-- Settings of the whole installation: its environment, who may found organizations.

create table core.platform_config (
    key text not null,
    value jsonb not null,
    description text not null,
    updated_at timestamptz not null default now(),
    constraint platform_config_pkey primary key (key),
    constraint platform_config_key_check check (key ~ '^[a-z_.]+$'),
    constraint platform_config_environment_check check (
        key <> 'environment' or value in ('"development"', '"staging"', '"production"')
    ),
    constraint platform_config_founding_check check (
        key <> 'organizations.founded_by' or value in ('"anyone"', '"service"')
    ),
    constraint platform_config_organization_check check (
        key <> 'platform.organization'
        or coalesce(value #>> '{}' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$', true) -- null: none does
    )
);

create trigger _020_touch
before update on core.platform_config
for each row execute function core.tg__touch();

comment on table core.platform_config is 'Settings of the whole installation.';
comment on column core.platform_config.key is 'The name of the setting.';
comment on column core.platform_config.value is 'Its value, as JSON.';
comment on column core.platform_config.description is 'What it decides.';
comment on column core.platform_config.updated_at is 'When it was last changed.';

-- From schema/core/people.sql
-- People. A person is not a login: tellers without an account, children, the deceased and the imported exist.

create table core.people (
    id uuid not null default core.new_id(),
    handle text,
    display_name text not null,
    bio text not null default '',
    avatar_url text,
    locale text not null default 'en',
    country_code text,
    deceased_on date,
    guardian_id uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    merged_into uuid,
    erased_at timestamptz,
    constraint people_pkey primary key (id),
    constraint people_handle_key unique (handle),
    constraint people_guardian_id_fkey foreign key (guardian_id) references core.people (id),
    constraint people_merged_into_fkey foreign key (merged_into) references core.people (id),
    constraint people_handle_check check (handle ~ '^[a-z0-9][a-z0-9_]{1,38}[a-z0-9]$'),
    constraint people_display_name_check check (length(btrim(display_name)) between 1 and 80),
    constraint people_bio_check check (length(bio) <= 5000),
    constraint people_locale_check check (core.is_lang(locale)),
    constraint people_country_code_check check (country_code ~ '^[A-Z]{2}$'),
    constraint people_avatar_url_check check (avatar_url ~ '^https://[^\s"''<>]+$' and length(avatar_url) <= 500),
    constraint people_guardian_check check (guardian_id <> id),
    constraint people_merged_check check (merged_into <> id),
    constraint people_erased_check check (
        erased_at is null
        or (
            display_name = 'Erased person' and handle is null and bio = '' and avatar_url is null and locale = 'en'
            and country_code is null and deceased_on is null and guardian_id is null
        )
    )
);

create index people_guardian_id_idx on core.people (guardian_id) where guardian_id is not null;
create index people_merged_into_idx on core.people (merged_into) where merged_into is not null;
create index people_created_at_idx on core.people (created_at);

create trigger _010_freeze_key
before update of id on core.people
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.people
for each row execute function core.tg__touch();

comment on table core.people is
    'People, with or without a login. Seen by those who share a scope with them, and by their guardian.';
comment on column core.people.id is 'The id.';
comment on column core.people.handle is
    'A short name of their choosing, unique on the platform; none is needed.';
comment on column core.people.display_name is 'The name they want to be called by.';
comment on column core.people.bio is 'A few words about themselves.';
comment on column core.people.avatar_url is 'A picture.';
comment on column core.people.locale is 'The language they want to be addressed in.';
comment on column core.people.country_code is 'Country, ISO 3166-1 alpha-2.';
comment on column core.people.deceased_on is 'The day of death, where it is known and may be said.';
comment on column core.people.guardian_id is
    'Who acts for them: for a child, or for someone who asked for it.';
comment on column core.people.created_at is 'When they came to this platform.';
comment on column core.people.updated_at is 'When their row last changed.';
comment on column core.people.merged_into is 'The person that this row turned out to be the same as.';
comment on column core.people.erased_at is 'Since when everything personal about them is gone.';

-- From schema/core/identities.sql
-- Logins: whom a token speaks for. One person may have several.

create table core.identities (
    issuer text not null,
    subject text not null,
    person_id uuid not null,
    created_at timestamptz not null default now(),
    constraint identities_pkey primary key (issuer, subject),
    constraint identities_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint identities_issuer_check check (length(issuer) between 1 and 500),
    constraint identities_subject_check check (length(subject) between 1 and 500)
);

create index identities_person_id_idx on core.identities (person_id);

comment on table core.identities is 'Logins: the issuer and subject of a token lead to a person.';
comment on column core.identities.issuer is 'Who vouches for the login.';
comment on column core.identities.subject is 'What the issuer calls the person.';
comment on column core.identities.person_id is 'Whose login it is.';
comment on column core.identities.created_at is 'Since when.';

-- From schema/core/instance_keys.sql
-- Keys of the installation itself, wrapped by the key-encryption key: the one that makes blind indexes.

create table core.instance_keys (
    purpose text not null,
    wrapped_key bytea not null,
    kek_id text not null,
    created_at timestamptz not null default now(),
    constraint instance_keys_pkey primary key (purpose),
    constraint instance_keys_purpose_check check (purpose in ('blind_index'))
);

comment on table core.instance_keys is 'Keys of the installation, wrapped. No app role can read a row.';
comment on column core.instance_keys.purpose is 'What the key is for.';
comment on column core.instance_keys.wrapped_key is 'The key, encrypted with the key-encryption key.';
comment on column core.instance_keys.kek_id is 'Which key-encryption key wraps it.';
comment on column core.instance_keys.created_at is 'When it was made.';

-- From schema/core/person_keys.sql
-- A key for each person, wrapped by the key-encryption key. Destroying it makes all they kept secret unreadable.

create table core.person_keys (
    person_id uuid not null,
    wrapped_key bytea,
    kek_id text,
    created_at timestamptz not null default now(),
    rewrapped_at timestamptz,
    destroyed_at timestamptz,
    constraint person_keys_pkey primary key (person_id),
    constraint person_keys_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint person_keys_state_check check (
        case when destroyed_at is null
            then wrapped_key is not null and kek_id is not null
            else wrapped_key is null and kek_id is null
        end
    )
);

create index person_keys_kek_id_idx on core.person_keys (kek_id);

comment on table core.person_keys is 'A key for each person, wrapped. No app role can read a row.';
comment on column core.person_keys.person_id is 'Whose key it is.';
comment on column core.person_keys.wrapped_key is
    'The key, encrypted with the key-encryption key; none once destroyed.';
comment on column core.person_keys.kek_id is 'Which key-encryption key wraps it.';
comment on column core.person_keys.created_at is 'When it was made.';
comment on column core.person_keys.rewrapped_at is 'When it was last wrapped anew.';
comment on column core.person_keys.destroyed_at is 'When it was destroyed. It does not come back.';

-- From schema/core/person_secrets.sql
-- What a person keeps from everybody: email, phone, legal name, each encrypted with the person's own key.

create table core.person_secrets (
    person_id uuid not null,
    email bytea,
    phone bytea,
    legal_name bytea,
    email_index bytea,
    updated_at timestamptz not null default now(),
    constraint person_secrets_pkey primary key (person_id),
    constraint person_secrets_email_index_key unique (email_index),
    constraint person_secrets_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint person_secrets_email_check check (email is not null or email_index is null),
    constraint person_secrets_size_check check (
        greatest(octet_length(email), octet_length(phone), octet_length(legal_name)) <= 4000
    )
);

create trigger _010_freeze_key
before update of person_id on core.person_secrets
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.person_secrets
for each row execute function core.tg__touch();

comment on table core.person_secrets is
    'Email, phone and legal name, encrypted with the person''s own key. No app role can read a row.';
comment on column core.person_secrets.person_id is 'Whose they are.';
comment on column core.person_secrets.email is 'Email address, encrypted.';
comment on column core.person_secrets.phone is 'Telephone number, encrypted.';
comment on column core.person_secrets.legal_name is 'Legal name, encrypted.';
comment on column core.person_secrets.email_index is
    'A keyed hash of the email address once it is confirmed: finds the person by it, and holds it unique.';
comment on column core.person_secrets.updated_at is 'When something here last changed.';

-- From schema/core/organizations.sql
-- The tenant. Its root scope, with the same id, is created with it.

create table core.organizations (
    id uuid not null default core.new_id(),
    slug text not null,
    name text not null,
    region text not null default 'unspecified',
    jurisdiction text not null default 'unspecified',
    data_location text not null default 'unspecified',
    status core.organization_status not null default 'active',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint organizations_pkey primary key (id),
    constraint organizations_slug_key unique (slug),
    constraint organizations_slug_check check (core.is_slug(slug)),
    constraint organizations_name_check check (length(btrim(name)) between 1 and 200),
    constraint organizations_place_check check (
        greatest(length(region), length(jurisdiction), length(data_location)) <= 200
    )
);

create trigger _010_freeze_key
before update of id on core.organizations
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.organizations
for each row execute function core.tg__touch();

create trigger _100_found
after insert on core.organizations
for each row execute function core.tg_organizations__found();

comment on table core.organizations is
    'An organization is a tenant: what it owns carries its id, and nothing of it can refer to another''s.';
comment on column core.organizations.id is
    'The id, which is also the id of the root scope and every tenant_id below.';
comment on column core.organizations.slug is 'The name in addresses: lower-case, unique on the platform.';
comment on column core.organizations.name is 'The name as people read it.';
comment on column core.organizations.region is 'Where the organization works.';
comment on column core.organizations.jurisdiction is 'Whose law governs its data.';
comment on column core.organizations.data_location is 'Where its data is stored.';
comment on column core.organizations.status is 'Whether it is in use.';
comment on column core.organizations.created_at is 'When it was founded here.';
comment on column core.organizations.updated_at is 'When its row last changed.';

-- From schema/core/permissions.sql
-- The catalog of permissions: what a person can be allowed to do, and whether it reaches below where it is held.

create table core.permissions (
    key text not null,
    module text not null,
    levels smallint[] not null,
    inherits boolean not null,
    description text not null,
    constraint permissions_pkey primary key (key),
    constraint permissions_key_check check (key ~ '^[a-z_]+\.[a-z_]+$'),
    constraint permissions_levels_check check (levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0),
    constraint permissions_module_fkey foreign key (module) references core.platform_modules (module)
);

create index permissions_module_idx on core.permissions (module);

comment on table core.permissions is 'What a person can be allowed to do.';
comment on column core.permissions.key is 'thing.act, such as member.invite.';
comment on column core.permissions.module is 'The module that asks for it.';
comment on column core.permissions.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.permissions.inherits is
    'Whether holding it at a level also means holding it below. What a community must be free to give never does.';
comment on column core.permissions.description is 'What it allows, in words.';

-- From schema/core/role_templates.sql
-- The roles that every new organization starts with. Each organization has its own copy, to change as it likes.

create table core.role_templates (
    key text not null,
    name text not null,
    description text not null,
    levels smallint[] not null,
    requires_kyc boolean not null default false,
    constraint role_templates_pkey primary key (key),
    constraint role_templates_key_check check (key ~ '^[a-z_]+$'),
    constraint role_templates_levels_check check (
        levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0
    )
);

comment on table core.role_templates is 'The roles that every new organization starts with.';
comment on column core.role_templates.key is 'What programs call the role.';
comment on column core.role_templates.name is 'What people call it.';
comment on column core.role_templates.description is 'What it is for.';
comment on column core.role_templates.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.role_templates.requires_kyc is
    'Whether only a person whose identity was verified can hold it.';

-- From schema/core/role_template_permissions.sql
-- Which permissions the starting roles carry.

create table core.role_template_permissions (
    role text not null,
    permission text not null,
    constraint role_template_permissions_pkey primary key (role, permission),
    constraint role_template_permissions_role_fkey foreign key (role) references core.role_templates (key),
    constraint role_template_permissions_permission_fkey
        foreign key (permission) references core.permissions (key)
);

create index role_template_permissions_permission_idx on core.role_template_permissions (permission);

comment on table core.role_template_permissions is 'Which permissions the starting roles carry.';
comment on column core.role_template_permissions.role is 'The starting role.';
comment on column core.role_template_permissions.permission is 'A permission that it carries.';

-- From schema/core/scope_kinds.sql
-- The kinds of scope and the level each stands at. Modules add kinds of places; nothing adds a level.

create table core.scope_kinds (
    kind text not null,
    level smallint not null,
    module text not null,
    description text not null,
    constraint scope_kinds_pkey primary key (kind),
    constraint scope_kinds_kind_level_key unique (kind, level),
    constraint scope_kinds_kind_check check (kind ~ '^[a-z_]+$'),
    constraint scope_kinds_level_check check (
        level = case kind when 'organization' then 0 when 'project' then 1 else 2 end
    ),
    constraint scope_kinds_module_fkey foreign key (module) references core.platform_modules (module)
);

create index scope_kinds_module_idx on core.scope_kinds (module);

comment on table core.scope_kinds is 'The kinds of scope and the level each stands at.';
comment on column core.scope_kinds.kind is 'organization, project, or a kind of place.';
comment on column core.scope_kinds.level is '0 organization, 1 project, 2 place.';
comment on column core.scope_kinds.module is 'The module that brings the kind.';
comment on column core.scope_kinds.description is 'What such a scope is.';

-- From schema/core/scopes.sql
-- The tree of scopes, exactly three levels deep: organization, project, place.
-- Its shape is held by keys and checks alone: a parent stands on a higher level, so there can be no cycle.

create table core.scopes (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    level smallint not null,
    parent_id uuid,
    parent_level smallint,
    project_id uuid not null generated always as (case when level = 2 then parent_id else id end) stored,
    slug text not null,
    name text not null,
    description text not null default '',
    visibility core.scope_visibility not null default 'private',
    created_by uuid,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    archived_at timestamptz,
    constraint scopes_pkey primary key (tenant_id, id),
    constraint scopes_tenant_id_id_kind_key unique (tenant_id, id, kind),
    constraint scopes_tenant_id_id_level_key unique (tenant_id, id, level),
    constraint scopes_tenant_id_id_level_project_id_key unique (tenant_id, id, level, project_id),
    constraint scopes_tenant_id_parent_id_slug_key unique (tenant_id, parent_id, slug),
    constraint scopes_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint scopes_created_by_fkey foreign key (created_by) references core.people (id),
    constraint scopes_kind_level_fkey foreign key (kind, level) references core.scope_kinds (kind, level),
    constraint scopes_tenant_id_parent_id_parent_level_fkey
        foreign key (tenant_id, parent_id, parent_level) references core.scopes (tenant_id, id, level),
    constraint scopes_root_check check ((level = 0) = (id = tenant_id)),
    constraint scopes_parent_check check (
        case level
            when 0 then parent_id is null and parent_level is null
            when 1 then parent_id is not distinct from tenant_id and parent_level is not distinct from 0
            -- Without a parent it would have no project_id, which is never null.
            else parent_level is not null and parent_level in (0, 1)
        end
    ),
    constraint scopes_slug_check check (core.is_slug(slug)),
    constraint scopes_name_check check (length(btrim(name)) between 1 and 200),
    constraint scopes_description_check check (length(description) <= 5000)
);

create index scopes_id_idx on core.scopes (id);
create index scopes_project_id_idx on core.scopes (project_id);
create index scopes_kind_level_idx on core.scopes (kind, level);
create index scopes_created_by_idx on core.scopes (created_by);
create index scopes_words_idx on core.scopes using gin (core._scope_words(name, description));

create trigger _010_freeze_key
before update of tenant_id, id on core.scopes
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.scopes
for each row execute function core.tg__touch();

create trigger _100_keep_root
before delete on core.scopes
for each row when (old.level = 0) execute function core.tg_scopes__keep_root();

comment on table core.scopes is
    'Where things belong: an organization (level 0), its projects (1) and places (2), such as a community.';
comment on column core.scopes.tenant_id is 'The organization.';
comment on column core.scopes.id is 'The id; the root scope has the id of its organization.';
comment on column core.scopes.kind is 'What it is: organization, project, or a kind of place.';
comment on column core.scopes.level is '0 organization, 1 project, 2 place; follows from the kind.';
comment on column core.scopes.parent_id is
    'The scope above; a place may hang under a project or straight under the organization.';
comment on column core.scopes.parent_level is 'The level of the scope above.';
comment on column core.scopes.project_id is
    'The project it belongs to; without one, the organization. Never null, or composite keys would not be checked.';
comment on column core.scopes.slug is 'The name in addresses, unique among siblings.';
comment on column core.scopes.name is 'The name as people read it.';
comment on column core.scopes.description is 'A few words on what happens here.';
comment on column core.scopes.visibility is 'Who can find the scope. What is in it has rules of its own.';
comment on column core.scopes.created_by is 'Who created it.';
comment on column core.scopes.created_at is 'When it was created.';
comment on column core.scopes.updated_at is 'When its row last changed.';
comment on column core.scopes.archived_at is
    'Since when it is archived: it can be read, nothing new begins in it.';

-- From schema/core/projects.sql
-- What only a project has. A project is a scope of level 1; this row extends it.

create table core.projects (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('project') stored,
    purpose text not null default '',
    default_lang text not null default 'en',
    starts_on date,
    ends_on date,
    updated_at timestamptz not null default now(),
    constraint projects_pkey primary key (tenant_id, id),
    constraint projects_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references core.scopes (tenant_id, id, kind),
    constraint projects_period_check check (starts_on <= ends_on),
    constraint projects_default_lang_check check (core.is_lang(default_lang)),
    constraint projects_purpose_check check (length(purpose) <= 5000)
);

create index projects_tenant_id_id_kind_idx on core.projects (tenant_id, id, kind);

create trigger _010_freeze_key
before update of tenant_id, id on core.projects
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.projects
for each row execute function core.tg__touch();

comment on table core.projects is
    'What only a project has; its name, slug and visibility stand on its scope.';
comment on column core.projects.tenant_id is 'The organization.';
comment on column core.projects.id is 'The scope that this project is.';
comment on column core.projects.kind is 'Always project: the key to its scope holds it to that.';
comment on column core.projects.purpose is 'What the project is for.';
comment on column core.projects.default_lang is 'The language that is assumed where none is given.';
comment on column core.projects.starts_on is 'First day, if it has one.';
comment on column core.projects.ends_on is 'Last day, if it has one.';
comment on column core.projects.updated_at is 'When its row last changed.';

-- From schema/core/project_domains.sql
-- A project's own host names. Global, because a request names a host before anything of a tenant is known.
-- Anybody may claim a host; one claim can be verified, and that one counts.

create table core.project_domains (
    host text not null,
    tenant_id uuid not null,
    project_id uuid not null,
    verification_token text not null default core._new_token(),
    verified_at timestamptz,
    created_at timestamptz not null default now(),
    constraint project_domains_pkey primary key (host, tenant_id, project_id),
    constraint project_domains_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint project_domains_host_check check (
        length(host) <= 253
        and host ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$'
    )
);

create unique index project_domains_host_key on core.project_domains (host) where verified_at is not null;
create index project_domains_tenant_id_project_id_idx on core.project_domains (tenant_id, project_id);

comment on table core.project_domains is 'Host names under which projects are served.';
comment on column core.project_domains.host is
    'The host name, lower-case; once verified it leads to exactly one project.';
comment on column core.project_domains.tenant_id is 'The organization.';
comment on column core.project_domains.project_id is 'The project.';
comment on column core.project_domains.verification_token is
    'To be published in DNS, so that whoever names a host proves that it is theirs.';
comment on column core.project_domains.verified_at is 'Since when it is verified; before, it leads nowhere.';
comment on column core.project_domains.created_at is 'When it was claimed.';

-- From schema/core/project_themes.sql
-- The look of a project under its own name: colours, fonts, a logo, as named tokens.

create table core.project_themes (
    tenant_id uuid not null,
    project_id uuid not null,
    token text not null,
    value text not null,
    updated_at timestamptz not null default now(),
    constraint project_themes_pkey primary key (tenant_id, project_id, token),
    constraint project_themes_tenant_id_project_id_fkey
        foreign key (tenant_id, project_id) references core.projects (tenant_id, id),
    constraint project_themes_token_check check (token ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(token) <= 63),
    constraint project_themes_value_check check (length(value) <= 500 and value !~ '[<>;{}\\]|/\*')
);

create trigger _010_freeze_key
before update of tenant_id, project_id, token on core.project_themes
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.project_themes
for each row execute function core.tg__touch();

comment on table core.project_themes is 'The look of a project under its own name, as named tokens.';
comment on column core.project_themes.tenant_id is 'The organization.';
comment on column core.project_themes.project_id is 'The project.';
comment on column core.project_themes.token is 'The name of the token, such as colour-accent.';
comment on column core.project_themes.value is 'Its value; nothing that could break out of a style sheet.';
comment on column core.project_themes.updated_at is 'When it was last changed.';

-- From schema/core/quota_resources.sql
-- What can be limited: works, storage, seats, requests. Modules add what they count.

create table core.quota_resources (
    key text not null,
    module text not null,
    unit text not null,
    description text not null,
    constraint quota_resources_pkey primary key (key),
    constraint quota_resources_module_fkey foreign key (module) references core.platform_modules (module),
    constraint quota_resources_key_check check (key ~ '^[a-z_]+$')
);

create index quota_resources_module_idx on core.quota_resources (module);

comment on table core.quota_resources is 'What can be limited.';
comment on column core.quota_resources.key is 'The resource.';
comment on column core.quota_resources.module is 'The module that counts it.';
comment on column core.quota_resources.unit is 'What one of it is.';
comment on column core.quota_resources.description is 'What is counted, in words.';

-- From schema/core/quotas.sql
-- How much of a resource a scope, with all below it, may use. A strict quota counts on its own row and the check
-- refuses the unit too many, whoever asks at the same time; the others are counted in shards and may be passed
-- a little.

create table core.quotas (
    tenant_id uuid not null,
    scope_id uuid not null,
    resource text not null,
    amount bigint not null,
    strict boolean not null default false,
    used bigint not null default 0,
    updated_at timestamptz not null default now(),
    constraint quotas_pkey primary key (tenant_id, scope_id, resource),
    constraint quotas_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint quotas_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint quotas_amount_check check (amount >= 0),
    constraint quotas_used_check check (used >= 0 and (strict or used = 0)),
    constraint quotas_strict_check check (used <= amount)
);

create index quotas_resource_idx on core.quotas (resource);

create trigger _010_freeze_key
before update of tenant_id, scope_id, resource on core.quotas
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.quotas
for each row execute function core.tg__touch();

comment on table core.quotas is 'How much of a resource a scope, with all below it, may use.';
comment on column core.quotas.tenant_id is 'The organization.';
comment on column core.quotas.scope_id is 'The scope.';
comment on column core.quotas.resource is 'What is limited.';
comment on column core.quotas.amount is 'How much may be used.';
comment on column core.quotas.strict is
    'Strict: never one unit more; every use waits for the one before. Otherwise the limit may be passed a little.';
comment on column core.quotas.used is
    'What is in use, for a strict quota; the others are counted in usage_shards.';
comment on column core.quotas.updated_at is 'When its row last changed.';

-- From schema/core/usage_shards.sql
-- Use of a resource where no strict quota stands: sixteen counters a scope, so that writers do not wait on one row.

create table core.usage_shards (
    tenant_id uuid not null,
    scope_id uuid not null,
    resource text not null,
    shard smallint not null,
    used bigint not null,
    constraint usage_shards_pkey primary key (tenant_id, scope_id, resource, shard),
    constraint usage_shards_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint usage_shards_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint usage_shards_shard_check check (shard between 0 and 15)
);

create index usage_shards_resource_idx on core.usage_shards (resource);

comment on table core.usage_shards is
    'Use of a resource, spread over sixteen counters; read it with core.quota_use().';
comment on column core.usage_shards.tenant_id is 'The organization.';
comment on column core.usage_shards.scope_id is 'The scope.';
comment on column core.usage_shards.resource is 'What is counted.';
comment on column core.usage_shards.shard is 'Which of the sixteen.';
comment on column core.usage_shards.used is 'Its part of the sum; a part can be below zero, the sum cannot.';

-- From schema/core/tiers.sql
-- Membership tiers of people on the platform: FREE, BASIC, PRO, PREMIUM, and whatever comes after.

create table core.tiers (
    key text not null,
    name text not null,
    position smallint not null,
    constraint tiers_pkey primary key (key),
    constraint tiers_position_key unique (position),
    constraint tiers_key_check check (key ~ '^[A-Z_]+$')
);

comment on table core.tiers is 'Membership tiers of people on the platform.';
comment on column core.tiers.key is 'FREE, BASIC, PRO, PREMIUM.';
comment on column core.tiers.name is 'The name as people read it.';
comment on column core.tiers.position is 'Their order, the smallest first.';

-- From schema/core/tier_limits.sql
-- How much of a resource a tier allows a person. What is not listed is not limited.

create table core.tier_limits (
    tier text not null,
    resource text not null,
    amount bigint not null,
    constraint tier_limits_pkey primary key (tier, resource),
    constraint tier_limits_tier_fkey foreign key (tier) references core.tiers (key),
    constraint tier_limits_resource_fkey foreign key (resource) references core.quota_resources (key),
    constraint tier_limits_amount_check check (amount >= 0)
);

create index tier_limits_resource_idx on core.tier_limits (resource);

comment on table core.tier_limits is
    'How much of a resource a tier allows a person; what is not listed is not limited.';
comment on column core.tier_limits.tier is 'The tier.';
comment on column core.tier_limits.resource is 'What is limited.';
comment on column core.tier_limits.amount is 'How much of it.';

-- From schema/core/person_limits.sql
-- The tier of a person. Who has no row is on the first tier.

create table core.person_limits (
    person_id uuid not null,
    tier text not null,
    since timestamptz not null default now(),
    constraint person_limits_pkey primary key (person_id),
    constraint person_limits_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint person_limits_tier_fkey foreign key (tier) references core.tiers (key)
);

create index person_limits_tier_idx on core.person_limits (tier);

comment on table core.person_limits is 'The tier of a person; who has no row is on the first tier.';
comment on column core.person_limits.person_id is 'The person.';
comment on column core.person_limits.tier is 'Their tier, which sets their limits.';
comment on column core.person_limits.since is 'Since when.';

-- From schema/core/verifications.sql
-- Checks of who a person is (KYC), or what an organization is (KYB): which document, by whom, valid when.

create table core.verifications (
    id uuid not null default core.new_id(),
    kind core.verification_kind not null,
    person_id uuid,
    organization_id uuid,
    document_type text not null,
    status core.verification_status not null default 'pending',
    verifier text,
    decided_by uuid,
    decided_at timestamptz,
    valid_during tstzrange,
    reason text,
    evidence_uri text,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint verifications_pkey primary key (id),
    constraint verifications_person_id_fkey foreign key (person_id) references core.people (id),
    constraint verifications_organization_id_fkey
        foreign key (organization_id) references core.organizations (id),
    constraint verifications_decided_by_fkey foreign key (decided_by) references core.people (id),
    constraint verifications_subject_check check (
        num_nonnulls(person_id, organization_id) = 1 and (kind = 'kyc') = (person_id is not null)
    ),
    constraint verifications_document_type_check check (
        case kind
            when 'kyc' then document_type in ('passport', 'id_card', 'drivers_license', 'proof_of_address')
            else document_type in ('articles_of_inc', 'incumbency', 'bank_letter', 'tax_id')
        end
    ),
    constraint verifications_decision_check check (
        case status
            when 'pending' then verifier is null and decided_at is null and valid_during is null
            when 'verified' then
                verifier is not null and decided_at is not null
                and valid_during is not null and not isempty(valid_during)
            else verifier is not null and decided_at is not null and valid_during is null and reason is not null
        end
    ),
    constraint verifications_decided_by_check check (decided_by <> person_id),
    constraint verifications_words_check check (length(verifier) <= 200 and length(reason) <= 2000),
    constraint verifications_evidence_uri_check check (length(evidence_uri) <= 500)
);

create index verifications_person_id_status_idx on core.verifications (person_id, status);
create index verifications_organization_id_status_idx on core.verifications (organization_id, status);
create index verifications_decided_by_idx on core.verifications (decided_by);

create trigger _010_freeze_key
before update of id on core.verifications
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.verifications
for each row execute function core.tg__touch();

comment on table core.verifications is 'Checks of who a person is (KYC) or what an organization is (KYB).';
comment on column core.verifications.id is 'The id.';
comment on column core.verifications.kind is 'Of a person or of an organization.';
comment on column core.verifications.person_id is 'The person, for KYC.';
comment on column core.verifications.organization_id is 'The organization, for KYB.';
comment on column core.verifications.document_type is 'Which document was shown.';
comment on column core.verifications.status is 'How far the check has come.';
comment on column core.verifications.verifier is 'Who checked it: a service or an office.';
comment on column core.verifications.decided_by is
    'The person who recorded the outcome; never the one it is about.';
comment on column core.verifications.decided_at is 'When the outcome was recorded.';
comment on column core.verifications.valid_during is 'From when to when it counts.';
comment on column core.verifications.reason is 'Why it was rejected.';
comment on column core.verifications.evidence_uri is
    'Where the evidence lies. Read by compliance only, and every look is kept.';
comment on column core.verifications.created_at is 'When it was asked for.';
comment on column core.verifications.updated_at is 'When its row last changed.';

-- From schema/core/verification_looks.sql
-- Who looked at the evidence of a verification, when and why. Only ever added to.

create table core.verification_looks (
    id uuid not null default core.new_id(),
    verification_id uuid not null,
    person_id uuid,
    reason text not null,
    looked_at timestamptz not null default clock_timestamp(),
    constraint verification_looks_pkey primary key (id),
    constraint verification_looks_verification_id_fkey
        foreign key (verification_id) references core.verifications (id),
    constraint verification_looks_person_id_fkey foreign key (person_id) references core.people (id),
    constraint verification_looks_reason_check check (length(btrim(reason)) between 1 and 500)
);

create index verification_looks_verification_id_looked_at_idx
    on core.verification_looks (verification_id, looked_at);
create index verification_looks_person_id_idx on core.verification_looks (person_id);

comment on table core.verification_looks is 'Who looked at the evidence of a verification, when and why.';
comment on column core.verification_looks.id is 'The id.';
comment on column core.verification_looks.verification_id is 'What was looked at.';
comment on column core.verification_looks.person_id is 'Who looked.';
comment on column core.verification_looks.reason is 'Why, in their words.';
comment on column core.verification_looks.looked_at is 'When.';

-- From schema/core/trust_scores.sql
-- How far a person is trusted, from 0 to 100, always with the explanation it was computed from.

create table core.trust_scores (
    person_id uuid not null,
    score numeric(5, 2) not null default 50.00,
    explanation jsonb not null,
    computed_at timestamptz not null default now(),
    constraint trust_scores_pkey primary key (person_id),
    constraint trust_scores_person_id_fkey foreign key (person_id) references core.people (id) on delete cascade,
    constraint trust_scores_score_check check (score between 0 and 100),
    constraint trust_scores_explanation_check check (jsonb_typeof(explanation) = 'array')
);

comment on table core.trust_scores is 'How far a person is trusted, with the reasons.';
comment on column core.trust_scores.person_id is 'The person.';
comment on column core.trust_scores.score is 'From 0 to 100; everyone starts at 50.';
comment on column core.trust_scores.explanation is
    'The parts that add up to the score: a list of {reason, points}.';
comment on column core.trust_scores.computed_at is 'When it was computed.';

-- From schema/core/roles.sql
-- The roles of an organization. It starts with the templates and may change, add and retire roles.

create table core.roles (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    key text not null,
    name text not null,
    description text not null default '',
    levels smallint[] not null,
    requires_kyc boolean not null default false,
    is_owner boolean not null generated always as (key = 'owner') stored,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    retired_at timestamptz,
    constraint roles_pkey primary key (tenant_id, id),
    constraint roles_tenant_id_key_key unique (tenant_id, key),
    constraint roles_tenant_id_id_is_owner_key unique (tenant_id, id, is_owner),
    constraint roles_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint roles_key_check check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint roles_name_check check (length(btrim(name)) between 1 and 80),
    constraint roles_description_check check (length(description) <= 2000),
    constraint roles_levels_check check (levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0),
    constraint roles_owner_check check (key <> 'owner' or (levels = array[0]::smallint[] and retired_at is null))
);

create trigger _010_freeze_key
before update of tenant_id, id on core.roles
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.roles
for each row execute function core.tg__touch();

comment on table core.roles is 'The roles of an organization.';
comment on column core.roles.tenant_id is 'The organization.';
comment on column core.roles.id is 'The id.';
comment on column core.roles.key is 'What programs call it.';
comment on column core.roles.name is 'What people call it.';
comment on column core.roles.description is 'What it is for.';
comment on column core.roles.levels is 'Where it can be held: 0 organization, 1 project, 2 place.';
comment on column core.roles.requires_kyc is 'Whether only a person whose identity was verified can hold it.';
comment on column core.roles.is_owner is 'The one role that an organization can never be without.';
comment on column core.roles.created_at is 'When it was made.';
comment on column core.roles.updated_at is 'When its row last changed.';
comment on column core.roles.retired_at is 'Since when it is granted no more; who holds it keeps it.';

-- From schema/core/role_permissions.sql
-- Which permissions a role carries.

create table core.role_permissions (
    tenant_id uuid not null,
    role_id uuid not null,
    permission text not null,
    created_at timestamptz not null default now(),
    constraint role_permissions_pkey primary key (tenant_id, role_id, permission),
    constraint role_permissions_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id),
    constraint role_permissions_permission_fkey foreign key (permission) references core.permissions (key)
);

create index role_permissions_permission_idx on core.role_permissions (permission);

comment on table core.role_permissions is 'Which permissions a role carries.';
comment on column core.role_permissions.tenant_id is 'The organization.';
comment on column core.role_permissions.role_id is 'The role.';
comment on column core.role_permissions.permission is 'A permission that it carries.';
comment on column core.role_permissions.created_at is 'Since when.';

-- From schema/core/invitations.sql
-- Invitations into a scope. The token is shown once and stored as a hash; uses can never exceed what was allowed.

create table core.invitations (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    token_hash bytea not null,
    email_index bytea,
    message text not null default '',
    max_uses integer not null default 1,
    uses integer not null default 0,
    expires_at timestamptz not null default now() + interval '14 days',
    created_by uuid not null,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    constraint invitations_pkey primary key (tenant_id, id),
    constraint invitations_tenant_id_token_hash_key unique (tenant_id, token_hash),
    constraint invitations_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint invitations_created_by_fkey foreign key (created_by) references core.people (id),
    constraint invitations_max_uses_check check (max_uses between 1 and 10000),
    constraint invitations_uses_check check (uses between 0 and max_uses),
    constraint invitations_expires_at_check check (expires_at > created_at and isfinite(expires_at)),
    constraint invitations_message_check check (length(message) <= 2000)
);

create index invitations_id_idx on core.invitations (id);
create index invitations_tenant_id_scope_id_idx on core.invitations (tenant_id, scope_id);
create index invitations_created_by_idx on core.invitations (created_by);

create trigger _010_freeze_key
before update of tenant_id, id on core.invitations
for each row execute function core.tg__freeze_key();

comment on table core.invitations is 'Invitations into a scope, with the roles they bring.';
comment on column core.invitations.tenant_id is 'The organization.';
comment on column core.invitations.id is 'The id.';
comment on column core.invitations.scope_id is 'What it invites into.';
comment on column core.invitations.token_hash is
    'SHA-256 of the token, which is shown once and never stored.';
comment on column core.invitations.email_index is
    'When set, only the person whose confirmed email address this is can use it.';
comment on column core.invitations.message is 'A few words from whoever invites.';
comment on column core.invitations.max_uses is 'How many people may use it.';
comment on column core.invitations.uses is 'How many have.';
comment on column core.invitations.expires_at is 'Until when it can be used.';
comment on column core.invitations.created_by is 'Who invites.';
comment on column core.invitations.created_at is 'When it was made.';
comment on column core.invitations.revoked_at is 'Since when it is taken back.';

-- From schema/core/invitation_roles.sql
-- The roles that an invitation brings.

create table core.invitation_roles (
    tenant_id uuid not null,
    invitation_id uuid not null,
    role_id uuid not null,
    constraint invitation_roles_pkey primary key (tenant_id, invitation_id, role_id),
    constraint invitation_roles_tenant_id_invitation_id_fkey
        foreign key (tenant_id, invitation_id) references core.invitations (tenant_id, id),
    constraint invitation_roles_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id)
);

create index invitation_roles_tenant_id_role_id_idx on core.invitation_roles (tenant_id, role_id);

comment on table core.invitation_roles is 'The roles that an invitation brings.';
comment on column core.invitation_roles.tenant_id is 'The organization.';
comment on column core.invitation_roles.invitation_id is 'The invitation.';
comment on column core.invitation_roles.role_id is 'A role that it brings.';

-- From schema/core/memberships.sql
-- Who belongs where. One live membership per person and scope; what has ended stays as history.

create table core.memberships (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    person_id uuid not null,
    status core.membership_status not null,
    valid_during tstzrange not null default tstzrange(now(), null),
    open_ended boolean not null generated always as (upper_inf(valid_during)) stored,
    invited_by uuid,
    invitation_id uuid,
    message text not null default '',
    reason text,
    joined_at timestamptz,
    last_active_on date,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    ended_at timestamptz,
    constraint memberships_pkey primary key (tenant_id, id),
    constraint memberships_tenant_id_id_open_ended_key unique (tenant_id, id, open_ended),
    constraint memberships_tenant_id_id_level_key unique (tenant_id, id, level),
    constraint memberships_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint memberships_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id)
        references core.scopes (tenant_id, id, level, project_id),
    constraint memberships_person_id_fkey foreign key (person_id) references core.people (id),
    constraint memberships_invited_by_fkey foreign key (invited_by) references core.people (id),
    constraint memberships_tenant_id_invitation_id_fkey
        foreign key (tenant_id, invitation_id) references core.invitations (tenant_id, id),
    constraint memberships_valid_during_check check (not isempty(valid_during) and not lower_inf(valid_during)),
    constraint memberships_ended_at_check check ((ended_at is not null) = (status in ('left', 'revoked'))),
    constraint memberships_joined_at_check check (joined_at is not null or status <> 'active'),
    constraint memberships_message_check check (length(message) <= 2000),
    constraint memberships_reason_check check (length(reason) <= 2000)
);

create unique index memberships_tenant_id_scope_id_person_id_key
    on core.memberships (tenant_id, scope_id, person_id)
    where ended_at is null;
create index memberships_id_idx on core.memberships (id);
create index memberships_person_id_status_idx on core.memberships (person_id, status);
-- Carries all that core.known_people() asks for: the rows of a scope lie scattered over the table.
create index memberships_scope_id_person_id_idx
    on core.memberships (scope_id, person_id) include (status, valid_during);
create index memberships_tenant_id_scope_id_level_project_id_idx
    on core.memberships (tenant_id, scope_id, level, project_id);
create index memberships_tenant_id_project_id_idx on core.memberships (tenant_id, project_id);
create index memberships_tenant_id_invitation_id_idx on core.memberships (tenant_id, invitation_id);
create index memberships_invited_by_idx on core.memberships (invited_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on core.memberships
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.memberships
for each row execute function core.tg__touch();

create trigger _100_count_owners
after update of status, valid_during on core.memberships
for each row execute function core.tg_memberships__count_owners();

create trigger _200_count_seats
after insert or update of status or delete on core.memberships
for each row execute function core.tg_memberships__count_seats();

create trigger _300_tell
after insert or update of status on core.memberships
for each row execute function core.tg_memberships__tell();

comment on table core.memberships is 'Who belongs where, since when, and how it ended.';
comment on column core.memberships.tenant_id is 'The organization.';
comment on column core.memberships.id is 'The id.';
comment on column core.memberships.scope_id is
    'The organization, project or place that the person belongs to.';
comment on column core.memberships.level is 'The level of the scope; its key holds it true.';
comment on column core.memberships.project_id is 'The project of the scope; its key holds it true.';
comment on column core.memberships.person_id is 'The person.';
comment on column core.memberships.status is 'Only active gives anything; banned bars.';
comment on column core.memberships.valid_during is 'From when to when it counts, while active.';
comment on column core.memberships.open_ended is 'Whether it has no end date, as an owner''s has to be.';
comment on column core.memberships.invited_by is 'Who invited the person.';
comment on column core.memberships.invitation_id is 'The invitation that was used.';
comment on column core.memberships.message is 'What the person said when asking to join.';
comment on column core.memberships.reason is 'Why it was suspended, banned or revoked.';
comment on column core.memberships.joined_at is 'When the person joined.';
comment on column core.memberships.last_active_on is 'The last day on which the person did something here.';
comment on column core.memberships.created_at is 'When the row was made.';
comment on column core.memberships.updated_at is 'When it last changed.';
comment on column core.memberships.ended_at is 'When it ended, by leaving or by being revoked.';

-- From schema/core/membership_roles.sql
-- The roles that a membership holds and held. A role that ended keeps its row.

create table core.membership_roles (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    membership_id uuid not null,
    role_id uuid not null,
    owns boolean not null,
    must_be_open_ended boolean generated always as (case when owns then true end) stored,
    owner_level smallint generated always as (case when owns then 0 end) stored,
    granted_by uuid,
    granted_at timestamptz not null default now(),
    revoked_by uuid,
    revoked_at timestamptz,
    constraint membership_roles_pkey primary key (tenant_id, id),
    constraint membership_roles_tenant_id_membership_id_fkey
        foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
    constraint membership_roles_tenant_id_role_id_owns_fkey
        foreign key (tenant_id, role_id, owns) references core.roles (tenant_id, id, is_owner),
    constraint membership_roles_open_ended_fkey
        foreign key (tenant_id, membership_id, must_be_open_ended)
        references core.memberships (tenant_id, id, open_ended),
    constraint membership_roles_owner_level_fkey
        foreign key (tenant_id, membership_id, owner_level)
        references core.memberships (tenant_id, id, level),
    constraint membership_roles_granted_by_fkey foreign key (granted_by) references core.people (id),
    constraint membership_roles_revoked_by_fkey foreign key (revoked_by) references core.people (id),
    constraint membership_roles_revoked_at_check check (revoked_at is not null or revoked_by is null)
);

create unique index membership_roles_tenant_id_membership_id_role_id_key
    on core.membership_roles (tenant_id, membership_id, role_id)
    where revoked_at is null;
create index membership_roles_tenant_id_role_id_owns_idx on core.membership_roles (tenant_id, role_id, owns);
create index membership_roles_open_ended_idx
    on core.membership_roles (tenant_id, membership_id, must_be_open_ended);
create index membership_roles_owner_level_idx on core.membership_roles (tenant_id, membership_id, owner_level);
create index membership_roles_granted_by_idx on core.membership_roles (granted_by);
create index membership_roles_revoked_by_idx on core.membership_roles (revoked_by);

create trigger _010_freeze_key
before update of tenant_id, id, membership_id, role_id on core.membership_roles
for each row execute function core.tg__freeze_key();

create trigger _050_check_role
before insert on core.membership_roles
for each row execute function core.tg_membership_roles__check_role();

create trigger _100_count_owners
after insert or update of revoked_at or delete on core.membership_roles
for each row execute function core.tg_membership_roles__count_owners();

comment on table core.membership_roles is 'The roles that a membership holds and held.';
comment on column core.membership_roles.tenant_id is 'The organization.';
comment on column core.membership_roles.id is 'The id.';
comment on column core.membership_roles.membership_id is 'The membership.';
comment on column core.membership_roles.role_id is 'The role.';
comment on column core.membership_roles.owns is 'Whether it is the owner''s role; its key holds it true.';
comment on column core.membership_roles.must_be_open_ended is
    'Set for an owner: through the key, an owner''s membership has no end date.';
comment on column core.membership_roles.owner_level is
    'Set for an owner: through the key, an owner is a member of the organization itself.';
comment on column core.membership_roles.granted_by is 'Who granted it; nobody, for the founder.';
comment on column core.membership_roles.granted_at is 'When.';
comment on column core.membership_roles.revoked_by is 'Who took it back.';
comment on column core.membership_roles.revoked_at is 'When it ended; null while it is held.';

-- From schema/core/membership_permissions.sql
-- A single permission given to, or taken from, one membership. Taken beats given, here; it reaches no other one.

create table core.membership_permissions (
    tenant_id uuid not null,
    membership_id uuid not null,
    permission text not null,
    effect core.permission_effect not null,
    reason text not null default '',
    granted_by uuid,
    granted_at timestamptz not null default now(),
    constraint membership_permissions_pkey primary key (tenant_id, membership_id, permission),
    constraint membership_permissions_tenant_id_membership_id_fkey
        foreign key (tenant_id, membership_id) references core.memberships (tenant_id, id),
    constraint membership_permissions_permission_fkey
        foreign key (permission) references core.permissions (key),
    constraint membership_permissions_granted_by_fkey foreign key (granted_by) references core.people (id),
    constraint membership_permissions_reason_check check (length(reason) <= 2000)
);

create index membership_permissions_permission_idx on core.membership_permissions (permission);
create index membership_permissions_granted_by_idx on core.membership_permissions (granted_by);

comment on table core.membership_permissions is
    'A single permission given to, or taken from, one membership, beside its roles.';
comment on column core.membership_permissions.tenant_id is 'The organization.';
comment on column core.membership_permissions.membership_id is 'The membership.';
comment on column core.membership_permissions.permission is 'The permission.';
comment on column core.membership_permissions.effect is 'Given or taken.';
comment on column core.membership_permissions.reason is 'Why.';
comment on column core.membership_permissions.granted_by is 'Who decided it.';
comment on column core.membership_permissions.granted_at is 'When.';

-- From schema/core/owner_counts.sql
-- How many active owners an organization has. The check is what keeps the last one, also under concurrency:
-- two owners who leave at once meet on this row.

create table core.owner_counts (
    tenant_id uuid not null,
    owners integer not null,
    constraint owner_counts_pkey primary key (tenant_id),
    constraint owner_counts_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint owner_counts_owners_check check (owners >= 1)
);

comment on table core.owner_counts is 'How many active owners an organization has; never fewer than one.';
comment on column core.owner_counts.tenant_id is 'The organization.';
comment on column core.owner_counts.owners is
    'Derived from memberships by trigger; core.verify_owners() recounts it.';

-- From schema/core/capabilities.sql
-- What a sanction can take from a person. Modules add what they ask for.

create table core.capabilities (
    key text not null,
    module text not null,
    description text not null,
    constraint capabilities_pkey primary key (key),
    constraint capabilities_module_fkey foreign key (module) references core.platform_modules (module),
    constraint capabilities_key_check check (key ~ '^[a-z_]+$')
);

create index capabilities_module_idx on core.capabilities (module);

comment on table core.capabilities is 'What a sanction can take from a person.';
comment on column core.capabilities.key is 'The capability; access stands for everything.';
comment on column core.capabilities.module is 'The module that asks for it.';
comment on column core.capabilities.description is 'What cannot be done without it.';

-- From schema/core/sanctions.sql
-- A capability taken from a person in a scope and all below it, for a time, with a reason they can read.

create table core.sanctions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid not null,
    capability text not null,
    during tstzrange not null default tstzrange(now(), null),
    reason text not null,
    notice text not null default '',
    imposed_by uuid not null,
    imposed_at timestamptz not null default now(),
    lifted_by uuid,
    lifted_at timestamptz,
    constraint sanctions_pkey primary key (tenant_id, id),
    constraint sanctions_tenant_id_id_person_id_imposed_by_key unique (tenant_id, id, person_id, imposed_by),
    constraint sanctions_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint sanctions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint sanctions_capability_fkey foreign key (capability) references core.capabilities (key),
    constraint sanctions_imposed_by_fkey foreign key (imposed_by) references core.people (id),
    constraint sanctions_lifted_by_fkey foreign key (lifted_by) references core.people (id),
    constraint sanctions_overlap_excl exclude using gist (
        tenant_id with =, scope_id with =, person_id with =, capability with =, during with &&
    ) where (lifted_at is null),
    constraint sanctions_during_check check (not isempty(during) and not lower_inf(during)),
    constraint sanctions_reason_check check (length(btrim(reason)) between 1 and 2000),
    constraint sanctions_notice_check check (length(notice) <= 2000),
    constraint sanctions_self_check check (person_id <> imposed_by),
    constraint sanctions_lifted_check check ((lifted_by is null) or (lifted_at is not null))
);

create index sanctions_id_idx on core.sanctions (id);
create index sanctions_person_id_capability_idx on core.sanctions (person_id, capability)
    where lifted_at is null;
create index sanctions_tenant_id_scope_id_idx on core.sanctions (tenant_id, scope_id);
create index sanctions_person_id_idx on core.sanctions (person_id);
create index sanctions_capability_idx on core.sanctions (capability);
create index sanctions_imposed_by_idx on core.sanctions (imposed_by);
create index sanctions_lifted_by_idx on core.sanctions (lifted_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id, capability, imposed_by on core.sanctions
for each row execute function core.tg__freeze_key();

comment on table core.sanctions is
    'A capability taken from a person in a scope and all below it, for a time.';
comment on column core.sanctions.tenant_id is 'The organization.';
comment on column core.sanctions.id is 'The id.';
comment on column core.sanctions.scope_id is 'Where it holds, and everywhere below.';
comment on column core.sanctions.person_id is 'Whom it concerns.';
comment on column core.sanctions.capability is 'What they cannot do meanwhile.';
comment on column core.sanctions.during is 'From when to when.';
comment on column core.sanctions.reason is 'Why; the person can read it.';
comment on column core.sanctions.notice is 'What the person was told, such as how to make it good.';
comment on column core.sanctions.imposed_by is 'Who imposed it; never the person themselves.';
comment on column core.sanctions.imposed_at is 'When.';
comment on column core.sanctions.lifted_by is 'Who lifted it.';
comment on column core.sanctions.lifted_at is 'When it was lifted before its end.';

-- From schema/core/sanction_appeals.sql
-- An appeal against a sanction. By key and check, who imposed the sanction cannot judge the appeal.

create table core.sanction_appeals (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    sanction_id uuid not null,
    person_id uuid not null,
    imposed_by uuid not null,
    statement text not null,
    status core.appeal_status not null default 'open',
    judged_by uuid,
    judged_at timestamptz,
    outcome text,
    created_at timestamptz not null default now(),
    constraint sanction_appeals_pkey primary key (tenant_id, id),
    constraint sanction_appeals_sanction_fkey
        foreign key (tenant_id, sanction_id, person_id, imposed_by)
        references core.sanctions (tenant_id, id, person_id, imposed_by),
    constraint sanction_appeals_judged_by_fkey foreign key (judged_by) references core.people (id),
    constraint sanction_appeals_judge_check check (judged_by <> imposed_by and judged_by <> person_id),
    constraint sanction_appeals_statement_check check (length(btrim(statement)) between 1 and 5000),
    constraint sanction_appeals_judgement_check check (length(btrim(outcome)) between 1 and 5000),
    constraint sanction_appeals_outcome_check check (
        (status in ('upheld', 'overturned')) = (judged_by is not null)
        and (judged_by is null) = (judged_at is null)
        and (judged_by is null) = (outcome is null)
    )
);

create unique index sanction_appeals_tenant_id_sanction_id_key
    on core.sanction_appeals (tenant_id, sanction_id)
    where status = 'open';
create index sanction_appeals_id_idx on core.sanction_appeals (id);
create index sanction_appeals_sanction_idx
    on core.sanction_appeals (tenant_id, sanction_id, person_id, imposed_by);
create index sanction_appeals_judged_by_idx on core.sanction_appeals (judged_by);

create trigger _010_freeze_key
before update of tenant_id, id, sanction_id on core.sanction_appeals
for each row execute function core.tg__freeze_key();

comment on table core.sanction_appeals is 'An appeal against a sanction, judged by someone else.';
comment on column core.sanction_appeals.tenant_id is 'The organization.';
comment on column core.sanction_appeals.id is 'The id.';
comment on column core.sanction_appeals.sanction_id is 'What is appealed against; one open appeal at a time.';
comment on column core.sanction_appeals.person_id is 'Who appeals: the person sanctioned.';
comment on column core.sanction_appeals.imposed_by is
    'Who imposed the sanction, so that a check can keep them from judging.';
comment on column core.sanction_appeals.statement is 'Why it should be lifted.';
comment on column core.sanction_appeals.status is 'Where the appeal stands.';
comment on column core.sanction_appeals.judged_by is 'Who judged it.';
comment on column core.sanction_appeals.judged_at is 'When.';
comment on column core.sanction_appeals.outcome is 'The judgement, in words.';
comment on column core.sanction_appeals.created_at is 'When it was made.';

-- From schema/core/setting_definitions.sql
-- The settings there are: what kind of value each takes, where it can be set, what it is when nobody set it.

create table core.setting_definitions (
    key text not null,
    module text not null,
    type core.setting_type not null,
    levels smallint[] not null,
    default_value jsonb not null,
    choices text[],
    minimum bigint,
    maximum bigint,
    description text not null,
    constraint setting_definitions_pkey primary key (key),
    constraint setting_definitions_module_fkey
        foreign key (module) references core.platform_modules (module),
    constraint setting_definitions_key_check check (key ~ '^[a-z_]+\.[a-z_]+$'),
    constraint setting_definitions_levels_check check (
        levels <@ array[0, 1, 2]::smallint[] and cardinality(levels) > 0
    ),
    constraint setting_definitions_choices_check check ((type = 'choice') = (choices is not null)),
    constraint setting_definitions_default_value_check check (
        core._setting_fits(default_value, type, choices, minimum, maximum)
    )
);

create index setting_definitions_module_idx on core.setting_definitions (module);

comment on table core.setting_definitions is 'The settings there are, and what each takes.';
comment on column core.setting_definitions.key is 'module.name.';
comment on column core.setting_definitions.module is 'The module that reads it.';
comment on column core.setting_definitions.type is 'What kind of value it takes.';
comment on column core.setting_definitions.levels is
    'Where it can be set: 0 organization, 1 project, 2 place.';
comment on column core.setting_definitions.default_value is 'What it is when nobody set it.';
comment on column core.setting_definitions.choices is 'For a choice: the values to choose from.';
comment on column core.setting_definitions.minimum is 'For an integer: the least.';
comment on column core.setting_definitions.maximum is 'For an integer: the most; for a text: its length.';
comment on column core.setting_definitions.description is 'What it decides, in words.';

-- From schema/core/settings.sql
-- Settings of a scope. What a scope does not set it takes from the scope above it.

create table core.settings (
    tenant_id uuid not null,
    scope_id uuid not null,
    key text not null,
    value jsonb not null,
    updated_by uuid,
    updated_at timestamptz not null default now(),
    constraint settings_pkey primary key (tenant_id, scope_id, key),
    constraint settings_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint settings_key_fkey foreign key (key) references core.setting_definitions (key),
    constraint settings_updated_by_fkey foreign key (updated_by) references core.people (id)
);

create index settings_key_idx on core.settings (key);
create index settings_updated_by_idx on core.settings (updated_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id, key on core.settings
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.settings
for each row execute function core.tg__touch();

create trigger _050_check_value
before insert or update on core.settings
for each row execute function core.tg_settings__check_value();

comment on table core.settings is 'Settings of a scope; what it does not set it takes from above.';
comment on column core.settings.tenant_id is 'The organization.';
comment on column core.settings.scope_id is 'The scope.';
comment on column core.settings.key is 'Which setting.';
comment on column core.settings.value is 'Its value, checked against the definition.';
comment on column core.settings.updated_by is 'Who set it.';
comment on column core.settings.updated_at is 'When.';

-- From schema/core/feature_flags.sql
-- Which modules are on, per scope. Off unless switched on, here or in a scope above.

create table core.feature_flags (
    tenant_id uuid not null,
    scope_id uuid not null,
    module text not null,
    enabled boolean not null,
    updated_by uuid,
    updated_at timestamptz not null default now(),
    constraint feature_flags_pkey primary key (tenant_id, scope_id, module),
    constraint feature_flags_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint feature_flags_module_fkey foreign key (module) references core.platform_modules (module),
    constraint feature_flags_updated_by_fkey foreign key (updated_by) references core.people (id)
);

create index feature_flags_module_idx on core.feature_flags (module);
create index feature_flags_updated_by_idx on core.feature_flags (updated_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id, module on core.feature_flags
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on core.feature_flags
for each row execute function core.tg__touch();

comment on table core.feature_flags is
    'Which modules are on, per scope; the nearest row decides, none means off.';
comment on column core.feature_flags.tenant_id is 'The organization.';
comment on column core.feature_flags.scope_id is 'The scope.';
comment on column core.feature_flags.module is 'The module.';
comment on column core.feature_flags.enabled is 'Whether it is on here and below.';
comment on column core.feature_flags.updated_by is 'Who switched it.';
comment on column core.feature_flags.updated_at is 'When.';

-- From schema/core/api_keys.sql
-- Keys for programs. Shown once, stored as a hash; a rotated key has one successor, and both work for a while.

create table core.api_keys (
    id uuid not null default core.new_id(),
    key_hash bytea not null,
    tenant_id uuid not null,
    scope_id uuid not null,
    person_id uuid not null,
    name text not null,
    channel text,
    requests_per_minute integer not null default 600,
    expires_at timestamptz not null,
    rotated_from uuid,
    last_used_on date,
    created_at timestamptz not null default now(),
    revoked_at timestamptz,
    constraint api_keys_pkey primary key (id),
    constraint api_keys_key_hash_key unique (key_hash),
    constraint api_keys_rotated_from_key unique (rotated_from),
    constraint api_keys_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint api_keys_person_id_fkey foreign key (person_id) references core.people (id),
    constraint api_keys_rotated_from_fkey foreign key (rotated_from) references core.api_keys (id),
    constraint api_keys_name_check check (length(btrim(name)) between 1 and 80),
    constraint api_keys_channel_check check (channel ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint api_keys_requests_per_minute_check check (requests_per_minute between 1 and 1000000),
    constraint api_keys_expires_at_check check (expires_at > created_at and isfinite(expires_at))
);

create index api_keys_tenant_id_scope_id_idx on core.api_keys (tenant_id, scope_id);
create index api_keys_person_id_idx on core.api_keys (person_id);

create trigger _010_freeze_key
before update of id on core.api_keys
for each row execute function core.tg__freeze_key();

comment on table core.api_keys is 'Keys for programs: each acts for the person who made it, with less.';
comment on column core.api_keys.id is 'The id.';
comment on column core.api_keys.key_hash is 'SHA-256 of the key, which is shown once and never stored.';
comment on column core.api_keys.tenant_id is 'The organization.';
comment on column core.api_keys.scope_id is 'The scope it is for; it reaches nothing outside.';
comment on column core.api_keys.person_id is 'Who made it and answers for it.';
comment on column core.api_keys.name is 'What people call it.';
comment on column core.api_keys.channel is
    'The channel it serves; what was not consented to for it is not handed out.';
comment on column core.api_keys.requests_per_minute is 'How many requests a minute it may make.';
comment on column core.api_keys.expires_at is 'Until when it works.';
comment on column core.api_keys.rotated_from is 'The key that it follows; a key has one successor.';
comment on column core.api_keys.last_used_on is 'The last day it was used.';
comment on column core.api_keys.created_at is 'When it was made.';
comment on column core.api_keys.revoked_at is 'Since when it works no more.';

-- From schema/core/api_key_permissions.sql
-- The permissions an API key may make use of: never more than its person holds.

create table core.api_key_permissions (
    api_key_id uuid not null,
    permission text not null,
    constraint api_key_permissions_pkey primary key (api_key_id, permission),
    constraint api_key_permissions_api_key_id_fkey foreign key (api_key_id) references core.api_keys (id),
    constraint api_key_permissions_permission_fkey foreign key (permission) references core.permissions (key)
);

create index api_key_permissions_permission_idx on core.api_key_permissions (permission);

comment on table core.api_key_permissions is 'The permissions an API key may make use of.';
comment on column core.api_key_permissions.api_key_id is 'The key.';
comment on column core.api_key_permissions.permission is 'A permission that it may make use of.';

-- From schema/core/rate_counters.sql
-- Requests counted per minute. Unlogged: a crash forgives a minute, and a query pays for no write-ahead log.

create unlogged table core.rate_counters (
    bucket text not null,
    minute timestamptz not null,
    hits integer not null,
    constraint rate_counters_pkey primary key (bucket, minute),
    constraint rate_counters_minute_check check (minute = date_trunc('minute', minute, 'UTC'))
);

create index rate_counters_minute_idx on core.rate_counters (minute);

comment on table core.rate_counters is 'Requests counted per minute, for rate limits.';
comment on column core.rate_counters.bucket is 'What is counted: an API key, or a person; never an address.';
comment on column core.rate_counters.minute is 'The minute.';
comment on column core.rate_counters.hits is 'How many requests it saw.';

-- From schema/ops/table_classes.sql
-- What every table holds: whose it is, how long it is kept, whether the audit log follows it.

create table ops.table_classes (
    table_name text not null,
    tenancy ops.tenancy not null,
    retention text not null,
    untracked_because text,
    untold_because text,
    constraint table_classes_pkey primary key (table_name),
    constraint table_classes_table_name_check check (table_name ~ '^[a-z_]+\.[a-z_]+$'),
    constraint table_classes_retention_check check (
        retention in (
            'catalog', 'account', 'membership', 'content', 'contract', 'finance', 'security', 'operational', 'audit'
        )
    ),
    constraint table_classes_reasons_check check (untracked_because ~ '\S' and untold_because ~ '\S')
);

comment on table ops.table_classes is 'What every table holds. A sweep refuses a table that is not here.';
comment on column ops.table_classes.table_name is 'schema.table.';
comment on column ops.table_classes.tenancy is
    'Whether its rows belong to an organization, or to the platform or a person.';
comment on column ops.table_classes.retention is
    'How long its rows are kept: the name of a class of retention rules.';
comment on column ops.table_classes.untold_because is
    'Why a person is not told in their own history what happens to rows about them; null when they are.';
comment on column ops.table_classes.untracked_because is
    'Why the audit log does not follow it; null when it does.';

-- From schema/ops/column_classes.sql
-- What every column holds: whether it says something about a person, and how the audit log keeps it.

create table ops.column_classes (
    table_name text not null,
    column_name text not null,
    pii ops.pii_class not null,
    audit ops.audit_class not null,
    constraint column_classes_pkey primary key (table_name, column_name),
    constraint column_classes_table_name_fkey
        foreign key (table_name) references ops.table_classes (table_name) on delete cascade,
    constraint column_classes_personal_check check (pii = 'none' or audit <> 'clear'),
    constraint column_classes_secret_check check (pii <> 'secret' or audit = 'omitted')
);

comment on table ops.column_classes is 'What every column holds. A sweep refuses a column that is not here.';
comment on column ops.column_classes.table_name is 'schema.table.';
comment on column ops.column_classes.column_name is 'The column.';
comment on column ops.column_classes.pii is 'Whether it can say something about a person.';
comment on column ops.column_classes.audit is
    'How the audit log keeps it. Never in clear when it is personal.';

-- From schema/ops/jobs.sql
-- What has to run by itself, and when. Modules register theirs; the worker reads this list.

create table ops.jobs (
    name text not null,
    module text not null,
    call text not null,
    schedule text not null,
    description text not null,
    enabled boolean not null default true,
    last_run_at timestamptz,
    last_outcome text,
    constraint jobs_pkey primary key (name),
    constraint jobs_module_fkey foreign key (module) references core.platform_modules (module),
    constraint jobs_name_check check (name ~ '^[a-z_]+$'),
    constraint jobs_call_check check (call ~ '^[a-z_]+\.[a-z_]+\(\)$'),
    constraint jobs_schedule_check check (
        schedule ~ '^every ([1-9][0-9]{0,3}) (second|minute)s?$' or schedule ~ '^(\S+ ){4}\S+$'
    )
);

create index jobs_module_idx on ops.jobs (module);

comment on table ops.jobs is 'What has to run by itself, and when.';
comment on column ops.jobs.name is 'What people call the job.';
comment on column ops.jobs.module is 'The module it belongs to.';
comment on column ops.jobs.call is 'The function to call, without arguments: schema.name().';
comment on column ops.jobs.schedule is 'When: "every 5 seconds", or five fields as cron has them, in UTC.';
comment on column ops.jobs.description is 'What it does.';
comment on column ops.jobs.enabled is 'Whether it runs.';
comment on column ops.jobs.last_run_at is 'When it last ended well.';
comment on column ops.jobs.last_outcome is 'What it said then.';

-- From schema/ops/outbox.sql
-- What the world outside must hear of, written in the transaction that causes it, and sent when it has committed.

create table ops.outbox (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    topic text not null,
    body bytea not null,
    created_at timestamptz not null default now(),
    constraint outbox_pkey primary key (tenant_id, id),
    constraint outbox_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint outbox_topic_check check (topic ~ '^[a-z_]+\.[a-z_]+$')
);

create index outbox_tenant_id_scope_id_idx on ops.outbox (tenant_id, scope_id);
create index outbox_created_at_idx on ops.outbox (created_at);

comment on table ops.outbox is 'What the world outside must hear of.';
comment on column ops.outbox.tenant_id is 'The organization.';
comment on column ops.outbox.id is 'The id, by which a receiver knows an event it had already.';
comment on column ops.outbox.scope_id is 'Where it happened.';
comment on column ops.outbox.topic is 'What happened: thing.event.';
comment on column ops.outbox.body is
    'The exact bytes to send: JSON that names things by id and tells nothing about them.';
comment on column ops.outbox.created_at is 'When.';

-- From schema/ops/legal_holds.sql
-- Legal holds: what they cover is neither deleted nor moved until they are released.

create table ops.legal_holds (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid,
    applies_to text not null default 'all',
    reason text not null,
    imposed_by uuid not null,
    imposed_at timestamptz not null default now(),
    released_by uuid,
    released_at timestamptz,
    constraint legal_holds_pkey primary key (tenant_id, id),
    constraint legal_holds_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint legal_holds_person_id_fkey foreign key (person_id) references core.people (id),
    constraint legal_holds_imposed_by_fkey foreign key (imposed_by) references core.people (id),
    constraint legal_holds_released_by_fkey foreign key (released_by) references core.people (id),
    constraint legal_holds_applies_to_check check (applies_to in ('all', 'equity', 'buz')),
    constraint legal_holds_reason_check check (length(btrim(reason)) between 1 and 2000),
    constraint legal_holds_released_check check ((released_by is null) = (released_at is null))
);

create index legal_holds_id_idx on ops.legal_holds (id);
create index legal_holds_tenant_id_scope_id_idx on ops.legal_holds (tenant_id, scope_id);
create index legal_holds_person_id_idx on ops.legal_holds (person_id);
create index legal_holds_imposed_by_idx on ops.legal_holds (imposed_by);
create index legal_holds_released_by_idx on ops.legal_holds (released_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on ops.legal_holds
for each row execute function core.tg__freeze_key();

comment on table ops.legal_holds is
    'Legal holds: what they cover is neither deleted nor moved until they are released.';
comment on column ops.legal_holds.tenant_id is 'The organization.';
comment on column ops.legal_holds.id is 'The id.';
comment on column ops.legal_holds.scope_id is
    'The scope whose data is held, with all below it, and with those who belong or belonged there.';
comment on column ops.legal_holds.person_id is
    'When set, only what belongs to this person is held, wherever it lies.';
comment on column ops.legal_holds.applies_to is 'What is held: all, or the equity or BUZ of a venture.';
comment on column ops.legal_holds.reason is 'Why.';
comment on column ops.legal_holds.imposed_by is 'Who imposed it.';
comment on column ops.legal_holds.imposed_at is 'When.';
comment on column ops.legal_holds.released_by is 'Who released it.';
comment on column ops.legal_holds.released_at is 'When; null while it holds.';

-- From schema/ops/exports.sql
-- Exports asked for: a person's own data, or all that a scope holds. A withdrawal of consent halts them.

create table ops.exports (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    person_id uuid,
    requested_by uuid not null,
    format text not null,
    channel text,
    status ops.export_status not null default 'queued',
    requested_at timestamptz not null default now(),
    ready_at timestamptz,
    expires_at timestamptz,
    halted_at timestamptz,
    reason text,
    constraint exports_pkey primary key (tenant_id, id),
    constraint exports_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint exports_person_id_fkey foreign key (person_id) references core.people (id),
    constraint exports_requested_by_fkey foreign key (requested_by) references core.people (id),
    constraint exports_format_check check (format in ('json', 'csv', 'ocf')),
    constraint exports_channel_check check (channel ~ '^[a-z][a-z0-9_]{0,62}$'),
    constraint exports_halted_check check ((status = 'halted') = (halted_at is not null))
);

create index exports_id_idx on ops.exports (id);
create index exports_tenant_id_scope_id_idx on ops.exports (tenant_id, scope_id);
create index exports_person_id_idx on ops.exports (person_id);
create index exports_requested_by_idx on ops.exports (requested_by);
create index exports_status_idx on ops.exports (status) where status in ('queued', 'running');

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, person_id on ops.exports
for each row execute function core.tg__freeze_key();

comment on table ops.exports is 'Exports asked for: a person''s own data, or all that a scope holds.';
comment on column ops.exports.tenant_id is 'The organization.';
comment on column ops.exports.id is 'The id.';
comment on column ops.exports.scope_id is 'The scope whose data is asked for.';
comment on column ops.exports.person_id is 'When set, only what belongs to this person.';
comment on column ops.exports.requested_by is 'Who asked.';
comment on column ops.exports.format is 'The form: json, csv, or ocf (Open Cap Table Format).';
comment on column ops.exports.channel is
    'The channel it is for; what was not consented to for it is left out.';
comment on column ops.exports.status is 'How far it has come.';
comment on column ops.exports.requested_at is 'When it was asked for.';
comment on column ops.exports.ready_at is 'When it could be fetched.';
comment on column ops.exports.expires_at is 'Until when it can be fetched.';
comment on column ops.exports.halted_at is 'When it was halted.';
comment on column ops.exports.reason is 'Why it was halted or failed.';

-- From schema/ops/migration_telemetry.sql
-- Every migration that was run here: when it began and ended, what it touched, how it failed.

create table ops.migration_telemetry (
    id uuid not null default core.new_id(),
    name text not null,
    direction text not null default 'up',
    package_version text not null,
    started_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    rows_touched bigint,
    resume_token text,
    error text,
    constraint migration_telemetry_pkey primary key (id),
    constraint migration_telemetry_direction_check check (direction in ('up', 'down', 'backfill')),
    constraint migration_telemetry_finished_at_check check (finished_at >= started_at)
);

create index migration_telemetry_name_started_at_idx on ops.migration_telemetry (name, started_at);

comment on table ops.migration_telemetry is 'Every migration that was run here.';
comment on column ops.migration_telemetry.id is 'The id.';
comment on column ops.migration_telemetry.name is 'The migration.';
comment on column ops.migration_telemetry.direction is 'Up, down, or a backfill.';
comment on column ops.migration_telemetry.package_version is 'The version of the package that ran it.';
comment on column ops.migration_telemetry.started_at is 'When it began.';
comment on column ops.migration_telemetry.finished_at is
    'When it ended; null while it runs, or if it was cut off.';
comment on column ops.migration_telemetry.rows_touched is 'How many rows it wrote, where it counts them.';
comment on column ops.migration_telemetry.resume_token is 'Where a backfill goes on.';
comment on column ops.migration_telemetry.error is 'How it failed: the message, without data.';

-- From schema/audit/eras.sql
-- Transaction ids begin anew after a dump is restored or in another cluster, so every change carries an era. What
-- was known of the logs when it began stands in its row, and its row in the platform's log.

create table audit.eras (
    era integer not null,
    began_at timestamptz not null default clock_timestamp(),
    reason text not null,
    checkpoints text[] not null default '{}',
    constraint eras_pkey primary key (era),
    constraint eras_era_check check (era >= 1),
    constraint eras_reason_check check (length(btrim(reason)) between 1 and 500)
);

create trigger _010_append_only
before update or delete or truncate on audit.eras
for each statement execute function audit.tg__append_only();

alter table audit.eras enable always trigger _010_append_only;

comment on table audit.eras is 'Stretches of time in which transaction ids only grow.';
comment on column audit.eras.era is 'Their number; the greatest is the present one.';
comment on column audit.eras.began_at is 'When it began.';
comment on column audit.eras.reason is 'Why: installed, restored, moved.';
comment on column audit.eras.checkpoints is
    'The last checkpoints known of outside when it began: what a restore has lost can be told from them.';

-- From schema/audit/progress.sql
-- How far the sealer has come: one row.

create table audit.progress (
    only_row boolean not null default true,
    era integer not null,
    sealed_below xid8 not null,
    sealed_at timestamptz not null default clock_timestamp(),
    constraint progress_pkey primary key (only_row),
    constraint progress_only_row_check check (only_row),
    constraint progress_era_fkey foreign key (era) references audit.eras (era)
);

create index progress_era_idx on audit.progress (era);

comment on table audit.progress is 'How far the sealer has come: one row.';
comment on column audit.progress.only_row is 'There is one.';
comment on column audit.progress.era is 'The present era.';
comment on column audit.progress.sealed_below is 'Every change of this era whose transaction is below is sealed.';
comment on column audit.progress.sealed_at is 'When the sealer last came by.';

-- From schema/audit/changes.sql
-- One row for each change of a tracked row. Written by triggers in the transaction of the change, without a lock and
-- without a chain; sealed afterwards. Kept by month, so that old months can be put away whole.
--
-- Writers bring their changes here at once, indexes and all. A table without indexes, from which the sealer would bring
-- them here, was built and measured: many rows at once were written a tenth to a third faster, single rows were not,
-- and sealing took four times as long, as everything is written twice.
--
-- No check constraint stands here, on purpose: Postgres reads a check's expression anew for every statement, and four
-- small ones were a sixth of what a single-row write paid for the log. Nobody may write here but generated statements
-- (_capture_statement) and, to empty a change, erasure under a trigger; tests ask it of every change they make.

create table audit.changes (
    tenant_id uuid not null,
    seq bigint not null default nextval('audit.change_seq'),
    recorded_at timestamptz not null default clock_timestamp(),
    era integer not null,
    xid xid8 not null default pg_current_xact_id(),
    actor uuid,
    role text not null,
    session_role text not null,
    flags smallint not null,
    request_id text,
    table_name text collate "C" not null, -- what indexes compare, compared as bytes: wherever, and for good
    -- squawk-ignore ban-char-field
    operation "char" not null, -- one byte, as the catalogs of Postgres have it
    key text collate "C",
    clear text,
    personal_key text collate "C",
    personal text,
    salt bytea,
    personal_commitment bytea,
    body_commitment bytea,
    subjects uuid[],
    erased_under uuid,
    constraint changes_pkey primary key (tenant_id, seq, recorded_at)
) partition by range (recorded_at);

-- Where no month was made in time, a write lands here and does not fail.
create table audit.changes_default partition of audit.changes default;
alter table audit.changes_default enable row level security;
comment on table audit.changes_default is 'Changes of months that nobody made a partition for.';

alter sequence audit.change_seq owned by audit.changes.seq;

-- What the sealer asks for; what history asks for; what erasure and my_history() ask for.
create index changes_era_xid_idx on audit.changes (era, xid);
create index changes_row_idx on audit.changes (tenant_id, table_name, coalesce(key, personal_key), seq);
create index changes_subjects_idx on audit.changes using gin (subjects);

create trigger _010_erase_only
before update or delete on audit.changes
for each row execute function audit.tg_changes__erase_only();

create trigger _020_append_only
before truncate on audit.changes
for each statement execute function audit.tg__append_only();

create trigger _020_append_only
before truncate on audit.changes_default
for each statement execute function audit.tg__append_only();

alter table audit.changes enable always trigger _010_erase_only;
alter table audit.changes enable always trigger _020_append_only;
alter table audit.changes_default enable always trigger _020_append_only;

comment on table audit.changes is 'One row for each change of a tracked row: the entries of the logs.';
comment on column audit.changes.tenant_id is 'Whose log: an organization''s, or the platform''s own (all zeros).';
comment on column audit.changes.seq is 'For one row, a greater number is a later write.';
comment on column audit.changes.recorded_at is 'The clock when it was written.';
comment on column audit.changes.era is 'The stretch of time in which transaction ids can be compared.';
comment on column audit.changes.xid is 'The transaction.';
comment on column audit.changes.actor is 'The person who was signed in.';
comment on column audit.changes.role is 'As which role.';
comment on column audit.changes.session_role is 'As which role the session logged in.';
comment on column audit.changes.flags is
    '1: attested, the session was the API server''s, which verifies who is signed in. 2: written in replica role.';
comment on column audit.changes.request_id is 'The request, as the server''s log knows it.';
comment on column audit.changes.table_name is 'schema.table of the row.';
comment on column audit.changes.operation is
    'I inserted, U updated, D deleted, T truncated away, S was there when the log began to follow the table.';
comment on column audit.changes.key is 'The row''s primary key, as JSON; null where it says something about a person.';
comment on column audit.changes.clear is 'The row''s columns that say nothing about a person, as JSON.';
comment on column audit.changes.personal_key is 'The row''s primary key where it says something about a person.';
comment on column audit.changes.personal is 'The row''s columns that say something about a person, as JSON.';
comment on column audit.changes.salt is 'What keeps a commitment from being guessed.';
comment on column audit.changes.personal_commitment is
    'The hash of salt and personal: what stays when they are erased.';
comment on column audit.changes.body_commitment is 'The hash of salt and of columns too large or too private to copy.';
comment on column audit.changes.subjects is 'Whom the row is about. Not in the leaf.';
comment on column audit.changes.erased_under is 'The order under which what was personal was removed.';

-- From schema/audit/leaves.sql
-- The log of each tenant: its changes in the order in which they were sealed, without a gap. Only ever added to.

create table audit.leaves (
    tenant_id uuid not null,
    position bigint not null,
    seq bigint not null,
    recorded_at timestamptz not null,
    hash bytea not null,
    constraint leaves_pkey primary key (tenant_id, position),
    constraint leaves_tenant_id_seq_key unique (tenant_id, seq),
    constraint leaves_position_check check (position >= 0),
    constraint leaves_hash_check check (octet_length(hash) = 32)
);

create trigger _010_append_only
before update or delete or truncate on audit.leaves
for each statement execute function audit.tg__append_only();

alter table audit.leaves enable always trigger _010_append_only;

comment on table audit.leaves is 'The log of each tenant: its changes in the order in which they were sealed.';
comment on column audit.leaves.tenant_id is 'Whose log.';
comment on column audit.leaves.position is 'The place in the log, from 0, without a gap.';
comment on column audit.leaves.seq is 'The number of the change. It is sealed once.';
comment on column audit.leaves.recorded_at is 'When the change was recorded, which tells its month.';
comment on column audit.leaves.hash is 'The hash of the change as a leaf.';

-- From schema/audit/nodes.sql
-- Complete subtrees of the logs' trees, kept for every eighth level, so that a proof reads few rows of a long log.

create table audit.nodes (
    tenant_id uuid not null,
    height smallint not null,
    index bigint not null,
    hash bytea not null,
    constraint nodes_pkey primary key (tenant_id, height, index),
    constraint nodes_height_check check (height > 0 and height % 8 = 0),
    constraint nodes_index_check check (index >= 0),
    constraint nodes_hash_check check (octet_length(hash) = 32)
);

create trigger _010_append_only
before update or delete or truncate on audit.nodes
for each statement execute function audit.tg__append_only();

alter table audit.nodes enable always trigger _010_append_only;

comment on table audit.nodes is 'Complete subtrees of the logs'' trees, for every eighth level.';
comment on column audit.nodes.tenant_id is 'Whose log.';
comment on column audit.nodes.height is 'The height: the subtree has 2^height leaves.';
comment on column audit.nodes.index is 'Which of the subtrees of this height, from 0.';
comment on column audit.nodes.hash is 'Its root.';

-- From schema/audit/blocks.sql
-- Each time a log grew: how far, and what its tree was then. Each block commits to the one before, and none has two
-- successors.

create table audit.blocks (
    tenant_id uuid not null,
    number bigint not null,
    size bigint not null,
    root bytea not null,
    sealed_at timestamptz not null,
    next_xid xid8 not null,
    previous_hash bytea not null,
    hash bytea not null,
    constraint blocks_pkey primary key (tenant_id, number),
    constraint blocks_tenant_id_size_key unique (tenant_id, size),
    constraint blocks_tenant_id_previous_hash_key unique (tenant_id, previous_hash),
    constraint blocks_number_check check (number >= 1),
    constraint blocks_size_check check (size >= number),
    constraint blocks_root_check check (octet_length(root) = 32),
    constraint blocks_previous_hash_check check (octet_length(previous_hash) = 32),
    constraint blocks_hash_check check (
        hash = audit._block_hash(tenant_id, number, size, root, sealed_at, next_xid, previous_hash)
    )
);

-- Which block was the first to be sealed after an instant.
create index blocks_tenant_id_sealed_at_idx on audit.blocks (tenant_id, sealed_at);

create trigger _010_append_only
before update or delete or truncate on audit.blocks
for each statement execute function audit.tg__append_only();

alter table audit.blocks enable always trigger _010_append_only;

comment on table audit.blocks is 'Each time a log grew, and what its tree was then.';
comment on column audit.blocks.tenant_id is 'Whose log.';
comment on column audit.blocks.number is 'Which block, from 1.';
comment on column audit.blocks.size is 'How many changes the log held then.';
comment on column audit.blocks.root is 'The root of the tree over them, as RFC 6962 computes it.';
comment on column audit.blocks.sealed_at is 'When it was sealed.';
comment on column audit.blocks.next_xid is
    'Transactions from this one on had not begun then, so they wrote nothing before; the greatest, where none is known.';
comment on column audit.blocks.previous_hash is 'The hash of the block before; 32 zero bytes before the first.';
comment on column audit.blocks.hash is 'The hash of this block.';

-- From schema/audit/heads.sql
-- The newest block of each log, with the peaks of its tree: what is needed to let it grow. Derived from the blocks and
-- leaves; audit.verify() recounts it.

create table audit.heads (
    tenant_id uuid not null,
    number bigint not null,
    size bigint not null,
    root bytea not null,
    sealed_at timestamptz not null,
    hash bytea not null,
    peaks bytea[] not null,
    constraint heads_pkey primary key (tenant_id),
    constraint heads_root_check check (root = audit._root(peaks))
) with (fillfactor = 50); -- each log's row is replaced whenever it grows

comment on table audit.heads is 'The newest block of each log, and what is needed to let its tree grow.';
comment on column audit.heads.tenant_id is 'Whose log.';
comment on column audit.heads.number is 'The number of its newest block.';
comment on column audit.heads.size is 'How many changes it holds.';
comment on column audit.heads.root is 'The root of its tree.';
comment on column audit.heads.sealed_at is 'When it last grew.';
comment on column audit.heads.hash is 'The hash of its newest block.';
comment on column audit.heads.peaks is 'The roots of its complete subtrees, by height; null where there is none.';

-- From schema/audit/erasure_orders.sql
-- An order to remove what was personal from changes: which, why, on whose word. The log follows this table, so that
-- the removal is a change itself; verification holds what is missing against the orders.

create table audit.erasure_orders (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    ordered_at timestamptz not null default now(),
    ordered_by uuid,
    reason text not null,
    seqs bigint[] not null,
    constraint erasure_orders_pkey primary key (tenant_id, id),
    constraint erasure_orders_ordered_by_fkey foreign key (ordered_by) references core.people (id),
    constraint erasure_orders_reason_check check (length(btrim(reason)) between 1 and 500),
    constraint erasure_orders_seqs_check check (cardinality(seqs) between 1 and 10000)
);

create index erasure_orders_ordered_by_idx on audit.erasure_orders (ordered_by);

create trigger _010_append_only
before update or delete or truncate on audit.erasure_orders
for each statement execute function audit.tg__append_only();

alter table audit.erasure_orders enable always trigger _010_append_only;

comment on table audit.erasure_orders is 'Orders to remove what was personal from changes.';
comment on column audit.erasure_orders.tenant_id is 'Whose log.';
comment on column audit.erasure_orders.id is 'Which order.';
comment on column audit.erasure_orders.ordered_at is 'When.';
comment on column audit.erasure_orders.ordered_by is 'The person who was signed in.';
comment on column audit.erasure_orders.reason is 'Why, without saying anything about a person.';
comment on column audit.erasure_orders.seqs is 'The changes that were emptied.';

-- From schema/audit/archived_months.sql
-- Months of changes that were put away. Their leaves stay, so every proof still holds; what they said is elsewhere.

create table audit.archived_months (
    month date not null,
    changes bigint not null,
    archived_at timestamptz not null default now(),
    archived_by uuid,
    constraint archived_months_pkey primary key (month),
    constraint archived_months_archived_by_fkey foreign key (archived_by) references core.people (id),
    constraint archived_months_month_check check (extract(day from month) = 1),
    constraint archived_months_changes_check check (changes >= 0)
);

create index archived_months_archived_by_idx on audit.archived_months (archived_by);

create trigger _010_append_only
before update or delete or truncate on audit.archived_months
for each statement execute function audit.tg__append_only();

alter table audit.archived_months enable always trigger _010_append_only;

comment on table audit.archived_months is 'Months of changes that were put away. Their leaves stay.';
comment on column audit.archived_months.month is 'The first day of the month, in UTC.';
comment on column audit.archived_months.changes is 'How many changes were in it.';
comment on column audit.archived_months.archived_at is 'When.';
comment on column audit.archived_months.archived_by is 'The person who was signed in.';

-- From schema/audit/safeguards.sql
-- What the log stands on, as it was when a migration last set it up: triggers, functions, privileges, each as a hash.
-- The log follows this table, so that it cannot be changed unseen; verification compares it with what is there.

create table audit.safeguards (
    object text not null,
    digest bytea not null,
    catalog_xmin xid,
    recorded_at timestamptz not null default now(),
    constraint safeguards_pkey primary key (object),
    constraint safeguards_digest_check check (octet_length(digest) = 32)
);

comment on table audit.safeguards is 'What the log stands on: triggers, functions, privileges, each as a hash.';
comment on column audit.safeguards.object is 'The trigger, function or table.';
comment on column audit.safeguards.digest is 'The hash of its definition.';
comment on column audit.safeguards.catalog_xmin is
    'The transaction that last wrote it in the catalog: a hint that it was touched; null where others write it.';
comment on column audit.safeguards.recorded_at is 'When it was recorded.';

-- From schema/audit/activity.sql
-- What people did that changes no row: signing in, looking, exporting. Not in the chain. By month; addresses are
-- shortened after 90 days.

create table audit.activity (
    id uuid not null default core.new_id(),
    happened_at timestamptz not null default now(),
    kind text not null,
    tenant_id uuid,
    person_id uuid,
    ip inet,
    user_agent text,
    request_id text,
    constraint activity_pkey primary key (id, happened_at),
    constraint activity_kind_check check (kind ~ '^[a-z_]{1,60}$'),
    constraint activity_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint activity_person_id_fkey foreign key (person_id) references core.people (id) on delete set null,
    constraint activity_user_agent_check check (length(user_agent) <= 300),
    constraint activity_request_id_check check (length(request_id) <= 100)
) partition by range (happened_at);

create table audit.activity_default partition of audit.activity default;
alter table audit.activity_default enable row level security;
comment on table audit.activity_default is 'Activity of months that nobody made a partition for.';

create index activity_person_id_happened_at_idx on audit.activity (person_id, happened_at);
create index activity_tenant_id_happened_at_idx on audit.activity (tenant_id, happened_at);
create index activity_happened_at_idx on audit.activity (happened_at) where ip is not null;

comment on table audit.activity is 'What people did that changes no row: signing in, looking, exporting.';
comment on column audit.activity.id is 'Which.';
comment on column audit.activity.happened_at is 'When.';
comment on column audit.activity.kind is 'What: sign_in, sign_in_refused, export, admin_view and the like.';
comment on column audit.activity.tenant_id is 'In which organization, where it was in one.';
comment on column audit.activity.person_id is 'Who.';
comment on column audit.activity.ip is 'From which address; after 90 days, from which network.';
comment on column audit.activity.user_agent is 'With which program, as it calls itself; gone after 90 days.';
comment on column audit.activity.request_id is 'In which request, as the server''s log knows it.';

-- From schema/content/work_kinds.sql
-- The kinds of works there are. Each module that has one adds it, and keeps what only that kind has in a table beside.

create table content.work_kinds (
    kind text not null,
    module text not null,
    description text not null,
    constraint work_kinds_pkey primary key (kind),
    constraint work_kinds_module_fkey foreign key (module) references core.platform_modules (module),
    constraint work_kinds_kind_check check (kind ~ '^[a-z_]+$')
);

create index work_kinds_module_idx on content.work_kinds (module);

comment on table content.work_kinds is 'The kinds of works there are.';
comment on column content.work_kinds.kind is 'The kind.';
comment on column content.work_kinds.module is 'The module that has it; where that is switched off, none is begun.';
comment on column content.work_kinds.description is 'What it is.';

-- From schema/content/works.sql
-- Everything that somebody makes: one row for each, whatever its kind. What only its kind has stands in a table beside,
-- what it says in its versions. Title and summary are its teaser, and may be read by whoever may read the work.
--
-- The three windows say when it is shared with whom, and in which version. They are compiled from its state, its
-- visibility and the consents of everyone who has to (consent._recompute), so that a reader's policy compares instants
-- and asks nobody. Without consent they are empty. They begin when they were compiled: whoever still lives in an
-- earlier instant, in a transaction that began before a withdrawal, finds them gone as well.

create table content.works (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    scope_id uuid not null,
    level smallint not null,
    project_id uuid not null,
    owner_id uuid not null,
    title text not null,
    summary text not null default '',
    lang text not null default 'en',
    visibility content.work_visibility not null default 'private',
    protocol_set_id uuid,
    state content.work_state not null default 'draft',
    moves integer not null default 1,
    current_version integer not null default 1,
    public_version integer,
    public_during tstzmultirange not null default '{}',
    organization_version integer,
    organization_during tstzmultirange not null default '{}',
    community_version integer,
    community_during tstzmultirange not null default '{}',
    compiled_at timestamptz not null default now(),
    revision bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint works_pkey primary key (tenant_id, id),
    constraint works_tenant_id_id_kind_key unique (tenant_id, id, kind),
    constraint works_tenant_id_id_owner_id_key unique (tenant_id, id, owner_id),
    constraint works_kind_fkey foreign key (kind) references content.work_kinds (kind),
    -- Whose project it belongs to is what its place says.
    constraint works_tenant_id_scope_id_level_project_id_fkey
        foreign key (tenant_id, scope_id, level, project_id)
        references core.scopes (tenant_id, id, level, project_id),
    constraint works_owner_id_fkey foreign key (owner_id) references core.people (id),
    constraint works_title_check check (length(btrim(title)) between 1 and 300),
    constraint works_summary_check check (length(summary) <= 2000),
    constraint works_lang_check check (core.is_lang(lang)),
    -- Whatever was compiled: nothing is shared further than its owner meant, nor before it is published, nor without a
    -- version that everyone agreed to.
    constraint works_public_during_check check (
        public_during = '{}' or (visibility = 'public' and state = 'published' and public_version is not null)
    ),
    constraint works_organization_during_check check (
        organization_during = '{}'
        or (visibility in ('organization', 'public') and state = 'published' and organization_version is not null)
    ),
    constraint works_community_during_check check (
        community_during = '{}'
        or (visibility <> 'private' and state = 'published' and community_version is not null)
    )
);

create index works_id_idx on content.works (id);
create index works_kind_idx on content.works (kind);
create index works_owner_id_idx on content.works (owner_id);
create index works_created_at_idx on content.works (created_at);
create index works_tenant_id_scope_id_level_project_id_idx
on content.works (tenant_id, scope_id, level, project_id);
create index works_scope_id_created_at_idx on content.works (scope_id, created_at);

create trigger _010_freeze_key
before update of tenant_id, id, kind, scope_id, owner_id on content.works
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on content.works
for each row execute function core.tg__touch();

create trigger _100_stand_still
before update of title, summary on content.works
for each row when (
    old.state in ('submitted', 'in_review', 'approved')
    and (old.title, old.summary) is distinct from (new.title, new.summary)
)
execute function content.tg_works__stand_still();

create trigger _200_count
after insert on content.works
for each row execute function content.tg_works__count();

comment on table content.works is 'Everything that somebody makes.';
comment on column content.works.tenant_id is 'The organization.';
comment on column content.works.id is 'The id.';
comment on column content.works.kind is 'What kind of work it is.';
comment on column content.works.scope_id is 'The place it belongs to.';
comment on column content.works.level is 'The level of that place.';
comment on column content.works.project_id is 'The project that place belongs to; without one, the organization.';
comment on column content.works.owner_id is 'Whose it is. That never changes.';
comment on column content.works.title is 'What it is called. Of a restricted work, part of the teaser.';
comment on column content.works.summary is 'What it is about. Of a restricted work, part of the teaser.';
comment on column content.works.lang is 'The language it is in.';
comment on column content.works.visibility is 'How far its owner lets it be shared at most.';
comment on column content.works.protocol_set_id is
    'The protocols it stands under, if any: then it is restricted, and read only when it was opened.';
comment on column content.works.state is 'How far it has come: what the last move made of it.';
comment on column content.works.moves is 'How many moves there were.';
comment on column content.works.current_version is 'The newest version.';
comment on column content.works.public_version is 'The newest version that may be public: what the public gets.';
comment on column content.works.public_during is 'From when it was compiled on: when everybody may read it.';
comment on column content.works.organization_version is 'The newest version that the organization may read.';
comment on column content.works.organization_during is
    'From when it was compiled on: when whoever belongs to the organization may read it.';
comment on column content.works.community_version is 'The newest version that its place may read.';
comment on column content.works.community_during is
    'From when it was compiled on: when whoever belongs to its place may read it.';
comment on column content.works.compiled_at is 'When the windows were last compiled.';
comment on column content.works.revision is 'Grows whenever the windows are compiled.';
comment on column content.works.created_at is 'When it was begun.';
comment on column content.works.updated_at is 'When its row last changed.';

-- From schema/content/work_moves.sql
-- The moves there are: from which state to which, and in which capacity. What is not here does not happen.

create table content.work_moves (
    from_state content.work_state not null,
    to_state content.work_state not null,
    capacity content.move_capacity not null,
    description text not null,
    constraint work_moves_pkey primary key (from_state, to_state),
    constraint work_moves_from_state_to_state_capacity_key unique (from_state, to_state, capacity)
);

comment on table content.work_moves is 'The moves there are: from which state to which, and in which capacity.';
comment on column content.work_moves.from_state is 'The state before.';
comment on column content.work_moves.to_state is 'The state after.';
comment on column content.work_moves.capacity is 'Who makes this move.';
comment on column content.work_moves.description is 'What it means.';

-- From schema/content/work_transitions.sql
-- Every move of a work, in a chain: each begins where the one before ended, and the state of the work is the end of the
-- last. A move that does not exist, or a reviewer who is the owner, has no place here.

create table content.work_transitions (
    tenant_id uuid not null,
    work_id uuid not null,
    number integer not null,
    previous integer generated always as (nullif(number - 1, 0)) stored,
    from_state content.work_state,
    to_state content.work_state not null,
    capacity content.move_capacity not null,
    actor_id uuid not null,
    owner_id uuid not null,
    reason text not null default '',
    decision_id uuid,
    decision_unlocks text generated always as (case when decision_id is not null then 'work.publish' end) stored,
    moved_at timestamptz not null default now(),
    constraint work_transitions_pkey primary key (tenant_id, work_id, number),
    constraint work_transitions_tenant_id_work_id_number_to_state_key unique (tenant_id, work_id, number, to_state),
    constraint work_transitions_tenant_id_work_id_owner_id_fkey
        foreign key (tenant_id, work_id, owner_id) references content.works (tenant_id, id, owner_id),
    constraint work_transitions_tenant_id_work_id_previous_from_state_fkey
        foreign key (tenant_id, work_id, previous, from_state)
        references content.work_transitions (tenant_id, work_id, number, to_state),
    constraint work_transitions_from_state_to_state_capacity_fkey
        foreign key (from_state, to_state, capacity)
        references content.work_moves (from_state, to_state, capacity),
    constraint work_transitions_actor_id_fkey foreign key (actor_id) references core.people (id),
    constraint work_transitions_number_check check (number >= 1),
    constraint work_transitions_from_state_check check ((number = 1) = (from_state is null)),
    constraint work_transitions_to_state_check check (number > 1 or to_state = 'draft'),
    constraint work_transitions_actor_id_check check (capacity <> 'reviewer' or actor_id <> owner_id),
    constraint work_transitions_reason_check check (length(reason) <= 2000),
    constraint work_transitions_decision_id_check check (decision_id is null or to_state = 'published')
);

create index work_transitions_tenant_id_work_id_owner_id_idx
on content.work_transitions (tenant_id, work_id, owner_id);
create index work_transitions_tenant_id_work_id_previous_from_state_idx
on content.work_transitions (tenant_id, work_id, previous, from_state);
create index work_transitions_from_state_to_state_capacity_idx
on content.work_transitions (from_state, to_state, capacity);
create index work_transitions_actor_id_idx on content.work_transitions (actor_id);

-- A work is where its last move left it.
alter table content.works
add constraint works_tenant_id_id_moves_state_fkey
foreign key (tenant_id, id, moves, state)
references content.work_transitions (tenant_id, work_id, number, to_state)
deferrable initially deferred;

create index works_tenant_id_id_moves_state_idx on content.works (tenant_id, id, moves, state);

create trigger _010_append_only
before update or delete or truncate on content.work_transitions
for each statement execute function audit.tg__append_only();

comment on table content.work_transitions is 'Every move of a work on its way.';
comment on column content.work_transitions.tenant_id is 'The organization.';
comment on column content.work_transitions.work_id is 'The work.';
comment on column content.work_transitions.number is 'Which move of this work, from 1.';
comment on column content.work_transitions.previous is 'The move before.';
comment on column content.work_transitions.from_state is 'The state before; none when the work was begun.';
comment on column content.work_transitions.to_state is 'The state after.';
comment on column content.work_transitions.capacity is 'In which capacity it was moved.';
comment on column content.work_transitions.actor_id is 'Who moved it.';
comment on column content.work_transitions.owner_id is 'Whose work it is: nobody reviews their own.';
comment on column content.work_transitions.reason is 'Why.';
comment on column content.work_transitions.decision_id is
    'By which decision, where the place decides what is published in it.';
comment on column content.work_transitions.decision_unlocks is 'What that decision has to unlock.';
comment on column content.work_transitions.moved_at is 'When.';

-- From schema/content/work_versions.sql
-- What a work says, version by version, without a gap; none is ever changed. A version that changes what is said is
-- material, and needs everyone's consent anew. A minor one (a comma, a typing error) belongs to the material one
-- before.

create table content.work_versions (
    tenant_id uuid not null,
    work_id uuid not null,
    number integer not null,
    previous integer generated always as (nullif(number - 1, 0)) stored,
    material_version integer not null,
    minor_after integer generated always as (case when material_version < number then number - 1 end) stored,
    body jsonb not null,
    plain_text text not null default '',
    change_note text not null default '',
    based_on integer,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint work_versions_pkey primary key (tenant_id, work_id, number),
    constraint work_versions_tenant_id_work_id_number_material_version_key
        unique (tenant_id, work_id, number, material_version),
    constraint work_versions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_versions_tenant_id_work_id_previous_fkey
        foreign key (tenant_id, work_id, previous) references content.work_versions (tenant_id, work_id, number),
    -- A minor version belongs to the same material one as the version before.
    constraint work_versions_minor_after_fkey
        foreign key (tenant_id, work_id, minor_after, material_version)
        references content.work_versions (tenant_id, work_id, number, material_version),
    constraint work_versions_tenant_id_work_id_based_on_fkey
        foreign key (tenant_id, work_id, based_on) references content.work_versions (tenant_id, work_id, number),
    constraint work_versions_created_by_fkey foreign key (created_by) references core.people (id),
    -- Which also says that the first has number 1.
    constraint work_versions_material_version_check check (material_version between 1 and number),
    constraint work_versions_based_on_check check (based_on < number),
    constraint work_versions_body_check check (jsonb_typeof(body) = 'object'),
    constraint work_versions_change_note_check check (length(change_note) <= 2000)
);

create index work_versions_tenant_id_work_id_previous_idx
on content.work_versions (tenant_id, work_id, previous);
create index work_versions_minor_after_idx
on content.work_versions (tenant_id, work_id, minor_after, material_version);
create index work_versions_tenant_id_work_id_based_on_idx
on content.work_versions (tenant_id, work_id, based_on);
create index work_versions_created_by_idx on content.work_versions (created_by);

-- Which version is the newest, and which ones readers get, is one of these.
alter table content.works
add constraint works_tenant_id_id_current_version_fkey
foreign key (tenant_id, id, current_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_public_version_fkey
foreign key (tenant_id, id, public_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_organization_version_fkey
foreign key (tenant_id, id, organization_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_community_version_fkey
foreign key (tenant_id, id, community_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred;

create index works_tenant_id_id_current_version_idx on content.works (tenant_id, id, current_version);
create index works_tenant_id_id_public_version_idx on content.works (tenant_id, id, public_version);
create index works_tenant_id_id_organization_version_idx on content.works (tenant_id, id, organization_version);
create index works_tenant_id_id_community_version_idx on content.works (tenant_id, id, community_version);

create trigger _100_stand_still
after insert on content.work_versions
for each row when (new.number > 1) execute function content.tg_work_versions__stand_still();

create trigger _010_append_only
before update or delete or truncate on content.work_versions
for each statement execute function audit.tg__append_only();

comment on table content.work_versions is 'What a work says, version by version.';
comment on column content.work_versions.tenant_id is 'The organization.';
comment on column content.work_versions.work_id is 'The work.';
comment on column content.work_versions.number is 'Which version, from 1.';
comment on column content.work_versions.previous is 'The version before.';
comment on column content.work_versions.material_version is
    'The version that last changed what is said: itself, or one before. Who consented to that one consented to this.';
comment on column content.work_versions.minor_after is 'The version before, where this one is minor.';
comment on column content.work_versions.body is 'What it says, in whatever form its kind has.';
comment on column content.work_versions.plain_text is 'The same as plain words.';
comment on column content.work_versions.change_note is 'What became different.';
comment on column content.work_versions.based_on is 'The version that it goes back to, or was written from.';
comment on column content.work_versions.created_by is 'Who wrote it.';
comment on column content.work_versions.created_at is 'When.';

-- From schema/content/work_collaborators.sql
-- Whom a work is shared with while it is being made: those its owner works with.

create table content.work_collaborators (
    tenant_id uuid not null,
    work_id uuid not null,
    person_id uuid not null,
    capability content.collaborator_capability not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint work_collaborators_pkey primary key (tenant_id, work_id, person_id),
    constraint work_collaborators_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_collaborators_person_id_fkey foreign key (person_id) references core.people (id),
    constraint work_collaborators_added_by_fkey foreign key (added_by) references core.people (id)
);

create index work_collaborators_person_id_idx on content.work_collaborators (person_id);
create index work_collaborators_added_by_idx on content.work_collaborators (added_by);

create trigger _440_stop_helping
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__stop_helping();

comment on table content.work_collaborators is 'Those whom the owner of a work makes it with.';
comment on column content.work_collaborators.tenant_id is 'The organization.';
comment on column content.work_collaborators.work_id is 'The work.';
comment on column content.work_collaborators.person_id is 'The collaborator.';
comment on column content.work_collaborators.capability is 'What they may do with it.';
comment on column content.work_collaborators.added_by is 'Who let them in.';
comment on column content.work_collaborators.added_at is 'When.';

-- From schema/content/notes.sql
-- The plainest kind of work: something written down, on some day. The smallest example of what a module adds.

create table content.notes (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('note') stored,
    written_on date,
    constraint notes_pkey primary key (tenant_id, id),
    constraint notes_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references content.works (tenant_id, id, kind)
);

create index notes_tenant_id_id_kind_idx on content.notes (tenant_id, id, kind);

comment on table content.notes is 'The plainest kind of work: something written down.';
comment on column content.notes.tenant_id is 'The organization.';
comment on column content.notes.id is 'The work that this note is.';
comment on column content.notes.kind is 'Always note: the key to its work holds it to that.';
comment on column content.notes.written_on is 'The day it is about.';

-- From schema/content/comments.sql
-- What readers say to a work, in threads. Where a comment stands in its thread is held by keys alone: its path is its
-- parent's with its own id behind it, so a reply belongs to the work and the thread of what it replies to, and there
-- can be no cycle. Ids grow with time, so to order by path is to read a thread from the top.
--
-- What is said while a work is being made is said aside: among those who make it, and nobody else reads it, also not
-- when the work is published. A comment that is taken back leaves its place, and nothing else.

create table content.comments (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    parent_id uuid,
    parent_path extensions.ltree,
    path extensions.ltree not null generated always as (
        coalesce(
            parent_path operator(extensions.||) extensions.text2ltree(replace(id::text, '-', '')),
            extensions.text2ltree(replace(id::text, '-', ''))
        )
    ) stored,
    thread_id uuid not null generated always as (
        coalesce(extensions.ltree2text(extensions.subpath(parent_path, 0, 1))::uuid, id)
    ) stored,
    aside boolean not null,
    author_id uuid,
    body text not null,
    mentions uuid[] not null default '{}',
    state content.comment_state not null default 'visible',
    created_at timestamptz not null default now(),
    edited_at timestamptz,
    constraint comments_pkey primary key (tenant_id, id),
    constraint comments_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint comments_tenant_id_work_id_id_path_aside_key unique (tenant_id, work_id, id, path, aside),
    constraint comments_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint comments_tenant_id_work_id_parent_id_parent_path_aside_fkey
        foreign key (tenant_id, work_id, parent_id, parent_path, aside)
        references content.comments (tenant_id, work_id, id, path, aside),
    constraint comments_tenant_id_work_id_thread_id_fkey
        foreign key (tenant_id, work_id, thread_id) references content.comments (tenant_id, work_id, id),
    constraint comments_author_id_fkey foreign key (author_id) references core.people (id),
    constraint comments_parent_path_check check ((parent_path is null) = (parent_id is null)),
    constraint comments_path_check check (extensions.nlevel(path) <= 8),
    constraint comments_author_id_check check ((author_id is null) = (state = 'deleted')),
    constraint comments_body_check check (length(body) <= 10000 and (btrim(body) = '') = (state = 'deleted')),
    constraint comments_mentions_check check (
        cardinality(mentions) <= 20
        and array_position(mentions, null) is null
        and (mentions = '{}' or state <> 'deleted')
    )
);

create index comments_id_idx on content.comments (id);
create index comments_tenant_id_work_id_path_idx on content.comments (tenant_id, work_id, path);
create index comments_tenant_id_work_id_parent_id_idx on content.comments (tenant_id, work_id, parent_id);
create index comments_tenant_id_work_id_thread_id_idx on content.comments (tenant_id, work_id, thread_id);
create index comments_author_id_idx on content.comments (author_id);
create index comments_mentions_idx on content.comments using gin (mentions);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, parent_id, parent_path, aside on content.comments
for each row execute function core.tg__freeze_key();

create trigger _020_note_edit
before update of body on content.comments
for each row execute function content.tg_comments__note_edit();

create trigger _100_admit
after insert or update of body on content.comments
for each row when (new.state <> 'deleted') execute function content.tg_comments__admit();

create trigger _110_check_mentions
after insert or update of mentions on content.comments
for each row when (new.mentions <> '{}') execute function content.tg_comments__check_mentions();

create trigger _410_forget_comments
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__forget_comments();

comment on table content.comments is 'What readers say to a work, in threads.';
comment on column content.comments.tenant_id is 'The organization.';
comment on column content.comments.id is 'The id.';
comment on column content.comments.work_id is 'The work.';
comment on column content.comments.parent_id is 'The comment that it replies to; none, where it begins a thread.';
comment on column content.comments.parent_path is 'Where that one stands.';
comment on column content.comments.path is
    'Where it stands: the ids from the beginning of its thread down to its own. Order by this.';
comment on column content.comments.thread_id is 'The comment that its thread began with: itself, or one above.';
comment on column content.comments.aside is
    'Whether it is said among those who make the work: whom it involves, and its reviewers while it waits for them.';
comment on column content.comments.author_id is 'Whose it is; of one that was taken back, nobody''s.';
comment on column content.comments.body is 'What it says.';
comment on column content.comments.mentions is 'Whom it speaks of or to. Each of them could read the work.';
comment on column content.comments.state is 'What has become of it.';
comment on column content.comments.created_at is 'When it was said.';
comment on column content.comments.edited_at is 'When it was last said otherwise.';

-- From schema/content/comment_moderations.sql
-- Every time a moderator hid a comment or showed it again, and why. By turns: what is hidden already is not hidden
-- again.

create table content.comment_moderations (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    comment_id uuid not null,
    hides boolean not null,
    reason text not null,
    moderator_id uuid not null,
    moderated_at timestamptz not null default now(),
    constraint comment_moderations_pkey primary key (tenant_id, id),
    constraint comment_moderations_tenant_id_comment_id_fkey
        foreign key (tenant_id, comment_id) references content.comments (tenant_id, id),
    constraint comment_moderations_moderator_id_fkey foreign key (moderator_id) references core.people (id),
    constraint comment_moderations_reason_check check (length(btrim(reason)) between 1 and 2000)
);

create index comment_moderations_tenant_id_comment_id_idx on content.comment_moderations (tenant_id, comment_id);
create index comment_moderations_moderator_id_idx on content.comment_moderations (moderator_id);

create trigger _010_append_only
before update or delete or truncate on content.comment_moderations
for each statement execute function audit.tg__append_only();

create trigger _020_lock_comment
before insert on content.comment_moderations
for each row execute function content.tg_comment_moderations__lock_comment();

create trigger _100_carry_out
after insert on content.comment_moderations
for each row execute function content.tg_comment_moderations__carry_out();

comment on table content.comment_moderations is 'Every time a comment was hidden or shown again.';
comment on column content.comment_moderations.tenant_id is 'The organization.';
comment on column content.comment_moderations.id is 'The id.';
comment on column content.comment_moderations.comment_id is 'The comment.';
comment on column content.comment_moderations.hides is 'Whether it was hidden, or shown again.';
comment on column content.comment_moderations.reason is 'Why; its author can read it.';
comment on column content.comment_moderations.moderator_id is 'Who did it; never its author.';
comment on column content.comment_moderations.moderated_at is 'When.';

-- From schema/content/reaction_kinds.sql
-- The ways there are to react to something without words.

create table content.reaction_kinds (
    kind text not null,
    description text not null,
    constraint reaction_kinds_pkey primary key (kind),
    constraint reaction_kinds_kind_check check (kind ~ '^[a-z_]+$')
);

comment on table content.reaction_kinds is 'The ways there are to react to something without words.';
comment on column content.reaction_kinds.kind is 'The kind.';
comment on column content.reaction_kinds.description is 'What somebody says with it.';

-- From schema/content/reactions.sql
-- What somebody feels about a work or a comment, without words: each kind once.

create table content.reactions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid,
    comment_id uuid,
    person_id uuid not null,
    kind text not null,
    reacted_at timestamptz not null default now(),
    constraint reactions_pkey primary key (tenant_id, id),
    constraint reactions_tenant_id_work_id_person_id_kind_key unique (tenant_id, work_id, person_id, kind),
    constraint reactions_tenant_id_comment_id_person_id_kind_key unique (tenant_id, comment_id, person_id, kind),
    constraint reactions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint reactions_tenant_id_comment_id_fkey
        foreign key (tenant_id, comment_id) references content.comments (tenant_id, id),
    constraint reactions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint reactions_kind_fkey foreign key (kind) references content.reaction_kinds (kind),
    constraint reactions_target_check check (num_nonnulls(work_id, comment_id) = 1)
);

create index reactions_person_id_idx on content.reactions (person_id);
create index reactions_kind_idx on content.reactions (kind);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, comment_id, kind on content.reactions
for each row execute function core.tg__freeze_key();

create trigger _100_admit
after insert on content.reactions
for each row execute function content.tg_reactions__admit();

create trigger _120_drop_reactions
after update of state on content.comments
for each row when (new.state = 'deleted') execute function content.tg_comments__drop_reactions();

create trigger _420_follow_reactions
after update of merged_into, erased_at on core.people
for each row when (new.merged_into is not null or new.erased_at is not null)
execute function content.tg_people__follow_reactions();

comment on table content.reactions is 'What somebody feels about a work or a comment, without words.';
comment on column content.reactions.tenant_id is 'The organization.';
comment on column content.reactions.id is 'The id.';
comment on column content.reactions.work_id is 'The work, if it is about a work.';
comment on column content.reactions.comment_id is 'The comment, if it is about a comment.';
comment on column content.reactions.person_id is 'Whose it is.';
comment on column content.reactions.kind is 'Which.';
comment on column content.reactions.reacted_at is 'When.';

-- From schema/content/reading_days.sql
-- How often a work was read, by day and audience, and not by whom. Readers write a row each, at no time but that day,
-- under an id drawn at random; content.fold_counts() adds them up. So no reader waits for another.

create table content.reading_days (
    tenant_id uuid not null,
    work_id uuid not null,
    day date not null default (now() at time zone 'UTC')::date,
    audience text not null,
    id uuid not null default gen_random_uuid(),
    views bigint not null default 1,
    constraint reading_days_pkey primary key (tenant_id, work_id, day, audience, id),
    constraint reading_days_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint reading_days_audience_check check (audience in ('public', 'organization', 'community')),
    constraint reading_days_views_check check (views >= 1)
);

create trigger _020_name_audience
before insert on content.reading_days
for each row execute function content.tg_reading_days__name_audience();

create trigger _130_count
after insert on content.reading_days
-- What was added up is more than one, and was counted before.
for each row when (new.views = 1) execute function content.tg_reading_days__count();

comment on table content.reading_days is 'How often a work was read, by day and audience.';
comment on column content.reading_days.tenant_id is 'The organization.';
comment on column content.reading_days.work_id is 'The work.';
comment on column content.reading_days.day is 'The day, in UTC.';
comment on column content.reading_days.audience is
    'As what it was read: by whoever belongs to its place (community), else to the organization, else by the public.';
comment on column content.reading_days.id is 'Which of the rows of that day and audience; their sum is what counts.';
comment on column content.reading_days.views is 'How often.';

-- From schema/content/work_count_steps.sql
-- What was counted about works, step by step: a row for everything that made a count grow or shrink; their sum is what
-- counts. Rows are only ever added, so whoever comments, reacts or reads waits for nobody, and two who do it to the
-- same works in another order cannot block each other. content.fold_counts() adds steps up. Read content.work_counters.

create table content.work_count_steps (
    tenant_id uuid not null,
    work_id uuid not null,
    id uuid not null default gen_random_uuid(),
    comments bigint not null default 0,
    reactions bigint not null default 0,
    views bigint not null default 0,
    constraint work_count_steps_pkey primary key (tenant_id, work_id, id),
    constraint work_count_steps_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id)
);

create trigger _130_count
after insert or update of state or delete on content.comments
for each row execute function content.tg_comments__count();

create trigger _130_count
after insert or delete on content.reactions
for each row execute function content.tg_reactions__count();

comment on table content.work_count_steps is 'What was counted about works, step by step; their sum is what counts.';
comment on column content.work_count_steps.tenant_id is 'The organization.';
comment on column content.work_count_steps.work_id is 'The work.';
comment on column content.work_count_steps.id is 'Which step.';
comment on column content.work_count_steps.comments is 'How many comments more that its readers can read.';
comment on column content.work_count_steps.reactions is 'How many reactions more to the work itself.';
comment on column content.work_count_steps.views is 'How many readings more.';

-- From schema/content/tags.sql
-- The words that an organization finds its works by. Some turn out to say the same as another: synonyms, which lead to
-- that one. Words are everybody's in the organization to read, whatever is called by them.

create table content.tags (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    slug text not null,
    name text not null,
    is_synonym boolean not null default false,
    synonym_id uuid generated always as (case when is_synonym then id end) stored,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint tags_pkey primary key (tenant_id, id),
    constraint tags_tenant_id_slug_key unique (tenant_id, slug),
    constraint tags_tenant_id_id_is_synonym_key unique (tenant_id, id, is_synonym),
    constraint tags_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint tags_created_by_fkey foreign key (created_by) references core.people (id),
    constraint tags_slug_check check (core.is_slug(slug)),
    constraint tags_name_check check (length(btrim(name)) between 1 and 100)
);

create index tags_id_idx on content.tags (id);
create index tags_tenant_id_synonym_id_idx on content.tags (tenant_id, synonym_id);
create index tags_created_by_idx on content.tags (created_by);

comment on table content.tags is 'The words that an organization finds its works by.';
comment on column content.tags.tenant_id is 'The organization.';
comment on column content.tags.id is 'The id.';
comment on column content.tags.slug is 'The word in addresses.';
comment on column content.tags.name is 'The word as people read it.';
comment on column content.tags.is_synonym is 'Whether it leads to another word: no work is called by it itself.';
comment on column content.tags.synonym_id is 'Itself, where it leads to another: the key holds it to be approved.';
comment on column content.tags.created_by is 'Who brought it in.';
comment on column content.tags.created_at is 'When.';

-- From schema/content/tag_synonyms.sql
-- Which word says the same as which other: proposed by anybody, approved or rejected by those who look after the words.
-- What is approved leads from a word that is a synonym to one that is none, so nothing leads on from there, nor back:
-- the keys hold that.

create table content.tag_synonyms (
    tenant_id uuid not null,
    synonym_tag_id uuid not null,
    tag_id uuid not null,
    status text not null default 'proposed',
    resolves boolean not null generated always as (status = 'approved') stored,
    leads_on boolean generated always as (case when status = 'approved' then false end) stored,
    proposed_by uuid not null,
    proposed_at timestamptz not null default now(),
    decided_by uuid,
    decided_at timestamptz,
    constraint tag_synonyms_pkey primary key (tenant_id, synonym_tag_id),
    constraint tag_synonyms_tenant_id_synonym_tag_id_resolves_key unique (tenant_id, synonym_tag_id, resolves),
    constraint tag_synonyms_tenant_id_synonym_tag_id_tag_id_resolves_key
        unique (tenant_id, synonym_tag_id, tag_id, resolves),
    -- Approved, it is a synonym; otherwise, it is none.
    constraint tag_synonyms_tenant_id_synonym_tag_id_resolves_fkey
        foreign key (tenant_id, synonym_tag_id, resolves)
        references content.tags (tenant_id, id, is_synonym)
        deferrable initially deferred,
    constraint tag_synonyms_tenant_id_tag_id_fkey
        foreign key (tenant_id, tag_id) references content.tags (tenant_id, id),
    -- What it leads to is none.
    constraint tag_synonyms_tenant_id_tag_id_leads_on_fkey
        foreign key (tenant_id, tag_id, leads_on) references content.tags (tenant_id, id, is_synonym),
    constraint tag_synonyms_proposed_by_fkey foreign key (proposed_by) references core.people (id),
    constraint tag_synonyms_decided_by_fkey foreign key (decided_by) references core.people (id),
    constraint tag_synonyms_tag_id_check check (tag_id <> synonym_tag_id),
    constraint tag_synonyms_status_check check (status in ('proposed', 'approved', 'rejected')),
    constraint tag_synonyms_decided_at_check check ((decided_at is null) = (status = 'proposed'))
);

create index tag_synonyms_tenant_id_tag_id_idx on content.tag_synonyms (tenant_id, tag_id);
create index tag_synonyms_proposed_by_idx on content.tag_synonyms (proposed_by);
create index tag_synonyms_decided_by_idx on content.tag_synonyms (decided_by);

-- And a synonym leads somewhere.
alter table content.tags
add constraint tags_tenant_id_synonym_id_is_synonym_fkey
foreign key (tenant_id, synonym_id, is_synonym)
references content.tag_synonyms (tenant_id, synonym_tag_id, resolves)
deferrable initially deferred;

comment on table content.tag_synonyms is 'Which word says the same as which other.';
comment on column content.tag_synonyms.tenant_id is 'The organization.';
comment on column content.tag_synonyms.synonym_tag_id is 'The word that leads to another.';
comment on column content.tag_synonyms.tag_id is 'The word that it leads to.';
comment on column content.tag_synonyms.status is 'Proposed, approved or rejected.';
comment on column content.tag_synonyms.resolves is 'Whether it counts: what is approved does.';
comment on column content.tag_synonyms.leads_on is
    'Whether the word that it leads to leads on to another: where it counts, never.';
comment on column content.tag_synonyms.proposed_by is 'Who proposed it.';
comment on column content.tag_synonyms.proposed_at is 'When.';
comment on column content.tag_synonyms.decided_by is 'Who decided.';
comment on column content.tag_synonyms.decided_at is 'When.';

-- From schema/content/work_tags.sql
-- What a work is called by: each word as it was said, with the one that it leads to. When words are merged, only the
-- second changes, so that nothing is lost and it can be undone.

create table content.work_tags (
    tenant_id uuid not null,
    work_id uuid not null,
    word_id uuid not null,
    tag_id uuid not null,
    leads_on boolean not null generated always as (false) stored,
    synonym_id uuid generated always as (case when word_id <> tag_id then word_id end) stored,
    resolves boolean generated always as (case when word_id <> tag_id then true end) stored,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint work_tags_pkey primary key (tenant_id, work_id, word_id),
    constraint work_tags_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_tags_tenant_id_word_id_fkey
        foreign key (tenant_id, word_id) references content.tags (tenant_id, id),
    -- It is found by a word that leads nowhere else.
    constraint work_tags_tenant_id_tag_id_leads_on_fkey
        foreign key (tenant_id, tag_id, leads_on) references content.tags (tenant_id, id, is_synonym),
    -- Where that is not the word that was said, an approved synonym leads there.
    constraint work_tags_tenant_id_synonym_id_tag_id_resolves_fkey
        foreign key (tenant_id, synonym_id, tag_id, resolves)
        references content.tag_synonyms (tenant_id, synonym_tag_id, tag_id, resolves)
        deferrable initially deferred,
    constraint work_tags_added_by_fkey foreign key (added_by) references core.people (id)
);

create index work_tags_tenant_id_word_id_idx on content.work_tags (tenant_id, word_id);
create index work_tags_tenant_id_tag_id_idx on content.work_tags (tenant_id, tag_id);
create index work_tags_tenant_id_synonym_id_idx on content.work_tags (tenant_id, synonym_id);
create index work_tags_added_by_idx on content.work_tags (added_by);

comment on table content.work_tags is 'What a work is called by.';
comment on column content.work_tags.tenant_id is 'The organization.';
comment on column content.work_tags.work_id is 'The work.';
comment on column content.work_tags.word_id is 'The word, as it was said.';
comment on column content.work_tags.tag_id is 'The word that it leads to; itself, unless it is a synonym.';
comment on column content.work_tags.leads_on is 'Whether that one leads on to another: never.';
comment on column content.work_tags.synonym_id is 'The word as it was said, where it is a synonym.';
comment on column content.work_tags.resolves is 'Yes, where it is a synonym: the key holds it to be approved.';
comment on column content.work_tags.added_by is 'Who called it so.';
comment on column content.work_tags.added_at is 'When.';

-- From schema/content/attributions.sql
-- Whom a work is by, in the order in which they are named, and as they want to be named. Behind a name may stand a
-- person; readers are told the name. A work whose sharing somebody consented to on condition that it says whom it is by
-- is not published without.

create table content.attributions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    position integer not null,
    credit text not null,
    person_id uuid,
    named_as text not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint attributions_pkey primary key (tenant_id, id),
    constraint attributions_tenant_id_work_id_position_key unique (tenant_id, work_id, position),
    constraint attributions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint attributions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint attributions_added_by_fkey foreign key (added_by) references core.people (id),
    constraint attributions_position_check check (position >= 1),
    constraint attributions_credit_check check (credit ~ '^[a-z]+(_[a-z]+)*$' and length(credit) <= 63),
    constraint attributions_named_as_check check (length(btrim(named_as)) between 1 and 200)
);

create index attributions_id_idx on content.attributions (id);
create index attributions_person_id_idx on content.attributions (person_id);
create index attributions_added_by_idx on content.attributions (added_by);

create trigger _010_freeze_key
before update of tenant_id, id, work_id on content.attributions
for each row execute function core.tg__freeze_key();

create trigger _100_keep_attribution
after delete on content.attributions
for each row execute function content.tg__keep_attribution();

create trigger _100_require_attribution
after insert on content.work_transitions
for each row when (new.to_state = 'published')
execute function content.tg_work_transitions__require_attribution();

create trigger _430_forget_names
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__forget_names();

comment on table content.attributions is 'Whom a work is by, as they want to be named.';
comment on column content.attributions.tenant_id is 'The organization.';
comment on column content.attributions.id is 'The id.';
comment on column content.attributions.work_id is 'The work.';
comment on column content.attributions.position is 'In which place they are named, from 1; places may be left out.';
comment on column content.attributions.credit is 'As what: teller, translator, photographer.';
comment on column content.attributions.person_id is 'The person behind the name, if they are one of this platform''s.';
comment on column content.attributions.named_as is 'The name, as they want to be called; a person says so themselves.';
comment on column content.attributions.added_by is 'Who named them.';
comment on column content.attributions.added_at is 'When.';

-- From schema/content/votes.sql
-- Who approves of a work, and how much. Nobody approves of their own.

create table content.votes (
    tenant_id uuid not null,
    work_id uuid not null,
    work_owner_id uuid not null,
    person_id uuid not null,
    weight smallint not null default 1,
    voted_at timestamptz not null default now(),
    constraint votes_pkey primary key (tenant_id, work_id, person_id),
    constraint votes_tenant_id_work_id_work_owner_id_fkey
        foreign key (tenant_id, work_id, work_owner_id) references content.works (tenant_id, id, owner_id),
    constraint votes_person_id_fkey foreign key (person_id) references core.people (id),
    constraint votes_person_id_check check (person_id <> work_owner_id),
    constraint votes_weight_check check (weight between 0 and 100)
);

create index votes_person_id_idx on content.votes (person_id);

-- After the row, and so after the policy: who may not vote on a work learns nothing else about it.
create trigger _100_settle
after insert on content.votes
for each row execute function content.tg_votes__settle();

create trigger _500_merge_votes
after update of merged_into on core.people
for each row when (new.merged_into is not null) execute function content.tg_people__merge_votes();

create trigger _450_take_back_votes
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__take_back_votes();

comment on table content.votes is 'Who approves of a work, and how much.';
comment on column content.votes.tenant_id is 'The organization.';
comment on column content.votes.work_id is 'The work.';
comment on column content.votes.work_owner_id is 'Whose work it is: nobody votes on their own.';
comment on column content.votes.person_id is 'Who approves.';
comment on column content.votes.weight is 'How much: nothing, or up to what the place allows.';
comment on column content.votes.voted_at is 'When.';

-- From schema/content/polls.sql
-- A question put to those who belong to a place, and what came out of it. Once it is put, nothing of it changes but its
-- options, until the first ballot: each ballot refers to the poll with the number of its options, so that a poll that
-- has a ballot cannot get another one. Once it is counted, nothing changes at all.

create table content.polls (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    work_id uuid,
    question text not null,
    description text not null default '',
    method content.poll_method not null,
    most smallint not null default 1,
    options smallint not null default 0,
    role_key text,
    electorate text not null generated always as (coalesce(role_key, '')) stored,
    anonymous boolean not null default false,
    may_change boolean not null default false,
    results_shown content.results_shown not null default 'after_close',
    quorum integer not null default 0,
    opened_by uuid not null,
    opened_at timestamptz not null default now(),
    closes_at timestamptz not null,
    counted_at timestamptz,
    ballots integer,
    tallies bigint[],
    places integer[],
    constraint polls_pkey primary key (tenant_id, id),
    -- For ballots.
    constraint polls_tenant_id_id_anonymous_method_most_options_key
        unique (tenant_id, id, anonymous, method, most, options),
    -- For decisions.
    constraint polls_tenant_id_id_scope_id_method_electorate_key
        unique (tenant_id, id, scope_id, method, electorate),
    constraint polls_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint polls_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint polls_tenant_id_role_key_fkey
        foreign key (tenant_id, role_key) references core.roles (tenant_id, key),
    constraint polls_opened_by_fkey foreign key (opened_by) references core.people (id),
    constraint polls_question_check check (length(btrim(question)) between 1 and 300),
    constraint polls_description_check check (length(description) <= 5000),
    constraint polls_most_check check (most between 1 and 100 and (method in ('score', 'dot') or most = 1)),
    constraint polls_options_check check (options between 0 and 50 and (method <> 'consent' or options in (0, 4))),
    -- Watched from vote to vote, results would tell who voted what; and a ballot that could be changed would have to
    -- be found again.
    constraint polls_anonymous_check check (not anonymous or (results_shown = 'after_close' and not may_change)),
    -- Nobody looks at the results and then votes otherwise.
    constraint polls_may_change_check check (not may_change or results_shown <> 'after_vote'),
    constraint polls_quorum_check check (quorum >= 0),
    constraint polls_closes_at_check check (closes_at > opened_at),
    constraint polls_counted_at_check check (counted_at >= closes_at),
    constraint polls_ballots_check check ((counted_at is null) = (ballots is null) and ballots >= 0),
    -- With fewer than three anonymous ballots, two who voted know of each other what they voted: then nothing is told.
    constraint polls_tallies_check check (
        (tallies is not null) = (counted_at is not null and (not anonymous or ballots >= 3))
        and cardinality(tallies) = options
        and cardinality(places) = options
        and (tallies is null) = (places is null)
    )
);

create index polls_scope_id_opened_at_idx on content.polls (scope_id, opened_at);
create index polls_tenant_id_scope_id_idx on content.polls (tenant_id, scope_id);
create index polls_tenant_id_work_id_idx on content.polls (tenant_id, work_id);
create index polls_tenant_id_role_key_idx on content.polls (tenant_id, role_key);
create index polls_opened_by_idx on content.polls (opened_by);
create index polls_closes_at_idx on content.polls (closes_at) where counted_at is null;

create trigger _010_freeze_key
before update of
    tenant_id, id, scope_id, work_id, question, description, method, most, role_key, anonymous, may_change,
    results_shown, quorum, opened_by, opened_at, closes_at
on content.polls
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on content.polls
for each statement execute function audit.tg__append_only();

create trigger _030_counted
before update on content.polls
for each row when (old.counted_at is not null) execute function audit.tg__append_only();

comment on table content.polls is 'Questions put to those who belong to a place, and what came out of them.';
comment on column content.polls.tenant_id is 'The organization.';
comment on column content.polls.id is 'The id.';
comment on column content.polls.scope_id is 'To whom it is put: those who belong to this place when they vote.';
comment on column content.polls.work_id is 'The work that it is about.';
comment on column content.polls.question is 'What is asked.';
comment on column content.polls.description is 'What there is to know about it.';
comment on column content.polls.method is 'How it is answered.';
comment on column content.polls.most is
    'The highest score that an option can get, or the dots that everybody shares out; otherwise 1.';
comment on column content.polls.options is 'How many options there are.';
comment on column content.polls.role_key is 'The role that somebody has to hold there to vote; without one, none.';
comment on column content.polls.electorate is 'The same role, or nothing where whoever belongs votes.';
comment on column content.polls.anonymous is 'Whether nobody learns who voted what.';
comment on column content.polls.may_change is 'Whether a ballot can be changed until the poll closes.';
comment on column content.polls.results_shown is 'When results can be seen.';
comment on column content.polls.quorum is 'How many ballots it takes.';
comment on column content.polls.opened_by is 'Who put it.';
comment on column content.polls.opened_at is 'When.';
comment on column content.polls.closes_at is 'Until when ballots are taken.';
comment on column content.polls.counted_at is 'When it was counted, after it had closed.';
comment on column content.polls.ballots is 'How many voted, once it is counted.';
comment on column content.polls.tallies is
    'What each option got, in their order, once it is counted; ask content.poll_results().';
comment on column content.polls.places is 'Which place each option took, in their order, once it is counted.';

-- From schema/content/poll_options.sql
-- What can be chosen in a poll, numbered without a gap. An option, once there, is never worded otherwise or taken away.

create table content.poll_options (
    tenant_id uuid not null,
    poll_id uuid not null,
    number smallint not null,
    previous smallint generated always as (nullif(number - 1, 0)) stored,
    label text not null,
    constraint poll_options_pkey primary key (tenant_id, poll_id, number),
    constraint poll_options_tenant_id_poll_id_label_key unique (tenant_id, poll_id, label),
    constraint poll_options_tenant_id_poll_id_fkey
        foreign key (tenant_id, poll_id) references content.polls (tenant_id, id),
    constraint poll_options_tenant_id_poll_id_previous_fkey
        foreign key (tenant_id, poll_id, previous) references content.poll_options (tenant_id, poll_id, number),
    constraint poll_options_number_check check (number >= 1),
    constraint poll_options_label_check check (length(btrim(label)) between 1 and 300)
);

create trigger _010_append_only
before update or delete or truncate on content.poll_options
for each statement execute function audit.tg__append_only();

-- The poll knows how many options it has, and thereby refuses another one when there is a ballot.
create trigger _100_count
after insert on content.poll_options
referencing new table as added
for each statement execute function content.tg_poll_options__count();

comment on table content.poll_options is 'What can be chosen in a poll.';
comment on column content.poll_options.tenant_id is 'The organization.';
comment on column content.poll_options.poll_id is 'The poll.';
comment on column content.poll_options.number is
    'Which option, from 1; of a poll for consent 1 agrees, 2 abstains, 3 objects, 4 blocks.';
comment on column content.poll_options.previous is 'The option before.';
comment on column content.poll_options.label is 'What it says.';

-- From schema/content/ballots.sql
-- The ballots of polls that are not anonymous: who voted what. The audit log does not follow them, for it can be read
-- while results are hidden; what a poll came to is in the log once it is counted.

create table content.ballots (
    tenant_id uuid not null,
    poll_id uuid not null,
    person_id uuid not null,
    anonymous boolean not null generated always as (false) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    cast_at timestamptz not null default now(),
    constraint ballots_pkey primary key (tenant_id, poll_id, person_id),
    -- A number for each option that there is; and no other option from now on.
    constraint ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint ballots_person_id_fkey foreign key (person_id) references core.people (id),
    constraint ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index ballots_person_id_idx on content.ballots (person_id);

create trigger _010_while_uncounted
before insert or update or delete on content.ballots
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before truncate on content.ballots
for each statement execute function audit.tg__append_only();

create trigger _600_merge_ballots
after update of merged_into on core.people
for each row when (new.merged_into is not null) execute function content.tg_people__merge_ballots();

comment on table content.ballots is 'The ballots of polls that are not anonymous.';
comment on column content.ballots.tenant_id is 'The organization.';
comment on column content.ballots.poll_id is 'The poll.';
comment on column content.ballots.person_id is 'Who voted.';
comment on column content.ballots.anonymous is 'Never: the key to its poll holds it to that.';
comment on column content.ballots.method is 'How the poll is answered; the key to it holds it true.';
comment on column content.ballots.most is
    'The highest score, or the dots there are; the key to the poll holds it true.';
comment on column content.ballots.choices is
    'What each option gets, in their order: 1 if it is chosen or approved of, its score, its rank, its dots; else 0.';
comment on column content.ballots.options is 'How many options there are; the key to the poll holds it true.';
comment on column content.ballots.cast_at is 'When, or when it was last changed.';

-- From schema/content/voters.sql
-- Who has voted in an anonymous poll, so that nobody does twice. It says neither when nor in which order: whenever
-- waiting ballots are shuffled these rows are, too, and all of a poll when it is counted.

create table content.voters (
    tenant_id uuid not null,
    poll_id uuid not null,
    person_id uuid not null,
    constraint voters_pkey primary key (tenant_id, poll_id, person_id),
    constraint voters_tenant_id_poll_id_fkey
        foreign key (tenant_id, poll_id) references content.polls (tenant_id, id),
    constraint voters_person_id_fkey foreign key (person_id) references core.people (id)
);

create index voters_person_id_idx on content.voters (person_id);

create trigger _010_while_uncounted
before insert or update or delete on content.voters
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before truncate on content.voters
for each statement execute function audit.tg__append_only();

comment on table content.voters is 'Who has voted in an anonymous poll.';
comment on column content.voters.tenant_id is 'The organization.';
comment on column content.voters.poll_id is 'The poll.';
comment on column content.voters.person_id is 'Who has voted.';

-- From schema/content/waiting_ballots.sql
-- Anonymous ballots that wait for their poll to close. The transaction that writes one also notes who has voted, so
-- that until the next shuffle whoever can read this table (nobody but a superuser) can tell whose it is. It is emptied
-- by truncating it (content._shuffle_ballots): what is deleted row by row stays in the file for a while, with the
-- number of the transaction that wrote it.

create table content.waiting_ballots (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    poll_id uuid not null,
    anonymous boolean not null generated always as (true) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    constraint waiting_ballots_pkey primary key (tenant_id, id),
    constraint waiting_ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint waiting_ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index waiting_ballots_tenant_id_poll_id_idx on content.waiting_ballots (tenant_id, poll_id);

create trigger _010_while_uncounted
before insert or update or delete on content.waiting_ballots
for each row execute function content.tg__while_uncounted();

comment on table content.waiting_ballots is 'Anonymous ballots that wait for their poll to close.';
comment on column content.waiting_ballots.tenant_id is 'The organization.';
comment on column content.waiting_ballots.id is 'Random, and another one after each shuffle.';
comment on column content.waiting_ballots.poll_id is 'The poll.';
comment on column content.waiting_ballots.anonymous is 'Always: the key to its poll holds it to that.';
comment on column content.waiting_ballots.method is 'How the poll is answered; the key to it holds it true.';
comment on column content.waiting_ballots.most is
    'The highest score, or the dots there are; the key to the poll holds it true.';
comment on column content.waiting_ballots.choices is 'What each option gets, as in ballots.';
comment on column content.waiting_ballots.options is 'How many options there are; the key to the poll holds it true.';

-- From schema/content/anonymous_ballots.sql
-- The ballots of anonymous polls, written all at once when their poll is counted, in random order and with random ids.
-- Nothing in them says whose they are, or when they were cast.

create table content.anonymous_ballots (
    tenant_id uuid not null,
    id uuid not null default gen_random_uuid(),
    poll_id uuid not null,
    anonymous boolean not null generated always as (true) stored,
    method content.poll_method not null,
    most smallint not null,
    choices integer[] not null,
    options smallint not null generated always as (cardinality(choices)) stored,
    constraint anonymous_ballots_pkey primary key (tenant_id, id),
    constraint anonymous_ballots_poll_fkey
        foreign key (tenant_id, poll_id, anonymous, method, most, options)
        references content.polls (tenant_id, id, anonymous, method, most, options),
    constraint anonymous_ballots_choices_check check (content._is_ballot(method, most, choices))
);

create index anonymous_ballots_tenant_id_poll_id_idx on content.anonymous_ballots (tenant_id, poll_id);

create trigger _010_while_uncounted
before insert on content.anonymous_ballots
for each row execute function content.tg__while_uncounted();

create trigger _020_append_only
before update or delete or truncate on content.anonymous_ballots
for each statement execute function audit.tg__append_only();

comment on table content.anonymous_ballots is 'The ballots of anonymous polls that are counted.';
comment on column content.anonymous_ballots.tenant_id is 'The organization.';
comment on column content.anonymous_ballots.id is 'Random: it tells no time.';
comment on column content.anonymous_ballots.poll_id is 'The poll.';
comment on column content.anonymous_ballots.anonymous is 'Always: the key to its poll holds it to that.';
comment on column content.anonymous_ballots.method is 'How the poll was answered; the key to it holds it true.';
comment on column content.anonymous_ballots.most is
    'The highest score, or the dots there were; the key to the poll holds it true.';
comment on column content.anonymous_ballots.choices is 'What each option got, as in ballots.';
comment on column content.anonymous_ballots.options is
    'How many options there were; the key to the poll holds it true.';

-- From schema/content/decision_matters.sql
-- What can be put to a group to decide, and thereby what a decision unlocks. Each module that asks for one adds it.

create table content.decision_matters (
    key text not null,
    module text not null,
    about_work boolean not null,
    description text not null,
    constraint decision_matters_pkey primary key (key),
    constraint decision_matters_key_about_work_key unique (key, about_work),
    constraint decision_matters_module_fkey foreign key (module) references core.platform_modules (module),
    constraint decision_matters_key_check check (key ~ '^[a-z_]+\.[a-z_]+$')
);

create index decision_matters_module_idx on content.decision_matters (module);

comment on table content.decision_matters is 'What can be put to a group to decide.';
comment on column content.decision_matters.key is 'The matter, as thing.deed.';
comment on column content.decision_matters.module is 'The module that asks for it.';
comment on column content.decision_matters.about_work is 'Whether it is decided of one work, or of the place.';
comment on column content.decision_matters.description is 'What is decided.';

-- From schema/content/decisions.sql
-- What groups decided, each by its process. The outcome follows from the poll when that is counted, whatever anybody
-- writes here (content.tg_decisions__follow). What a decision unlocks, it unlocks once accepted, for good or until a
-- later one revokes it.
--
-- What needs a decision refers to it by a key that contains what it unlocks, with that as a constant of its own: then
-- only a decision that was accepted can stand there. See content.work_transitions. That it is still in force when it is
-- used, content._decision_in_force() says.

create table content.decisions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    matter text not null,
    about_work boolean not null generated always as (work_id is not null) stored,
    work_id uuid,
    work_version integer,
    revokes uuid,
    process content.decision_process not null,
    poll_id uuid not null,
    method content.poll_method not null generated always as ('consent') stored,
    electorate text not null generated always as (
        case process when 'elder_council' then 'elder' when 'board' then 'board_member' else '' end
    ) stored,
    proposed_by uuid not null,
    proposed_at timestamptz not null default now(),
    outcome content.decision_outcome,
    decided_at timestamptz,
    unlocks text generated always as (case when outcome = 'accepted' and revokes is null then matter end) stored,
    overturns uuid generated always as (case when outcome = 'accepted' then revokes end) stored,
    revocation_id uuid,
    revoked_at timestamptz,
    constraint decisions_pkey primary key (tenant_id, id),
    -- For whatever needs a decision: of a place, and of a work.
    constraint decisions_tenant_id_id_scope_id_unlocks_key unique (tenant_id, id, scope_id, unlocks),
    constraint decisions_tenant_id_id_work_id_unlocks_key unique (tenant_id, id, work_id, unlocks),
    -- For a later one that revokes it, which is of the same matter and place.
    constraint decisions_tenant_id_id_scope_id_matter_key unique (tenant_id, id, scope_id, matter),
    -- For what it revokes.
    constraint decisions_tenant_id_id_overturns_key unique (tenant_id, id, overturns),
    constraint decisions_tenant_id_poll_id_key unique (tenant_id, poll_id),
    constraint decisions_matter_about_work_fkey
        foreign key (matter, about_work) references content.decision_matters (key, about_work),
    constraint decisions_tenant_id_work_id_work_version_fkey
        foreign key (tenant_id, work_id, work_version)
        references content.work_versions (tenant_id, work_id, number),
    -- Those whom its process asks were asked, in this place, for their consent.
    constraint decisions_poll_fkey
        foreign key (tenant_id, poll_id, scope_id, method, electorate)
        references content.polls (tenant_id, id, scope_id, method, electorate),
    constraint decisions_revokes_fkey
        foreign key (tenant_id, revokes, scope_id, matter)
        references content.decisions (tenant_id, id, scope_id, matter),
    constraint decisions_revocation_id_fkey
        foreign key (tenant_id, revocation_id, id) references content.decisions (tenant_id, id, overturns),
    constraint decisions_proposed_by_fkey foreign key (proposed_by) references core.people (id),
    constraint decisions_work_version_check check ((work_id is null) = (work_version is null)),
    constraint decisions_revoked_check check ((revocation_id is null) = (revoked_at is null))
);

create index decisions_scope_id_proposed_at_idx on content.decisions (scope_id, proposed_at);
create index decisions_matter_about_work_idx on content.decisions (matter, about_work);
create index decisions_tenant_id_work_id_idx on content.decisions (tenant_id, work_id);
create index decisions_tenant_id_revokes_idx on content.decisions (tenant_id, revokes);
create index decisions_tenant_id_revocation_id_idx on content.decisions (tenant_id, revocation_id);
create index decisions_proposed_by_idx on content.decisions (proposed_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, scope_id, matter, work_id, work_version, revokes, process, poll_id, proposed_by, proposed_at
on content.decisions
for each row execute function core.tg__freeze_key();

create trigger _020_append_only
before delete or truncate on content.decisions
for each statement execute function audit.tg__append_only();

create trigger _030_follow
before insert or update on content.decisions
for each row execute function content.tg_decisions__follow();

create trigger _100_decide
after update of counted_at on content.polls
for each row execute function content.tg_polls__decide();

-- Where a place has its works decided on, a work is published by a decision about it.
alter table content.work_transitions
add constraint work_transitions_decision_fkey
foreign key (tenant_id, decision_id, work_id, decision_unlocks)
references content.decisions (tenant_id, id, work_id, unlocks);

create index work_transitions_tenant_id_decision_id_idx on content.work_transitions (tenant_id, decision_id);

comment on table content.decisions is 'What groups decided, each by its process.';
comment on column content.decisions.tenant_id is 'The organization.';
comment on column content.decisions.id is 'The id.';
comment on column content.decisions.scope_id is 'The place whose decision it is.';
comment on column content.decisions.matter is 'What is decided.';
comment on column content.decisions.about_work is 'Whether it is about one work; the key to the matter holds it true.';
comment on column content.decisions.work_id is 'The work that it is about, if it is about one.';
comment on column content.decisions.work_version is 'The newest version at that time: the last one it is for.';
comment on column content.decisions.revokes is 'The decision that this one takes back, once it is accepted.';
comment on column content.decisions.process is 'How it is decided, as the place had it set when it was proposed.';
comment on column content.decisions.poll_id is 'The poll from which the outcome follows.';
comment on column content.decisions.method is 'Consent: the key to the poll holds it to that.';
comment on column content.decisions.electorate is
    'The role of those who decide, or nothing where whoever belongs does; the key to the poll holds it to that.';
comment on column content.decisions.proposed_by is 'Who proposed it.';
comment on column content.decisions.proposed_at is 'When.';
comment on column content.decisions.outcome is 'What was decided, once the poll is counted.';
comment on column content.decisions.decided_at is 'When the poll was counted.';
comment on column content.decisions.unlocks is
    'What may happen now, once it is accepted; a decision that revokes: nothing.';
comment on column content.decisions.overturns is 'The decision that it revoked, once it is accepted.';
comment on column content.decisions.revocation_id is 'The decision that revoked this one.';
comment on column content.decisions.revoked_at is 'Since when it is not in force any more.';

-- From schema/content/files.sql
-- Every file there is: what was announced before its bytes came, and what became of them. The bytes lie in a store
-- outside the database, under a key that follows from the row; nobody reads them but past a policy of what shows them.
-- What is dropped is out of everybody's sight at once; its row stays, and says when the store let go of the bytes.

create table content.files (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    storage_key text not null generated always as (tenant_id::text || '/' || id::text) stored,
    sha256 text not null,
    mime text not null,
    bytes bigint not null,
    encryption content.file_encryption not null default 'none',
    state content.file_state not null default 'expected',
    uploaded_by uuid not null,
    begun_at timestamptz not null default now(),
    arrived_at timestamptz,
    attached_at timestamptz,
    dropped_at timestamptz,
    constraint files_pkey primary key (tenant_id, id),
    constraint files_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint files_uploaded_by_fkey foreign key (uploaded_by) references core.people (id),
    constraint files_sha256_check check (sha256 ~ '^[0-9a-f]{64}$'),
    -- It goes into a header as it is.
    constraint files_mime_check check (mime ~ '^[a-z]+/[a-z0-9][a-z0-9.+-]*$' and length(mime) <= 127),
    -- No more than S3 takes in one piece.
    constraint files_bytes_check check (bytes between 1 and 5368709120),
    constraint files_arrived_at_check check (
        case state when 'expected' then arrived_at is null when 'arrived' then arrived_at is not null else true end
    ),
    constraint files_attached_at_check check (attached_at is null or arrived_at is not null),
    constraint files_dropped_at_check check (state <> 'gone' or dropped_at is not null)
);

create index files_id_idx on content.files (id);
create index files_tenant_id_scope_id_idx on content.files (tenant_id, scope_id);
create index files_uploaded_by_idx on content.files (uploaded_by);
create index files_begun_at_idx on content.files (begun_at) where attached_at is null and dropped_at is null;
create index files_dropped_at_idx on content.files (dropped_at) where state <> 'gone';

create trigger _010_freeze_key
before update of tenant_id, id, scope_id, sha256, mime, bytes, uploaded_by on content.files
for each row execute function core.tg__freeze_key();

create trigger _200_count_bytes
after insert or update of state or delete on content.files
for each row execute function content.tg_files__count_bytes();

comment on table content.files is 'Every file there is: what was announced, and what became of its bytes.';
comment on column content.files.tenant_id is 'The organization.';
comment on column content.files.id is 'The id.';
comment on column content.files.scope_id is 'The place whose storage it takes.';
comment on column content.files.storage_key is 'What the store calls it.';
comment on column content.files.sha256 is 'The SHA-256 of its bytes, as was announced; other bytes do not arrive.';
comment on column content.files.mime is 'What kind of file it is.';
comment on column content.files.bytes is 'How long it is.';
comment on column content.files.encryption is 'Whether the store keeps the bytes encrypted.';
comment on column content.files.state is 'Whether its bytes are expected, have arrived, or are gone.';
comment on column content.files.uploaded_by is 'Who announced it.';
comment on column content.files.begun_at is 'When it was announced.';
comment on column content.files.arrived_at is 'When its bytes had arrived, and were what had been announced.';
comment on column content.files.attached_at is
    'Since when a work shows it, or did; what nothing ever shows is dropped after a day.';
comment on column content.files.dropped_at is 'Since when the store has to let go of it.';

-- From schema/content/placements.sql
-- Where in a work there is something to see or hear: from a version on, until a version. Whoever reads such a version
-- knows of the place. What is there stands in content.media, and may be for fewer, or gone: then the place shows that
-- something is withheld, and not what.

create table content.placements (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    position integer not null,
    first_version integer,
    material_version integer generated always as (first_version) stored,
    last_version integer,
    constraint placements_pkey primary key (tenant_id, id),
    constraint placements_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint placements_tenant_id_work_id_position_key unique (tenant_id, work_id, position),
    constraint placements_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    -- What is new to see needs everyone's consent anew: it comes with a material version.
    constraint placements_first_version_fkey
        foreign key (tenant_id, work_id, first_version, material_version)
        references content.work_versions (tenant_id, work_id, number, material_version),
    constraint placements_last_version_fkey
        foreign key (tenant_id, work_id, last_version)
        references content.work_versions (tenant_id, work_id, number),
    constraint placements_position_check check (position >= 1),
    constraint placements_last_version_check check (
        last_version is null or (first_version is not null and last_version >= first_version)
    )
);

create index placements_id_idx on content.placements (id);
create index placements_first_version_idx
on content.placements (tenant_id, work_id, first_version, material_version);
create index placements_last_version_idx on content.placements (tenant_id, work_id, last_version);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, position on content.placements
for each row execute function core.tg__freeze_key();

comment on table content.placements is
    'Where in a work there is something to see or hear. A place without its medium: something is withheld.';
comment on column content.placements.tenant_id is 'The organization.';
comment on column content.placements.id is 'The id.';
comment on column content.placements.work_id is 'The work.';
comment on column content.placements.position is 'Which place in it, from 1.';
comment on column content.placements.first_version is
    'The first version that shows it; none before the next one is written that changes what is said.';
comment on column content.placements.material_version is 'The same: it is a version that changes what is said.';
comment on column content.placements.last_version is 'The last version that shows it; none while the newest does.';

-- From schema/content/media.sql
-- What there is to see or hear in a work: a file, with what says it in words. Its id is that of its place. It is read
-- with the work, or by fewer: it can stand under protocols of its own.

create table content.media (
    tenant_id uuid not null,
    id uuid not null,
    work_id uuid not null,
    file_id uuid not null,
    alt_text text not null,
    caption text not null default '',
    duration_ms integer,
    sensitivity content.sensitivity not null default 'none',
    protocol_set_id uuid,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint media_pkey primary key (tenant_id, id),
    constraint media_tenant_id_file_id_key unique (tenant_id, file_id),
    constraint media_tenant_id_work_id_id_fkey
        foreign key (tenant_id, work_id, id) references content.placements (tenant_id, work_id, id),
    constraint media_tenant_id_file_id_fkey
        foreign key (tenant_id, file_id) references content.files (tenant_id, id),
    constraint media_added_by_fkey foreign key (added_by) references core.people (id),
    constraint media_alt_text_check check (length(btrim(alt_text)) between 1 and 2000),
    constraint media_caption_check check (length(caption) <= 2000),
    constraint media_duration_ms_check check (duration_ms > 0)
);

create index media_id_idx on content.media (id);
create index media_tenant_id_work_id_id_idx on content.media (tenant_id, work_id, id);
create index media_added_by_idx on content.media (added_by);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, file_id on content.media
for each row execute function core.tg__freeze_key();

comment on table content.media is 'What there is to see or hear in a work.';
comment on column content.media.tenant_id is 'The organization.';
comment on column content.media.id is 'The id: that of its place in the work.';
comment on column content.media.work_id is 'The work.';
comment on column content.media.file_id is 'The file; no other medium shows it.';
comment on column content.media.alt_text is 'What is seen or heard, in words.';
comment on column content.media.caption is 'What is said about it.';
comment on column content.media.duration_ms is 'How long it takes, in thousandths of a second.';
comment on column content.media.sensitivity is 'What whoever reads may want to be warned of.';
comment on column content.media.protocol_set_id is
    'The protocols it stands under besides those of its work, if any: then it is for fewer, who open it first.';
comment on column content.media.added_by is 'Who added it.';
comment on column content.media.added_at is 'When.';

-- Who is forgotten takes along what there was to see in their works. After their decisions have ended, and their works
-- are locked for that.
create trigger _500_drop_files
after update of erased_at on core.people
for each row
when (old.erased_at is null and new.erased_at is not null)
execute function content.tg_people__drop_files();

-- From schema/content/search_entries.sql
-- The words by which works are found: one row for every version of a work that anybody reads now, or does while nobody
-- writes, because a window begins. That is its newest version, for those who make it and those who review it, and the
-- ones that its windows open. Of what stands under protocols title and summary alone stand here, opened or not.
--
-- Derived, from content.works and its versions; read it, never write it. Triggers keep it (content._keep_entries),
-- content.verify_search() recounts it. It is a first sieve and decides nothing: whoever is let through has to pass
-- content.known_works, which looks at windows, protocols and people as they are at that moment.

create table content.search_entries (
    tenant_id uuid not null,
    work_id uuid not null,
    version integer not null,
    created_at timestamptz not null,
    dictionary text not null,
    places uuid[] not null,
    audiences uuid[] not null,
    words tsvector not null,
    constraint search_entries_pkey primary key (tenant_id, work_id, version),
    constraint search_entries_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number)
);

-- One index for all that is asked at once. It is kept up to date at once, too: what waits in a list would have to be
-- read by everybody who searches.
create index search_entries_words_idx on content.search_entries
using gin (words, audiences, places) with (fastupdate = off);
create index search_entries_dictionary_idx on content.search_entries (dictionary);

create trigger _300_keep_entries
after update of
    title, summary, lang, created_at, protocol_set_id, state, current_version,
    public_version, public_during, organization_version, organization_during, community_version, community_during
on content.works
for each row when (
    (
        old.title, old.summary, old.lang, old.created_at, old.protocol_set_id is null,
        old.state in ('submitted', 'in_review'), old.current_version,
        case when old.public_during <> '{}' then old.public_version end,
        case when old.organization_during <> '{}' then old.organization_version end,
        case when old.community_during <> '{}' then old.community_version end
    ) is distinct from (
        new.title, new.summary, new.lang, new.created_at, new.protocol_set_id is null,
        new.state in ('submitted', 'in_review'), new.current_version,
        case when new.public_during <> '{}' then new.public_version end,
        case when new.organization_during <> '{}' then new.organization_version end,
        case when new.community_during <> '{}' then new.community_version end
    )
)
execute function content.tg_works__keep_entries();

-- A work is there before its first version.
create trigger _300_keep_entries
after insert on content.work_versions
for each row execute function content.tg_work_versions__keep_entries();

comment on table content.search_entries is 'The words by which works are found.';
comment on column content.search_entries.tenant_id is 'The organization.';
comment on column content.search_entries.work_id is 'The work.';
comment on column content.search_entries.version is 'Whose words these are.';
comment on column content.search_entries.created_at is 'When the work was begun: the newest comes first.';
comment on column content.search_entries.dictionary is 'How words are understood, as the language of the work has it.';
comment on column content.search_entries.places is 'The place of the work, and those above it.';
comment on column content.search_entries.audiences is
    'Whose people may come to read this version: a place, an organization; all zeros where everybody may.';
comment on column content.search_entries.words is
    'The words of title (A), summary (B) and text (C), and one that says how they are understood.';

-- From schema/consent/purposes.sql
-- What a consent can be for. Each is asked for alone: none follows from another.

create table consent.purposes (
    key text not null,
    name text not null,
    description text not null,
    dpv text not null,
    constraint purposes_pkey primary key (key),
    constraint purposes_key_check check (key ~ '^[a-z_]+$')
);

comment on table consent.purposes is 'What a consent can be for.';
comment on column consent.purposes.key is 'The purpose.';
comment on column consent.purposes.name is 'The purpose as people read it.';
comment on column consent.purposes.description is 'What it allows.';
comment on column consent.purposes.dpv is 'The nearest term of the Data Privacy Vocabulary.';

-- From schema/consent/consent_parties.sql
-- Who has to consent to a work: a person, or a community. All of them must.

create table consent.consent_parties (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    person_id uuid,
    scope_id uuid,
    capacity consent.party_capacity not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint consent_parties_pkey primary key (tenant_id, id),
    constraint consent_parties_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint consent_parties_tenant_id_work_id_person_id_key unique (tenant_id, work_id, person_id),
    constraint consent_parties_tenant_id_work_id_scope_id_key unique (tenant_id, work_id, scope_id),
    constraint consent_parties_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint consent_parties_person_id_fkey foreign key (person_id) references core.people (id),
    constraint consent_parties_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint consent_parties_added_by_fkey foreign key (added_by) references core.people (id),
    constraint consent_parties_party_check check (num_nonnulls(person_id, scope_id) = 1),
    constraint consent_parties_capacity_check check ((capacity = 'community') = (scope_id is not null))
);

create index consent_parties_id_idx on consent.consent_parties (id);
create index consent_parties_person_id_idx on consent.consent_parties (person_id);
create index consent_parties_tenant_id_scope_id_idx on consent.consent_parties (tenant_id, scope_id);
create index consent_parties_scope_id_idx on consent.consent_parties (scope_id);
create index consent_parties_added_by_idx on consent.consent_parties (added_by);

create trigger _010_freeze_key
before update on consent.consent_parties
for each row execute function core.tg__freeze_key();

-- Whoever makes a work is the first who has to consent to it, and stays one.
alter table content.works
add constraint works_tenant_id_id_owner_id_fkey
foreign key (tenant_id, id, owner_id) references consent.consent_parties (tenant_id, work_id, person_id)
deferrable initially deferred;

create trigger _100_add_owner
after insert on content.works
for each row execute function consent.tg_works__add_owner();

comment on table consent.consent_parties is 'Who has to consent to a work. All of them must.';
comment on column consent.consent_parties.tenant_id is 'The organization.';
comment on column consent.consent_parties.id is 'The id.';
comment on column consent.consent_parties.work_id is 'The work.';
comment on column consent.consent_parties.person_id is 'The person who has to consent, if it is a person.';
comment on column consent.consent_parties.scope_id is 'The community that has to consent, if it is a community.';
comment on column consent.consent_parties.capacity is 'As what.';
comment on column consent.consent_parties.added_by is 'Who said so.';
comment on column consent.consent_parties.added_at is 'When.';

-- From schema/consent/consents.sql
-- What each party decided, for which purpose and by which way of sharing, from when until when. At any instant one
-- decision stands, or none. A decision is never edited: another one ends it, from now on or later.

create table consent.consents (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    party_id uuid not null,
    purpose text not null,
    channel text,
    decision consent.decision not null,
    during tstzrange not null,
    through_version integer,
    attribution_required boolean not null default false,
    recorded_by uuid not null,
    recorded_at timestamptz not null default now(),
    constraint consents_pkey primary key (tenant_id, id),
    constraint consents_tenant_id_work_id_party_id_fkey
        foreign key (tenant_id, work_id, party_id)
        references consent.consent_parties (tenant_id, work_id, id),
    constraint consents_tenant_id_work_id_through_version_fkey
        foreign key (tenant_id, work_id, through_version)
        references content.work_versions (tenant_id, work_id, number),
    constraint consents_purpose_fkey foreign key (purpose) references consent.purposes (key),
    constraint consents_recorded_by_fkey foreign key (recorded_by) references core.people (id),
    constraint consents_overlap_excl exclude using gist (
        tenant_id with =, party_id with =, purpose with =, (coalesce(channel, '')) with =, during with &&
    ),
    constraint consents_channel_check check (channel ~ '^[a-z0-9]+([_.-][a-z0-9]+)*$' and length(channel) <= 63),
    constraint consents_during_check check (not lower_inf(during)),
    -- A consent is to what there was to read.
    constraint consents_through_version_check check ((decision = 'given') = (through_version is not null))
);

create index consents_tenant_id_work_id_party_id_idx on consent.consents (tenant_id, work_id, party_id);
create index consents_tenant_id_work_id_through_version_idx
on consent.consents (tenant_id, work_id, through_version);
create index consents_purpose_idx on consent.consents (purpose);
create index consents_recorded_by_idx on consent.consents (recorded_by);

create trigger _010_end_only
before update or delete on consent.consents
for each row execute function consent.tg_consents__end_only();

create trigger _020_append_only
before truncate on consent.consents
for each statement execute function audit.tg__append_only();

create trigger _100_keep_attribution
after insert on consent.consents
for each row when (new.decision = 'given' and new.attribution_required)
execute function content.tg__keep_attribution();

create trigger _400_follow_consent
after update of merged_into, erased_at on core.people
for each row when (
    old.merged_into is distinct from new.merged_into or old.erased_at is distinct from new.erased_at
) execute function consent.tg_people__follow();

comment on table consent.consents is 'What each party decided, for which purpose, from when until when.';
comment on column consent.consents.tenant_id is 'The organization.';
comment on column consent.consents.id is 'The id.';
comment on column consent.consents.work_id is 'The work.';
comment on column consent.consents.party_id is 'Whose decision it is.';
comment on column consent.consents.purpose is 'What for.';
comment on column consent.consents.channel is 'By which way of sharing alone, such as radio; without one, by any.';
comment on column consent.consents.decision is 'What was decided.';
comment on column consent.consents.during is
    'From when until when it stands; nothing, where another decision took its place before it began.';
comment on column consent.consents.through_version is 'The newest version at that time: the last one it is for.';
comment on column consent.consents.attribution_required is
    'Whether the party consents only if the work says whom it is by.';
comment on column consent.consents.recorded_by is 'Who wrote it down: the party, or their guardian.';
comment on column consent.consents.recorded_at is 'When.';

-- From schema/consent/effective.sql
-- What everyone's decisions come to: when a work may be used for a purpose. Derived; read it, never write it.

create table consent.effective (
    tenant_id uuid not null,
    work_id uuid not null,
    purpose text not null,
    channel text not null default '',
    version integer,
    during tstzmultirange not null,
    constraint effective_pkey primary key (tenant_id, work_id, purpose, channel),
    constraint effective_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint effective_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number),
    constraint effective_purpose_fkey foreign key (purpose) references consent.purposes (key),
    constraint effective_during_check check (during = '{}' or version is not null)
);

create index effective_tenant_id_work_id_version_idx
on consent.effective (tenant_id, work_id, version);
create index effective_purpose_idx on consent.effective (purpose);

comment on table consent.effective is 'When a work may be used for a purpose, as everyone''s decisions come to.';
comment on column consent.effective.tenant_id is 'The organization.';
comment on column consent.effective.work_id is 'The work.';
comment on column consent.effective.purpose is 'What for.';
comment on column consent.effective.channel is 'By which way of sharing; empty where no decision names one.';
comment on column consent.effective.version is
    'The newest version that everyone consented to; none, where somebody did not.';
comment on column consent.effective.during is 'When.';

-- From schema/consent/protocols.sql
-- What a community asks of whoever comes to what stands under its care: who may, in which season, and what they have to
-- acknowledge first. Only the community's own stewards set it. A protocol that is retired lets nobody pass.

create table consent.protocols (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    name text not null,
    kind text not null,
    description text not null default '',
    enforcement consent.protocol_enforcement not null default 'required',
    audience consent.protocol_audience not null,
    season_from text,
    season_until text,
    season_zone text,
    acknowledgement text,
    wording integer not null default 1,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    retired_at timestamptz,
    constraint protocols_pkey primary key (tenant_id, id),
    constraint protocols_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint protocols_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint protocols_created_by_fkey foreign key (created_by) references core.people (id),
    constraint protocols_name_check check (length(btrim(name)) between 1 and 200),
    constraint protocols_kind_check check (kind ~ '^[a-z_]+$' and length(kind) <= 63),
    constraint protocols_description_check check (length(description) <= 5000),
    constraint protocols_season_check check (num_nulls(season_from, season_until, season_zone) in (0, 3)),
    constraint protocols_season_from_check check (consent.is_day_of_year(season_from)),
    constraint protocols_season_until_check check (consent.is_day_of_year(season_until)),
    constraint protocols_season_zone_check check (core.is_zone(season_zone)),
    constraint protocols_acknowledgement_check check (length(btrim(acknowledgement)) between 1 and 5000)
);

create index protocols_id_idx on consent.protocols (id);
create index protocols_tenant_id_scope_id_level_idx on consent.protocols (tenant_id, scope_id, level);
create index protocols_created_by_idx on consent.protocols (created_by);
-- What somebody may pass who belongs to no community that asks it.
create index protocols_without_membership_idx on consent.protocols (id)
where audience = 'everybody' or enforcement <> 'required';

create trigger _010_freeze_key
before update of tenant_id, id, scope_id on consent.protocols
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.protocols
for each row execute function core.tg__touch();

create trigger _030_count_wordings
before update of acknowledgement, wording on consent.protocols
for each row execute function consent.tg_protocols__count_wordings();

comment on table consent.protocols is
    'What a community asks of whoever comes to what stands under its care.';
comment on column consent.protocols.tenant_id is 'The organization.';
comment on column consent.protocols.id is 'The id.';
comment on column consent.protocols.scope_id is 'The community.';
comment on column consent.protocols.level is 'A community is a place (2).';
comment on column consent.protocols.name is 'What the community calls it.';
comment on column consent.protocols.kind is
    'What it is about: seasonal, family, elders, or whatever the community says.';
comment on column consent.protocols.description is 'What it asks, in the community''s own words.';
comment on column consent.protocols.enforcement is 'Whether it is enforced, or only shown.';
comment on column consent.protocols.audience is 'Whom it lets pass.';
comment on column consent.protocols.season_from is
    'The first day of its season, as MM-DD; without one, it is always in season.';
comment on column consent.protocols.season_until is
    'The last day of its season, as MM-DD; a season may reach over the new year.';
comment on column consent.protocols.season_zone is 'Where these days begin and end, such as America/Winnipeg.';
comment on column consent.protocols.acknowledgement is
    'What has to be acknowledged before opening what stands under it.';
comment on column consent.protocols.wording is
    'How many wordings the acknowledgement has had: what was acknowledged is one of them.';
comment on column consent.protocols.created_by is 'Who set it first.';
comment on column consent.protocols.created_at is 'When.';
comment on column consent.protocols.updated_at is 'When it was last changed.';
comment on column consent.protocols.retired_at is 'Since when it is set no more, and lets nobody pass.';

-- From schema/consent/protocol_groups.sql
-- Groups of a community's members whom protocols can admit together: a family, those who were taught something.

create table consent.protocol_groups (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    name text not null,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint protocol_groups_pkey primary key (tenant_id, id),
    constraint protocol_groups_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint protocol_groups_tenant_id_scope_id_name_key unique (tenant_id, scope_id, name),
    constraint protocol_groups_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint protocol_groups_created_by_fkey foreign key (created_by) references core.people (id),
    constraint protocol_groups_name_check check (name = btrim(name) and length(name) between 1 and 200)
);

create index protocol_groups_id_idx on consent.protocol_groups (id);
create index protocol_groups_tenant_id_scope_id_level_idx on consent.protocol_groups (tenant_id, scope_id, level);
create index protocol_groups_created_by_idx on consent.protocol_groups (created_by);

create trigger _010_freeze_key
before update of tenant_id, id, scope_id on consent.protocol_groups
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_groups is 'Groups of a community''s members whom protocols can admit together.';
comment on column consent.protocol_groups.tenant_id is 'The organization.';
comment on column consent.protocol_groups.id is 'The id.';
comment on column consent.protocol_groups.scope_id is 'The community.';
comment on column consent.protocol_groups.level is 'A community is a place (2).';
comment on column consent.protocol_groups.name is 'What the community calls it.';
comment on column consent.protocol_groups.created_by is 'Who began it.';
comment on column consent.protocol_groups.created_at is 'When.';

-- From schema/consent/protocol_group_members.sql
-- Who is in a group: a membership in its community, not a person. It counts while the membership lives, and whoever
-- comes back has to be taken in anew.

create table consent.protocol_group_members (
    tenant_id uuid not null,
    group_id uuid not null,
    scope_id uuid not null,
    membership_id uuid not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint protocol_group_members_pkey primary key (tenant_id, group_id, membership_id),
    constraint protocol_group_members_tenant_id_group_id_scope_id_fkey
        foreign key (tenant_id, group_id, scope_id) references consent.protocol_groups (tenant_id, id, scope_id),
    constraint protocol_group_members_tenant_id_membership_id_scope_id_fkey
        foreign key (tenant_id, membership_id, scope_id) references core.memberships (tenant_id, id, scope_id),
    constraint protocol_group_members_added_by_fkey foreign key (added_by) references core.people (id)
);

create index protocol_group_members_tenant_id_group_id_scope_id_idx
on consent.protocol_group_members (tenant_id, group_id, scope_id);
create index protocol_group_members_tenant_id_membership_id_scope_id_idx
on consent.protocol_group_members (tenant_id, membership_id, scope_id);
create index protocol_group_members_added_by_idx on consent.protocol_group_members (added_by);

create trigger _010_freeze_key
before update on consent.protocol_group_members
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_group_members is 'Who is in a group that protocols can admit.';
comment on column consent.protocol_group_members.tenant_id is 'The organization.';
comment on column consent.protocol_group_members.group_id is 'The group.';
comment on column consent.protocol_group_members.scope_id is 'The community of both.';
comment on column consent.protocol_group_members.membership_id is 'Whose membership.';
comment on column consent.protocol_group_members.added_by is 'Who took them in.';
comment on column consent.protocol_group_members.added_at is 'When.';

-- From schema/consent/protocol_admissions.sql
-- Whom a protocol names: those who hold a role in its community, a group, or one member. Any one of them is enough.

create table consent.protocol_admissions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    protocol_id uuid not null,
    scope_id uuid not null,
    role_id uuid,
    group_id uuid,
    membership_id uuid,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint protocol_admissions_pkey primary key (tenant_id, id),
    constraint protocol_admissions_named_key
        unique nulls not distinct (tenant_id, protocol_id, role_id, group_id, membership_id),
    constraint protocol_admissions_tenant_id_protocol_id_scope_id_fkey
        foreign key (tenant_id, protocol_id, scope_id) references consent.protocols (tenant_id, id, scope_id),
    constraint protocol_admissions_tenant_id_role_id_fkey
        foreign key (tenant_id, role_id) references core.roles (tenant_id, id),
    constraint protocol_admissions_tenant_id_group_id_scope_id_fkey
        foreign key (tenant_id, group_id, scope_id) references consent.protocol_groups (tenant_id, id, scope_id),
    constraint protocol_admissions_tenant_id_membership_id_scope_id_fkey
        foreign key (tenant_id, membership_id, scope_id) references core.memberships (tenant_id, id, scope_id),
    constraint protocol_admissions_added_by_fkey foreign key (added_by) references core.people (id),
    constraint protocol_admissions_named_check check (num_nonnulls(role_id, group_id, membership_id) = 1)
);

create index protocol_admissions_id_idx on consent.protocol_admissions (id);
create index protocol_admissions_tenant_id_protocol_id_scope_id_idx
on consent.protocol_admissions (tenant_id, protocol_id, scope_id);
create index protocol_admissions_tenant_id_role_id_idx on consent.protocol_admissions (tenant_id, role_id);
create index protocol_admissions_tenant_id_group_id_scope_id_idx
on consent.protocol_admissions (tenant_id, group_id, scope_id);
create index protocol_admissions_tenant_id_membership_id_scope_id_idx
on consent.protocol_admissions (tenant_id, membership_id, scope_id);
create index protocol_admissions_added_by_idx on consent.protocol_admissions (added_by);

create trigger _010_freeze_key
before update on consent.protocol_admissions
for each row execute function core.tg__freeze_key();

comment on table consent.protocol_admissions is 'Whom a protocol names.';
comment on column consent.protocol_admissions.tenant_id is 'The organization.';
comment on column consent.protocol_admissions.id is 'The id.';
comment on column consent.protocol_admissions.protocol_id is 'The protocol.';
comment on column consent.protocol_admissions.scope_id is 'The community.';
comment on column consent.protocol_admissions.role_id is 'Those who hold this role in the community.';
comment on column consent.protocol_admissions.group_id is 'Those in this group.';
comment on column consent.protocol_admissions.membership_id is 'This member.';
comment on column consent.protocol_admissions.added_by is 'Who said so.';
comment on column consent.protocol_admissions.added_at is 'When.';

-- From schema/consent/protocol_sets.sql
-- What protocols a work stands under, or something to see in one. Written once for each combination and never changed:
-- works that stand under the same share it, and whether a reader passes is asked once for all of them. A work with a
-- set is restricted; without, it is not.

create table consent.protocol_sets (
    tenant_id uuid not null,
    id uuid not null,
    composition text not null,
    written_in xid8 not null default pg_current_xact_id(),
    constraint protocol_sets_pkey primary key (tenant_id, id),
    constraint protocol_sets_tenant_id_composition_key unique (tenant_id, composition),
    constraint protocol_sets_tenant_id_fkey foreign key (tenant_id) references core.organizations (id)
);

create index protocol_sets_id_idx on consent.protocol_sets (id);

alter table content.works
add constraint works_tenant_id_protocol_set_id_fkey
foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id);

create index works_tenant_id_protocol_set_id_idx on content.works (tenant_id, protocol_set_id);

alter table content.media
add constraint media_tenant_id_protocol_set_id_fkey
foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id);

create index media_tenant_id_protocol_set_id_idx on content.media (tenant_id, protocol_set_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_sets
for each statement execute function audit.tg__append_only();

comment on table consent.protocol_sets is 'What protocols works stand under, each combination once.';
comment on column consent.protocol_sets.tenant_id is 'The organization.';
comment on column consent.protocol_sets.id is 'The id, which follows from what it is made of.';
comment on column consent.protocol_sets.composition is 'What it is made of, in short: a hash of it.';
comment on column consent.protocol_sets.written_in is 'The transaction that wrote it, and all that it is made of.';

-- From schema/consent/protocol_set_communities.sql
-- The communities of a protocol set: whoever reads has to pass every one of them, and be barred from none.

create table consent.protocol_set_communities (
    tenant_id uuid not null,
    set_id uuid not null,
    scope_id uuid not null,
    match consent.protocol_match not null,
    constraint protocol_set_communities_pkey primary key (tenant_id, set_id, scope_id),
    constraint protocol_set_communities_tenant_id_set_id_fkey
        foreign key (tenant_id, set_id) references consent.protocol_sets (tenant_id, id),
    constraint protocol_set_communities_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id)
);

create index protocol_set_communities_tenant_id_scope_id_idx
on consent.protocol_set_communities (tenant_id, scope_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_set_communities
for each statement execute function audit.tg__append_only();

create trigger _020_written_at_once
after insert on consent.protocol_set_communities
referencing new table as new_rows
for each statement execute function consent.tg_protocol_sets__written_at_once();

comment on table consent.protocol_set_communities is
    'The communities of a protocol set: all of them have to be passed.';
comment on column consent.protocol_set_communities.tenant_id is 'The organization.';
comment on column consent.protocol_set_communities.set_id is 'The set.';
comment on column consent.protocol_set_communities.scope_id is 'The community.';
comment on column consent.protocol_set_communities.match is
    'Whether all of its protocols here have to be passed, or any.';

-- From schema/consent/protocol_set_members.sql
-- The protocols of a protocol set, by community.

create table consent.protocol_set_members (
    tenant_id uuid not null,
    set_id uuid not null,
    scope_id uuid not null,
    protocol_id uuid not null,
    constraint protocol_set_members_pkey primary key (tenant_id, set_id, protocol_id),
    constraint protocol_set_members_tenant_id_set_id_scope_id_fkey
        foreign key (tenant_id, set_id, scope_id)
        references consent.protocol_set_communities (tenant_id, set_id, scope_id),
    constraint protocol_set_members_tenant_id_protocol_id_scope_id_fkey
        foreign key (tenant_id, protocol_id, scope_id) references consent.protocols (tenant_id, id, scope_id)
);

create index protocol_set_members_tenant_id_set_id_scope_id_idx
on consent.protocol_set_members (tenant_id, set_id, scope_id);
create index protocol_set_members_tenant_id_protocol_id_scope_id_idx
on consent.protocol_set_members (tenant_id, protocol_id, scope_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_set_members
for each statement execute function audit.tg__append_only();

create trigger _020_written_at_once
after insert on consent.protocol_set_members
referencing new table as new_rows
for each statement execute function consent.tg_protocol_sets__written_at_once();

comment on table consent.protocol_set_members is 'The protocols of a protocol set.';
comment on column consent.protocol_set_members.tenant_id is 'The organization.';
comment on column consent.protocol_set_members.set_id is 'The set.';
comment on column consent.protocol_set_members.scope_id is 'The community.';
comment on column consent.protocol_set_members.protocol_id is 'The protocol.';

-- From schema/consent/protocol_acknowledgements.sql
-- Who acknowledged what a protocol asks, and in which wording. It opens nothing by itself: whoever no longer passes the
-- protocol gains nothing by having acknowledged it.

create table consent.protocol_acknowledgements (
    tenant_id uuid not null,
    -- It stays when its person is forgotten, so its key names nobody: the log would lose it.
    id uuid not null default core.new_id(),
    protocol_id uuid not null,
    person_id uuid not null,
    wording integer not null,
    acknowledged_at timestamptz not null default now(),
    constraint protocol_acknowledgements_pkey primary key (tenant_id, id),
    constraint protocol_acknowledgements_once_key unique (tenant_id, protocol_id, person_id, wording),
    constraint protocol_acknowledgements_tenant_id_protocol_id_fkey
        foreign key (tenant_id, protocol_id) references consent.protocols (tenant_id, id),
    constraint protocol_acknowledgements_person_id_fkey foreign key (person_id) references core.people (id)
);

create index protocol_acknowledgements_id_idx on consent.protocol_acknowledgements (id);
create index protocol_acknowledgements_person_id_idx on consent.protocol_acknowledgements (person_id);

create trigger _010_append_only
before update or delete or truncate on consent.protocol_acknowledgements
for each statement execute function audit.tg__append_only();

comment on table consent.protocol_acknowledgements is 'Who acknowledged what a protocol asks.';
comment on column consent.protocol_acknowledgements.tenant_id is 'The organization.';
comment on column consent.protocol_acknowledgements.id is 'The id.';
comment on column consent.protocol_acknowledgements.protocol_id is 'The protocol.';
comment on column consent.protocol_acknowledgements.person_id is 'Who.';
comment on column consent.protocol_acknowledgements.wording is 'Which wording of it.';
comment on column consent.protocol_acknowledgements.acknowledged_at is 'When.';

-- From schema/consent/openings.sql
-- Who opened a restricted work, or what is restricted in one, when, and until when they may read it. An opening lets
-- read in other transactions than its own: a reading that is rolled back leaves no trace, so what leaves none reads
-- nothing.

create table consent.openings (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    protocol_set_id uuid not null,
    person_id uuid not null,
    opened_at timestamptz not null default now(),
    open_until timestamptz not null,
    opened_in xid8 not null default pg_current_xact_id(),
    constraint openings_pkey primary key (tenant_id, id),
    constraint openings_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint openings_tenant_id_protocol_set_id_fkey
        foreign key (tenant_id, protocol_set_id) references consent.protocol_sets (tenant_id, id),
    constraint openings_person_id_fkey foreign key (person_id) references core.people (id),
    constraint openings_open_until_check check (open_until > opened_at)
);

create index openings_id_idx on consent.openings (id);
create index openings_tenant_id_work_id_idx on consent.openings (tenant_id, work_id);
create index openings_tenant_id_protocol_set_id_idx on consent.openings (tenant_id, protocol_set_id);
create index openings_person_id_open_until_idx on consent.openings (person_id, open_until);

create trigger _010_append_only
before update or delete or truncate on consent.openings
for each statement execute function audit.tg__append_only();

comment on table consent.openings is 'Who opened a restricted work, and until when they may read it.';
comment on column consent.openings.tenant_id is 'The organization.';
comment on column consent.openings.id is 'The id.';
comment on column consent.openings.work_id is 'The work.';
comment on column consent.openings.protocol_set_id is
    'The protocols that were passed: what stands under others has to be opened anew.';
comment on column consent.openings.person_id is 'Who.';
comment on column consent.openings.opened_at is 'When.';
comment on column consent.openings.open_until is 'Until when they may read it.';
comment on column consent.openings.opened_in is 'The transaction; it lets read in others.';

-- From schema/consent/agreements.sql
-- Who may use what for which purposes, as it was signed. Nothing is changed afterwards; an agreement can be ended. It
-- allows nothing by itself: what it covers is handed out as far as everyone consents.

create table consent.agreements (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    scope_id uuid not null,
    whole_scope boolean not null,
    recipient text not null,
    obligations text not null,
    document_sha256 text not null,
    during tstzrange not null,
    signed_by uuid not null,
    signed_at timestamptz not null default now(),
    constraint agreements_pkey primary key (tenant_id, id),
    constraint agreements_tenant_id_id_scope_id_key unique (tenant_id, id, scope_id),
    constraint agreements_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint agreements_signed_by_fkey foreign key (signed_by) references core.people (id),
    constraint agreements_recipient_check check (length(btrim(recipient)) between 1 and 300),
    constraint agreements_obligations_check check (length(obligations) <= 10000),
    constraint agreements_document_sha256_check check (document_sha256 ~ '^[0-9a-f]{64}$'),
    constraint agreements_during_check check (not isempty(during) and not lower_inf(during))
);

create index agreements_id_idx on consent.agreements (id);
create index agreements_tenant_id_scope_id_idx on consent.agreements (tenant_id, scope_id);
create index agreements_signed_by_idx on consent.agreements (signed_by);

create trigger _010_append_only
before update or delete or truncate on consent.agreements
for each statement execute function audit.tg__append_only();

comment on table consent.agreements is 'Who may use what for which purposes, as it was signed.';
comment on column consent.agreements.tenant_id is 'The organization.';
comment on column consent.agreements.id is 'The id.';
comment on column consent.agreements.scope_id is 'On whose behalf it was signed, and whose works it covers.';
comment on column consent.agreements.whole_scope is
    'Whether it covers all works of the scope and of what stands in it, or those it names.';
comment on column consent.agreements.recipient is 'With whom: an institution, a company.';
comment on column consent.agreements.obligations is 'What the recipient has to do, and not to do.';
comment on column consent.agreements.document_sha256 is 'The SHA-256 hash of the document that was signed.';
comment on column consent.agreements.during is 'From when until when it holds, if it is not ended before.';
comment on column consent.agreements.signed_by is 'Who signed it.';
comment on column consent.agreements.signed_at is 'When it was written down here.';

-- From schema/consent/agreement_ends.sql
-- Agreements that were ended before their time.

create table consent.agreement_ends (
    tenant_id uuid not null,
    agreement_id uuid not null,
    reason text not null,
    ended_by uuid not null,
    ended_at timestamptz not null default now(),
    constraint agreement_ends_pkey primary key (tenant_id, agreement_id),
    constraint agreement_ends_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_ends_ended_by_fkey foreign key (ended_by) references core.people (id),
    constraint agreement_ends_reason_check check (length(reason) <= 2000)
);

create index agreement_ends_ended_by_idx on consent.agreement_ends (ended_by);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_ends
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_ends is 'Agreements that were ended before their time.';
comment on column consent.agreement_ends.tenant_id is 'The organization.';
comment on column consent.agreement_ends.agreement_id is 'The agreement.';
comment on column consent.agreement_ends.reason is 'Why.';
comment on column consent.agreement_ends.ended_by is 'Who ended it.';
comment on column consent.agreement_ends.ended_at is 'When.';

-- From schema/consent/agreement_purposes.sql
-- What an agreement is for. What it does not name, it does not cover.

create table consent.agreement_purposes (
    tenant_id uuid not null,
    agreement_id uuid not null,
    purpose text not null,
    constraint agreement_purposes_pkey primary key (tenant_id, agreement_id, purpose),
    constraint agreement_purposes_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_purposes_purpose_fkey foreign key (purpose) references consent.purposes (key)
);

create index agreement_purposes_purpose_idx on consent.agreement_purposes (purpose);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_purposes
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_purposes is 'What an agreement is for.';
comment on column consent.agreement_purposes.tenant_id is 'The organization.';
comment on column consent.agreement_purposes.agreement_id is 'The agreement.';
comment on column consent.agreement_purposes.purpose is 'The purpose.';

-- From schema/consent/agreement_works.sql
-- The works that an agreement names, where it does not cover a whole scope.

create table consent.agreement_works (
    tenant_id uuid not null,
    agreement_id uuid not null,
    work_id uuid not null,
    constraint agreement_works_pkey primary key (tenant_id, agreement_id, work_id),
    constraint agreement_works_tenant_id_agreement_id_fkey
        foreign key (tenant_id, agreement_id) references consent.agreements (tenant_id, id),
    constraint agreement_works_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id)
);

create index agreement_works_tenant_id_work_id_idx on consent.agreement_works (tenant_id, work_id);

create trigger _010_append_only
before update or delete or truncate on consent.agreement_works
for each statement execute function audit.tg__append_only();

comment on table consent.agreement_works is 'The works that an agreement names.';
comment on column consent.agreement_works.tenant_id is 'The organization.';
comment on column consent.agreement_works.agreement_id is 'The agreement.';
comment on column consent.agreement_works.work_id is 'The work.';

-- From schema/consent/runs.sql
-- Each use of works by machine or by science: an analysis, a training, a study, a commercial export. Nothing is handed
-- out without one, and none is without an agreement on its purpose.

create table consent.runs (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    agreement_id uuid not null,
    scope_id uuid not null,
    purpose text not null,
    model text not null,
    channel text,
    started_by uuid,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    halted_at timestamptz,
    constraint runs_pkey primary key (tenant_id, id),
    constraint runs_tenant_id_agreement_id_scope_id_fkey
        foreign key (tenant_id, agreement_id, scope_id)
        references consent.agreements (tenant_id, id, scope_id),
    constraint runs_tenant_id_agreement_id_purpose_fkey
        foreign key (tenant_id, agreement_id, purpose)
        references consent.agreement_purposes (tenant_id, agreement_id, purpose),
    constraint runs_started_by_fkey foreign key (started_by) references core.people (id),
    constraint runs_model_check check (length(btrim(model)) between 1 and 300),
    constraint runs_channel_check check (channel ~ '^[a-z0-9]+([_.-][a-z0-9]+)*$' and length(channel) <= 63),
    constraint runs_ended_check check (finished_at is null or halted_at is null)
);

create index runs_id_idx on consent.runs (id);
create index runs_tenant_id_agreement_id_scope_id_idx on consent.runs (tenant_id, agreement_id, scope_id);
create index runs_tenant_id_agreement_id_purpose_idx on consent.runs (tenant_id, agreement_id, purpose);
create index runs_scope_id_idx on consent.runs (scope_id);
create index runs_started_by_idx on consent.runs (started_by);

create trigger _010_freeze_key
before update of
    tenant_id, id, agreement_id, scope_id, purpose, model, channel, started_by, started_at
on consent.runs
for each row execute function core.tg__freeze_key();

create trigger _020_end_once
before update of finished_at, halted_at on consent.runs
for each row when (old.finished_at is not null or old.halted_at is not null)
execute function audit.tg__append_only();

comment on table consent.runs is 'Each use of works by machine or by science.';
comment on column consent.runs.tenant_id is 'The organization.';
comment on column consent.runs.id is 'The id.';
comment on column consent.runs.agreement_id is 'The agreement that it rests on.';
comment on column consent.runs.scope_id is 'On whose behalf that was signed.';
comment on column consent.runs.purpose is 'What for; the agreement names it.';
comment on column consent.runs.model is 'By which model, or by whom: what is used, or who studies.';
comment on column consent.runs.channel is 'By which way it goes out, where consent can differ by it.';
comment on column consent.runs.started_by is 'Who began it; nobody, where a server did.';
comment on column consent.runs.started_at is 'When.';
comment on column consent.runs.finished_at is 'When it was done.';
comment on column consent.runs.halted_at is 'When it was halted: a work was taken back from it before it was done.';

-- From schema/consent/run_works.sql
-- Which version of which work was handed out to a run. When consent ends, it is recalled: what came of it goes, and
-- what cannot be brought back is called so.

create table consent.run_works (
    tenant_id uuid not null,
    run_id uuid not null,
    work_id uuid not null,
    version integer not null,
    handed_out_at timestamptz not null default now(),
    recalled_at timestamptz,
    irrevocable boolean not null default false,
    stands boolean generated always as (case when recalled_at is null then true end) stored,
    constraint run_works_pkey primary key (tenant_id, run_id, work_id),
    constraint run_works_tenant_id_run_id_work_id_stands_key unique (tenant_id, run_id, work_id, stands),
    constraint run_works_tenant_id_run_id_fkey foreign key (tenant_id, run_id) references consent.runs (tenant_id, id),
    constraint run_works_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number),
    constraint run_works_irrevocable_check check (not irrevocable or recalled_at is not null)
);

create index run_works_tenant_id_work_id_version_idx on consent.run_works (tenant_id, work_id, version);

create trigger _010_freeze_key
before update of tenant_id, run_id, work_id, version, handed_out_at on consent.run_works
for each row execute function core.tg__freeze_key();

create trigger _020_recall_once
before update of recalled_at, irrevocable on consent.run_works
for each row when (old.recalled_at is not null) execute function audit.tg__append_only();

comment on table consent.run_works is 'Which version of which work was handed out to a run.';
comment on column consent.run_works.tenant_id is 'The organization.';
comment on column consent.run_works.run_id is 'The run.';
comment on column consent.run_works.work_id is 'The work.';
comment on column consent.run_works.version is 'The version: the one that everyone consented to for the purpose.';
comment on column consent.run_works.handed_out_at is 'When.';
comment on column consent.run_works.recalled_at is 'When it was taken back, because consent had ended.';
comment on column consent.run_works.irrevocable is
    'Whether the run was done by then: what it took from the work cannot be brought back.';
comment on column consent.run_works.stands is 'True while it is not taken back: what came of it hangs on that.';

-- From schema/consent/results.sql
-- What came of a work in a run: an analysis, an embedding, a summary. Modules keep what it says in tables of their own,
-- which refer to this with on delete cascade: when consent ends, this row goes, and takes that along. There is none of
-- a work that was taken back.

create table consent.results (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    run_id uuid not null,
    work_id uuid not null,
    stands boolean not null generated always as (true) stored,
    kind text not null,
    recorded_at timestamptz not null default now(),
    constraint results_pkey primary key (tenant_id, id),
    constraint results_tenant_id_id_kind_key unique (tenant_id, id, kind),
    constraint results_tenant_id_run_id_work_id_stands_fkey
        foreign key (tenant_id, run_id, work_id, stands)
        references consent.run_works (tenant_id, run_id, work_id, stands),
    constraint results_kind_check check (kind ~ '^[a-z_]+$')
);

create index results_id_idx on consent.results (id);
create index results_tenant_id_run_id_work_id_stands_idx on consent.results (tenant_id, run_id, work_id, stands);
create index results_tenant_id_work_id_idx on consent.results (tenant_id, work_id);

create trigger _010_freeze_key
before update on consent.results
for each row execute function core.tg__freeze_key();

comment on table consent.results is 'What came of a work in a run.';
comment on column consent.results.tenant_id is 'The organization.';
comment on column consent.results.id is 'The id.';
comment on column consent.results.run_id is 'The run.';
comment on column consent.results.work_id is 'The work.';
comment on column consent.results.stands is 'That the work was not taken back from the run.';
comment on column consent.results.kind is 'What it is: the module that keeps it says so.';
comment on column consent.results.recorded_at is 'When it came in.';

-- From schema/consent/benefit_settings.sql
-- How a community shares what its works bring in, and by which process it decides about that.

create table consent.benefit_settings (
    tenant_id uuid not null,
    scope_id uuid not null,
    level smallint not null generated always as (2) stored,
    model consent.benefit_model not null,
    decision_process content.decision_process not null,
    rules jsonb not null default '{}',
    updated_by uuid not null,
    updated_at timestamptz not null default now(),
    constraint benefit_settings_pkey primary key (tenant_id, scope_id),
    constraint benefit_settings_tenant_id_scope_id_level_fkey
        foreign key (tenant_id, scope_id, level) references core.scopes (tenant_id, id, level),
    constraint benefit_settings_updated_by_fkey foreign key (updated_by) references core.people (id),
    constraint benefit_settings_rules_check check (jsonb_typeof(rules) = 'object'),
    constraint benefit_settings_custom_check check (model <> 'custom' or rules <> '{}')
);

create index benefit_settings_tenant_id_scope_id_level_idx
on consent.benefit_settings (tenant_id, scope_id, level);
create index benefit_settings_updated_by_idx on consent.benefit_settings (updated_by);

create trigger _010_freeze_key
before update of tenant_id, scope_id on consent.benefit_settings
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.benefit_settings
for each row execute function core.tg__touch();

comment on table consent.benefit_settings is 'How a community shares what its works bring in.';
comment on column consent.benefit_settings.tenant_id is 'The organization.';
comment on column consent.benefit_settings.scope_id is 'The community.';
comment on column consent.benefit_settings.level is 'A community is a place (2).';
comment on column consent.benefit_settings.model is
    'By which model: equal parts, by contribution, or by rules of its own.';
comment on column consent.benefit_settings.decision_process is 'How it decides about that.';
comment on column consent.benefit_settings.rules is 'What the model needs to know; of a custom one, the rules.';
comment on column consent.benefit_settings.updated_by is 'Who wrote it last.';
comment on column consent.benefit_settings.updated_at is 'When.';

-- From schema/consent/preferences.sql
-- What somebody would answer, by purpose, when nobody asked yet: it is proposed to them, and decides nothing. Encrypted
-- with their own key.

create table consent.preferences (
    person_id uuid not null,
    answers bytea not null,
    updated_at timestamptz not null default now(),
    constraint preferences_pkey primary key (person_id),
    constraint preferences_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint preferences_answers_check check (octet_length(answers) <= 4000)
);

create trigger _010_freeze_key
before update of person_id on consent.preferences
for each row execute function core.tg__freeze_key();

create trigger _020_touch
before update on consent.preferences
for each row execute function core.tg__touch();

create trigger _460_forget_preferences
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function consent.tg_people__forget_preferences();

comment on table consent.preferences is 'What somebody would answer, by purpose. No app role can read a row.';
comment on column consent.preferences.person_id is 'The person.';
comment on column consent.preferences.answers is 'Purpose by purpose given or refused, encrypted.';
comment on column consent.preferences.updated_at is 'When it was last written.';

-- From schema/consent/consent_evidence.sql
-- What shows that somebody decided, and who was there: a recording, a paper, a witness. Written once, encrypted with
-- the key of whoever decided.

create table consent.consent_evidence (
    tenant_id uuid not null,
    consent_id uuid not null,
    person_id uuid not null,
    evidence bytea,
    witness bytea,
    recorded_at timestamptz not null default now(),
    constraint consent_evidence_pkey primary key (tenant_id, consent_id),
    constraint consent_evidence_tenant_id_consent_id_fkey
        foreign key (tenant_id, consent_id) references consent.consents (tenant_id, id),
    constraint consent_evidence_person_id_fkey
        foreign key (person_id) references core.person_keys (person_id) on delete cascade,
    constraint consent_evidence_something_check check (num_nonnulls(evidence, witness) > 0),
    constraint consent_evidence_size_check check (greatest(octet_length(evidence), octet_length(witness)) <= 8000)
);

create index consent_evidence_person_id_idx on consent.consent_evidence (person_id);

create trigger _010_freeze_key
before update on consent.consent_evidence
for each row execute function core.tg__freeze_key();

comment on table consent.consent_evidence is 'What shows that somebody decided. No app role can read a row.';
comment on column consent.consent_evidence.tenant_id is 'The organization.';
comment on column consent.consent_evidence.consent_id is 'The decision.';
comment on column consent.consent_evidence.person_id is 'With whose key it is encrypted.';
comment on column consent.consent_evidence.evidence is 'What shows it, encrypted.';
comment on column consent.consent_evidence.witness is 'Who was there, encrypted.';
comment on column consent.consent_evidence.recorded_at is 'When it was written down.';

-- From schema/core/views/known_scopes.sql
-- The scopes that I can see, each with itself and those above it: what the policies of core.scopes say, for functions
-- that are above policies and have to ask; the oracle holds them to each other. Nobody else may read it.

create view core.known_scopes
with (security_invoker = true)
as
select
    s.tenant_id, s.id, s.kind, s.name, s.description, s.created_at,
    array[s.id, s.project_id, s.tenant_id] as places
from core.scopes s
where s.visibility = 'public'
    or (
        (
            s.id = any ((select core.reach(2))::uuid[])
            or s.id = any ((select core.reach(1))::uuid[])
            or s.id = any ((select core.reach(0))::uuid[])
            or (s.visibility = 'organization' and s.tenant_id = any ((select core.reach(0))::uuid[]))
            or s.tenant_id = any ((select core.granted('scope.read', 0))::uuid[])
            or s.project_id = any ((select core.granted('scope.read', 1))::uuid[])
            or s.id = any ((select core.granted('scope.read', 2))::uuid[])
        )
        and s.id not in (select core.barred())
    );

comment on view core.known_scopes is 'The scopes that I can see.';

-- From schema/audit/views/feature_flag_changes.sql
-- Who switched which module on or off, where and when: read from the log.

create view audit.feature_flag_changes
with (security_invoker = true)
as
select
    c.tenant_id,
    c.seq,
    c.recorded_at as changed_at,
    c.actor,
    c.operation::text as operation,
    (coalesce(c.clear, c.key)::jsonb ->> 'scope_id')::uuid as scope_id,
    coalesce(c.clear, c.key)::jsonb ->> 'module' as module,
    (c.clear::jsonb ->> 'enabled')::boolean as enabled
from audit.changes c
where c.table_name = 'core.feature_flags';

comment on view audit.feature_flag_changes is 'Who switched which module on or off, where and when.';

-- From schema/audit/views/hashed_changes.sql
-- Every change with its leaf: what the tree holds of it. RFC 6962 hashes a leaf behind a zero byte; the bytes are the
-- binary form of this record, in which every field stands with its type and its length. docs/audit-format.md says it
-- byte by byte. The one place that says what a leaf is.

create view audit.hashed_changes
with (security_invoker = true)
as
select
    c.*,
    sha256('\x00'::bytea || record_send(row(
        c.tenant_id, c.seq, c.era, c.xid, c.recorded_at, c.actor, c.role, c.session_role, c.flags, c.request_id,
        c.table_name, c.operation, c.key, c.clear, c.personal_commitment, c.body_commitment
    ))) as leaf
from audit.changes c;

comment on view audit.hashed_changes is 'Every change with its leaf: what the tree holds of it.';

-- From schema/content/views/known_works.sql
-- The works that I may know of, with the version that I read: the newest there is for those whom a work involves and
-- for its reviewers, for others the newest of those that are shared with them. Of what is restricted it is the version
-- that I read once I opened it.
--
-- What the policies of content.works and content.work_versions say, for functions that are above policies and have to
-- ask; the oracle holds them to each other. Nobody else may read it.

create view content.known_works
with (security_invoker = true)
as
select w.*, r.version as read_version
from content.works w
cross join lateral (
    select case
        when w.id in (select consent.asking_me()) then w.current_version
        when w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets()) then
            case
                when w.id in (select c.work_id from content._concerning_me() c) then w.current_version
                when w.state in ('submitted', 'in_review')
                    and w.scope_id = any ((select core.granted('work.review', 2))::uuid[])
                    then w.current_version
                when w.scope_id not in (select core.barred()) then greatest(
                    case when w.public_during @> now() then w.public_version end,
                    case
                        when w.organization_during @> now() and w.tenant_id = any ((select core.reach(0))::uuid[])
                            then w.organization_version
                    end,
                    case
                        when w.community_during @> now() and w.scope_id = any ((select core.reach(2))::uuid[])
                            then w.community_version
                    end
                )
            end
    end
    offset 0 -- asked once a work
) r (version)
where r.version is not null;

comment on view content.known_works is 'The works that I may know of, with the version that I read.';

-- From schema/content/views/legible_works.sql
-- The works whose body somebody may read, of those that they may read: what is restricted only once it was opened,
-- except to those whose consent it asks for. What hangs on a work, and is not its teaser, is read through this.

create view content.legible_works
with (security_invoker = true)
as
select w.*
from content.works w
where w.protocol_set_id is null
    or w.id in (select consent.asking_me())
    or w.id in (select consent.opened());

comment on view content.legible_works is 'The works whose body I may read.';

-- From schema/content/views/work_counters.sql
-- How much was said, felt and read of a work; for whoever may read it. Its score puts a comment above a reaction, and
-- leaves readings out: whoever reads something twice does not think twice as much of it.

create view content.work_counters
with (security_invoker = true)
as
select
    w.tenant_id,
    w.id as work_id,
    coalesce(sum(s.comments), 0)::bigint as comments,
    coalesce(sum(s.reactions), 0)::bigint as reactions,
    coalesce(sum(s.views), 0)::bigint as views,
    coalesce(3 * sum(s.comments) + sum(s.reactions), 0)::bigint as score
from content.works w
left join content.work_count_steps s on s.tenant_id = w.tenant_id and s.work_id = w.id
group by w.tenant_id, w.id;

comment on view content.work_counters is
    'How much was said, felt and read of a work. Its score is three times its comments, and its reactions.';

-- From schema/consent/views/stewards.sql
-- Who looks after a community's protocols, and what they may do in its name.

create view consent.stewards
with (security_invoker = true)
as
select
    m.tenant_id,
    m.scope_id,
    m.id as membership_id,
    m.person_id,
    bool_or(p.permission = 'work.review') as approve_stories,
    bool_or(p.permission = 'protocol.modify') as modify_protocols,
    bool_or(p.permission = 'protocol.admit') as manage_access,
    bool_or(p.permission = 'export.run') as export_data
from core.memberships m
join core.membership_roles r
    on r.tenant_id = m.tenant_id and r.membership_id = m.id and r.revoked_at is null
join core.role_permissions p on p.tenant_id = r.tenant_id and p.role_id = r.role_id
where m.level = 2 and m.status = 'active' and m.valid_during @> now()
group by m.tenant_id, m.scope_id, m.id, m.person_id
having bool_or(p.permission in ('protocol.modify', 'protocol.admit'));

comment on view consent.stewards is 'Who looks after a community''s protocols, and what they may do in its name.';

-- From policies/core/api_key_permissions.sql
-- What an API key may make use of is seen by whoever sees the key.

alter table core.api_key_permissions enable row level security;

create policy read_key on core.api_key_permissions
for select to authenticated
using (
    exists (select from core.api_keys k where k.id = api_key_permissions.api_key_id)
);

create policy read_backend on core.api_key_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.api_key_permissions to authenticated;
grant select on core.api_key_permissions to service_role, empathy_auditor;

-- From policies/core/api_keys.sql
-- An API key is seen by whoever made it, and by those who manage keys there. Its hash is not granted.

alter table core.api_keys enable row level security;

create policy read_manager on core.api_keys
for select to authenticated
using (
    person_id in (select core.my_people())
    or scope_id in (select core.scopes_with('key.manage'))
);

create policy read_backend on core.api_keys
for select to service_role, empathy_auditor
using (true);

grant select (
    id, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at,
    rotated_from, last_used_on, created_at, revoked_at
) on core.api_keys to authenticated;
grant select (
    id, tenant_id, scope_id, person_id, name, channel, requests_per_minute, expires_at,
    rotated_from, last_used_on, created_at, revoked_at
) on core.api_keys to service_role, empathy_auditor;

-- From policies/core/capabilities.sql
-- Everybody who is signed in may know what a sanction can take: a catalog, written by migrations.

alter table core.capabilities enable row level security;

create policy read_anyone on core.capabilities
for select to authenticated
using (
    true
);

create policy read_backend on core.capabilities
for select to service_role, empathy_auditor
using (true);

grant select on core.capabilities to authenticated;
grant select on core.capabilities to service_role, empathy_auditor;

-- From policies/core/error_codes.sql
-- Everybody may know what a refusal means: a catalog, written by migrations.

alter table core.error_codes enable row level security;

create policy read_anyone on core.error_codes
for select to anon, authenticated
using (
    true
);

create policy read_backend on core.error_codes
for select to service_role, empathy_auditor
using (true);

grant select on core.error_codes to anon, authenticated;
grant select on core.error_codes to service_role, empathy_auditor;

-- From policies/core/feature_flags.sql
-- Switches are seen by those who manage them; whether a module is on, core.module_on() tells.

alter table core.feature_flags enable row level security;

create policy read_manager on core.feature_flags
for select to authenticated
using (
    scope_id in (select core.scopes_with('module.manage'))
);

create policy read_backend on core.feature_flags
for select to service_role, empathy_auditor
using (true);

grant select on core.feature_flags to authenticated;
grant select on core.feature_flags to service_role, empathy_auditor;

-- From policies/core/identities.sql
-- My logins are mine to see.

alter table core.identities enable row level security;

create policy read_self on core.identities
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.identities
for select to service_role, empathy_auditor
using (true);

grant select on core.identities to authenticated;
grant select on core.identities to service_role, empathy_auditor;

-- From policies/core/instance_keys.sql
-- Keys of the installation: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.instance_keys enable row level security;

-- From policies/core/invitation_roles.sql
-- What an invitation brings is seen by whoever sees the invitation.

alter table core.invitation_roles enable row level security;

create policy read_invitation on core.invitation_roles
for select to authenticated
using (
    exists (
        select
        from core.invitations i
        where i.tenant_id = invitation_roles.tenant_id and i.id = invitation_roles.invitation_id
    )
);

create policy read_backend on core.invitation_roles
for select to service_role, empathy_auditor
using (true);

grant select on core.invitation_roles to authenticated;
grant select on core.invitation_roles to service_role, empathy_auditor;

-- From policies/core/invitations.sql
-- An invitation is seen by whoever made it, and by those who may invite there.

alter table core.invitations enable row level security;

create policy read_inviter on core.invitations
for select to authenticated
using (
    created_by in (select core.my_people())
    or scope_id in (select core.scopes_with('member.invite'))
);

create policy read_backend on core.invitations
for select to service_role, empathy_auditor
using (true);

-- The hash of the token and of the address are not granted to anybody.
grant select (
    tenant_id, id, scope_id, message, max_uses, uses, expires_at, created_by, created_at, revoked_at
) on core.invitations to authenticated;
grant select (
    tenant_id, id, scope_id, message, max_uses, uses, expires_at, created_by, created_at, revoked_at
) on core.invitations to service_role, empathy_auditor;

-- From policies/core/membership_permissions.sql
-- Single permissions of a membership are seen by the person, and by those who grant roles there or above.

alter table core.membership_permissions enable row level security;

create policy read_granter on core.membership_permissions
for select to authenticated
using (
    exists (
        select
        from core.memberships m
        where m.tenant_id = membership_permissions.tenant_id
            and m.id = membership_permissions.membership_id
            and (
                m.person_id in (select core.my_people())
                or m.tenant_id = any ((select core.granted('role.grant', 0))::uuid[])
                or m.project_id = any ((select core.granted('role.grant', 1))::uuid[])
                or m.scope_id = any ((select core.granted('role.grant', 2))::uuid[])
            )
    )
);

create policy read_backend on core.membership_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.membership_permissions to authenticated;
grant select on core.membership_permissions to service_role, empathy_auditor;

-- From policies/core/membership_roles.sql
-- The roles of a membership are seen by whoever sees the membership.

alter table core.membership_roles enable row level security;

create policy read_membership on core.membership_roles
for select to authenticated
using (
    exists (
        select
        from core.memberships m
        where m.tenant_id = membership_roles.tenant_id and m.id = membership_roles.membership_id
    )
);

create policy read_backend on core.membership_roles
for select to service_role, empathy_auditor
using (true);

-- The columns that only carry a key are left out.
grant select (
    tenant_id, id, membership_id, role_id, granted_by, granted_at, revoked_by, revoked_at
) on core.membership_roles to authenticated;
grant select on core.membership_roles to service_role, empathy_auditor;

-- From policies/core/memberships.sql
-- A membership is seen by the person and their guardian; while active, by those who may see who belongs to
-- the scope; always by those who manage its members, there or above.

alter table core.memberships enable row level security;

create policy read_self on core.memberships
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_fellow on core.memberships
for select to authenticated
using (
    status = 'active'
    and valid_during @> now()
    and scope_id = any ((select core.granted('member.read', 2))::uuid[])
    and scope_id not in (select core.barred())
);

create policy read_manager on core.memberships
for select to authenticated
using (
    (
        tenant_id = any ((select core.granted('member.manage', 0))::uuid[])
        or project_id = any ((select core.granted('member.manage', 1))::uuid[])
        or scope_id = any ((select core.granted('member.manage', 2))::uuid[])
    )
    and scope_id not in (select core.barred())
);

create policy read_backend on core.memberships
for select to service_role, empathy_auditor
using (true);

-- What somebody said when asking to join, and why they were suspended or banned, is not for their fellows:
-- core.membership_notes() tells it to those who manage members.
grant select (
    tenant_id, id, scope_id, level, project_id, person_id, status, valid_during, open_ended,
    invited_by, joined_at, last_active_on, created_at, updated_at, ended_at
) on core.memberships to authenticated;
grant select on core.memberships to service_role, empathy_auditor;

-- From policies/core/organizations.sql
-- An organization is seen by whoever sees its root scope: whoever belongs anywhere in it, and everybody when the scope
-- is public.

alter table core.organizations enable row level security;

create policy read_scope on core.organizations
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = organizations.id and s.id = organizations.id
    )
);

create policy read_backend on core.organizations
for select to service_role, empathy_auditor
using (true);

grant select on core.organizations to anon, authenticated;
grant select on core.organizations to service_role, empathy_auditor;

-- From policies/core/owner_counts.sql
-- A derived count: for servers and auditors, who recount it.

alter table core.owner_counts enable row level security;

create policy read_backend on core.owner_counts
for select to service_role, empathy_auditor
using (true);

grant select on core.owner_counts to service_role, empathy_auditor;

-- From policies/core/people.sql
-- A person is seen by themselves, by their guardian, and by whoever sees a membership of theirs: that is, by
-- those they share a scope with.

alter table core.people enable row level security;

-- An array, so that a list begins with those I know and not with everybody; my own row needs none.
create policy read_known on core.people
for select to authenticated
using (
    id = (select core.me())
    or id = any ((select core.known_people())::uuid[])
);

create policy read_backend on core.people
for select to service_role, empathy_auditor
using (true);

-- Who guards whom, and where somebody lives or when they died, is not for everybody they share a scope with:
-- core.my_profile() tells it to the person and their guardian.
grant select (
    id, handle, display_name, bio, avatar_url, locale, created_at, updated_at, erased_at
) on core.people to authenticated;
grant select on core.people to service_role, empathy_auditor;

-- From policies/core/permissions.sql
-- Everybody who is signed in may know what can be allowed: a catalog, written by migrations.

alter table core.permissions enable row level security;

create policy read_anyone on core.permissions
for select to authenticated
using (
    true
);

create policy read_backend on core.permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.permissions to authenticated;
grant select on core.permissions to service_role, empathy_auditor;

-- From policies/core/person_keys.sql
-- Keys of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.person_keys enable row level security;

-- From policies/core/person_limits.sql
-- My tier is mine to see.

alter table core.person_limits enable row level security;

create policy read_self on core.person_limits
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.person_limits
for select to service_role, empathy_auditor
using (true);

grant select on core.person_limits to authenticated;
grant select on core.person_limits to service_role, empathy_auditor;

-- From policies/core/person_secrets.sql
-- Secrets of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.person_secrets enable row level security;

-- From policies/core/platform_config.sql
-- The installation's own settings: for servers and auditors.

alter table core.platform_config enable row level security;

create policy read_backend on core.platform_config
for select to service_role, empathy_auditor
using (true);

grant select on core.platform_config to service_role, empathy_auditor;

-- From policies/core/platform_modules.sql
-- Everybody who is signed in may know the modules: a catalog, written by migrations.

alter table core.platform_modules enable row level security;

create policy read_anyone on core.platform_modules
for select to authenticated
using (
    true
);

create policy read_backend on core.platform_modules
for select to service_role, empathy_auditor
using (true);

grant select on core.platform_modules to authenticated;
grant select on core.platform_modules to service_role, empathy_auditor;

-- From policies/core/project_domains.sql
-- Claims on host names are for those who manage the domains of the project. A server asks
-- core.project_of_host().

alter table core.project_domains enable row level security;

create policy read_manager on core.project_domains
for select to authenticated
using (
    (
        tenant_id = any ((select core.granted('domain.manage', 0))::uuid[])
        or project_id = any ((select core.granted('domain.manage', 1))::uuid[])
    )
    and project_id not in (select core.barred())
);

create policy read_backend on core.project_domains
for select to service_role, empathy_auditor
using (true);

grant select on core.project_domains to authenticated;
grant select on core.project_domains to service_role, empathy_auditor;

-- From policies/core/project_themes.sql
-- The look of a project is seen by whoever sees the project.

alter table core.project_themes enable row level security;

create policy read_scope on core.project_themes
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = project_themes.tenant_id and s.id = project_themes.project_id
    )
);

create policy read_backend on core.project_themes
for select to service_role, empathy_auditor
using (true);

grant select on core.project_themes to anon, authenticated;
grant select on core.project_themes to service_role, empathy_auditor;

-- From policies/core/projects.sql
-- A project is seen by whoever sees its scope.

alter table core.projects enable row level security;

create policy read_scope on core.projects
for select to anon, authenticated
using (
    exists (
        select
        from core.scopes s
        where s.tenant_id = projects.tenant_id and s.id = projects.id
    )
);

create policy read_backend on core.projects
for select to service_role, empathy_auditor
using (true);

grant select on core.projects to anon, authenticated;
grant select on core.projects to service_role, empathy_auditor;

-- From policies/core/quota_resources.sql
-- Everybody who is signed in may know what can be limited: a catalog, written by migrations.

alter table core.quota_resources enable row level security;

create policy read_anyone on core.quota_resources
for select to authenticated
using (
    true
);

create policy read_backend on core.quota_resources
for select to service_role, empathy_auditor
using (true);

grant select on core.quota_resources to authenticated;
grant select on core.quota_resources to service_role, empathy_auditor;

-- From policies/core/quotas.sql
-- Quotas are seen by those who manage the scope.

alter table core.quotas enable row level security;

create policy read_manager on core.quotas
for select to authenticated
using (
    scope_id in (select core.scopes_with('scope.manage'))
);

create policy read_backend on core.quotas
for select to service_role, empathy_auditor
using (true);

grant select on core.quotas to authenticated;
grant select on core.quotas to service_role, empathy_auditor;

-- From policies/core/rate_counters.sql
-- Request counts: nobody reads this table. A server counts through core.count_request().
-- no policy: row level security without one shows no row to anybody but the owner.

alter table core.rate_counters enable row level security;

-- From policies/core/role_permissions.sql
-- What the roles of an organization carry is seen by whoever belongs anywhere in it.

alter table core.role_permissions enable row level security;

create policy read_member on core.role_permissions
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on core.role_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.role_permissions to authenticated;
grant select on core.role_permissions to service_role, empathy_auditor;

-- From policies/core/role_template_permissions.sql
-- Everybody who is signed in may know what the starting roles carry: a catalog, written by migrations.

alter table core.role_template_permissions enable row level security;

create policy read_anyone on core.role_template_permissions
for select to authenticated
using (
    true
);

create policy read_backend on core.role_template_permissions
for select to service_role, empathy_auditor
using (true);

grant select on core.role_template_permissions to authenticated;
grant select on core.role_template_permissions to service_role, empathy_auditor;

-- From policies/core/role_templates.sql
-- Everybody who is signed in may know the starting roles: a catalog, written by migrations.

alter table core.role_templates enable row level security;

create policy read_anyone on core.role_templates
for select to authenticated
using (
    true
);

create policy read_backend on core.role_templates
for select to service_role, empathy_auditor
using (true);

grant select on core.role_templates to authenticated;
grant select on core.role_templates to service_role, empathy_auditor;

-- From policies/core/roles.sql
-- The roles of an organization are seen by whoever belongs anywhere in it.

alter table core.roles enable row level security;

create policy read_member on core.roles
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on core.roles
for select to service_role, empathy_auditor
using (true);

grant select on core.roles to authenticated;
grant select on core.roles to service_role, empathy_auditor;

-- From policies/core/sanction_appeals.sql
-- An appeal is seen by whoever sees the sanction.

alter table core.sanction_appeals enable row level security;

create policy read_sanction on core.sanction_appeals
for select to authenticated
using (
    exists (
        select
        from core.sanctions s
        where s.tenant_id = sanction_appeals.tenant_id and s.id = sanction_appeals.sanction_id
    )
);

create policy read_backend on core.sanction_appeals
for select to service_role, empathy_auditor
using (true);

grant select on core.sanction_appeals to authenticated;
grant select on core.sanction_appeals to service_role, empathy_auditor;

-- From policies/core/sanctions.sql
-- A sanction is seen by the person it concerns, and by those who impose or judge sanctions there.

alter table core.sanctions enable row level security;

create policy read_self on core.sanctions
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_moderator on core.sanctions
for select to authenticated
using (
    scope_id in (select core.scopes_with('sanction.impose'))
    or scope_id in (select core.scopes_with('sanction.judge'))
);

create policy read_backend on core.sanctions
for select to service_role, empathy_auditor
using (true);

grant select on core.sanctions to authenticated;
grant select on core.sanctions to service_role, empathy_auditor;

-- From policies/core/scope_kinds.sql
-- Everybody who is signed in may know the kinds of scope: a catalog, written by migrations.

alter table core.scope_kinds enable row level security;

create policy read_anyone on core.scope_kinds
for select to authenticated
using (
    true
);

create policy read_backend on core.scope_kinds
for select to service_role, empathy_auditor
using (true);

grant select on core.scope_kinds to authenticated;
grant select on core.scope_kinds to service_role, empathy_auditor;

-- From policies/core/scopes.sql
-- A scope is found by its members and those above them in charge, by the organization or by everybody, as its
-- visibility says. Finding it gives nothing of what is in it.

alter table core.scopes enable row level security;

create policy read_member on core.scopes
for select to authenticated
using (
    (
        -- Where I belong, and what that stands in: a place is nothing without its project and organization.
        id = any ((select core.reach(2))::uuid[])
        or id = any ((select core.reach(1))::uuid[])
        or id = any ((select core.reach(0))::uuid[])
        or (visibility = 'organization' and tenant_id = any ((select core.reach(0))::uuid[]))
        or tenant_id = any ((select core.granted('scope.read', 0))::uuid[])
        or project_id = any ((select core.granted('scope.read', 1))::uuid[])
        or id = any ((select core.granted('scope.read', 2))::uuid[])
    )
    and id not in (select core.barred())
);

create policy read_public on core.scopes
for select to anon, authenticated
using (
    visibility = 'public'
);

create policy read_backend on core.scopes
for select to service_role, empathy_auditor
using (true);

-- Who made it is not for everybody.
grant select (
    tenant_id, id, kind, level, parent_id, parent_level, project_id, slug, name, description, visibility,
    created_at, updated_at, archived_at
) on core.scopes to anon;
grant select on core.scopes to authenticated;
grant select on core.scopes to service_role, empathy_auditor;

-- From policies/core/setting_definitions.sql
-- Everybody who is signed in may know the settings there are: a catalog, written by migrations.

alter table core.setting_definitions enable row level security;

create policy read_anyone on core.setting_definitions
for select to authenticated
using (
    true
);

create policy read_backend on core.setting_definitions
for select to service_role, empathy_auditor
using (true);

grant select on core.setting_definitions to authenticated;
grant select on core.setting_definitions to service_role, empathy_auditor;

-- From policies/core/settings.sql
-- Settings are seen by those who manage them; what one is worth in a scope, core.setting() tells.

alter table core.settings enable row level security;

create policy read_manager on core.settings
for select to authenticated
using (
    scope_id in (select core.scopes_with('setting.manage'))
);

create policy read_backend on core.settings
for select to service_role, empathy_auditor
using (true);

grant select on core.settings to authenticated;
grant select on core.settings to service_role, empathy_auditor;

-- From policies/core/tier_limits.sql
-- Everybody who is signed in may know what the tiers allow: a catalog, written by migrations.

alter table core.tier_limits enable row level security;

create policy read_anyone on core.tier_limits
for select to authenticated
using (
    true
);

create policy read_backend on core.tier_limits
for select to service_role, empathy_auditor
using (true);

grant select on core.tier_limits to authenticated;
grant select on core.tier_limits to service_role, empathy_auditor;

-- From policies/core/tiers.sql
-- Everybody who is signed in may know the tiers: a catalog, written by migrations.

alter table core.tiers enable row level security;

create policy read_anyone on core.tiers
for select to authenticated
using (
    true
);

create policy read_backend on core.tiers
for select to service_role, empathy_auditor
using (true);

grant select on core.tiers to authenticated;
grant select on core.tiers to service_role, empathy_auditor;

-- From policies/core/trust_scores.sql
-- My trust score, with its explanation, is mine to see.

alter table core.trust_scores enable row level security;

create policy read_self on core.trust_scores
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on core.trust_scores
for select to service_role, empathy_auditor
using (true);

grant select on core.trust_scores to authenticated;
grant select on core.trust_scores to service_role, empathy_auditor;

-- From policies/core/usage_shards.sql
-- Counters in shards: read through core.quota_use(). Servers and auditors may see them to recount.

alter table core.usage_shards enable row level security;

create policy read_backend on core.usage_shards
for select to service_role, empathy_auditor
using (true);

grant select on core.usage_shards to service_role, empathy_auditor;

-- From policies/core/verification_looks.sql
-- Whoever may see a verification may see who looked at its evidence, when and why.

alter table core.verification_looks enable row level security;

create policy read_subject on core.verification_looks
for select to authenticated
using (
    exists (select from core.verifications v where v.id = verification_looks.verification_id)
);

create policy read_backend on core.verification_looks
for select to service_role, empathy_auditor
using (true);

grant select on core.verification_looks to authenticated;
grant select on core.verification_looks to service_role, empathy_auditor;

-- From policies/core/verifications.sql
-- A verification is seen by the person, or by those who manage the organization, that it is about, and by the
-- platform's compliance. Its evidence is for compliance alone, through core.look_at_evidence().

alter table core.verifications enable row level security;

create policy read_subject on core.verifications
for select to authenticated
using (
    person_id in (select core.my_people())
    or organization_id = any ((select core.granted('scope.manage', 2))::uuid[])
);

create policy read_compliance on core.verifications
for select to authenticated
using (
    (select core.platform_can('verification.read'))
);

create policy read_backend on core.verifications
for select to service_role, empathy_auditor
using (true);

-- Where the evidence lies is not granted, so that no look goes unrecorded.
grant select (
    id, kind, person_id, organization_id, document_type, status, verifier, decided_at, valid_during,
    reason, created_at, updated_at
) on core.verifications to authenticated;
grant select (
    id, kind, person_id, organization_id, document_type, status, verifier, decided_by, decided_at,
    valid_during, reason, created_at, updated_at
) on core.verifications to service_role, empathy_auditor;

-- From policies/ops/column_classes.sql
-- What columns hold: for servers and auditors.

alter table ops.column_classes enable row level security;

create policy read_backend on ops.column_classes
for select to service_role, empathy_auditor
using (true);

grant select on ops.column_classes to service_role, empathy_auditor;

-- From policies/ops/exports.sql
-- An export is seen by whoever asked for it, by the person it is about, and by those who may export there.

alter table ops.exports enable row level security;

create policy read_requester on ops.exports
for select to authenticated
using (
    requested_by in (select core.my_people())
    or person_id in (select core.my_people())
    or scope_id in (select core.scopes_with('export.run'))
);

create policy read_backend on ops.exports
for select to service_role, empathy_auditor
using (true);

grant select on ops.exports to authenticated;
grant select on ops.exports to service_role, empathy_auditor;

-- From policies/ops/jobs.sql
-- What runs by itself: for servers and auditors.

alter table ops.jobs enable row level security;

create policy read_backend on ops.jobs
for select to service_role, empathy_auditor
using (true);

grant select on ops.jobs to service_role, empathy_auditor;

-- From policies/ops/legal_holds.sql
-- Legal holds are seen by those who manage them there.

alter table ops.legal_holds enable row level security;

create policy read_manager on ops.legal_holds
for select to authenticated
using (
    scope_id in (select core.scopes_with('hold.manage'))
);

create policy read_backend on ops.legal_holds
for select to service_role, empathy_auditor
using (true);

grant select on ops.legal_holds to authenticated;
grant select on ops.legal_holds to service_role, empathy_auditor;

-- From policies/ops/migration_telemetry.sql
-- Every migration that was run here: for servers and auditors.

alter table ops.migration_telemetry enable row level security;

create policy read_backend on ops.migration_telemetry
for select to service_role, empathy_auditor
using (true);

grant select on ops.migration_telemetry to service_role, empathy_auditor;

-- From policies/ops/outbox.sql
-- What the world outside must hear of: a server sends it.

alter table ops.outbox enable row level security;

create policy read_backend on ops.outbox
for select to service_role, empathy_auditor
using (true);

grant select on ops.outbox to service_role, empathy_auditor;

-- From policies/ops/table_classes.sql
-- What tables hold: for servers and auditors.

alter table ops.table_classes enable row level security;

create policy read_backend on ops.table_classes
for select to service_role, empathy_auditor
using (true);

grant select on ops.table_classes to service_role, empathy_auditor;

-- From policies/audit/activity.sql
-- My own; in an organization, that of its members for whom it lets look into its log.

alter table audit.activity enable row level security;

create policy read_self on audit.activity
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_auditing on audit.activity
for select to authenticated
using (
    tenant_id = any ((select core.granted('audit.read', 2))::uuid[]) -- it does not reach down: held at the root
);

create policy read_backend on audit.activity
for select to service_role, empathy_auditor
using (true);

grant select on audit.activity to authenticated, service_role, empathy_auditor;

-- From policies/audit/archived_months.sql
-- For servers and auditors.

alter table audit.archived_months enable row level security;

create policy read_backend on audit.archived_months
for select to service_role, empathy_auditor
using (true);

grant select on audit.archived_months to service_role, empathy_auditor;

-- From policies/audit/blocks.sql
-- For servers and auditors.

alter table audit.blocks enable row level security;

create policy read_backend on audit.blocks
for select to service_role, empathy_auditor
using (true);

grant select on audit.blocks to service_role, empathy_auditor;

-- From policies/audit/changes.sql
-- Whole, for servers and auditors. Others ask audit.history() and audit.my_history(), which leave out what is not
-- theirs to see.

alter table audit.changes enable row level security;

create policy read_backend on audit.changes
for select to service_role, empathy_auditor
using (true);

grant select on audit.changes to service_role, empathy_auditor;
grant select on audit.hashed_changes, audit.feature_flag_changes to service_role, empathy_auditor;

-- From policies/audit/eras.sql
-- For servers and auditors.

alter table audit.eras enable row level security;

create policy read_backend on audit.eras
for select to service_role, empathy_auditor
using (true);

grant select on audit.eras to service_role, empathy_auditor;

-- From policies/audit/erasure_orders.sql
-- For servers and auditors.

alter table audit.erasure_orders enable row level security;

create policy read_backend on audit.erasure_orders
for select to service_role, empathy_auditor
using (true);

grant select on audit.erasure_orders to service_role, empathy_auditor;

-- From policies/audit/heads.sql
-- For servers and auditors.

alter table audit.heads enable row level security;

create policy read_backend on audit.heads
for select to service_role, empathy_auditor
using (true);

grant select on audit.heads to service_role, empathy_auditor;

-- From policies/audit/leaves.sql
-- For servers and auditors.

alter table audit.leaves enable row level security;

create policy read_backend on audit.leaves
for select to service_role, empathy_auditor
using (true);

grant select on audit.leaves to service_role, empathy_auditor;

-- From policies/audit/nodes.sql
-- For servers and auditors.

alter table audit.nodes enable row level security;

create policy read_backend on audit.nodes
for select to service_role, empathy_auditor
using (true);

grant select on audit.nodes to service_role, empathy_auditor;

-- From policies/audit/progress.sql
-- For servers and auditors.

alter table audit.progress enable row level security;

create policy read_backend on audit.progress
for select to service_role, empathy_auditor
using (true);

grant select on audit.progress to service_role, empathy_auditor;

-- From policies/audit/safeguards.sql
-- For servers and auditors.

alter table audit.safeguards enable row level security;

create policy read_backend on audit.safeguards
for select to service_role, empathy_auditor
using (true);

grant select on audit.safeguards to service_role, empathy_auditor;

-- From policies/content/anonymous_ballots.sql
-- Nobody reads these: not those who put the poll, nor servers, nor auditors. content.poll_results() tells what they
-- come to.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table content.anonymous_ballots enable row level security;

-- From policies/content/attributions.sql
-- Whom a work is by is for whoever may read it; who stands behind a name, not for everybody.

alter table content.attributions enable row level security;

create policy read_reader on content.attributions
for select to anon, authenticated
using (
    exists (select from content.works w where w.tenant_id = attributions.tenant_id and w.id = attributions.work_id)
);

create policy read_backend on content.attributions
for select to service_role, empathy_auditor
using (true);

grant select (tenant_id, id, work_id, position, credit, named_as, added_at) on content.attributions to anon;
grant select on content.attributions to authenticated, service_role, empathy_auditor;

-- From policies/content/ballots.sql
-- Whoever voted reads their own ballot. Others it is put to read it when they may see the results. Servers and auditors
-- are told what a poll came to, and need no ballots.

alter table content.ballots enable row level security;

create policy read_voter on content.ballots
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_member on content.ballots
for select to authenticated
using (
    exists (
        select
        from content.polls p
        where p.tenant_id = ballots.tenant_id
            and p.id = ballots.poll_id
            and (
                p.results_shown = 'always'
                or p.counted_at is not null
                or (p.results_shown = 'after_vote' and p.id in (select content.voted_in()))
            )
    )
);

grant select on content.ballots to authenticated;

-- From policies/content/comment_moderations.sql
-- Why a comment was hidden is for its author, and for those who moderate there; whether they see the comment at all,
-- its own policies say. Nobody moderates what is their own.

alter table content.comment_moderations enable row level security;

create policy read_concerned on content.comment_moderations
for select to authenticated
using (
    exists (
        select
        from content.comments c
        join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
        where c.tenant_id = comment_moderations.tenant_id
            and c.id = comment_moderations.comment_id
            and (
                c.author_id in (select core.my_people())
                or w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
            )
    )
);

create policy read_backend on content.comment_moderations
for select to service_role, empathy_auditor
using (true);

create policy insert_moderator on content.comment_moderations
for insert to authenticated
with check (
    moderator_id = (select core.me())
    and moderator_id in (select core.my_people())
    and exists (
        select
        from content.comments c
        join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
        where c.tenant_id = comment_moderations.tenant_id
            and c.id = comment_moderations.comment_id
            and c.author_id not in (select core.my_people())
            and w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
    )
);

grant select on content.comment_moderations to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, comment_id, hides, reason, moderator_id) on content.comment_moderations to authenticated;

-- From policies/content/comments.sql
-- Comments are read by whoever reads what the work says, and written by them. Each policy asks for the work in one
-- place; who reads it, the work's own policies and content.legible_works say. What is said aside is for those who make
-- the work; what a moderator hid, for its author and for moderators.

alter table content.comments enable row level security;

create policy read_reader on content.comments
for select to authenticated
using (
    exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and (
                not comments.aside
                or w.id in (select content.involving_me())
                or w.state in ('submitted', 'in_review')
            )
            and (
                comments.state <> 'hidden'
                or comments.author_id in (select core.my_people())
                or w.scope_id = any ((select core.granted('comment.moderate', 2))::uuid[])
            )
    )
);

create policy read_public on content.comments
for select to anon
using (
    not aside
    and state <> 'hidden'
    and exists (
        select
        from content.works w
        where w.tenant_id = comments.tenant_id and w.id = comments.work_id
    )
);

create policy read_backend on content.comments
for select to service_role, empathy_auditor
using (true);

-- Everybody speaks for themselves, and in person: with an API key, nobody is among those they act for.
create policy insert_reader on content.comments
for insert to authenticated
with check (
    author_id = (select core.me())
    and author_id in (select core.my_people())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and w.scope_id not in (select core.barred('comment'))
            and (comments.aside or w.state = 'published')
            and (
                not comments.aside
                or w.id in (select content.involving_me())
                or w.state in ('submitted', 'in_review')
            )
    )
);

-- Only what one reads can be changed: the policies above are asked besides.
create policy update_author on content.comments
for update to authenticated
using (
    author_id in (select core.my_people())
    and state = 'visible'
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = comments.tenant_id
            and w.id = comments.work_id
            and w.scope_id not in (select core.barred('comment'))
    )
);

-- Who says something, and to whom, is not for everybody.
grant select (
    tenant_id, id, work_id, parent_id, parent_path, path, thread_id, aside, body, state, created_at, edited_at
) on content.comments to anon;
grant select on content.comments to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, parent_id, parent_path, aside, author_id, body, mentions)
on content.comments to authenticated;
grant update (body, mentions) on content.comments to authenticated;

-- From policies/content/decision_matters.sql
-- A catalog.

alter table content.decision_matters enable row level security;

create policy read_all on content.decision_matters
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on content.decision_matters to authenticated, service_role, empathy_auditor;

-- From policies/content/decisions.sql
-- Decisions are for those who belong to the place whose they are, and who may know of the poll.

alter table content.decisions enable row level security;

create policy read_member on content.decisions
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
    and (work_id is null or poll_id in (select content.polls_on_works()))
);

create policy read_backend on content.decisions
for select to service_role, empathy_auditor
using (true);

grant select on content.decisions to authenticated, service_role, empathy_auditor;

-- From policies/content/files.sql
-- The row of a file is read by whoever reads what shows it, and by whoever uploaded it: they announced what it says.
-- Its bytes the server gives to nobody but the first.

alter table content.files enable row level security;

create policy read_shown on content.files
for select to anon, authenticated
using (
    exists (select from content.media m where m.tenant_id = files.tenant_id and m.file_id = files.id)
);

create policy read_own on content.files
for select to authenticated
using (
    uploaded_by in (select core.my_people())
);

create policy read_backend on content.files
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody.
grant select (tenant_id, id, sha256, mime, bytes, state)
on content.files to anon;
grant select on content.files to authenticated, service_role, empathy_auditor;

-- From policies/content/media.sql
-- What there is to see is read by whoever knows of its place; what stands under protocols of its own, only by those
-- among them whose consent the work asks for, and by those who pass and have opened it.

alter table content.media enable row level security;

create policy read_placed on content.media
for select to authenticated
using (
    exists (select from content.placements p where p.tenant_id = media.tenant_id and p.id = media.id)
    and (
        protocol_set_id is null
        or work_id in (select consent.asking_me())
        or (protocol_set_id in (select consent.passed_sets()) and id in (select consent.opened_media()))
    )
);

create policy read_public on content.media
for select to anon
using (
    protocol_set_id is null
    and exists (select from content.placements p where p.tenant_id = media.tenant_id and p.id = media.id)
);

create policy read_backend on content.media
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, id, work_id, file_id, alt_text, caption, duration_ms, sensitivity, protocol_set_id, added_at
) on content.media to anon;
grant select on content.media to authenticated, service_role, empathy_auditor;

-- From policies/content/notes.sql
-- What only a note has is read by whoever may read what the work says.

alter table content.notes enable row level security;

create policy read_reader on content.notes
for select to authenticated
using (
    exists (select from content.legible_works w where w.tenant_id = notes.tenant_id and w.id = notes.id)
);

create policy read_public on content.notes
for select to anon
using (
    exists (select from content.works w where w.tenant_id = notes.tenant_id and w.id = notes.id)
);

create policy read_backend on content.notes
for select to service_role, empathy_auditor
using (true);

grant select on content.notes to anon, authenticated, service_role, empathy_auditor;

-- From policies/content/placements.sql
-- That there is something to see is known to whoever reads a version that shows it; to those who make the work, also
-- before there is one.

alter table content.placements enable row level security;

create policy read_version on content.placements
for select to anon, authenticated
using (
    exists (
        select
        from content.work_versions v
        where v.tenant_id = placements.tenant_id
            and v.work_id = placements.work_id
            and v.number between placements.first_version and coalesce(placements.last_version, v.number)
    )
);

create policy read_involved on content.placements
for select to authenticated
using (
    work_id in (select content.involving_me())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = placements.tenant_id and w.id = placements.work_id
    )
);

create policy read_backend on content.placements
for select to service_role, empathy_auditor
using (true);

grant select on content.placements to anon, authenticated, service_role, empathy_auditor;

-- From policies/content/poll_options.sql
-- The options go with their poll.

alter table content.poll_options enable row level security;

create policy read_member on content.poll_options
for select to authenticated
using (
    exists (select from content.polls p where p.tenant_id = poll_options.tenant_id and p.id = poll_options.poll_id)
);

create policy read_backend on content.poll_options
for select to service_role, empathy_auditor
using (true);

grant select on content.poll_options to authenticated, service_role, empathy_auditor;

-- From policies/content/polls.sql
-- Polls are for those they are put to, and so is what is asked: whoever belongs to the place, and may know of a work
-- under protocols that it is about. What came out of one, content.poll_results() tells.

alter table content.polls enable row level security;

create policy read_member on content.polls
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
    and (work_id is null or id in (select content.polls_on_works()))
);

create policy read_backend on content.polls
for select to service_role, empathy_auditor
using (true);

grant select (
    tenant_id, id, scope_id, work_id, question, description, method, most, options, role_key, electorate, anonymous,
    may_change, results_shown, quorum, opened_by, opened_at, closes_at, counted_at, ballots
) on content.polls to authenticated;
grant select on content.polls to service_role, empathy_auditor;

-- From policies/content/reaction_kinds.sql
-- A catalog.

alter table content.reaction_kinds enable row level security;

create policy read_all on content.reaction_kinds
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on content.reaction_kinds to anon, authenticated, service_role, empathy_auditor;

-- From policies/content/reactions.sql
-- Reactions are seen by whoever sees what they are about, and given by them.

alter table content.reactions enable row level security;

create policy read_reader on content.reactions
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = reactions.tenant_id and w.id = reactions.work_id
    )
    or exists (
        select from content.comments c where c.tenant_id = reactions.tenant_id and c.id = reactions.comment_id
    )
);

create policy read_backend on content.reactions
for select to service_role, empathy_auditor
using (true);

-- Everybody for themselves, and in person: with an API key, nobody is among those they act for.
create policy insert_reader on content.reactions
for insert to authenticated
with check (
    person_id = (select core.me())
    and person_id in (select core.my_people())
    and exists (
        select
        from content.works w
        where w.tenant_id = reactions.tenant_id
            and w.id = coalesce(
                reactions.work_id,
                (
                    select c.work_id
                    from content.comments c
                    where c.tenant_id = reactions.tenant_id and c.id = reactions.comment_id and c.state = 'visible'
                )
            )
            and w.scope_id not in (select core.barred('comment'))
    )
);

-- Whose it is, is not for everybody.
grant select (tenant_id, id, work_id, comment_id, kind, reacted_at) on content.reactions to anon;
grant select on content.reactions to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, comment_id, person_id, kind) on content.reactions to authenticated;

-- From policies/content/reading_days.sql
-- How often a work was read is for those whom it involves. Whoever reads it adds to that, unknown or not; of what day
-- it is and what audience they are, they say nothing themselves.

alter table content.reading_days enable row level security;

create policy read_involved on content.reading_days
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on content.reading_days
for select to service_role, empathy_auditor
using (true);

create policy insert_reader on content.reading_days
for insert to anon, authenticated
with check (
    exists (
        select from content.works w where w.tenant_id = reading_days.tenant_id and w.id = reading_days.work_id
    )
);

grant select on content.reading_days to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id) on content.reading_days to anon, authenticated;

-- From policies/content/search_entries.sql
-- Nobody reads these: words of works that are hidden from them stand here. content.search_works() finds by them.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table content.search_entries enable row level security;

-- From policies/content/tag_synonyms.sql
-- Which word says the same as which other is for whoever belongs to the organization.

alter table content.tag_synonyms enable row level security;

create policy read_member on content.tag_synonyms
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_backend on content.tag_synonyms
for select to service_role, empathy_auditor
using (true);

grant select on content.tag_synonyms to authenticated, service_role, empathy_auditor;

-- From policies/content/tags.sql
-- Words are for whoever belongs to the organization, whatever is called by them; for everybody else, those that
-- something is called by that they read.

alter table content.tags enable row level security;

create policy read_member on content.tags
for select to authenticated
using (
    tenant_id = any ((select core.reach(0))::uuid[])
);

create policy read_reader on content.tags
for select to anon, authenticated
using (
    exists (
        select
        from content.work_tags t
        where t.tenant_id = tags.tenant_id and tags.id in (t.word_id, t.tag_id)
    )
);

create policy read_backend on content.tags
for select to service_role, empathy_auditor
using (true);

-- Who brought a word in is not for everybody.
grant select (tenant_id, id, slug, name, is_synonym, synonym_id, created_at) on content.tags to anon;
grant select on content.tags to authenticated, service_role, empathy_auditor;

-- From policies/content/voters.sql
-- Whether somebody has voted is for them alone.

alter table content.voters enable row level security;

create policy read_voter on content.voters
for select to authenticated
using (
    person_id in (select core.my_people())
);

grant select on content.voters to authenticated;

-- From policies/content/votes.sql
-- Votes are read by whoever may read the work. They are cast by the same, in person and for themselves: the one table
-- that people write to directly, so that who may read a work is said by the policies of works and nowhere else.

alter table content.votes enable row level security;

create policy read_reader on content.votes
for select to authenticated
using (
    exists (select from content.works w where w.tenant_id = votes.tenant_id and w.id = votes.work_id)
);

create policy insert_voter on content.votes
for insert to authenticated
with check (
    person_id = (select core.me())
    -- Not with an API key.
    and person_id in (select core.my_people())
    and exists (
        select
        from content.works w
        where w.tenant_id = votes.tenant_id
            and w.id = votes.work_id
            and w.scope_id not in (select core.barred('vote'))
    )
);

create policy read_backend on content.votes
for select to service_role, empathy_auditor
using (true);

grant select on content.votes to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, work_owner_id, person_id, weight) on content.votes to authenticated;

-- From policies/content/waiting_ballots.sql
-- Nobody reads these: not those who put the poll, nor servers, nor auditors. content.poll_results() tells what they
-- come to.
-- no policy: row level security without one shows no row to anybody but the owner.

alter table content.waiting_ballots enable row level security;

-- From policies/content/work_collaborators.sql
-- Who makes a work together is for those whom it involves.

alter table content.work_collaborators enable row level security;

create policy read_involved on content.work_collaborators
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on content.work_collaborators
for select to service_role, empathy_auditor
using (true);

grant select on content.work_collaborators to authenticated, service_role, empathy_auditor;

-- From policies/content/work_count_steps.sql
-- What is counted about a work is for whoever may read it.

alter table content.work_count_steps enable row level security;

create policy read_reader on content.work_count_steps
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = work_count_steps.tenant_id and w.id = work_count_steps.work_id
    )
);

create policy read_backend on content.work_count_steps
for select to service_role, empathy_auditor
using (true);

grant select on content.work_count_steps, content.work_counters to anon, authenticated, service_role, empathy_auditor;

-- From policies/content/work_kinds.sql
-- A catalog.

alter table content.work_kinds enable row level security;

create policy read_all on content.work_kinds
for select to anon, authenticated, service_role, empathy_auditor
using (true);

grant select on content.work_kinds to anon, authenticated, service_role, empathy_auditor;

-- From policies/content/work_moves.sql
-- A catalog.

alter table content.work_moves enable row level security;

create policy read_all on content.work_moves
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on content.work_moves to authenticated, service_role, empathy_auditor;

-- From policies/content/work_tags.sql
-- What a work is called by is for whoever may read it.

alter table content.work_tags enable row level security;

create policy read_reader on content.work_tags
for select to anon, authenticated
using (
    exists (select from content.works w where w.tenant_id = work_tags.tenant_id and w.id = work_tags.work_id)
);

create policy read_backend on content.work_tags
for select to service_role, empathy_auditor
using (true);

-- Who called it so is not for everybody.
grant select (tenant_id, work_id, word_id, tag_id, leads_on, synonym_id, resolves, added_at)
on content.work_tags to anon;
grant select on content.work_tags to authenticated, service_role, empathy_auditor;

-- From policies/content/work_transitions.sql
-- How a work came to be where it is, is for those whom it involves, and for its reviewers while it waits for them:
-- nobody else reads it then.

alter table content.work_transitions enable row level security;

create policy read_involved on content.work_transitions
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_reviewer on content.work_transitions
for select to authenticated
using (
    exists (
        select
        from content.works w
        where w.tenant_id = work_transitions.tenant_id
            and w.id = work_transitions.work_id
            and w.state in ('submitted', 'in_review')
    )
);

create policy read_backend on content.work_transitions
for select to service_role, empathy_auditor
using (true);

grant select on content.work_transitions to authenticated, service_role, empathy_auditor;

-- From policies/content/work_versions.sql
-- Whoever makes a work reads all its versions, and so do those who have to consent to it. Readers get the one that
-- everyone consented to sharing with them, reviewers the newest. Whether they read the work at all, its own policies
-- say, and whether it is open to them, content.legible_works: only through both is a version seen.

alter table content.work_versions enable row level security;

create policy read_involved on content.work_versions
for select to authenticated
using (
    work_id in (select content.involving_me())
    and exists (
        select
        from content.legible_works w
        where w.tenant_id = work_versions.tenant_id and w.id = work_versions.work_id
    )
);

create policy read_shared on content.work_versions
for select to authenticated
using (
    exists (
        select
        from content.legible_works w
        where w.tenant_id = work_versions.tenant_id
            and w.id = work_versions.work_id
            and (
                (w.public_version = work_versions.number and w.public_during @> now())
                or (
                    w.organization_version = work_versions.number
                    and w.organization_during @> now()
                    and w.tenant_id = any ((select core.reach(0))::uuid[])
                )
                or (
                    w.community_version = work_versions.number
                    and w.community_during @> now()
                    and w.scope_id = any ((select core.reach(2))::uuid[])
                )
                or (
                    w.current_version = work_versions.number
                    and w.state in ('submitted', 'in_review')
                )
            )
    )
);

create policy read_public on content.work_versions
for select to anon
using (
    exists (
        select
        from content.works w
        where w.tenant_id = work_versions.tenant_id
            and w.id = work_versions.work_id
            and w.public_version = work_versions.number
    )
);

create policy read_backend on content.work_versions
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, work_id, number, previous, material_version, minor_after, body, plain_text, change_note, based_on,
    created_at
) on content.work_versions to anon;
grant select on content.work_versions to authenticated, service_role, empathy_auditor;

-- From policies/content/works.sql
-- A work is read by those it involves, its owner first; by those with whom it is shared at this moment, and by its
-- reviewers while it waits for them, as far as they pass the protocols that it stands under. Nobody else learns that it
-- is there. Of what is restricted this shows the teaser; what it says is read through content.legible_works.

alter table content.works enable row level security;

create policy read_involved on content.works
for select to authenticated
using (
    id in (select content.involving_me())
);

create policy read_shared on content.works
for select to authenticated
using (
    (
        public_during @> now()
        or (organization_during @> now() and tenant_id = any ((select core.reach(0))::uuid[]))
        or (community_during @> now() and scope_id = any ((select core.reach(2))::uuid[]))
    )
    and (protocol_set_id is null or protocol_set_id in (select consent.passed_sets()))
    and scope_id not in (select core.barred())
);

create policy read_reviewer on content.works
for select to authenticated
using (
    state in ('submitted', 'in_review')
    and scope_id = any ((select core.granted('work.review', 2))::uuid[])
    and (protocol_set_id is null or protocol_set_id in (select consent.passed_sets()))
);

create policy read_public on content.works
for select to anon
using (
    public_during @> now() and protocol_set_id is null
);

create policy read_backend on content.works
for select to service_role, empathy_auditor
using (true);

-- Whose it is is not for everybody: how somebody wants to be named is said elsewhere.
grant select (
    tenant_id, id, kind, scope_id, level, project_id, title, summary, lang, visibility, state, moves, current_version,
    public_version, public_during, organization_version, organization_during, community_version, community_during,
    compiled_at, revision, created_at, updated_at
) on content.works to anon;
grant select on content.works to authenticated, service_role, empathy_auditor;
grant select on content.legible_works to authenticated;

-- From policies/consent/agreement_ends.sql
-- It is read with its agreement.

alter table consent.agreement_ends enable row level security;

create policy read_reader on consent.agreement_ends
for select to authenticated
using (
    exists (
        select
        from consent.agreements a
        where a.tenant_id = agreement_ends.tenant_id and a.id = agreement_ends.agreement_id
    )
);

create policy read_backend on consent.agreement_ends
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreement_ends to authenticated, service_role, empathy_auditor;

-- From policies/consent/agreement_purposes.sql
-- It is read with its agreement.

alter table consent.agreement_purposes enable row level security;

create policy read_reader on consent.agreement_purposes
for select to authenticated
using (
    exists (
        select
        from consent.agreements a
        where a.tenant_id = agreement_purposes.tenant_id and a.id = agreement_purposes.agreement_id
    )
);

create policy read_backend on consent.agreement_purposes
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreement_purposes to authenticated, service_role, empathy_auditor;

-- From policies/consent/agreement_works.sql
-- Which works an agreement names is for those who manage agreements there, and for those who decide about them.

alter table consent.agreement_works enable row level security;

create policy read_manager on consent.agreement_works
for select to authenticated
using (
    exists (
        select
        from consent.agreements a
        where a.tenant_id = agreement_works.tenant_id
            and a.id = agreement_works.agreement_id
            and a.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.agreement_works
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.agreement_works
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreement_works to authenticated, service_role, empathy_auditor;

-- From policies/consent/agreements.sql
-- With whom an agreement was made, for what and until when, is for those who manage agreements there, and for those
-- who decide about the works it was used for.

alter table consent.agreements enable row level security;

create policy read_manager on consent.agreements
for select to authenticated
using (
    scope_id in (select core.scopes_with('agreement.manage'))
);

create policy read_party on consent.agreements
for select to authenticated
using (
    id in (select r.agreement_id from consent.runs r where r.id in (select consent.using_mine()))
);

create policy read_backend on consent.agreements
for select to service_role, empathy_auditor
using (true);

grant select on consent.agreements to authenticated, service_role, empathy_auditor;

-- From policies/consent/benefit_settings.sql
-- How a community shares is for its members to read.

alter table consent.benefit_settings enable row level security;

create policy read_member on consent.benefit_settings
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
);

create policy read_backend on consent.benefit_settings
for select to service_role, empathy_auditor
using (true);

grant select on consent.benefit_settings to authenticated, service_role, empathy_auditor;

-- From policies/consent/consent_evidence.sql
-- Secrets of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without a policy shows no row to anybody but the owner.

alter table consent.consent_evidence enable row level security;

-- From policies/consent/consent_parties.sql
-- Who has to consent to a work is for those whom it involves.

alter table consent.consent_parties enable row level security;

create policy read_involved on consent.consent_parties
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on consent.consent_parties
for select to service_role, empathy_auditor
using (true);

grant select on consent.consent_parties to authenticated, service_role, empathy_auditor;

-- From policies/consent/consents.sql
-- What somebody decided is for them, and for those they act for; what a community decided, for those who speak for it.
-- Others whom the work involves ask consent.explain().

alter table consent.consents enable row level security;

create policy read_party on consent.consents
for select to authenticated
using (
    exists (
        select
        from consent.consent_parties p
        where p.tenant_id = consents.tenant_id
            and p.id = consents.party_id
            and (
                p.person_id in (select core.my_people())
                or p.scope_id = any ((select core.granted('consent.give', 2))::uuid[])
            )
    )
);

create policy read_backend on consent.consents
for select to service_role, empathy_auditor
using (true);

grant select on consent.consents to authenticated, service_role, empathy_auditor;

-- From policies/consent/effective.sql
-- What a work may be used for is told to whoever may read it.

alter table consent.effective enable row level security;

create policy read_reader on consent.effective
for select to authenticated
using (
    exists (select from content.works w where w.tenant_id = effective.tenant_id and w.id = effective.work_id)
);

create policy read_backend on consent.effective
for select to service_role, empathy_auditor
using (true);

grant select on consent.effective to authenticated, service_role, empathy_auditor;

-- From policies/consent/openings.sql
-- Who opened a work is for them, and for those who decide about it.

alter table consent.openings enable row level security;

create policy read_own on consent.openings
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_party on consent.openings
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.openings
for select to service_role, empathy_auditor
using (true);

grant select on consent.openings to authenticated, service_role, empathy_auditor;

-- From policies/consent/preferences.sql
-- Secrets of people: nobody reads this table. The keyholder works through functions.
-- no policy: row level security without a policy shows no row to anybody but the owner.

alter table consent.preferences enable row level security;

-- From policies/consent/protocol_acknowledgements.sql
-- What somebody acknowledged is for them.

alter table consent.protocol_acknowledgements enable row level security;

create policy read_own on consent.protocol_acknowledgements
for select to authenticated
using (
    person_id in (select core.my_people())
);

create policy read_backend on consent.protocol_acknowledgements
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_acknowledgements to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_admissions.sql
-- Whom a protocol names is for those who look after it.

alter table consent.protocol_admissions enable row level security;

create policy read_steward on consent.protocol_admissions
for select to authenticated
using (
    scope_id = any ((select core.granted('protocol.admit', 2))::uuid[])
);

create policy read_backend on consent.protocol_admissions
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_admissions to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_group_members.sql
-- Who is in which group is for those who look after it.

alter table consent.protocol_group_members enable row level security;

create policy read_steward on consent.protocol_group_members
for select to authenticated
using (
    scope_id = any ((select core.granted('protocol.admit', 2))::uuid[])
);

create policy read_backend on consent.protocol_group_members
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_group_members to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_groups.sql
-- Who is in which group is for those who look after it.

alter table consent.protocol_groups enable row level security;

create policy read_steward on consent.protocol_groups
for select to authenticated
using (
    scope_id = any ((select core.granted('protocol.admit', 2))::uuid[])
);

create policy read_backend on consent.protocol_groups
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_groups to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_set_communities.sql
-- It is read with its set.

alter table consent.protocol_set_communities enable row level security;

create policy read_reader on consent.protocol_set_communities
for select to authenticated
using (
    exists (
        select
        from consent.protocol_sets s
        where s.tenant_id = protocol_set_communities.tenant_id and s.id = protocol_set_communities.set_id
    )
);

create policy read_backend on consent.protocol_set_communities
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_set_communities to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_set_members.sql
-- It is read with its set.

alter table consent.protocol_set_members enable row level security;

create policy read_reader on consent.protocol_set_members
for select to authenticated
using (
    exists (
        select
        from consent.protocol_sets s
        where s.tenant_id = protocol_set_members.tenant_id and s.id = protocol_set_members.set_id
    )
);

create policy read_backend on consent.protocol_set_members
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocol_set_members to authenticated, service_role, empathy_auditor;

-- From policies/consent/protocol_sets.sql
-- What a work stands under, or something to see in one, is for whoever may know of that. Nobody else is told that there
-- is such a combination: somebody would have had to make it.

alter table consent.protocol_sets enable row level security;

create policy read_reader on consent.protocol_sets
for select to authenticated
using (
    exists (
        select
        from content.works w
        where w.tenant_id = protocol_sets.tenant_id and w.protocol_set_id = protocol_sets.id
    )
    or exists (
        select
        from content.media m
        where m.tenant_id = protocol_sets.tenant_id and m.protocol_set_id = protocol_sets.id
    )
);

create policy read_backend on consent.protocol_sets
for select to service_role, empathy_auditor
using (true);

grant select (tenant_id, id)
on consent.protocol_sets to authenticated;
grant select on consent.protocol_sets to service_role, empathy_auditor;

-- From policies/consent/protocols.sql
-- What a community asks is for its members to read; whoever else reads what stands under it is told by
-- consent.conditions().

alter table consent.protocols enable row level security;

create policy read_member on consent.protocols
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
);

create policy read_backend on consent.protocols
for select to service_role, empathy_auditor
using (true);

grant select on consent.protocols to authenticated, service_role, empathy_auditor;
grant select on consent.stewards to authenticated, service_role, empathy_auditor;

-- From policies/consent/purposes.sql
-- A catalog.

alter table consent.purposes enable row level security;

create policy read_all on consent.purposes
for select to authenticated, service_role, empathy_auditor
using (true);

grant select on consent.purposes to authenticated, service_role, empathy_auditor;

-- From policies/consent/results.sql
-- What came of a work in a run is for those who manage agreements there, and for those who decide about it.

alter table consent.results enable row level security;

create policy read_manager on consent.results
for select to authenticated
using (
    exists (
        select
        from consent.runs r
        where r.tenant_id = results.tenant_id
            and r.id = results.run_id
            and r.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.results
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.results
for select to service_role, empathy_auditor
using (true);

grant select on consent.results to authenticated, service_role, empathy_auditor;

-- From policies/consent/run_works.sql
-- Which works were handed out to a run is for those who manage agreements there, and for those who decide about them.

alter table consent.run_works enable row level security;

create policy read_manager on consent.run_works
for select to authenticated
using (
    exists (
        select
        from consent.runs r
        where r.tenant_id = run_works.tenant_id
            and r.id = run_works.run_id
            and r.scope_id in (select core.scopes_with('agreement.manage'))
    )
);

create policy read_party on consent.run_works
for select to authenticated
using (
    work_id in (select consent.mine_to_decide())
);

create policy read_backend on consent.run_works
for select to service_role, empathy_auditor
using (true);

grant select on consent.run_works to authenticated, service_role, empathy_auditor;

-- From policies/consent/runs.sql
-- What works are used for is for those who manage agreements there, and for those who decide about these.

alter table consent.runs enable row level security;

create policy read_manager on consent.runs
for select to authenticated
using (
    scope_id in (select core.scopes_with('agreement.manage'))
);

create policy read_party on consent.runs
for select to authenticated
using (
    id in (select consent.using_mine())
);

create policy read_backend on consent.runs
for select to service_role, empathy_auditor
using (true);

grant select on consent.runs to authenticated, service_role, empathy_auditor;

-- From seeds/reference/010_errors.sql
-- Every refusal that an app can meet.

insert into core.error_codes (name, code, message, hint)
values
    ('not_signed_in', 'EL001', 'you have to be signed in to do this', 'sign in, and send the token with the request'),
    ('not_permitted', '42501', 'you may not do this here: it needs %s', 'ask somebody who manages this place'),
    ('not_found', 'P0002', 'there is no such %s, or it is not for you to see', 'check the id'),
    ('not_yours', '42501', 'this %s is not yours', 'only the person, or their guardian, can do this'),
    ('not_with_key', 'EL002', 'an API key cannot do this', 'sign in as yourself'),
    ('not_on_yourself', 'EL003', 'nobody does this to themselves', 'ask somebody else to decide'),
    ('already_registered', 'EL004', 'you are registered already', 'ask for your profile'),
    ('last_identity', 'EL005', 'this is your only login', 'link another one first'),
    ('merge_with_self', 'EL006', 'a person cannot be merged with themselves', 'name two different people'),
    ('founding_closed', 'EL007', 'organizations are founded by the platform here', 'ask those who run it'),
    ('held', 'EL008', 'a legal hold covers this', 'it has to be released first'),
    (
        'isolation_too_high', 'EL009', 'this cannot be done in a transaction that is %s',
        'begin it as read committed, which is what you get without asking'
    ),
    ('organization_not_active', 'EL010', 'this organization is %s', 'it can be read, but nothing can be changed'),
    ('scope_archived', 'EL011', 'this place is archived', 'bring it back before changing anything in it'),
    ('root_kept', 'EL012', 'an organization keeps its root scope', 'close the organization instead'),
    ('key_frozen', 'EL013', 'the key of a row in %s never changes', 'make a new row'),
    ('ends_before_now', 'EL014', 'this would have ended already', 'choose an end that is still to come'),
    ('last_owner', 'EL020', 'an organization keeps at least one active owner', 'make somebody else an owner first'),
    ('owner_from_now', 'EL021', 'an owner''s membership cannot begin in the future', 'grant the role when it begins'),
    ('grant_unheld', 'EL022', 'you do not hold %s here yourself', 'nobody gives or takes what they do not hold'),
    ('role_not_here', 'EL023', 'the role %s is not held at this level', 'choose a role of this level'),
    ('role_retired', 'EL024', 'the role %s is retired', 'choose another role'),
    ('kyc_required', 'EL025', 'the role %s needs a verified identity', 'have the person''s identity verified first'),
    ('permission_not_here', 'EL027', 'the permission %s is not held at this level', 'choose another permission'),
    ('owner_role_fixed', 'EL026', 'the owner''s role cannot be changed', 'make a role of your own'),
    ('owner_first', 'EL028', 'this is an owner of the organization', 'the owner''s role has to be given up first'),
    ('still_managed', 'EL029', 'somebody manages this place already', 'ask them'),
    ('already_member', 'EL030', 'there is a membership here already', 'look at its status'),
    ('membership_state', 'EL031', 'a membership that is %s cannot become %s', 'look at its status again'),
    ('barred', 'EL032', 'this is closed to you at present: %s', 'read the reason, and appeal if you think it wrong'),
    (
        'invitation_unusable', 'EL033', 'this invitation cannot be used',
        'it may be used up, expired or taken back, or meant for an address that you have not confirmed'
    ),
    ('sanction_stands', 'EL040', 'such a sanction stands at this time already', 'lift it first'),
    ('appeal_open', 'EL041', 'an appeal is open already', 'wait for the judgement, or withdraw it'),
    ('appeal_closed', 'EL042', 'this appeal is closed', 'nothing is left to decide'),
    ('judge_is_party', 'EL043', 'whoever is a party does not judge', 'ask somebody else to judge'),
    ('setting_misfit', 'EL050', 'this is not a value for the setting %s, which takes a %s', 'look at its definition'),
    ('setting_not_here', 'EL051', 'the setting %s is not set at this level', 'look at its definition'),
    ('module_always_on', 'EL052', 'the module %s is part of the kernel and always on', 'nothing to switch'),
    ('quota_exceeded', 'EL060', 'the quota of %s is used up', 'free some, or ask for more'),
    ('quota_in_use', 'EL061', 'more %s are in use than that, or the amount is not one', 'free some first'),
    ('key_rotated', 'EL070', 'this key has its successor already', 'rotate the successor'),
    ('host_taken', 'EL071', 'the host %s leads to another project', 'it has to be released there first'),
    ('verification_decided', 'EL072', 'this verification is decided already', 'ask for a new one'),
    ('secrets_unavailable', 'EL080', 'secrets cannot be opened here', 'connect through the keyholder''s pool'),
    ('secret_destroyed', 'EL081', 'this person''s key was destroyed', 'what they kept secret cannot be read any more'),
    (
        'kek_unknown', 'EL083', 'this is not the key-encryption key of this installation',
        'give the keyholder''s pool the right one; to change it, also the one before, until keys are wrapped anew'
    ),
    (
        'email_taken', 'EL082', 'somebody else has this email address confirmed',
        'find out whose it is now; whoever asked is not told'
    ),
    ('append_only', 'EL090', 'rows of %s are neither changed nor taken away', 'what has to go, goes under an order'),
    ('log_size', 'EL091', 'the log has never held %s changes', 'ask audit.heads how many it holds'),
    ('not_a_checkpoint', 'EL092', 'this is not a checkpoint', 'it has a name, a size and a root, a line each'),
    (
        'month_kept', 'EL093', 'the month %s is not put away',
        'it is not there, not the oldest, or the log is kept longer'
    ),
    ('order_unsealed', 'EL094', 'an order to erase is not sealed yet', 'seal the log, and ask again'),
    ('no_such_move', 'EL100', 'a work that is %s does not become %s this way', 'look at the moves there are'),
    ('consent_missing', 'EL101', 'not everybody has consented to %s', 'ask who has to: consent.explain() tells you'),
    ('already_asked', 'EL102', 'they have to consent already', 'nothing is left to do'),
    (
        'protocols_stand', 'EL103', 'this work stands under protocols of this community already',
        'only the stewards of the community change that'
    ),
    (
        'acknowledgement_missing', 'EL104', 'this has to be acknowledged first: what its communities ask',
        'consent.conditions() tells you'
    ),
    ('newer_version', 'EL107', 'the newest version of this is %s', 'read that one, and decide about it'),
    (
        'under_review', 'EL108', 'this stays as it is: it is being reviewed, or was',
        'take it back first, and give it in again'
    ),
    ('run_over', 'EL105', 'this run is done, or was halted', 'begin another one'),
    ('vote_too_heavy', 'EL110', 'a vote weighs %s here at most', 'give it less weight'),
    ('poll_begun', 'EL111', 'somebody has voted, so the options stand', 'put it to another poll'),
    ('poll_closed', 'EL112', 'this poll is closed', 'nothing is voted in it any more'),
    ('already_voted', 'EL113', 'you have voted already', 'in this poll a ballot is not changed'),
    (
        'ballot_misfit', 'EL114', 'this is not a ballot of a poll by the method %s',
        'give a number for each option, in their order'
    ),
    ('results_hidden', 'EL115', 'the results are hidden as yet', 'vote, or wait until it is closed and counted'),
    (
        'too_few_ballots', 'EL116', 'so few voted that the results would tell who voted what',
        'it takes three ballots, where they are anonymous'
    ),
    ('decision_missing', 'EL117', 'this needs a decision in force: %s', 'put it to those who decide'),
    ('attribution_missing', 'EL106', 'somebody consented only if it says whom it is by', 'name somebody first'),
    ('email_shape', '23514', 'this is not an email address', 'it looks like name@host.example')
on conflict on constraint error_codes_pkey do update
set code = excluded.code, message = excluded.message, hint = excluded.hint
where (error_codes.code, error_codes.message, error_codes.hint)
    is distinct from (excluded.code, excluded.message, excluded.hint);

-- From seeds/reference/020_platform.sql
-- The platform itself: its modules, its settings, what can be limited, counted, taken away.

insert into core.platform_modules (module, version, description, always_on)
values
    ('core', '0.1.0', 'Who, and where do they belong?', true),
    ('ops', '0.1.0', 'What has to run?', true),
    ('audit', '0.1.0', 'What happened?', true),
    ('content', '0.1.0', 'What do they make?', true),
    ('consent', '0.1.0', 'Under which consent may it be used?', true)
on conflict on constraint platform_modules_pkey do update
set version = excluded.version, description = excluded.description, always_on = excluded.always_on
where (platform_modules.version, platform_modules.description, platform_modules.always_on)
    is distinct from (excluded.version, excluded.description, excluded.always_on);

-- What the installation has set is never overwritten.
insert into core.platform_config (key, value, description)
values
    ('environment', '"development"', 'development, staging or production; in production nothing is reset or seeded'),
    ('organizations.founded_by', '"anyone"', 'Who may found an organization: anyone signed in, or only a service'),
    ('platform.organization', 'null', 'The id of the organization that runs the platform and verifies identities'),
    (
        'audit.origin', '"log.invalid"',
        'What the logs call themselves in checkpoints: a host and path of yours; not changed once one is published'
    ),
    ('audit.kept_months', '84', 'How many months of changes are kept before one can be put away')
on conflict on constraint platform_config_pkey do update
set description = excluded.description
where platform_config.description <> excluded.description;

insert into core.scope_kinds (kind, level, module, description)
values
    ('organization', 0, 'core', 'A tenant: a company, a nonprofit, a nation.'),
    ('project', 1, 'core', 'Something an organization does, with people, places and works of its own.'),
    ('community', 2, 'core', 'People who belong together and decide together about what is theirs.')
on conflict on constraint scope_kinds_pkey do update
set level = excluded.level, module = excluded.module, description = excluded.description
where (scope_kinds.level, scope_kinds.module, scope_kinds.description)
    is distinct from (excluded.level, excluded.module, excluded.description);

insert into core.quota_resources (key, module, unit, description)
values
    ('seats', 'core', 'membership', 'Active memberships in a scope and all below it.'),
    ('projects', 'core', 'project', 'Projects of an organization.'),
    ('works', 'content', 'work', 'Works in a scope and all below it.'),
    ('storage_bytes', 'content', 'byte', 'Files in a scope and all below it, from when they are announced.')
on conflict on constraint quota_resources_pkey do update
set module = excluded.module, unit = excluded.unit, description = excluded.description
where (quota_resources.module, quota_resources.unit, quota_resources.description)
    is distinct from (excluded.module, excluded.unit, excluded.description);

insert into core.capabilities (key, module, description)
values
    ('access', 'core', 'Everything: the person is kept out, as if banned.'),
    ('invite', 'core', 'Inviting others.'),
    ('create', 'content', 'Beginning works, and writing their next versions.'),
    ('vote', 'content', 'Voting, on works and in polls, and putting something to a poll.'),
    ('comment', 'content', 'Commenting on works, and reacting to them.')
on conflict on constraint capabilities_pkey do update
set module = excluded.module, description = excluded.description
where (capabilities.module, capabilities.description)
    is distinct from (excluded.module, excluded.description);

insert into core.tiers (key, name, position)
values
    ('FREE', 'Free', 1),
    ('BASIC', 'Basic', 2),
    ('PRO', 'Pro', 3),
    ('PREMIUM', 'Premium', 4)
on conflict on constraint tiers_pkey do update set name = excluded.name, position = excluded.position
where (tiers.name, tiers.position)
    is distinct from (excluded.name, excluded.position);

insert into core.setting_definitions (key, module, type, levels, default_value, choices, minimum, maximum, description)
values
    (
        'members.may_request', 'core', 'boolean', '{0,1,2}', 'true', null, null, null,
        'Whether people may ask to join.'
    ),
    (
        'invitations.expire_after', 'core', 'duration', '{0,1,2}', '"P14D"', null, null, null,
        'How long an invitation can be used, unless it says otherwise.'
    ),
    (
        'works.reviewed', 'content', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether works are reviewed before they are published.'
    ),
    (
        'protocols.opening_minutes', 'consent', 'integer', '{0,1,2}', '60', null, 1, 1440,
        'For how long whoever opens a restricted work may read it.'
    ),
    (
        'works.vote_weight', 'content', 'integer', '{0,1,2}', '1', null, 1, 100,
        'How much a vote on a work weighs at most.'
    ),
    (
        'works.decided', 'content', 'boolean', '{0,1,2}', 'false', null, null, null,
        'Whether it takes a decision to publish a work.'
    ),
    (
        'decisions.process', 'content', 'choice', '{0,1,2}', '"consensus"',
        '{consensus,majority,elder_council,board}', null, null, 'How decisions are made.'
    ),
    (
        'decisions.quorum', 'content', 'integer', '{0,1,2}', '3', null, 1, 1000000,
        'How many have to take part in a decision.'
    ),
    (
        'decisions.open_for', 'content', 'duration', '{0,1,2}', '"P7D"', null, null, null,
        'How long a decision is open.'
    )
on conflict on constraint setting_definitions_pkey do update
set
    module = excluded.module, type = excluded.type, levels = excluded.levels,
    default_value = excluded.default_value, choices = excluded.choices,
    minimum = excluded.minimum, maximum = excluded.maximum, description = excluded.description
where (
    setting_definitions.module, setting_definitions.type, setting_definitions.levels,
    setting_definitions.default_value, setting_definitions.choices, setting_definitions.minimum,
    setting_definitions.maximum, setting_definitions.description
) is distinct from (
    excluded.module, excluded.type, excluded.levels,
    excluded.default_value, excluded.choices, excluded.minimum,
    excluded.maximum, excluded.description
);

-- From seeds/reference/030_permissions.sql
-- What a person can be allowed to do. What does not inherit is held only where it was given: whoever manages an
-- organization manages the members of its communities too, but does not thereby belong to one, export what is in it
-- or appoint its stewards.

insert into core.permissions (key, module, levels, inherits, description)
values
    ('scope.read', 'core', '{0,1,2}', true, 'Find scopes that are private.'),
    ('scope.create', 'core', '{0,1}', true, 'Begin projects and open places.'),
    ('scope.manage', 'core', '{0,1,2}', true, 'Name, describe, show, hide and archive a scope.'),
    ('member.read', 'core', '{0,1,2}', false, 'See who belongs.'),
    ('member.invite', 'core', '{0,1,2}', true, 'Invite people.'),
    ('member.manage', 'core', '{0,1,2}', true, 'Let people in, suspend, ban and remove them.'),
    ('role.grant', 'core', '{0,1,2}', true, 'Give and take roles; never more than one holds.'),
    ('role.define', 'core', '{0}', false, 'Make and change the roles of the organization.'),
    ('steward.appoint', 'core', '{2}', false, 'Make somebody a steward of the community.'),
    ('sanction.impose', 'core', '{0,1,2}', true, 'Take a capability from a person for a time.'),
    ('sanction.judge', 'core', '{0,1,2}', true, 'Judge appeals against the sanctions of others.'),
    ('setting.manage', 'core', '{0,1,2}', true, 'Change settings.'),
    ('module.manage', 'core', '{0,1,2}', true, 'Switch modules on and off.'),
    ('quota.manage', 'core', '{0,1}', true, 'Share out limits among projects and places.'),
    ('key.manage', 'core', '{0,1,2}', true, 'Make API keys.'),
    ('domain.manage', 'core', '{0,1}', true, 'Tie host names to projects.'),
    ('theme.manage', 'core', '{0,1}', true, 'Change the look of a project.'),
    ('verification.read', 'core', '{0}', false, 'Look at evidence of identity, for the platform; every look is kept.'),
    ('verification.decide', 'core', '{0}', false, 'Decide on identities, for the platform.'),
    ('export.run', 'ops', '{0,1,2}', false, 'Export what a scope holds.'),
    ('hold.manage', 'ops', '{0,1,2}', true, 'Impose and release legal holds.'),
    ('work.review', 'content', '{0,1,2}', false, 'Review works before they are published.'),
    ('protocol.modify', 'consent', '{2}', false, 'Set the protocols of a community, and put works under them.'),
    ('protocol.admit', 'consent', '{2}', false, 'Say whom the protocols of a community admit.'),
    ('consent.give', 'consent', '{2}', false, 'Consent, refuse and withdraw in the name of the community.'),
    (
        'agreement.manage', 'consent', '{0,1,2}', false,
        'Sign agreements on the use of works, and have works handed out under them.'
    ),
    ('poll.open', 'content', '{0,1,2}', false, 'Put a question to those who belong.'),
    ('comment.moderate', 'content', '{0,1,2}', false, 'Hide comments on works that one may read, and show them again.'),
    ('tag.manage', 'content', '{0}', false, 'Decide which words say the same.'),
    ('audit.read', 'audit', '{0}', false, 'Look into the log of the organization, and verify it.')
on conflict on constraint permissions_pkey do update
set
    module = excluded.module, levels = excluded.levels,
    inherits = excluded.inherits, description = excluded.description
where (permissions.module, permissions.levels, permissions.inherits, permissions.description)
    is distinct from (excluded.module, excluded.levels, excluded.inherits, excluded.description);

-- From seeds/reference/040_roles.sql
-- The roles that every new organization starts with. Modules add to them what they ask for.

insert into core.role_templates (key, name, description, levels, requires_kyc)
values
    ('owner', 'Owner', 'Answers for the organization; it is never without one.', '{0}', false),
    ('admin', 'Admin', 'Runs the organization from day to day.', '{0}', false),
    ('member', 'Member', 'Belongs.', '{0,1}', false),
    ('project_manager', 'Project manager', 'Runs a project.', '{1}', false),
    ('editor', 'Editor', 'Works on what a project publishes.', '{1}', false),
    ('place_manager', 'Place manager', 'Runs a community or another place.', '{2}', false),
    ('storyteller', 'Storyteller', 'Tells.', '{2}', false),
    ('community_member', 'Community member', 'Belongs to the community.', '{2}', false),
    ('elder', 'Elder', 'Speaks for what the community holds dear.', '{2}', false),
    ('steward', 'Data steward', 'Looks after the protocols; appointed by the community alone.', '{2}', false),
    ('cultural_reviewer', 'Cultural reviewer', 'Reviews for cultural protocols.', '{2}', false),
    ('story_editor', 'Story editor', 'Edits stories on behalf of their tellers.', '{2}', false),
    ('moderator', 'Moderator', 'Keeps the peace.', '{1,2}', false),
    ('contributor', 'Contributor', 'Contributes work.', '{1,2}', false),
    ('reviewer', 'Reviewer', 'Reviews the work of others.', '{1,2}', false),
    ('board_member', 'Board member', 'Sits on the board, and decides with it.', '{0,1,2}', false),
    ('compliance', 'Compliance', 'Checks identities, holds and exports.', '{0}', true)
on conflict on constraint role_templates_pkey do update
set
    name = excluded.name, description = excluded.description,
    levels = excluded.levels, requires_kyc = excluded.requires_kyc
where (role_templates.name, role_templates.description, role_templates.levels, role_templates.requires_kyc)
    is distinct from (excluded.name, excluded.description, excluded.levels, excluded.requires_kyc);

with carried (role, permissions) as (
    values
        (
            'owner',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,role.define,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,verification.read,verification.decide,export.run,hold.manage,
            audit.read,work.review,agreement.manage,poll.open,comment.moderate,tag.manage}'::text[]
        ),
        (
            'admin',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,work.review,agreement.manage,poll.open,comment.moderate,tag.manage}'
        ),
        ('member', '{member.read}'),
        (
            'project_manager',
            '{scope.read,scope.create,scope.manage,member.read,member.invite,member.manage,role.grant,
            sanction.impose,sanction.judge,setting.manage,module.manage,quota.manage,key.manage,domain.manage,
            theme.manage,work.review,agreement.manage,poll.open,comment.moderate}'
        ),
        ('editor', '{member.read,theme.manage,work.review,poll.open}'),
        (
            'place_manager',
            '{scope.read,scope.manage,member.read,member.invite,member.manage,role.grant,sanction.impose,
            sanction.judge,setting.manage,module.manage,key.manage,work.review,poll.open,
            comment.moderate}'
        ),
        ('storyteller', '{member.read}'),
        ('community_member', '{member.read}'),
        ('elder', '{member.read,sanction.judge,poll.open}'),
        (
            'steward',
            '{member.read,member.invite,role.grant,steward.appoint,export.run,work.review,protocol.modify,
            protocol.admit,agreement.manage,consent.give,poll.open,comment.moderate}'
        ),
        ('cultural_reviewer', '{member.read,work.review}'),
        ('story_editor', '{member.read}'),
        ('moderator', '{member.read,sanction.impose,comment.moderate}'),
        ('contributor', '{member.read}'),
        ('reviewer', '{member.read,work.review}'),
        ('board_member', '{member.read,poll.open}'),
        ('compliance', '{member.read,verification.read,verification.decide,export.run,hold.manage,audit.read}')
),
listed as (
    select carried.role, permission
    from carried
    cross join lateral unnest(carried.permissions) as permission
),
dropped as (
    delete from core.role_template_permissions tp
    where not exists (
        select from listed l where l.role = tp.role and l.permission = tp.permission
    )
)
insert into core.role_template_permissions (role, permission)
select listed.role, listed.permission
from listed
on conflict on constraint role_template_permissions_pkey do nothing;

-- From seeds/reference/045_works.sql
-- The kinds of works, the moves they make, what a consent can be for, and what can be decided. Modules add theirs.

insert into content.work_kinds (kind, module, description)
values ('note', 'content', 'Something written down.')
on conflict on constraint work_kinds_pkey do update
set module = excluded.module, description = excluded.description
where (work_kinds.module, work_kinds.description) is distinct from (excluded.module, excluded.description);

insert into content.work_moves (from_state, to_state, capacity, description)
values
    ('draft', 'published', 'owner', 'Published without a review, where none is asked for.'),
    ('draft', 'submitted', 'owner', 'Given in for review.'),
    ('submitted', 'draft', 'owner', 'Taken back before anybody began to review it.'),
    ('submitted', 'in_review', 'reviewer', 'Taken up by a reviewer.'),
    ('in_review', 'changes_requested', 'reviewer', 'Sent back with a request.'),
    ('in_review', 'approved', 'reviewer', 'Approved.'),
    ('changes_requested', 'submitted', 'owner', 'Given in again.'),
    ('changes_requested', 'draft', 'owner', 'Not pursued for now.'),
    ('approved', 'published', 'owner', 'Published.'),
    ('approved', 'draft', 'owner', 'Not pursued for now.'),
    ('published', 'withdrawn', 'owner', 'Taken back from everybody.'),
    ('published', 'archived', 'owner', 'Put away.'),
    ('withdrawn', 'draft', 'owner', 'Taken up again.'),
    ('archived', 'draft', 'owner', 'Taken up again.')
on conflict on constraint work_moves_pkey do update
set capacity = excluded.capacity, description = excluded.description
where (work_moves.capacity, work_moves.description) is distinct from (excluded.capacity, excluded.description);

insert into content.reaction_kinds (kind, description)
values
    ('heart', 'I am moved.'),
    ('thanks', 'Thank you for telling it.'),
    ('together', 'I stand with you.'),
    ('learned', 'I learned something.'),
    ('remember', 'I remember this, too.')
on conflict on constraint reaction_kinds_pkey do update
set description = excluded.description
where reaction_kinds.description is distinct from excluded.description;

insert into consent.purposes (key, name, description, dpv)
values
    ('public_sharing', 'Share with everybody', 'Everybody may read it.', 'dpv:MakeAvailable'),
    ('community_sharing', 'Share with its community', 'Whoever belongs to its place may read it.', 'dpv:Share'),
    (
        'organization_sharing', 'Share with the organization', 'Whoever belongs to the organization may read it.',
        'dpv:Share'
    ),
    ('ai_analysis', 'Analysis by AI', 'It may be analysed by machine; nothing is learned from it.', 'dpv:Analyse'),
    ('ai_training', 'Training of AI', 'Machines may learn from it.', 'dpv:Train'),
    ('commercial_use', 'Commercial use', 'It may be sold, or used to sell.', 'dpv:CommercialPurpose'),
    ('modification', 'Changes by others', 'Others than whose it is may write its next version.', 'dpv:Modify'),
    ('research', 'Research', 'It may be studied.', 'dpv:ResearchAndDevelopment'),
    ('insight', 'Figures', 'It may be counted in figures about many.', 'dpv:Assess')
on conflict on constraint purposes_pkey do update
set name = excluded.name, description = excluded.description, dpv = excluded.dpv
where (purposes.name, purposes.description, purposes.dpv)
    is distinct from (excluded.name, excluded.description, excluded.dpv);

insert into content.decision_matters (key, module, about_work, description)
values ('work.publish', 'content', true, 'A work is published where its place decides on what is published in it.')
on conflict on constraint decision_matters_pkey do update
set module = excluded.module, about_work = excluded.about_work, description = excluded.description
where (decision_matters.module, decision_matters.about_work, decision_matters.description)
    is distinct from (excluded.module, excluded.about_work, excluded.description);

-- From seeds/reference/050_registry.sql
-- What every table and column holds: the classes that the audit log, erasure and exports go by.

select ops._register_table(
    'core.error_codes', 'global', 'catalog',
    clear => '{name,code,message,hint}'
);

select ops._register_table(
    'core.platform_modules', 'global', 'catalog',
    clear => '{module,version,description,always_on,installed_at}'
);

select ops._register_table(
    'core.platform_config', 'global', 'catalog',
    clear => '{key,value,description,updated_at}'
);

select ops._register_table(
    'core.people', 'global', 'account',
    clear => '{id,created_at,updated_at,erased_at}',
    personal => '{
        handle, display_name, bio, avatar_url, locale, country_code, deceased_on, guardian_id, merged_into
    }'
);

select ops._register_table(
    'core.identities', 'global', 'account',
    clear => '{created_at}',
    personal => '{issuer,subject,person_id}'
);

select ops._register_table(
    'core.instance_keys', 'global', 'account',
    clear => '{purpose,kek_id,created_at}',
    secret => '{wrapped_key}',
    untracked_because => 'wrapped keys: nothing of them belongs in a log'
);

select ops._register_table(
    'core.person_keys', 'global', 'account',
    clear => '{kek_id,created_at,rewrapped_at,destroyed_at}',
    personal => '{person_id}',
    secret => '{wrapped_key}',
    untracked_because => 'wrapped keys: nothing of them belongs in a log'
);

select ops._register_table(
    'core.person_secrets', 'global', 'account',
    clear => '{updated_at}',
    personal => '{person_id}',
    secret => '{email,phone,legal_name,email_index}'
);

select ops._register_table(
    'core.organizations', 'global', 'account',
    clear => '{id,slug,name,region,jurisdiction,data_location,status,created_at,updated_at}'
);

select ops._register_table(
    'core.permissions', 'global', 'catalog',
    clear => '{key,module,levels,inherits,description}'
);

select ops._register_table(
    'core.role_templates', 'global', 'catalog',
    clear => '{key,name,description,levels,requires_kyc}'
);

select ops._register_table(
    'core.role_template_permissions', 'global', 'catalog',
    clear => '{role,permission}'
);

select ops._register_table(
    'core.scope_kinds', 'global', 'catalog',
    clear => '{kind,level,module,description}'
);

select ops._register_table(
    'core.scopes', 'tenant', 'content',
    clear => '{
        tenant_id, id, kind, level, parent_id, parent_level, project_id, slug, name, description,
        visibility, created_at, updated_at, archived_at
    }',
    personal => '{created_by}'
);

select ops._register_table(
    'core.projects', 'tenant', 'content',
    clear => '{tenant_id,id,kind,purpose,default_lang,starts_on,ends_on,updated_at}'
);

select ops._register_table(
    'core.project_domains', 'global', 'content',
    clear => '{host,tenant_id,project_id,verification_token,verified_at,created_at}'
);

select ops._register_table(
    'core.project_themes', 'tenant', 'content',
    clear => '{tenant_id,project_id,token,value,updated_at}'
);

select ops._register_table(
    'core.quota_resources', 'global', 'catalog',
    clear => '{key,module,unit,description}'
);

select ops._register_table(
    'core.quotas', 'tenant', 'content',
    clear => '{tenant_id,scope_id,resource,amount,strict,used,updated_at}'
);

select ops._register_table(
    'core.usage_shards', 'tenant', 'content',
    clear => '{tenant_id,scope_id,resource,shard,used}',
    untracked_because => 'counters: recounted'
);

select ops._register_table(
    'core.tiers', 'global', 'catalog',
    clear => '{key,name,position}'
);

select ops._register_table(
    'core.tier_limits', 'global', 'catalog',
    clear => '{tier,resource,amount}'
);

select ops._register_table(
    'core.person_limits', 'global', 'account',
    clear => '{since}',
    personal => '{person_id,tier}'
);

select ops._register_table(
    'core.verifications', 'global', 'security',
    clear => '{id,kind,organization_id,status,decided_at,valid_during,created_at,updated_at}',
    personal => '{person_id,document_type,verifier,decided_by,reason,evidence_uri}'
);

select ops._register_table(
    'core.verification_looks', 'global', 'security',
    clear => '{id,verification_id,looked_at}',
    personal => '{person_id,reason}'
);

select ops._register_table(
    'core.trust_scores', 'global', 'account',
    clear => '{computed_at}',
    personal => '{person_id,score,explanation}'
);

select ops._register_table(
    'core.roles', 'tenant', 'membership',
    clear => '{
        tenant_id, id, key, name, description, levels, requires_kyc, is_owner, created_at, updated_at,
        retired_at
    }'
);

select ops._register_table(
    'core.role_permissions', 'tenant', 'membership',
    clear => '{tenant_id,role_id,permission,created_at}'
);

select ops._register_table(
    'core.invitations', 'tenant', 'membership',
    clear => '{tenant_id,id,scope_id,max_uses,uses,expires_at,created_at,revoked_at}',
    personal => '{created_by}',
    body => '{message}',
    secret => '{token_hash,email_index}'
);

select ops._register_table(
    'core.invitation_roles', 'tenant', 'membership',
    clear => '{tenant_id,invitation_id,role_id}'
);

select ops._register_table(
    'core.memberships', 'tenant', 'membership',
    clear => '{
        tenant_id, id, scope_id, level, project_id, status, valid_during, open_ended, invitation_id,
        joined_at, last_active_on, created_at, updated_at, ended_at
    }',
    personal => '{person_id,invited_by,reason}',
    body => '{message}'
);

select ops._register_table(
    'core.membership_roles', 'tenant', 'membership',
    clear => '{
        tenant_id, id, membership_id, role_id, owns, must_be_open_ended, owner_level, granted_at,
        revoked_at
    }',
    personal => '{granted_by,revoked_by}'
);

select ops._register_table(
    'core.membership_permissions', 'tenant', 'membership',
    clear => '{tenant_id,membership_id,permission,effect,granted_at}',
    personal => '{reason,granted_by}'
);

select ops._register_table(
    'core.owner_counts', 'tenant', 'membership',
    clear => '{tenant_id,owners}',
    untracked_because => 'derived: recounted by core.verify_owners()'
);

select ops._register_table(
    'core.capabilities', 'global', 'catalog',
    clear => '{key,module,description}'
);

select ops._register_table(
    'core.sanctions', 'tenant', 'security',
    clear => '{tenant_id,id,scope_id,capability,during,imposed_at,lifted_at}',
    personal => '{person_id,reason,notice,imposed_by,lifted_by}'
);

select ops._register_table(
    'core.sanction_appeals', 'tenant', 'security',
    clear => '{tenant_id,id,sanction_id,status,judged_at,created_at}',
    personal => '{person_id,imposed_by,statement,judged_by,outcome}'
);

select ops._register_table(
    'core.setting_definitions', 'global', 'catalog',
    clear => '{key,module,type,levels,default_value,choices,minimum,maximum,description}'
);

select ops._register_table(
    'core.settings', 'tenant', 'content',
    clear => '{tenant_id,scope_id,key,value,updated_at}',
    personal => '{updated_by}'
);

select ops._register_table(
    'core.feature_flags', 'tenant', 'content',
    clear => '{tenant_id,scope_id,module,enabled,updated_at}',
    personal => '{updated_by}'
);

select ops._register_table(
    'core.api_keys', 'global', 'security',
    clear => '{
        id, tenant_id, scope_id, channel, requests_per_minute, expires_at, rotated_from, last_used_on,
        created_at, revoked_at
    }',
    personal => '{person_id,name}',
    secret => '{key_hash}'
);

select ops._register_table(
    'core.api_key_permissions', 'global', 'security',
    clear => '{api_key_id,permission}'
);

select ops._register_table(
    'core.rate_counters', 'global', 'operational',
    clear => '{minute,hits}',
    personal => '{bucket}',
    untracked_because => 'counters of minutes'
);

select ops._register_table(
    'ops.table_classes', 'global', 'catalog',
    clear => '{table_name,tenancy,retention,untracked_because,untold_because}'
);

select ops._register_table(
    'ops.column_classes', 'global', 'catalog',
    clear => '{table_name,column_name,pii,audit}'
);

select ops._register_table(
    'ops.jobs', 'global', 'catalog',
    clear => '{name,module,call,schedule,description,enabled,last_run_at,last_outcome}',
    untracked_because => 'the outcome of each run would be an entry'
);

select ops._register_table(
    'ops.outbox', 'tenant', 'operational',
    clear => '{tenant_id,id,scope_id,topic,created_at}',
    body => '{body}',
    untracked_because => 'written by what is tracked; never changed'
);

select ops._register_table(
    'ops.legal_holds', 'tenant', 'security',
    clear => '{tenant_id,id,scope_id,applies_to,imposed_at,released_at}',
    personal => '{person_id,reason,imposed_by,released_by}',
    untold_because => 'whoever knew of a hold could act before it is needed'
);

select ops._register_table(
    'ops.exports', 'tenant', 'operational',
    clear => '{tenant_id,id,scope_id,format,channel,status,requested_at,ready_at,expires_at,halted_at}',
    personal => '{person_id,requested_by,reason}'
);

select ops._register_table(
    'ops.migration_telemetry', 'global', 'operational',
    clear => '{id,name,direction,package_version,started_at,finished_at,rows_touched,resume_token,error}',
    untracked_because => 'a log itself'
);

select ops._register_table(
    'audit.eras', 'global', 'audit',
    clear => '{era,began_at,checkpoints}',
    personal => '{reason}'
);

select ops._register_table(
    'audit.progress', 'global', 'audit',
    clear => '{only_row,era,sealed_below,sealed_at}',
    untracked_because => 'moves whenever the log grows'
);

select ops._register_table(
    'audit.changes', 'tenant', 'audit',
    clear => '{
        tenant_id, seq, recorded_at, era, xid, role, session_role, flags, request_id, table_name, operation, key,
        clear, erased_under
    }',
    personal => '{actor,personal_key,personal,salt,personal_commitment,body_commitment,subjects}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.leaves', 'tenant', 'audit',
    clear => '{tenant_id,position,seq,recorded_at,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.nodes', 'tenant', 'audit',
    clear => '{tenant_id,height,index,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.blocks', 'tenant', 'audit',
    clear => '{tenant_id,number,size,root,sealed_at,next_xid,previous_hash,hash}',
    untracked_because => 'the log itself'
);

select ops._register_table(
    'audit.heads', 'tenant', 'audit',
    clear => '{tenant_id,number,size,root,sealed_at,hash,peaks}',
    untracked_because => 'derived: recounted by audit.verify()'
);

select ops._register_table(
    'audit.erasure_orders', 'tenant', 'audit',
    clear => '{tenant_id,id,ordered_at,seqs}',
    personal => '{ordered_by,reason}'
);

select ops._register_table(
    'audit.archived_months', 'global', 'audit',
    clear => '{month,changes,archived_at}',
    personal => '{archived_by}'
);

select ops._register_table(
    'audit.safeguards', 'global', 'audit',
    clear => '{object,digest,catalog_xmin,recorded_at}'
);

select ops._register_table(
    'audit.activity', 'global', 'security',
    clear => '{id,happened_at,kind,tenant_id,request_id}',
    personal => '{person_id,ip,user_agent}',
    untracked_because => 'a log itself'
);

select ops._register_table(
    'content.work_kinds', 'global', 'catalog',
    clear => '{kind,module,description}'
);

select ops._register_table(
    'content.works', 'tenant', 'content',
    clear => '{
        tenant_id, id, kind, scope_id, level, project_id, lang, visibility, protocol_set_id, state, moves,
        current_version, public_version, public_during, organization_version, organization_during, community_version,
        community_during, compiled_at, revision, created_at, updated_at
    }',
    personal => '{owner_id,title,summary}'
);

select ops._register_table(
    'content.work_moves', 'global', 'catalog',
    clear => '{from_state,to_state,capacity,description}'
);

select ops._register_table(
    'content.work_transitions', 'tenant', 'content',
    clear => '{
        tenant_id, work_id, number, previous, from_state, to_state, capacity, decision_id, decision_unlocks, moved_at
    }',
    personal => '{actor_id,owner_id,reason}'
);

select ops._register_table(
    'content.work_versions', 'tenant', 'content',
    clear => '{tenant_id,work_id,number,previous,material_version,minor_after,based_on,created_at}',
    personal => '{change_note,created_by}',
    body => '{body,plain_text}'
);

select ops._register_table(
    'content.work_collaborators', 'tenant', 'content',
    clear => '{tenant_id,work_id,capability,added_at}',
    personal => '{person_id,added_by}'
);

select ops._register_table(
    'content.notes', 'tenant', 'content',
    clear => '{tenant_id,id,kind}',
    personal => '{written_on}'
);

select ops._register_table(
    'content.comments', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,parent_id,parent_path,path,thread_id,aside,state,created_at,edited_at}',
    personal => '{author_id,mentions}',
    body => '{body}'
);

select ops._register_table(
    'content.comment_moderations', 'tenant', 'security',
    clear => '{tenant_id,id,comment_id,hides,moderated_at}',
    personal => '{moderator_id,reason}'
);

select ops._register_table(
    'content.reaction_kinds', 'global', 'catalog',
    clear => '{kind,description}'
);

select ops._register_table(
    'content.reactions', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,comment_id,kind,reacted_at}',
    personal => '{person_id}'
);

select ops._register_table(
    'content.reading_days', 'tenant', 'content',
    clear => '{tenant_id,work_id,day,audience,id,views}',
    untracked_because => 'counts: every reading would be an entry'
);

select ops._register_table(
    'content.work_count_steps', 'tenant', 'content',
    clear => '{tenant_id,work_id,id,comments,reactions,views}',
    untracked_because => 'counters: recounted by content.verify_counters()'
);

select ops._register_table(
    'content.tags', 'tenant', 'content',
    clear => '{tenant_id,id,slug,name,is_synonym,synonym_id,created_at}',
    personal => '{created_by}'
);

select ops._register_table(
    'content.tag_synonyms', 'tenant', 'content',
    clear => '{tenant_id,synonym_tag_id,tag_id,status,resolves,leads_on,proposed_at,decided_at}',
    personal => '{proposed_by,decided_by}'
);

select ops._register_table(
    'content.work_tags', 'tenant', 'content',
    clear => '{tenant_id,work_id,word_id,tag_id,leads_on,synonym_id,resolves,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'content.attributions', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,position,credit,added_at}',
    personal => '{person_id,named_as,added_by}'
);

select ops._register_table(
    'content.votes', 'tenant', 'content',
    clear => '{tenant_id,work_id,weight,voted_at}',
    personal => '{work_owner_id,person_id}'
);

select ops._register_table(
    'content.polls', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, work_id, method, most, options, role_key, electorate, anonymous, may_change,
        results_shown, quorum, opened_at, closes_at, counted_at, ballots, tallies, places
    }',
    personal => '{question,description,opened_by}'
);

select ops._register_table(
    'content.poll_options', 'tenant', 'content',
    clear => '{tenant_id,poll_id,number,previous}',
    personal => '{label}'
);

select ops._register_table(
    'content.ballots', 'tenant', 'content',
    clear => '{tenant_id,poll_id,anonymous,method,most,options,cast_at}',
    personal => '{person_id,choices}',
    untracked_because => 'the log is read while results are hidden'
);

select ops._register_table(
    'content.voters', 'tenant', 'content',
    clear => '{tenant_id,poll_id}',
    personal => '{person_id}',
    untracked_because => 'an entry would tell when somebody voted who votes unknown'
);

select ops._register_table(
    'content.waiting_ballots', 'tenant', 'content',
    clear => '{tenant_id,id,poll_id,anonymous,method,most,options}',
    personal => '{choices}',
    untracked_because => 'an entry would tell whose ballot it is'
);

select ops._register_table(
    'content.anonymous_ballots', 'tenant', 'content',
    clear => '{tenant_id,id,poll_id,anonymous,method,most,choices,options}',
    untracked_because => 'nobody reads these; what they come to is in the log of polls'
);

select ops._register_table(
    'content.decision_matters', 'global', 'catalog',
    clear => '{key,module,about_work,description}'
);

select ops._register_table(
    'content.decisions', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, matter, about_work, work_id, work_version, revokes, process, poll_id, method,
        electorate, proposed_at, decided_at, unlocks, overturns, revocation_id, revoked_at
    }',
    personal => '{proposed_by,outcome}'
);

select ops._register_table(
    'content.files', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, storage_key, sha256, mime, bytes, encryption, state, begun_at, arrived_at, attached_at,
        dropped_at
    }',
    personal => '{uploaded_by}'
);

select ops._register_table(
    'content.placements', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,position,first_version,material_version,last_version}'
);

select ops._register_table(
    'content.media', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,file_id,duration_ms,sensitivity,protocol_set_id,added_at}',
    personal => '{alt_text,caption,added_by}'
);

select ops._register_table(
    'content.search_entries', 'tenant', 'content',
    clear => '{tenant_id,work_id,version,created_at,dictionary,places,audiences}',
    body => '{words}',
    untracked_because => 'derived: recounted by content.verify_search()'
);

select ops._register_table(
    'consent.purposes', 'global', 'catalog',
    clear => '{key,name,description,dpv}'
);

select ops._register_table(
    'consent.consent_parties', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,scope_id,capacity,added_at}',
    personal => '{person_id,added_by}'
);

select ops._register_table(
    'consent.consents', 'tenant', 'content',
    clear => '{
        tenant_id, id, work_id, party_id, purpose, channel, decision, during, through_version, attribution_required,
        recorded_at
    }',
    personal => '{recorded_by}'
);

select ops._register_table(
    'consent.effective', 'tenant', 'content',
    clear => '{tenant_id,work_id,purpose,channel,version,during}',
    untracked_because => 'derived: recounted by consent.verify_effective()'
);

select ops._register_table(
    'consent.protocols', 'tenant', 'content',
    clear => '{
        tenant_id, id, scope_id, level, name, kind, description, enforcement, audience, season_from, season_until,
        season_zone, acknowledgement, wording, created_at, updated_at, retired_at
    }',
    personal => '{created_by}'
);

select ops._register_table(
    'consent.protocol_groups', 'tenant', 'content',
    clear => '{tenant_id,id,scope_id,level,name,created_at}',
    personal => '{created_by}'
);

select ops._register_table(
    'consent.protocol_group_members', 'tenant', 'content',
    clear => '{tenant_id,group_id,scope_id,membership_id,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'consent.protocol_admissions', 'tenant', 'content',
    clear => '{tenant_id,id,protocol_id,scope_id,role_id,group_id,membership_id,added_at}',
    personal => '{added_by}'
);

select ops._register_table(
    'consent.protocol_sets', 'tenant', 'content',
    clear => '{tenant_id,id,composition,written_in}'
);

select ops._register_table(
    'consent.protocol_set_communities', 'tenant', 'content',
    clear => '{tenant_id,set_id,scope_id,match}'
);

select ops._register_table(
    'consent.protocol_set_members', 'tenant', 'content',
    clear => '{tenant_id,set_id,scope_id,protocol_id}'
);

select ops._register_table(
    'consent.protocol_acknowledgements', 'tenant', 'content',
    clear => '{tenant_id,id,protocol_id,wording,acknowledged_at}',
    personal => '{person_id}'
);

select ops._register_table(
    'consent.openings', 'tenant', 'content',
    clear => '{tenant_id,id,work_id,protocol_set_id,opened_at,open_until,opened_in}',
    personal => '{person_id}'
);

select ops._register_table(
    'consent.agreements', 'tenant', 'content',
    clear => '{tenant_id,id,scope_id,whole_scope,document_sha256,during,signed_at}',
    personal => '{recipient,obligations,signed_by}'
);

select ops._register_table(
    'consent.agreement_ends', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,ended_at}',
    personal => '{reason,ended_by}'
);

select ops._register_table(
    'consent.agreement_purposes', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,purpose}'
);

select ops._register_table(
    'consent.agreement_works', 'tenant', 'content',
    clear => '{tenant_id,agreement_id,work_id}'
);

select ops._register_table(
    'consent.runs', 'tenant', 'content',
    clear => '{tenant_id,id,agreement_id,scope_id,purpose,model,channel,started_at,finished_at,halted_at}',
    personal => '{started_by}'
);

select ops._register_table(
    'consent.run_works', 'tenant', 'content',
    clear => '{tenant_id,run_id,work_id,version,handed_out_at,recalled_at,irrevocable,stands}'
);

select ops._register_table(
    'consent.results', 'tenant', 'content',
    clear => '{tenant_id,id,run_id,work_id,stands,kind,recorded_at}'
);

select ops._register_table(
    'consent.benefit_settings', 'tenant', 'content',
    clear => '{tenant_id,scope_id,level,model,decision_process,updated_at}',
    personal => '{rules,updated_by}'
);

select ops._register_table(
    'consent.preferences', 'global', 'account',
    clear => '{updated_at}',
    personal => '{person_id}',
    secret => '{answers}'
);

select ops._register_table(
    'consent.consent_evidence', 'tenant', 'content',
    clear => '{tenant_id,consent_id,recorded_at}',
    personal => '{person_id}',
    secret => '{evidence,witness}'
);

-- From seeds/reference/060_jobs.sql
-- What runs by itself.

select ops._register_job(
    'forget_requests', 'core', 'core.forget_requests()', 'every 10 minutes',
    'Forgets the request counts of past minutes.'
);

select ops._register_job(
    'fold_counts', 'content', 'content.fold_counts()', 'every 1 minute',
    'Adds up what was counted about works.'
);

select ops._register_job(
    'seal_log', 'audit', 'audit.seal()', 'every 1 second',
    'Gives what was written its place in the logs.'
);

select ops._register_job(
    'make_months', 'audit', 'audit.make_months()', '10 3 * * *',
    'Makes the partitions of the coming months.'
);

select ops._register_job(
    'finish_erasures', 'audit', 'audit.finish_erasures()', 'every 60 minutes',
    'Empties what was still being written about somebody while they were forgotten.'
);

select ops._register_job(
    'shorten_addresses', 'audit', 'audit.shorten_addresses()', '40 3 * * *',
    'Shortens the addresses in activity older than 90 days.'
);

select ops._register_job(
    'recall_expired', 'consent', 'consent.recall_expired()', 'every 10 minutes',
    'Takes works back from uses to which consent has ended by itself.'
);

select ops._register_job(
    'count_polls', 'content', 'content.count_polls()', 'every 1 minute',
    'Counts the polls that have closed, and shuffles the anonymous ballots that wait.'
);

select ops._register_job(
    'drop_unused_files', 'content', 'content.drop_unused_files()', 'every 60 minutes',
    'Drops uploads of more than a day ago that nothing shows.'
);

-- From seeds/reference/900_log.sql
-- The log begins, and follows every table that is to be followed; last, what it stands on is recorded. Done again in
-- every migration, it changes only what has to change.

insert into audit.eras (era, reason)
select 1, 'installed'
where not exists (select from audit.eras);

insert into audit.progress (era, sealed_below)
select 1, '0'
where not exists (select from audit.progress);

select audit.make_months();

-- The registry is followed too: what is to be followed is read first.
do $$
declare
    tracked text;
begin
    foreach tracked in array (
        select array_agg(k.table_name order by k.table_name) from ops.table_classes k where k.untracked_because is null
    )
    loop
        perform audit._attach(tracked);
    end loop;
end
$$;

select audit._record_safeguards();

reset role;

-- migrate:down
set local role empathy_owner;
set local check_function_bodies = off;

-- Takes the foundation away again: its schemas with all that is in them, and what it said about things to come.
-- Roles and extensions stay: schema/prerequisites.sql brought them, and other databases may use them.

drop schema consent cascade;
drop schema content cascade;
drop schema audit cascade;
drop schema ops cascade;
drop schema core cascade;

alter default privileges grant execute on functions to public;

reset role;
