// Asks the API as somebody who looks: with a token that names them, with their API key, or with nothing.

import { signToken } from '../../api/tokens.ts'
import type { Viewer } from '../viewer.ts'

/** Puts a question to the API in somebody's name. */
export type Ask = (viewer: Viewer, query: string, variables: Record<string, unknown>) => Promise<Answer>

export interface Answer {
    /** The code of the error, where there is one. */
    code: string | undefined
    // biome-ignore lint/suspicious/noExplicitAny: what came over the wire is held against what was expected of it
    data: any
}

/** Those whom a token can name. */
export const callers = ['anon', 'authenticated', 'service_role']

/** What such an API believes tokens by. */
export const rulesOf = (secret: string) => ({
    secret,
    issuer: undefined,
    audience: undefined,
    own: true,
    allowServiceRole: true,
})

/** The API keys of a world are its ids: scripts/sql/oracle/know-api-keys.sql. */
const keyOf = (id: string) => `el_${id}`

/** Asks the API at this address, which believes tokens by this secret. */
export function askingAt(url: string, secret: string): Ask {
    return async (viewer, query, variables) => {
        const token = await tokenOf(viewer, secret)
        const response = await fetch(`${url}/graphql`, {
            method: 'POST',
            headers: {
                'content-type': 'application/json',
                ...(token && { authorization: `Bearer ${token}` }),
            },
            body: JSON.stringify({ query, variables }),
        })
        const { data, errors } = (await response.json()) as {
            data?: unknown
            errors?: { message: string; extensions?: { code?: string } }[]
        }
        const [error] = errors ?? []
        return { code: error && (error.extensions?.code ?? error.message), data }
    }
}

async function tokenOf({ role, claims }: Viewer, secret: string): Promise<string | undefined> {
    if (role === 'anon') return undefined
    const { api_key, ...others } = claims
    return api_key === undefined ? signToken({ role, ...others }, secret, '1 hour') : keyOf(api_key)
}
