-- Says how somebody wants to be named: the person themselves; where nobody of this platform stands behind the name, the
-- owner of the work.

create or replace function content.rename_attribution(attribution_id uuid, named_as text)
returns void
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    attribution content.attributions;
begin
    perform core._require_person();
    select a.* into attribution
    from content.attributions a
    join content.works w on w.tenant_id = a.tenant_id and w.id = a.work_id
    where a.id = rename_attribution.attribution_id
        and coalesce(a.person_id, w.owner_id) = any (array(select core.my_people()));
    if attribution.id is null then
        perform core._refuse('not_found', 'name of yours');
    end if;
    if attribution.person_id is not null then
        perform core._require_unerased(attribution.person_id);
    end if;
    update content.attributions a
    set named_as = btrim(rename_attribution.named_as)
    where a.tenant_id = attribution.tenant_id and a.id = attribution.id;
end
$$;

comment on function content.rename_attribution(uuid, text) is 'Says how I want to be named.';

revoke execute on function content.rename_attribution(uuid, text) from public;
grant execute on function content.rename_attribution(uuid, text) to authenticated;
