-- Takes back what I said, also where I cannot read the work any more: what it said and who said it is gone, its place
-- in the thread stays.

create or replace function content.delete_comment(comment_id uuid)
returns void
language plpgsql
volatile
security definer -- what is somebody's own they can take back, whatever else they can do
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._require_person();
    update content.comments c
    set state = 'deleted', author_id = null, body = '', mentions = '{}'
    where c.id = delete_comment.comment_id and c.author_id = any (array(select core.my_people()));
    if not found then
        perform core._refuse('not_found', 'comment of yours');
    end if;
end
$$;

comment on function content.delete_comment(uuid) is 'Takes back what I said; its place in the thread stays.';

revoke execute on function content.delete_comment(uuid) from public;
grant execute on function content.delete_comment(uuid) to authenticated;
