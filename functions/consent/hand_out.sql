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
    E'Hands works out to a run, as far as everyone consents, and answers which.\n'
    'work_ids: The works.\n'
    'work_id: A work that was handed out.\n'
    'version: In which version: the one that everyone consented to.';

revoke execute on function consent.hand_out(uuid, uuid[]) from public;
grant execute on function consent.hand_out(uuid, uuid[]) to authenticated, service_role;
