-- What works brought in, and what people got when something was shared, month by month, in each place, project and
-- organization, as of the last release; each has its own assets. Read by insights.community_impact().

create view insights.community_impact
with (security_invoker = true)
as
select
    c.scope_id, c.month, c.kind as asset,
    sum(c.amount) filter (where c.board = 'earned')::bigint as earned,
    sum(c.amount) filter (where c.board = 'shared')::bigint as shared,
    sum(c.people) filter (where c.board = 'shared')::bigint as recipients,
    sum(c.spread) filter (where c.board = 'shared')::bigint as spread
from insights.cells c
where c.board in ('earned', 'shared') and c.people > 0
group by c.scope_id, c.month, c.kind;

comment on view insights.community_impact is
    'What works brought in, and what people got when something was shared, month by month.';
comment on column insights.community_impact.scope_id is 'The place, project or organization.';
comment on column insights.community_impact.month is 'The month, by its first day.';
comment on column insights.community_impact.asset is 'Of what.';
comment on column insights.community_impact.earned is 'How much works brought in.';
comment on column insights.community_impact.shared is 'How much people got.';
comment on column insights.community_impact.recipients is 'How many people got something.';
comment on column insights.community_impact.spread is
    'How unequal their shares are: the Gini coefficient in millionths, times the people.';
