-- Reactions are seen by whoever sees what they are about, and given by them.

alter table content.reactions enable row level security;

create policy read_reader on content.reactions
for select to anon, authenticated
using (
    exists (
        select from content.works w where w.tenant_id = reactions.tenant_id and w.id = reactions.work_id
    )
    or exists (
        select from content.comments c where c.tenant_id = reactions.tenant_id and c.id = reactions.comment_id
    )
);

create policy read_backend on content.reactions
for select to service_role, empathy_auditor
using (true);

-- Everybody for themselves, and in person: with an API key, nobody is among those they act for.
create policy insert_reader on content.reactions
for insert to authenticated
with check (
    person_id = (select core.me())
    and person_id in (select core.my_people())
    and exists (
        select
        from content.works w
        where w.tenant_id = reactions.tenant_id
            and w.id = coalesce(
                reactions.work_id,
                (
                    select c.work_id
                    from content.comments c
                    where c.tenant_id = reactions.tenant_id and c.id = reactions.comment_id and c.state = 'visible'
                )
            )
            and w.scope_id not in (select core.barred('comment'))
    )
);

-- Whose it is, is not for everybody.
grant select (tenant_id, id, work_id, comment_id, kind, reacted_at) on content.reactions to anon;
grant select on content.reactions to authenticated, service_role, empathy_auditor;
grant insert (tenant_id, work_id, comment_id, person_id, kind) on content.reactions to authenticated;
