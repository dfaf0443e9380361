-- Hides what somebody else said to a work that I can read, or shows it again; with a reason, which its author can read.

create or replace function content.moderate_comment(comment_id uuid, hides boolean, reason text)
returns void
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_person();
    comment content.comments;
begin
    select c.* into comment
    from content.comments c
    where c.id = moderate_comment.comment_id and c.state <> 'deleted';
    if comment.id is null then
        perform core._refuse('not_found', 'comment');
    end if;
    if comment.author_id in (select core.my_people()) then
        perform core._refuse('not_on_yourself');
    end if;
    if not exists (
        select from content.works w where w.id = comment.work_id and core.can('comment.moderate', w.scope_id)
    ) then
        perform core._refuse('not_permitted', 'comment.moderate');
    end if;
    insert into content.comment_moderations (tenant_id, comment_id, hides, reason, moderator_id)
    values (comment.tenant_id, comment.id, moderate_comment.hides, moderate_comment.reason, me);
end
$$;

comment on function content.moderate_comment(uuid, boolean, text) is
    'Hides what somebody else said, or shows it again.';

revoke execute on function content.moderate_comment(uuid, boolean, text) from public;
grant execute on function content.moderate_comment(uuid, boolean, text) to authenticated;
