// A connection to the API as one person: asks typed documents over HTTP, and listens to them over a WebSocket.

import type { TadaDocumentNode } from 'gql.tada'
import { print } from 'graphql'
import { createClient } from 'graphql-ws'

/** What the API refused. The codes are listed in docs/api.md. */
export class Refused extends Error {
    override name = 'Refused'
    readonly code: string | undefined

    constructor({ message, extensions: { code, hint } = {} }: ApiError) {
        super([message, code && `(${code})`, hint && `– ${hint}`].filter(Boolean).join(' '))
        this.code = code
    }
}

interface ApiError {
    message: string
    extensions?: { code?: string; hint?: string }
}

interface Answer<Result> {
    data?: Result | null
    errors?: readonly ApiError[]
}

export type Api = ReturnType<typeof connect>

export function connect(url: string, authorization: string) {
    const socket = createClient({
        url: `${url.replace(/^http/, 'ws')}/graphql`,
        connectionParams: { authorization },
    })
    return {
        async ask<Result, Variables>(
            document: TadaDocumentNode<Result, Variables>,
            variables: Variables,
        ): Promise<Result> {
            const response = await fetch(`${url}/graphql`, {
                method: 'POST',
                headers: { 'content-type': 'application/json', authorization },
                body: JSON.stringify({ query: print(document), variables }),
            })
            return resultOf((await response.json()) as Answer<Result>)
        },

        /** Opens the socket, and opens it again when it breaks; it is closed when nobody listens any more. */
        async *listen<Result, Variables extends Record<string, unknown>>(
            document: TadaDocumentNode<Result, Variables>,
            variables: Variables,
        ): AsyncGenerator<Result, void> {
            for await (const event of socket.iterate<Result>({ query: print(document), variables })) {
                yield resultOf(event as Answer<Result>)
            }
        },
    }
}

function resultOf<Result>({ data, errors: [error] = [] }: Answer<Result>): Result {
    if (error) throw new Refused(error)
    if (!data) throw new Error('The API answered nothing.')
    return data
}
