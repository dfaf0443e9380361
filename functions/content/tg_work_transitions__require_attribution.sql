-- Nothing is published without saying whom it is by, where that is what somebody consented to; whoever moves it.

create or replace function content.tg_work_transitions__require_attribution()
returns trigger
language plpgsql
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._require_attribution(new.tenant_id, new.work_id);
    return null;
end
$$;

comment on function content.tg_work_transitions__require_attribution() is
    'Lets nothing be published without saying whom it is by, where it has to.';

revoke execute on function content.tg_work_transitions__require_attribution() from public;
