// One transaction on a connection of a pool.

import type { Pool, PoolClient } from 'pg'

/** Runs the work in one transaction, with these settings for as long as it lasts. */
export async function inTransaction<T>(
    from: Pool,
    settings: Record<string, string>,
    work: (client: PoolClient) => Promise<T>,
): Promise<T> {
    const client = await from.connect()
    let broken: Error | undefined
    try {
        await client.query('begin')
        for (const [name, value] of Object.entries(settings)) {
            await client.query('select set_config($1, $2, true)', [name, value])
        }
        const result = await work(client)
        await client.query('commit')
        return result
    } catch (error) {
        await client.query('rollback').catch((failure: Error) => {
            broken = failure
        })
        throw error
    } finally {
        // A connection that cannot even roll back is not given to anybody again.
        client.release(broken)
    }
}
