-- Two people turn out to be one while a poll is open: as the survivor they have voted, and once. An anonymous ballot is
-- nobody's: if both cast one, both are counted.

create or replace function content.tg_people__merge_ballots()
returns trigger
language plpgsql
security definer -- ballots are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    with taken as (
        delete from content.ballots b
        using content.polls p
        where b.person_id = new.id and p.tenant_id = b.tenant_id and p.id = b.poll_id and p.counted_at is null
        returning b.tenant_id, b.poll_id, b.method, b.most, b.choices, b.cast_at
    )
    insert into content.ballots (tenant_id, poll_id, person_id, method, most, choices, cast_at)
    select t.tenant_id, t.poll_id, new.merged_into, t.method, t.most, t.choices, t.cast_at
    from taken t
    on conflict on constraint ballots_pkey do nothing;
    with taken as (
        delete from content.voters v
        using content.polls p
        where v.person_id = new.id and p.tenant_id = v.tenant_id and p.id = v.poll_id and p.counted_at is null
        returning v.tenant_id, v.poll_id
    )
    insert into content.voters (tenant_id, poll_id, person_id)
    select t.tenant_id, t.poll_id, new.merged_into
    from taken t
    on conflict on constraint voters_pkey do nothing;
    return null;
end
$$;

comment on function content.tg_people__merge_ballots() is 'Lets somebody who was two have voted once.';

revoke execute on function content.tg_people__merge_ballots() from public;
