-- What of works is otherwise than it was at an instant, and what becomes of each when somebody brings them back. It
-- opens nothing: how far a work is shared stays as it is, and what would now be read by more than read it then is left
-- for whoever owns it to write by hand.

create or replace function content._recovery(work_ids uuid[], at timestamptz)
returns setof content.recovered
language sql
stable
rows 100
set search_path = pg_catalog, pg_temp
as $$
    with found as materialized (
        select
            w.*, t.erased, t.began_later, t.image is not null as known,
            jsonb_populate_record(null::content.works, t.image) as was
        from content.works w
        cross join lateral audit._as_of(
            w.tenant_id, 'content.works', jsonb_build_object('tenant_id', w.tenant_id, 'id', w.id), _recovery.at
        ) t
        where w.id = any (work_ids)
    ),
    -- Protocol sets of which something was asked otherwise then.
    changed as materialized (
        select distinct m.tenant_id, m.set_id
        from (select distinct f.tenant_id, f.protocol_set_id from found f) s
        join consent.protocol_set_members m on m.tenant_id = s.tenant_id and m.set_id = s.protocol_set_id
        join consent.protocols p on p.tenant_id = m.tenant_id and p.id = m.protocol_id
        cross join lateral audit._as_of(
            p.tenant_id, 'consent.protocols', jsonb_build_object('tenant_id', p.tenant_id, 'id', p.id), _recovery.at
        ) t
        cross join lateral jsonb_populate_record(null::consent.protocols, t.image) was
        where (
            was.audience, was.enforcement, was.season_from, was.season_until, was.season_zone, was.acknowledgement,
            was.retired_at
        ) is distinct from (
            p.audience, p.enforcement, p.season_from, p.season_until, p.season_zone, p.acknowledgement, p.retired_at
        )
    ),
    places as materialized (
        select
            s.scope_id,
            case
                when content._is_closed(s.scope_id) then 'closed'
                when s.scope_id in (select core.barred('create')) then 'barred'
            end as hindrance
        from (select distinct f.scope_id from found f) s
    ),
    works as materialized (
        select
            f.*, p.hindrance, v.number is not null as says_otherwise,
            content._stands_still(f.tenant_id, f.id, false) as teaser_stands,
            content._stands_still(f.tenant_id, f.id, true) as text_stands,
            r.teaser_opens, r.text_opens
        from found f
        join places p using (scope_id)
        left join content.work_versions v
            on v.tenant_id = f.tenant_id and v.work_id = f.id and v.number = (f.was).current_version
            and not exists (
                select
                from content.work_versions n
                where n.tenant_id = f.tenant_id
                    and n.work_id = f.id
                    and n.number = f.current_version
                    and (n.body, n.plain_text) = (v.body, v.plain_text)
            )
        -- Whoever it is shared with now, or will be, has to have read it then: this version, under the same protocols,
        -- as they are still.
        cross join lateral (
            select
                bool_or(a.unread) as teaser_opens,
                bool_or(a.unread or a.version is distinct from (f.was).current_version) as text_opens
            from (
                select
                    a.version,
                    coalesce(not a.was_during @> _recovery.at, true)
                    or (f.was).protocol_set_id <> coalesce(f.protocol_set_id, f.id)
                    or ((f.was).protocol_set_id, f.tenant_id) in (select c.set_id, c.tenant_id from changed c) as unread
                from (
                    values
                        (f.public_during, (f.was).public_during, (f.was).public_version),
                        (f.organization_during, (f.was).organization_during, (f.was).organization_version),
                        (f.community_during, (f.was).community_during, (f.was).community_version)
                ) a (during, was_during, version)
                where a.during && tstzrange(now(), null)
            ) a
        ) r
    )
    select
        w.tenant_id, w.id, null::uuid, d.what::content.recoverable, d.outcome::content.recovery_outcome,
        case when d.what = 'says' then (w.was).current_version end,
        case when d.what = 'says' and d.outcome = 'brought_back' then w.current_version + 1 end
    from works w
    cross join lateral (
        values
            (1, 'work', not w.known, case when w.began_later then 'began_later' else 'not_recorded' end),
            (
                2, 'title', w.erased or (w.was).title <> w.title,
                case
                    when w.erased then 'erased'
                    else coalesce(
                        w.hindrance,
                        case
                            when w.teaser_stands then 'under_review'
                            when w.teaser_opens then 'shared_further'
                            else 'brought_back'
                        end
                    )
                end
            ),
            (
                3, 'summary', w.erased or (w.was).summary <> w.summary,
                case
                    when w.erased then 'erased'
                    else coalesce(
                        w.hindrance,
                        case
                            when w.teaser_stands then 'under_review'
                            when w.teaser_opens then 'shared_further'
                            else 'brought_back'
                        end
                    )
                end
            ),
            (
                4, 'lang', (w.was).lang <> w.lang,
                coalesce(w.hindrance, case when w.teaser_stands then 'under_review' else 'brought_back' end)
            ),
            (
                5, 'says', w.says_otherwise,
                coalesce(
                    w.hindrance,
                    case
                        when w.text_stands then 'under_review'
                        when w.text_opens then 'shared_further'
                        else 'brought_back'
                    end
                )
            ),
            (
                6, 'media', exists (
                    select
                    from content.placements p
                    cross join lateral audit._as_of(
                        p.tenant_id, 'content.media', jsonb_build_object('tenant_id', p.tenant_id, 'id', p.id),
                        _recovery.at
                    ) t
                    where p.tenant_id = w.tenant_id
                        and p.work_id = w.id
                        and t.image is not null
                        and not exists (
                            select from content.media m where m.tenant_id = p.tenant_id and m.id = p.id
                        )
                ),
                'removed'
            )
    ) d (nth, what, differs, outcome)
    where d.differs
    order by w.id, d.nth
$$;

comment on function content._recovery(uuid[], timestamptz) is
    'What of works is otherwise than it was at an instant, and what becomes of it.';

revoke execute on function content._recovery(uuid[], timestamptz) from public;
