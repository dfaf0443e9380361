// Tries every direct write on every table in every role's name. All have to be refused, but for the changes that a
// table's policies govern.

import type { Client } from '../db.ts'
import { sqlFile } from '../sql-file.ts'
import type { Difference } from './compare.ts'
import type { OracleModule } from './module.ts'
import { roles } from './viewer.ts'

export async function directWrites(
    client: Client,
    modules: string[],
    rules: OracleModule[],
): Promise<{ attempts: number; differences: Difference[] }> {
    const differences: Difference[] = []
    let attempts = 0
    const governed = new Set(
        rules.flatMap(({ tables }) =>
            Object.entries(tables).flatMap(([table, { changeable = [] }]) =>
                changeable.map(
                    (column) => `authenticated: update ${table} set ${column} = default where false`,
                ),
            ),
        ),
    )
    for (const role of roles) {
        await client.query('savepoint writer')
        await client.query(sqlFile('oracle/speak.sql'), [role, JSON.stringify({ role })])
        const { rows } = await client.query<{ statement: string; refusal: string | null }>(
            sqlFile('oracle/direct-writes.sql'),
            [modules],
        )
        await client.query('rollback to savepoint writer')
        attempts += rows.length
        for (const { statement, refusal } of rows) {
            if (refusal === (governed.has(`${role}: ${statement}`) ? null : '42501')) continue
            differences.push({
                what: `${role}: ${statement}: ${refusal === null ? 'let through' : `refused by ${refusal}`}`,
                rule: 'tables are written by functions alone',
                about: 'no direct write is granted to anybody',
            })
        }
    }
    return { attempts, differences }
}
