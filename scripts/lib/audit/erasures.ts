// What was erased needs an order that says so, and the order is itself an entry of the log.

import type { ChangeLine } from './bundle-lines.ts'
import { SeqSet } from './seq-set.ts'

const ordersTable = 'audit.erasure_orders'

export class Erasures {
    /** By order: what it says is to be erased. */
    readonly #ordered = new Map<string, SeqSet>()
    /** By order: what is said to be erased under it. */
    readonly #erased = new Map<string, SeqSet>()

    read(change: ChangeLine, seq: bigint): void {
        if (change.erased_under !== null) seqsOf(this.#erased, change.erased_under).add(seq)
        if (change.table_name === ordersTable && change.operation === 'I') this.#readOrder(change.clear)
    }

    /** One sentence for each erasure that no order of this log covers. */
    *unfounded(): Generator<string> {
        for (const [order, seqs] of this.#erased) {
            for (const seq of seqs.without(this.#ordered.get(order))) {
                yield `seq ${seq} is said to be erased under order ${order}, and no order of this log says so`
            }
        }
    }

    #readOrder(clear: string | null): void {
        const { id, seqs } = parsed(clear)
        if (
            typeof id !== 'string' ||
            !Array.isArray(seqs) ||
            !seqs.every((seq) => Number.isSafeInteger(seq))
        ) {
            throw new Error('an order to erase has to name its "id" and its "seqs"')
        }
        const ordered = seqsOf(this.#ordered, id)
        for (const seq of seqs) ordered.add(BigInt(seq))
    }
}

function parsed(clear: string | null): { id?: unknown; seqs?: unknown } {
    try {
        const value: unknown = JSON.parse(clear ?? '')
        return typeof value === 'object' && value !== null ? value : {}
    } catch {
        return {}
    }
}

function seqsOf(orders: Map<string, SeqSet>, order: string): SeqSet {
    const seqs = orders.get(order) ?? new SeqSet()
    orders.set(order, seqs)
    return seqs
}
