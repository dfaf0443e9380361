// Databases that live as long as one piece of work.

import { randomBytes } from 'node:crypto'
import { quoteIdentifier, withClient, withDatabase } from './db.ts'

export interface Scratch {
    name: string
    url: string
    drop(): Promise<void>
}

/** Creates a database on a server: an empty one, or a copy of `template`. */
export async function createScratch(serverUrl: string, template = 'template0'): Promise<Scratch> {
    const name = `clone_empathy_${randomBytes(6).toString('hex')}`
    const ask = (text: string) =>
        withClient(withDatabase(serverUrl, 'postgres'), async (client) => void (await client.query(text)))
    await ask(`create database ${quoteIdentifier(name)} template ${quoteIdentifier(template)}`)
    return {
        name,
        url: withDatabase(serverUrl, name),
        drop: () => ask(`drop database if exists ${quoteIdentifier(name)} with (force)`),
    }
}

/** Drops it when the work is done. */
export async function withScratch<T>(
    serverUrl: string,
    work: (url: string) => Promise<T>,
    template?: string,
): Promise<T> {
    const scratch = await createScratch(serverUrl, template)
    try {
        return await work(scratch.url)
    } finally {
        await scratch.drop()
    }
}
