-- A transfer's entries are written at once, in one statement, and none are added later: without any it is not committed
-- (value.tg_transfers__has_entries). They add up to nothing in each asset, and are what its kind of transfer does: a
-- pending one sets aside; what resolves it frees that, and posts no more of it; what reverses another takes back no
-- more than there was.

create or replace function value.tg_entries__balance()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
    otherwise boolean;
    reversed uuid[];
begin
    select
        bool_or(
            not w.balanced
            or w.entries <> (
                select count(*)
                from value.entries e
                where e.tenant_id = w.tenant_id and e.transfer_id = w.transfer_id
            )
            or case
                when t.pending then not w.sets_aside
                when t.parent_id is null then not w.moves
                else value._resolves_otherwise(t.tenant_id, t.id, t.parent_id, t.resolves_as)
            end
        ),
        array_agg(t.reverses) filter (where t.reverses is not null)
    into otherwise, reversed
    from (
        select
            w.tenant_id, w.transfer_id, sum(w.entries) as entries, bool_and(w.balanced) as balanced,
            bool_and(w.sets_aside) as sets_aside, bool_and(w.moves) as moves
        from (
            select
                w.tenant_id, w.transfer_id, count(*) as entries,
                sum(w.amount) = 0 and sum(w.reserved_in) = sum(w.reserved_out) as balanced,
                bool_and(w.amount = 0 and least(w.reserved_in, w.reserved_out) >= 0) as sets_aside,
                bool_and(w.reserved_in = 0 and w.reserved_out = 0) as moves
            from written w
            group by w.tenant_id, w.transfer_id, w.asset
        ) w
        group by w.tenant_id, w.transfer_id
    ) w
    join value.transfers t on t.tenant_id = w.tenant_id and t.id = w.transfer_id;
    if otherwise then
        perform core._refuse('transfer_unbalanced');
    end if;
    if reversed is not null then
        perform value._require_reversible(reversed);
        perform value._note_returned(reversed);
    end if;
    return null;
end
$$;

comment on function value.tg_entries__balance() is 'Refuses entries that do not add up.';

revoke execute on function value.tg_entries__balance() from public;
