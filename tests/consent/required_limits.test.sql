-- What a row of consent cannot do without, and what it cannot refer to unless it is there.

begin;
set local search_path = tap, tests, public;
select plan(2);

select results_eq(
    $$
    select c.relname::text collate "default", string_agg(a.attname,
        ', ' order by a.attname collate "C") collate "default"
    from pg_catalog.pg_class c
    join pg_catalog.pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'consent'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
        and a.attnum > 0 and not a.attisdropped and not a.attnotnull
    group by c.relname
    order by c.relname collate "C"
    $$,
    $$
    values
        ('benefit_settings', 'decision_id, decision_unlocks'),
        ('community_labels', 'binding, decision_id, decision_unlocks, protocol_id, ratified_at, ratified_by'),
        ('consent_evidence', 'evidence, witness'),
        ('consent_parties', 'person_id, scope_id'),
        ('consents', 'channel, through_version'),
        ('effective', 'version'),
        ('label_wordings', 'previous'),
        ('labels', 'acknowledgement, audience, enforcement, family, needs_season'),
        ('protocol_admissions', 'group_id, membership_id, role_id'),
        ('protocols', 'acknowledgement, retired_at, season_from, season_until, season_zone'),
        ('run_works', 'recalled_at, stands'),
        ('runs', 'channel, finished_at, halted_at, started_by'),
        ('work_labels', 'match, protocol_id, protocol_set_id')
    $$,
    'only what may be unknown, or has yet to happen, can be left empty'
);
select results_eq(
    $$
    select c.conname::text collate "default", c.confrelid::regclass::text
    from pg_catalog.pg_constraint c
    where c.connamespace = 'consent'::regnamespace and c.contype = 'f'
    order by c.conname collate "C"
    $$,
    $$
    values
        ('agreement_ends_ended_by_fkey', 'core.people'),
        ('agreement_ends_tenant_id_agreement_id_fkey', 'consent.agreements'),
        ('agreement_purposes_purpose_fkey', 'consent.purposes'),
        ('agreement_purposes_tenant_id_agreement_id_fkey', 'consent.agreements'),
        ('agreement_works_tenant_id_agreement_id_fkey', 'consent.agreements'),
        ('agreement_works_tenant_id_work_id_fkey', 'content.works'),
        ('agreements_signed_by_fkey', 'core.people'),
        ('agreements_tenant_id_scope_id_fkey', 'core.scopes'),
        ('benefit_settings_decision_fkey', 'content.decisions'),
        ('benefit_settings_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('benefit_settings_updated_by_fkey', 'core.people'),
        ('community_labels_adopted_by_fkey', 'core.people'),
        ('community_labels_decision_fkey', 'content.decisions'),
        ('community_labels_label_kind_fkey', 'consent.labels'),
        ('community_labels_ratified_by_fkey', 'core.people'),
        ('community_labels_template_fkey', 'consent.labels'),
        ('community_labels_tenant_id_protocol_id_scope_id_fkey', 'consent.protocols'),
        ('community_labels_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('consent_evidence_person_id_fkey', 'core.person_keys'),
        ('consent_evidence_tenant_id_consent_id_fkey', 'consent.consents'),
        ('consent_parties_added_by_fkey', 'core.people'),
        ('consent_parties_person_id_fkey', 'core.people'),
        ('consent_parties_tenant_id_scope_id_fkey', 'core.scopes'),
        ('consent_parties_tenant_id_work_id_fkey', 'content.works'),
        ('consents_purpose_fkey', 'consent.purposes'),
        ('consents_recorded_by_fkey', 'core.people'),
        ('consents_tenant_id_work_id_party_id_fkey', 'consent.consent_parties'),
        ('consents_tenant_id_work_id_through_version_fkey', 'content.work_versions'),
        ('effective_purpose_fkey', 'consent.purposes'),
        ('effective_tenant_id_work_id_fkey', 'content.works'),
        ('effective_tenant_id_work_id_version_fkey', 'content.work_versions'),
        ('label_wordings_approved_by_fkey', 'core.people'),
        ('label_wordings_label_fkey', 'consent.community_labels'),
        ('label_wordings_previous_fkey', 'consent.label_wordings'),
        ('openings_person_id_fkey', 'core.people'),
        ('openings_tenant_id_protocol_set_id_fkey', 'consent.protocol_sets'),
        ('openings_tenant_id_work_id_fkey', 'content.works'),
        ('preferences_person_id_fkey', 'core.person_keys'),
        ('protocol_acknowledgements_person_id_fkey', 'core.people'),
        ('protocol_acknowledgements_tenant_id_protocol_id_fkey', 'consent.protocols'),
        ('protocol_admissions_added_by_fkey', 'core.people'),
        ('protocol_admissions_tenant_id_group_id_scope_id_fkey', 'consent.protocol_groups'),
        ('protocol_admissions_tenant_id_membership_id_scope_id_fkey', 'core.memberships'),
        ('protocol_admissions_tenant_id_protocol_id_scope_id_fkey', 'consent.protocols'),
        ('protocol_admissions_tenant_id_role_id_fkey', 'core.roles'),
        ('protocol_group_members_added_by_fkey', 'core.people'),
        ('protocol_group_members_tenant_id_group_id_scope_id_fkey', 'consent.protocol_groups'),
        ('protocol_group_members_tenant_id_membership_id_scope_id_fkey', 'core.memberships'),
        ('protocol_groups_created_by_fkey', 'core.people'),
        ('protocol_groups_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('protocol_set_communities_tenant_id_scope_id_fkey', 'core.scopes'),
        ('protocol_set_communities_tenant_id_set_id_fkey', 'consent.protocol_sets'),
        ('protocol_set_members_tenant_id_protocol_id_scope_id_fkey', 'consent.protocols'),
        ('protocol_set_members_tenant_id_set_id_scope_id_fkey', 'consent.protocol_set_communities'),
        ('protocol_sets_tenant_id_fkey', 'core.organizations'),
        ('protocols_created_by_fkey', 'core.people'),
        ('protocols_tenant_id_scope_id_level_fkey', 'core.scopes'),
        ('results_tenant_id_run_id_work_id_stands_fkey', 'consent.run_works'),
        ('run_works_tenant_id_run_id_fkey', 'consent.runs'),
        ('run_works_tenant_id_work_id_version_fkey', 'content.work_versions'),
        ('runs_started_by_fkey', 'core.people'),
        ('runs_tenant_id_agreement_id_purpose_fkey', 'consent.agreement_purposes'),
        ('runs_tenant_id_agreement_id_scope_id_fkey', 'consent.agreements'),
        ('work_labels_added_by_fkey', 'core.people'),
        ('work_labels_label_fkey', 'consent.community_labels'),
        ('work_labels_match_fkey', 'consent.protocol_set_communities'),
        ('work_labels_protocol_id_fkey', 'consent.community_labels'),
        ('work_labels_tenant_id_protocol_set_id_protocol_id_fkey', 'consent.protocol_set_members'),
        ('work_labels_tenant_id_work_id_fkey', 'content.works'),
        ('work_labels_tenant_id_work_id_protocol_set_id_fkey', 'content.works')
    $$,
    'what is referred to is there'
);

select * from finish();
rollback;
