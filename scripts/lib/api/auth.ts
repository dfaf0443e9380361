// Who is asking: nobody, a person with a token, or a program with an API key. A token that cannot be believed is an
// error, always: whoever sends one wants to be somebody.

import type { ServerResponse } from 'node:http'
import type { Pool } from 'pg'
import { admitApiKey, isApiKey } from './api-keys.ts'
import { shown } from './errors.ts'
import type { TokenRules } from './issuers.ts'
import { Refusal } from './refusal.ts'
import { requestIdOf } from './request-id.ts'
import type { Claims } from './session.ts'
import { verifyToken } from './tokens.ts'
import type { Visitors } from './visitors.ts'

export function authPlugin(rules: TokenRules, pool: Pool, visitors: Visitors): GraphileConfig.Plugin {
    return {
        name: 'AuthPlugin',
        grafserv: {
            middleware: {
                async processGraphQLRequestBody(next, { request }) {
                    // A socket's sender was recognised when it was opened, see sockets.ts.
                    if (!request) return next()
                    const http = request.requestContext.node
                    if (!http) throw new Refusal(400, 'TRANSPORT_UNKNOWN', 'requests come over HTTP')
                    try {
                        const header = request.getHeader('authorization')
                        const visitor = await visitors.admit(http.req, () =>
                            authenticate(header, rules, pool),
                        )
                        request.requestContext.session = { ...visitor, requestId: requestIdOf(request) }
                    } catch (error) {
                        const refusal = asRefusal(error)
                        setHeaders(http.res, refusal.headers)
                        throw refusal
                    }
                    return next()
                },
            },
        },
    }
}

export async function authenticate(
    header: string | undefined,
    rules: TokenRules,
    pool: Pool,
): Promise<Claims> {
    if (header === undefined) return { role: 'anon' }
    const [, token] = /^Bearer +(\S+) *$/i.exec(header) ?? []
    if (token === undefined) {
        throw new Refusal(401, 'TOKEN_INVALID', 'this is not a way to sign in here', {
            hint: 'send "Authorization: Bearer <token>", or no such header to ask as nobody',
        })
    }
    return isApiKey(token) ? admitApiKey(token, pool) : verifyToken(token, rules)
}

/** Whoever cannot be recognised now is not nobody: the request waits for better times. */
export function asRefusal(error: unknown): Refusal {
    if (error instanceof Refusal) return error
    const { code, message, hint } = shown(error instanceof Error ? error : new Error(String(error)))
    return new Refusal(503, code, message, hint === undefined ? {} : { hint })
}

function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
}
