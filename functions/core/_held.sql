-- Where a person holds a permission: the scopes it was given in. When an API key is asking, only what the key allows,
-- and where the permission is held above the key's scope and reaches down, the key's scope instead.

create or replace function core._held(permission text, person_id uuid)
returns table (scope_id uuid, level smallint)
language plpgsql -- its plan is kept from one statement to the next
stable
rows 10 -- what a person usually belongs to: each is looked up by key, and no table is read whole
security definer -- policies ask this
set search_path = pg_catalog, pg_temp
as $$
begin
    return query
    with live as materialized (
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from core._live_memberships(_held.person_id) m
    ),
    given as (
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from live m
        join core.membership_roles mr
            on mr.tenant_id = m.tenant_id and mr.membership_id = m.membership_id and mr.revoked_at is null
        join core.role_permissions rp
            on rp.tenant_id = mr.tenant_id and rp.role_id = mr.role_id and rp.permission = _held.permission
        union
        select m.tenant_id, m.membership_id, m.scope_id, m.level, m.project_id
        from live m
        join core.membership_permissions mp
            on mp.tenant_id = m.tenant_id
            and mp.membership_id = m.membership_id
            and mp.permission = _held.permission
            and mp.effect = 'allow'
    ),
    held as (
        select g.tenant_id, g.scope_id, g.level, g.project_id
        from given g
        where not exists (
            select
            from core.membership_permissions mp
            where mp.tenant_id = g.tenant_id
                and mp.membership_id = g.membership_id
                and mp.permission = _held.permission
                and mp.effect = 'deny'
        )
    )
    select h.scope_id, h.level
    from held h
    where (select core._claims() ->> 'api_key') is null
    union
    select
        case when below then h.scope_id else k.scope_id end,
        case when below then h.level else k.level end
    from core._api_key() k
    join held h on h.tenant_id = k.tenant_id
    cross join lateral (
        select case k.level
            when 0 then true
            when 1 then h.project_id = k.scope_id
            else h.scope_id = k.scope_id
        end as below
    ) position
    where exists (
            select
            from core.api_key_permissions kp
            where kp.api_key_id = k.api_key_id and kp.permission = _held.permission
        )
        and (
            below
            or (
                h.scope_id in (k.tenant_id, k.project_id)
                and (select p.inherits from core.permissions p where p.key = _held.permission)
            )
        );
end
$$;

comment on function core._held(text, uuid) is 'The scopes in which a person holds a permission.';

revoke execute on function core._held(text, uuid) from public;
