-- The works that the API key that is asking may not carry by its channel, in the form that policies compare with: some
-- audience reads them now by what was decided in general, and for this channel it was decided otherwise. (Of versions
-- nothing has to be asked: who agrees to one for a channel agreed to it, or to an older one, in general.)

create or replace function consent.kept_from_channel()
returns setof uuid
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
declare
    asking constant text := core._claims() ->> 'channel';
begin
    if asking is null then
        return;
    end if;
    return query
    select e.work_id
    from consent.effective e
    join content.works w on w.tenant_id = e.tenant_id and w.id = e.work_id
    cross join lateral (
        values
            ('public_sharing', w.public_during),
            ('organization_sharing', w.organization_during),
            ('community_sharing', w.community_during)
    ) as shared (purpose, during)
    where e.channel = asking
        and e.channel <> '' -- the index has no others
        and shared.purpose = e.purpose
        and shared.during @> now()
        and not e.during @> greatest(now(), w.compiled_at);
end
$$;

comment on function consent.kept_from_channel() is 'The works that the API key that is asking may not carry.';

revoke execute on function consent.kept_from_channel() from public;
grant execute on function consent.kept_from_channel() to authenticated;
