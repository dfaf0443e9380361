// `fresh`: a new, migrated database on the embedded server.

import { parseArgs } from 'node:util'
import { readConfig } from '../lib/config.ts'
import { exit, note, Problem, print, step, usageProblem } from '../lib/console.ts'
import { quoteIdentifier, withClient } from '../lib/db.ts'
import { migrate } from '../lib/migrations.ts'
import { startServer } from '../lib/server.ts'

export const summary = 'make database NAME on the embedded server, migrated; the last line is its URL'
export const usage = `
empathy fresh <name>
NAME=<name> empathy fresh

The name: lower-case letters, digits and _, a letter first, at most 63.
`

export async function run(args: string[]): Promise<number> {
    const { positionals } = parseArgs({ args, allowPositionals: true })
    const { DATABASE_URL, NAME } = readConfig()
    const name = databaseName(positionals[0] ?? NAME)
    if (DATABASE_URL)
        note('DATABASE_URL is not looked at: `fresh` makes databases on the embedded server only.')

    const server = await startServer({ background: true })
    const url = server.databaseUrl(name)
    await create(server.url, name)
    try {
        await step(`Migrating ${name}`, () => migrate(url))
    } catch (error) {
        await drop(server.url, name)
        throw error
    }
    print(`Database ${name} is ready; \`make db-stop\` stops the server.`)
    print(url)
    return exit.ok
}

function databaseName(name: string | undefined): string {
    if (name === undefined) throw usageProblem('Which name? Say: make fresh NAME=something')
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name)) {
        throw usageProblem(
            `"${name}" cannot be the name of a database.`,
            'Use lower-case letters, digits and _, a letter first, at most 63.',
        )
    }
    return name
}

async function create(adminUrl: string, name: string): Promise<void> {
    await withClient(adminUrl, async (client) => {
        const { rowCount } = await client.query('select from pg_database where datname = $1', [name])
        if (rowCount !== 0) {
            throw new Problem(
                `There is a database ${name} already.`,
                'Choose another name; nothing was changed.',
            )
        }
        await client.query(`create database ${quoteIdentifier(name)} template template0`)
    })
}

async function drop(adminUrl: string, name: string): Promise<void> {
    await withClient(adminUrl, (client) =>
        client.query(`drop database if exists ${quoteIdentifier(name)} with (force)`),
    )
}
