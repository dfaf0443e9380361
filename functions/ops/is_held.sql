-- Whether a legal hold covers a person anywhere, or a scope (also through one above it), for what it applies to.

create or replace function ops.is_held(scope_id uuid, person_id uuid default null, applies_to text default 'all')
returns boolean
language sql
stable
security definer -- holds are not for everybody to read
set search_path = pg_catalog, pg_temp
as $$
    select exists (
        select
        from ops.legal_holds h
        where h.released_at is null
            and (h.applies_to = 'all' or h.applies_to = is_held.applies_to)
            and (
                -- Also through a row that turned out to be the same person.
                exists (
                    select
                    from core.people p
                    where p.id = h.person_id and is_held.person_id in (p.id, p.merged_into)
                )
                or (
                    h.person_id is null
                    and exists (
                        select
                        from core.scopes s
                        where s.id = is_held.scope_id
                            and s.tenant_id = h.tenant_id
                            and h.scope_id in (s.id, s.project_id, s.tenant_id)
                    )
                )
            )
    )
$$;

comment on function ops.is_held(uuid, uuid, text) is 'Whether a legal hold covers a person or a scope.';

revoke execute on function ops.is_held(uuid, uuid, text) from public;
grant execute on function ops.is_held(uuid, uuid, text) to service_role;
