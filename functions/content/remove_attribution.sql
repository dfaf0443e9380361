-- Says no more that a work of mine is by somebody.

create or replace function content.remove_attribution(attribution_id uuid)
returns void
language plpgsql
volatile
security definer -- attributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := content._my_work(
        (select a.work_id from content.attributions a where a.id = attribution_id)
    );
begin
    delete from content.attributions a
    where a.tenant_id = work.tenant_id and a.id = remove_attribution.attribution_id;
end
$$;

comment on function content.remove_attribution(uuid) is 'Says no more that a work of mine is by somebody.';

revoke execute on function content.remove_attribution(uuid) from public;
grant execute on function content.remove_attribution(uuid) to authenticated;
