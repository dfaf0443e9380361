// Every request has an id: the caller's, where it looks like one, else a new one. It is in the answer and in the log,
// and with what it changed in the audit log.

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { NormalizedRequestDigest } from 'postgraphile/grafserv'
import { log } from '../log.ts'
import { type Facts, factsOf } from './facts.ts'

export interface Answered extends Facts {
    status: number | 'aborted'
    milliseconds: number
}

/** Whoever counts requests: told when one comes, tells what to do when it was answered. */
export type Watcher = () => (answered: Answered) => void

const header = 'x-request-id'

/** Names the request, and logs it once it is answered. */
export function follow(request: IncomingMessage, response: ServerResponse, watch: Watcher): void {
    const id = nameOf(request)
    request.headers[header] = id
    response.setHeader(header, id)
    const started = performance.now()
    const done = watch()
    response.once('close', () => {
        const answered: Answered = {
            ...factsOf(request),
            status: response.writableFinished ? response.statusCode : 'aborted',
            milliseconds: performance.now() - started,
        }
        done(answered)
        const { kind, operation, codes, status, milliseconds } = answered
        log('info', 'request', {
            request: id,
            method: request.method,
            path: request.url?.split('?')[0],
            kind,
            ...(operation ? { operation } : {}),
            ...(codes.length > 0 ? { codes } : {}),
            status,
            milliseconds: Math.round(milliseconds),
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
