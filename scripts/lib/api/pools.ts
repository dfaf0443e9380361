// The connections of the API: one pool for everybody's requests, and a small one for what opens secrets.

import pg from 'pg'
import { log } from '../log.ts'
import { requireRoles } from '../roles.ts'

export interface Pools {
    /** Becomes anon, authenticated or service_role, transaction by transaction. */
    requests: pg.Pool
    /** Holds the key-encryption key; undefined where this server has none. */
    keyholder: pg.Pool | undefined
    end(): Promise<void>
}

export interface PoolSettings {
    authenticatorUrl: string
    keyholderUrl: string | undefined
    kek: string | undefined
    previousKek: string | undefined
}

/** For everybody's requests; see shares.ts. */
export const requestConnections = 10

export async function openPools(settings: PoolSettings): Promise<Pools> {
    const { authenticatorUrl, keyholderUrl, kek, previousKek } = settings
    const requests = pool(authenticatorUrl, requestConnections)
    // The key comes as an option of the connection: statements and their parameters can end up in a log.
    const keyholder =
        keyholderUrl && kek
            ? pool(keyholderUrl, 3, [
                  `-c empathy.kek=${kek}`,
                  ...(previousKek ? [`-c empathy.kek_previous=${previousKek}`] : []),
              ])
            : undefined
    const end = async () => {
        await Promise.all([requests.end(), keyholder?.end()])
    }
    try {
        await requireRoles(requests, authenticatorUrl, ['anon', 'authenticated', 'service_role'])
    } catch (error) {
        await end()
        throw error
    }
    return { requests, keyholder, end }
}

function pool(url: string, max: number, options: string[] = []): pg.Pool {
    const made = new pg.Pool({
        connectionString: url,
        application_name: 'empathy api',
        connectionTimeoutMillis: 5_000,
        max,
        // A pooler knows no options, and is given none.
        ...(options.length > 0 ? { options: options.join(' ') } : {}),
        pipeline: true,
    })
    // Idle connections end when Postgres restarts; the pool makes new ones.
    made.on('error', (error) => {
        if (!made.ending) log('warn', 'a database connection ended', { error: error.message })
    })
    // Of one in use, whoever uses it hears from the question; without a listener it would end the server.
    made.on('connect', (client) => client.on('error', () => undefined))
    return made
}
