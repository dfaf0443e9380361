-- Of activity older than 90 days, the address becomes that of the network, and the program is forgotten. Returns how
-- many were shortened.

create or replace function audit.shorten_addresses()
returns bigint
language plpgsql
volatile
security definer -- activity is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
declare
    shortened bigint;
begin
    update audit.activity a
    set
        ip = network(set_masklen(a.ip, case family(a.ip) when 4 then 24 else 48 end)),
        user_agent = null
    where a.happened_at < now() - interval '90 days'
        and (a.user_agent is not null or masklen(a.ip) > case family(a.ip) when 4 then 24 else 48 end);
    get diagnostics shortened = row_count;
    return shortened;
end
$$;

comment on function audit.shorten_addresses() is 'Shortens the addresses in activity older than 90 days.';

revoke execute on function audit.shorten_addresses() from public;
grant execute on function audit.shorten_addresses() to service_role;
