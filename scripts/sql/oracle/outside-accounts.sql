-- From where something can come into communities, and whereto: into accounts that are opened where there are none.

with opened as (
    insert into value.accounts (tenant_id, asset, scope_id)
    select s.tenant_id, 'CAD', s.id
    from core.scopes s
    where s.kind = 'community'
    on conflict on constraint accounts_owner_key do nothing
    returning tenant_id, id, scope_id
),
accounts as (
    select o.tenant_id, o.id, o.scope_id from opened o
    union
    select a.tenant_id, a.id, a.scope_id
    from value.accounts a
    join core.scopes s on s.tenant_id = a.tenant_id and s.id = a.scope_id and s.kind = 'community'
    where a.asset = 'CAD' and a.kind = 'main'
)
select a.tenant_id, a.id as account_id, a.scope_id, o.id as outside_id
from accounts a
join core.scopes s on s.tenant_id = a.tenant_id and s.id = a.scope_id
join value.accounts o on o.tenant_id = a.tenant_id and o.asset = 'CAD' and o.system_key = 'outside'
order by s.slug
