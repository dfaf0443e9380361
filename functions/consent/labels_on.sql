-- The labels on a work, for whoever may know of it: in the language that is asked for, or else the reader's own; what a
-- community did not say in that, in the language in which it said it first; and what it never worded, or nobody may, in
-- the words of the catalog.

create or replace function consent.labels_on(work_id uuid, lang text default null)
returns setof consent.shown_label
language sql
stable
security definer -- tells readers what a community says to them, members or not
set search_path = pg_catalog, pg_temp
as $$
    select
        b.scope_id, b.label, t.kind, t.family, t.category, coalesce(s.lang, 'en'), s.version,
        coalesce(s.name, t.name), coalesce(s.body, t.description), b.ratified
    from content.works w
    join consent.work_labels b on b.tenant_id = w.tenant_id and b.work_id = w.id
    join consent.labels t on t.key = b.label
    cross join lateral (
        select coalesce(labels_on.lang, (select p.locale from core.people p where p.id = core.me())) as lang
    ) reader
    left join lateral (
        select x.lang, x.version, x.name, x.body
        from consent.label_wordings x
        where x.tenant_id = b.tenant_id and x.scope_id = b.scope_id and x.label = b.label
        order by
            x.lang = reader.lang desc,
            split_part(x.lang, '-', 1) = split_part(reader.lang, '-', 1) desc,
            min(x.approved_at) over (partition by x.lang),
            x.lang,
            x.version desc
        limit 1
    ) s on true
    where w.id = labels_on.work_id and w.id in (select content.visible(array[w.id]))
    order by t.kind, b.label, b.scope_id
$$;

comment on function consent.labels_on(uuid, text) is
    E'The labels on a work, in the words of the communities whose they are.\n'
    'lang: In which language, where they were worded in it.';

revoke execute on function consent.labels_on(uuid, text) from public;
grant execute on function consent.labels_on(uuid, text) to anon, authenticated;
