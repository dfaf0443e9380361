-- Proves that a change stands at a place of a log: the hashes that lead from its leaf to the root of the tree of a
-- given size, the one beside the leaf first (RFC 6962, 2.1.1).

create or replace function audit.prove_inclusion(tenant_id uuid, "position" bigint, size bigint)
returns bytea[]
language plpgsql
stable
strict
security definer -- leaves are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
declare
    here bigint := 0; -- the subtree that is looked at: from here …
    ends bigint := size; -- … up to there
    half bigint;
    path bytea[] := '{}'::bytea[];
begin
    perform audit._require_access(tenant_id);
    perform audit._require_size(tenant_id, size);
    if "position" < 0 or "position" >= size then
        perform core._refuse('not_found', 'change');
    end if;
    while ends - here > 1 loop
        half := audit._left_leaves(ends - here);
        if "position" < here + half then
            path := audit._subtree(tenant_id, here + half, ends) || path;
            ends := here + half;
        else
            path := audit._subtree(tenant_id, here, here + half) || path;
            here := here + half;
        end if;
    end loop;
    return path;
end
$$;

comment on function audit.prove_inclusion(uuid, bigint, bigint) is
    E'Proves that a change stands at a place of a log (RFC 6962).\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'position: The place of the change in the log.\n'
    'size: The size of the log to prove it for.';

revoke execute on function audit.prove_inclusion(uuid, bigint, bigint) from public;
grant execute on function audit.prove_inclusion(uuid, bigint, bigint) to authenticated, service_role, empathy_auditor;
