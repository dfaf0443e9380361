// What the API leaves out, or shows otherwise than the catalog alone would say, each with its reason.

import { pgSmartTags } from 'postgraphile/utils'

/** Granted to those who sign in because policies and functions call them, and of no use to an app. */
export const inner = [
    'content.involving_me',
    'content.polls_on_works',
    'content.speaker', // called with what somebody reads
    'content.visible',
    'content.voted_in',
    'core.barred',
    'core.current_project', // `currentProject` is the project, see current-project.ts
    'core.granted',
    'core.is_lang',
    'core.is_slug',
    'core.is_zone',
    'core.known_people',
    'core.me', // `me` is the person, see me.ts
    'core.module_on',
    'core.my_people',
    'core.new_id',
    'core.reach',
    'core.scopes_with',
    'consent.asking_me',
    'consent.is_day_of_year',
    'consent.kept_from_channel',
    'consent.opened',
    'consent.opened_media',
    'consent.passed_sets',
    'consent.mine_to_decide',
    'consent.using_mine',
    'core.switch_project', // lasts as long as a transaction, which is as long as one mutation
    'stories.are_languages',
    'stories.decimals',
    'value.shared_with_me',
]

/**
 * Columns that keys need and readers do not: what they say is said elsewhere, or follows from what else is there. A
 * relation that goes by one of them is left out with it.
 */
const held: Record<string, string[]> = {
    'consent.benefit_settings': ['level', 'decision_unlocks'],
    'consent.community_labels': ['level', 'binding', 'decision_unlocks'],
    'consent.label_wordings': ['kind', 'previous'],
    'consent.openings': ['opened_in'],
    'consent.protocol_groups': ['level'],
    'consent.protocols': ['level'],
    'consent.results': ['stands'],
    'consent.work_labels': ['match', 'protocol_set_id'],
    'content.ballots': ['anonymous', 'method', 'most', 'options'],
    'content.comments': ['parent_path'],
    'content.decisions': ['about_work', 'method', 'overturns'],
    'content.files': ['storage_key'],
    'content.placements': ['material_version'],
    'content.poll_options': ['previous'],
    'content.polls': ['electorate'],
    'content.tag_synonyms': ['leads_on', 'resolves'],
    'content.tags': ['synonym_id'],
    'content.votes': ['work_owner_id'],
    'content.work_tags': ['leads_on', 'resolves'],
    'content.work_transitions': ['decision_unlocks', 'owner_id', 'previous'],
    'content.work_versions': ['previous'],
    'content.works': ['level', 'moves', 'compiled_at', 'revision'],
    'core.memberships': ['open_ended'],
    'core.projects': ['kind'],
    'core.sanction_appeals': ['imposed_by'],
    'core.scopes': ['parent_level'],
    'stories.analyses': ['purpose'],
    'value.balances': ['may_go_negative', 'latest_on'],
    'value.distributions': ['level', 'matter', 'subject', 'decision_unlocks'],
    'value.entries': [
        'may_go_negative',
        'latest_before',
        'latest_on',
        'late',
        'previous',
        'balance_before',
        'pending_in_before',
        'pending_out_before',
    ],
    'value.recipients': ['recipient_id'],
    'value.transfers': ['pending', 'request_hash', 'resolves_as'],
    'stories.communities': ['kind'],
    'stories.community_records': ['is_record', 'original_is_record'],
    'stories.reviews': ['owner_id', 'submitted'],
    'stories.stories': ['record_id'],
}

/** Tables that are called otherwise in the API: what they hold has no plural there, or says too little alone. */
const renamed: Record<string, string> = {
    'consent.effective': 'effective_consent',
    'content.media': 'media_item',
    'stories.feedback': 'feedback_message',
    // The functions that read these are called as they are.
    ...Object.fromEntries(
        [
            ...['community_impact', 'community_insights', 'consent_health', 'contributor_statistics'],
            ...['platform_insights', 'project_statistics', 'theme_trends'],
        ].map((view) => [`insights.${view}`, `released_${view}`]),
    ),
}

