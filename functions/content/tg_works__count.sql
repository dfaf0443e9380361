-- Works count in their place and all above it.

create or replace function content.tg_works__count()
returns trigger
language plpgsql
security definer -- nobody may write the count
set search_path = pg_catalog, pg_temp
as $$
declare
    work constant content.works := coalesce(new, old);
begin
    perform core._count_use(work.scope_id, 'works', case tg_op when 'INSERT' then 1 else -1 end);
    return null;
end
$$;

comment on function content.tg_works__count() is 'Counts works.';

revoke execute on function content.tg_works__count() from public;
