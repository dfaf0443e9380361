-- Where nothing is said any more, nobody reacts to it.

create or replace function content.tg_comments__drop_reactions()
returns trigger
language plpgsql
security definer -- reactions of everybody's
set search_path = pg_catalog, pg_temp
as $$
begin
    delete from content.reactions r where r.tenant_id = new.tenant_id and r.comment_id = new.id;
    return null;
end
$$;

comment on function content.tg_comments__drop_reactions() is 'Drops the reactions to what was taken back.';

revoke execute on function content.tg_comments__drop_reactions() from public;
