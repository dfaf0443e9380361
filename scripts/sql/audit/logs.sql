-- The logs: of each organization, and the platform's own. All of them, or the one with this id or slug.
-- Not from audit.heads: a log whose blocks were all removed has no head, and has to be looked at.
with logs as (
    select o.id as tenant_id, o.slug as name from core.organizations o
    union all
    select audit.platform(), 'platform'
)
select l.tenant_id, l.name, coalesce(h.size, 0) as size
from logs l
left join audit.heads h on h.tenant_id = l.tenant_id
where $1::text is null or $1 in (l.tenant_id::text, l.name)
order by l.tenant_id;
