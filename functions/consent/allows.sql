-- Whether a work may be used for a purpose, now or at an instant, by one way of sharing or in general. For those who
-- may read the work; of others', no. Now is not before the last decision, however long ago a transaction began.

create or replace function consent.allows(
    work_id uuid,
    purpose text,
    at timestamptz default null,
    channel text default null
)
returns boolean
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
    select coalesce(
        (
            -- What nobody decided for a channel alone is decided as in general.
            select e.during @> coalesce(allows.at, greatest(now(), w.compiled_at))
            from content.works w
            join consent.effective e
                on e.tenant_id = w.tenant_id and e.work_id = w.id and e.channel in ('', allows.channel)
            where w.id = allows.work_id and e.purpose = allows.purpose
            order by e.channel desc
            limit 1
        ),
        false
    )
$$;

comment on function consent.allows(uuid, text, timestamptz, text) is
    E'Whether a work may be used for a purpose, now or at an instant.\n'
    'purpose: What for: the key of a purpose.\n'
    'at: The instant; now, unless told otherwise.\n'
    'channel: By which way of sharing, such as radio; any, unless told otherwise.';

revoke execute on function consent.allows(uuid, text, timestamptz, text) from public;
grant execute on function consent.allows(uuid, text, timestamptz, text) to authenticated, service_role, empathy_auditor;
