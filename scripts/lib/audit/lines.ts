// Lines out of chunks, however the chunks fall.

export class LineTooLong extends Error {}

export class Lines {
    readonly #longest: number
    #parts: Buffer[] = []
    #length = 0

    constructor(longest: number) {
        this.#longest = longest
    }

    /** Whether a line has begun that has not ended. */
    get open(): boolean {
        return this.#length > 0
    }

    /** The lines that this chunk ends, without their newlines. */
    *add(chunk: Buffer): Generator<Buffer> {
        let start = 0
        for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
            this.#keep(chunk.subarray(start, end))
            start = end + 1
            yield this.#take()
        }
        this.#keep(chunk.subarray(start))
    }

    #keep(part: Buffer): void {
        this.#length += part.length
        if (this.#length > this.#longest) throw new LineTooLong(`it is longer than ${this.#longest} bytes`)
        if (part.length > 0) this.#parts.push(part)
    }

    #take(): Buffer {
        const [first = Buffer.alloc(0), ...more] = this.#parts
        this.#parts = []
        this.#length = 0
        return more.length === 0 ? first : Buffer.concat([first, ...more])
    }
}
