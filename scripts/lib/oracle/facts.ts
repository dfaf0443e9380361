// Everything a database holds, read once as its owner: what the model decides from.

import { type Client, quoteIdentifier } from '../db.ts'
import { sqlFile } from '../sql-file.ts'
import { instant } from './time.ts'
import type { Id, Row } from './world.ts'

export interface Table {
    /** schema.table */
    name: string
    /** The same, fit for SQL. */
    sql: string
    /** Columns of the primary key. */
    key: string[]
}

/** What the database does not tell: what things are called, and how they were. */
export interface Remembered {
    names: ReadonlyMap<Id, string>
    memories: readonly Facts[]
}

export class Facts {
    /** The instant at which everything is decided, in milliseconds. */
    readonly now: number
    /** The transaction that read this. Those who ask in it ask in the midst of what it does. */
    readonly transaction: string
    readonly tables: readonly Table[]
    readonly names: ReadonlyMap<Id, string>
    /** What was remembered of the world in the making until then, in that order. */
    readonly memories: readonly Facts[]
    readonly #rows: ReadonlyMap<string, Row[]>
    readonly #indexes = new Map<string, Map<unknown, Row[]>>()

    private constructor(
        now: number,
        transaction: string,
        tables: readonly Table[],
        rows: ReadonlyMap<string, Row[]>,
        { names, memories }: Remembered,
    ) {
        this.now = now
        this.transaction = transaction
        this.tables = tables
        this.#rows = rows
        this.names = names
        this.memories = [...memories]
    }

    static async read(client: Client, modules: string[], world: Remembered): Promise<Facts> {
        const { rows: tables } = await client.query<Table>(sqlFile('oracle/tables.sql'), [modules])
        const rows = new Map<string, Row[]>()
        for (const { name, sql } of tables) {
            const result = await client.query<{ row: Row }>(`select to_jsonb(t) as row from ${sql} t`)
            rows.set(
                name,
                result.rows.map(({ row }) => row),
            )
        }
        const { rows: clock } = await client.query<{ now: string }>('select now()::text as now')
        const { rows: here } = await client.query<{ id: string }>(sqlFile('oracle/transaction.sql'))
        return new Facts(instant(clock[0]?.now ?? ''), here[0]?.id ?? '', tables, rows, world)
    }

    rows<T = Row>(table: string): readonly T[] {
        const rows = this.#rows.get(table)
        if (!rows) throw new Error(`there is no table ${table}`)
        return rows as T[]
    }

    /** The rows that have this in a column. */
    where<T = Row>(table: string, column: keyof T & string, value: unknown): readonly T[] {
        const name = `${table}.${column}`
        let index = this.#indexes.get(name)
        if (!index) {
            index = Map.groupBy(this.rows(table), (row) => row[column])
            this.#indexes.set(name, index)
        }
        return (index.get(value) ?? []) as T[]
    }

    /** A row as messages tell it: ids by their names, nothing that is empty. */
    tell(row: Row): string {
        return Object.entries(row)
            .filter(([, value]) => value !== null && value !== '')
            .map(([column, value]) => `${column}=${this.names.get(String(value)) ?? JSON.stringify(value)}`)
            .join(' ')
    }
}

/** What a row is called in answers: the values of its key. */
export function keyOf(table: Table, row: Row): string {
    return table.key.map((column) => String(row[column])).join('|')
}

/** The keys of the rows that whoever asks can see. */
export function visibleRows(table: Table): string {
    const key = table.key.map((column) => `to_jsonb(${quoteIdentifier(column)}) #>> '{}'`).join(', ')
    return `select concat_ws('|', ${key}) as answer from ${table.sql}`
}
