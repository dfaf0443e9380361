-- Counts that a work was read, if whoever asks can read it. Of a work that they cannot read, and of none, it says the
-- same: nothing.

create or replace function content.record_view(work_id uuid)
returns void
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
    insert into content.reading_days (tenant_id, work_id)
    select w.tenant_id, w.id from content.works w where w.id = record_view.work_id
$$;

comment on function content.record_view(uuid) is 'Counts that a work was read.';

revoke execute on function content.record_view(uuid) from public;
grant execute on function content.record_view(uuid) to anon, authenticated;
