// Who may see which row of stories.

import type { OfWork, Work } from '../content/rows.ts'
import { agreedVersion, decides, involves, reads, readsBody, reviews, workOf } from '../content/sharing.ts'
import type { Asker } from '../core/access.ts'
import { seesScope } from '../core/tables.ts'
import type { Facts } from '../facts.ts'
import { publicCatalog, seen, seenByAnyone, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'
import type { Analysis, CommunityRecord, Feedback, OfStory, Story } from './rows.ts'

interface Run {
    id: Id
    scope_id: Id
    purpose: string
    channel: string | null
}

interface Handed {
    run_id: Id
    work_id: Id
    recalled_at: string | null
}

export const tables: Record<string, TableRule> = {
    'stories.communities': seenByAnyone('by whoever finds the community', (asker, { id }: { id: Id }) =>
        seesScope(asker, id),
    ),
    'stories.stories': seenByAnyone('with what the story says', (asker, { id }: Story, facts) =>
        readsBody(asker, workOf(id, facts), facts),
    ),
    'stories.community_records': seenByAnyone(
        'by whoever may know of both',
        (asker, { id, original_id }: CommunityRecord, facts) =>
            [id, original_id].every((story) => reads(asker, workOf(story, facts), facts)),
    ),
    'stories.warning_kinds': publicCatalog,
    'stories.content_warnings': seenByAnyone(
        'with the story, before it is opened',
        (asker, { work_id }: OfWork, facts) => reads(asker, workOf(work_id, facts), facts),
    ),
    'stories.reviews': seen(
        'by those whom the story involves, and by its reviewers while it waits for them',
        (asker, { story_id }: OfStory, facts) => {
            const story = workOf(story_id, facts)
            return involves(asker, story, facts) || reviews(asker, story, facts)
        },
    ),
    'stories.analyses': seen(
        'as long as everyone consents: by those who decide about the story or manage the agreement, with what it says',
        (asker, analysis: Analysis, facts) => seesAnalysis(asker, analysis, facts),
    ),
    'stories.feedback': seen(
        'by whoever said it, and those who manage the place',
        (asker, { scope_id, person_id }: Feedback) =>
            asker.people.has(person_id) || asker.can('scope.manage', scope_id),
    ),
}

function seesAnalysis(asker: Asker, { run_id, story_id }: Analysis, facts: Facts): boolean {
    const run = facts.rows<Run>('consent.runs').find(({ id }) => id === run_id)
    const story = workOf(story_id, facts)
    return (
        run !== undefined &&
        stands(run, story, facts) &&
        readsBody(asker, story, facts) &&
        (decides(asker, story, facts) || asker.can('agreement.manage', run.scope_id))
    )
}

/** Handed out and not taken back, and everyone consents to that at this moment. */
function stands({ id, purpose, channel }: Run, story: Work, facts: Facts): boolean {
    const handed = facts
        .rows<Handed>('consent.run_works')
        .find(({ run_id, work_id }) => run_id === id && work_id === story.id)
    return handed?.recalled_at === null && agreedVersion(story, purpose, channel, facts) !== undefined
}
