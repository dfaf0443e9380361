-- What was decided in each of these ($1), or on the platform, from a month ($2) to another ($3), to whoever asks; or
-- how that is refused.

select concat_ws('|', coalesce(n.id::text, 'the platform'), a.answer) as answer
from unnest($1::uuid[]) as n (id)
cross join lateral pg_temp.answers(
    format(
        $$
        select
            array_to_string(
                array[
                    i.month::text, i.purpose, i.given::text, i.refused::text, i.withdrawn::text,
                    to_jsonb(i.released_at) #>> '{}'
                ]::text[],
                '|', '-'
            )
        from insights.consent_health(%L, %L, %L) i
        $$,
        n.id, $2::date, $3::date
    )
) as a (answer)
