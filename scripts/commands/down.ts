// `down`: takes the newest migrations of a database back.

import { parseArgs } from 'node:util'
import { exit, note, print, usageProblem } from '../lib/console.ts'
import { type DownOptions, down } from '../lib/migrations.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'take the newest migration back; refused on a production database'
export const usage = `
empathy down [--to N] [--dry-run]

  --to        the number of the migration to go back to; 0 for an empty database (default: one step)
  --dry-run   say what would be taken back; change nothing
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: { to: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
    })
    if (values.to !== undefined && !/^\d{1,6}$/.test(values.to)) {
        throw usageProblem(`--to ${values.to} is not the number of a migration.`, usage.trim())
    }
    const options: DownOptions = { dryRun: values['dry-run'], say: note }
    if (values.to !== undefined) options.to = values.to
    const taken = await withTarget((url) => down(url, options))
    const verb = values['dry-run'] ? 'Would take back' : 'Taken back'
    print(taken.length === 0 ? 'Nothing to take back.' : `${verb}: ${taken.join(', ')}`)
    return exit.ok
}