/** Relations whose columns would give them a misleading name: from here, and from the other side. */
const relationNames: [constraint: string, fieldName: string, foreignFieldName: string][] = [
    // A label is found by its place and what it is called; the place alone would be called the same.
    ['consent.work_labels.work_labels_label_fkey', 'communityLabel', 'workLabels'],
    ['consent.label_wordings.label_wordings_label_fkey', 'communityLabel', 'labelWordings'],
    [
        'consent.protocol_set_members.protocol_set_members_tenant_id_set_id_scope_id_fkey',
        ...(['protocolSetCommunity', 'protocolSetMembers'] as const),
    ],
    ['consent.results.results_tenant_id_run_id_work_id_stands_fkey', 'runWork', 'results'],
    ['content.comments.comments_tenant_id_work_id_thread_id_fkey', 'thread', 'threadComments'],
    ['content.media.media_tenant_id_work_id_id_fkey', 'placement', 'mediaItem'],
    ['value.entries.entries_account_fkey', 'account', 'entries'],
    ['value.entries.entries_tenant_id_transfer_id_effective_on_fkey', 'transfer', 'entries'],
    ['value.value_events.value_events_entry_fkey', 'entry', 'valueEvent'],
    ['value.distributions.distributions_event_fkey', 'event', 'distributions'],
    [
        'stories.community_records.community_records_tenant_id_original_id_original_is_record_fkey',
        ...(['original', 'communityRecords'] as const),
    ],
]

/**
 * Relations whose index has not all their columns: a key leads to the few rows they may mean, or to the only one.
 * (What PostGraphile takes for indexed has them all.)
 */
const foundByLess = [
    'value.entries.entries_account_fkey',
    'value.entries.entries_tenant_id_transfer_id_effective_on_fkey',
    'value.distributions.distributions_event_fkey',
    'consent.benefit_settings.benefit_settings_tenant_id_scope_id_level_fkey',
    'consent.community_labels.community_labels_tenant_id_scope_id_level_fkey',
    'consent.label_wordings.label_wordings_label_fkey',
    'consent.protocol_admissions.protocol_admissions_tenant_id_protocol_id_scope_id_fkey',
    'consent.protocol_group_members.protocol_group_members_tenant_id_group_id_scope_id_fkey',
    'consent.protocol_groups.protocol_groups_tenant_id_scope_id_level_fkey',
    'consent.protocol_set_members.protocol_set_members_tenant_id_set_id_scope_id_fkey',
    'content.decision_uses.decision_uses_decision_fkey',
    'content.work_transitions.work_transitions_tenant_id_work_id_owner_id_fkey',
    'core.projects.projects_tenant_id_id_kind_fkey',
    'core.scopes.scopes_tenant_id_parent_id_parent_level_fkey',
    'stories.communities.communities_tenant_id_id_kind_fkey',
    'stories.community_records.community_records_tenant_id_id_is_record_fkey',
]

/** What views always say. Of a view the catalog does not know it. */
const neverNull: Record<string, string[]> = {
    'consent.stewards': [
        ...['tenant_id', 'scope_id', 'membership_id', 'person_id'],
        ...['approve_stories', 'modify_protocols', 'manage_access', 'export_data'],
    ],
    'content.work_counters': ['reactions', 'comments', 'views', 'score'],
    'value.value_metrics': [
        'scope_id',
        'kind',
        'asset',
        'events',
        'generated',
        'shared',
        'first_on',
        'last_on',
    ],
    'value.balances': ['asset', 'balance', 'pending_in', 'pending_out', 'entries'],
    'stories.community_governance': [
        ...['decision_process', 'decision_quorum', 'works_reviewed', 'works_decided'],
        ...['elder_reviewed', 'culturally_reviewed'],
    ],
    'stories.elders': ['scope_id', 'person_id'],
    'stories.project_stories': [
        ...['project_id', 'scope_id', 'title', 'summary', 'lang', 'visibility', 'state', 'created_at'],
    ],
    'stories.storyteller_dashboard': [
        ...[
            'storyteller_id',
            'title',
            'state',
            'created_at',
            'reaction_count',
            'comment_count',
            'view_count',
        ],
        ...['consents_in_force', 'audience', 'restricted', 'value_generated'],
    ],
    'stories.storytellers': ['capacity', 'added_at'],
}

const columns = (tables: Record<string, string[]>, tags: Record<string, string | true>) =>
    Object.entries(tables).flatMap(([table, names]) =>
        names.map((name) => ({ kind: 'attribute' as const, match: `${table}.${name}`, tags })),
    )

