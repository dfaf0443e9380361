-- What is counted or looked at after waiting for somebody else has to be what they left. Above read committed a
-- transaction goes on seeing what was there when it began: two such have left an organization without an owner.

create or replace function core._require_read_committed()
returns void
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    level constant text := current_setting('transaction_isolation');
begin
    if level in ('repeatable read', 'serializable') then
        perform core._refuse('isolation_too_high', level);
    end if;
end
$$;

comment on function core._require_read_committed() is 'Refuses a transaction that would not see what others did.';

revoke execute on function core._require_read_committed() from public;
