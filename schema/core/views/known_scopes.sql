-- The scopes that I can see, each with itself and those above it: what the policies of core.scopes say, for functions
-- that are above policies and have to ask; the oracle holds them to each other. Nobody else may read it.

create view core.known_scopes
with (security_invoker = true)
as
select
    s.tenant_id, s.id, s.kind, s.name, s.description, s.created_at,
    array[s.id, s.project_id, s.tenant_id] as places
from core.scopes s
where s.visibility = 'public'
    or (
        (
            s.id = any ((select core.reach(2))::uuid[])
            or s.id = any ((select core.reach(1))::uuid[])
            or s.id = any ((select core.reach(0))::uuid[])
            or (s.visibility = 'organization' and s.tenant_id = any ((select core.reach(0))::uuid[]))
            or s.tenant_id = any ((select core.granted('scope.read', 0))::uuid[])
            or s.project_id = any ((select core.granted('scope.read', 1))::uuid[])
            or s.id = any ((select core.granted('scope.read', 2))::uuid[])
        )
        and s.id not in (select core.barred())
    );

comment on view core.known_scopes is 'The scopes that I can see.';
