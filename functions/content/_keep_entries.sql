-- Keeps the words by which a work is found. Whoever calls this has locked the work in a statement before: of two who
-- change it at once, the second sees what the first did.

create or replace function content._keep_entries(tenant_id uuid, work_id uuid)
returns void
language plpgsql -- its plan is kept from one call to the next
volatile
set search_path = pg_catalog, pg_temp
as $$
begin
    with wanted as materialized (
        select n.* from content._search_entries(_keep_entries.tenant_id, array[_keep_entries.work_id]) n
    ),
    gone as (
        delete from content.search_entries e
        where e.tenant_id = _keep_entries.tenant_id
            and e.work_id = _keep_entries.work_id
            and e.version not in (select n.version from wanted n)
    )
    insert into content.search_entries as e (
        tenant_id, work_id, version, created_at, dictionary, places, audiences, words
    )
    select _keep_entries.tenant_id, n.work_id, n.version, n.created_at, n.dictionary, n.places, n.audiences, n.words
    from wanted n
    on conflict on constraint search_entries_pkey do update
    set
        created_at = excluded.created_at, dictionary = excluded.dictionary, audiences = excluded.audiences,
        words = excluded.words
    where (e.created_at, e.dictionary, e.audiences, e.words)
        is distinct from (excluded.created_at, excluded.dictionary, excluded.audiences, excluded.words);
end
$$;

comment on function content._keep_entries(uuid, uuid) is 'Keeps the words by which a work is found.';

revoke execute on function content._keep_entries(uuid, uuid) from public;
