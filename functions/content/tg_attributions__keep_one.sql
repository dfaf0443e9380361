-- Nor does what is published lose the last name, whoever takes it away.

create or replace function content.tg_attributions__keep_one()
returns trigger
language plpgsql
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._require_attribution(w.tenant_id, w.id)
    from content.works w
    where w.tenant_id = old.tenant_id and w.id = old.work_id and w.state = 'published';
    return null;
end
$$;

comment on function content.tg_attributions__keep_one() is 'Keeps the last name of what is published, where it has to.';

revoke execute on function content.tg_attributions__keep_one() from public;
