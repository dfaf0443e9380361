// What the commands ask of the schema `audit`.

import { Problem, usageProblem } from '../console.ts'
import type { Client } from '../db.ts'
import { sqlFile } from '../sql-file.ts'
import type { LogSource } from './publisher.ts'

export interface Log {
    tenant_id: string
    /** The organization's slug, or "platform". */
    name: string
    size: number
}

export interface DatabaseFinding {
    finding: string
    position: string | null
    seq: string | null
    table_name: string | null
    key: string | null
    message: string
}

export async function allLogs(client: Client): Promise<Log[]> {
    return readLogs(client, null)
}

/** By its tenant's id or slug; "platform" is the platform's own. */
export async function findLog(client: Client, name: string): Promise<Log> {
    const logs = await readLogs(client, name)
    const [log, other] = logs.filter(({ tenant_id }) => logs.length === 1 || tenant_id === name)
    if (log && !other) return log
    throw usageProblem(
        logs.length > 1 ? `More than one log is called ${name}.` : `There is no organization ${name}.`,
        'Name it by its slug or its id; "platform" is the platform\'s own log.',
    )
}

export function logSource(client: Client): LogSource {
    return {
        async heads() {
            const { rows } = await client.query<{ tenant_id: string; size: string }>(sql('heads'))
            return rows.map(({ tenant_id, size }) => ({ tenantId: tenant_id, size: Number(size) }))
        },
        async checkpoint(tenantId, size) {
            const values = [tenantId, size]
            const { rows } = await client.query<{ checkpoint: string | null }>(sql('checkpoint'), values)
            return rows[0]?.checkpoint ?? null
        },
        async consistency(tenantId, older, newer) {
            const values = [tenantId, older, newer]
            const { rows } = await client.query<{ proof: Buffer[] | null }>(sql('consistency'), values)
            return rows[0]?.proof ?? []
        },
    }
}

/** Seals until nothing is ready; answers how many changes that were. */
export async function sealAll(client: Client): Promise<number> {
    let total = 0
    for (;;) {
        const { rows } = await client.query<{ sealed: string }>(sql('seal'))
        const sealed = Number(rows[0]?.sealed)
        if (sealed === 0) return total
        total += sealed
    }
}

export async function verifyLog(
    client: Client,
    tenantId: string,
    since: number,
    checkpoint: string | null,
): Promise<DatabaseFinding[]> {
    const { rows } = await client.query<DatabaseFinding>(sql('verify'), [tenantId, since, checkpoint])
    return rows
}

/** The lines of a bundle but its notes and its last, some at a time, all of one instant. */
export async function* bundleLines(
    client: Client,
    tenantId: string,
    personal: boolean,
): AsyncGenerator<string[]> {
    await client.query('begin transaction isolation level repeatable read read only')
    try {
        await client.query(sql('open-bundle'), [tenantId, personal])
        for (;;) {
            const { rows } = await client.query<{ line: string }>(sql('fetch-bundle'))
            if (rows.length === 0) return
            yield rows.map(({ line }) => line)
        }
    } finally {
        await client.query('rollback').catch(() => undefined)
    }
}

/** A database that has no audit yet says so in words. */
export async function requireAudit(client: Client): Promise<void> {
    const { rows } = await client.query<{ there: boolean }>(
        `select to_regclass('audit.heads') is not null as there`,
    )
    if (!rows[0]?.there) throw new Problem('This database has no audit log.', '`make migrate` brings it.')
}

async function readLogs(client: Client, name: string | null): Promise<Log[]> {
    const { rows } = await client.query<Log>(sql('logs'), [name])
    return rows.map((row) => ({ ...row, size: Number(row.size) }))
}

function sql(name: string): string {
    return sqlFile(`audit/${name}.sql`)
}
