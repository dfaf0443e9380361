// `up`: everything at once, from an empty folder to a living API, until Ctrl-C.

import { parseArgs } from 'node:util'
import { readConfig } from '../lib/config.ts'
import { exit, note, print, step } from '../lib/console.ts'
import { migrate } from '../lib/migrations.ts'
import { seedDemo } from '../lib/seeds.ts'
import { type Server, startServer } from '../lib/server.ts'
import { serviceOptions, startServices } from '../lib/services.ts'
import { onStopSignal } from '../lib/stop.ts'

export const summary =
    'start everything: Postgres, migrations, the demo world, worker and API; Ctrl-C stops it all'
export const usage = `
The API listens on PORT (default 5678). With DATABASE_URL the embedded Postgres stays off.
`

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    const stopped = onStopSignal()
    const running: Running = []
    try {
        await start(running, stopped.signal)
        await stopped.wait()
    } catch (error) {
        if (!stopped.signal.aborted) throw error
    } finally {
        if (stopped.signal.aborted) note('Stopping …')
        for (const part of running.reverse()) await part.stop()
    }
    print('Everything has stopped; the data is kept.')
    return exit.ok
}

type Running = { stop(): Promise<void> }[]

async function start(running: Running, signal: AbortSignal): Promise<void> {
    const { url, embedded } = await database(running)
    signal.throwIfAborted()
    await step('Migrating', () => migrate(url))
    signal.throwIfAborted()
    await step('Seeding the demo world', () => seedDemo(url))
    signal.throwIfAborted()
    for (const line of await startServices(await serviceOptions(url, embedded), running)) print(line)
    print('\nCtrl-C stops everything.')
}

async function database(running: Running): Promise<{ url: string; embedded?: Server }> {
    const { DATABASE_URL } = readConfig()
    if (DATABASE_URL) return { url: DATABASE_URL }
    const embedded = await startServer()
    running.push(embedded)
    return { url: embedded.url, embedded }
}
