-- What is shared, somebody gets: a distribution is not committed without recipients.

create or replace function value.tg_distributions__has_recipients()
returns trigger
language plpgsql
security definer -- it runs at the end, as whoever ends the transaction
set search_path = pg_catalog, pg_temp
as $$
begin
    if not exists (
        select from value.recipients r where r.tenant_id = new.tenant_id and r.distribution_id = new.id
    ) then
        perform core._refuse('shares_otherwise');
    end if;
    return null;
end
$$;

comment on function value.tg_distributions__has_recipients() is
    'Refuses a distribution without recipients.';

revoke execute on function value.tg_distributions__has_recipients() from public;
