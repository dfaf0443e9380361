-- Where in a work there is something to see or hear: from a version on, until a version. Whoever reads such a version
-- knows of the place. What is there stands in content.media, and may be for fewer, or gone: then the place shows that
-- something is withheld, and not what.

create table content.placements (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    position integer not null,
    first_version integer,
    material_version integer generated always as (first_version) stored,
    last_version integer,
    constraint placements_pkey primary key (tenant_id, id),
    constraint placements_tenant_id_work_id_id_key unique (tenant_id, work_id, id),
    constraint placements_tenant_id_work_id_position_key unique (tenant_id, work_id, position),
    constraint placements_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    -- What is new to see needs everyone's consent anew: it comes with a material version.
    constraint placements_first_version_fkey
        foreign key (tenant_id, work_id, first_version, material_version)
        references content.work_versions (tenant_id, work_id, number, material_version),
    constraint placements_last_version_fkey
        foreign key (tenant_id, work_id, last_version)
        references content.work_versions (tenant_id, work_id, number),
    constraint placements_position_check check (position >= 1),
    constraint placements_last_version_check check (
        last_version is null or (first_version is not null and last_version >= first_version)
    )
);

create index placements_id_idx on content.placements (id);

create trigger _010_freeze_key
before update of tenant_id, id, work_id, position on content.placements
for each row execute function core.tg__freeze_key();

comment on table content.placements is
    'Where in a work there is something to see or hear. A place without its medium: something is withheld.';
comment on column content.placements.tenant_id is 'The organization.';
comment on column content.placements.id is 'The id.';
comment on column content.placements.work_id is 'The work.';
comment on column content.placements.position is 'Which place in it, from 1.';
comment on column content.placements.first_version is
    'The first version that shows it; none before the next one is written that changes what is said.';
comment on column content.placements.material_version is 'The same: it is a version that changes what is said.';
comment on column content.placements.last_version is 'The last version that shows it; none while the newest does.';
