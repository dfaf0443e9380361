// When each block was sealed, and which transactions had not begun by then, for the changes that say they are older:
// 16 bytes each, in pages.

const entry = 16
const perPage = 4096

export interface Seal {
    /** The number of the block. */
    number: number
    nextXid: bigint
}

export class SealHistory {
    readonly #pages: Buffer[] = []
    #count = 0

    /** Blocks come in the order of their numbers, from 1 on; none is sealed before the one before it. */
    add(sealedAt: bigint, nextXid: bigint): void {
        if (this.#count % perPage === 0) this.#pages.push(Buffer.allocUnsafe(entry * perPage))
        const at = this.#at(this.#count)
        at.writeBigInt64BE(sealedAt)
        at.writeBigUInt64BE(nextXid, 8)
        this.#count += 1
    }

    /** The first block that was sealed later than this. */
    firstAfter(instant: bigint): Seal | undefined {
        // Nearly every change is newer than all blocks before it.
        if (this.#count === 0 || this.#sealedAt(this.#count - 1) <= instant) return undefined
        let low = 0
        let high = this.#count - 1
        while (low < high) {
            const middle = Math.floor((low + high) / 2)
            if (this.#sealedAt(middle) <= instant) low = middle + 1
            else high = middle
        }
        return { number: low + 1, nextXid: this.#at(low).readBigUInt64BE(8) }
    }

    #sealedAt(index: number): bigint {
        return this.#at(index).readBigInt64BE()
    }

    #at(index: number): Buffer {
        const start = (index % perPage) * entry
        const page = this.#pages[Math.floor(index / perPage)] ?? Buffer.alloc(0)
        return page.subarray(start, start + entry)
    }
}
