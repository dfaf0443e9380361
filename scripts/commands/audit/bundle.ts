// `audit bundle`: a log as a file that can be verified anywhere.

import { parseArgs } from 'node:util'
import { bundleLines, findLog, requireAudit } from '../../lib/audit/database.ts'
import { exportBundle, publishedNotes } from '../../lib/audit/export.ts'
import { exit, note, print, step, usageProblem } from '../../lib/console.ts'
import { withClient } from '../../lib/db.ts'
import { withTarget } from '../../lib/target.ts'

export const usage = `
empathy audit bundle TENANT --out FILE [--personal] [--notes DIR]
  writes the sealed part of one log as a file that \`verify-bundle\` verifies without a database
  TENANT       id or slug of the organization; "platform" for the platform's own log
  --personal   with the personal data of its rows: keep the file as you keep the database
  --notes      with the signed heads in this folder of \`publish\`
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            out: { type: 'string' },
            personal: { type: 'boolean', default: false },
            notes: { type: 'string' },
        },
    })
    const [tenant, ...more] = positionals
    const { out, personal, notes } = values
    if (!tenant || !out || more.length > 0)
        throw usageProblem('Which log, and into which file?', usage.trim())
    const exported = await withTarget((url) =>
        withClient(url, async (client) => {
            await requireAudit(client)
            const { tenant_id: id } = await findLog(client, tenant)
            return step(`Writing ${out}`, () =>
                exportBundle(bundleLines(client, id, personal), out, (size) =>
                    notes === undefined ? [] : publishedNotes(notes, id, size),
                ),
            )
        }),
    )
    print(`${exported.path}: ${exported.size} changes, ${exported.notes} notes, ${exported.bytes} bytes`)
    if (personal) note('It holds personal data.')
    return exit.ok
}
