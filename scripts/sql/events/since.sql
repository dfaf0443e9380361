-- What was committed since a snapshot, and the snapshot that this statement itself looks at: asked again with that one,
-- the answer begins where this one ended.
select
    pg_current_snapshot()::text as snapshot,
    p.era,
    now() as at,
    (
        select coalesce(json_agg(c), '[]')
        from audit.changes_since($1, $2, $3, $4, $5) c
    ) as changes
from audit.progress p;
