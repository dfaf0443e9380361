-- What a row of content cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'content'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('attributions', 'person_id'),
        ('comments', 'author_id, edited_at, parent_id, parent_path'),
        (
            'decisions',
            'decided_at, outcome, overturns, revocation_id, revoked_at, revokes, subject, unlocks, work_id, work_version'
        ),
        ('files', 'arrived_at, attached_at, dropped_at'),
        ('media', 'duration_ms, protocol_set_id'),
        ('notes', 'written_on'),
        ('placements', 'first_version, last_version, material_version'),
        ('poll_options', 'previous'),
        ('polls', 'ballots, counted_at, places, role_key, tallies, work_id'),
        ('reactions', 'comment_id, work_id'),
        ('tag_synonyms', 'decided_at, decided_by, leads_on'),
        ('tags', 'synonym_id'),
        ('work_tags', 'resolves, synonym_id'),
        ('work_transitions', 'decision_id, decision_unlocks, from_state, previous'),
        ('work_versions', 'based_on, minor_after, previous'),
        ('works', 'community_version, organization_version, protocol_set_id, public_version')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'content'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('anonymous_ballots_poll_fkey', 'content.polls'),
        ('attributions_added_by_fkey', 'core.people'),
        ('attributions_person_id_fkey', 'core.people'),
        ('attributions_tenant_id_work_id_fkey', 'content.works'),
        ('ballots_person_id_fkey', 'core.people'),
        ('ballots_poll_fkey', 'content.polls'),
        ('comment_moderations_moderator_id_fkey', 'core.people'),
        ('comment_moderations_tenant_id_comment_id_fkey', 'content.comments'),
        ('comments_author_id_fkey', 'core.people'),
        ('comments_tenant_id_work_id_fkey', 'content.works'),
        ('comments_tenant_id_work_id_parent_id_parent_path_aside_fkey', 'content.comments'),
        ('comments_tenant_id_work_id_thread_id_fkey', 'content.comments'),
        ('decision_matters_module_fkey', 'core.platform_modules'),
        ('decision_uses_decision_fkey', 'content.decisions'),
        ('decisions_matter_about_work_fkey', 'content.decision_matters'),
        ('decisions_poll_fkey', 'content.polls'),
        ('decisions_proposed_by_fkey', 'core.people'),
        ('decisions_revocation_id_fkey', 'content.decisions'),
        ('decisions_revokes_fkey', 'content.decisions'),
        ('decisions_tenant_id_work_id_work_version_fkey', 'content.work_versions'),
        ('files_tenant_id_scope_id_fkey', 'core.scopes'),
        ('files_uploaded_by_fkey', 'core.people'),
        ('media_added_by_fkey', 'core.people'),
        ('media_tenant_id_file_id_fkey', 'content.files'),
        ('media_tenant_id_protocol_set_id_fkey', 'consent.protocol_sets'),
        ('media_tenant_id_work_id_id_fkey', 'content.placements'),
        ('notes_tenant_id_id_kind_fkey', 'content.works'),
        ('placements_first_version_fkey', 'content.work_versions'),
        ('placements_last_version_fkey', 'content.work_versions'),
        ('placements_tenant_id_work_id_fkey', 'content.works'),
        ('poll_options_tenant_id_poll_id_fkey', 'content.polls'),
        ('poll_options_tenant_id_poll_id_previous_fkey', 'content.poll_options'),
        ('polls_opened_by_fkey', 'core.people'),
        ('polls_tenant_id_role_key_fkey', 'core.roles'),
        ('polls_tenant_id_scope_id_fkey', 'core.scopes'),
        ('polls_tenant_id_work_id_fkey', 'content.works'),
        ('reactions_kind_fkey', 'content.reaction_kinds'),
        ('reactions_person_id_fkey', 'core.people'),
        ('reactions_tenant_id_comment_id_fkey', 'content.comments'),
        ('reactions_tenant_id_work_id_fkey', 'content.works'),
        ('reading_days_tenant_id_work_id_fkey', 'content.works'),
        ('search_entries_tenant_id_work_id_version_fkey', 'content.work_versions'),
        ('tag_synonyms_decided_by_fkey', 'core.people'),
        ('tag_synonyms_proposed_by_fkey', 'core.people'),
        ('tag_synonyms_tenant_id_synonym_tag_id_resolves_fkey', 'content.tags'),
        ('tag_synonyms_tenant_id_tag_id_fkey', 'content.tags'),
        ('tag_synonyms_tenant_id_tag_id_leads_on_fkey', 'content.tags'),
        ('tags_created_by_fkey', 'core.people'),
        ('tags_tenant_id_fkey', 'core.organizations'),
        ('tags_tenant_id_synonym_id_is_synonym_fkey', 'content.tag_synonyms'),
        ('voters_person_id_fkey', 'core.people'),
        ('voters_tenant_id_poll_id_fkey', 'content.polls'),
        ('votes_person_id_fkey', 'core.people'),
        ('votes_tenant_id_work_id_work_owner_id_fkey', 'content.works'),
        ('waiting_ballots_poll_fkey', 'content.polls'),
        ('work_collaborators_added_by_fkey', 'core.people'),
        ('work_collaborators_person_id_fkey', 'core.people'),
        ('work_collaborators_tenant_id_work_id_fkey', 'content.works'),
        ('work_count_steps_tenant_id_work_id_fkey', 'content.works'),
        ('work_kinds_module_fkey', 'core.platform_modules'),
        ('work_tags_added_by_fkey', 'core.people'),
        ('work_tags_tenant_id_synonym_id_tag_id_resolves_fkey', 'content.tag_synonyms'),
        ('work_tags_tenant_id_tag_id_leads_on_fkey', 'content.tags'),
        ('work_tags_tenant_id_word_id_fkey', 'content.tags'),
        ('work_tags_tenant_id_work_id_fkey', 'content.works'),
        ('work_transitions_actor_id_fkey', 'core.people'),
        ('work_transitions_decision_fkey', 'content.decisions'),
        ('work_transitions_from_state_to_state_capacity_fkey', 'content.work_moves'),
        ('work_transitions_tenant_id_work_id_owner_id_fkey', 'content.works'),
        ('work_transitions_tenant_id_work_id_previous_from_state_fkey', 'content.work_transitions'),
        ('work_versions_created_by_fkey', 'core.people'),
        ('work_versions_minor_after_fkey', 'content.work_versions'),
        ('work_versions_tenant_id_work_id_based_on_fkey', 'content.work_versions'),
        ('work_versions_tenant_id_work_id_fkey', 'content.works'),
        ('work_versions_tenant_id_work_id_previous_fkey', 'content.work_versions'),
        ('works_kind_fkey', 'content.work_kinds'),
        ('works_owner_id_fkey', 'core.people'),
        ('works_tenant_id_id_community_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_current_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_moves_state_fkey', 'content.work_transitions'),
        ('works_tenant_id_id_organization_version_fkey', 'content.work_versions'),
        ('works_tenant_id_id_owner_id_fkey', 'consent.consent_parties'),
        ('works_tenant_id_id_public_version_fkey', 'content.work_versions'),
        ('works_tenant_id_protocol_set_id_fkey', 'consent.protocol_sets'),
        ('works_tenant_id_scope_id_level_project_id_fkey', 'core.scopes')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
