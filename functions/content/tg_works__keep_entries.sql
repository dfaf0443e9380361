-- A work is found by other words, or by others, once what it is called changed, the version that is read, or who reads.

create or replace function content.tg_works__keep_entries()
returns trigger
language plpgsql
security definer -- nobody may write these
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._keep_entries(new.tenant_id, new.id);
    return null;
end
$$;

comment on function content.tg_works__keep_entries() is 'Keeps the words by which a work is found when it changes.';

revoke execute on function content.tg_works__keep_entries() from public;
