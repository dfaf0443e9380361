-- Asks for what is mine, or for what a scope holds, to be handed out. What runs the export reads this row.

create or replace function ops.request_export(
    scope_id uuid,
    format text default 'json',
    person_id uuid default null,
    channel text default null
)
returns uuid
language plpgsql
volatile
security definer -- exports are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    me constant uuid := core._require_me();
    export_id uuid;
begin
    if person_id is not null then
        if not core.acts_for(person_id) then
            perform core._refuse('not_yours', 'data');
        end if;
        if not exists (
            select
            from core.memberships m
            where m.scope_id = request_export.scope_id and m.person_id = request_export.person_id
        ) then
            perform core._refuse('not_found', 'scope');
        end if;
    else
        perform core._require('export.run', scope_id);
    end if;
    insert into ops.exports (tenant_id, scope_id, person_id, requested_by, format, channel)
    select
        s.tenant_id, s.id, request_export.person_id, me, request_export.format, request_export.channel
    from core.scopes s
    where s.id = request_export.scope_id
    returning id into export_id;
    return export_id;
end
$$;

comment on function ops.request_export(uuid, text, uuid, text) is
    'Asks for my own data in a scope, or for all that a scope holds, and returns the id of the export.';

revoke execute on function ops.request_export(uuid, text, uuid, text) from public;
grant execute on function ops.request_export(uuid, text, uuid, text) to authenticated;
