-- By which words works are to be found, and by whom: the one place that says so. content._keep_entries keeps it,
-- content.verify_search() holds what is kept against it.
--
-- Whether a window is open now is not asked here, only whether there is one: it opens and closes while nobody writes.
-- Of a text the first 100,000 letters are read: more words might not fit into a row, and those who search would wait
-- for them. The word that says how the others are understood has a space in it, as none has that comes out of a text.

create or replace function content._search_entries(tenant_id uuid, work_ids uuid[])
returns table (
    work_id uuid,
    version integer,
    created_at timestamptz,
    dictionary text,
    places uuid[],
    audiences uuid[],
    words tsvector
)
language plpgsql -- its plan is kept from one call to the next
stable
set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_generic_plan -- to plan it takes longer than to read one work
as $$
begin
    return query
    select
        w.id, r.version, w.created_at, d.name,
        array(select distinct p.id from unnest(array[w.scope_id, w.project_id, w.tenant_id]) p (id) order by p.id),
        r.audiences,
        array_to_tsvector(array['in ' || d.name])
            || setweight(to_tsvector(d.name::regconfig, w.title), 'A')
            || setweight(to_tsvector(d.name::regconfig, w.summary), 'B')
            || case
                when w.protocol_set_id is null
                    then setweight(to_tsvector(d.name::regconfig, left(v.plain_text, 100000)), 'C')
                else ''
            end
    from content.works w
    cross join lateral (select content._dictionary(w.lang)) d (name)
    cross join lateral (
        select a.version, array_remove(array_agg(distinct a.audience order by a.audience), null) as audiences
        from (
            values
                -- Those who make it are looked for by what they make; its reviewers are where it belongs.
                (w.current_version, null),
                (case when w.state in ('submitted', 'in_review') then w.current_version end, w.scope_id),
                (case when w.public_during <> '{}' then w.public_version end, '00000000-0000-0000-0000-000000000000'),
                (case when w.organization_during <> '{}' then w.organization_version end, w.tenant_id),
                (case when w.community_during <> '{}' then w.community_version end, w.scope_id)
        ) a (version, audience)
        group by a.version
    ) r
    cross join lateral (
        select v.plain_text
        from content.work_versions v
        where v.tenant_id = w.tenant_id and v.work_id = w.id and v.number = r.version
        offset 0 -- asked for each: a join might read all that an organization has, to find what is the newest
    ) v
    where w.tenant_id = _search_entries.tenant_id and w.id = any (work_ids);
end
$$;

comment on function content._search_entries(uuid, uuid[]) is 'By which words works are to be found.';

revoke execute on function content._search_entries(uuid, uuid[]) from public;
