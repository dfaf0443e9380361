// A world in the making: rows that modules think up, written in bulk past all functions but not past the constraints.

import { type Client, quoteIdentifier } from '../db.ts'
import { moduleNames, readModules } from '../modules.ts'
import { root } from '../paths.ts'
import { Facts } from './facts.ts'
import type { Random } from './random.ts'

export type Row = Record<string, unknown>
export type Id = string

export const second = 1
export const day = 86_400 * second

export class World {
    readonly random: Random
    /** What messages call the things of this world, by their ids. */
    readonly names = new Map<Id, string>()
    /** How everything was while this world was made, at moments that a module wants to know of. */
    readonly memories: Facts[] = []
    readonly #client: Client
    readonly #now: string
    #pending: { table: string; row: Row }[] = []

    private constructor(client: Client, random: Random, now: string) {
        this.#client = client
        this.random = random
        this.#now = now
    }

    /** Begins one, in the transaction that is open. */
    static async begin(client: Client, random: Random): Promise<World> {
        const { rows } = await client.query<{ now: string }>('select now()::text as now')
        return new World(client, random, rows[0]?.now ?? '')
    }

    /** A new id, and what messages call it. */
    name(label: string): Id {
        const id = this.random.uuid()
        this.names.set(id, label)
        return id
    }

    /** So many seconds from now; 0 is the very instant at which everything is decided. */
    at(seconds: number): string {
        if (seconds === 0) return this.#now
        return new Date(
            Date.parse(this.#now.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')) + seconds * 1000,
        ).toISOString()
    }

    /** A period from and, unless it is open, until so many seconds from now. */
    during(from: number, until?: number): string {
        return `[${this.at(from)},${until === undefined ? '' : this.at(until)})`
    }

    add(table: string, row: Row): void {
        this.#pending.push({ table, row })
    }

    /** Writes what was added since, in the order in which the tables are built. */
    async write(): Promise<void> {
        const pending = Map.groupBy(this.#pending, ({ table }) => table)
        this.#pending = []
        for (const { name: module, tables } of readModules(root)) {
            for (const table of tables) {
                const rows = (pending.get(`${module}.${table}`) ?? []).map(({ row }) => row)
                // A column that a row leaves out gets its default, so rows go in by the columns they have.
                for (const alike of Map.groupBy(rows, (row) => Object.keys(row).sort().join()).values()) {
                    await this.#insert(module, table, alike)
                }
                pending.delete(`${module}.${table}`)
            }
        }
        for (const table of pending.keys()) throw new Error(`there is no table ${table}`)
    }

    async query<T>(sql: string, parameters: unknown[] = []): Promise<T[]> {
        const { rows } = await this.#client.query(sql, parameters)
        return rows as T[]
    }

    /** Whether a query is let through; one that is refused changes nothing. */
    async attempt(sql: string, parameters: unknown[] = []): Promise<boolean> {
        await this.#client.query('savepoint attempt')
        try {
            await this.#client.query(sql, parameters)
            return true
        } catch {
            await this.#client.query('rollback to savepoint attempt')
            return false
        } finally {
            await this.#client.query('release savepoint attempt')
        }
    }

    /** Keeps how everything is now. */
    async remember(): Promise<void> {
        this.memories.push(await Facts.read(this.#client, moduleNames(root), this))
    }

    async #insert(module: string, table: string, rows: Row[]): Promise<void> {
        const name = `${quoteIdentifier(module)}.${quoteIdentifier(table)}`
        const columns = Object.keys(rows[0] ?? {})
            .map(quoteIdentifier)
            .join(', ')
        await this.#client.query(
            `insert into ${name} (${columns}) select ${columns} from jsonb_populate_recordset(null::${name}, $1)`,
            [JSON.stringify(rows)],
        )
    }
}
