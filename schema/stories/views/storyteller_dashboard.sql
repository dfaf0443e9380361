-- What a teller sees of their stories, and of those whom they act for: what readers did with each, what everyone
-- consents to at this moment, with whom it is shared, and what it brought in.

create view stories.storyteller_dashboard
with (security_invoker = true)
as
select
    w.tenant_id,
    w.id as story_id,
    w.owner_id as storyteller_id,
    w.title,
    w.state,
    w.created_at,
    c.reactions as reaction_count,
    c.comments as comment_count,
    c.views as view_count,
    e.consents_in_force,
    case
        when w.public_during @> now() then 'everybody'
        when w.organization_during @> now() then 'organization'
        when w.community_during @> now() then 'community'
        else 'nobody_else'
    end::stories.audience as audience,
    w.protocol_set_id is not null as restricted,
    g.value_generated
from content.works w
cross join lateral (
    select
        coalesce(sum(s.reactions), 0)::bigint as reactions,
        coalesce(sum(s.comments), 0)::bigint as comments,
        coalesce(sum(s.views), 0)::bigint as views
    from content.work_count_steps s
    where s.tenant_id = w.tenant_id and s.work_id = w.id
) c
cross join lateral (
    select coalesce(array_agg(e.purpose order by e.purpose), '{}') as consents_in_force
    from consent.effective e
    where e.tenant_id = w.tenant_id and e.work_id = w.id and e.channel = '' and e.during @> now()
) e
cross join lateral (
    -- Each asset by itself: dollars and hours do not add up.
    select coalesce(array_agg(g.g order by g.asset), '{}') as value_generated
    from (
        select (v.asset, sum(v.amount - v.returned))::value.asset_amount as g, v.asset
        from value.value_events v
        where v.tenant_id = w.tenant_id and v.work_id = w.id
        group by v.asset
    ) g
) g
where w.kind = 'story' and w.owner_id = any (array(select core.my_people()));

comment on view stories.storyteller_dashboard is 'What a teller sees of their stories.';
comment on column stories.storyteller_dashboard.tenant_id is 'The organization.';
comment on column stories.storyteller_dashboard.story_id is 'The story.';
comment on column stories.storyteller_dashboard.storyteller_id is 'Whose it is: mine, or that of somebody I act for.';
comment on column stories.storyteller_dashboard.title is 'What it is called.';
comment on column stories.storyteller_dashboard.state is 'How far it has come.';
comment on column stories.storyteller_dashboard.created_at is 'When it was begun.';
comment on column stories.storyteller_dashboard.reaction_count is 'How often somebody reacted.';
comment on column stories.storyteller_dashboard.comment_count is 'How much was said.';
comment on column stories.storyteller_dashboard.view_count is 'How often it was read.';
comment on column stories.storyteller_dashboard.consents_in_force is 'What everyone consents to at this moment.';
comment on column stories.storyteller_dashboard.audience is 'With whom it is shared now.';
comment on column stories.storyteller_dashboard.restricted is 'Whether it stands under protocols.';
comment on column stories.storyteller_dashboard.value_generated is
    'What it brought in, of each asset, without what was taken back.';
