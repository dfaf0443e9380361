-- The organization, project or place of a path of slugs, such as river/archive/heron.
with recursive path as (
    select string_to_array($1, '/') as slugs
),
found as (
    select o.id, o.name, 1 as depth
    from core.organizations o, path p
    where o.slug = p.slugs[1]
    union all
    select s.id, s.name, f.depth + 1
    from found f
    cross join path p
    join core.scopes s on s.parent_id = f.id and s.slug = p.slugs[f.depth + 1]
)
select f.id, f.name
from found f, path p
where f.depth = cardinality(p.slugs)
