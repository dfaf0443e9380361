// The database that a command works on: DATABASE_URL, else the embedded server for as long as the work takes.

import { readConfig } from './config.ts'
import { startServer } from './server.ts'

export async function withTarget<T>(work: (url: string) => Promise<T>): Promise<T> {
    const url = readConfig().DATABASE_URL
    if (url) return work(url)
    const server = await startServer()
    try {
        return await work(server.url)
    } finally {
        await server.stop()
    }
}
