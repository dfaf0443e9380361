-- What a machine made of stories came in, or went with the consent to it: what they are about follows.

create or replace function insights.tg_analyses__follow()
returns trigger
language plpgsql
security definer -- what counts is written by functions alone
set search_path = pg_catalog, pg_temp
as $$
begin
    perform insights._follow(analysed.tenant_id, analysed.ids)
    from (
        select c.tenant_id, array_agg(distinct c.story_id) as ids
        from changed c
        where c.kind = 'themes'
        group by c.tenant_id
    ) analysed;
    return null;
end
$$;

comment on function insights.tg_analyses__follow() is 'Lets what stories are about follow their analyses.';

revoke execute on function insights.tg_analyses__follow() from public;
