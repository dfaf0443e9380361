-- Writes down what a model made of a story in a run for analysis that is still going on, as long as everyone consents
-- to that at this moment.

create or replace function stories.record_analysis(
    run_id uuid,
    story_id uuid,
    kind text,
    result jsonb,
    model_version text default ''
)
returns uuid
language plpgsql
volatile
security definer -- results are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    run consent.runs;
    result_id uuid;
begin
    -- The work before the run, as whoever decides locks them: what it is about is counted as what everyone consents to.
    perform
    from content.works w
    where (w.tenant_id, w.id) in (
        select h.tenant_id, h.work_id
        from consent.run_works h
        join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
        where r.id = record_analysis.run_id
            and h.work_id = record_analysis.story_id
            and (core._is_service() or core.can('agreement.manage', r.scope_id))
    )
    for share;
    run := consent._my_run(run_id);
    if run.purpose <> 'ai_analysis' then
        perform core._refuse('not_found', 'run for analysis');
    end if;
    -- In one wording, whether it is no story or is not in there.
    if not exists (
        select
        from consent.run_works h
        join stories.stories s on s.tenant_id = h.tenant_id and s.id = h.work_id
        where h.run_id = run.id and h.work_id = record_analysis.story_id
    ) then
        perform core._refuse('not_found', 'story in this run');
    end if;
    result_id := consent._record_result(run.id, story_id, kind);
    insert into stories.analyses (tenant_id, id, run_id, story_id, kind, model_version, result)
    values (
        run.tenant_id, result_id, run.id, record_analysis.story_id, record_analysis.kind,
        record_analysis.model_version, record_analysis.result
    );
    return result_id;
end
$$;

comment on function stories.record_analysis(uuid, uuid, text, jsonb, text) is
    E'Writes down what a model made of a story, and returns the id.\n'
    'result: What came of it, as its kind has it.\n'
    'model_version: Which version of the model that was.';

revoke execute on function stories.record_analysis(uuid, uuid, text, jsonb, text) from public;
grant execute on function stories.record_analysis(uuid, uuid, text, jsonb, text) to authenticated, service_role;
