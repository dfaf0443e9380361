-- Polls are for those they are put to, and so is what is asked: whoever belongs to the place, and may know of a work
-- under protocols that it is about. What came out of one, content.poll_results() tells.

alter table content.polls enable row level security;

create policy read_member on content.polls
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
    and (work_id is null or id in (select content.polls_on_works()))
);

create policy read_backend on content.polls
for select to service_role, empathy_auditor
using (true);

grant select (
    tenant_id, id, scope_id, work_id, question, description, method, most, options, role_key, electorate, anonymous,
    may_change, results_shown, quorum, opened_by, opened_at, closes_at, counted_at, ballots
) on content.polls to authenticated;
grant select on content.polls to service_role, empathy_auditor;
