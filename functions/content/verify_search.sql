-- Recounts the words by which works are found. Empty when all is well.

create or replace function content.verify_search()
returns table (tenant_id uuid, work_id uuid, version integer)
language sql
stable
security definer -- recounts what nobody may read
set search_path = pg_catalog, pg_temp
as $$
    with recounted as (
        select t.tenant_id, n.*
        from (select w.tenant_id, array_agg(w.id) as ids from content.works w group by w.tenant_id) t
        cross join lateral content._search_entries(t.tenant_id, t.ids) n
    )
    select tenant_id, work_id, version
    from content.search_entries e
    full join recounted n using (tenant_id, work_id, version)
    where (e.created_at, e.dictionary, e.places, e.audiences, e.words)
        is distinct from (n.created_at, n.dictionary, n.places, n.audiences, n.words)
$$;

comment on function content.verify_search() is
    'Versions of works whose words for searching are not what they say: none, when all is well.';

revoke execute on function content.verify_search() from public;
grant execute on function content.verify_search() to service_role, empathy_auditor;
