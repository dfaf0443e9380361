// An async iterator that finds out what comes next when it is asked, and stops when whoever listens goes.

/** `next` answers undefined once the signal says that nobody listens any more. */
export function stream<T>(
    next: (signal: AbortSignal) => Promise<T | undefined>,
    onEnd: () => void = () => undefined,
): AsyncIterableIterator<T> {
    const ending = new AbortController()
    const end = () => {
        if (ending.signal.aborted) return
        ending.abort()
        onEnd()
    }
    return {
        async next() {
            try {
                const value = await next(ending.signal)
                if (value !== undefined && !ending.signal.aborted) return { done: false, value }
            } catch (error) {
                end()
                throw error
            }
            end()
            return { done: true, value: undefined }
        },
        async return() {
            end()
            return { done: true, value: undefined }
        },
        async throw(error) {
            end()
            throw error
        },
        [Symbol.asyncIterator]() {
            return this
        },
    }
}
