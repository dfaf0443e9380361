// Subscriptions: the works of a place, the comments on a work, a poll, what is about me. Who may hear of what, the
// database is asked when somebody begins to listen, and again for each event.

import type { Pool } from 'pg'
import { access, context, lambda, object, type Step } from 'postgraphile/grafast'
import { extendSchema, gql } from 'postgraphile/utils'
import { inTransaction } from '../../in-transaction.ts'
import { asServer } from '../../roles.ts'
import { sqlFile } from '../../sql-file.ts'
import { Refusal } from '../refusal.ts'
import type { Session } from '../session.ts'
import type { Shares } from '../shares.ts'
import type { Cursors } from './cursor.ts'
import type { Hub } from './hub.ts'
import { personalFeed } from './personal-feed.ts'
import { pollFeed } from './poll-feed.ts'
import { rowFeed, type Wish } from './row-feed.ts'
import { askingAs } from './viewer.ts'
import { commentsOn, worksOf } from './watched.ts'

export interface Events {
    hub: Hub
    cursors: Cursors
    pool: Pool
    shares: Shares
}

/** A page has no more. */
const mostShown = 200

const typeDefs = gql`
    extend type Subscription {
        """
        Works of a place as they change, come to be readable, or cannot be read any more. The first event is a reload,
        unless it goes on after a cursor.
        """
        workChanged(
            """The place: a community, a project with all its communities, or an organization."""
            scopeId: UUID!
            """Ids of works that the app shows, 200 at most: it is told of each that cannot be read any more."""
            showing: [UUID!]
            """The cursor of the last event that it heard, to hear what it missed since."""
            after: String
        ): WorkEvent
        """Comments on a work as they are made, edited, taken back, hidden."""
        commentChanged(
            """The work."""
            workId: UUID!
            """Ids of comments that the app shows, 200 at most: it is told of each that cannot be read any more."""
            showing: [UUID!]
            """The cursor of the last event that it heard, to hear what it missed since."""
            after: String
        ): CommentEvent
        """A poll, at once, and whenever it looks different to whoever listens: within about a second."""
        pollChanged(
            """The poll."""
            pollId: UUID!
        ): PollEvent
        """What happens to what is about me, as myHistory would tell it."""
        concerningMe(
            """The cursor of the last event that was heard, to hear what was missed since."""
            after: String
        ): PersonalEvent
    }

    """What an event says."""
    enum EventKind {
        """It is new to whoever listens, or not what it was: read it anew."""
        changed
        """It cannot be read any more: take it off the screen."""
        gone
        """Read everything anew that is shown: from here on, or after a gap, each thing is told."""
        reload
    }

    """Something happened to a work."""
    type WorkEvent {
        """What happened."""
        event: EventKind!
        """The work; of a reload, none."""
        workId: UUID
        """The work, as it can be read now; none where it cannot."""
        work: Work
        """Where to go on after this."""
        cursor: String!
        """Whatever else is to be read at this moment."""
        query: Query
    }

    """Something happened to a comment."""
    type CommentEvent {
        """What happened."""
        event: EventKind!
        """The comment; of a reload, none."""
        commentId: UUID
        """The comment, as it can be read now; none where it cannot."""
        comment: Comment
        """Where to go on after this."""
        cursor: String!
        """Whatever else is to be read at this moment."""
        query: Query
    }

    """A poll looks different."""
    type PollEvent {
        """The poll."""
        pollId: UUID!
        """The poll, as it can be read now."""
        poll: Poll
        """Whatever else is to be read at this moment: how it stands, pollResults tells those who may see it."""
        query: Query
    }

    """Something happened to what is about me: a line of myHistory."""
    type PersonalEvent {
        """What happened: changed, or reload where myHistory is to be read anew."""
        event: EventKind!
        """When."""
        recordedAt: Datetime
        """The organization, if it belongs to one."""
        tenantId: UUID
        """What it is: schema.table."""
        tableName: String
        """I inserted, U updated, D deleted."""
        operation: String
        """Whether it was me."""
        byMe: Boolean
        """What it says now that is about nobody."""
        clear: JSON
        """Where to go on after this."""
        cursor: String!
        """Whatever else is to be read at this moment."""
        query: Query
    }
`

