-- What a row cannot do without: every column of core holds a value, except those listed here.

begin;
set local search_path = tap, tests, public;
select plan(1);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'core'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('api_keys', 'channel, last_used_on, revoked_at, rotated_from'),
        ('feature_flags', 'updated_by'),
        ('invitations', 'email_index, revoked_at'),
        ('membership_permissions', 'granted_by'),
        ('membership_roles', 'granted_by, must_be_open_ended, owner_level, revoked_at, revoked_by'),
        ('memberships', 'ended_at, invitation_id, invited_by, joined_at, last_active_on, reason'),
        ('people', 'avatar_url, country_code, deceased_on, erased_at, guardian_id, handle, merged_into'),
        ('person_keys', 'destroyed_at, kek_id, rewrapped_at, wrapped_key'),
        ('person_secrets', 'email, email_index, legal_name, phone'),
        ('project_domains', 'verified_at'),
        ('projects', 'ends_on, starts_on'),
        ('roles', 'retired_at'),
        ('sanction_appeals', 'judged_at, judged_by, outcome'),
        ('sanctions', 'lifted_at, lifted_by'),
        ('scopes', 'archived_at, created_by, parent_id, parent_level'),
        ('setting_definitions', 'choices, maximum, minimum'),
        ('settings', 'updated_by'),
        ('verification_looks', 'person_id'),
        ('verifications',
        'decided_at, decided_by, evidence_uri, organization_id, person_id, reason, valid_during, verifier')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);

select * from finish();
rollback;
