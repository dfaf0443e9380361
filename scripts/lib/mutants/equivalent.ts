// Mutants that no pgTAP test can tell from the schema: nothing changes that anybody could notice, or only other
// connections could. Each has its reason; a run fails over an entry that names no mutant, and over one that a test
// kills after all.

const sameRefusal = 'without it the refusal comes a step later, in the same words'
const saidAgain = 'what stands beside it says the same; it is there for the index'
const narrowing = 'it narrows what is looked at; whatever is left over is asked whole in the next step'
const readTogether = 'whoever reads a comment reads its work, in the same organization'
const locksMore = 'it chooses what to lock; without it, more is'
const asItIs = 'it leaves alone what would be written as it is'
const neverAlike = 'no asset is called as a kind of works is: assets are written in capitals'
const locksOnly = 'it chooses what to lock; whoever is passed over here is refused in the next statement'

export const equivalents = new Map<string, string>([
    [
        'function-arm content._recovery work_ids uuid[], at timestamp with time zone without m.set_id = s.protocol_set_id',
        narrowing,
    ],
    ["function-arm consent.kept_from_channel  without e.channel <> ''", saidAgain],
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
        'refusal consent._decide decision consent.decision, work_id uuid, purpose text, channel text, person_id uuid, scope_id uuid, begins timestamp with time zone, until timestamp with time zone, attribution_required boolean, version integer without perform core._require_unerased(party.person_id)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal content.recover_person at timestamp with time zone, person_id uuid without perform core._require_unerased(whose)',
        'only other connections can tell: tests/races/restoring.test.ts',
    ],
    [
        'function-arm consent._protocol_set tenant_id uuid, parts jsonb without s.tenant_id = _protocol_set.tenant_id',
        saidAgain,
    ],
    ['function-arm consent.passed_sets  without s.protocol_id = p.id', narrowing],
    ['function-arm consent.passed_sets  without s.scope_id = p.scope_id', narrowing],
    ['function-arm consent.passed_sets  without c.set_id = candidate.set_id', narrowing],
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
        'function-arm core.merge_people duplicate_id uuid, survivor_id uuid without p.id in (duplicate_id, survivor_id)',
        locksOnly,
    ],
    [
        'refusal core.request_verification document_type text, evidence_uri text, person_id uuid, organization_id uuid without perform core._require_unerased(subject)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal core.update_profile person_id uuid, display_name text, handle text, bio text, avatar_url text, locale text, country_code text without perform core._require_unerased(person_id)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal core._require_person  without perform core._require_present(me)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal core.accept_invitation token text without perform core._require_present(me)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal core.request_membership scope_id uuid, message text without perform core._require_present(me)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    [
        'refusal content.cast_ballot poll_id uuid, choices integer[] without perform core._require_present(me)',
        'only other connections can tell: tests/races/polling.test.ts',
    ],
    [
        'refusal content.tg_votes__settle  without perform core._require_present(new.person_id)',
        'only other connections can tell: tests/races/polling.test.ts',
    ],
    [
        'function-arm content._shuffle_ballots  without p.anonymous',
        'those that are not anonymous have been counted a moment before',
    ],
    ['function-arm content.verify_decisions  without r.tenant_id = d.tenant_id', saidAgain],
    [
        'refusal content.rename_attribution attribution_id uuid, named_as text without perform core._require_unerased(attribution.person_id)',
        'only other connections can tell: tests/races/erasing.test.ts',
    ],
    ['policy-arm content.files read_shown using without (m.tenant_id = files.tenant_id)', saidAgain],
    ['policy-arm content.comments update_author using without (w.tenant_id = comments.tenant_id)', saidAgain],
    [
        'function-arm content.tg_comment_moderations__lock_comment  without c.id = new.comment_id',
        'only other connections can tell: tests/races/talking.test.ts',
    ],
    [
        'function-arm content.tg_comment_moderations__lock_comment  without c.work_id in (select content.visible(array[c.work_id]))',
        'only other connections can tell: tests/attacks',
    ],
    [
        'refusal content.tg_comments__admit  without perform core._require_present(new.author_id)',
        'only other connections can tell: tests/races/talking.test.ts',
    ],
    [
        'refusal content.tg_reactions__admit  without perform core._require_present(new.person_id)',
        'only other connections can tell: tests/races/talking.test.ts',
    ],
    [
        'policy-arm content.reading_days insert_reader check without (w.tenant_id = reading_days.tenant_id)',
        saidAgain,
    ],
    ['function-arm content.tg_people__follow_reactions  without s.tenant_id = r.tenant_id', saidAgain],
    [
        'function-arm content.tg_work_versions__keep_entries  without w.id = new.work_id',
        'it chooses what to lock; without it, all works are',
    ],
    [
        'function-arm consent._recall tenant_id uuid, work_ids uuid[] without h.work_id = any (_recall.work_ids)',
        'it chooses what to lock; without it, all runs are',
    ],
    [
        'function-arm consent._recall tenant_id uuid, work_ids uuid[] without h.stands',
        'it chooses what to lock; without it, those are of which all was taken back',
    ],
    [
        'function-arm value._note_returned transfer_ids uuid[] without d.transfer_id = any (transfer_ids)',
        'it narrows what is counted again; whatever else is counted comes to what it said',
    ],
    ['function-arm value.balance_on account_id uuid, day date without e.late', saidAgain],
    [
        'function-arm value.tg_distributions__carried_out  without e.id = new.event_id',
        'it chooses what to lock; without it, everything is that came in',
    ],
    ['function-arm stories.withdrawals_of_mine  without c.work_id = p.work_id', saidAgain],
    [
        'function-arm stories.tg_stories__warn  without p.work_id = new.id',
        'it chooses whom to lock; without it, everyone is who has to consent to anything',
    ],
    [
        'function-arm content._concerning_me  without not exists (select from core.barred())',
        'it spares those a look who are kept from nowhere',
    ],
    ['function-arm content.polls_on_works  without p.scope_id = any (core.reach(2))', narrowing],
    [
        'function-arm content.search_works query text, kind text, scope_id uuid, tag_id uuid without search_works.scope_id is not null',
        'nothing is in a place that nobody asked for',
    ],
    [
        'function-arm consent._recall tenant_id uuid, work_ids uuid[] without r.id in ( select h.run_id from consent.run_works h where h.tenant_id = _recall.tenant_id and h.work_id = any (_recall.work_ids) and h.stands )',
        'it chooses what to lock; without it, all runs are',
    ],
    [
        'function-arm content.tg__keep_attribution  without w.id = coalesce(new.work_id, old.work_id)',
        'what it asks of other works, they keep already',
    ],
    [
        'function-arm content.tg_work_versions__keep_entries  without new.number in (w.current_version, w.public_version, w.organization_version, w.community_version)',
        narrowing,
    ],
    [
        'policy-arm content.comment_moderations insert_moderator check without (w.tenant_id = c.tenant_id)',
        readTogether,
    ],
    [
        'policy-arm content.comment_moderations read_concerned using without (w.tenant_id = c.tenant_id)',
        readTogether,
    ],
    [
        'policy-arm content.reactions insert_reader check without (c.tenant_id = reactions.tenant_id)',
        'the work that it leads to is asked for in the same organization',
    ],
    ['function-arm insights._book tenant_id uuid without g.tenant_id = _book.tenant_id', saidAgain],
    [
        'function-arm insights._count_earned tenant_id uuid, month date without v.tenant_id = _count_earned.tenant_id',
        saidAgain,
    ],
    [
        "function-arm insights._count_earned tenant_id uuid, month date without c.board = 'told'",
        'what brought something in counts as long as what was told of it does',
    ],
    [
        'function-arm insights._count_earned tenant_id uuid, month date without c.work_id in (select e.work_id from earned e)',
        locksMore,
    ],
    [
        'function-arm insights._counting tenant_id uuid, work_ids uuid[] without w.id = any (work_ids)',
        'whatever else counts is counted already',
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without c.work_id = any (work_ids)',
        locksMore,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without c.work_id = any (_follow.work_ids)',
        locksMore,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without (c.person_id, c.topic, c.during) is distinct from (n.person_id, insights._topic(c.board, n.topic), n.during)',
        locksMore,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without g.id in ( select c.group_id from insights.contributions c left join insights._counting(_follow.tenant_id, _follow.work_ids) n on n.work_id = c.work_id where c.tenant_id = _follow.tenant_id and c.work_id = any (_follow.work_ids) and (c.person_id, c.topic, c.during) is distinct from (n.person_id, insights._topic(c.board, n.topic), n.during) )',
        locksMore,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without (c.person_id, c.topic, c.during) is distinct from (n.person_id, insights._topic(c.board, n.topic), n.during) (2)',
        asItIs,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without c.group_id in (select t.group_id from touched t)',
        narrowing,
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without (c.group_id is null) is true',
        'what has a group is kept in the same statement, which changes a row once',
    ],
    [
        'function-arm insights._follow tenant_id uuid, work_ids uuid[] without (o.person_id, o.topic, o.during) is distinct from (n.person_id, insights._topic(o.board, n.topic), n.during)',
        asItIs,
    ],
    [
        'function-arm insights._form_groups tenant_id uuid, release date, board insights.board, kind text, month date, at timestamp with time zone without c.board = _form_groups.board',
        neverAlike,
    ],
    [
        'function-arm insights._form_groups tenant_id uuid, release date, board insights.board, kind text, month date, at timestamp with time zone without c.board = _form_groups.board (2)',
        neverAlike,
    ],
    [
        'function-arm insights._form_groups tenant_id uuid, release date, board insights.board, kind text, month date, at timestamp with time zone without c.board = _form_groups.board (3)',
        neverAlike,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.tenant_id = _reform_groups.tenant_id',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.withheld_at is null',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.people < (select max(p.asks) from places p)',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.tenant_id = _reform_groups.tenant_id (2)',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.withheld_at is null (2)',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.places && array(select p.id from places p where p.asks is null)',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.scope_id = p.id',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without p.asks is null',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.withheld_at is null (3)',
        narrowing,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without e.tenant_id = _reform_groups.tenant_id',
        saidAgain,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without e.booked',
        saidAgain,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.tenant_id = _reform_groups.tenant_id (7)',
        saidAgain,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without not exists ( select from insights.contributions b where b.tenant_id = g.tenant_id and b.group_id = g.id and not b.during @> at )',
        locksMore,
    ],
    [
        'function-arm insights._reform_groups tenant_id uuid, release date, at timestamp with time zone without g.items = n.items',
        'only other connections can tell: what somebody holds is passed over',
    ],
    [
        'function-arm insights._release tenant_id uuid, through date without c.tenant_id = _release.tenant_id',
        narrowing,
    ],
    ['function-arm insights._release tenant_id uuid, through date without c.group_id is null', narrowing],
    ['function-arm insights._release tenant_id uuid, through date without c.during @> at', narrowing],
    ['function-arm insights.verify_figures  without r.tenant_id = g.tenant_id', saidAgain],
    [
        'function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without r.id = h.run_id',
        locksMore,
    ],
    [
        'function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without core._is_service()',
        'only other connections can tell: it chooses what to lock',
    ],
    [
        "function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without core.can('agreement.manage', r.scope_id)",
        'only other connections can tell: it chooses what to lock',
    ],
    [
        'function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without r.id = record_analysis.run_id',
        locksMore,
    ],
    [
        'function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without h.work_id = record_analysis.story_id',
        locksMore,
    ],
    [
        "function-arm stories.record_analysis run_id uuid, story_id uuid, kind text, result jsonb, model_version text without (core._is_service() or core.can('agreement.manage', r.scope_id))",
        locksMore,
    ],
])
