// One transaction on a connection of a pool.

import type { Pool, PoolClient } from 'pg'

const applySettings = 'select set_config(s.key, s.value, true) from json_each_text($1) s'

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
        await client.query(applySettings, [JSON.stringify(settings)])
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
