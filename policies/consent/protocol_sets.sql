-- What a work stands under, or something to see in one, is for whoever may know of that. Nobody else is told that there
-- is such a combination: somebody would have had to make it.

alter table consent.protocol_sets enable row level security;

create policy read_reader on consent.protocol_sets
for select to authenticated
using (
    exists (
        select
        from content.works w
        where w.tenant_id = protocol_sets.tenant_id and w.protocol_set_id = protocol_sets.id
    )
    or exists (
        select
        from content.media m
        where m.tenant_id = protocol_sets.tenant_id and m.protocol_set_id = protocol_sets.id
    )
);

create policy read_backend on consent.protocol_sets
for select to service_role, empathy_auditor
using (true);

grant select (tenant_id, id)
on consent.protocol_sets to authenticated;
grant select on consent.protocol_sets to service_role, empathy_auditor;
