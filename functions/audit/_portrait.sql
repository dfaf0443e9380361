-- How the log sees a table: the expressions that give, for a row n of it, whose log it belongs to, its key, what is
-- kept in clear, what is personal, what is only committed to, and whom it is about. Capture writes by them, and
-- verification compares by them.

create or replace function audit._portrait(
    table_name text,
    out tenant_id text,
    out key text,
    out clear text,
    out personal_key text,
    out personal text,
    out body text,
    out subjects text
)
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
    target constant regclass := _portrait.table_name::regclass;
    key_columns constant text[] := audit._key_columns(_portrait.table_name);
    personal_columns constant text[] := audit._columns(_portrait.table_name, 'personal');
begin
    tenant_id := case
        when _portrait.table_name = 'core.organizations' then 'n.id'
        when exists (
            select from pg_attribute a where a.attrelid = target and a.attname = 'tenant_id' and not a.attisdropped
        ) then 'coalesce(n.tenant_id, audit.platform())'
        else 'audit.platform()'
    end;
    clear := audit._image(audit._columns(_portrait.table_name, 'clear'));
    personal := audit._image(personal_columns);
    body := audit._body(audit._columns(_portrait.table_name, 'body'));
    if key_columns && personal_columns then
        key := 'null::text';
        personal_key := audit._image(key_columns);
    else
        key := audit._image(key_columns);
        personal_key := 'null::text';
    end if;

    -- Whom a row is about, and not who acted: somebody who is erased takes nobody else's images along.
    select coalesce(
        'array_remove(array[' || string_agg(format('n.%I', a.attname), ', ' order by a.attnum) || ']::uuid[], null)',
        'null::uuid[]'
    ) into subjects
    from pg_attribute a
    where a.attrelid = target
        and not a.attisdropped
        and (
            (target = 'core.people'::regclass and a.attname = 'id')
            or (
                a.attname in ('person_id', 'owner_id')
                and exists (
                    select
                    from pg_constraint c
                    where c.conrelid = target
                        and c.contype = 'f'
                        and c.confrelid = 'core.people'::regclass
                        and c.conkey = array[a.attnum]
                )
            )
        );
end
$$;

comment on function audit._portrait(text) is 'How the log sees a table: expressions over a row of it.';

revoke execute on function audit._portrait(text) from public;
