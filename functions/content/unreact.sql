-- Takes a reaction of mine back, also where I cannot read any more what it is about.

create or replace function content.unreact(kind text, work_id uuid default null, comment_id uuid default null)
returns void
language plpgsql
volatile
security definer -- what is somebody's own they can take back, whatever else they can do
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    delete from content.reactions r
    where r.person_id = any (array(select core.my_people()))
        and r.kind = unreact.kind
        and (r.work_id = unreact.work_id or r.comment_id = unreact.comment_id);
    if not found then
        perform core._refuse('not_found', 'reaction of yours');
    end if;
end
$$;

comment on function content.unreact(text, uuid, uuid) is
    E'Takes a reaction of mine back.\n'
    'kind: The key of a kind of reaction.';

revoke execute on function content.unreact(text, uuid, uuid) from public;
grant execute on function content.unreact(text, uuid, uuid) to authenticated;
