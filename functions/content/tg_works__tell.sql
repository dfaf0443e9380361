-- The world outside hears that what everybody could read, not everybody can any more, or that they read another version
-- of it: whoever keeps copies of what is public lets go of them. Whatever changed it comes through here. What ends by
-- itself, its time being over, writes nothing and is not told.

create or replace function content.tg_works__tell()
returns trigger
language plpgsql
security definer -- the outbox is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.protocol_set_id is not null or not new.public_during @> clock_timestamp() then
        perform ops._emit(new.tenant_id, new.scope_id, 'work.closed', jsonb_build_object('work_id', new.id));
    elsif new.public_version <> old.public_version then
        perform ops._emit(
            new.tenant_id, new.scope_id, 'work.replaced',
            jsonb_build_object('work_id', new.id, 'version', new.public_version)
        );
    end if;
    return null;
end
$$;

comment on function content.tg_works__tell() is
    'Tells the outbox of a work that was public, and is not any more or reads otherwise.';

revoke execute on function content.tg_works__tell() from public;
