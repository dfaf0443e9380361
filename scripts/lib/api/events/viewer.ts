// Questions to the database as whoever listens: under their own role, claims and policies.

import type { Pool } from 'pg'
import { inTransaction } from '../../in-transaction.ts'
import type { Session } from '../session.ts'
import { settingsOf } from '../transactions.ts'

export type Ask = <Row extends object>(sql: string, values: unknown[]) => Promise<Row[]>

export function askingAs(session: Session, pool: Pool): Ask {
    return <Row extends object>(sql: string, values: unknown[]) =>
        inTransaction(pool, settingsOf(session, true), async (client) => {
            const { rows } = await client.query<Row>(sql, values)
            return rows
        })
}
