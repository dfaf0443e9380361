-- Groups what people decided in a month, and what they got when something was shared: it happened, whatever becomes of
-- it, and nobody takes it back. So groups are as large as can be, and what makes none is told of never.

create or replace function insights._form_facts(tenant_id uuid, release date, month date)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    with happened as materialized (
        select c.decision::text::insights.board as board, c.purpose as kind, p.person_id, w.scope_id, w.project_id,
            1::bigint as weight
        from consent.consents c
        join consent.consent_parties p on p.tenant_id = c.tenant_id and p.id = c.party_id
        join content.works w on w.tenant_id = c.tenant_id and w.id = c.work_id
        where c.tenant_id = _form_facts.tenant_id
            and c.recorded_at >= _form_facts.month::timestamp at time zone 'UTC'
            and c.recorded_at < (_form_facts.month + interval '1 month')::timestamp at time zone 'UTC'
        union all
        select 'shared', d.asset, r.person_id, d.scope_id, s.project_id, r.amount
        from value.distributions d
        join value.transfers t on t.tenant_id = d.tenant_id and t.id = d.transfer_id
        join value.recipients r on r.tenant_id = d.tenant_id and r.distribution_id = d.id
        join core.scopes s on s.tenant_id = d.tenant_id and s.id = d.scope_id
        where d.tenant_id = _form_facts.tenant_id
            and t.made_at >= _form_facts.month::timestamp at time zone 'UTC'
            and t.made_at < (_form_facts.month + interval '1 month')::timestamp at time zone 'UTC'
            and r.amount > 0
    ),
    -- Each place is asked once.
    scopes as materialized (select distinct h.scope_id as id from happened h),
    places as materialized (
        select s.id, insights._smallest(s.id) as smallest
        from scopes s
        where core.module_on('insights', s.id)
    ),
    parts as materialized (
        select
            (row_number() over (order by h.board, h.kind, person.id, h.scope_id))::integer as number,
            h.board, h.kind, person.id as person_id, h.scope_id, h.project_id,
            p.smallest, sum(h.weight)::bigint as weight, count(*) as items
        from happened h
        join places p on p.id = h.scope_id
        join core.people e on e.id = h.person_id
        cross join lateral (select coalesce(e.merged_into, e.id) as id) person
        group by h.board, h.kind, person.id, h.scope_id, h.project_id, p.smallest
    ),
    homes as (
        select distinct on (p.board, p.kind, p.person_id) p.number
        from parts p
        order by p.board, p.kind, p.person_id, p.weight desc, p.number
    ),
    placed as (
        select p.board, p.kind, g.part, g.scope_id, g.smallest
        from (
            select
                p.board, p.kind,
                array_agg(
                    (
                        p.number, p.person_id, array[p.scope_id, p.project_id, _form_facts.tenant_id], p.smallest, '',
                        p.weight, p.number in (select h.number from homes h)
                    )::insights.waiting_part
                ) as parts
            from parts p
            group by p.board, p.kind
        ) p
        cross join lateral insights._grouping(p.parts, '', true) g
    ),
    weighed as (
        select
            l.board, l.kind, l.scope_id, l.smallest, p.person_id, sum(p.weight) as weight, sum(p.items) as items,
            bool_or(p.number in (select h.number from homes h)) as home
        from placed l
        join parts p on p.number = l.part
        group by l.board, l.kind, l.scope_id, l.smallest, p.person_id
    ),
    involved as (
        select l.board, l.kind, l.scope_id, l.smallest, array_agg(distinct p.scope_id) as places
        from placed l
        join parts p on p.number = l.part
        group by l.board, l.kind, l.scope_id, l.smallest
    ),
    ranked as (
        select
            w.*,
            row_number() over (
                partition by w.board, w.kind, w.scope_id, w.smallest order by w.weight, w.person_id
            ) as place
        from weighed w
    )
    insert into insights.groups (
        tenant_id, release, board, kind, month, scope_id, level, project_id, places, smallest, people, items, amount,
        spread
    )
    select
        _form_facts.tenant_id, _form_facts.release, r.board, r.kind, _form_facts.month, r.scope_id, s.level,
        s.project_id, i.places, r.smallest, count(*) filter (where r.home), sum(r.items),
        case r.board when 'shared' then sum(r.weight) else 0 end,
        case r.board
            -- The Gini coefficient, from the shares in their order.
            when 'shared' then greatest(round(
                (2 * sum(r.place * r.weight) / (count(*) * sum(r.weight)) - (count(*) + 1)::numeric / count(*))
                * 1000000 * count(*) filter (where r.home)
            ), 0)
            else 0
        end
    from ranked r
    join involved i on (i.board, i.kind, i.scope_id, i.smallest) = (r.board, r.kind, r.scope_id, r.smallest)
    join core.scopes s on s.tenant_id = _form_facts.tenant_id and s.id = r.scope_id
    group by r.board, r.kind, r.scope_id, s.level, s.project_id, i.places, r.smallest
    having r.board <> 'shared' or 2 * max(r.weight) <= sum(r.weight)
$$;

comment on function insights._form_facts(uuid, date, date) is
    'Groups what people decided in a month, and what they got when something was shared.';

revoke execute on function insights._form_facts(uuid, date, date) from public;
