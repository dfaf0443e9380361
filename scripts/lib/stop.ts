// What happens when somebody wants us to end: Ctrl-C, a service manager, a closed terminal.

import { once } from 'node:events'
import { constants } from 'node:os'
import { note } from './console.ts'

const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export interface StopSignal {
    signal: AbortSignal
    /** Keeps the process running until the signal comes. */
    wait(): Promise<void>
}

/** The rule for every command: clean up, then end as a process that was interrupted does. */
export function endOnSignal(cleanUp: () => Promise<void>): void {
    for (const name of names) {
        process.once(name, async () => {
            await cleanUp()
            process.exit(128 + constants.signals[name])
        })
    }
}

/** For commands that run until they are told to end: they take over, and finish in their own order. */
export function onStopSignal(): StopSignal {
    const controller = new AbortController()
    for (const name of names) {
        process.removeAllListeners(name)
        process.on(name, () => {
            if (controller.signal.aborted) note('Stopping already; a moment …')
            controller.abort()
        })
    }
    return { signal: controller.signal, wait: () => aborted(controller.signal) }
}

async function aborted(signal: AbortSignal): Promise<void> {
    // Signal handlers alone do not keep Node running.
    const alive = setInterval(() => undefined, 60_000)
    if (!signal.aborted) await once(signal, 'abort')
    clearInterval(alive)
}
