-- Compares what the log stands on with what was recorded when a migration last set it up. What was touched and is the
-- same again is only a hint: a migration does that, and so does whoever switches capture off for a while.

create or replace function audit._verify_safeguards()
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select
        case
            when s.object is null then 'safeguard_added'
            when n.object is null then 'safeguard_missing'
            when s.digest <> n.digest then 'safeguard_altered'
            else 'safeguard_touched'
        end,
        null::bigint, null::bigint, 'audit.safeguards', coalesce(s.object, n.object),
        case
            when s.object is null then 'this is new since a migration recorded it: '
            when n.object is null then 'this is gone since a migration recorded it: '
            when s.digest <> n.digest then 'this is not what a migration recorded: '
            else 'this was written again since, though it is the same (a hint): '
        end || coalesce(s.object, n.object)
    from audit.safeguards s
    full join audit._safeguards() n on n.object = s.object
    where s.object is null
        or n.object is null
        or (s.digest, s.catalog_xmin) is distinct from (n.digest, n.catalog_xmin::xid)
$$;

comment on function audit._verify_safeguards() is 'Compares what the log stands on with what was recorded.';

revoke execute on function audit._verify_safeguards() from public;
