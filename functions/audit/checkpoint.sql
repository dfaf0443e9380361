-- The checkpoint of a log, as C2SP writes it: what it calls itself, its size, its root. The newest, or the one at an
-- earlier block. To be signed outside the database.

create or replace function audit.checkpoint(tenant_id uuid, size bigint default null)
returns text
language plpgsql
stable
security definer -- blocks are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
begin
    perform audit._require_access(tenant_id);
    return (
        select format(E'%s\n%s\n%s\n', audit.origin(b.tenant_id), b.size, encode(b.root, 'base64'))
        from audit.blocks b
        where b.tenant_id = checkpoint.tenant_id and (checkpoint.size is null or b.size = checkpoint.size)
        order by b.number desc
        limit 1
    );
end
$$;

comment on function audit.checkpoint(uuid, bigint) is
    E'The checkpoint of a log, as C2SP writes it.\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'size: At which size of the log; the newest checkpoint, unless told otherwise.';

revoke execute on function audit.checkpoint(uuid, bigint) from public;
grant execute on function audit.checkpoint(uuid, bigint) to authenticated, service_role, empathy_auditor;
