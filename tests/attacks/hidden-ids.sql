-- Of each hidden work all by which it could be asked for.
select
    w.title,
    jsonb_strip_nulls(
        jsonb_build_object(
            'work', w.id,
            'story', case when w.kind = 'story' then w.id end,
            'original', case when w.kind = 'story' then w.id end,
            'tenant', w.tenant_id,
            'scope', w.scope_id,
            'owner', w.owner_id,
            'title', w.title,
            'summary', w.summary,
            'set', w.protocol_set_id,
            'said', (
                select v.plain_text
                from content.work_versions v
                where v.work_id = w.id and v.number = 1
            ),
            'comment', (
                select min(c.id::text) from content.comments c where c.work_id = w.id and c.parent_id is null
            ),
            'reply', (
                select min(c.id::text) from content.comments c where c.work_id = w.id and c.parent_id is not null
            ),
            'path', (
                select min(c.path::text) from content.comments c where c.work_id = w.id and c.parent_id is null
            ),
            'reaction', (select min(r.id::text) from content.reactions r where r.work_id = w.id),
            'moderation', (
                select min(m.id::text)
                from content.comment_moderations m
                join content.comments c on c.id = m.comment_id
                where c.work_id = w.id
            ),
            'medium', (
                select min(m.id::text) from content.media m where m.work_id = w.id and m.protocol_set_id is null
            ),
            'guarded_medium', (
                select min(m.id::text) from content.media m where m.work_id = w.id and m.protocol_set_id is not null
            ),
            'file', (select min(m.file_id::text) from content.media m where m.work_id = w.id),
            'sha256', (
                select min(f.sha256)
                from content.media m
                join content.files f on f.id = m.file_id
                where m.work_id = w.id
            ),
            'storage_key', (
                select min(f.storage_key)
                from content.media m
                join content.files f on f.id = m.file_id
                where m.work_id = w.id
            ),
            'attribution', (select min(a.id::text) from content.attributions a where a.work_id = w.id),
            'party', (select min(p.id::text) from consent.consent_parties p where p.work_id = w.id),
            'consent', (select min(c.id::text) from consent.consents c where c.work_id = w.id),
            'opening', (select min(o.id::text) from consent.openings o where o.work_id = w.id),
            -- The newest, in which somebody has voted.
            'poll', (select max(p.id::text) from content.polls p where p.work_id = w.id),
            'decision', (select min(d.id::text) from content.decisions d where d.work_id = w.id),
            'agreement', (select min(a.agreement_id::text) from consent.agreement_works a where a.work_id = w.id),
            'run', (select min(h.run_id::text) from consent.run_works h where h.work_id = w.id),
            'review', (select min(r.id::text) from stories.reviews r where r.story_id = w.id),
            'reading_run', (select min(a.run_id::text) from stories.analyses a where a.story_id = w.id),
            'analysis', (select min(a.id::text) from stories.analyses a where a.story_id = w.id),
            'result', (select min(r.id::text) from consent.results r where r.work_id = w.id)
        )
    ) as ids
from content.works w
where w.title in ('Guarded', 'Draft', 'Withdrawn', 'Waiting', 'Elsewhere', 'Beside')
-- The one with most first.
order by w.title <> 'Guarded', w.title;
