-- Who is forgotten felt nothing. Who turns out to be somebody else felt each thing once.

create or replace function content.tg_people__follow_reactions()
returns trigger
language plpgsql
security definer -- reactions of everybody's
set search_path = pg_catalog, pg_temp
as $$
begin
    if new.erased_at is null then
        update content.reactions r
        set person_id = new.merged_into
        where r.person_id = new.id
            and not exists (
                select
                from content.reactions s
                where s.tenant_id = r.tenant_id
                    and s.person_id = new.merged_into
                    and s.kind = r.kind
                    and (s.work_id = r.work_id or s.comment_id = r.comment_id)
            );
    end if;
    delete from content.reactions r where r.person_id = new.id;
    return null;
end
$$;

comment on function content.tg_people__follow_reactions() is
    'Drops the reactions of somebody who is forgotten, and hands on those of somebody who turns out to be another.';

revoke execute on function content.tg_people__follow_reactions() from public;
