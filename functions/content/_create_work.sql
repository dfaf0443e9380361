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
