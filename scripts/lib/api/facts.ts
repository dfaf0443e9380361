// What is known of a request once it is answered, for the log and the metrics: kinds and codes. No id of anybody, and
// nothing of what was asked but the name that the operation has.

import type { IncomingMessage } from 'node:http'
import type { Result } from 'postgraphile/grafserv'
import { getOperationAST, type OperationTypeNode } from 'postgraphile/graphql'
import type { Session } from './session.ts'

export interface Facts {
    kind: `${OperationTypeNode}` | 'file' | 'other'
    /** The name that the operation has. */
    operation?: string
    caller: 'anonymous' | 'signed in' | 'api key' | 'server' | 'unknown'
    /** Of its errors. */
    codes: string[]
}

const longestName = 64

const facts = new WeakMap<IncomingMessage, Facts>()

export function factsOf(request: IncomingMessage): Facts {
    const known = facts.get(request) ?? { kind: 'other', caller: 'unknown', codes: [] }
    facts.set(request, known)
    return known
}

export const FactsPlugin: GraphileConfig.Plugin = {
    name: 'FactsPlugin',
    grafast: {
        middleware: {
            prepareArgs(next, { args }) {
                const request = args.requestContext?.node?.req
                const name = typeof args.operationName === 'string' ? args.operationName : undefined
                const operation = getOperationAST(args.document, name)
                if (request && operation) {
                    const known = factsOf(request)
                    known.kind = operation.operation
                    if (operation.name) known.operation = operation.name.value.slice(0, longestName)
                }
                return next()
            },
        },
    },
    grafserv: {
        middleware: {
            async processRequest(next, { requestDigest: { requestContext } }) {
                const result = await next()
                const request = requestContext.node?.req
                if (request) {
                    const known = factsOf(request)
                    if (requestContext.session) known.caller = callerOf(requestContext.session)
                    if (hasErrors(result)) known.codes = codesIn(result.buffer)
                }
                return result
            },
        },
    },
}

/** Whether an answer tells of errors. Within a text the quotes would be escaped: this is a key of its JSON. */
export function hasErrors(result: Result | null): result is Extract<Result, { type: 'buffer' }> {
    return result?.type === 'buffer' && result.buffer.includes('"errors":[')
}

function codesIn(answer: Buffer): string[] {
    const { errors = [] } = JSON.parse(answer.toString()) as { errors?: { extensions: { code: string } }[] }
    return errors.map(({ extensions }) => extensions.code)
}

function callerOf({ claims }: Session): Facts['caller'] {
    if (claims.role === 'anon') return 'anonymous'
    if (claims.role === 'service_role') return 'server'
    return 'api_key' in claims ? 'api key' : 'signed in'
}
