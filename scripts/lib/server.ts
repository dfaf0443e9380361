// The embedded Postgres: starts it (in the background, always), finds it again, stops it.

import { readConfig } from './config.ts'
import { quoteIdentifier, withClient } from './db.ts'
import type { Version } from './embedded/binaries.ts'
import { type Cluster, openCluster, type Purpose, password, superuser } from './embedded/cluster.ts'
import { dropLeases, giveUpLease, otherHolders, takeLease } from './embedded/leases.ts'
import { withLock } from './embedded/lock.ts'
import { allowLogin, loginPassword } from './embedded/logins.ts'
import { runningPostmaster } from './embedded/postmaster.ts'
import { boot, shutDown, untilReady } from './embedded/process.ts'

export interface ServerOptions {
    /** 18 unless told otherwise; 15 is the oldest that the tests run on. */
    version?: Version
    port?: number
    /** For work, unless told otherwise. */
    purpose?: Purpose
    /** Let it run after this process has ended, until it is told to stop. */
    background?: boolean
}

export interface Server {
    /** Of the database `empathy`, as superuser. */
    url: string
    version: Version
    port: number
    /** False when it was running already. */
    started: boolean
    databaseUrl(name: string): string
    /** Lets a login role in with a password of its own, and answers its URL for the database `empathy`. */
    loginUrl(role: string): Promise<string>
    /** Stops it, unless another process needs it too or it is to run in the background. */
    stop(): Promise<void>
}

const database = 'empathy'
export async function startServer(options: ServerOptions = {}): Promise<Server> {
    const cluster = chosen(options)
    const port = options.port ?? (cluster.disposable ? undefined : readConfig().EMPATHY_DB_PORT)
    return withLock(`${cluster.home}.lock`, async () => {
        const found = runningPostmaster(cluster.dataDir)
        const running = found && (await untilReady(cluster, found.pid))
        const postmaster = running ?? (await boot(cluster, port))
        try {
            if (!running) dropLeases(cluster)
            takeLease(cluster, options.background ? 'background' : 'process')
            await ensureDatabase(cluster, postmaster.port)
        } catch (error) {
            if (!running) await shutDown(cluster)
            throw error
        }
        const server = handle(cluster, postmaster.port, running === undefined)
        if (!options.background) held.add(server)
        return server
    })
}

/** Lets go of every server that this process holds, for when it is told to end. */
export async function releaseServers(): Promise<void> {
    for (const server of held) await server.stop()
}

const held = new Set<Server>()

/** Stops it whoever needs it; answers whether there was one to stop. */
export async function stopServer(options: ClusterChoice = {}): Promise<boolean> {
    const cluster = chosen(options)
    return withLock(`${cluster.home}.lock`, async () => {
        dropLeases(cluster)
        return shutDown(cluster)
    })
}

/** Other processes (a `make up`, say) that need the server which is running. */
export function serverUsers(options: ClusterChoice = {}): number[] {
    const cluster = chosen(options)
    return runningPostmaster(cluster.dataDir) ? otherHolders(cluster) : []
}

type ClusterChoice = Pick<ServerOptions, 'version' | 'purpose'>

function chosen({ version = 18, purpose = 'work' }: ClusterChoice): Cluster {
    return openCluster(version, purpose)
}

function handle(cluster: Cluster, port: number, started: boolean): Server {
    const urlFor = (user: string, secret: string, name: string) =>
        `postgres://${user}:${secret}@127.0.0.1:${port}/${encodeURIComponent(name)}`
    const databaseUrl = (name: string) => urlFor(superuser, password(cluster), name)
    const server: Server = {
        url: databaseUrl(database),
        version: cluster.version,
        port,
        started,
        databaseUrl,
        loginUrl: async (role) => {
            const secret = loginPassword(password(cluster), role)
            await withClient(databaseUrl(database), (client) => allowLogin(client, role, secret))
            return urlFor(role, secret, database)
        },
        stop: async () => {
            if (!held.delete(server)) return
            await withLock(`${cluster.home}.lock`, async () => {
                if (!giveUpLease(cluster)) await shutDown(cluster)
            })
        },
    }
    return server
}

async function ensureDatabase(cluster: Cluster, port: number): Promise<void> {
    const url = handle(cluster, port, false).databaseUrl('postgres')
    await withClient(url, async (client) => {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
        if (rowCount === 0) await client.query(`create database ${quoteIdentifier(database)}`)
    })
}
