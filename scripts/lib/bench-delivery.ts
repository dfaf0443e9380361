// How long it takes from a commit until those who listen have heard of it: fifty people at their sockets, each allowed
// to read the works that change; and what it would cost writers to tell of their commits by NOTIFY.

import { setTimeout as sleep } from 'node:timers/promises'
import { createClient } from 'graphql-ws'
import pg from 'pg'
import { WebSocket } from 'ws'
import { type Client, withClient } from './db.ts'

export interface Delivery {
    listeners: number
    /** Milliseconds from the end of a commit to the arrival at each who listens, sorted. */
    took: number[]
}

const listeners = 50
const changes = 100

export interface Stage {
    url: string
    port: number
    tokens: string[]
}

export async function measureDelivery({ url, port, tokens }: Stage): Promise<Delivery> {
    return withClient(url, async (client) => {
        const { scopeId, works } = await publicWorks(client)
        const sockets = tokens.slice(0, listeners).map((token) => listen(port, scopeId, token))
        await Promise.all(sockets.map(({ ready }) => ready))
        const took: number[] = []
        for (let n = 0; n < changes; n += 1) {
            const workId = works[n % works.length] ?? ''
            const arrivals = sockets.map(({ next }) => next(workId))
            await client.query('update content.works set updated_at = now() where id = $1', [workId])
            const committed = performance.now()
            for (const arrived of await Promise.all(arrivals)) took.push(Math.max(arrived - committed, 0))
            // Not in step with whoever asks.
            await sleep(20 + Math.random() * 60)
        }
        for (const { stop } of sockets) stop()
        return { listeners, took: took.sort((one, other) => one - other) }
    })
}

async function publicWorks(client: Client): Promise<{ scopeId: string; works: string[] }> {
    const { rows } = await client.query<{ scope_id: string; works: string[] }>(
        `select w.scope_id, array_agg(w.id) as works
        from content.works w
        where w.public_during @> now() and w.protocol_set_id is null
        group by w.scope_id
        order by count(*) desc
        limit 1`,
    )
    return { scopeId: rows[0]?.scope_id ?? '', works: rows[0]?.works ?? [] }
}

function listen(port: number, scopeId: string, authorization: string) {
    const waiting = new Map<string, (at: number) => void>()
    const client = createClient({
        url: `ws://127.0.0.1:${port}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: { authorization },
    })
    const ready = new Promise<void>((resolve, reject) => {
        const query = `subscription ($scopeId: UUID!) {
            workChanged(scopeId: $scopeId) { event workId work { title } }
        }`
        client.subscribe<{ workChanged: { event: string; workId: string } }>(
            { query, variables: { scopeId } },
            {
                next({ data }) {
                    if (data?.workChanged.event === 'reload') resolve()
                    const { workId = '' } = data?.workChanged ?? {}
                    waiting.get(workId)?.(performance.now())
                    waiting.delete(workId)
                },
                error: reject,
                complete: () => undefined,
            },
        )
    })
    return {
        ready,
        next: (workId: string) => new Promise<number>((resolve) => waiting.set(workId, resolve)),
        stop: () => void client.dispose(),
    }
}

export interface Telling {
    silent: number
    notifying: number
}

const writers = 8
const turn = 2_000
const turns = 4

/** Commits a second of eight who write at once: without a word, and with a NOTIFY each. */
export async function measureNotify(url: string): Promise<Telling> {
    const rates = { silent: 0, notifying: 0 }
    await withClient(url, async (client) => {
        await client.query('create table bench.marks as select n from generate_series(1, 8) n')
        await client.query('listen bench')
        for (let n = 0; n < turns; n += 1) {
            rates.silent += await commits(url, false)
            rates.notifying += await commits(url, true)
        }
    })
    return { silent: rates.silent / turns, notifying: rates.notifying / turns }
}

async function commits(url: string, notifying: boolean): Promise<number> {
    const pool = new pg.Pool({ connectionString: url, max: writers })
    const until = performance.now() + turn
    const write = async (n: number) => {
        let done = 0
        const notify = notifying ? `, pg_notify('bench', gen_random_uuid()::text)` : ''
        const text = `with marked as (update bench.marks set n = n where n = $1 returning n) select n${notify} from marked`
        for (; performance.now() < until; done += 1)
            await pool.query({ name: `mark ${notifying}`, text, values: [n] })
        return done
    }
    const done = await Promise.all(Array.from({ length: writers }, (_, n) => write(n + 1)))
    await pool.end()
    return (done.reduce((sum, each) => sum + each, 0) / turn) * 1_000
}
