-- The recipients of a distribution are written at once, and their shares follow from their weights.

create or replace function value.tg_recipients__shares()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    if exists (
        select
        from (
            select
                w.tenant_id, w.distribution_id, array_agg(w.recipient_id) as ids, array_agg(w.weight) as weights,
                count(*) as recipients
            from written w
            group by w.tenant_id, w.distribution_id
        ) w
        join value.distributions d on d.tenant_id = w.tenant_id and d.id = w.distribution_id
        where w.recipients <> (
                select count(*)
                from value.recipients r
                where r.tenant_id = w.tenant_id and r.distribution_id = w.distribution_id
            )
            or exists (
                select
                from value._shares(d.amount, d.event_id, w.ids, w.weights) s
                join written r
                    on r.tenant_id = w.tenant_id and r.distribution_id = w.distribution_id and r.recipient_id = s.id
                where r.amount <> s.share
            )
    ) then
        perform core._refuse('shares_otherwise');
    end if;
    return null;
end
$$;

comment on function value.tg_recipients__shares() is
    'Refuses shares that do not follow from the weights.';

revoke execute on function value.tg_recipients__shares() from public;
