// Questions to the database as whoever listens: under their own role, claims and policies.

import type { Pool } from 'pg'
import { inTransaction } from '../../in-transaction.ts'
import type { Session } from '../session.ts'
import type { Shares } from '../shares.ts'
import { settingsOf } from '../transactions.ts'

export type Ask = <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>

/** What somebody holds of the connections is theirs, whether they ask or listen. */
export function askingAs(session: Session, { pool, shares }: { pool: Pool; shares: Shares }): Ask {
    const run = shares.of(session)
    return <Row extends object>(sql: string, values: unknown[]) =>
        run(() =>
            inTransaction(pool, settingsOf(session, true), async (client) => {
                const { rows } = await client.query<Row>(sql, values)
                return rows
            }),
        )
}
