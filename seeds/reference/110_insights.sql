-- The module insights: what it can be told, its refusals, what its columns hold, what of it runs by itself.

insert into core.setting_definitions (key, module, type, levels, default_value, minimum, maximum, description)
values (
    'insights.smallest_group', 'insights', 'integer', '{0,1,2}', '5', 3, 100,
    'How many people there have to be at least in whatever figures tell of.'
)
on conflict on constraint setting_definitions_pkey do update
set
    module = excluded.module, type = excluded.type, levels = excluded.levels,
    default_value = excluded.default_value, minimum = excluded.minimum, maximum = excluded.maximum,
    description = excluded.description
where (
    setting_definitions.module, setting_definitions.type, setting_definitions.levels,
    setting_definitions.default_value, setting_definitions.minimum, setting_definitions.maximum,
    setting_definitions.description
) is distinct from (
    excluded.module, excluded.type, excluded.levels, excluded.default_value, excluded.minimum, excluded.maximum,
    excluded.description
);

insert into core.error_codes (name, code, message, hint)
values
    (
        'month_not_over', 'EL140', 'this is no month that is over: %s',
        'name a month by its first day, one that has ended everywhere by universal time'
    ),
    (
        'no_such_months', 'EL141', 'these are no months to be told of',
        'the first comes before the last, and there are ten years between them at most'
    )
on conflict on constraint error_codes_pkey do update
set code = excluded.code, message = excluded.message, hint = excluded.hint
where (error_codes.code, error_codes.message, error_codes.hint)
    is distinct from (excluded.code, excluded.message, excluded.hint);

select ops._register_job(
    'release_insights', 'insights', 'insights.release()', '20 4 * * *',
    'Releases the figures of the month that is over.'
);

select ops._register_table('insights.releases', 'tenant', 'content', clear => '{tenant_id,month,released_at}');

select ops._register_table(
    'insights.groups', 'tenant', 'content',
    clear => '{
        tenant_id, id, release, board, kind, month, scope_id, level, project_id, places, topic, smallest, people,
        items, comments, reactions, views, amount, spread, replaces, ends_at, withheld_at, booked
    }'
);

select ops._register_table(
    'insights.contributions', 'tenant', 'content',
    clear => '{
        tenant_id, work_id, board, kind, month, scope_id, level, project_id, amount, during, group_id, home
    }',
    personal => '{person_id}',
    body => '{topic}',
    untracked_because => 'derived: recounted by insights.verify_figures()'
);

select ops._register_table(
    'insights.cells', 'tenant', 'content',
    clear => '{
        tenant_id, scope_id, level, board, kind, month, topic, people, items, comments, reactions, views, amount, spread
    }',
    untracked_because => 'derived: recounted by insights.verify_figures()'
);
