// `db`: the embedded Postgres in the background.

import { parseArgs } from 'node:util'
import { exit, print } from '../lib/console.ts'
import { startServer } from '../lib/server.ts'

export const summary = 'start the embedded Postgres in the background; the last line is its URL'

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    const server = await startServer({ background: true })
    print(
        `Postgres ${server.version} ${server.started ? 'started' : 'was already running'}; \`make db-stop\` stops it.`,
    )
    print(server.url)
    return exit.ok
}
