// Who sees polls, and their results, told a second time.
//
//   A poll is for those who belong to its place.
//   Its ballots are seen by them once it is counted; before, where it never hides results; or by those of them who have
//   a ballot in it themselves, where it shows results to those.

import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../world.ts'
import type { Ballot, Poll } from './rows.ts'

export function pollOf(id: Id, facts: Facts): Poll {
    const poll = facts.rows<Poll>('content.polls').find((row) => row.id === id)
    if (!poll) throw new Error(`there is no poll ${id}`)
    return poll
}

export function isMember(asker: Asker, { scope_id }: { scope_id: Id }): boolean {
    return asker.belongsTo(scope_id)
}

export function seesResults(asker: Asker, poll: Poll, facts: Facts): boolean {
    if (!isMember(asker, poll)) return false
    if (poll.counted_at !== null || poll.results_shown === 'always') return true
    if (poll.results_shown !== 'after_vote') return false
    return facts
        .rows<Ballot>('content.ballots')
        .some(({ poll_id, person_id }) => poll_id === poll.id && person_id === asker.me)
}
