-- Ends pending transfers that nobody posted in time, and answers how many. The worker calls it; what somebody else is
-- just resolving is left to them.

create or replace function value.expire_transfers(at_most integer default 1000)
returns integer
language plpgsql
volatile
security definer -- the ledger is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    due record;
    ended integer := 0;
begin
    for due in
        select t.id
        from value.transfers t
        where t.state = 'pending' and t.expires_at <= clock_timestamp()
        order by t.expires_at
        limit at_most
        for no key update skip locked
    loop
        perform value._resolve(
            due.id, 'expired', 'expires ' || due.id, jsonb_build_object('expires', due.id)
        );
        ended := ended + 1;
    end loop;
    return ended;
end
$$;

comment on function value.expire_transfers(integer) is 'Ends pending transfers that nobody posted in time.';

revoke execute on function value.expire_transfers(integer) from public;
grant execute on function value.expire_transfers(integer) to service_role;
