// The root at every size that was sealed, for the notes that speak of one: 40 bytes each, in pages.

const entry = 40
const perPage = 4096

export class RootHistory {
    readonly #pages: Buffer[] = []
    #count = 0

    /** Sizes come in growing order. */
    add(size: number, root: Buffer): void {
        if (this.#count % perPage === 0) this.#pages.push(Buffer.allocUnsafe(entry * perPage))
        const at = this.#at(this.#count)
        at.writeBigUInt64BE(BigInt(size))
        root.copy(at, 8)
        this.#count += 1
    }

    at(size: number): Buffer | undefined {
        let low = 0
        let high = this.#count
        while (low < high) {
            const middle = Math.floor((low + high) / 2)
            if (this.#sizeOf(middle) < size) low = middle + 1
            else high = middle
        }
        const found = low < this.#count && this.#sizeOf(low) === size
        return found ? this.#at(low).subarray(8) : undefined
    }

    #sizeOf(index: number): number {
        return Number(this.#at(index).readBigUInt64BE())
    }

    #at(index: number): Buffer {
        const start = (index % perPage) * entry
        const page = this.#pages[Math.floor(index / perPage)] ?? Buffer.alloc(0)
        return page.subarray(start, start + entry)
    }
}
