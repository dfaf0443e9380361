-- What this protocol asks was not set by a decision of its community, which takes another one to be changed; or a
-- refusal.

create or replace function consent._require_undecided(tenant_id uuid, protocol_id uuid)
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from consent.community_labels l
        where l.tenant_id = _require_undecided.tenant_id
            and l.protocol_id = _require_undecided.protocol_id
            and l.decision_id is not null
    ) then
        perform core._refuse('decision_missing', 'label.ratify');
    end if;
end
$$;

comment on function consent._require_undecided(uuid, uuid) is
    'Refuses to change past a decision what a decision set.';

revoke execute on function consent._require_undecided(uuid, uuid) from public;
