-- Tells polls how many options they have now. A ballot refers to the number there was, so that from the first one on
-- the number stays.

create or replace function content.tg_poll_options__count()
returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
    update content.polls p
    set options = p.options + a.more
    from (select o.tenant_id, o.poll_id, count(*) as more from added o group by o.tenant_id, o.poll_id) a
    where p.tenant_id = a.tenant_id and p.id = a.poll_id;
    return null;
exception
    when foreign_key_violation then
        perform core._refuse('poll_begun');
        return null;
end
$$;

comment on function content.tg_poll_options__count() is 'Tells polls how many options they have now.';

revoke execute on function content.tg_poll_options__count() from public;
