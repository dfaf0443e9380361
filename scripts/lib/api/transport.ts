// What comes over HTTP: a JSON object in the body of a POST. Whatever else comes is refused as everything here is
// refused, in JSON and with a code; Grafserv's own refusals have neither.

import type { GrafservBody, JSONValue, ProcessGraphQLRequestBodyEvent, Result } from 'postgraphile/grafserv'
import { fromList, type OperationList } from './operation-list.ts'
import { Refusal } from './refusal.ts'

type Question = ProcessGraphQLRequestBodyEvent['body']

/** What Grafserv says by a status, and without a code. */
const byStatus = new Map<number, Refusal>(
    [
        new Refusal(404, 'NOT_FOUND', 'there is nothing at this address', { hint: 'GraphQL is at /graphql' }),
        new Refusal(405, 'METHOD_UNKNOWN', 'this does not come by this method', {
            hint: 'send it by POST',
            headers: { allow: 'POST' },
        }),
        new Refusal(406, 'NOT_ACCEPTABLE', 'this request accepts no JSON, and answers are JSON', {
            hint: 'send "Accept: application/graphql-response+json", or no such header',
        }),
        new Refusal(413, 'BODY_TOO_LARGE', 'a request has 100 kB at most', {
            hint: 'send less at a time; files go to /files',
        }),
    ].map((refusal) => [refusal.statusCode, refusal]),
)

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Where `operations` lists some, no others run. */
export function transportPlugin(operations: OperationList | undefined): GraphileConfig.Plugin {
    return {
        name: 'TransportPlugin',
        grafserv: {
            middleware: {
                async processRequest(next, { requestDigest }) {
                    const getBody = requestDigest.getBody.bind(requestDigest)
                    requestDigest.getBody = async () => {
                        requireJson(requestDigest.headers['content-type'])
                        return readJson(await getBody())
                    }
                    const getQueryParams = requestDigest.getQueryParams.bind(requestDigest)
                    requestDigest.getQueryParams = async () => {
                        const params = await getQueryParams()
                        for (const part of ['variables', 'extensions']) requireObject(part, params[part])
                        return params
                    }
                    const result = await next()
                    const refusal = byStatus.get(result?.statusCode ?? 404)
                    return refusal && !hasCode(result) ? answer(refusal) : result
                },
                processGraphQLRequestBody(next, { body }) {
                    if (operations) fromList(body, operations)
                    requireQuestion(body)
                    return next()
                },
            },
        },
    }
}

function hasCode(result: Result | null): boolean {
    return result?.type === 'buffer' && result.buffer.includes('"extensions":{"code":')
}

function answer({ statusCode, message, extensions, headers }: Refusal): Result {
    return {
        type: 'buffer',
        statusCode,
        headers: { ...headers, 'content-type': 'application/json; charset=utf-8' },
        buffer: Buffer.from(JSON.stringify({ errors: [{ message, extensions }] })),
    }
}

/** What comes in the address is text, and is JSON. */
function requireObject(part: string, value: unknown): void {
    if (value === undefined) return
    try {
        if (isObjectOrNothing(JSON.parse(String(value)))) return
    } catch {
        // Said below.
    }
    throw invalid(`"${part}" is an object`)
}

/** A page of somebody else's can send a form, and plain text, without asking; it cannot send JSON. */
function requireJson(contentType: string | undefined): void {
    if (/^application\/json\s*(;|$)/.test(contentType ?? '')) return
    throw new Refusal(415, 'NOT_JSON', 'requests are JSON', { hint: 'send "Content-Type: application/json"' })
}

function readJson(body: GrafservBody): GrafservBody {
    if (body.type !== 'buffer') return body
    const json = parsed(body.buffer)
    if (Array.isArray(json)) {
        throw new Refusal(400, 'BATCH', 'a request asks for one thing, and this is a list', {
            hint: 'send one request for each, or one document with several fields',
        })
    }
    if (typeof json !== 'object' || json === null) throw invalid('the body is an object')
    return { type: 'json', json }
}

function parsed(bytes: Buffer): JSONValue {
    try {
        return JSON.parse(utf8.decode(bytes))
    } catch {
        throw invalid('the body is JSON, in UTF-8')
    }
}

function requireQuestion({ query, operationName, variableValues, extensions, onError }: Question): void {
    if (typeof query !== 'string') throw invalid('"query" is a document')
    if (operationName != null && typeof operationName !== 'string') throw invalid('"operationName" is text')
    if (!isObjectOrNothing(variableValues)) throw invalid('"variables" is an object')
    if (!isObjectOrNothing(extensions)) throw invalid('"extensions" is an object')
    if (onError != null && !['PROPAGATE', 'NULL', 'HALT'].includes(String(onError))) {
        throw invalid('"onError" is PROPAGATE, NULL or HALT')
    }
}

function isObjectOrNothing(value: unknown): boolean {
    return value == null || (typeof value === 'object' && !Array.isArray(value))
}

function invalid(rule: string): Refusal {
    return new Refusal(400, 'BODY_INVALID', `this is no request: ${rule}`, {
        hint: 'send {"query": "…", "variables": {…}}',
    })
}
