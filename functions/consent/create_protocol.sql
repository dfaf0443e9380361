-- Sets a protocol of a community. Only those may whom the community made its stewards.

create or replace function consent.create_protocol(
    scope_id uuid,
    name text,
    kind text,
    audience consent.protocol_audience,
    description text default '',
    enforcement consent.protocol_enforcement default 'required',
    season_from text default null,
    season_until text default null,
    season_zone text default null,
    acknowledgement text default null
)
returns uuid
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol_id uuid;
begin
    perform core._require('protocol.modify', scope_id);
    insert into consent.protocols (
        tenant_id, scope_id, name, kind, audience, description, enforcement, season_from, season_until, season_zone,
        acknowledgement, created_by
    )
    select
        s.tenant_id, s.id, btrim(create_protocol.name), create_protocol.kind, create_protocol.audience,
        create_protocol.description, create_protocol.enforcement, create_protocol.season_from,
        create_protocol.season_until, create_protocol.season_zone, create_protocol.acknowledgement, core.me()
    from core.scopes s
    where s.id = create_protocol.scope_id
    returning id into protocol_id;
    return protocol_id;
end
$$;

comment on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) is 'Sets a protocol of a community, and returns its id.';

revoke execute on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) from public;
grant execute on function consent.create_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) to authenticated;
