-- How often a work was read is for those whom it involves. Whoever reads it adds to that, unknown or not; of what day
-- it is and what audience they are, they say nothing themselves.

alter table content.reading_days enable row level security;

create policy read_involved on content.reading_days
for select to authenticated
using (
    work_id in (select content.involving_me())
);

create policy read_backend on content.reading_days
for select to service_role, empathy_auditor
using (true);

create policy insert_reader on content.reading_days
for insert to anon, authenticated
with check (
    exists (
        select from content.works w where w.tenant_id = reading_days.tenant_id and w.id = reading_days.work_id
    )
);

grant select on content.reading_days to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id) on content.reading_days to anon, authenticated;
