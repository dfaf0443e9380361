// Chance that can be had again: the same seed gives the same world.

export class Random {
    #state: number

    constructor(seed: number) {
        this.#state = seed >>> 0
        // Neighbouring seeds begin alike; a few turns take them apart.
        for (let turn = 0; turn < 8; turn += 1) this.fraction()
    }

    /** At least 0, less than 1 (mulberry32). */
    fraction(): number {
        this.#state = (this.#state + 0x6d2b79f5) >>> 0
        let mixed = this.#state
        mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
    }

    chance(probability: number): boolean {
        return this.fraction() < probability
    }

    /** Both ends included. */
    between(least: number, most: number): number {
        return least + Math.floor(this.fraction() * (most - least + 1))
    }

    pick<T>(list: readonly T[]): T {
        const chosen = list[this.between(0, list.length - 1)]
        if (chosen === undefined) throw new Error('there is nothing to pick from')
        return chosen
    }

    /** Each of them with this probability. */
    some<T>(list: readonly T[], probability: number): T[] {
        return list.filter(() => this.chance(probability))
    }

    /** So many different ones, or all there are. */
    sample<T>(list: readonly T[], count: number): T[] {
        const left = [...list]
        const chosen: T[] = []
        while (left.length > 0 && chosen.length < count) {
            chosen.push(...left.splice(this.between(0, left.length - 1), 1))
        }
        return chosen
    }

    uuid(): string {
        const digits = (count: number) =>
            Array.from({ length: count }, () => this.between(0, 15).toString(16)).join('')
        return `${digits(8)}-${digits(4)}-4${digits(3)}-8${digits(3)}-${digits(12)}`
    }
}
