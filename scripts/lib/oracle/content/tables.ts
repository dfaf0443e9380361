// Who may see which row of content.

import { catalog, publicCatalog, seen, seenByAnyone, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'
import { knowsPlacement, seesFile, seesMedium } from './media.ts'
import type { Medium, OfWork, Placement, Version, Work } from './rows.ts'
import { involves, reads, readsBody, readsVersion, reviews, workOf } from './sharing.ts'

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
    'content.placements': seenByAnyone(
        'by those who read a version that shows it; before there is one, by those who make the work',
        (asker, placement: Placement, facts) => knowsPlacement(asker, placement, facts),
    ),
    'content.media': seenByAnyone(
        'by those who know of its place; under protocols of its own, by those whose consent it asks for or who opened it',
        (asker, medium: Medium, facts) => seesMedium(asker, medium, facts),
    ),
    'content.files': seenByAnyone(
        'with what shows it, and by whoever uploaded it',
        (asker, file: { id: Id; uploaded_by: Id }, facts) => seesFile(asker, file, facts),
    ),
}
