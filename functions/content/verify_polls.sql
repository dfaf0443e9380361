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
