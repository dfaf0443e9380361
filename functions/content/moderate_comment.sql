-- Hides what somebody else said to a work that I can read, or shows it again; with a reason, which its author can read.

create or replace function content.moderate_comment(comment_id uuid, hides boolean, reason text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := content.speaker(
        (
            select w.scope_id
            from content.comments c
            join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
            where c.id = moderate_comment.comment_id
                and c.author_id not in (select core.my_people())
                and core.can('comment.moderate', w.scope_id)
        )
    );
begin
    insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id)
    select c.tenant_id, c.id, moderate_comment.hides, moderate_comment.reason, me
    from content.comments c
    where c.id = moderate_comment.comment_id;
end
$$;

comment on function content.moderate_comment(uuid, boolean, text) is
    E'Hides what somebody else said, or shows it again.\n'
    'hides: Whether it is hidden, or shown again.\n'
    'reason: Why; its author can read it.';

revoke execute on function content.moderate_comment(uuid, boolean, text) from public;
grant execute on function content.moderate_comment(uuid, boolean, text) to authenticated;
