// Somebody who listens: a subscription over a WebSocket, event by event.

import { type Client, createClient } from 'graphql-ws'
import { WebSocket } from 'ws'

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is whatever the test says it is
type Event = any

export interface Listening {
    /** The next event; waits for it. */
    next(): Promise<Event>
    /** What came within this time, if nothing should have. */
    within(milliseconds: number): Promise<Event[]>
    /** Why it ended, once it has. */
    ended: Promise<unknown>
    stop(): Promise<void>
}

export interface Subscription {
    query: string
    variables?: Record<string, unknown>
    authorization?: string
    /** Opens another socket when one breaks, so many times. */
    retries?: number
}

export function listen(
    url: string,
    { query, variables, authorization, retries = 0 }: Subscription,
): Listening {
    const client = clientOf(url, authorization, retries)
    const waiting: Event[] = []
    let wake: () => void = () => undefined
    const ended = new Promise<unknown>((resolve) => {
        client.subscribe(
            { query, variables: variables ?? {} },
            {
                next(event) {
                    waiting.push(event)
                    wake()
                },
                error: resolve,
                complete: () => resolve('complete'),
            },
        )
    })
    return {
        async next() {
            const late = Date.now() + 15_000
            while (waiting.length === 0) {
                if (Date.now() > late) throw new Error('No event came.')
                await new Promise<void>((resolve) => {
                    wake = resolve
                    setTimeout(resolve, 100)
                })
            }
            return waiting.shift()
        },
        async within(milliseconds) {
            await new Promise((resolve) => setTimeout(resolve, milliseconds))
            return waiting.splice(0)
        },
        ended,
        stop: async () => client.dispose(),
    }
}

function clientOf(url: string, authorization: string | undefined, retryAttempts: number): Client {
    return createClient({
        url: `${url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams: authorization === undefined ? {} : { authorization },
        retryAttempts,
        retryWait: () => new Promise((resolve) => setTimeout(resolve, 200)),
        shouldRetry: () => retryAttempts > 0,
    })
}
