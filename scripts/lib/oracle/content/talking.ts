// Who hears what is said about a work: whoever reads what it says, unless it was said among those who make it, or a
// moderator hid it.

import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../world.ts'
import type { Comment } from './rows.ts'
import { involves, readsBody, reviews, workOf } from './sharing.ts'

export function commentOf(id: Id, facts: Facts): Comment {
    const comment = facts.rows<Comment>('content.comments').find((row) => row.id === id)
    if (!comment) throw new Error(`there is no comment ${id}`)
    return comment
}

export function hears(asker: Asker, comment: Comment, facts: Facts): boolean {
    const work = workOf(comment.work_id, facts)
    if (!readsBody(asker, work, facts)) return false
    if (comment.aside && !involves(asker, work, facts) && !reviews(asker, work, facts)) return false
    return comment.state !== 'hidden' || isAuthor(asker, comment) || moderates(asker, comment, facts)
}

export function isAuthor(asker: Asker, { author_id }: Comment): boolean {
    return author_id !== null && asker.people.has(author_id)
}

export function moderates(asker: Asker, { work_id }: Comment, facts: Facts): boolean {
    return asker.can('comment.moderate', workOf(work_id, facts).scope_id)
}
