-- The catalogs of permissions and starting roles, as one JSON document.

select jsonb_build_object(
    'permissions', (
        select jsonb_agg(
            jsonb_build_object(
                'key', p.key,
                'description', p.description,
                'levels', p.levels,
                'inherits', p.inherits
            )
            order by m.position, p.key
        )
        from core.permissions p
        join unnest($1::text[]) with ordinality as m (module, position) using (module)
    ),
    'roles', (
        select jsonb_agg(
            jsonb_build_object(
                'key', r.key,
                'name', r.name,
                'description', r.description,
                'levels', r.levels,
                'requiresKyc', r.requires_kyc,
                'permissions', array(
                    select tp.permission
                    from core.role_template_permissions tp
                    where tp.role = r.key
                    order by tp.permission
                )
            )
            -- Who may most stands first.
            order by r.levels, (
                select count(*) from core.role_template_permissions tp where tp.role = r.key
            ) desc, r.key
        )
        from core.role_templates r
    )
) as catalogs
