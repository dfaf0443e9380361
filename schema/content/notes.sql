-- The plainest kind of work: something written down, on some day. The smallest example of what a module adds.

create table content.notes (
    tenant_id uuid not null,
    id uuid not null,
    kind text not null generated always as ('note') stored,
    written_on date,
    constraint notes_pkey primary key (tenant_id, id),
    constraint notes_tenant_id_id_kind_fkey
        foreign key (tenant_id, id, kind) references content.works (tenant_id, id, kind)
);

comment on table content.notes is 'The plainest kind of work: something written down.';
comment on column content.notes.tenant_id is 'The organization.';
comment on column content.notes.id is 'The work that this note is.';
comment on column content.notes.kind is 'Always note: the key to its work holds it to that.';
comment on column content.notes.written_on is 'The day it is about.';
