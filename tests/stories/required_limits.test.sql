-- What a row of stories cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'stories'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('communities', 'founded_on'),
        ('feedback', 'answer, answered_at, answered_by'),
        ('reviews', 'by_elder'),
        ('stories', 'latitude, longitude, place_name, place_precision, record_id, recorded_on')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'stories'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('analyses_result_fkey', 'consent.results'),
        ('analyses_tenant_id_run_id_purpose_fkey', 'consent.runs'),
        ('analyses_tenant_id_story_id_fkey', 'stories.stories'),
        ('communities_tenant_id_id_kind_fkey', 'core.scopes'),
        ('community_records_tenant_id_id_is_record_fkey', 'stories.stories'),
        ('community_records_tenant_id_original_id_original_is_record_fkey', 'stories.stories'),
        ('content_warnings_kind_fkey', 'stories.warning_kinds'),
        ('content_warnings_tenant_id_work_id_fkey', 'stories.stories'),
        ('feedback_answered_by_fkey', 'core.people'),
        ('feedback_person_id_fkey', 'core.people'),
        ('feedback_tenant_id_scope_id_fkey', 'core.scopes'),
        ('reviews_reviewer_id_fkey', 'core.people'),
        ('reviews_submission_fkey', 'content.work_transitions'),
        ('reviews_tenant_id_story_id_by_elder_fkey', 'stories.stories'),
        ('reviews_tenant_id_story_id_fkey', 'stories.stories'),
        ('reviews_tenant_id_story_id_owner_id_fkey', 'content.works'),
        ('reviews_tenant_id_story_id_version_fkey', 'content.work_versions'),
        ('stories_tenant_id_id_kind_fkey', 'content.works'),
        ('stories_tenant_id_record_id_fkey', 'stories.community_records')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
