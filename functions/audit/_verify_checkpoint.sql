-- Holds a log against a checkpoint that is trusted: whether it is that log, still as long, and was the same then.

create or replace function audit._verify_checkpoint(tenant_id uuid, checkpoint text)
returns table (finding text, "position" bigint, seq bigint, table_name text, key text, message text)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    -- Of a signed note, the text before the blank line.
    lines constant text[] := string_to_array(split_part(checkpoint, E'\n\n', 1), E'\n');
    size constant bigint := coalesce(
        (select h.size from audit.heads h where h.tenant_id = _verify_checkpoint.tenant_id), 0
    );
    trusted_size bigint;
    trusted_root bytea;
begin
    if lines[2] !~ '^(0|[1-9][0-9]{0,17})$' or lines[3] !~ '^[A-Za-z0-9+/]{43}=$' or lines[3] is null then
        perform core._refuse('not_a_checkpoint');
    end if;
    trusted_size := lines[2]::bigint;
    trusted_root := decode(lines[3], 'base64');
    finding := 'checkpoint_contradicted';
    if lines[1] <> audit.origin(tenant_id) then
        message := 'the checkpoint is of another log: ' || lines[1];
        return next;
    elsif trusted_size > size then
        position := size;
        message := format('the log once had %s changes: its end was cut off', trusted_size);
        return next;
    elsif audit._root(audit._peaks(tenant_id, trusted_size)) <> trusted_root then
        position := trusted_size - 1;
        message := format('the first %s changes are not those that the checkpoint was of', trusted_size);
        return next;
    end if;
end
$$;

comment on function audit._verify_checkpoint(uuid, text) is 'Holds a log against a checkpoint that is trusted.';

revoke execute on function audit._verify_checkpoint(uuid, text) from public;
