// The demo world: every file of seeds/demo in the order of its name, each in a transaction of its own.

import { existsSync, readdirSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { refuseOnProduction } from './bookkeeping.ts'
import { type Client, runFile, withClient } from './db.ts'
import { inPackage } from './paths.ts'

/** What a TypeScript seed exports; running it again must change nothing. */
interface SeedModule {
    seed(client: Client): Promise<void>
}

/** Answers the names of the files that ran. */
export async function seedDemo(url: string): Promise<string[]> {
    await refuseOnProduction(url, 'Seeding the demo world')
    const folder = inPackage('seeds/demo')
    const files = existsSync(folder)
        ? readdirSync(folder)
              .filter((name) => /^\d+.*\.(sql|ts)$/.test(name))
              .sort()
        : []
    await withClient(url, async (client) => {
        for (const file of files) {
            await client.query('begin')
            try {
                await runSeed(client, inPackage('seeds/demo', file))
                await client.query('commit')
            } catch (error) {
                await client.query('rollback')
                throw error
            }
        }
    })
    return files
}

async function runSeed(client: Client, path: string): Promise<void> {
    if (path.endsWith('.sql')) return runFile(client, path)
    const { seed }: SeedModule = await import(pathToFileURL(path).href)
    await seed(client)
}
