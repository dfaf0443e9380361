// Who sees polls, and their results, told a second time.
//
//   A poll is for those who belong to its place; about a work under protocols, for those of them who pass these, or
//   whose consent the work asks for.
//   Its ballots are seen by them once it is counted; before, where it never hides results; or by those of them who have
//   a ballot in it themselves, where it shows results to those.

import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../world.ts'
import { asks, passesProtocols } from './protocols.ts'
import type { Ballot, Poll } from './rows.ts'
import { workOf } from './sharing.ts'

export function pollOf(id: Id, facts: Facts): Poll {
    const poll = facts.rows<Poll>('content.polls').find((row) => row.id === id)
    if (!poll) throw new Error(`there is no poll ${id}`)
    return poll
}

/** Whether a poll, or a decision, is put to somebody. */
export function isPutTo(
    asker: Asker,
    { scope_id, work_id }: { scope_id: Id; work_id: Id | null },
    facts: Facts,
): boolean {
    if (!asker.belongsTo(scope_id)) return false
    if (work_id === null) return true
    const work = workOf(work_id, facts)
    return passesProtocols(asker, work, facts) || asks(asker, work, facts)
}

export function seesResults(asker: Asker, poll: Poll, facts: Facts): boolean {
    if (!isPutTo(asker, poll, facts)) return false
    if (poll.counted_at !== null || poll.results_shown === 'always') return true
    if (poll.results_shown !== 'after_vote') return false
    return facts
        .rows<Ballot>('content.ballots')
        .some(({ poll_id, person_id }) => poll_id === poll.id && person_id === asker.me)
}
