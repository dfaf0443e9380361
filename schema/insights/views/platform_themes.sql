-- What was told of on the whole platform, month by month, as of the last release. Read by insights.theme_trends().

drop materialized view if exists insights.platform_themes;
create materialized view insights.platform_themes as
select
    c.month, c.kind, c.topic,
    sum(c.people)::bigint as people, sum(c.items)::bigint as items
from insights.cells c
where c.level = 0 and c.topic <> '' and c.people > 0
group by c.month, c.kind, c.topic;

-- Nobody writes here meanwhile: it was made a statement ago.
-- squawk-ignore require-concurrent-index-creation
create unique index platform_themes_month_kind_topic_key
on insights.platform_themes (month, kind, topic);

comment on materialized view insights.platform_themes is 'What was told of on the whole platform, month by month.';
comment on column insights.platform_themes.month is 'The month, by its first day.';
comment on column insights.platform_themes.kind is 'Of which kind of works.';
comment on column insights.platform_themes.topic is 'What they are about most.';
comment on column insights.platform_themes.people is 'How many people told.';
comment on column insights.platform_themes.items is 'How many works.';
