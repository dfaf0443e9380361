// A database in which the oracle can make a world, and an API on it.

import { randomBytes } from 'node:crypto'
import { askingAt, rulesOf } from '../../scripts/lib/oracle/http/caller.ts'
import type { Place } from '../../scripts/lib/oracle/http/engine.ts'
import { startApi } from './api.ts'
import { freshDatabase } from './database.ts'

export async function openPlace(): Promise<Place> {
    const secret = randomBytes(32).toString('hex')
    const database = await freshDatabase()
    const api = await startApi(database.url, { tokens: rulesOf(secret) })
    const close = async () => {
        await api.stop()
        await database.drop()
    }
    return { databaseUrl: database.url, ask: askingAt(api.url, secret), close }
}
