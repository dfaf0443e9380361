-- All that the page on a month tells, as one object: its report, and the year that ends with it.
with asked as (
    select $1::date as month, ($1::date - interval '11 months')::date as since, $2::uuid as scope_id
)
select jsonb_build_object(
    'month', to_char(a.month, 'YYYY-MM'),
    'report', (
        select coalesce(jsonb_agg(r), '[]') from insights.transparency_report(a.month, a.scope_id) r
    ),
    'told', (
        select jsonb_agg(
            jsonb_build_object(
                'month', to_char(t.month, 'YYYY-MM'), 'kind', t.kind, 'people', t.people, 'works', t.works,
                'withheld', t.withheld
            )
            order by t.month, t.kind
        )
        from (
            select p.month, p.kind, p.unique_storytellers as people, p.total_stories as works, p.withheld
            from insights.platform_insights(a.since, a.month) p
            where a.scope_id is null
            union all
            select c.month, c.kind, c.unique_storytellers, c.total_stories, c.withheld
            from core.scopes s
            cross join insights.community_insights(s.id, a.since, a.month) c
            where s.id = a.scope_id and s.level = 2
            union all
            select j.month, j.kind, j.contributors, j.works, j.withheld
            from core.scopes s
            cross join insights.project_statistics(s.id, a.since, a.month) j
            where s.id = a.scope_id and s.level < 2
        ) t
    ),
    'themes', (
        select coalesce(
            jsonb_agg(jsonb_build_object('theme', t.theme, 'works', t.works) order by t.works desc, t.theme), '[]'
        )
        from (
            select t.theme, sum(t.stories) as works
            from insights.theme_trends(a.scope_id, a.month, a.month) t
            where t.stories > 0
            group by t.theme
            order by works desc, t.theme
            limit 10
        ) t
    ),
    'consent', (
        select jsonb_agg(
            jsonb_build_object(
                'month', to_char(h.month, 'YYYY-MM'), 'given', h.given, 'refused', h.refused,
                'withdrawn', h.withdrawn
            )
            order by h.month
        )
        from (
            select h.month, sum(h.given) as given, sum(h.refused) as refused, sum(h.withdrawn) as withdrawn
            from insights.consent_health(a.scope_id, a.since, a.month) h
            group by h.month
        ) h
    ),
    'impact', (
        select coalesce(
            jsonb_agg(
                jsonb_build_object(
                    'asset', i.asset, 'scale', e.scale, 'generated', i.value_generated,
                    'distributed', i.value_distributed, 'recipients', i.recipients, 'inequality', i.inequality
                )
                order by i.asset
            ),
            '[]'
        )
        from core.scopes s
        cross join insights.community_impact(s.id, a.month, a.month) i
        join value.assets e on e.tenant_id = s.tenant_id and e.code = i.asset
        where s.id = a.scope_id
    )
) as figures
from asked a
