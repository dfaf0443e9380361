-- What was told on the platform, from a month ($1) to another ($2), to whoever asks; or how that is refused.

select concat_ws('|', 'the platform', a.answer) as answer
from pg_temp.answers(
    format(
        $$
        select
            array_to_string(
                array[
                    i.month::text, i.kind, i.unique_storytellers::text, i.total_stories::text, i.avg_engagement::text,
                    i.withheld::text, to_jsonb(i.released_at) #>> '{}'
                ]::text[],
                '|', '-'
            )
        from insights.platform_insights(%L, %L) i
        $$,
        $1::date, $2::date
    )
) as a (answer)
