// What caches may keep: what nobody in particular asked for by GET, for some seconds. All other answers say that they
// may not be kept.
//
// A GET can come from anybody's page, so it may only do what such a page could do by itself: read what is public.
// Whoever says who they are asks by POST, where no cache between keeps the answer, and no log of addresses the question.

import { createHash } from 'node:crypto'
import type { Result } from 'postgraphile/grafserv'
import { hasErrors } from './facts.ts'
import { Refusal } from './refusal.ts'

export interface CachingRules {
    /** How many seconds an answer may be shown on after it was given. */
    publicMaxAge: number
    trustProxy: boolean
}

type Kept = Extract<Result, { type: 'buffer' }>

export function cachingPlugin({ publicMaxAge, trustProxy }: CachingRules): GraphileConfig.Plugin {
    // A copy that cannot be asked after is not shown instead: it may be of what was withdrawn.
    const control = `public, max-age=${publicMaxAge}, must-revalidate`
    const vary = ['accept', 'authorization', 'host', ...(trustProxy ? ['x-forwarded-host'] : [])].join(', ')
    return {
        name: 'CachingPlugin',
        grafserv: {
            middleware: {
                async processRequest(next, { requestDigest }) {
                    if (requestDigest.path !== '/graphql') return next()
                    const response = requestDigest.requestContext.node?.res
                    response?.setHeader('cache-control', 'no-store')
                    response?.setHeader('x-content-type-options', 'nosniff')
                    const result = await next()
                    const { method, headers } = requestDigest
                    if (method !== 'GET' || !isGood(result)) return result
                    const etag = etagOf(result)
                    Object.assign(result.headers, { 'cache-control': control, etag })
                    response?.appendHeader('vary', vary)
                    if (!isNamed(etag, headers['if-none-match'])) return result
                    return { type: 'noContent', statusCode: 304, headers: { 'cache-control': control, etag } }
                },
                processGraphQLRequestBody(next, { request }) {
                    if (request?.method === 'GET' && request.getHeader('authorization') !== undefined) {
                        request.requestContext.node?.res.setHeader('allow', 'POST')
                        throw new Refusal(405, 'GET_IS_PUBLIC', 'by GET comes what is public, to anybody', {
                            hint: 'send this by POST, or without the header Authorization',
                        })
                    }
                    return next()
                },
            },
        },
    }
}

function isGood(result: Result | null): result is Kept {
    return result?.type === 'buffer' && result.statusCode === 200 && !hasErrors(result)
}

/** The same words as another type of answer are another answer. */
function etagOf({ headers, buffer }: Kept): string {
    const hash = createHash('sha256').update(`${headers['content-type']}\n`).update(buffer)
    return `"${hash.digest('base64url')}"`
}

/** Whatever packs an answer on its way marks the tag as weak. */
function isNamed(etag: string, header: string | undefined): boolean {
    const known = header?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
    return known.includes(etag) || known.includes('*')
}
