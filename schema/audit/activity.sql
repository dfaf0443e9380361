-- What people did that changes no row: signing in, looking, exporting. Not in the chain. By month; addresses are
-- shortened after 90 days.

create table audit.activity (
    id uuid not null default core.new_id(),
    happened_at timestamptz not null default now(),
    kind text not null,
    tenant_id uuid,
    person_id uuid,
    ip inet,
    user_agent text,
    request_id text,
    constraint activity_pkey primary key (id, happened_at),
    constraint activity_kind_check check (kind ~ '^[a-z_]{1,60}$'),
    constraint activity_tenant_id_fkey foreign key (tenant_id) references core.organizations (id),
    constraint activity_person_id_fkey foreign key (person_id) references core.people (id) on delete set null,
    constraint activity_user_agent_check check (length(user_agent) <= 300),
    constraint activity_request_id_check check (length(request_id) <= 100)
) partition by range (happened_at);

create table audit.activity_default partition of audit.activity default;
alter table audit.activity_default enable row level security;
comment on table audit.activity_default is 'Activity of months that nobody made a partition for.';

create index activity_person_id_happened_at_idx on audit.activity (person_id, happened_at);
create index activity_tenant_id_happened_at_idx on audit.activity (tenant_id, happened_at);
create index activity_happened_at_idx on audit.activity (happened_at) where ip is not null;

comment on table audit.activity is 'What people did that changes no row: signing in, looking, exporting.';
comment on column audit.activity.id is 'Which.';
comment on column audit.activity.happened_at is 'When.';
comment on column audit.activity.kind is 'What: sign_in, sign_in_refused, export, admin_view and the like.';
comment on column audit.activity.tenant_id is 'In which organization, where it was in one.';
comment on column audit.activity.person_id is 'Who.';
comment on column audit.activity.ip is 'From which address; after 90 days, from which network.';
comment on column audit.activity.user_agent is 'With which program, as it calls itself; gone after 90 days.';
comment on column audit.activity.request_id is 'In which request, as the server''s log knows it.';
