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
