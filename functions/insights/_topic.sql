-- What figures of a kind say of what a work is about: what was told is about something, what it brought in is not.

create or replace function insights._topic(board insights.board, topic text)
returns text
language sql
immutable
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select case board when 'told' then topic else '' end
$$;

comment on function insights._topic(insights.board, text) is 'What figures of a kind say of what a work is about.';

revoke execute on function insights._topic(insights.board, text) from public;
