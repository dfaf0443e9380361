-- Carries out what the community decided to share: from the account into which it came, to each one's own. For whoever
-- may give from there, as long as nobody who is to get a share was forgotten meanwhile. Asked again, it answers the
-- transfer that there is.

create or replace function value.distribute(distribution_id uuid)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    sharing record;
    made uuid;
begin
    perform core._require_read_committed();
    select d.tenant_id, d.id, d.asset, d.amount, d.scope_id, d.decision_id, d.transfer_id, e.account_id into sharing
    from value.distributions d
    join value.value_events e on e.tenant_id = d.tenant_id and e.id = d.event_id
    where d.id = distribute.distribution_id
    for no key update of d;
    if sharing.id is null then
        perform core._refuse('not_found', 'distribution');
    end if;
    perform value._require_spendable(sharing.tenant_id, array[sharing.account_id]);
    if sharing.transfer_id is not null then
        return sharing.transfer_id;
    end if;
    if content._decision_in_force('value.distribute', sharing.scope_id, subject => sharing.id::text)
        is distinct from sharing.decision_id
    then
        perform core._refuse('decision_missing', 'value.distribute');
    end if;
    if exists (
        select
        from value.recipients r
        join core.people p on p.id = r.person_id
        where r.tenant_id = sharing.tenant_id and r.distribution_id = sharing.id and p.erased_at is not null
    ) then
        perform core._refuse('not_found', 'person');
    end if;
    insert into value.accounts (tenant_id, asset, person_id, scope_id)
    select r.tenant_id, sharing.asset, r.person_id, r.scope_id
    from value.recipients r
    where r.tenant_id = sharing.tenant_id and r.distribution_id = sharing.id
    order by r.recipient_id
    on conflict on constraint accounts_owner_key do nothing;
    select value._make_transfer(
        row(
            'distribution ' || sharing.id, 'distribution',
            array_agg(row(a.id, r.amount)::value.leg) || row(sharing.account_id, - sharing.amount)::value.leg,
            false, null, null, ''
        )::value.transfer_order
    )
    into made
    from value.recipients r
    join value.accounts a
        on a.tenant_id = r.tenant_id and a.asset = sharing.asset and a.kind = 'main'
        and (a.person_id = r.person_id or a.scope_id = r.scope_id)
    where r.tenant_id = sharing.tenant_id and r.distribution_id = sharing.id;
    update value.distributions d
    set transfer_id = made
    where d.tenant_id = sharing.tenant_id and d.id = sharing.id;
    return made;
end
$$;

comment on function value.distribute(uuid) is
    E'Carries out what the community decided to share, and returns the id of the transfer.\n'
    'distribution_id: What was decided.';

revoke execute on function value.distribute(uuid) from public;
grant execute on function value.distribute(uuid) to authenticated, service_role;
