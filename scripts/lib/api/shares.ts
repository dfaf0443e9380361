// How the connections to the database are shared: nobody holds more than half of them, however many slow questions
// they ask, and whoever is not signed in shares that half with all others who are not. What waits for a connection
// waits for its caller's own, so that it stands in nobody else's way; and not without end.

import { getOperationAST, OperationTypeNode } from 'postgraphile/graphql'
import { requestConnections } from './pools.ts'
import { Refusal } from './refusal.ts'
import type { Session } from './session.ts'

const half = requestConnections / 2
const ofAddress = 3

interface Lane {
    busy: number
    waiting: (() => void)[]
}

type Run = <T>(work: () => Promise<T>) => Promise<T>

export class Shares {
    readonly #lanes = new Map<string, Lane>()

    /** What runs the statements of a caller. */
    of({ caller, claims }: Session): Run {
        if (claims.role === 'service_role') return (work) => work()
        if (claims.role !== 'anon') return (work) => this.#within(caller, half, work)
        return (work) => this.#within(caller, ofAddress, () => this.#within('nobody', half, work))
    }

    async #within<T>(name: string, most: number, work: () => Promise<T>): Promise<T> {
        const lane = this.#lanes.get(name) ?? { busy: 0, waiting: [] }
        this.#lanes.set(name, lane)
        if (lane.busy < most) lane.busy += 1
        else await new Promise<void>((resolve) => lane.waiting.push(resolve))
        try {
            return await work()
        } finally {
            const next = lane.waiting.shift()
            if (next) next()
            else lane.busy -= 1
            if (lane.busy === 0) this.#lanes.delete(name)
        }
    }
}

export function sharesPlugin(shares: Shares, maxSeconds: number): GraphileConfig.Plugin {
    return {
        name: 'SharesPlugin',
        grafast: {
            middleware: {
                async prepareArgs(next) {
                    const prepared = await next()
                    const { contextValue, document, operationName } = prepared
                    const { session, withPgClient } = contextValue as Partial<Grafast.Context>
                    if (!session || !withPgClient) return prepared
                    const run = shares.of(session)
                    const lasts =
                        getOperationAST(document, operationName)?.operation === OperationTypeNode.SUBSCRIPTION
                    const end = lasts ? Number.POSITIVE_INFINITY : performance.now() + maxSeconds * 1000
                    Object.assign(contextValue as object, {
                        withPgClient: ((settings, callback) =>
                            run(() => {
                                if (performance.now() > end) throw late()
                                return withPgClient(settings, callback)
                            })) as typeof withPgClient,
                    })
                    return prepared
                },
            },
        },
    }
}

function late(): Refusal {
    return new Refusal(503, 'TIMEOUT', 'this request took too long, and what was left of it was not begun', {
        hint: 'ask for less at a time',
    })
}
