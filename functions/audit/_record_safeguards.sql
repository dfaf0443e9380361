-- Records what the log stands on as it is now. A migration does so last; whatever is different afterwards was changed
-- by somebody else.

create or replace function audit._record_safeguards()
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    delete from audit.safeguards s
    where s.object not in (select n.object from audit._safeguards() n);

    insert into audit.safeguards as s (object, digest, catalog_xmin)
    select n.object, n.digest, n.catalog_xmin::xid from audit._safeguards() n
    on conflict on constraint safeguards_pkey do update
    set digest = excluded.digest, catalog_xmin = excluded.catalog_xmin, recorded_at = now()
    where (s.digest, s.catalog_xmin) is distinct from (excluded.digest, excluded.catalog_xmin)
$$;

comment on function audit._record_safeguards() is 'Records what the log stands on as it is now.';

revoke execute on function audit._record_safeguards() from public;
