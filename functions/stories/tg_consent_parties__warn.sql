-- Whoever has to consent may have died. That is not recorded until this transaction ends, nor taken back.

create or replace function stories.tg_consent_parties__warn()
returns trigger
language plpgsql
security definer -- warnings are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform from core.people e where e.id = new.person_id for share;
    perform stories._warn(new.tenant_id, array[new.work_id]);
    return null;
end
$$;

comment on function stories.tg_consent_parties__warn() is
    'Lets a story warn of somebody on record as having died who has to consent to it from now on.';

revoke execute on function stories.tg_consent_parties__warn() from public;
