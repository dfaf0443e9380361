-- Releases the figures of an organization up to a month; once. It waits for nobody who decides, is forgotten or turns
-- out to be somebody else meanwhile: what they change at that moment is left for the next release. Whatever it looked
-- at it holds, so that they wait for it.

create or replace function insights._release(tenant_id uuid, through date)
returns boolean
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set jit = off -- compiling what runs once takes longer than to run it
as $$
declare
    last_month date;
    first_month date;
    at timestamptz;
    waiting record;
begin
    perform core._require_read_committed();
    -- Of two at once, the second waits here, and has nothing to do.
    perform from core.organizations o where o.id = _release.tenant_id for no key update;
    select max(r.month) into last_month from insights.releases r where r.tenant_id = _release.tenant_id;
    if last_month >= through then
        return false;
    end if;
    -- What happened before there was a release belongs to the first.
    first_month := coalesce(
        last_month + interval '1 month',
        (
            select least(date_trunc('month', o.created_at at time zone 'UTC'), through)
            from core.organizations o
            where o.id = _release.tenant_id
        )
    );
    insert into insights.releases (tenant_id, month) values (_release.tenant_id, through);

    at := clock_timestamp();
    perform insights._reform_groups(_release.tenant_id, through, at);
    for waiting in
        select m.month::date as month from generate_series(first_month, through, interval '1 month') m (month)
    loop
        perform insights._count_earned(_release.tenant_id, waiting.month);
        perform insights._form_facts(_release.tenant_id, through, waiting.month);
    end loop;
    for waiting in
        select distinct c.board, c.kind, c.month
        from insights.contributions c
        where c.tenant_id = _release.tenant_id
            and c.group_id is null
            and c.month <= through
            and c.during @> at
        order by c.month, c.board, c.kind
    loop
        perform insights._form_groups(
            _release.tenant_id, through, waiting.board, waiting.kind, waiting.month, at
        );
    end loop;
    perform insights._book(_release.tenant_id);
    return true;
end
$$;

comment on function insights._release(uuid, date) is 'Releases the figures of an organization up to a month.';

revoke execute on function insights._release(uuid, date) from public;
