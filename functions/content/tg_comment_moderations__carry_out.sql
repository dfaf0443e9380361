-- Does to the comment what the moderator said. Of two who say the same at once, the second is refused.

create or replace function content.tg_comment_moderations__carry_out()
returns trigger
language plpgsql
security definer -- the state of a comment is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.comments c
    set state = case when new.hides then 'hidden'::content.comment_state else 'visible' end
    where c.tenant_id = new.tenant_id
        and c.id = new.comment_id
        and c.state = case when new.hides then 'visible'::content.comment_state else 'hidden' end;
    if not found then
        perform core._refuse('not_found', 'comment');
    end if;
    return null;
end
$$;

comment on function content.tg_comment_moderations__carry_out() is 'Hides a comment, or shows it again.';

revoke execute on function content.tg_comment_moderations__carry_out() from public;
