// Which seqs were seen: one bit each, in words of 32, so that a log of millions fits into memory.

export class SeqSet {
    readonly #words = new Map<number | bigint, number>()

    /** Answers false where it was there already. */
    add(seq: bigint): boolean {
        const [key, bit] = place(seq)
        const word = this.#words.get(key) ?? 0
        this.#words.set(key, word | bit)
        return (word & bit) === 0
    }

    has(seq: bigint): boolean {
        const [key, bit] = place(seq)
        return ((this.#words.get(key) ?? 0) & bit) !== 0
    }

    /** Those that the other does not have. */
    *without(other: SeqSet | undefined): Generator<bigint> {
        for (const [key, word] of this.#words) {
            for (let bit = 0; bit < 32; bit += 1) {
                const seq = BigInt(key) * 32n + BigInt(bit)
                if ((word & (1 << bit)) !== 0 && !other?.has(seq)) yield seq
            }
        }
    }
}

function place(seq: bigint): [key: number | bigint, bit: number] {
    const key = seq >> 5n
    const small = key <= BigInt(Number.MAX_SAFE_INTEGER) && key >= BigInt(Number.MIN_SAFE_INTEGER)
    return [small ? Number(key) : key, 1 << Number(seq & 31n)]
}