export const ExposurePlugin = pgSmartTags(
    [
        {
            kind: 'procedure',
            match: (procedure) => inner.includes(`${procedure.getNamespace()?.nspname}.${procedure.proname}`),
            tags: { behavior: '-*' },
        },
        ...columns(held, { behavior: '-*' }),
        ...columns(neverNull, { notNull: true }),
        ...Object.entries(renamed).map(([table, name]) => ({
            kind: 'class' as const,
            match: table,
            tags: { name },
        })),
        {
            // Its key carries a column that nobody may read.
            kind: 'class',
            match: 'core.membership_roles',
            tags: { foreignKey: '(tenant_id, role_id) references core.roles (tenant_id, id)' },
        },
        ...foundByLess.map((match) => ({
            kind: 'constraint' as const,
            match,
            tags: { isIndexed: true as const },
        })),
        {
            // Few enough are left by whatever else is asked, and by who asks.
            kind: 'attribute',
            match: 'content.works.state',
            tags: { isIndexed: true },
        },
        {
            // It keeps the owner among those who have to consent; the parties are shown as what they are.
            kind: 'constraint',
            match: 'content.works.works_tenant_id_id_owner_id_fkey',
            tags: { behavior: '-*' },
        },
        {
            // It holds a run to what its agreement names; the agreement is shown itself.
            kind: 'constraint',
            match: 'consent.runs.runs_tenant_id_agreement_id_purpose_fkey',
            tags: { behavior: '-*' },
        },
        // They hold a label that binds to what it brought; the work shows what it stands under itself.
        ...['match', 'tenant_id_protocol_set_id_protocol_id'].map((key) => ({
            kind: 'constraint' as const,
            match: `consent.work_labels.work_labels_${key}_fkey`,
            tags: { behavior: '-*' },
        })),
        ...relationNames.map(([constraint, fieldName, foreignFieldName]) => ({
            kind: 'constraint' as const,
            match: constraint,
            tags: { fieldName, foreignFieldName },
        })),
        {
            // An analysis is what came of the run, and says what it is itself.
            kind: 'constraint',
            match: 'stories.analyses.analyses_result_fkey',
            tags: { behavior: '-*' },
        },
        {
            // It holds a community record to standing beside something; that is shown from the other side.
            kind: 'constraint',
            match: 'stories.stories.stories_tenant_id_record_id_fkey',
            tags: { behavior: '-*' },
        },
        // They hold a review to what was read, whose it is not, and what an elder's word asks; the story is shown itself.
        ...['by_elder', 'owner_id', 'version'].map((column) => ({
            kind: 'constraint' as const,
            match: `stories.reviews.reviews_tenant_id_story_id_${column}_fkey`,
            tags: { behavior: '-*' },
        })),
        {
            kind: 'constraint',
            match: 'stories.reviews.reviews_submission_fkey',
            tags: { behavior: '-*' },
        },
        // Its type is not for the roles of the API: a cursor of it leads nowhere. A thread is read in the order of its
        // thread and its ids.
        ...['path', 'parent_path'].map((column) => ({
            kind: 'attribute' as const,
            match: `content.comments.${column}`,
            tags: { behavior: '-filterBy -orderBy' },
        })),
        {
            // An index carries it along, and cannot look it up.
            kind: 'attribute',
            match: 'core.memberships.valid_during',
            tags: { behavior: '-filterBy -orderBy' },
        },
        {
            // A view has no keys of its own.
            kind: 'class',
            match: 'content.work_counters',
            tags: {
                primaryKey: 'tenant_id,work_id',
                foreignKey: '(tenant_id, work_id) references content.works (tenant_id, id)',
            },
        },
        {
            kind: 'class',
            match: 'value.value_metrics',
            tags: {
                foreignKey: [
                    '(tenant_id, scope_id) references core.scopes (tenant_id, id)',
                    '(tenant_id, work_id) references content.works (tenant_id, id)',
                ],
            },
        },
        {
            kind: 'class',
            match: 'value.balances',
            tags: {
                primaryKey: 'tenant_id,account_id',
                foreignKey: '(tenant_id, account_id) references value.accounts (tenant_id, id)',
            },
        },
        {
            kind: 'class',
            match: 'stories.storyteller_dashboard',
            tags: {
                primaryKey: 'tenant_id,story_id',
                foreignKey: '(tenant_id, story_id) references stories.stories (tenant_id, id)',
            },
        },
        {
            kind: 'class',
            match: 'stories.project_stories',
            tags: {
                primaryKey: 'tenant_id,story_id',
                foreignKey: '(tenant_id, story_id) references stories.stories (tenant_id, id)',
            },
        },
        {
            kind: 'class',
            match: 'stories.storytellers',
            tags: {
                primaryKey: 'tenant_id,story_id,person_id',
                foreignKey: [
                    '(tenant_id, story_id) references stories.stories (tenant_id, id)',
                    '(person_id) references core.people (id)',
                ],
            },
        },
        {
            kind: 'class',
            match: 'stories.elders',
            tags: {
                primaryKey: 'tenant_id,membership_id',
                foreignKey: [
                    '(tenant_id, membership_id) references core.memberships (tenant_id, id)',
                    '(person_id) references core.people (id)',
                ],
            },
        },
        {
            kind: 'class',
            match: 'stories.community_governance',
            tags: {
                primaryKey: 'tenant_id,scope_id',
                foreignKey: '(tenant_id, scope_id) references core.scopes (tenant_id, id)',
            },
        },
        // Warnings are read before a story is opened: they hang on what is known of it.
        {
            kind: 'constraint',
            match: 'stories.content_warnings.content_warnings_tenant_id_work_id_fkey',
            tags: { behavior: '-*' },
        },
        {
            kind: 'class',
            match: 'stories.content_warnings',
            tags: { foreignKey: '(tenant_id, work_id) references content.works (tenant_id, id)' },
        },
        // A reply finds what it replies to by its id: for paths nobody has an operator but who looks for extensions.
        {
            kind: 'constraint',
            match: 'content.comments.comments_tenant_id_work_id_parent_id_parent_path_aside_fkey',
            tags: { behavior: '-*' },
        },
        {
            kind: 'class',
            match: 'content.comments',
            tags: {
                foreignKey:
                    '(tenant_id, parent_id) references content.comments (tenant_id, id)|@foreignFieldName replies',
            },
        },
        { kind: 'attribute', match: 'content.comments.path', tags: { behavior: '-filterBy' } },
        // What was found leads to what it is.
        {
            kind: 'class',
            match: 'content.found_work',
            tags: { foreignKey: '(tenant_id, work_id) references content.works (tenant_id, id)' },
        },
        {
            kind: 'class',
            match: 'content.recovered',
            tags: { foreignKey: '(tenant_id, work_id) references content.works (tenant_id, id)' },
        },
        {
            kind: 'class',
            match: 'core.found_scope',
            tags: { foreignKey: '(tenant_id, scope_id) references core.scopes (tenant_id, id)' },
        },
        // They keep a ledger's chains: what an entry begins with, what became of a transfer.
        ...[
            'value.entries.entries_previous_fkey',
            'value.transfers.transfers_parent_fkey',
            'value.transfers.transfers_resolution_fkey',
        ].map((match) => ({ kind: 'constraint' as const, match, tags: { behavior: '-*' } })),
        {
            kind: 'class',
            match: 'value.transfers',
            tags: {
                foreignKey: [
                    '(tenant_id, parent_id) references value.transfers (tenant_id, id)|@foreignFieldName children',
                ],
            },
        },
        // Given to functions, as what moves.
        ...columns(
            {
                'value.leg': ['account_id', 'amount'],
                'value.share': ['person_id', 'scope_id', 'weight'],
                'value.transfer_order': [
                    ...['idempotency_key', 'kind', 'legs', 'pending', 'expires_at', 'effective_on', 'reason'],
                ],
            },
            { behavior: '+attribute:insert' },
        ),
        // Asked of what was found, and of nothing else.
        {
            kind: 'procedure',
            match: 'content.found_work_excerpt',
            tags: { behavior: ['-queryField', '+typeField'] },
        },
        // Nobody looks a reaction up by all that it is.
        ...['work_id', 'comment_id'].map((target) => ({
            kind: 'constraint' as const,
            match: `content.reactions.reactions_tenant_id_${target}_person_id_kind_key`,
            tags: { behavior: '-single' },
        })),
        // Read as workCounters.
        { kind: 'class', match: 'content.work_count_steps', tags: { behavior: '-*' } },
        // Asked by policies.
        { kind: 'class', match: 'content.legible_works', tags: { behavior: '-*' } },
        { kind: 'class', match: 'stories.standing_analyses', tags: { behavior: '-*' } },
        // What a table and a function or a type would both be called.
        { kind: 'type', match: 'consent.decision', tags: { name: 'consent_decision' } },
        { kind: 'procedure', match: 'value.verify', tags: { name: 'verify_ledger' } },
        { kind: 'procedure', match: 'core.setting', tags: { name: 'effective_setting' } },
        { kind: 'procedure', match: 'core.person_limit', tags: { name: 'effective_limit' } },
    ],
    null,
    { name: 'ExposurePlugin' },
)
