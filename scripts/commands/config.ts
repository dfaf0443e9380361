// `config`: the environment variables, as a table for people.

import { parseArgs } from 'node:util'
import { describeSettings } from '../lib/config.ts'
import { exit, print } from '../lib/console.ts'

export const summary = 'list the environment variables, what they are for and their defaults'
export const usage = '--json   as JSON'

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { json: { type: 'boolean' } } })
    const settings = describeSettings()
    if (values.json) {
        print(JSON.stringify(settings, null, 2))
        return exit.ok
    }
    const width = Math.max(...settings.map(({ name }) => name.length))
    for (const { name, about, fallback } of settings) {
        print(`${name.padEnd(width)}  ${about} (default: ${fallback})`)
    }
    return exit.ok
}
