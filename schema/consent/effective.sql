-- What everyone's decisions come to: when a work may be used for a purpose. Derived; read it, never write it.

create table consent.effective (
    tenant_id uuid not null,
    work_id uuid not null,
    purpose text not null,
    channel text not null default '',
    version integer,
    during tstzmultirange not null,
    constraint effective_pkey primary key (tenant_id, work_id, purpose, channel),
    constraint effective_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint effective_tenant_id_work_id_version_fkey
        foreign key (tenant_id, work_id, version) references content.work_versions (tenant_id, work_id, number),
    constraint effective_purpose_fkey foreign key (purpose) references consent.purposes (key),
    constraint effective_during_check check (during = '{}' or version is not null)
);

create index effective_purpose_idx on consent.effective (purpose);
create index effective_channel_idx on consent.effective (channel) where channel <> '';

comment on table consent.effective is 'When a work may be used for a purpose, as everyone''s decisions come to.';
comment on column consent.effective.tenant_id is 'The organization.';
comment on column consent.effective.work_id is 'The work.';
comment on column consent.effective.purpose is 'What for.';
comment on column consent.effective.channel is 'By which way of sharing; empty where no decision names one.';
comment on column consent.effective.version is
    'The newest version that everyone consented to; none, where somebody did not.';
comment on column consent.effective.during is 'When.';
