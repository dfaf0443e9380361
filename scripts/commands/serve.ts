// `serve`: the GraphQL API on a database that is migrated already.

import { parseArgs } from 'node:util'
import { start } from '../lib/api/server.ts'
import { exit, print } from '../lib/console.ts'
import { withServiceOptions } from '../lib/services.ts'
import { onStopSignal } from '../lib/stop.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'serve the GraphQL API of a database (DATABASE_URL, else the embedded one)'
export const usage = `
It listens on PORT (default 5678) of the loopback address: /graphql, /files, /healthz, /readyz, /metrics, and Ruru at /.

empathy serve --print-schema     prints the schema that it would serve, and ends
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { 'print-schema': { type: 'boolean', default: false } } })
    return values['print-schema'] ? printSchema() : serve()
}

async function serve(): Promise<number> {
    const stopped = onStopSignal()
    await withServiceOptions(async (options) => {
        const api = await start(options)
        try {
            for (const line of api.welcome) print(line)
            await stopped.wait()
        } finally {
            await api.stop()
        }
    })
    return exit.ok
}

async function printSchema(): Promise<number> {
    const { printedSchema } = await import('../lib/api/schema.ts')
    await withTarget(async (url) => print(await printedSchema(url)))
    return exit.ok
}
