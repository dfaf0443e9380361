// A request that the server itself turns away: its HTTP status, a code for programs, words for people.

import './environment.ts'
import type { ServerResponse } from 'node:http'
import { SafeError } from 'postgraphile/grafast'
import { factsOf } from './facts.ts'

interface Details {
    hint?: string
    headers?: Record<string, string>
}

export class Refusal extends SafeError<{ code: string; hint?: string }> {
    readonly statusCode: number
    readonly headers: Record<string, string>

    constructor(statusCode: number, code: string, message: string, { hint, headers = {} }: Details = {}) {
        const extensions = hint === undefined ? { code } : { code, hint }
        // Grafserv looks for the status here; the answer's body need not repeat it.
        Object.defineProperty(extensions, 'statusCode', { value: statusCode })
        super(message, extensions)
        // SafeError makes itself out of whatever inherits from it.
        Object.setPrototypeOf(this, Refusal.prototype)
        this.statusCode = statusCode
        this.headers =
            statusCode === 401 ? { 'www-authenticate': 'Bearer error="invalid_token"', ...headers } : headers
    }
}

/** The same words for what is nowhere and for what is hidden. */
export function notFound(what: string): Refusal {
    return new Refusal(404, 'P0002', `there is no such ${what}, or it is not for you to see`, {
        hint: 'check the id',
    })
}

/** Where nothing of GraphQL was asked: the same words, as JSON. */
export function sendRefusal(
    response: ServerResponse,
    { extensions, message, headers, statusCode }: Refusal,
): void {
    if (extensions) factsOf(response.req).codes.push(extensions.code)
    response
        .writeHead(statusCode, { ...headers, 'content-type': 'application/json' })
        .end(JSON.stringify({ code: extensions?.code, message, hint: extensions?.hint }))
}
