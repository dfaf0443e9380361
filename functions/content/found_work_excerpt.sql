-- What a work that was found says around the words looked for, and which those are: of the version that I read, and of
-- what is restricted the summary alone. It is plain text: whoever shows it escapes it first, and makes the marks what
-- they like, then. Of a long text the first 20,000 letters are looked at.

create or replace function content.found_work_excerpt(found content.found_work)
returns text
language sql
stable
security definer -- whoever asks may say that anything was found: what they do not read is not shown
set search_path = pg_catalog, pg_temp
as $$
    select ts_headline(
        d.name::regconfig,
        concat_ws(E'\n', nullif(w.summary, ''), left(v.plain_text, 20000)),
        websearch_to_tsquery(d.name::regconfig, left(found.query, 300)),
        'StartSel=⟦, StopSel=⟧, MaxFragments=2, MaxWords=24, MinWords=8, FragmentDelimiter=" … "'
    )
    from content.known_works w
    cross join lateral (select content._dictionary(w.lang)) d (name)
    left join content.work_versions v
        on v.tenant_id = w.tenant_id
        and v.work_id = w.id
        and v.number = w.read_version
        and v.number = found.version
        and w.protocol_set_id is null
    where w.tenant_id = found.tenant_id and w.id = found.work_id
$$;

comment on function content.found_work_excerpt(content.found_work) is
    'Where a work that was found has the words looked for: plain text, the words between ⟦ and ⟧.';

revoke execute on function content.found_work_excerpt(content.found_work) from public;
grant execute on function content.found_work_excerpt(content.found_work) to anon, authenticated;
