-- Whether two images of a row say the same, in the columns that both of them have.

create or replace function audit._same(one text, other text)
returns boolean
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select not exists (
        select
        from jsonb_each(one::jsonb) o
        join jsonb_each(other::jsonb) p on p.key = o.key
        where p.value <> o.value
    )
$$;

comment on function audit._same(text, text) is 'Whether two images say the same, in the columns that both have.';

revoke execute on function audit._same(text, text) from public;
