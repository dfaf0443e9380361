-- What was told of, month by month, in each place, project and organization, as of the last release. Read by
-- insights.theme_trends().

create view insights.theme_trends
with (security_invoker = true)
as
select c.scope_id, c.month, c.kind, c.topic, c.people, c.items
from insights.cells c
where c.topic <> '' and c.people > 0;

comment on view insights.theme_trends is 'What was told of, month by month.';
comment on column insights.theme_trends.scope_id is 'The place, project or organization.';
comment on column insights.theme_trends.month is 'The month, by its first day.';
comment on column insights.theme_trends.kind is 'Of which kind of works.';
comment on column insights.theme_trends.topic is 'What they are about most.';
comment on column insights.theme_trends.people is 'How many people told.';
comment on column insights.theme_trends.items is 'How many works.';
