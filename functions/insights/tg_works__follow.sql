-- Works were compiled anew: what counts follows.

create or replace function insights.tg_works__follow()
returns trigger
language plpgsql
security definer -- what counts is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform insights._follow(compiled.tenant_id, compiled.ids)
    from (
        select c.tenant_id, array_agg(c.id order by c.id) as ids
        -- No join: whoever had one work before would look through all for each of a thousand.
        from (
            select a.tenant_id, a.id, a.revision from after a
            except
            select b.tenant_id, b.id, b.revision from before b
        ) c
        group by c.tenant_id
    ) compiled;
    return null;
end
$$;

comment on function insights.tg_works__follow() is 'Lets what counts follow works that were compiled anew.';

revoke execute on function insights.tg_works__follow() from public;
