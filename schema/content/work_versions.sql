-- What a work says, version by version, without a gap; none is ever changed. A version that changes what is said is
-- material, and needs everyone's consent anew. A minor one (a comma, a typing error) belongs to the material one
-- before.

create table content.work_versions (
    tenant_id uuid not null,
    work_id uuid not null,
    number integer not null,
    previous integer generated always as (nullif(number - 1, 0)) stored,
    material_version integer not null,
    minor_after integer generated always as (case when material_version < number then number - 1 end) stored,
    body jsonb not null,
    plain_text text not null default '',
    change_note text not null default '',
    based_on integer,
    created_by uuid not null,
    created_at timestamptz not null default now(),
    constraint work_versions_pkey primary key (tenant_id, work_id, number),
    constraint work_versions_tenant_id_work_id_number_material_version_key
        unique (tenant_id, work_id, number, material_version),
    constraint work_versions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint work_versions_tenant_id_work_id_previous_fkey
        foreign key (tenant_id, work_id, previous) references content.work_versions (tenant_id, work_id, number),
    -- A minor version belongs to the same material one as the version before.
    constraint work_versions_minor_after_fkey
        foreign key (tenant_id, work_id, minor_after, material_version)
        references content.work_versions (tenant_id, work_id, number, material_version),
    constraint work_versions_tenant_id_work_id_based_on_fkey
        foreign key (tenant_id, work_id, based_on) references content.work_versions (tenant_id, work_id, number),
    constraint work_versions_created_by_fkey foreign key (created_by) references core.people (id),
    -- Which also says that the first has number 1.
    constraint work_versions_material_version_check check (material_version between 1 and number),
    constraint work_versions_based_on_check check (based_on < number),
    constraint work_versions_body_check check (jsonb_typeof(body) = 'object'),
    constraint work_versions_change_note_check check (length(change_note) <= 2000)
);

create index work_versions_created_by_idx on content.work_versions (created_by);

-- Which version is the newest, and which ones readers get, is one of these.
alter table content.works
add constraint works_tenant_id_id_current_version_fkey
foreign key (tenant_id, id, current_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_public_version_fkey
foreign key (tenant_id, id, public_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_organization_version_fkey
foreign key (tenant_id, id, organization_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred,
add constraint works_tenant_id_id_community_version_fkey
foreign key (tenant_id, id, community_version) references content.work_versions (tenant_id, work_id, number)
deferrable initially deferred;

create trigger _100_stand_still
after insert on content.work_versions
for each row when (new.number > 1) execute function content.tg_work_versions__stand_still();

create trigger _010_append_only
before update or delete or truncate on content.work_versions
for each statement execute function audit.tg__append_only();

comment on table content.work_versions is 'What a work says, version by version.';
comment on column content.work_versions.tenant_id is 'The organization.';
comment on column content.work_versions.work_id is 'The work.';
comment on column content.work_versions.number is 'Which version, from 1.';
comment on column content.work_versions.previous is 'The version before.';
comment on column content.work_versions.material_version is
    'The version that last changed what is said: itself, or one before. Who consented to that one consented to this.';
comment on column content.work_versions.minor_after is 'The version before, where this one is minor.';
comment on column content.work_versions.body is 'What it says, in whatever form its kind has.';
comment on column content.work_versions.plain_text is 'The same as plain words.';
comment on column content.work_versions.change_note is 'What became different.';
comment on column content.work_versions.based_on is 'The version that it goes back to, or was written from.';
comment on column content.work_versions.created_by is 'Who wrote it.';
comment on column content.work_versions.created_at is 'When.';
