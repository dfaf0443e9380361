-- What came in, as whoever asks is told.

select
    concat_ws(
        '|', m.scope_id, coalesce(m.work_id::text, 'no work'), m.kind, m.asset, m.events, m.generated, m.shared,
        m.first_on, m.last_on
    ) as answer
from value.value_metrics m
