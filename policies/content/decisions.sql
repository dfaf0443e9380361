-- Decisions are for those who belong to the place whose they are, and who may know of the poll.

alter table content.decisions enable row level security;

create policy read_member on content.decisions
for select to authenticated
using (
    scope_id = any ((select core.reach(2))::uuid[])
    and (work_id is null or poll_id in (select content.polls_on_works()))
);

create policy read_backend on content.decisions
for select to service_role, empathy_auditor
using (true);

grant select on content.decisions to authenticated, service_role, empathy_auditor;
