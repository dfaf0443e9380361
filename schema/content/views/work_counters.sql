-- How much was said, felt and read of a work; for whoever may read it. Its score puts a comment above a reaction, and
-- leaves readings out: whoever reads something twice does not think twice as much of it.

create view content.work_counters
with (security_invoker = true)
as
select
    w.tenant_id,
    w.id as work_id,
    coalesce(sum(s.comments), 0)::bigint as comments,
    coalesce(sum(s.reactions), 0)::bigint as reactions,
    coalesce(sum(s.views), 0)::bigint as views,
    coalesce(3 * sum(s.comments) + sum(s.reactions), 0)::bigint as score
from content.works w
left join content.work_count_steps s on s.tenant_id = w.tenant_id and s.work_id = w.id
group by w.tenant_id, w.id;

comment on view content.work_counters is
    'How much was said, felt and read of a work. Its score is three times its comments, and its reactions.';
comment on column content.work_counters.tenant_id is 'The organization.';
comment on column content.work_counters.work_id is 'The work.';
comment on column content.work_counters.comments is 'How much was said.';
comment on column content.work_counters.reactions is 'How often somebody reacted.';
comment on column content.work_counters.views is 'How often it was read.';
comment on column content.work_counters.score is 'Three times the comments, and the reactions.';
