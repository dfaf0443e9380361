-- A comment mentions only people whom its author sees, or who said something there that its author reads; and of these
-- only such as read the work themselves. That is asked in their name, so that who reads a work is said by its policies
-- alone. Of everybody else the author learns nothing, not even that they are there. Whom it mentioned before and still
-- does is not asked about again: that would tell the author who reads it no more.

create or replace function content.tg_comments__check_mentions()
returns trigger
language plpgsql -- in the rights of whoever writes: the policies are asked, of the author and of those mentioned
set search_path = pg_catalog, pg_temp
as $$
declare
    claims constant text := current_setting('request.jwt.claims', true);
    mentioned uuid;
    reads boolean;
begin
    if new.mentions = old.mentions then
        return null;
    end if;
    foreach mentioned in array new.mentions loop
        reads := exists (select from core.people p where p.id = mentioned)
            or exists (
                select
                from content.comments c
                where c.tenant_id = new.tenant_id and c.work_id = new.work_id and c.author_id = mentioned
            );
        if reads then
            perform set_config('request.jwt.claims', jsonb_build_object('person', mentioned)::text, true);
            reads := exists (
                select
                from content.comments c
                where c.tenant_id = new.tenant_id and c.id = new.id
            );
            perform set_config('request.jwt.claims', claims, true);
        end if;
        if not reads then
            perform content.speaker(null);
        end if;
    end loop;
    return null;
end
$$;

comment on function content.tg_comments__check_mentions() is
    'Lets a comment mention only those who can read it.';

revoke execute on function content.tg_comments__check_mentions() from public;
