-- Changes a protocol: at once, for everything that stands under it. What is left out stays; an empty text takes the
-- season or the acknowledgement away. What a decision of the community set by ratifying a label, another decision
-- changes (consent.ratify_label): here it gets another name and description at most.

create or replace function consent.update_protocol(
    protocol_id uuid,
    name text default null,
    kind text default null,
    audience consent.protocol_audience default null,
    description text default null,
    enforcement consent.protocol_enforcement default null,
    season_from text default null,
    season_until text default null,
    season_zone text default null,
    acknowledgement text default null
)
returns void
language plpgsql
volatile
security definer -- protocols are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    protocol constant consent.protocols := consent._my_protocol(protocol_id, 'protocol.modify');
begin
    if coalesce(
            audience::text, enforcement::text, season_from, season_until, season_zone, acknowledgement
        ) is not null
    then
        perform consent._require_undecided(protocol.tenant_id, protocol.id);
    end if;
    update consent.protocols p
    set
        name = coalesce(btrim(update_protocol.name), p.name),
        kind = coalesce(update_protocol.kind, p.kind),
        audience = coalesce(update_protocol.audience, p.audience),
        description = coalesce(update_protocol.description, p.description),
        enforcement = coalesce(update_protocol.enforcement, p.enforcement),
        season_from = nullif(coalesce(update_protocol.season_from, p.season_from), ''),
        season_until = nullif(coalesce(update_protocol.season_until, p.season_until), ''),
        season_zone = nullif(coalesce(update_protocol.season_zone, p.season_zone), ''),
        acknowledgement = nullif(coalesce(update_protocol.acknowledgement, p.acknowledgement), '')
    where p.tenant_id = protocol.tenant_id and p.id = protocol.id;
    perform ops._emit(
        protocol.tenant_id, protocol.scope_id, 'protocol.changed', jsonb_build_object('protocol_id', protocol.id)
    );
end
$$;

comment on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) is 'Changes a protocol, at once for everything that stands under it.';

revoke execute on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) from public;
grant execute on function consent.update_protocol(
    uuid, text, text, consent.protocol_audience, text, consent.protocol_enforcement, text, text, text, text
) to authenticated;
