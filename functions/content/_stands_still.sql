-- Whether a work stays as it is read: while it is being reviewed, and once it was approved; also when it is published
-- after that, or by a decision. Elsewhere what is published does, as far as what it says would change, where its place
-- asks for a review or a decision by now.

create or replace function content._stands_still(tenant_id uuid, work_id uuid, material boolean)
returns boolean
language sql
stable
security definer -- looks at works the person may not see
set search_path = pg_catalog, pg_temp
as $$
    select
        w.state in ('submitted', 'in_review', 'approved')
        or (
            w.state = 'published'
            and (
                m.from_state = 'approved'
                or m.decision_id is not null
                or (
                    material
                    and exists (
                        select
                        from content.work_kinds k
                        cross join unnest(k.review_settings || '{works.reviewed,works.decided}') s (key)
                        where k.kind = w.kind and core.setting(s.key, w.scope_id) = 'true'
                    )
                )
            )
        )
    from content.works w
    join content.work_transitions m on m.tenant_id = w.tenant_id and m.work_id = w.id and m.number = w.moves
    where w.tenant_id = _stands_still.tenant_id and w.id = _stands_still.work_id
$$;

comment on function content._stands_still(uuid, uuid, boolean) is 'Whether a work stays as it is read.';

revoke execute on function content._stands_still(uuid, uuid, boolean) from public;
