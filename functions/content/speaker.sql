-- Who speaks up about a work that they read, of which they give the place; or a refusal. Functions in the rights of
-- whoever calls ask the policies who reads what, give the place that they were told of, and none where they were told
-- of none; this refuses for them, each time in the same words.

create or replace function content.speaker(scope_id uuid)
returns uuid
language plpgsql
volatile
security definer -- refusing is for functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
begin
    if scope_id is null then
        perform core._refuse('not_found', 'thing');
    end if;
    if scope_id in (select core.barred('comment')) then
        perform core._refuse('barred', 'comment');
    end if;
    return me;
end
$$;

comment on function content.speaker(uuid) is 'Who speaks up about a work that they read, or a refusal.';

revoke execute on function content.speaker(uuid) from public;
grant execute on function content.speaker(uuid) to authenticated;
