-- Which stories are handed out for analysis to which run, and may be at this moment: what nobody decided for a channel
-- alone is decided as in general. In the rights of whoever asks.

create view stories.standing_analyses
with (security_invoker = true)
as
select h.tenant_id, h.run_id, h.work_id
from consent.run_works h
join consent.runs r on r.tenant_id = h.tenant_id and r.id = h.run_id
cross join lateral (
    select e.during
    from consent.effective e
    where e.tenant_id = h.tenant_id
        and e.work_id = h.work_id
        and e.purpose = r.purpose
        and e.channel in ('', r.channel)
    order by e.channel desc
    limit 1
) e
where r.purpose = 'ai_analysis' and h.stands and e.during @> now();

comment on view stories.standing_analyses is 'Which stories may be analysed by which run at this moment.';
