// Fifty connections that start at the same moment, each in a transaction of its own.

import { setTimeout } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

export const competitors = 50

export type Isolation = 'read committed' | 'repeatable read' | 'serializable'

export interface Outcome {
    /** What the statement answered, when it was committed. */
    value?: unknown
    /** The SQLSTATE it was refused with. */
    refusal?: string
    message?: string
}

export interface Speaker {
    role: 'authenticated' | 'service_role' | 'empathy_keyholder'
    claims: Record<string, string>
    /** The key-encryption keys of a keyholder's pool. */
    settings?: Record<string, string>
}

export interface Move {
    speaker: Speaker
    statement: string
    parameters?: unknown[]
}

export const person = (id: string): Speaker => ({ role: 'authenticated', claims: { person: id } })
export const service: Speaker = { role: 'service_role', claims: {} }

/** How many wait for a lock, in this database. */
const waiting = `select count(distinct l.pid)::int
    from pg_locks l
    join pg_stat_activity a using (pid)
    where not l.granted and a.datname = current_database()`

export class Arena {
    readonly #database: TestDatabase
    readonly #clients: Client[]
    /** Its owner's connection: past all policies, to prepare and to look. */
    readonly referee: Client

    private constructor(database: TestDatabase, referee: Client, clients: Client[]) {
        this.#database = database
        this.referee = referee
        this.#clients = clients
    }

    static async open(): Promise<Arena> {
        const database = await freshDatabase()
        const connect = async (): Promise<Client> => {
            const client = new Client({ connectionString: database.url })
            client.on('error', () => undefined)
            await client.connect()
            return client
        }
        const referee = await connect()
        return new Arena(database, referee, await Promise.all(Array.from({ length: competitors }, connect)))
    }

