-- Says otherwise what I said, to a work that I can still read. What it said before, the log alone knows, by its hash.
-- Whom it mentions stays as it is, unless it is said anew.

create or replace function content.edit_comment(comment_id uuid, body text, mentions uuid[] default null)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content.speaker(
        (
            select w.scope_id
            from content.comments c
            join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
            where c.id = edit_comment.comment_id
                and c.author_id in (select core.my_people())
                and c.state = 'visible'
        )
    );
    update content.comments c
    set body = edit_comment.body, mentions = coalesce(edit_comment.mentions, c.mentions)
    where c.id = edit_comment.comment_id;
end
$$;

comment on function content.edit_comment(uuid, text, uuid[]) is 'Says otherwise what I said.';

revoke execute on function content.edit_comment(uuid, text, uuid[]) from public;
grant execute on function content.edit_comment(uuid, text, uuid[]) to authenticated;
