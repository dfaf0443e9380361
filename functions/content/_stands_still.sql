-- Whether a work stays as it is read: while it is being reviewed, and once it was approved; and once it was published
-- after a review or a decision, as far as what it says would change.

create or replace function content._stands_still(state content.work_state, scope_id uuid, material boolean)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select state in ('submitted', 'in_review', 'approved')
        or (
            material
            and state = 'published'
            and 'true' in (core.setting('works.reviewed', scope_id), core.setting('works.decided', scope_id))
        )
$$;

comment on function content._stands_still(content.work_state, uuid, boolean) is 'Whether a work stays as it is read.';

revoke execute on function content._stands_still(content.work_state, uuid, boolean) from public;
