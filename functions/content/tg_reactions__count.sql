-- Counts the reactions to a work itself.

create or replace function content.tg_reactions__count()
returns trigger
language plpgsql
security definer -- counts are nobody's to write
set search_path = pg_catalog, pg_temp
as $$
declare
    reaction constant content.reactions := coalesce(new, old);
begin
    if reaction.work_id is not null then
        insert into content.work_count_steps (tenant_id, work_id, reactions)
        values (reaction.tenant_id, reaction.work_id, case tg_op when 'INSERT' then 1 else -1 end);
    end if;
    return null;
end
$$;

comment on function content.tg_reactions__count() is 'Counts reactions.';

revoke execute on function content.tg_reactions__count() from public;
