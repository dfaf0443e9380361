-- Whom a work is by, in the order in which they are named, and as they want to be named. Behind a name may stand a
-- person; readers are told the name. A work whose sharing somebody consented to on condition that it says whom it is by
-- is not published without.

create table content.attributions (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    work_id uuid not null,
    position integer not null,
    credit text not null,
    person_id uuid,
    named_as text not null,
    added_by uuid not null,
    added_at timestamptz not null default now(),
    constraint attributions_pkey primary key (tenant_id, id),
    constraint attributions_tenant_id_work_id_position_key unique (tenant_id, work_id, position),
    constraint attributions_tenant_id_work_id_fkey
        foreign key (tenant_id, work_id) references content.works (tenant_id, id),
    constraint attributions_person_id_fkey foreign key (person_id) references core.people (id),
    constraint attributions_added_by_fkey foreign key (added_by) references core.people (id),
    constraint attributions_position_check check (position >= 1),
    constraint attributions_credit_check check (credit ~ '^[a-z]+(_[a-z]+)*$' and length(credit) <= 63),
    constraint attributions_named_as_check check (length(btrim(named_as)) between 1 and 200)
);

create index attributions_id_idx on content.attributions (id);
create index attributions_person_id_idx on content.attributions (person_id);
create index attributions_added_by_idx on content.attributions (added_by);

create trigger _010_freeze_key
before update of tenant_id, id, work_id on content.attributions
for each row execute function core.tg__freeze_key();

create trigger _100_keep_attribution
after delete on content.attributions
for each row execute function content.tg__keep_attribution();

create trigger _100_require_attribution
after insert on content.work_transitions
for each row when (new.to_state = 'published')
execute function content.tg_work_transitions__require_attribution();

create trigger _430_forget_names
after update of erased_at on core.people
for each row when (new.erased_at is not null) execute function content.tg_people__forget_names();

comment on table content.attributions is 'Whom a work is by, as they want to be named.';
comment on column content.attributions.tenant_id is 'The organization.';
comment on column content.attributions.id is 'The id.';
comment on column content.attributions.work_id is 'The work.';
comment on column content.attributions.position is 'In which place they are named, from 1; places may be left out.';
comment on column content.attributions.credit is 'As what: teller, translator, photographer.';
comment on column content.attributions.person_id is 'The person behind the name, if they are one of this platform''s.';
comment on column content.attributions.named_as is 'The name, as they want to be called; a person says so themselves.';
comment on column content.attributions.added_by is 'Who named them.';
comment on column content.attributions.added_at is 'When.';
