-- The module stories: its kind of work, what it can be asked to wait for, what it warns of, its refusals, and what its
-- columns hold.

insert into content.work_kinds (kind, module, description, review_settings)
values ('story', 'stories', 'What somebody tells.', '{stories.elder_reviewed,stories.culturally_reviewed}')
on conflict on constraint work_kinds_pkey do update
set module = excluded.module, description = excluded.description, review_settings = excluded.review_settings
where (work_kinds.module, work_kinds.description, work_kinds.review_settings)
    is distinct from (excluded.module, excluded.description, excluded.review_settings);

insert into core.setting_definitions (key, module, type, levels, default_value, description)
values
    (
        'stories.elder_reviewed', 'stories', 'boolean', '{0,1,2}', 'false',
        'Whether stories are not published without the word of an elder.'
    ),
    (
        'stories.culturally_reviewed', 'stories', 'boolean', '{0,1,2}', 'false',
        'Whether stories are not published before somebody reviewed them for what their community holds to be right.'
    )
on conflict on constraint setting_definitions_pkey do update
set
    module = excluded.module, type = excluded.type, levels = excluded.levels,
    default_value = excluded.default_value, description = excluded.description
where (
    setting_definitions.module, setting_definitions.type, setting_definitions.levels,
    setting_definitions.default_value, setting_definitions.description
) is distinct from (
    excluded.module, excluded.type, excluded.levels, excluded.default_value, excluded.description
);

insert into stories.warning_kinds (kind, description)
values
    ('deceased', 'Names, shows or lets hear somebody who has died.'),
    ('grief', 'Is about loss and mourning.'),
    ('violence', 'Is about violence.'),
    ('abuse', 'Is about abuse.'),
    ('self_harm', 'Is about harming oneself.'),
    ('discrimination', 'Is about being treated as less, and uses words that hurt.'),
    ('displacement', 'Is about being driven from one''s home, or taken from one''s family.'),
    ('ceremony', 'Touches on ceremonies; some should not read of them.')
on conflict on constraint warning_kinds_pkey do update
set description = excluded.description
where warning_kinds.description is distinct from excluded.description;

insert into core.error_codes (name, code, message, hint)
values
    ('review_missing', 'EL120', 'this is not published without a review: %s', 'give it in, and wait for the review'),
    ('elder_spoke', 'EL121', 'an elder has spoken about this', 'from then on it takes an elder'),
    ('answered', 'EL122', 'this was answered already', 'nothing is left to do'),
    (
        'given_in_again', 'EL123', 'this was given in again since, and may be another now: move %s',
        'read it as it is now, and say what comes of that'
    ),
    (
        'not_a_place', 'EL124', 'this is not a place',
        'say how far north, how far east, and how precisely: all three, in degrees'
    )
on conflict on constraint error_codes_pkey do update
set code = excluded.code, message = excluded.message, hint = excluded.hint
where (error_codes.code, error_codes.message, error_codes.hint)
    is distinct from (excluded.code, excluded.message, excluded.hint);

select ops._register_table(
    'stories.communities', 'tenant', 'content',
    clear => '{tenant_id,id,kind,basis,territory,languages,founded_on,updated_at}'
);

-- The log does not say where a story belongs either: what its teller says less precisely later is kept nowhere.
select ops._register_table(
    'stories.stories', 'tenant', 'content',
    clear => '{tenant_id,id,kind,place_precision,elder_review_required,is_record,record_id,updated_at}',
    personal => '{recorded_on}',
    body => '{place_name,latitude,longitude}'
);

select ops._register_table(
    'stories.community_records', 'tenant', 'content',
    clear => '{tenant_id,id,is_record,original_id,original_is_record,recorded_at}'
);

select ops._register_table('stories.warning_kinds', 'global', 'catalog', clear => '{kind,description}');

select ops._register_table(
    'stories.content_warnings', 'tenant', 'content',
    clear => '{tenant_id,work_id,kind,source,added_at}'
);

select ops._register_table(
    'stories.reviews', 'tenant', 'content',
    clear => '{tenant_id,id,story_id,number,version,submission,submitted,kind,by_elder,reviewed_at}',
    personal => '{outcome,note,reviewer_id,owner_id}'
);

select ops._register_table(
    'stories.analyses', 'tenant', 'content',
    clear => '{tenant_id,id,run_id,story_id,kind,purpose,model_version,analysed_at}',
    body => '{result}'
);

select ops._register_table(
    'stories.feedback', 'tenant', 'content',
    clear => '{tenant_id,id,scope_id,given_at,answered_at}',
    personal => '{person_id,body,answer,answered_by}'
);
