// Apps on other origins: browsers let their pages read what this server answers, where the operator named the origin.
// Tokens go in a header that the page itself sets; there are no cookies, and none are asked for.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { Refusal, sendRefusal } from './refusal.ts'

const readable = 'x-request-id, x-cost, retry-after, etag'

const preflight = {
    'access-control-allow-methods': 'GET, POST, PUT',
    'access-control-allow-headers': 'authorization, content-type, if-none-match, x-request-id',
    'access-control-max-age': '600',
}

/** Tells browsers who may read the answer; true where that was all that was asked. */
export function serveCors(
    origins: readonly string[],
): (request: IncomingMessage, response: ServerResponse) => boolean {
    return (request, response) => {
        if (!/^\/(graphql$|graphql\?|files\/)/.test(request.url ?? '')) return false
        const { origin } = request.headers
        const allowed = origin !== undefined && origins.includes(origin)
        if (origins.length > 0) response.appendHeader('vary', 'origin')
        if (allowed) {
            response.setHeader('access-control-allow-origin', origin)
            response.setHeader('access-control-expose-headers', readable)
        }
        if (request.method !== 'OPTIONS' || origin === undefined) return false
        if (allowed) response.writeHead(204, preflight).end()
        else sendRefusal(response, notAllowed())
        return true
    }
}

function notAllowed(): Refusal {
    return new Refusal(
        403,
        'ORIGIN_NOT_ALLOWED',
        'pages of this origin may not read what this server answers',
        {
            hint: "this server's operator names it in CORS_ORIGINS",
        },
    )
}
