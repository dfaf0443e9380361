// How a request's statements reach Postgres: what its transaction begins with is sent along with its first statement,
// and nobody waits for the end of one that only read. That is one round trip instead of four, and round trips are most
// of what a short query costs here.

import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import type { PgClientQuery, WithPgClient } from 'postgraphile/@dataplan/pg'
import { createWithPgClient, type NodePostgresPgClient } from 'postgraphile/@dataplan/pg/adaptors/pg'

type Settings = Record<string, string | undefined>

/** The pool's connections have to be pipelined: what is sent does not wait for answers to what was sent before. */
export function pipelined(pool: Pool): WithPgClient<NodePostgresPgClient> {
    const withConnection = createWithPgClient({ pool })
    return (settings, work) =>
        withConnection(null, (client) => (settings ? inTransaction(client, settings, work) : work(client)))
}

async function inTransaction<T>(
    client: NodePostgresPgClient,
    settings: Settings,
    work: (client: NodePostgresPgClient) => T | Promise<T>,
): Promise<T> {
    sendTogether(client)
    // Where one of these fails, so does what comes after it: nothing runs in another role than it should.
    const begun = Promise.all([client.query({ text: 'begin' }), client.query(set(settings))])
    begun.catch(() => undefined)
    try {
        const result = await work(within(client))
        await begun
        const committed = client.query({ text: 'commit' })
        if (settings.transaction_read_only === 'on') committed.catch(() => undefined)
        else await committed
        return result
    } catch (error) {
        // A connection that cannot even roll back has ended, and the pool knows.
        await client.query({ text: 'rollback' }).catch(() => undefined)
        // What failed first says why.
        await begun
        throw error
    }
}

/** Prepared once a connection, for as many as there are. */
function set(settings: Settings): PgClientQuery {
    const pairs = Object.entries(settings)
    const calls = pairs.map((_, n) => `set_config($${2 * n + 1}, $${2 * n + 2}, true)`)
    return {
        name: `set_${pairs.length}`,
        text: `select ${calls.join(', ')}`,
        values: pairs.flat(),
        arrayMode: true,
    }
}

/** As one piece, whatever is sent until something is waited for. */
function sendTogether({ rawClient }: NodePostgresPgClient): void {
    const { stream } = rawClient.connection
    stream.cork()
    process.nextTick(() => stream.uncork())
}

/** Whoever asks for a transaction has one already; what comes without a name (mutations do) is prepared like the rest. */
function within(client: NodePostgresPgClient): NodePostgresPgClient {
    const joined: NodePostgresPgClient = {
        ...client,
        query: (query) => client.query(query.values && query.name == null ? named(query) : query),
        withTransaction: (work) => work(joined),
    }
    return joined
}

function named(query: PgClientQuery): PgClientQuery {
    return { ...query, name: createHash('sha256').update(query.text).digest('hex').slice(0, 63) }
}
