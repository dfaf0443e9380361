-- What legs do to their accounts, one change each: moved at once, or set aside.

create or replace function value._changes(legs value.leg[], pending boolean)
returns value.account_change[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
    return (
        select array_agg(
            case
                when pending
                    then row(l.account_id, 0, greatest(l.amount, 0), greatest(- l.amount, 0))::value.account_change
                else row(l.account_id, l.amount, 0, 0)::value.account_change
            end
            order by l.account_id
        )
        from (
            select l.account_id, sum(l.amount)::bigint as amount
            from unnest(legs) l
            group by l.account_id
            having sum(l.amount) <> 0
        ) l
    );
end
$$;

comment on function value._changes(value.leg[], boolean) is 'What legs do to their accounts.';

revoke execute on function value._changes(value.leg[], boolean) from public;
