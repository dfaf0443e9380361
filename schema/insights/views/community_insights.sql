-- What was told in each place, month by month, as of the last release. Read by insights.community_insights().

create view insights.community_insights
with (security_invoker = true)
as
select
    c.tenant_id, c.scope_id, c.month, c.kind,
    sum(c.people)::bigint as people, sum(c.items)::bigint as items, sum(c.comments)::bigint as comments,
    sum(c.reactions)::bigint as reactions, sum(c.views)::bigint as views
from insights.cells c
where c.level = 2 and c.board = 'told'
group by c.tenant_id, c.scope_id, c.month, c.kind
having sum(c.people) > 0;

comment on view insights.community_insights is 'What was told in each place, month by month.';
comment on column insights.community_insights.tenant_id is 'The organization.';
comment on column insights.community_insights.scope_id is 'The place.';
comment on column insights.community_insights.month is 'The month, by its first day.';
comment on column insights.community_insights.kind is 'Of which kind of works.';
comment on column insights.community_insights.people is 'How many people told.';
comment on column insights.community_insights.items is 'How many works.';
comment on column insights.community_insights.comments is 'How many comments they had.';
comment on column insights.community_insights.reactions is 'How many reactions they had.';
comment on column insights.community_insights.views is 'How often they were read.';
