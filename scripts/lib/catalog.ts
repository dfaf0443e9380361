// What a database is made of, as text that can be compared; and where in the package a difference belongs.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Client, quoteIdentifier, withClient } from './db.ts'
import { buildFiles, moduleNames } from './modules.ts'
import { root as packageRoot } from './paths.ts'
import { sqlFile } from './sql-file.ts'

export interface CatalogEntry {
    definition: string
    /** The file of the package where the object is, or should be, described. */
    file: string
}

/** "function core.me()" → its definition. What a table holds stands under "rows of core.permissions". */
export type Catalog = Map<string, CatalogEntry>

export interface Difference {
    object: string
    file: string
    left: string | undefined
    right: string | undefined
}

export interface CatalogOptions {
    /** Compare what the tables hold as well. */
    rows?: boolean
}

export async function catalog(
    url: string,
    root = packageRoot,
    options: CatalogOptions = {},
): Promise<Catalog> {
    return withClient(url, (client) => readCatalog(client, root, options))
}

/** The same, on a connection that is already open; leaves no trace on it. */
export async function readCatalog(
    client: Client,
    root = packageRoot,
    options: CatalogOptions = {},
): Promise<Catalog> {
    const modules = moduleNames(root)
    await client.query('begin transaction isolation level repeatable read read only')
    try {
        // With nothing on the path every name in a definition comes out in full.
        await client.query("set local search_path = ''")
        const { rows } = await client.query<{
            kind: string
            name: string
            definition: string | null
            file: string
        }>(sqlFile('catalog.sql'), [modules])

        const locate = fileLocator(root)
        const found: Catalog = new Map()
        for (const row of rows) {
            found.set(`${row.kind} ${row.name}`, {
                definition: row.definition ?? '',
                file: locate(row.file, row.name),
            })
        }
        return options.rows ? new Map([...found, ...(await readRows(client, root, modules))]) : found
    } finally {
        await client.query('rollback')
    }
}

export function diff(left: Catalog, right: Catalog): Difference[] {
    const differences: Difference[] = []
    for (const object of [...new Set([...left.keys(), ...right.keys()])].sort()) {
        const a = left.get(object)
        const b = right.get(object)
        if (a?.definition === b?.definition) continue
        // What is said of an object that one side lacks says nothing new.
        if ((!a || !b) && isAspectOf(object, a ? right : left)) continue
        differences.push({
            object,
            file: (a ?? b)?.file ?? '',
            left: a?.definition,
            right: b?.definition,
        })
    }
    return differences
}

/** One line for a person: where to look, and what is different. */
export function describe(
    { object, file, left, right }: Difference,
    leftName: string,
    rightName: string,
): string {
    if (left === undefined) return `${file}: ${object} is in ${rightName}, not in ${leftName}`
    if (right === undefined) return `${file}: ${object} is in ${leftName}, not in ${rightName}`
    return `${file}: ${object} differs: ${firstDifference(left, right)} (${leftName} / ${rightName})`
}

/** The first line in which two definitions part. */
function firstDifference(left: string, right: string): string {
    const a = left.split('\n')
    const b = right.split('\n')
    const index = a.findIndex((line, i) => line !== b[i])
    const show = (line: string | undefined): string =>
        line === undefined ? 'nothing' : `"${line.trim().slice(0, 160)}"`
    return index < 0 ? `nothing / ${show(b[a.length])}` : `${show(a[index])} / ${show(b[index])}`
}

/** A column, comment or privilege of something that is missing as a whole is not worth a line of its own. */
function isAspectOf(object: string, lacking: Catalog): boolean {
    const of = /^(?:comment|privileges) on (.+)$/.exec(object)
    if (of?.[1]) return !lacking.has(of[1])
    const part = /^(?:column|constraint|index|trigger|policy|rule|row level security) (\w+\.\w+)/.exec(object)
    if (!part) return false
    return !['table', 'view', 'materialized view', 'composite type', 'domain'].some((kind) =>
        lacking.has(`${kind} ${part[1]}`),
    )
}

/**
 * Guesses from the catalog become files that exist: a family of functions lies in the file of its chief member,
 * a type may stand beside the table that needs it.
 */
export function fileLocator(root: string): (guess: string, name: string) => string {
    const files = buildFiles(root)
    const known = new Set(files.map((file) => file.path))
    const texts = files.map((file) => ({ ...file, text: readFileSync(join(root, file.path), 'utf8') }))

    return (guess, name) => {
        if (known.has(guess) || guess.startsWith('policies/')) return guess
        const kind = guess.startsWith('functions/') ? '(?:function|procedure|aggregate)' : '\\w+(?: view)?'
        const bare = name.replace(/\(.*/s, '').replace(/^(\w+\.\w+).*/, '$1')
        const definition = new RegExp(
            `\\bcreate (?:or replace )?${kind} (?:if not exists )?${bare.replace('.', '\\.')}\\b`,
        )
        return texts.find((file) => definition.test(file.text))?.path ?? guess
    }
}

/** Every row of every table, without what differs in each database by nature: instants and drawn keys. */
async function readRows(client: Client, root: string, modules: string[]): Promise<Catalog> {
    const { rows: tables } = await client.query<{ schema: string; name: string; columns: string[] }>(
        sqlFile('stable-columns.sql'),
        [modules],
    )
    const found: Catalog = new Map()
    for (const { schema, name, columns } of tables) {
        const text = sqlFile('table-rows.sql').replace(
            'schema_name.table_name',
            `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`,
        )
        const { rows } = await client.query<{ row: string }>(text, [columns])
        if (rows.length === 0) continue
        found.set(`rows of ${schema}.${name}`, {
            definition: rows.map(({ row }) => row).join('\n'),
            file: seedOf(root, `${schema}.${name}`),
        })
    }
    return found
}

function seedOf(root: string, table: string): string {
    const seeds = buildFiles(root).filter(({ kind }) => kind === 'seed')
    const seed = seeds.find(({ path }) => readFileSync(join(root, path), 'utf8').includes(table))
    return seed?.path ?? 'seeds/reference'
}
