// What happens to what is about me, and to those I act for: the newest line of audit.my_history(), as it is written.

import { sqlFile } from '../../sql-file.ts'
import { Refusal } from '../refusal.ts'
import { Bell } from './bell.ts'
import type { Cursors } from './cursor.ts'
import type { Change, Heard, Hub, Listener } from './hub.ts'
import { stream } from './stream.ts'
import type { Ask } from './viewer.ts'

export interface PersonalEvent {
    event: 'changed' | 'reload'
    cursor: string
    recordedAt?: string
    tenantId?: string
    tableName?: string
    operation?: string
    byMe?: boolean
    clear?: unknown
}

/** More than that at once is read anew. */
const mostWaiting = 200

/** Whom somebody acts for changes, and whoever was forgotten is nobody. */
const lookAgainEvery = 30_000

/** Where the platform keeps what belongs to no organization. */
const platform = '00000000-0000-0000-0000-000000000000'

const myPeopleSql = sqlFile('events/my-people.sql')

/** Undefined where nobody is signed in. */
export async function personalFeed(
    hub: Hub,
    cursors: Cursors,
    ask: Ask | undefined,
    after: string | null | undefined,
): Promise<AsyncIterableIterator<PersonalEvent>> {
    if (!ask) throw notSignedIn()
    const feed = new PersonalFeed(cursors)
    await feed.look(ask)
    await hub.join(feed, after ? cursors.read(after) : undefined)
    const looking = setInterval(() => void feed.look(ask).catch(() => undefined), lookAgainEvery)
    return stream(
        (signal) => feed.next(signal),
        () => {
            clearInterval(looking)
            hub.leave(feed)
        },
    )
}

class PersonalFeed implements Listener {
    readonly tables: readonly string[] = []
    people: readonly string[] = []
    #me = ''
    readonly #cursors: Cursors
    #waiting: PersonalEvent[] = []
    #gone: Error | undefined
    readonly #bell = new Bell()

    constructor(cursors: Cursors) {
        this.#cursors = cursors
    }

    async look(ask: Ask): Promise<void> {
        const [found] = await ask<{ me: string | null; people: string[] }>(myPeopleSql, [])
        this.#me = found?.me ?? ''
        this.people = found?.people ?? []
        if (this.people.length === 0) {
            this.#gone = notSignedIn()
            this.#bell.ring()
            throw this.#gone
        }
    }

    hear(changes: Change[], heard: Heard): void {
        const mine = changes.filter(({ about }) => about.some((id) => this.people.includes(id)))
        if (this.#waiting.length + mine.length > mostWaiting) {
            this.lose(heard)
            return
        }
        const cursor = this.#cursors.write(heard)
        for (const change of mine) this.#waiting.push({ event: 'changed', cursor, ...this.#told(change) })
        if (mine.length > 0) this.#bell.ring()
    }

    lose(heard: Heard): void {
        this.#waiting = [{ event: 'reload', cursor: this.#cursors.write(heard) }]
        this.#bell.ring()
    }

    async next(signal: AbortSignal): Promise<PersonalEvent | undefined> {
        while (!signal.aborted) {
            if (this.#gone) throw this.#gone
            const event = this.#waiting.shift()
            if (event) return event
            await this.#bell.heard(signal)
        }
        return undefined
    }

    #told({ recorded_at, tenant_id, table_name, operation, actor, clear }: Change) {
        return {
            recordedAt: recorded_at,
            tableName: table_name,
            operation,
            byMe: actor === this.#me,
            clear,
            ...(tenant_id === platform ? {} : { tenantId: tenant_id }),
        }
    }
}

function notSignedIn(): Refusal {
    return new Refusal(401, 'EL001', 'you have to be signed in to do this', {
        hint: 'sign in, and send the token when the socket is opened',
    })
}
