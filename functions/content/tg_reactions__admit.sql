-- Nobody reacts to anything in a place that is archived, nor in an organization that is not active. After the row is
-- written, so that whoever may not write it learns nothing here.

create or replace function content.tg_reactions__admit()
returns trigger
language plpgsql
security definer -- looks at places the person may not see
set search_path = pg_catalog, pg_temp
as $$
begin
    -- Who is being forgotten at this moment feels nothing more.
    perform core._require_present(new.person_id);
    perform core._require_open(w.scope_id)
    from content.works w
    where w.tenant_id = new.tenant_id
        and w.id = coalesce(
            new.work_id,
            (
                select c.work_id
                from content.comments c
                where c.tenant_id = new.tenant_id and c.id = new.comment_id
            )
        );
    return null;
end
$$;

comment on function content.tg_reactions__admit() is 'Lets somebody react only where the place is open.';

revoke execute on function content.tg_reactions__admit() from public;
