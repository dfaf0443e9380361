-- What was told on the whole platform, month by month, as of the last release. Read by insights.platform_insights().

drop materialized view if exists insights.platform_insights;
create materialized view insights.platform_insights as
select
    c.month, c.kind,
    sum(c.people)::bigint as people, sum(c.items)::bigint as items, sum(c.comments)::bigint as comments,
    sum(c.reactions)::bigint as reactions, sum(c.views)::bigint as views
from insights.cells c
where c.level = 0 and c.board = 'told'
group by c.month, c.kind
having sum(c.people) > 0;

-- Nobody writes here meanwhile: it was made a statement ago.
-- squawk-ignore require-concurrent-index-creation
create unique index platform_insights_month_kind_key
on insights.platform_insights (month, kind);

comment on materialized view insights.platform_insights is 'What was told on the whole platform, month by month.';
comment on column insights.platform_insights.month is 'The month, by its first day.';
comment on column insights.platform_insights.kind is 'Of which kind of works.';
comment on column insights.platform_insights.people is 'How many people told.';
comment on column insights.platform_insights.items is 'How many works.';
comment on column insights.platform_insights.comments is 'How many comments they had.';
comment on column insights.platform_insights.reactions is 'How many reactions they had.';
comment on column insights.platform_insights.views is 'How often they were read.';
