-- Waits for whoever is changing the comment, before anything of it is held: else two who moderate it would hold it
-- together by their keys, and each would wait for the other to change it.

create or replace function content.tg_comment_moderations__lock_comment()
returns trigger
language plpgsql
security definer -- locks comments of others
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Of what they may not know of, nobody waits for who holds it: this comes before the policy.
    perform
    from content.comments c
    where c.tenant_id = new.tenant_id
        and c.id = new.comment_id
        and c.work_id in (select content.visible(array[c.work_id]))
    for update;
    return new;
end
$$;

comment on function content.tg_comment_moderations__lock_comment() is 'Waits for whoever is changing the comment.';

revoke execute on function content.tg_comment_moderations__lock_comment() from public;
