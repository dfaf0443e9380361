// Starts what `up` offers on top of the database: the worker, then the API.

import { existsSync } from 'node:fs'
import pg from 'pg'
import { readConfig } from './config.ts'
import { Problem } from './console.ts'
import { inPackage } from './paths.ts'
import { type Server, startServer } from './server.ts'

export interface Service {
    stop(): Promise<void>
    url?: string
    /** What a person should know now: addresses, a first query, how to sign in. */
    welcome?: string[]
}

export interface ServiceOptions {
    /** The database, as its migrator. */
    databaseUrl: string
    /** The same database as the role that the API connects as. */
    authenticatorUrl: string | undefined
    /** The same database as the role that opens secrets. */
    keyholderUrl: string | undefined
    port: number
}

interface ServiceModule {
    start(options: ServiceOptions): Promise<Service>
}

const modules = ['scripts/lib/worker.ts', 'scripts/lib/api/server.ts'].map((path) => inPackage(path))

/** Adds each service to `running` as soon as it runs, so that the caller can stop it whatever comes next. */
export async function startServices(
    options: ServiceOptions,
    running: { stop(): Promise<void> }[],
): Promise<string[]> {
    const welcome: string[] = []
    for (const path of modules.filter((module) => existsSync(module))) {
        const { start }: ServiceModule = await import(path)
        const service = await start(options)
        running.push(service)
        welcome.push(...(service.welcome ?? []))
    }
    return welcome
}

/** On the embedded server the API's roles get passwords of their own; elsewhere they come from the environment. */
export async function serviceOptions(databaseUrl: string, embedded?: Server): Promise<ServiceOptions> {
    const { AUTHENTICATOR_URL, KEYHOLDER_URL, PORT } = readConfig()
    return {
        databaseUrl,
        authenticatorUrl: embedded ? await embedded.loginUrl('authenticator') : AUTHENTICATOR_URL,
        keyholderUrl: embedded ? await embedded.loginUrl('empathy_keyholder') : KEYHOLDER_URL,
        port: PORT,
    }
}

/** For commands that run a service by itself: on DATABASE_URL, else on the embedded server for as long as they run. */
export async function withServiceOptions<T>(work: (options: ServiceOptions) => Promise<T>): Promise<T> {
    const { DATABASE_URL } = readConfig()
    if (DATABASE_URL) return work(await serviceOptions(DATABASE_URL))
    const embedded = await startServer()
    try {
        return await work(await serviceOptions(embedded.url, embedded).catch(notMigrated))
    } finally {
        await embedded.stop()
    }
}

function notMigrated(error: unknown): never {
    if (!(error instanceof pg.DatabaseError) || error.code !== '42704') throw error
    throw new Problem(
        'The embedded database has no roles yet.',
        'Run `make migrate`, or `make up` for everything at once.',
    )
}
