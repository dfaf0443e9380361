-- What people told in all released months, in each place, project and organization, and on the platform, as of the last
-- release. Read by insights.contributor_statistics().

drop materialized view if exists insights.contributor_statistics;
create materialized view insights.contributor_statistics as
select
    n.scope_id, c.kind,
    min(c.month) as since, max(c.month) as until, count(distinct c.month) as months,
    sum(c.people)::bigint as people, sum(c.items)::bigint as items, sum(c.comments)::bigint as comments,
    sum(c.reactions)::bigint as reactions, sum(c.views)::bigint as views
from insights.cells c
-- A platform's figures are those of its organizations.
cross join lateral (select c.scope_id union all select null where c.level = 0) n (scope_id)
where c.board = 'told' and c.people > 0
group by n.scope_id, c.kind;

-- Nobody writes here meanwhile: it was made a statement ago.
-- squawk-ignore require-concurrent-index-creation
create unique index contributor_statistics_scope_id_kind_key
on insights.contributor_statistics (scope_id, kind) nulls not distinct;

comment on materialized view insights.contributor_statistics is 'What people told in all released months.';
comment on column insights.contributor_statistics.scope_id is
    'The place, project or organization; none, for the platform.';
comment on column insights.contributor_statistics.kind is 'Of which kind of works.';
comment on column insights.contributor_statistics.since is 'The first month with figures.';
comment on column insights.contributor_statistics.until is 'The last month with figures.';
comment on column insights.contributor_statistics.months is 'How many months with figures there are.';
comment on column insights.contributor_statistics.people is 'How many people told, added up over the months.';
comment on column insights.contributor_statistics.items is 'How many works.';
comment on column insights.contributor_statistics.comments is 'How many comments they had.';
comment on column insights.contributor_statistics.reactions is 'How many reactions they had.';
comment on column insights.contributor_statistics.views is 'How often they were read.';
