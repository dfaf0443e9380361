// Who may see which row of content.

import { catalog, nobody, publicCatalog, seen, seenByAnyone, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'
import { knowsPlacement, seesFile, seesMedium } from './media.ts'
import { isPutTo, pollOf, seesResults } from './polling.ts'
import type {
    Ballot,
    Comment,
    Medium,
    Moderation,
    OfPoll,
    OfWork,
    Placement,
    Reaction,
    Tag,
    Version,
    Work,
    WorkTag,
} from './rows.ts'
import { involves, reads, readsBody, readsVersion, reviews, workOf } from './sharing.ts'
import { commentOf, hears, isAuthor, moderates } from './talking.ts'

interface Decision {
    id: Id
    scope_id: Id
    work_id: Id | null
}

export const tables: Record<string, TableRule> = {
    'content.work_kinds': publicCatalog,
    'content.work_moves': catalog,
    'content.works': seenByAnyone(
        'by those whom it involves, by its reviewers while it waits for them, and by those it is shared with now',
        (asker, work: Work, facts) => reads(asker, work, facts),
    ),
    'content.notes': seenByAnyone('with what the work says', (asker, { id }: { id: Id }, facts) =>
        readsBody(asker, workOf(id, facts), facts),
    ),
    'content.work_versions': seenByAnyone(
        'all by those whom the work involves, the newest by its reviewers, by others the one that is shared with them',
        (asker, version: Version, facts) => readsVersion(asker, version, facts),
    ),
    'content.work_transitions': seen(
        'by those whom the work involves, and by its reviewers while it waits for them',
        (asker, { work_id }: OfWork, facts) =>
            involves(asker, workOf(work_id, facts), facts) || reviews(asker, workOf(work_id, facts), facts),
    ),
    'content.work_collaborators': seen(
        'by those whom the work involves',
        (asker, { work_id }: OfWork, facts) => involves(asker, workOf(work_id, facts), facts),
    ),
    'content.comments': {
        ...seenByAnyone(
            'with the work; what was said aside by those who make it, what is hidden by its author and moderators',
            (asker, comment: Comment, facts) => hears(asker, comment, facts),
        ),
        changeable: ['body', 'mentions'],
    },
    'content.comment_moderations': seen(
        'by the author of the comment and by moderators, where they see the comment',
        (asker, { comment_id }: Moderation, facts) => {
            const comment = commentOf(comment_id, facts)
            return (
                hears(asker, comment, facts) && (isAuthor(asker, comment) || moderates(asker, comment, facts))
            )
        },
    ),
    'content.reaction_kinds': publicCatalog,
    'content.reactions': seenByAnyone(
        'with the work or the comment',
        (asker, { work_id, comment_id }: Reaction, facts) =>
            work_id === null
                ? hears(asker, commentOf(comment_id ?? '', facts), facts)
                : reads(asker, workOf(work_id, facts), facts),
    ),
    'content.reading_days': seen('by those whom the work involves', (asker, { work_id }: OfWork, facts) =>
        involves(asker, workOf(work_id, facts), facts),
    ),
    'content.work_count_steps': seenByAnyone('with the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
    'content.tags': seenByAnyone(
        'by whoever belongs to the organization, and with any work that is called by it',
        (asker, { tenant_id, id }: Tag, facts) =>
            asker.belongsWithin(tenant_id) ||
            facts
                .rows<WorkTag>('content.work_tags')
                .some(
                    ({ work_id, word_id, tag_id }) =>
                        [word_id, tag_id].includes(id) && reads(asker, workOf(work_id, facts), facts),
                ),
    ),
    'content.tag_synonyms': seen('by whoever belongs to the organization', (asker, { tenant_id }: Tag) =>
        asker.belongsWithin(tenant_id),
    ),
    'content.work_tags': seenByAnyone('with the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
    'content.attributions': seenByAnyone('with the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
    'content.polls': seen('by those it is put to', isPutTo),
    'content.poll_options': seen('with the poll', (asker, { poll_id }: OfPoll, facts) =>
        isPutTo(asker, pollOf(poll_id, facts), facts),
    ),
    'content.ballots': {
        ...seen(
            'by whoever voted, and by those it is put to when they may see the results',
            (asker, { poll_id, person_id }: Ballot, facts) =>
                asker.people.has(person_id) || seesResults(asker, pollOf(poll_id, facts), facts),
        ),
        backend: 'refused',
    },
    'content.voters': {
        ...seen('by whoever voted', (asker, { person_id }: Ballot) => asker.people.has(person_id)),
        backend: 'refused',
    },
    'content.waiting_ballots': nobody,
    'content.anonymous_ballots': nobody,
    'content.decision_matters': catalog,
    'content.decisions': seen('by those its poll is put to', isPutTo),
    'content.decision_uses': seen(
        'with the decision',
        (asker, { decision_id }: { decision_id: Id }, facts) => {
            const decision = facts.rows<Decision>('content.decisions').find(({ id }) => id === decision_id)
            return decision !== undefined && isPutTo(asker, decision, facts)
        },
    ),
    'content.votes': seen('with the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
    'content.placements': seenByAnyone(
        'by those who read a version that shows it; before there is one, by those who make the work',
        (asker, placement: Placement, facts) => knowsPlacement(asker, placement, facts),
    ),
    'content.media': seenByAnyone(
        'by those who know of its place; under protocols of its own, by those whose consent it asks for or who opened it',
        (asker, medium: Medium, facts) => seesMedium(asker, medium, facts),
    ),
    'content.search_entries': nobody,
    'content.files': seenByAnyone(
        'with what shows it, and by whoever uploaded it',
        (asker, file: { id: Id; uploaded_by: Id }, facts) => seesFile(asker, file, facts),
    ),
}
