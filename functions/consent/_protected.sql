-- The protocol set of something in a work, or of the work itself, once a community put it under these protocols of its
-- own, in place of those of the same community that it stood under. Who may, consent._require_protecting() says. The
-- work is locked.

create or replace function consent._protected(
    work_id uuid,
    protocol_set_id uuid,
    scope_id uuid,
    protocol_ids uuid[],
    match consent.protocol_match
)
returns uuid
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
    organization_id uuid;
    parts jsonb;
begin
    select w.tenant_id into organization_id from content.works w where w.id = _protected.work_id;
    parts := consent._parts(organization_id, protocol_set_id);
    perform consent._require_protecting(work_id, scope_id, parts ? scope_id::text);
    if exists (
        select
        from unnest(protocol_ids) wanted (id)
        where not exists (
            select
            from consent.protocols p
            where p.tenant_id = organization_id
                and p.id = wanted.id
                and p.scope_id = _protected.scope_id
                and p.retired_at is null
        )
    ) then
        perform core._refuse('not_found', 'protocol');
    end if;
    parts := parts - scope_id::text;
    if cardinality(protocol_ids) > 0 then
        parts := parts || jsonb_build_object(
            scope_id, jsonb_build_object('match', match, 'protocols', protocol_ids)
        );
    end if;
    return consent._protocol_set(organization_id, parts);
end
$$;

comment on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) is
    'The protocol set of something that a community put under these protocols of its own; or a refusal.';

revoke execute on function consent._protected(uuid, uuid, uuid, uuid[], consent.protocol_match) from public;
