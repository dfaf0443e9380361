-- Writes down what brought something in. Where that came through the ledger, the transfer says into which account of
-- the place or of the work, and how much; each entry is written down once. For whoever keeps the books there, and may
-- know of the work. Returns the id.

create or replace function value.record_event(
    kind text,
    asset text,
    amount bigint,
    scope_id uuid default null,
    work_id uuid default null,
    transfer_id uuid default null,
    occurred_on date default null,
    metrics jsonb default '{}'
)
returns uuid
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    place record;
    account_id uuid;
    event_id uuid;
begin
    select s.tenant_id, s.id into place
    from core.scopes s
    where s.id = case
        when record_event.work_id is null then record_event.scope_id
        else (
            select w.scope_id
            from content.works w
            where w.id = record_event.work_id
                and (core._is_service() or w.id in (select content.visible(array[record_event.work_id])))
        )
    end;
    if place.id is null then
        perform core._refuse('not_found', 'place or work');
    end if;
    if not core._is_service() then
        perform core._require('value.manage', place.id);
    end if;
    if transfer_id is not null then
        -- Where there is none, value.tg_value_events__fit() refuses.
        select a.id into account_id
        from value.entries e
        join value.accounts a on a.tenant_id = e.tenant_id and a.id = e.account_id
        where e.tenant_id = place.tenant_id and e.transfer_id = record_event.transfer_id
            and e.asset = record_event.asset and e.amount = record_event.amount
            and (a.scope_id = place.id or a.work_id = record_event.work_id)
        order by a.work_id, a.id -- the work's own before the place's
        limit 1;
    end if;
    insert into value.value_events (
        tenant_id, scope_id, work_id, kind, asset, amount, occurred_on, metrics, transfer_id, account_id, recorded_by
    )
    values (
        place.tenant_id, place.id, record_event.work_id, record_event.kind, record_event.asset, record_event.amount,
        coalesce(record_event.occurred_on, current_date), record_event.metrics, record_event.transfer_id, account_id,
        core.me()
    )
    returning id into event_id;
    return event_id;
end
$$;

comment on function value.record_event(text, text, bigint, uuid, uuid, uuid, date, jsonb) is
    E'Writes down what brought something in, and returns its id.\n'
    'kind: What it was: a licence, a donation, a grant.\n'
    'asset: Of what.\n'
    'amount: How much, in the smallest unit of the asset.\n'
    'scope_id: The place, project or organization for which it came in, where it was not by a work.\n'
    'work_id: The work that brought it in.\n'
    'transfer_id: The transfer by which it came in, if that was here.\n'
    'occurred_on: When it was; today, unless told otherwise.\n'
    'metrics: What else can be said of it in figures.';

revoke execute on function value.record_event(text, text, bigint, uuid, uuid, uuid, date, jsonb) from public;
grant execute on function value.record_event(text, text, bigint, uuid, uuid, uuid, date, jsonb)
to authenticated, service_role;
