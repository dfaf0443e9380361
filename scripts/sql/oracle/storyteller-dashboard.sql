-- What the dashboard shows whoever asks.

select
    concat_ws(
        '|', d.story_id, d.reaction_count, d.comment_count, d.view_count,
        array_to_string(d.consents_in_force, ','), d.audience, d.restricted::text,
        array_to_string(array(select concat_ws(' ', g.asset, g.amount) from unnest(d.value_generated) g), ',')
    ) as answer
from stories.storyteller_dashboard d
