-- What is published goes on saying whom it is by, where somebody consents on that condition: whoever takes the last
-- name away, and whoever makes it a condition of theirs.

create or replace function content.tg__keep_attribution()
returns trigger
language plpgsql
security definer -- asks what everybody decided
set search_path = pg_catalog, pg_temp
as $$
begin
    perform content._require_attribution(w.tenant_id, w.id)
    from content.works w
    where w.tenant_id = coalesce(new.tenant_id, old.tenant_id)
        and w.id = coalesce(new.work_id, old.work_id)
        and w.state = 'published';
    return null;
end
$$;

comment on function content.tg__keep_attribution() is
    'Refuses what would leave a published work without a name, where it has to say whom it is by.';

revoke execute on function content.tg__keep_attribution() from public;
