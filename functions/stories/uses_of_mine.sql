-- Which agreements and runs touched what I decide about: who got it, what for, by which model, in which version, when;
-- and when it was taken back, or that it cannot be. The newest first.

create or replace function stories.uses_of_mine(since timestamptz default '-infinity')
returns table (
    work_id uuid,
    title text,
    agreement_id uuid,
    recipient text,
    obligations text,
    run_id uuid,
    purpose text,
    model text,
    channel text,
    version integer,
    handed_out_at timestamptz,
    recalled_at timestamptz,
    irrevocable boolean
)
language sql
stable
security definer -- what was agreed about mine is told to me, whoever signed it
set search_path = pg_catalog, pg_temp
as $$
    select
        w.id, w.title, a.id, a.recipient, a.obligations, r.id, r.purpose, r.model, r.channel, h.version,
        h.handed_out_at, h.recalled_at, h.irrevocable
    from consent.mine_to_decide() d (work_id)
    join content.works w on w.id = d.work_id
    join consent.run_works h on h.tenant_id = w.tenant_id and h.work_id = w.id
    join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
    join consent.agreements a on a.tenant_id = r.tenant_id and a.id = r.agreement_id
    where h.handed_out_at >= since
    order by h.handed_out_at desc, r.id desc, w.id
$$;

comment on function stories.uses_of_mine(timestamptz) is
    E'Which agreements and runs touched what I decide about.\n'
    'since: Only what happened since this instant.\n'
    'work_id: The work.\n'
    'title: What it is called.\n'
    'agreement_id: Under which agreement.\n'
    'recipient: With whom that is.\n'
    'obligations: What they have to do, and not to do.\n'
    'run_id: In which run.\n'
    'purpose: What for.\n'
    'model: By which model, or by whom.\n'
    'channel: By which way it went out.\n'
    'version: In which version.\n'
    'handed_out_at: When it was handed out.\n'
    'recalled_at: When it was taken back.\n'
    'irrevocable: Whether it cannot be taken back any more.';

revoke execute on function stories.uses_of_mine(timestamptz) from public;
grant execute on function stories.uses_of_mine(timestamptz) to authenticated;
