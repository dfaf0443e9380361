// `audit verify`: has the database verify its logs.

import { parseArgs } from 'node:util'
import { formatCheckpoint, readTrusted } from '../../lib/audit/checkpoint.ts'
import {
    allLogs,
    type DatabaseFinding,
    findLog,
    type Log,
    requireAudit,
    verifyLog,
} from '../../lib/audit/database.ts'
import { parseVerifierKey } from '../../lib/audit/note.ts'
import { exit, note, print, step, usageProblem } from '../../lib/console.ts'
import { type Client, withClient } from '../../lib/db.ts'
import { withTarget } from '../../lib/target.ts'

export const usage = `
empathy audit verify [TENANT | --all] [--since POSITION] [--checkpoint FILE [--key VKEY]...] [--json]
  has the database verify one log, or all of them
  --since        from this position on
  --checkpoint   a head that you kept: the log has to continue it; with --key only if one of the keys signed it
  Exit code 0: whole; 1: something was found.
`

interface Verdict extends Log {
    findings: DatabaseFinding[]
}

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            all: { type: 'boolean', default: false },
            since: { type: 'string', default: '0' },
            checkpoint: { type: 'string' },
            key: { type: 'string', multiple: true, default: [] },
            json: { type: 'boolean', default: false },
        },
    })
    const [tenant, ...more] = positionals
    if (more.length > 0 || (tenant && values.all))
        throw usageProblem('Which log? One, or --all.', usage.trim())
    if (!/^(0|[1-9]\d{0,14})$/.test(values.since)) {
        throw usageProblem(`--since ${values.since} is no position.`, usage.trim())
    }
    if (values.checkpoint && !tenant) {
        throw usageProblem('A checkpoint is of one log: name it.', usage.trim())
    }
    const checkpoint = values.checkpoint ? readCheckpoint(values.checkpoint, values.key) : null
    const verdicts = await withTarget((url) =>
        withClient(url, async (client) => {
            await requireAudit(client)
            const logs = tenant ? [await findLog(client, tenant)] : await allLogs(client)
            return verifyAll(client, logs, Number(values.since), checkpoint)
        }),
    )
    if (values.json) print(JSON.stringify(verdicts, null, 2))
    else for (const verdict of verdicts) tell(verdict)
    return verdicts.every(({ findings }) => findings.length === 0) ? exit.ok : exit.failed
}

function readCheckpoint(path: string, keys: string[]): string {
    return formatCheckpoint(readTrusted(path, keys.map(parseVerifierKey)))
}

async function verifyAll(
    client: Client,
    logs: Log[],
    since: number,
    checkpoint: string | null,
): Promise<Verdict[]> {
    const verdicts: Verdict[] = []
    for (const log of logs) {
        const findings = await step(`Verifying ${log.name}`, () =>
            verifyLog(client, log.tenant_id, since, checkpoint),
        )
        verdicts.push({ ...log, findings })
    }
    return verdicts
}

function tell({ name, size, findings }: Verdict): void {
    if (findings.length === 0) print(`${name}: whole, ${size} changes sealed`)
    for (const { finding, message, position, seq, table_name, key } of findings) {
        const where = [
            position === null ? '' : `position ${position}`,
            seq === null ? '' : `seq ${seq}`,
            [table_name, key].filter(Boolean).join(' '),
        ].filter(Boolean)
        print(`${name}: ${finding}: ${message}${where.length > 0 ? ` (${where.join(', ')})` : ''}`)
    }
    if (findings.length > 0) note(`${name}: ${findings.length} found.`)
}
