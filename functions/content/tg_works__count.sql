-- Works count in their place and all above it. None is ever deleted.

create or replace function content.tg_works__count()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
begin
    perform core._count_use(new.scope_id, 'works', 1);
    return null;
end
$$;

comment on function content.tg_works__count() is 'Counts works.';

revoke execute on function content.tg_works__count() from public;
