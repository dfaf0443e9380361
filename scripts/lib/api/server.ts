// The API: PostGraphile over HTTP on the loopback address, with a page to try queries on.

import './environment.ts'
import { once } from 'node:events'
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http'
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
import { longestGrant } from '../storage/signed-urls.ts'
import { authenticate } from './auth.ts'
import { serveCors } from './cors.ts'
import { cursorsOf } from './events/cursor.ts'
import { Hub } from './events/hub.ts'
import { farewell } from './farewell.ts'
import { serveFiles } from './files.ts'
import { projectFinder } from './hosts.ts'
import { openMetrics } from './metrics.ts'
import { openPools, type Pools } from './pools.ts'
import { makePreset } from './preset.ts'
import { follow } from './request-id.ts'
import { type ApiOptions, apiSettings, requireIssuer } from './settings.ts'
import { Shares } from './shares.ts'
import { type Sockets, serveSockets } from './sockets.ts'
import { Visitors } from './visitors.ts'
import { welcomeLines } from './welcome.ts'

export interface ApiService extends Service {
    url: string
    welcome: string[]
}

const host = '127.0.0.1'

/** How long a request may take to come, unless it brings a file. */
const patience = 30_000

/** How often it is looked who takes longer. */
const lookEvery = 5_000

export async function start(options: ApiOptions): Promise<ApiService> {
    const settings = await apiSettings(options)
    const pools = await openPools(settings.pools)
    const http = createServer({
        requestTimeout: longestGrant * 1000,
        headersTimeout: patience,
        connectionsCheckingInterval: lookEvery,
    })
    const stops = [() => pools.end()]
    const leave = farewell(http)
    let sockets: Sockets | undefined
    const stop = async () => {
        sockets?.close()
        await leave()
        for (const each of stops.reverse()) await each()
    }
    try {
        const production = await isProduction(pools)
        if (production && !options.tokens) requireIssuer()
        const hub = new Hub(pools.requests)
        stops.push(() => hub.stop())
        const cursors = cursorsOf(settings.signingKeys)
        const events = { hub, cursors, pool: pools.requests, shares: new Shares() }
        const limits = { ...settings.limits, introspection: settings.limits.introspection ?? !production }
        const visitors = new Visitors(limits, settings.trustProxy)
        const instance = postgraphile(makePreset(pools, settings, limits, visitors, events))
        stops.push(async () => instance.release())
        await instance.getSchema()
        const files = serveFiles({
            pool: pools.requests,
            rules: settings.tokens,
            visitors,
            storage: settings.storage,
            keys: settings.signingKeys,
        })
        const server = instance.createServ(grafserv)
        const graphql = server.createHandler()
        const cors = serveCors(settings.corsOrigins)
        const metrics = openMetrics(pools, {
            metricsToken: settings.metricsToken,
            production,
            listening: () => ({ sockets: sockets?.size ?? 0, subscriptions: hub.size }),
        })
        stops.push(async () => metrics.stop())
        http.on('request', (request, response) => {
            follow(request, response, metrics.watch)
            if (cors(request, response) || metrics.serve(request, response)) return
            if (files(request, response)) return
            limit(request)
            graphql(request, response)
        })
        sockets = serveSockets(http, server, {
            admit: (request, header) =>
                visitors.admit(request, () => authenticate(header, settings.tokens, pools.requests)),
            again: (visitor) => visitors.again(visitor),
            projectOf: projectFinder(pools.requests, settings.trustProxy),
            origins: settings.corsOrigins,
        })
        await listen(http, settings.port)
        if (!settings.storage || !settings.signingKeys) {
            log('warn', 'there are no files: set STORAGE_FOLDER or S3_URL, and FILES_KEY_HEX')
        }
        if (!pools.keyholder) log('warn', 'secrets cannot be opened: set KEYHOLDER_URL and KEK_HEX')
        const url = `http://${host}:${(http.address() as AddressInfo).port}`
        const people = production ? [] : await inTransaction(pools.requests, asServer, readDemoPeople)
        return { url, welcome: welcomeLines(url, people), stop }
    } catch (error) {
        await stop()
        throw error
    }
}

function limit(request: IncomingMessage): void {
    const late = setTimeout(() => request.destroy(), patience)
    request.once('close', () => clearTimeout(late))
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
