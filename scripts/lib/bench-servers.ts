// The servers that are measured: each a process of its own, started as on a machine for work, the API by its command.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ServerName, servers } from '../bench/api/questions.ts'
import { freePortFrom } from './embedded/ports.ts'
import { inPackage } from './paths.ts'

export interface Urls {
    /** A database with the world of the benchmarks, as a superuser. */
    database: string
    /** The same as the role that servers connect as. */
    authenticator: string
}

export interface Running {
    name: ServerName
    port: number
    process: ChildProcess
}

/** As in the Makefile, and the same for all. */
const node = ['--max-semi-space-size=16', '--import', 'tsx']
const firstPort = 5700
const patience = 60_000

export async function withServers<T>(
    urls: Urls,
    secret: string,
    work: (running: Running[]) => Promise<T>,
): Promise<T> {
    const running: Running[] = []
    try {
        for (const name of servers) {
            const port = await freePortFrom((running.at(-1)?.port ?? firstPort) + 1)
            running.push({ name, port, process: spawnServer(name, port, urls, secret) })
        }
        for (const server of running) await untilListening(server)
        return await work(running)
    } finally {
        for (const { process } of running) await stop(process)
    }
}

function spawnServer(name: ServerName, port: number, urls: Urls, secret: string): ChildProcess {
    const program = name === 'ours' ? ['scripts/cli.ts', 'serve'] : [`scripts/bench/api/${name}.ts`]
    const child = spawn(process.execPath, [...node, ...program], {
        cwd: inPackage('.'),
        env: {
            ...process.env,
            DATABASE_URL: urls.database,
            AUTHENTICATOR_URL: urls.authenticator,
            JWT_SECRET: secret,
            LOG_LEVEL: 'off',
            RATE_LIMIT_SIGNED_IN: '0',
            RATE_LIMIT_NOBODY: '0',
            NODE_ENV: 'production',
            PORT: String(port),
        },
        stdio: ['ignore', 'ignore', 'inherit'],
    })
    const stopWithUs = () => child.kill()
    process.once('exit', stopWithUs)
    child.once('exit', () => process.off('exit', stopWithUs))
    return child
}

async function untilListening({ name, port, process }: Running): Promise<void> {
    const deadline = performance.now() + patience
    while (!(await listens(port))) {
        if (hasEnded(process) || performance.now() > deadline) {
            throw new Error(`the server "${name}" does not start`)
        }
        await sleep(50)
    }
}

function listens(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const socket = connect(port, '127.0.0.1', () => {
            socket.destroy()
            resolve(true)
        })
        socket.once('error', () => resolve(false))
    })
}

async function stop(child: ChildProcess): Promise<void> {
    if (hasEnded(child)) return
    const gone = once(child, 'exit')
    child.kill()
    await gone
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
    return exitCode !== null || signalCode !== null
}

/** Megabytes that it holds, and the most that it held; undefined where the system does not tell. */
export function memoryOf({ pid }: ChildProcess): { resident: number; peak: number } | undefined {
    const file = `/proc/${pid}/status`
    if (!existsSync(file)) return undefined
    const status = readFileSync(file, 'utf8')
    const megabytes = (field: string) =>
        Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) / 1024
    return { resident: megabytes('VmRSS'), peak: megabytes('VmHWM') }
}
