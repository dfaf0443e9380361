-- Which of these stories somebody has to consent to who has died.

create or replace function stories._of_the_dead(tenant_id uuid, story_ids uuid[])
returns setof uuid
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select s.id
    from stories.stories s
    where s.tenant_id = _of_the_dead.tenant_id
        and s.id = any (story_ids)
        and exists (
            select
            from consent.consent_parties p
            join core.people e on e.id = p.person_id
            left join core.people m on m.id = e.merged_into
            where p.tenant_id = s.tenant_id
                and p.work_id = s.id
                and coalesce(e.deceased_on, m.deceased_on) is not null
        )
$$;

comment on function stories._of_the_dead(uuid, uuid[]) is
    'Which of these stories somebody has to consent to who has died.';

revoke execute on function stories._of_the_dead(uuid, uuid[]) from public;
