// Rows of stories, as far as it matters who sees them.

import type { Id } from '../world.ts'

/** Whatever hangs on a story. */
export interface OfStory {
    story_id: Id
}

export interface Story {
    id: Id
}

export interface CommunityRecord {
    id: Id
    original_id: Id
}

export interface Analysis extends OfStory {
    run_id: Id
}

export interface Feedback {
    scope_id: Id
    person_id: Id
}
