-- What I withdrew, myself or for somebody I act for: when, what was taken back from how many uses since, and from how
-- many it could not be. The newest first.

create or replace function stories.withdrawals_of_mine()
returns table (
    consent_id uuid,
    work_id uuid,
    title text,
    person_id uuid,
    purpose text,
    channel text,
    withdrawn_at timestamptz,
    stands boolean,
    uses_recalled bigint,
    uses_irrevocable bigint
)
language sql
stable
security invoker
set search_path = pg_catalog, pg_temp
as $$
    select
        c.id, w.id, w.title, p.person_id, c.purpose, c.channel, c.recorded_at, c.during @> now(),
        u.recalled, u.irrevocable
    from consent.consent_parties p
    join consent.consents c on c.tenant_id = p.tenant_id and c.work_id = p.work_id and c.party_id = p.id
    join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
    cross join lateral (
        select
            count(*) filter (where not h.irrevocable) as recalled,
            count(*) filter (where h.irrevocable) as irrevocable
        from consent.run_works h
        join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
        where h.tenant_id = c.tenant_id
            and h.work_id = c.work_id
            and r.purpose = c.purpose
            and h.recalled_at = c.recorded_at
    ) u
    where p.person_id = any (array(select core.my_people())) and c.decision = 'withdrawn'
    order by c.recorded_at desc, c.id desc
$$;

comment on function stories.withdrawals_of_mine() is
    E'What I withdrew, and what could not be taken back.\n'
    'consent_id: The decision.\n'
    'work_id: The work.\n'
    'title: What it is called.\n'
    'person_id: In whose name: mine, or that of somebody I act for.\n'
    'purpose: What for.\n'
    'channel: By which way of sharing alone, if by one.\n'
    'withdrawn_at: When.\n'
    'stands: Whether that is how it stands now.\n'
    'uses_recalled: From how many uses it was taken back since.\n'
    'uses_irrevocable: From how many it could not be.';

revoke execute on function stories.withdrawals_of_mine() from public;
grant execute on function stories.withdrawals_of_mine() to authenticated;
