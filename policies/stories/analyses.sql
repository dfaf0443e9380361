-- What machines made of a story is for those who decide about it, and for those who manage the agreement that it came
-- about under: nobody else is told that it stands handed out. For both as far as they read what the story says, and for
-- nobody, once consent has ended by itself.

alter table stories.analyses enable row level security;

create policy read_reader on stories.analyses
for select to authenticated
using (
    exists (
        select from content.legible_works w where w.tenant_id = analyses.tenant_id and w.id = analyses.story_id
    )
    and exists (
        select
        from stories.standing_analyses a
        where a.tenant_id = analyses.tenant_id and a.run_id = analyses.run_id and a.work_id = analyses.story_id
    )
);

create policy read_backend on stories.analyses
for select to service_role, empathy_auditor
using (true);

grant select on stories.analyses to authenticated, service_role, empathy_auditor;
grant select on stories.standing_analyses to authenticated;
