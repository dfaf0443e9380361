-- What is added up over works, as it is published: in two figures. Of works that somebody may read they may know what
-- belongs to each: from an exact sum they could find out which of them are counted. Nothing, where there is nothing.

create or replace function insights._two_figures(figure numeric)
returns numeric
language sql
immutable
strict
parallel safe
set search_path = pg_catalog, pg_temp
as $$
    select case
        when figure > 0 then round(figure, least(1 - floor(log(figure))::integer, 2))
        when figure = 0 then 0
    end
$$;

comment on function insights._two_figures(numeric) is 'What is added up over works, as it is published.';

revoke execute on function insights._two_figures(numeric) from public;
