// Projects by host name: a verified one leads to its project, and a request that names it is for that project. That
// narrows what is listed, and gives no access to anything: whoever makes a name up gains nothing.

import type { Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { sqlFile } from '../sql-file.ts'
import { asRefusal } from './auth.ts'

type Headers = Readonly<Record<string, string | string[] | undefined>>

export type FindProject = (headers: Headers) => Promise<string | undefined>

interface Found {
    project: Promise<string | undefined>
    until: number
}

/** A name that is given up, or verified, is noticed after so many milliseconds. */
const remembered = 30_000

/** Whoever sends one name after the other fills no memory. */
const most = 1_000

const projectOfHost = sqlFile('project-of-host.sql')

/** As core.project_domains knows them; of names in other scripts, the form that DNS knows. */
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostName = new RegExp(`^(?=.{1,253}$)(?:${label}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$`)

export function hostsPlugin(pool: Pool, trustProxy: boolean): GraphileConfig.Plugin {
    const projectOf = projectFinder(pool, trustProxy)
    return {
        name: 'HostsPlugin',
        after: ['AuthPlugin'],
        grafserv: {
            middleware: {
                async processGraphQLRequestBody(next, { request }) {
                    const { session } = request?.requestContext ?? {}
                    if (request && session) session.projectId = await projectOf(request.headers)
                    return next()
                },
            },
        },
    }
}

/** Finds the project that a request is for, by its headers. */
export function projectFinder(pool: Pool, trustProxy: boolean): FindProject {
    const known = new Map<string, Found>()
    return async (headers) => {
        const host = hostOf(headers, trustProxy)
        if (host === undefined) return undefined
        const found = known.get(host)
        if (found && found.until > Date.now()) return found.project
        known.delete(host)
        const [oldest] = known.keys()
        if (known.size >= most && oldest !== undefined) known.delete(oldest)
        const project = ask(pool, host).catch((error: unknown) => {
            known.delete(host)
            throw asRefusal(error)
        })
        known.set(host, { project, until: Date.now() + remembered })
        return project
    }
}

/** The name alone, as DNS would compare it; undefined where it can be none. */
export function hostOf(headers: Headers, trustProxy: boolean): string | undefined {
    // Of several, the proxy next to us wrote the last.
    const forwarded = trustProxy ? text(headers['x-forwarded-host'])?.split(',').at(-1) : undefined
    const host = (forwarded ?? text(headers.host))
        ?.trim()
        .replace(/:\d*$/, '')
        .replace(/\.$/, '')
        .toLowerCase()
    return host !== undefined && hostName.test(host) ? host : undefined
}

function text(header: string | string[] | undefined): string | undefined {
    return Array.isArray(header) ? header.at(-1) : header
}

async function ask(pool: Pool, host: string): Promise<string | undefined> {
    const { rows } = await inTransaction(pool, { role: 'anon' }, (client) =>
        client.query<{ project_id: string | null }>(projectOfHost, [host]),
    )
    return rows[0]?.project_id ?? undefined
}
