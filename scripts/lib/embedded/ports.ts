// Finds a free port of the loopback address.

import { createServer } from 'node:net'

export function isFree(port: number): Promise<boolean> {
    return new Promise((resolve) => {
        const probe = createServer()
        probe.once('error', () => resolve(false))
        probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
    })
}

export async function freePortFrom(first: number): Promise<number> {
    let port = first
    while (!(await isFree(port))) port += 1
    return port
}
