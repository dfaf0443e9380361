-- What was told in each project and organization, month by month, as of the last release. Read by
-- insights.project_statistics().

create view insights.project_statistics
with (security_invoker = true)
as
select
    c.tenant_id, c.scope_id, c.month, c.kind,
    sum(c.people)::bigint as people, sum(c.items)::bigint as items, sum(c.comments)::bigint as comments,
    sum(c.reactions)::bigint as reactions, sum(c.views)::bigint as views
from insights.cells c
where c.level < 2 and c.board = 'told'
group by c.tenant_id, c.scope_id, c.month, c.kind
having sum(c.people) > 0;

comment on view insights.project_statistics is
    'What was told in each project and organization, month by month.';
comment on column insights.project_statistics.tenant_id is 'The organization.';
comment on column insights.project_statistics.scope_id is 'The project or organization.';
comment on column insights.project_statistics.month is 'The month, by its first day.';
comment on column insights.project_statistics.kind is 'Of which kind of works.';
comment on column insights.project_statistics.people is 'How many people told.';
comment on column insights.project_statistics.items is 'How many works.';
comment on column insights.project_statistics.comments is 'How many comments they had.';
comment on column insights.project_statistics.reactions is 'How many reactions they had.';
comment on column insights.project_statistics.views is 'How often they were read.';
