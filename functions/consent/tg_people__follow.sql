-- Who is forgotten says yes to nothing any more. And who turns out to be somebody else wrote what they wrote: both can
-- change what a work may be used for.

create or replace function consent.tg_people__follow()
returns trigger
language plpgsql
security definer -- decisions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    affected record;
begin
    for affected in
        select p.tenant_id, array_agg(distinct p.work_id) as work_ids
        from consent.consent_parties p
        join core.people e on e.id = p.person_id
        where coalesce(e.merged_into, e.id) = coalesce(new.merged_into, new.id)
        group by p.tenant_id
        order by p.tenant_id
    loop
        if new.erased_at is not null then
            -- The work first, as whoever decides does.
            perform
            from content.works w
            where w.tenant_id = affected.tenant_id and w.id = any (affected.work_ids)
            order by w.id
            for no key update;
            update consent.consents c
            set during = case
                when lower(c.during) >= now() then 'empty'::tstzrange
                else tstzrange(lower(c.during), now())
            end
            from consent.consent_parties p
            where p.tenant_id = affected.tenant_id
                and p.person_id = new.id
                and c.tenant_id = p.tenant_id
                and c.party_id = p.id
                and c.decision = 'given'
                and c.during && tstzrange(now(), null);
        end if;
        perform consent._recompute(affected.tenant_id, affected.work_ids);
    end loop;
    return null;
end
$$;

comment on function consent.tg_people__follow() is
    'Ends what somebody said yes to when they are forgotten, and compiles anew what a merger changes.';

revoke execute on function consent.tg_people__follow() from public;
