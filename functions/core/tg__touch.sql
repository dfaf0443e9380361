-- Keeps updated_at true, whoever writes.

create or replace function core.tg__touch()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    new.updated_at := now();
    return new;
end
$$;

comment on function core.tg__touch() is 'Sets updated_at.';

revoke execute on function core.tg__touch() from public;
