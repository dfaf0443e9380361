// Wakes whoever waits: once rung, nobody sleeps through it.

export class Bell {
    #wake: (() => void) | undefined

    ring(): void {
        this.#wake?.()
    }

    /** Until it rings, or nobody listens any more. One waits at a time. */
    heard(signal: AbortSignal): Promise<void> {
        return new Promise((resolve) => {
            const wake = () => {
                signal.removeEventListener('abort', wake)
                this.#wake = undefined
                resolve()
            }
            this.#wake = wake
            signal.addEventListener('abort', wake, { once: true })
        })
    }
}
