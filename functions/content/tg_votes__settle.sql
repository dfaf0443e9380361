-- What a vote has to heed besides its policy: the place is open, and allows so much weight; whoever votes is not the
-- owner under another row; and what they voted under another row is not counted as well.

create or replace function content.tg_votes__settle()
returns trigger
language plpgsql
security definer -- looks at works, settings and people whoever votes
set search_path = pg_catalog, pg_temp
as $$
declare
    scope_id uuid;
    most integer;
begin
    perform core._require_present(new.person_id);
    select w.scope_id into strict scope_id
    from content.works w
    where w.tenant_id = new.tenant_id and w.id = new.work_id;
    perform core._require_open(scope_id);
    most := core.setting('works.vote_weight', scope_id)::integer;
    if new.weight > most then
        perform core._refuse('vote_too_heavy', most::text);
    end if;
    if exists (select from core.people p where p.id = new.work_owner_id and p.merged_into = new.person_id) then
        perform core._refuse('not_on_yourself');
    end if;
    delete from content.votes v
    using core.people p
    where v.tenant_id = new.tenant_id
        and v.work_id = new.work_id
        and p.id = v.person_id
        and p.merged_into = new.person_id;
    return null;
end
$$;

comment on function content.tg_votes__settle() is 'Refuses a vote that the place or the person does not allow.';

revoke execute on function content.tg_votes__settle() from public;
