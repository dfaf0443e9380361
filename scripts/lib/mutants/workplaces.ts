// Where mutants are tried: clones of the template, as many as two cores keep busy, and a connection to each. Every
// mutant leaves dead rows in the catalog and weight in the connection, so after a while both are replaced.

import { type Client, connect } from '../db.ts'
import type { Server } from '../server.ts'
import { cloneDatabase } from '../template.ts'

const count = 2
const wornOutAfter = 200

export class Workplaces {
    readonly #server: Server
    readonly #template: string

    constructor(server: Server, template: string) {
        this.#server = server
        this.#template = template
    }

    /** Every item is worked on once, by whichever place is free; a place is looked over before it is given up. */
    async each<T>(
        items: T[],
        work: (client: Client, item: T) => Promise<void>,
        lookOver: (client: Client) => Promise<void> = async () => undefined,
    ): Promise<void> {
        const waiting = [...items]
        const places = Math.min(count, items.length)
        await Promise.all(
            Array.from({ length: places }, async () => {
                while (waiting.length > 0) {
                    await this.once(async (client) => {
                        for (const item of some(waiting)) await work(client, item)
                        await lookOver(client)
                    })
                }
            }),
        )
    }

    async once<T>(work: (client: Client) => Promise<T>): Promise<T> {
        const clone = await cloneDatabase(this.#server.url, this.#template)
        try {
            const client = await connect(clone.url)
            try {
                return await work(client)
            } finally {
                await client.end()
            }
        } finally {
            await clone.drop()
        }
    }
}

/** Takes items until there are none, or until the place is worn out. */
function* some<T>(waiting: T[]): Generator<T> {
    for (let taken = 0; taken < wornOutAfter; taken += 1) {
        const item = waiting.shift()
        if (item === undefined) return
        yield item
    }
}
