// The worker: runs what ops.jobs says, when it says so. graphile-worker keeps the queue and tries failed jobs again;
// any number of workers share it, and one that is killed leaves nothing behind that the others do not pick up.

import { setTimeout as sleep } from 'node:timers/promises'
import { Logger, type Runner, run, type TaskList } from 'graphile-worker'
import pg from 'pg'
import { type Level, log } from './log.ts'
import { requireRoles } from './roles.ts'
import type { Service, ServiceOptions } from './services.ts'
import { removeDropped } from './storage/remove.ts'
import { openStorage } from './storage/settings.ts'
import type { Storage } from './storage/storage.ts'
import { runJob } from './worker/run-job.ts'
import { enqueueDue, task } from './worker/scheduler.ts'

export interface JobResult {
    name: string
    outcome?: string | null
    error?: string
}

const concurrency = 2
const lookEvery = 1_000
const restartAfter = 5_000
const removeEvery = 60_000

/** Runs until it is told to stop; jobs that are running then may end. */
export async function start(options: ServiceOptions): Promise<Service> {
    const storage = await openStorage()
    const pools = await openPools(options)
    const stopping = new AbortController()
    let runner: Runner | undefined
    try {
        runner = await startRunner(pools)
    } catch (error) {
        await pools.end()
        throw error
    }
    const queue = keepRunning(pools, runner, stopping.signal)
    const schedule = keepLooking(pools, stopping.signal)
    const removal = keepRemoving(pools, storage, stopping.signal)
    return {
        stop: async () => {
            stopping.abort()
            await Promise.all([queue, schedule, removal])
            await pools.end()
        },
    }
}

/** Runs every enabled job once, one after another, whether it is due or not. */
export async function runOnce(
    options: ServiceOptions,
    tell: (result: JobResult) => void = () => undefined,
): Promise<JobResult[]> {
    const storage = await openStorage()
    const pools = await openPools(options)
    try {
        const { rows } = await pools.queue.query<{ name: string }>(
            'select name from ops.jobs where enabled order by name',
        )
        const results: JobResult[] = []
        for (const { name } of rows) {
            const result = await attempt(pools, name)
            tell(result)
            results.push(result)
        }
        if (storage) await removeDropped(pools.jobs, storage)
        return results
    } finally {
        await pools.end()
    }
}

interface Pools {
    /** As the migrator, who owns the queue. */
    queue: pg.Pool
    /** May become service_role, as which jobs run. */
    jobs: pg.Pool
    end(): Promise<void>
}

async function openPools({ databaseUrl, authenticatorUrl }: ServiceOptions): Promise<Pools> {
    const jobsUrl = authenticatorUrl ?? databaseUrl
    const queue = pool(databaseUrl, concurrency + 3)
    const jobs = pool(jobsUrl, concurrency)
    const end = async () => {
        await Promise.all([queue.end(), jobs.end()])
    }
    try {
        await requireRoles(jobs, jobsUrl, ['service_role'])
    } catch (error) {
        await end()
        throw error
    }
    return { queue, jobs, end }
}

function pool(connectionString: string, max: number): pg.Pool {
    const made = new pg.Pool({
        connectionString,
        max,
        application_name: 'empathy worker',
        connectionTimeoutMillis: 5_000,
    })
    // Connections end when Postgres restarts, in use or not; whoever used one hears of it from the query.
    made.on('error', (error) => {
        if (!made.ending) log('warn', 'a database connection ended', { error: error.message })
    })
    made.on('connect', (client) => client.on('error', () => undefined))
    return made
}

async function attempt(pools: Pools, name: string): Promise<JobResult> {
    try {
        return { name, outcome: await runJob(pools.jobs, name) }
    } catch (error) {
        return { name, error: messageOf(error) }
    }
}

function startRunner(pools: Pools): Promise<Runner> {
    const tasks: TaskList = {
        [task]: async (payload) => {
            const { name } = payload as { name: string }
            const started = performance.now()
            const outcome = await runJob(pools.jobs, name).catch((error: unknown) => {
                log('error', 'job failed', { job: name, error: messageOf(error) })
                throw error
            })
            // Some look every second whether there is anything to do.
            if (outcome !== '0') {
                log('info', 'job', {
                    job: name,
                    outcome,
                    milliseconds: Math.round(performance.now() - started),
                })
            }
        },
    }
    return run({
        pgPool: pools.queue,
        taskList: tasks,
        concurrency,
        pollInterval: 2_000,
        parsedCronItems: [],
        noHandleSignals: true,
        logger,
    })
}

/** graphile-worker gives up after a while without a database; we do not. */
async function keepRunning(pools: Pools, first: Runner, signal: AbortSignal): Promise<void> {
    let runner: Runner | undefined = first
    while (!signal.aborted) {
        try {
            runner ??= await startRunner(pools)
            const current = runner
            const stop = () => void current.stop().catch(() => undefined)
            signal.addEventListener('abort', stop, { once: true })
            await current.promise.finally(() => signal.removeEventListener('abort', stop))
        } catch (error) {
            log('warn', 'the queue stopped; it is started again', { error: messageOf(error) })
        }
        runner = undefined
        await pause(restartAfter, signal)
    }
}

async function keepLooking(pools: Pools, signal: AbortSignal): Promise<void> {
    const began = new Date()
    while (!signal.aborted) {
        const looked = await enqueueDue(pools.queue, began).then(
            () => true,
            (error: unknown) => {
                log('warn', 'could not look for due jobs', { error: messageOf(error) })
                return false
            },
        )
        await pause(looked ? lookEvery : restartAfter, signal)
    }
}

/** Has the store let go of what was dropped: jobs reach the database alone. */
async function keepRemoving(pools: Pools, storage: Storage | undefined, signal: AbortSignal): Promise<void> {
    while (storage && !signal.aborted) {
        await removeDropped(pools.jobs, storage).catch((error: unknown) => {
            log('warn', 'could not look for files to remove', { error: messageOf(error) })
        })
        await pause(removeEvery, signal)
    }
}

async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    await sleep(milliseconds, undefined, { signal }).catch(() => undefined)
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error)
}

/** What the library has to say of jobs that fail is said above, with their names. */
const logger = new Logger(() => (level, message) => {
    if ((level === 'error' || level === 'warning') && !message.startsWith('Failed task'))
        log(levels[level], message)
})

const levels: Record<'error' | 'warning', Level> = { error: 'error', warning: 'warn' }
