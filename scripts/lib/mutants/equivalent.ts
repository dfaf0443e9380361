// Mutants that no pgTAP test can tell from the schema: nothing changes that anybody could notice, or only other
// connections could. Each has its reason; a run fails over an entry that names no mutant, and over one that a test
// kills after all.

const sameRefusal = 'without it the refusal comes a step later, in the same words'
const saidAgain = 'what stands beside it says the same; it is there for the index'
const locksOnly = 'it chooses what to lock; whoever is passed over here is refused in the next statement'

export const equivalents = new Map<string, string>([
    [
        "function-arm core._held permission text, person_id uuid without mp.effect = 'allow'",
        'what is denied is taken out again below',
    ],
    [
        'function-arm core._require_outranking person_id uuid, scope_id uuid without m.scope_id = s.tenant_id',
        'by key, only a membership in the root scope owns',
    ],
    ['function-arm core.accept_invitation token text without token is null', sameRefusal],
    ['function-arm core.accept_invitation token text without invitation.id is null', sameRefusal],
    ['function-arm core.bind_invitation token text, email text without token is null', sameRefusal],
    [
        'function-arm core.appoint_manager scope_id uuid, person_id uuid without person_id is null',
        sameRefusal,
    ],
    ['refusal core.revoke_api_key api_key_id uuid without perform core._require_me()', sameRefusal],
    ['refusal core.revoke_invitation invitation_id uuid without perform core._require_me()', sameRefusal],
    [
        'function-arm core.appoint_manager scope_id uuid, person_id uuid without m.scope_id = place.id',
        saidAgain,
    ],
    [
        "function-arm core.appoint_manager scope_id uuid, person_id uuid without m.status = 'active'",
        saidAgain,
    ],
    [
        'function-arm consent.open_work work_id uuid without w.id = open_work.work_id',
        'content.visible() says it',
    ],
    ['function-arm content.verify_counts  without u.tenant_id = s.tenant_id', saidAgain],
    ['function-arm core.verify_owners  without m.scope_id = o.id', saidAgain],
    ['function-arm core.verify_seats  without m.tenant_id = s.tenant_id', saidAgain],
    [
        'function-arm core.approve_membership membership_id uuid without r.tenant_id = m.tenant_id',
        'a role of another organization carries no permission here that could be lacked',
    ],
    [
        'function-arm core.reach level integer without k.level = 1',
        "the scope of a key on another level is nobody's project",
    ],
    [
        'function-arm core.merge_people duplicate_id uuid, survivor_id uuid without p.merged_into is null',
        locksOnly,
    ],
    [
        'function-arm core.merge_people duplicate_id uuid, survivor_id uuid without p.erased_at is null',
        locksOnly,
    ],
    [
        'refusal core.accept_invitation token text without perform core._require_present(me)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal core.request_membership scope_id uuid, message text without perform core._require_present(me)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    ['policy-arm consent.consents read_party using without (p.tenant_id = consents.tenant_id)', saidAgain],
    ['policy-arm consent.effective read_reader using without (w.tenant_id = effective.tenant_id)', saidAgain],
    ['policy-arm content.files read_shown using without (m.tenant_id = files.tenant_id)', saidAgain],
    ['policy-arm content.media read_placed using without (p.tenant_id = media.tenant_id)', saidAgain],
    ['policy-arm content.media read_public using without (p.tenant_id = media.tenant_id)', saidAgain],
    [
        'policy-arm content.placements read_involved using without (w.tenant_id = placements.tenant_id)',
        saidAgain,
    ],
    [
        'policy-arm content.placements read_version using without (v.tenant_id = placements.tenant_id)',
        saidAgain,
    ],
    ['policy-arm content.notes read_public using without (w.tenant_id = notes.tenant_id)', saidAgain],
    ['policy-arm content.notes read_reader using without (w.tenant_id = notes.tenant_id)', saidAgain],
    [
        'policy-arm content.work_transitions read_reviewer using without (w.tenant_id = work_transitions.tenant_id)',
        saidAgain,
    ],
    [
        'policy-arm content.work_versions read_involved using without (w.tenant_id = work_versions.tenant_id)',
        saidAgain,
    ],
    [
        'policy-arm content.work_versions read_public using without (w.tenant_id = work_versions.tenant_id)',
        saidAgain,
    ],
    [
        'policy-arm content.work_versions read_shared using without (w.tenant_id = work_versions.tenant_id)',
        saidAgain,
    ],
])
