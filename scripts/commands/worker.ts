// `worker`: runs the jobs of a database that is migrated already.

import { parseArgs } from 'node:util'
import { exit, note, print } from '../lib/console.ts'
import { withServiceOptions } from '../lib/services.ts'
import { onStopSignal } from '../lib/stop.ts'
import { type JobResult, runOnce, start } from '../lib/worker.ts'

export const summary = 'run the jobs of a database (DATABASE_URL, else the embedded one)'
export const usage = `
empathy worker            runs until it is stopped; several may run at once
empathy worker --once     runs every job once and ends, for cron; with --json one JSON object a job

Exit code 1: a job failed.
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    return values.once ? once(values.json ? tellMachines : tellPeople) : untilStopped()
}

async function once(tell: (result: JobResult) => void): Promise<number> {
    const results = await withServiceOptions((options) => runOnce(options, tell))
    return results.every(({ error }) => error === undefined) ? exit.ok : exit.failed
}

async function untilStopped(): Promise<number> {
    const stopped = onStopSignal()
    await withServiceOptions(async (options) => {
        const worker = await start(options)
        note('The worker runs; Ctrl-C stops it.')
        await stopped.wait()
        await worker.stop()
    })
    return exit.ok
}

function tellPeople({ name, outcome, error }: JobResult): void {
    print(error === undefined ? `ok    ${name}: ${outcome ?? 'done'}` : `FAIL  ${name}: ${error}`)
}

function tellMachines(result: JobResult): void {
    print(JSON.stringify(result))
}
