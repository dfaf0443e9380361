-- Notes when something was said otherwise, whoever writes.

create or replace function content.tg_comments__note_edit()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.body <> old.body and new.state <> 'deleted' then
        new.edited_at := now();
    end if;
    return new;
end
$$;

comment on function content.tg_comments__note_edit() is 'Notes when a comment was edited.';

revoke execute on function content.tg_comments__note_edit() from public;
