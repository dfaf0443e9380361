-- How the log sees a table: the expressions that give, for a row n of it, whose log it belongs to, its key, what is
-- kept in clear, what is personal, what is only committed to, and whom it is about; and what has to stand behind n for
-- them. Capture writes by them, and verification compares by them.

create or replace function audit._portrait(
    table_name text,
    out tenant_id text,
    out key text,
    out clear text,
    out personal_key text,
    out personal text,
    out body text,
    out subjects text,
    out gathered text
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    target constant regclass := _portrait.table_name::regclass;
    key_columns constant text[] := audit._key_columns(_portrait.table_name);
    clear_columns constant text[] := audit._columns(_portrait.table_name, 'clear');
    personal_columns constant text[] := audit._columns(_portrait.table_name, 'personal');
begin
    tenant_id := case
        when _portrait.table_name = 'core.organizations' then 'n.id'
        when exists (
            select from pg_attribute a where a.attrelid = target and a.attname = 'tenant_id' and not a.attisdropped
        ) then 'coalesce(n.tenant_id, audit.platform())'
        when exists (
            select
            from pg_attribute a
            where a.attrelid = target and a.attname = 'organization_id' and not a.attisdropped
        ) then 'coalesce(n.organization_id, audit.platform())'
        else 'audit.platform()'
    end;
    clear := audit._image('clear_part', clear_columns);
    personal := audit._image('personal_part', personal_columns);
    body := audit._body(audit._columns(_portrait.table_name, 'body'));
    if key_columns && personal_columns then
        key := 'null::text';
        personal_key := audit._image('key_part', key_columns);
    else
        key := audit._image('key_part', key_columns);
        personal_key := 'null::text';
    end if;

    gathered := audit._gathered('key_part', key_columns)
        || audit._gathered('clear_part', clear_columns)
        || audit._gathered('personal_part', personal_columns);

    -- Whom a row is about, and not who acted: somebody who is erased takes nobody else's images along. A column refers
    -- to a person also through the key of another table that does; what hangs on a membership is about its member.
    with recursive refers (relation, attnum) as (
        select a.attrelid, a.attnum
        from pg_attribute a
        where a.attrelid = 'core.people'::regclass and a.attname = 'id'
        union
        select c.conrelid, k.attnum
        from refers r
        join pg_constraint c on c.contype = 'f' and c.confrelid = r.relation
        cross join lateral unnest(c.conkey, c.confkey) k (attnum, referred)
        where k.referred = r.attnum
    )
    select coalesce(
        'array_remove(array[' || string_agg(about.person, ', ' order by a.attnum) || ']::uuid[], null)', 'null::uuid[]'
    ) into subjects
    from pg_attribute a
    cross join lateral (
        select case
            when a.attname = 'membership_id' then
                '(select m.person_id from core.memberships m where m.tenant_id = n.tenant_id and m.id = n.membership_id)'
            when exists (select from refers r where r.relation = target and r.attnum = a.attnum)
                and (a.attname in ('person_id', 'owner_id') or (target = 'core.people'::regclass and a.attname = 'id'))
                then format('n.%I', a.attname)
        end as person
    ) about
    where a.attrelid = target and not a.attisdropped and about.person is not null;
end
$$;

comment on function audit._portrait(text) is 'How the log sees a table: expressions over a row of it.';

revoke execute on function audit._portrait(text) from public;
