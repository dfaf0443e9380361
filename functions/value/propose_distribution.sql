-- Proposes how what came in is shared, with every share, and puts just that to the community to decide. By the model
-- that the community has set; where that is its own (custom), whoever proposes says who gets which part. Returns the
-- id.

create or replace function value.propose_distribution(
    event_id uuid,
    question text,
    description text default '',
    amount bigint default null,
    shares value.share[] default null
)
returns uuid
language plpgsql
volatile
security definer -- distributions are written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    new_id constant uuid := core.new_id();
    event record;
    sharing record;
    entitled value.share[];
    whole bigint;
begin
    select e.tenant_id, e.id, e.scope_id, e.asset, e.transfer_id, e.account_id into event
    from value.value_events e
    where e.id = propose_distribution.event_id and e.scope_id = any (core.reach(2));
    if event.id is null then
        perform core._refuse('not_found', 'event');
    end if;
    select b.model, b.rules into sharing
    from consent.benefit_settings b
    where b.tenant_id = event.tenant_id and b.scope_id = event.scope_id;
    if sharing.model is null then
        perform core._refuse('sharing_unset');
    end if;
    if event.transfer_id is null then
        perform core._refuse('event_elsewhere');
    end if;
    if (shares is not null) <> (sharing.model = 'custom') then
        perform core._refuse('shares_otherwise');
    end if;
    whole := coalesce(propose_distribution.amount, value._left_to_share(event.tenant_id, event.id));
    if whole not between 1 and value._left_to_share(event.tenant_id, event.id) then
        perform core._refuse('funds_missing');
    end if;
    if exists (
        select from unnest(shares) s where s.person_id is not null and not core._knows(event.tenant_id, s.person_id)
    ) then
        perform core._refuse('not_found', 'person');
    end if;
    entitled := coalesce(shares, array(select s from value._entitled(event.id, sharing.model, sharing.rules) s));
    insert into value.distributions (
        tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, proposed_by
    )
    values (
        event.tenant_id, new_id, event.id, event.scope_id, event.asset, whole, sharing.model, sharing.rules,
        content.propose_decision(
            event.scope_id, 'value.distribute', question, description, subject => new_id::text
        ),
        core.me()
    );
    insert into value.recipients (tenant_id, distribution_id, person_id, scope_id, weight, amount)
    select event.tenant_id, new_id, s.person_id, s.scope_id, s.weight, p.share
    from unnest(entitled) s
    join value._shares(
        whole, event.id, array(select coalesce(s.person_id, s.scope_id) from unnest(entitled) s),
        array(select s.weight from unnest(entitled) s)
    ) p on p.id = coalesce(s.person_id, s.scope_id);
    if not exists (
        select
        from value.recipients r
        where r.tenant_id = event.tenant_id and r.distribution_id = new_id and r.amount > 0
            and not exists (
                select
                from value.accounts a
                where a.tenant_id = event.tenant_id and a.id = event.account_id and a.kind = 'main'
                    and a.scope_id = r.scope_id
            )
    ) then
        perform core._refuse('nothing_to_share');
    end if;
    return new_id;
end
$$;

comment on function value.propose_distribution(uuid, text, text, bigint, value.share[]) is
    E'Proposes how what came in is shared, puts that to the community to decide, and returns its id.\n'
    'event_id: What came in.\n'
    'question: What the community is asked.\n'
    'description: What there is to know about it.\n'
    'amount: How much of it; all that is left, unless told otherwise.\n'
    'shares: Who gets which part, where the community shares by rules of its own.';

revoke execute on function value.propose_distribution(uuid, text, text, bigint, value.share[]) from public;
grant execute on function value.propose_distribution(uuid, text, text, bigint, value.share[]) to authenticated;
