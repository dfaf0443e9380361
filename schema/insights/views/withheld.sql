-- What is in the figures of the last release and may not be any more, at this moment: what readers get is without it.

create view insights.withheld
with (security_invoker = true)
as
select
    g.tenant_id, n.id as scope_id, g.board, g.kind, g.month, g.topic,
    sum(g.people)::bigint as people, sum(g.items)::bigint as items, sum(g.comments)::bigint as comments,
    sum(g.reactions)::bigint as reactions, sum(g.views)::bigint as views, sum(g.amount)::bigint as amount,
    sum(g.spread)::bigint as spread
from insights.groups g
cross join lateral (
    select distinct p.id from unnest(array[g.scope_id, g.project_id, g.tenant_id]) p (id)
) n
where g.booked and (g.withheld_at is not null or g.ends_at <= now())
group by g.tenant_id, n.id, g.board, g.kind, g.month, g.topic;

comment on view insights.withheld is 'What is in the figures of the last release and may not be any more.';
comment on column insights.withheld.tenant_id is 'The organization.';
comment on column insights.withheld.scope_id is 'The place, project or organization in whose figures it is.';
comment on column insights.withheld.board is 'What the figures are about.';
comment on column insights.withheld.kind is 'Of which kind: of works, or of assets; or for which purpose.';
comment on column insights.withheld.month is 'The month, by its first day.';
comment on column insights.withheld.topic is 'What all of it is about; empty, where that is not told.';
comment on column insights.withheld.people is 'How many people.';
comment on column insights.withheld.items is 'How many works, decisions or shares.';
comment on column insights.withheld.comments is 'How many comments the works had.';
comment on column insights.withheld.reactions is 'How many reactions the works had.';
comment on column insights.withheld.views is 'How often the works were read.';
comment on column insights.withheld.amount is 'How much it comes to.';
comment on column insights.withheld.spread is 'How unequal shares are, times the people.';
