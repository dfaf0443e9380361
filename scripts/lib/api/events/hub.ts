// What is committed, as it is committed. One question goes round for all who listen: what came since the snapshot of the
// last one? Writers know nothing of it, no connection has to live for it, and where the database was away for a while
// the next answer brings what was missed. Nobody listening, nobody asking.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { inTransaction } from '../../in-transaction.ts'
import { log } from '../../log.ts'
import { asServer } from '../../roles.ts'
import { sqlFile } from '../../sql-file.ts'

/** Up to where somebody has heard. */
export interface Heard {
    snapshot: string
    era: number
    at: string
}

export interface Change {
    tenant_id: string
    table_name: string
    operation: 'I' | 'U' | 'D' | 'T' | 'S'
    key: Record<string, string> | null
    clear: Record<string, unknown> | null
    recorded_at: string
    actor: string | null
    /** Of those about whom somebody wants to hear: whom it is about. */
    about: string[]
}

export interface Listener {
    readonly tables: readonly string[]
    readonly people: readonly string[]
    hear(changes: Change[], heard: Heard): void
    /** More happened than can be told one by one, or nobody knows what did. */
    lose(heard: Heard): void
}

const askEvery = 40
const askAgainAfter = 1_000

/** What is more at once is read anew rather than told. */
const most = 10_000

/** Whoever was away for longer reads anew. */
const longestAway = 60 * 60_000

const sinceSql = sqlFile('events/since.sql')
const beginSql = sqlFile('events/begin.sql')

export class Hub {
    readonly #pool: Pool
    readonly #listeners = new Set<Listener>()
    readonly #stopping = new AbortController()
    #heard: Heard | undefined
    #asking: Promise<void> | undefined
    /** Whether a connection ended since the last answer: then Postgres may have crashed. */
    #lost = false

    constructor(pool: Pool) {
        this.#pool = pool
        pool.on('error', () => {
            this.#lost = true
        })
    }

    get size(): number {
        return this.#listeners.size
    }

    /** From here on, or from where they had heard before. Whoever joins has heard all that was committed before. */
    async join(listener: Listener, before?: Heard): Promise<void> {
        const heard = this.#heard ?? (await this.#begin())
        this.#heard ??= heard
        this.#listeners.add(listener)
        this.#asking ??= this.#keepAsking().finally(() => {
            this.#asking = undefined
        })
        if (!before) return listener.lose(heard)
        const answer = resumable(before, heard)
            ? await this.#ask(before, listener.tables, listener.people, true)
            : undefined
        if (!answer || answer.changes.length > most) return listener.lose(answer?.heard ?? heard)
        listener.hear(answer.changes, answer.heard)
    }

    leave(listener: Listener): void {
        this.#listeners.delete(listener)
    }

    async stop(): Promise<void> {
        this.#stopping.abort()
        await this.#asking
    }

    async #keepAsking(): Promise<void> {
        const { signal } = this.#stopping
        let away = false
        while (this.#listeners.size > 0 && this.#heard && !signal.aborted) {
            const listeners = [...this.#listeners]
            const tables = [...new Set(listeners.flatMap((each) => each.tables))]
            const people = [...new Set(listeners.flatMap((each) => each.people))]
            const before = this.#heard
            const afterALoss = this.#lost
            try {
                this.#lost = false
                const { heard, changes } = await this.#ask(before, tables, people, afterALoss)
                if (away) log('info', 'events are followed again', { listeners: listeners.length })
                away = false
                this.#heard = heard
                this.#tell(listeners, changes, heard, before.era !== heard.era)
            } catch (error) {
                if (!away) log('warn', 'events cannot be followed at present', { error: messageOf(error) })
                away = true
                this.#lost = true
            }
            await sleep(away ? askAgainAfter : askEvery, undefined, { signal }).catch(() => undefined)
        }
        this.#heard = undefined
    }

    #tell(listeners: Listener[], changes: Change[], heard: Heard, anotherEra: boolean): void {
        for (const listener of listeners.filter((each) => this.#listeners.has(each))) {
            if (anotherEra || changes.length > most) listener.lose(heard)
            else listener.hear(changes, heard)
        }
    }

    #begin(): Promise<Heard> {
        return inTransaction(this.#pool, asServer, async (client) => {
            const { rows } = await client.query<Heard>(beginSql)
            return rows[0] as Heard
        })
    }

    #ask(before: Heard, tables: readonly string[], people: readonly string[], afterALoss: boolean) {
        return inTransaction(this.#pool, asServer, async (client) => {
            const { rows } = await client.query<Heard & { changes: Change[] }>(sinceSql, [
                before.snapshot,
                tables,
                people,
                most + 1,
                afterALoss ? before.at : null,
            ])
            const { changes, ...heard } = rows[0] as Heard & { changes: Change[] }
            return { changes, heard }
        })
    }
}

function resumable(before: Heard, now: Heard): boolean {
    const away = new Date(now.at).getTime() - new Date(before.at).getTime()
    return before.era === now.era && away < longestAway
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error)
}
