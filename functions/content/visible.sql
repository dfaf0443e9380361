-- Which of these works I may know of: what the policies of content.works say, for functions that are above policies and
-- have to ask. The oracle holds the two to each other.

create or replace function content.visible(work_ids uuid[])
returns setof uuid
language sql
stable
security definer -- asked for works the person may not see: of those it says nothing
set search_path = pg_catalog, pg_temp
as $$
    select w.id
    from content.works w
    where w.id = any (work_ids)
        and (
            w.id in (select content.involving_me())
            or (
                (w.protocol_set_id is null or w.protocol_set_id in (select consent.passed_sets()))
                and (
                    (
                        (
                            w.public_during @> now()
                            or (w.organization_during @> now() and w.tenant_id = any (core.reach(0)))
                            or (w.community_during @> now() and w.scope_id = any (core.reach(2)))
                        )
                        and w.scope_id not in (select core.barred())
                    )
                    or (w.state in ('submitted', 'in_review') and w.scope_id = any (core.granted('work.review', 2)))
                )
            )
        )
$$;

comment on function content.visible(uuid[]) is 'Which of these works I may know of.';

revoke execute on function content.visible(uuid[]) from public;
grant execute on function content.visible(uuid[]) to authenticated;
