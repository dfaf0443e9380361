-- Parts of a whole, by weights: each gets the whole units that are theirs, and those who came closest to one more get
-- one each of what is left over. Who among equals does is drawn by what is shared, and not by the order in which they
-- are named: nobody is favoured always, and nobody can arrange it.

create or replace function value._shares(amount bigint, draws uuid, ids uuid[], weights bigint[])
returns table (id uuid, share bigint)
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
    with parts as (
        select
            w.id, div(_shares.amount::numeric * w.weight, w.total) as whole,
            mod(_shares.amount::numeric * w.weight, w.total) as rest
        from (
            select w.id, w.weight, sum(w.weight) over () as total from unnest(ids, weights) w (id, weight)
        ) w
    )
    select
        p.id,
        (
            p.whole + (
                row_number() over (order by p.rest desc, sha256(uuid_send(draws) || uuid_send(p.id)))
                    <= _shares.amount - sum(p.whole) over ()
            )::integer
        )::bigint
    from parts p
$$;

comment on function value._shares(bigint, uuid, uuid[], bigint[]) is
    'Parts of a whole, by weights.';

revoke execute on function value._shares(bigint, uuid, uuid[], bigint[]) from public;