    async close(): Promise<void> {
        await Promise.all(
            [this.referee, ...this.#clients].map((client) => client.end().catch(() => undefined)),
        )
        await this.#database.drop()
    }

    /** All make their move at once; one outcome each. */
    async race(moves: Move[], isolation: Isolation = 'read committed'): Promise<Outcome[]> {
        const pairs = this.#clients
            .slice(0, moves.length)
            .map((client, n) => ({ client, move: moves[n] as Move }))
        await Promise.all(pairs.map(({ client, move }) => speak(client, move.speaker, isolation)))
        return Promise.all(pairs.map(({ client, move }) => finish(client, move)))
    }

    /** One moves and does not commit before each of the others has come to wait, or is done. */
    async ahead(first: Move, others: Move[]): Promise<Outcome[]> {
        await speak(this.referee, first.speaker, 'read committed')
        await this.referee.query(first.statement, first.parameters)
        let done = 0
        const outcomes = others.map(async (move, n) => {
            const client = this.#clients[n] as Client
            await speak(client, move.speaker, 'read committed')
            const outcome = await finish(client, move)
            done += 1
            return outcome
        })
        while (done + (await this.value<number>(waiting)) < others.length) await setTimeout(5)
        await this.referee.query('commit')
        return Promise.all(outcomes)
    }

    /** One begins, and does not move before what others do meanwhile is done. Its statement has no from of its own. */
    async late({ statement, ...move }: Move, meanwhile: () => Promise<unknown>): Promise<Outcome> {
        await this.referee.query('select pg_advisory_lock(0)')
        const outcomes = this.race([{ ...move, statement: `${statement} from pg_advisory_xact_lock(0)` }])
        while ((await this.value<number>(waiting)) === 0) await setTimeout(2)
        await meanwhile()
        await this.referee.query('select pg_advisory_unlock(0)')
        return (await outcomes)[0] as Outcome
    }

    /** Two of which both have begun before either moves, and the first does not commit before the second waits. */
    async duel(first: Move, second: Move, isolation: Isolation): Promise<[Outcome, Outcome]> {
        const [one, other] = this.#clients as [Client, Client]
        await speak(one, first.speaker, isolation)
        await speak(other, second.speaker, isolation)
        let later: Promise<Outcome> | undefined
        const outcome = await finish(one, first, async () => {
            let done = false
            later = finish(other, second).finally(() => {
                done = true
            })
            while (!done && (await this.value<number>(waiting)) === 0) await setTimeout(2)
        })
        return [outcome, await (later ?? finish(other, second))]
    }

    /** The same move by all fifty. */
    everybody(move: (n: number) => Move, isolation?: Isolation): Promise<Outcome[]> {
        return this.race(
            Array.from({ length: competitors }, (_, n) => move(n)),
            isolation,
        )
    }

    /** One move by itself, which has to succeed. */
    async act(move: Move): Promise<unknown> {
        await speak(this.referee, move.speaker, 'read committed')
        const { value, message } = await finish(this.referee, move)
        if (message !== undefined) throw new Error(`${move.statement}: ${message}`)
        return value
    }

    /** Somebody is in a transaction of their own, which comes to nothing. */
    async undone(speaker: Speaker, work: (client: Client) => Promise<void>): Promise<void> {
        const [client] = this.#clients
        if (!client) throw new Error('nobody is there')
        await speak(client, speaker, 'read committed')
        try {
            await work(client)
        } finally {
            await client.query('rollback')
        }
    }

    /** The one value that a query of the referee yields. */
    async value<T = unknown>(sql: string, parameters: unknown[] = []): Promise<T> {
        const { rows } = await this.referee.query({ text: sql, values: parameters, rowMode: 'array' })
        return rows[0]?.[0] as T
    }

    async people(count: number): Promise<string[]> {
        const { rows } = await this.referee.query<{ id: string }>(
            `insert into core.people (display_name) select 'Person ' || n from generate_series(1, $1) n returning id`,
            [count],
        )
        return rows.map(({ id }) => id)
    }

    /** An organization of somebody's. */
    async organization(slug: string, owner: string): Promise<string> {
        return (await this.act({
            speaker: person(owner),
            statement: 'select core.create_organization($1, $1)',
            parameters: [slug],
        })) as string
    }

    /** Makes people members with a role, past all rules but the constraints; answers the memberships. */
    async join(scope: string, people: string[], role: string): Promise<string[]> {
        const { rows } = await this.referee.query<{ id: string }>(
            'select core._join($1, p, array[$3]) as id from unnest($2::uuid[]) p',
            [scope, people, role],
        )
        return rows.map(({ id }) => id)
    }
}

export function won(outcomes: Outcome[]): Outcome[] {
    return outcomes.filter(({ refusal }) => refusal === undefined)
}

/** The refusals there were, each once. */
export function refusals(outcomes: Outcome[]): string[] {
    return [...new Set(outcomes.flatMap(({ refusal }) => refusal ?? []))].sort()
}

async function speak(
    client: Client,
    { role, claims, settings = {} }: Speaker,
    isolation: Isolation,
): Promise<void> {
    await client.query(`begin isolation level ${isolation}`)
    await client.query(`select set_config('request.jwt.claims', $1, true), set_config('role', $2, true)`, [
        JSON.stringify({ role, ...claims }),
        role,
    ])
    for (const [name, value] of Object.entries(settings)) {
        await client.query('select set_config($1, $2, true)', [name, value])
    }
}

async function finish(
    client: Client,
    { statement, parameters = [] }: Move,
    meanwhile: () => Promise<void> = async () => undefined,
): Promise<Outcome> {
    try {
        const { rows } = await client.query({ text: statement, values: parameters, rowMode: 'array' })
        await meanwhile()
        await client.query('commit')
        return { value: rows[0]?.[0] }
    } catch (error) {
        await client.query('rollback').catch(() => undefined)
        const refusal = error instanceof DatabaseError ? (error.code ?? 'unknown') : 'connection'
        return { refusal, message: error instanceof Error ? error.message : String(error) }
    }
}
