-- Verifies a log: one row for each thing that is not as it should be, none when it is whole. Recomputes every leaf,
-- the tree at every block and the chain of blocks; holds erasures against their orders, the rows that live against
-- their newest change, and what the log stands on against what a migration recorded.
--
-- Since a size that was verified before, only what is new is looked at. With a checkpoint that is trusted (its text,
-- whose signature was checked outside), a log that was cut or rebuilt whole is found as well.

create or replace function audit.verify(tenant_id uuid, since bigint default 0, checkpoint text default null)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable -- all of it sees one state of the database
security definer -- reads whole logs, and the tables they follow
set search_path = pg_catalog, pg_temp
set client_encoding = 'UTF8' -- leaves are hashed in it, whatever the session speaks
set timezone = 'UTC'
set datestyle = 'ISO, YMD'
set intervalstyle = 'iso_8601'
set extra_float_digits = '1'
set bytea_output = 'hex'
set work_mem = '64MB'
set jit = off -- compiling takes longer than it saves
as $$
declare
    from_seq bigint;
    tracked record;
begin
    perform audit._require_access(tenant_id);
    since := coalesce(since, 0);
    perform audit._require_size(tenant_id, since);
    from_seq := audit._first_seq(tenant_id, since);

    return query select * from audit._verify_changes(tenant_id, since);
    return query select * from audit._verify_blocks(tenant_id, since);
    return query select * from audit._verify_erasures(tenant_id, since);
    return query select * from audit._verify_checkpoint(tenant_id, checkpoint) where checkpoint is not null;
    for tracked in
        select k.table_name as name
        from ops.table_classes k
        where k.untracked_because is null
            and (
                since = 0
                or k.table_name in (
                    select c.table_name
                    from audit.changes c
                    where c.tenant_id = verify.tenant_id and c.seq >= from_seq
                )
            )
        order by k.table_name
    loop
        return query select * from audit._verify_rows(tenant_id, tracked.name, since);
    end loop;
    return query select * from audit._verify_safeguards();
    -- What is gone by here has to be what the platform's log says of it.
    if tenant_id <> audit.platform() then
        return query
        select r.*
        from unnest('{audit.safeguards,audit.archived_months,audit.eras}'::text[]) as t (name)
        cross join lateral audit._verify_rows(audit.platform(), t.name, 0) r;
    end if;
end
$$;

comment on function audit.verify(uuid, bigint, text) is
    E'Verifies a log: one row for each thing that is not as it should be, none when it is whole.\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'since: A size that was verified before: only what is new is looked at.\n'
    'checkpoint: A checkpoint that is trusted, to hold the log against.\n'
    'finding: What is not as it should be.\n'
    'position: Where in the log.\n'
    'seq: In which change.\n'
    'table_name: Of which table.\n'
    'key: Of which row.\n'
    'message: What was found, in words.';

revoke execute on function audit.verify(uuid, bigint, text) from public;
grant execute on function audit.verify(uuid, bigint, text) to authenticated, service_role, empathy_auditor;
