// Every request has an id: the caller's, where it looks like one, else a new one. It is in the answer and in the log.

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NormalizedRequestDigest } from 'postgraphile/grafserv'
import { log } from '../log.ts'

const header = 'x-request-id'

/** Names the request, and logs it once it is answered. */
export function follow(request: IncomingMessage, response: ServerResponse): void {
    const id = nameOf(request)
    request.headers[header] = id
    response.setHeader(header, id)
    const started = performance.now()
    response.once('close', () => {
        log('info', 'request', {
            request: id,
            method: request.method,
            path: request.url?.split('?')[0],
            status: response.writableFinished ? response.statusCode : 'aborted',
            milliseconds: Math.round(performance.now() - started),
        })
    })
}

/** What the caller calls it, where that looks like an id. */
export function nameOf({ headers }: IncomingMessage): string {
    const given = headers[header]
    return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}

export function requestIdOf(request: NormalizedRequestDigest): string {
    return request.getHeader(header) ?? randomUUID()
}
