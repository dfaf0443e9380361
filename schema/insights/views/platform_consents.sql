-- What people decided about the use of works on the whole platform, month by month, as of the last release. Read by
-- insights.consent_health().

drop materialized view if exists insights.platform_consents;
create materialized view insights.platform_consents as
select
    c.month, c.kind as purpose,
    sum(c.items) filter (where c.board = 'given')::bigint as given,
    sum(c.items) filter (where c.board = 'refused')::bigint as refused,
    sum(c.items) filter (where c.board = 'withdrawn')::bigint as withdrawn
from insights.cells c
where c.level = 0 and c.board in ('given', 'refused', 'withdrawn') and c.people > 0
group by c.month, c.kind;

-- Nobody writes here meanwhile: it was made a statement ago.
-- squawk-ignore require-concurrent-index-creation
create unique index platform_consents_month_purpose_key
on insights.platform_consents (month, purpose);

comment on materialized view insights.platform_consents is
    'What people decided about the use of works on the whole platform, month by month.';
comment on column insights.platform_consents.month is 'The month, by its first day.';
comment on column insights.platform_consents.purpose is 'For which purpose.';
comment on column insights.platform_consents.given is 'How often somebody consented.';
comment on column insights.platform_consents.refused is 'How often somebody refused.';
comment on column insights.platform_consents.withdrawn is 'How often somebody took back a consent.';
