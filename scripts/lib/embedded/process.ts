// The process of an embedded cluster: brings it up, waits until it is ready, takes it down.

import { spawn } from 'node:child_process'
import {
    closeSync,
    existsSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    statSync,
    writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { note, Problem, step } from '../console.ts'
import { type Cluster, create, exists, requireRightVersion, serverEnvironment } from './cluster.ts'
import { diagnose } from './diagnose.ts'
import { freePortFrom, isFree } from './ports.ts'
import { isAlive, isPostmaster, type Postmaster, repairStalePid, runningPostmaster } from './postmaster.ts'

// A start may have to replay the log of a crashed server.
const startPatience = 300_000
const orphanPatience = 15_000
const stopPatience = 20_000
const logLimit = 10_000_000

const commonSettings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    log_timezone: 'UTC',
    timezone: 'UTC',
    log_line_prefix: '%m [%p] %q%u@%d ',
}

// Nothing here survives a crash of the machine, and nothing has to.
const fastSettings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
}

// Checkpoints come at the beginning, not in the midst of what is measured.
const disposableSettings = {
    checkpoint_timeout: '1h',
    max_wal_size: '4GB',
}

/** `port` is one that was asked for; without it the cluster keeps the one it had. */
export async function boot(cluster: Cluster, port: number | undefined): Promise<Postmaster> {
    try {
        if (!exists(cluster)) await firstTime(cluster)
        requireRightVersion(cluster)
        return await launch(cluster, port)
    } catch (error) {
        if (!cluster.disposable || !exists(cluster)) throw error
        // Its data is not worth a repair.
        rmSync(cluster.home, { recursive: true, force: true })
        await firstTime(cluster)
        return launch(cluster, port)
    }
}

async function firstTime(cluster: Cluster): Promise<void> {
    await step(`Making a Postgres ${cluster.version} in ${cluster.home}`, async () => create(cluster))
}

async function launch(cluster: Cluster, wanted: number | undefined): Promise<Postmaster> {
    const deadline = Date.now() + orphanPatience
    for (;;) {
        repairStalePid(cluster.dataDir)
        const port = await choosePort(cluster, wanted)
        const from = rotateLog(cluster)
        const child = spawnPostgres(cluster, port)
        const postmaster = await untilReady(cluster, child.pid, child.exited)
        if (postmaster) {
            writeFileSync(join(cluster.home, 'port'), String(port))
            return postmaster
        }
        const said = readFileSync(cluster.logFile).subarray(from).toString()
        // Somebody took the port since we looked; or processes of a killed server are still about to leave.
        const passing =
            /could not bind|could not create any TCP|lock file .* already exists|pre-existing shared memory/
        if (!passing.test(said) || Date.now() > deadline) {
            throw diagnose(said, 'The embedded Postgres does not start', cluster.logFile)
        }
        await sleep(200)
    }
}

interface Child {
    pid: number | undefined
    exited(): boolean
}

function spawnPostgres(cluster: Cluster, port: number): Child {
    const log = openSync(cluster.logFile, 'a', 0o600)
    const settings = {
        ...commonSettings,
        ...(cluster.disposable ? disposableSettings : {}),
        ...(cluster.fast ? fastSettings : {}),
    }
    const child = spawn(
        cluster.binaries.postgres,
        [
            ...['-D', cluster.dataDir, '-p', String(port)],
            ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
        ],
        {
            ...cluster.user,
            env: serverEnvironment,
            cwd: cluster.dataDir,
            detached: true,
            stdio: ['ignore', log, log],
        },
    )
    closeSync(log)
    let gone = false
    child.once('exit', () => {
        gone = true
    })
    child.once('error', (error) => {
        writeFileSync(cluster.logFile, `${error.message}\n`, { flag: 'a' })
        gone = true
    })
    child.unref()
    return { pid: child.pid, exited: () => gone }
}

/** Answers undefined when the process ends before it is ready. */
export async function untilReady(
    cluster: Cluster,
    pid: number | undefined,
    exited: () => boolean = () => pid === undefined || !isAlive(pid),
): Promise<Postmaster | undefined> {
    const started = Date.now()
    let told = false
    while (Date.now() - started < startPatience) {
        const postmaster = runningPostmaster(cluster.dataDir)
        if (postmaster?.ready && postmaster.pid === pid) return postmaster
        if (exited()) return undefined
        if (!told && Date.now() - started > 3_000) {
            note(`Postgres is starting; after a crash it first replays its log (${cluster.logFile}) …`)
            told = true
        }
        await sleep(20)
    }
    throw new Problem(
        `The embedded Postgres is not ready after ${startPatience / 1000} s.`,
        `Look at its log: ${cluster.logFile}`,
    )
}

/** The port asked for, else the one it had, else the first free one. */
async function choosePort(cluster: Cluster, wanted: number | undefined): Promise<number> {
    if (wanted !== undefined) {
        if (await isFree(wanted)) return wanted
        throw new Problem(
            `Port ${wanted} is in use by another process.`,
            'Set EMPATHY_DB_PORT to a free port, or unset it and the next free one is taken.',
        )
    }
    const file = join(cluster.home, 'port')
    const usual = existsSync(file) ? Number(readFileSync(file, 'utf8')) : firstPort(cluster)
    const port = await freePortFrom(usual)
    if (port !== usual && !cluster.disposable)
        note(`Port ${usual} is in use by another process; Postgres takes ${port}.`)
    return port
}

/** Answers where in the log the coming start will begin. */
function rotateLog(cluster: Cluster): number {
    const size = statSync(cluster.logFile, { throwIfNoEntry: false })?.size ?? 0
    if (size < logLimit) return size
    renameSync(cluster.logFile, `${cluster.logFile}.1`)
    return 0
}

/** Answers whether there was one to stop. */
export async function shutDown(cluster: Cluster): Promise<boolean> {
    const running = runningPostmaster(cluster.dataDir)
    if (!running) return false
    process.kill(running.pid, 'SIGINT')
    if (!(await gone(cluster, running.pid))) {
        note(`Postgres did not stop within ${stopPatience / 1000} s; it is made to.`)
        process.kill(running.pid, 'SIGQUIT')
        await gone(cluster, running.pid)
    }
    return true
}

async function gone(cluster: Cluster, pid: number): Promise<boolean> {
    const deadline = Date.now() + stopPatience
    while (Date.now() < deadline) {
        if (!isPostmaster(pid, cluster.dataDir)) return true
        await sleep(20)
    }
    return false
}

/** Servers for tests and benchmarks stay out of the way of the one that people know the port of. */
function firstPort(cluster: Cluster): number {
    return cluster.disposable ? 54_429 : 54_329
}
