-- What happened in each month, from one ($2) to another ($3), in each of these ($1), or on the platform, to whoever
-- asks; or, once for all months, how that is refused.

select distinct
    concat_ws(
        '|', coalesce(n.id::text, 'the platform'), case when a.answer not like 'refused %' then m.month::date end,
        a.answer
    ) as answer
from unnest($1::uuid[]) as n (id)
cross join generate_series($2::timestamp, $3::timestamp, interval '1 month') as m (month)
cross join lateral pg_temp.answers(
    format(
        $$
        select
            array_to_string(
                array[
                    i.section, i.name, i.figure::text, i.too_few::text, to_jsonb(i.released_at) #>> '{}'
                ]::text[],
                '|', '-'
            )
        from insights.transparency_report(%L, %L) i
        $$,
        m.month::date, n.id
    )
) as a (answer)
