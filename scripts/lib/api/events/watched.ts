// What can be watched row by row: the works of a place, the comments on a work.

import { sqlFile } from '../../sql-file.ts'
import { notFound } from '../refusal.ts'
import type { Change } from './hub.ts'
import type { Watched } from './row-feed.ts'
import type { Ask } from './viewer.ts'

const scopeSql = sqlFile('events/scope.sql')
const readableWorksSql = sqlFile('events/readable-works.sql')
const newestWorksSql = sqlFile('events/newest-works.sql')
const workSql = sqlFile('events/work.sql')
const readableCommentsSql = sqlFile('events/readable-comments.sql')
const newestCommentsSql = sqlFile('events/newest-comments.sql')

interface Row {
    id: string
}

/** A place is a community, a project with all its communities, or a whole organization. */
export async function worksOf(
    scopeId: string,
    ask: Ask,
    workTables: () => Promise<string[]>,
): Promise<Watched> {
    const tenantId = await organizationOf('place', scopeSql, scopeId, ask)
    return {
        tables: await workTables(),
        tenantId,
        idOf({ key, clear }: Change) {
            const places = [clear?.scope_id, clear?.project_id, tenantId]
            // What only works of a kind have does not say where they belong: whoever asks is asked.
            return clear?.scope_id === undefined || places.includes(scopeId) ? key?.id : undefined
        },
        async readable(ids) {
            const rows = ids
                ? await ask<Row>(readableWorksSql, [tenantId, ids, scopeId])
                : await ask<Row>(newestWorksSql, [tenantId, scopeId])
            return rows.map(({ id }) => id)
        },
    }
}

export async function commentsOn(workId: string, ask: Ask): Promise<Watched> {
    const tenantId = await organizationOf('work', workSql, workId, ask)
    return {
        tables: ['content.comments'],
        tenantId,
        idOf: ({ key, clear }: Change) => (clear?.work_id === workId ? key?.id : undefined),
        async readable(ids) {
            const rows = ids
                ? await ask<Row>(readableCommentsSql, [tenantId, ids, workId])
                : await ask<Row>(newestCommentsSql, [tenantId, workId])
            return rows.map(({ id }) => id)
        },
    }
}

async function organizationOf(what: string, sql: string, id: string, ask: Ask): Promise<string> {
    const [found] = await ask<{ tenant_id: string }>(sql, [id])
    if (found) return found.tenant_id
    throw notFound(what)
}
