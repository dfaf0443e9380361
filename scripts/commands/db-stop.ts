// `db-stop`: stops the embedded Postgres; its data stays.

import { parseArgs } from 'node:util'
import { exit, Problem, print } from '../lib/console.ts'
import { serverUsers, stopServer } from '../lib/server.ts'

export const summary = 'stop the embedded Postgres; the data stays'

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    const users = serverUsers()
    if (users.length > 0) {
        throw new Problem(
            `The embedded Postgres is in use by \`make up\` or the like (process ${users.join(', ')}).`,
            'End that with Ctrl-C; the last one to leave stops the server.',
        )
    }
    print(
        (await stopServer())
            ? 'Postgres stopped; its data is kept.'
            : 'The embedded Postgres was not running.',
    )
    return exit.ok
}