/** `events` is undefined where nobody can listen, as when the schema is only printed. */
export function eventsPlugin(events: Events | undefined): GraphileConfig.Plugin {
    const workTables = once(async () => {
        const { rows } = await inTransaction(listening(events).pool, asServer, (client) =>
            client.query<{ name: string }>(sqlFile('events/work-tables.sql')),
        )
        return rows.map(({ name }) => name)
    })

    return extendSchema((build) => {
        const { works, comments, polls } = build.pgResources
        if (!works || !comments || !polls) throw new Error('The API needs works, comments and polls.')
        const row = (resource: typeof works) => ($event: Step) =>
            resource.get({ tenant_id: access($event, 'tenantId'), id: access($event, 'id') })
        // An event has no root value to go on from.
        const query = () => object({})
        const id = ($event: Step) => access($event, 'id')
        const item = { plan: ($event: Step) => $event }

        return {
            typeDefs,
            objects: {
                Subscription: {
                    plans: {
                        workChanged: {
                            ...item,
                            subscribePlan: (_root, args) =>
                                feed(['scopeId', 'showing', 'after'], args, async ({ session, ...asked }) => {
                                    const { hub, cursors, ...database } = listening(events)
                                    const ask = askingAs(session, database)
                                    const watched = await worksOf(asked.scopeId as string, ask, workTables)
                                    return rowFeed(hub, cursors, watched, wishOf(asked))
                                }),
                        },
                        commentChanged: {
                            ...item,
                            subscribePlan: (_root, args) =>
                                feed(['workId', 'showing', 'after'], args, async ({ session, ...asked }) => {
                                    const { hub, cursors, ...database } = listening(events)
                                    const watched = await commentsOn(
                                        asked.workId as string,
                                        askingAs(session, database),
                                    )
                                    return rowFeed(hub, cursors, watched, wishOf(asked))
                                }),
                        },
                        pollChanged: {
                            ...item,
                            subscribePlan: (_root, args) =>
                                feed(['pollId'], args, ({ session, pollId }) =>
                                    pollFeed(pollId as string, askingAs(session, listening(events))),
                                ),
                        },
                        concerningMe: {
                            ...item,
                            subscribePlan: (_root, args) =>
                                feed(['after'], args, ({ session, after }) => {
                                    const { hub, cursors, ...database } = listening(events)
                                    const signedIn = session.claims.role === 'authenticated'
                                    const ask = signedIn ? askingAs(session, database) : undefined
                                    return personalFeed(hub, cursors, ask, after as string)
                                }),
                        },
                    },
                },
                WorkEvent: { plans: { workId: id, work: row(works), query } },
                CommentEvent: { plans: { commentId: id, comment: row(comments), query } },
                PollEvent: { plans: { pollId: id, poll: row(polls), query } },
                PersonalEvent: { plans: { query } },
            },
        }
    })
}

type Asked = Record<string, unknown> & { session: Session }

interface Arguments {
    getRaw(name: string): Step
}

function feed(
    names: string[],
    args: Arguments,
    begin: (asked: Asked) => Promise<AsyncIterableIterator<unknown>>,
): Step {
    const given = Object.fromEntries(names.map((name) => [name, args.getRaw(name)]))
    return lambda(object({ session: context().get('session'), ...given }), (asked) => begin(asked as Asked))
}

function wishOf({ showing, after }: Record<string, unknown>): Wish {
    const shown = (showing ?? []) as string[]
    if (shown.length > mostShown) {
        throw new Refusal(
            400,
            'TOO_MANY_SHOWN',
            `"showing" names ${shown.length}; it can name ${mostShown}`,
            {
                hint: 'name those that are on the screen',
            },
        )
    }
    return { showing: shown, after: after as string | null | undefined }
}

function listening(events: Events | undefined): Events {
    if (events) return events
    throw new Refusal(503, 'UNAVAILABLE', 'nobody can listen here')
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
    let done: Promise<T> | undefined
    return () => {
        done ??= work().catch((error: unknown) => {
            done = undefined
            throw error
        })
        return done
    }
}
