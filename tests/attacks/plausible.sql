-- What somebody would give a function who asks it as it was meant: by the names of its parameters. What is theirs comes
-- before what is not.
select jsonb_strip_nulls(
    jsonb_build_object(
        'person_id', me.id,
        'guardian_id', (select p.id from core.people p where p.display_name = 'Eli'),
        'survivor_id', me.id,
        'scope_id', here.scope_id,
        'parent_id', here.project_id,
        'project_id', here.project_id,
        'organization_id', here.tenant_id,
        'tenant_id', here.tenant_id,
        'membership_id', here.id,
        'work_id', coalesce(
            (select min(w.id::text) from content.works w where w.owner_id = me.id),
            (select w.id::text from content.works w where w.title = 'Open water')
        ),
        'work_ids', (select w.id from content.works w where w.title = 'Open water')
    )
    || jsonb_build_object(
        'comment_id', (select min(c.id::text) from content.comments c),
        'media_id', (select min(m.id::text) from content.media m),
        'file_id', (select min(f.id::text) from content.files f),
        'attribution_id', (select min(a.id::text) from content.attributions a),
        'tag_id', (select t.id from content.tags t where t.slug = 'ice'),
        'synonym_tag_id', (select t.id from content.tags t where t.slug = 'snow'),
        'poll_id', (select min(p.id::text) from content.polls p),
        'revokes', (select min(d.id::text) from content.decisions d),
        'protocol_id', (select p.id from consent.protocols p where p.name = 'Embers'),
        'protocol_ids', (select p.id from consent.protocols p where p.name = 'Embers'),
        'group_id', (select min(g.id::text) from consent.protocol_groups g),
        'role_id', (select min(r.id::text) from core.roles r where r.tenant_id = here.tenant_id and r.key = 'elder'),
        'admission_id', (select min(a.id::text) from consent.protocol_admissions a),
        'consent_id', (select min(c.id::text) from consent.consents c),
        'agreement_id', coalesce(
            (select min(a.id::text) from consent.agreements a where a.scope_id = here.scope_id),
            (select min(a.id::text) from consent.agreements a)
        ),
        'run_id', coalesce(
            (select min(r.id::text) from consent.runs r where r.scope_id = here.scope_id),
            (select min(r.id::text) from consent.runs r)
        ),
        'export_id', (select min(e.id::text) from ops.exports e),
        'hold_id', (select min(h.id::text) from ops.legal_holds h),
        'invitation_id', (select min(i.id::text) from core.invitations i),
        'sanction_id', (select min(s.id::text) from core.sanctions s),
        'api_key_id', (select min(k.id::text) from core.api_keys k)
    )
    || jsonb_build_object(
        'purpose', 'research',
        'purposes', 'research',
        'kind', 'heart',
        'matter', 'work.publish',
        'permission', 'work.review',
        'permissions', 'work.review',
        'role', 'member',
        'module', 'content',
        'resource', 'works',
        'capability', 'comment',
        'field', 'phone',
        'table_name', 'content.works',
        'slug', 'a-slug',
        'handle', 'a-handle',
        'host', 'a.example',
        'email', 'a@mail.example',
        'mime', 'image/png',
        'sha256', repeat('ab', 32),
        'document_sha256', repeat('ab', 32),
        'lang', 'en',
        'label', 'tk_culturally_sensitive',
        'levels', '0',
        'level', '2',
        'choices', '1'
    )
    -- What is called alike elsewhere, and means something else here.
    || jsonb_build_object(
        'story_id', (select w.id from content.works w where w.title = 'Open sky'),
        'original_id', (select w.id from content.works w where w.title = 'Open sky'),
        'feedback_id', (select min(f.id::text) from stories.feedback f where f.scope_id = here.scope_id),
        'kinds', 'grief',
        'languages', 'cr',
        'stories.review_story.kind', 'elder',
        'stories.record_analysis.kind', 'themes',
        'stories.record_analysis.run_id', coalesce(
            (select r.id from consent.runs r where r.model = 'Known reader' and r.scope_id = here.scope_id),
            (select r.id from consent.runs r where r.model = 'Known reader')
        )
    )
) as plausible
from (select) one
left join core.identities i on i.subject = $1
left join core.people me on me.id = i.person_id
left join lateral (
    select m.*
    from core.memberships m
    where m.person_id = me.id
    order by m.ended_at is null desc, m.level desc
    limit 1
) mine on true
cross join lateral (
    select m.*
    from core.memberships m
    join core.scopes s on s.id = m.scope_id
    where m.id = mine.id or (mine.id is null and s.slug = 'heron')
    order by m.id
    limit 1
) here;
