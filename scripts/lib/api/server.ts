// The API: PostGraphile over HTTP on the loopback address, with a page to try queries on.

import './environment.ts'
import { once } from 'node:events'
import { createServer, type Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { postgraphile } from 'postgraphile'
import { grafserv } from 'postgraphile/grafserv/node'
import { Problem } from '../console.ts'
import { readDemoPeople } from '../demo.ts'
import { inTransaction } from '../in-transaction.ts'
import { log } from '../log.ts'
import { asServer } from '../roles.ts'
import type { Service } from '../services.ts'
import { sqlFile } from '../sql-file.ts'
import { openPools, type Pools } from './pools.ts'
import { makePreset } from './preset.ts'
import { follow } from './request-id.ts'
import { type ApiOptions, apiSettings, requireOwnSecret } from './settings.ts'
import { welcomeLines } from './welcome.ts'

export interface ApiService extends Service {
    url: string
    welcome: string[]
}

const host = '127.0.0.1'

/** How long requests that are under way may take when the server is told to stop. */
const goodbyePatience = 10_000

export async function start(options: ApiOptions): Promise<ApiService> {
    const settings = apiSettings(options)
    const pools = await openPools(settings.pools)
    const http = createServer({ requestTimeout: 30_000 })
    const stops = [() => pools.end()]
    const stop = async () => {
        await close(http)
        for (const each of stops.reverse()) await each()
    }
    try {
        const production = await isProduction(pools)
        if (production && !options.tokens) requireOwnSecret()
        const instance = postgraphile(makePreset(pools, settings.tokens))
        stops.push(async () => instance.release())
        await instance.getSchema()
        http.on('request', follow)
        await instance.createServ(grafserv).addTo(http)
        await listen(http, settings.port)
        if (!pools.keyholder) log('warn', 'secrets cannot be opened: set KEYHOLDER_URL and KEK_HEX')
        const url = `http://${host}:${(http.address() as AddressInfo).port}`
        const people = production ? [] : await inTransaction(pools.requests, asServer, readDemoPeople)
        return { url, welcome: welcomeLines(url, people), stop }
    } catch (error) {
        await stop()
        throw error
    }
}

async function isProduction({ requests }: Pools): Promise<boolean> {
    const { rows } = await inTransaction(requests, asServer, (client) =>
        client.query<{ production: boolean }>(sqlFile('production.sql')),
    )
    return rows[0]?.production === true
}

async function listen(http: HttpServer, port: number): Promise<void> {
    http.listen(port, host)
    try {
        await once(http, 'listening')
    } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
        throw new Problem(
            `Port ${port} is in use by another process.`,
            'Set PORT to a free one, or stop the other process.',
        )
    }
}

async function close(http: HttpServer): Promise<void> {
    if (!http.listening) return
    const closed = once(http, 'close')
    http.close()
    http.closeIdleConnections()
    const late = setTimeout(() => http.closeAllConnections(), goodbyePatience)
    await closed
    clearTimeout(late)
}
