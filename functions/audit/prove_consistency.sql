-- Proves that a log only grew: the hashes from which both the root at its old size and the root at its new size can
-- be computed (RFC 6962, 2.1.2).

create or replace function audit.prove_consistency(tenant_id uuid, old_size bigint, new_size bigint)
returns bytea[]
language plpgsql
stable
strict
security definer -- leaves are nobody's to read but the auditors'
set search_path = pg_catalog, pg_temp
as $$
declare
    here bigint := 0; -- the subtree that is looked at: from here …
    ends bigint := new_size; -- … up to there
    half bigint;
    proof bytea[] := '{}'::bytea[];
begin
    perform audit._require_access(tenant_id);
    perform audit._require_size(tenant_id, new_size);
    if old_size < 0 or old_size > new_size then
        perform core._refuse('log_size', old_size::text);
    end if;
    if old_size in (0, new_size) then
        return proof;
    end if;
    while ends <> old_size loop
        half := audit._left_leaves(ends - here);
        if old_size <= here + half then
            proof := audit._subtree(tenant_id, here + half, ends) || proof;
            ends := here + half;
        else
            proof := audit._subtree(tenant_id, here, here + half) || proof;
            here := here + half;
        end if;
    end loop;
    -- Whoever checks knows the old root; it is named only where it is not a subtree of the new tree by itself.
    return case when here = 0 then proof else audit._subtree(tenant_id, here, ends) || proof end;
end
$$;

comment on function audit.prove_consistency(uuid, bigint, bigint) is
    E'Proves that a log only grew (RFC 6962).\n'
    'tenant_id: Whose log: an organization, or the platform.\n'
    'old_size: The size that was seen before.\n'
    'new_size: The size that it is to be held against.';

revoke execute on function audit.prove_consistency(uuid, bigint, bigint) from public;
grant execute on function audit.prove_consistency(uuid, bigint, bigint)
    to authenticated, service_role, empathy_auditor;
