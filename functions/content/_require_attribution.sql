-- Refuses a work that does not say whom it is by, where somebody consents to sharing it, now or later, on condition
-- that it does.

create or replace function content._require_attribution(tenant_id uuid, work_id uuid)
returns void
language plpgsql
volatile
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
            select
            from consent.consents c
            where c.tenant_id = _require_attribution.tenant_id
                and c.work_id = _require_attribution.work_id
                and c.purpose in ('public_sharing', 'organization_sharing', 'community_sharing')
                and c.decision = 'given'
                and c.attribution_required
                and c.during && tstzrange(now(), null)
        )
        and not exists (
            select
            from content.attributions a
            where a.tenant_id = _require_attribution.tenant_id and a.work_id = _require_attribution.work_id
        )
    then
        perform core._refuse('attribution_missing');
    end if;
end
$$;

comment on function content._require_attribution(uuid, uuid) is
    'Refuses a work that does not say whom it is by, where it has to.';

revoke execute on function content._require_attribution(uuid, uuid) from public;
