-- What people decided about the use of their works, month by month, in each place, project and
-- organization, as of the last release. Read by insights.consent_health().

create view insights.consent_health
with (security_invoker = true)
as
select
    c.scope_id, c.month, c.kind as purpose,
    sum(c.items) filter (where c.board = 'given')::bigint as given,
    sum(c.items) filter (where c.board = 'refused')::bigint as refused,
    sum(c.items) filter (where c.board = 'withdrawn')::bigint as withdrawn
from insights.cells c
where c.board in ('given', 'refused', 'withdrawn') and c.people > 0
group by c.scope_id, c.month, c.kind;

comment on view insights.consent_health is
    'What people decided about the use of their works, month by month.';
comment on column insights.consent_health.scope_id is 'The place, project or organization.';
comment on column insights.consent_health.month is 'The month, by its first day.';
comment on column insights.consent_health.purpose is 'For which purpose.';
comment on column insights.consent_health.given is 'How often somebody consented.';
comment on column insights.consent_health.refused is 'How often somebody refused.';
comment on column insights.consent_health.withdrawn is 'How often somebody took back a consent.';
