-- What those who tell tell on average in each of these ($1), or on the platform, to whoever asks; or how that is
-- refused. All months ($2 to $3) are in it.

select concat_ws('|', coalesce(n.id::text, 'the platform'), a.answer) as answer
from unnest($1::uuid[]) as n (id)
cross join lateral pg_temp.answers(
    format(
        $$
        select
            array_to_string(
                array[
                    i.kind, i.since::text, i.until::text, i.contributors_a_month::text, i.works_each::text,
                    i.avg_engagement::text, i.views_each::text, i.withheld::text,
                    to_jsonb(i.released_at) #>> '{}'
                ]::text[],
                '|', '-'
            )
        from insights.contributor_statistics(%L) i
        $$,
        n.id, $2::date, $3::date
    )
) as a (answer)
