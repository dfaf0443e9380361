-- What moved, or is to move: never changed, never taken away. What becomes of a pending transfer is a transfer of its
-- own, its child; each of the two names the other by a key, so that there is one child at most, whoever writes. What
-- was wrong is reversed by another one.
--
-- The same key asks for the same transfer: whoever asks twice gets the first one, however often they ask.

create table value.transfers (
    tenant_id uuid not null,
    id uuid not null default core.new_id(),
    kind text not null,
    idempotency_key text not null,
    request_hash bytea not null,
    effective_on date not null default current_date,
    pending boolean not null default false,
    expires_at timestamptz,
    parent_id uuid,
    resolves_as value.transfer_state,
    resolution_id uuid,
    resolution value.transfer_state,
    state value.transfer_state not null generated always as (
        case when pending then coalesce(resolution, 'pending') else 'posted' end
    ) stored,
    reverses uuid,
    linked_to uuid,
    reason text not null default '',
    made_by uuid,
    made_at timestamptz not null default now(),
    constraint transfers_pkey primary key (tenant_id, id),
    -- Everybody has keys of their own: nobody can use up those of somebody else.
    constraint transfers_idempotency_key_key unique nulls not distinct (made_by, tenant_id, idempotency_key),
    -- For its entries, which are of the same day.
    constraint transfers_tenant_id_id_effective_on_key unique (tenant_id, id, effective_on),
    -- For the child that a pending one names, and for the parent that a child names.
    constraint transfers_tenant_id_id_parent_id_resolves_as_key unique (tenant_id, id, parent_id, resolves_as),
    constraint transfers_tenant_id_id_resolution_id_resolution_key unique (tenant_id, id, resolution_id, resolution),
    constraint transfers_parent_fkey
        foreign key (tenant_id, parent_id, id, resolves_as)
        references value.transfers (tenant_id, id, resolution_id, resolution)
        deferrable initially deferred,
    constraint transfers_resolution_fkey
        foreign key (tenant_id, resolution_id, id, resolution)
        references value.transfers (tenant_id, id, parent_id, resolves_as)
        deferrable initially deferred,
    constraint transfers_tenant_id_reverses_fkey
        foreign key (tenant_id, reverses) references value.transfers (tenant_id, id),
    constraint transfers_tenant_id_linked_to_fkey
        foreign key (tenant_id, linked_to) references value.transfers (tenant_id, id),
    constraint transfers_made_by_fkey foreign key (made_by) references core.people (id),
    constraint transfers_kind_check check (kind ~ '^[a-z][a-z_]{1,39}$'),
    constraint transfers_idempotency_key_check check (length(idempotency_key) between 1 and 200),
    constraint transfers_request_hash_check check (length(request_hash) = 32),
    constraint transfers_expires_at_check check (expires_at is null or pending),
    constraint transfers_parent_id_check check (
        (parent_id is null) = (resolves_as is null) and (parent_id is null or (not pending and reverses is null))
    ),
    constraint transfers_resolution_id_check check (
        (resolution_id is null) = (resolution is null) and (resolution_id is null or pending)
    ),
    constraint transfers_resolved_check check (resolves_as <> 'pending' and resolution <> 'pending'),
    constraint transfers_reverses_check check (reverses is null or (not pending and reverses <> id)),
    constraint transfers_reason_check check (length(reason) <= 2000)
);

create index transfers_id_idx on value.transfers (id);
create index transfers_parent_id_idx on value.transfers (tenant_id, parent_id) where parent_id is not null;
create index transfers_resolution_id_idx on value.transfers (tenant_id, resolution_id) where resolution_id is not null;
create index transfers_reverses_idx on value.transfers (tenant_id, reverses) where reverses is not null;
create index transfers_linked_to_idx on value.transfers (tenant_id, linked_to) where linked_to is not null;
create index transfers_expires_at_idx on value.transfers (expires_at) where state = 'pending';

create trigger _010_stands
before update or delete on value.transfers
for each row execute function value.tg_transfers__stands();

create trigger _011_append_only
before truncate on value.transfers
for each statement execute function audit.tg__append_only();

create constraint trigger _100_has_entries
after insert on value.transfers
deferrable initially deferred
for each row execute function value.tg_transfers__has_entries();

comment on table value.transfers is 'What moved, or is to move, among accounts.';
comment on column value.transfers.tenant_id is 'The organization.';
comment on column value.transfers.id is 'The id.';
comment on column value.transfers.kind is 'What it is: a donation, a payout, a share.';
comment on column value.transfers.idempotency_key is
    'By which whoever asked knows it: asking again with the same key makes no second one.';
comment on column value.transfers.request_hash is 'The SHA-256 of what was asked for with that key.';
comment on column value.transfers.effective_on is 'The day from which it counts.';
comment on column value.transfers.pending is 'Whether it began as pending.';
comment on column value.transfers.expires_at is 'Until when a pending one can be posted.';
comment on column value.transfers.parent_id is 'The pending transfer that this one posts, voids or lets expire.';
comment on column value.transfers.resolves_as is 'Which of these it does.';
comment on column value.transfers.resolution_id is 'The transfer that posted, voided or ended this pending one.';
comment on column value.transfers.resolution is 'What became of this pending one.';
comment on column value.transfers.state is 'What came of it.';
comment on column value.transfers.reverses is 'The transfer that this one takes back, or a part of it.';
comment on column value.transfers.linked_to is
    'The first of the transfers that this one happened with: all of them, or none.';
comment on column value.transfers.reason is 'Why.';
comment on column value.transfers.made_by is 'Who asked for it, if it was a person.';
comment on column value.transfers.made_at is 'When it was made.';
