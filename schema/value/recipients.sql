-- Who gets which share of a distribution, written with it and never changed. The shares are parts of the whole by their
-- weights; of the smallest units that are left over, one each goes to those who came closest to one more
-- (value._shares).

create table value.recipients (
    tenant_id uuid not null,
    distribution_id uuid not null,
    recipient_id uuid not null generated always as (coalesce(person_id, scope_id)) stored,
    person_id uuid,
    scope_id uuid,
    weight bigint not null,
    amount bigint not null,
    constraint recipients_pkey primary key (tenant_id, distribution_id, recipient_id),
    constraint recipients_tenant_id_distribution_id_fkey
        foreign key (tenant_id, distribution_id) references value.distributions (tenant_id, id),
    constraint recipients_person_id_fkey foreign key (person_id) references core.people (id),
    constraint recipients_tenant_id_scope_id_fkey
        foreign key (tenant_id, scope_id) references core.scopes (tenant_id, id),
    constraint recipients_recipient_check check (num_nonnulls(person_id, scope_id) = 1),
    constraint recipients_weight_check check (weight > 0),
    constraint recipients_amount_check check (amount >= 0)
);

create index recipients_person_id_idx on value.recipients (person_id) where person_id is not null;
create index recipients_tenant_id_scope_id_idx on value.recipients (tenant_id, scope_id) where scope_id is not null;

create trigger _010_append_only
before update or delete or truncate on value.recipients
for each statement execute function audit.tg__append_only();

create trigger _100_shares
after insert on value.recipients
referencing new table as written
for each statement execute function value.tg_recipients__shares();

comment on table value.recipients is 'Who gets which share of a distribution.';
comment on column value.recipients.tenant_id is 'The organization.';
comment on column value.recipients.distribution_id is 'The distribution.';
comment on column value.recipients.recipient_id is 'Who gets it.';
comment on column value.recipients.person_id is 'The person who gets it, if it is one.';
comment on column value.recipients.scope_id is 'The place, project or organization that gets it, if it is one.';
comment on column value.recipients.weight is 'How much beside the others: who has twice the weight gets twice as much.';
comment on column value.recipients.amount is 'How much, in the smallest unit of the asset.';
