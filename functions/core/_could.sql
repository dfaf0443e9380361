-- Whether a person may do something in a scope. The same three comparisons as in the policies, for one scope.

create or replace function core._could(person_id uuid, permission text, scope_id uuid)
returns boolean
language plpgsql -- its plan is kept from one statement to the next
stable
security definer -- reads memberships whoever asks
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select exists (
                select
                from core.scopes s
                join core._held(_could.permission, _could.person_id) h
                    on h.scope_id = s.id
                    or (
                        h.scope_id in (s.project_id, s.tenant_id)
                        and (select p.inherits from core.permissions p where p.key = _could.permission)
                    )
                where s.id = _could.scope_id
            )
            and _could.scope_id not in (select core._barred('access', _could.person_id))
    );
end
$$;

comment on function core._could(uuid, text, uuid) is 'Whether a person holds a permission in a scope, or above it.';

revoke execute on function core._could(uuid, text, uuid) from public;
