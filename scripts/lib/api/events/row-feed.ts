// Rows of one table as somebody may read them: told when one changes or comes to be readable, and when one that they had
// seen is not readable any more. Only ids go round; whether somebody may read a row their own policies are asked, each
// time. What they never saw, and may not read, they hear nothing of.

import { setTimeout as sleep } from 'node:timers/promises'
import { Bell } from './bell.ts'
import type { Cursors } from './cursor.ts'
import type { Change, Heard, Hub, Listener } from './hub.ts'
import { stream } from './stream.ts'

export type Happened = 'changed' | 'gone' | 'reload'

export interface RowEvent {
    event: Happened
    tenantId: string | null
    id: string | null
    cursor: string
}

export interface Watched {
    tables: readonly string[]
    tenantId: string
    /** The id of the row that a change is about, if it can be one of those that are watched. */
    idOf(change: Change): string | undefined
    /** What whoever asks may read: of these ids, or where none are given, the newest. */
    readable(ids?: readonly string[]): Promise<string[]>
}

export interface Wish {
    /** Ids that the app shows: it is told of each that cannot be read any more. */
    showing: readonly string[]
    /** The cursor of the last event that it heard. */
    after: string | null | undefined
}

/** Whoever shows more than that is not told of each that goes. */
const mostKnown = 1_000

/** As many at a time are asked about. */
const mostAtOnce = 500

/** Time passes without anybody writing: consents end, seasons change, memberships lapse. */
const lookAgainEvery = 30_000

/** While the database is away nobody is told anything; it is asked again, so many times. */
const tries = 60
const tryAgainAfter = 1_000

export async function rowFeed(
    hub: Hub,
    cursors: Cursors,
    watched: Watched,
    { showing, after }: Wish,
): Promise<AsyncIterableIterator<RowEvent>> {
    const before = after ? cursors.read(after) : undefined
    const feed = new RowFeed(cursors, watched, showing, before)
    await hub.join(feed, before)
    try {
        for (const id of (await watched.readable()).reverse()) feed.know(id)
    } catch (error) {
        hub.leave(feed)
        throw error
    }
    const looking = setInterval(() => feed.lookAgain(), lookAgainEvery)
    return stream(
        (signal) => feed.next(signal),
        () => {
            clearInterval(looking)
            hub.leave(feed)
        },
    )
}

class RowFeed implements Listener {
    readonly tables: readonly string[]
    readonly people: readonly string[] = []
    readonly #cursors: Cursors
    readonly #watched: Watched
    /** What the app has seen, the oldest first. */
    readonly #known = new Set<string>()
    /** What changed since it was last told. */
    readonly #changed = new Set<string>()
    /** What it has seen, and may not be able to read any more. */
    readonly #doubted = new Set<string>()
    #reload = false
    #heard: Heard | undefined
    #told: Heard | undefined
    #failures = 0
    readonly #ready: RowEvent[] = []
    readonly #bell = new Bell()

    constructor(cursors: Cursors, watched: Watched, showing: readonly string[], told: Heard | undefined) {
        this.tables = watched.tables
        this.#cursors = cursors
        this.#watched = watched
        this.#told = told
        for (const id of showing) {
            this.know(id)
            this.#doubted.add(id)
        }
    }

    hear(changes: Change[], heard: Heard): void {
        this.#heard = heard
        for (const change of changes) {
            const id = change.tenant_id === this.#watched.tenantId ? this.#watched.idOf(change) : undefined
            if (id) this.#changed.add(id)
        }
        if (this.#changed.size > mostKnown) this.reload()
        if (this.#pending()) this.#bell.ring()
    }

    lose(heard: Heard): void {
        this.#heard = heard
        this.reload()
    }

    reload(): void {
        this.#reload = true
        this.#changed.clear()
        this.lookAgain()
    }

    know(id: string): void {
        this.#known.delete(id)
        this.#known.add(id)
        const [oldest] = this.#known
        if (this.#known.size > mostKnown && oldest) this.#known.delete(oldest)
    }

    lookAgain(): void {
        for (const id of this.#known) this.#doubted.add(id)
        this.#bell.ring()
    }

    async next(signal: AbortSignal): Promise<RowEvent | undefined> {
        while (!signal.aborted) {
            const event = this.#ready.shift()
            if (event) return event
            if (this.#pending()) await this.#find(signal)
            else await this.#bell.heard(signal)
        }
        return undefined
    }

    #pending(): boolean {
        return this.#reload || this.#changed.size > 0 || this.#doubted.size > 0
    }

    async #find(signal: AbortSignal): Promise<void> {
        const heard = this.#heard
        const reload = this.#reload
        const changed = new Set(take(this.#changed, mostAtOnce))
        const doubted = new Set(take(this.#doubted, mostAtOnce))
        const asked = [...changed.union(doubted)]
        const readable = await this.#ask(asked, signal)
        if (!readable) {
            for (const id of changed) this.#changed.add(id)
            for (const id of doubted) this.#doubted.add(id)
            return
        }
        this.#reload = false
        const found: [Happened, id: string | null][] = reload ? [['reload', null]] : []
        for (const id of asked) {
            const event = this.#whatOf(id, readable.has(id), changed.has(id))
            if (event) found.push([event, id])
        }
        // Resumed after one of several, an app is told all of them again: the last one alone says how far it came.
        const before = reload ? heard : this.#told
        if (heard && !this.#pending()) this.#told = heard
        for (const [n, [event, id]] of found.entries()) {
            const upTo = n === found.length - 1 ? this.#told : before
            this.#ready.push({
                event,
                id,
                tenantId: id && this.#watched.tenantId,
                cursor: upTo ? this.#cursors.write(upTo) : '',
            })
        }
    }

    async #ask(ids: string[], signal: AbortSignal): Promise<Set<string> | undefined> {
        if (ids.length === 0) return new Set()
        try {
            const readable = new Set(await this.#watched.readable(ids))
            this.#failures = 0
            return readable
        } catch (error) {
            this.#failures += 1
            if (this.#failures > tries) throw error
            await sleep(tryAgainAfter, undefined, { signal }).catch(() => undefined)
            return undefined
        }
    }

    #whatOf(id: string, readable: boolean, changed: boolean): Happened | undefined {
        if (readable) {
            if (!changed) return undefined
            this.know(id)
            return 'changed'
        }
        return this.#known.delete(id) ? 'gone' : undefined
    }
}

function take(from: Set<string>, most: number): string[] {
    const taken = [...from].slice(0, most)
    for (const id of taken) from.delete(id)
    return taken
}
