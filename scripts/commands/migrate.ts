// `migrate`: brings a database to the package's newest migration.

import { parseArgs } from 'node:util'
import { proveEqual } from '../lib/adoption.ts'
import { exit, note, print, usageProblem } from '../lib/console.ts'
import { adopt, type MigrateOptions, migrate, settle } from '../lib/migrations.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'bring a database (DATABASE_URL, else the embedded one) to the newest migration'
export const usage = `
empathy migrate [--dry-run] [--json]
empathy migrate --adopt [--reference URL]
empathy migrate --settle

  --dry-run     say what would run; change nothing
  --adopt       go on where dbmate has stopped, after comparing the database with the package
  --reference   an empty, prepared database to compare with, where DATABASE_URL may not create one
  --settle      a migration outside a transaction broke off, and was put in order by hand: say so
  --json        the result as JSON

EMPATHY_LOCK_TIMEOUT (default 5s) and EMPATHY_STATEMENT_TIMEOUT (default 30min) bound every statement.
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: {
            'dry-run': { type: 'boolean', default: false },
            adopt: { type: 'boolean', default: false },
            reference: { type: 'string' },
            settle: { type: 'boolean', default: false },
            json: { type: 'boolean', default: false },
        },
    })
    if (Number(values['dry-run']) + Number(values.adopt) + Number(values.settle) > 1) {
        throw usageProblem('--dry-run, --adopt and --settle are three different things.', usage.trim())
    }
    const options: MigrateOptions = { say: note, dryRun: values['dry-run'] }

    if (values.adopt) {
        const taken = await withTarget((url) =>
            adopt(url, (upTo) => proveEqual(url, upTo, values.reference), options),
        )
        print(`Adopted: graphile-migrate now records ${taken.join(', ')}.`)
        return exit.ok
    }
    if (values.settle) {
        const settled = await withTarget((url) => settle(url, options))
        print(settled.length === 0 ? 'There was nothing to settle.' : `Settled: ${settled.join(', ')}.`)
        return exit.ok
    }

    const result = await withTarget((url) => migrate(url, options))
    if (values.json) {
        print(JSON.stringify(result))
        return exit.ok
    }
    const names = [...result.migrations, ...(result.current ? ['current.sql'] : [])]
    if (values['dry-run']) {
        for (const line of result.missing) print(`schema/prerequisites.sql would run: ${line}`)
        print(names.length === 0 ? 'No migration would run.' : `Would run: ${names.join(', ')}`)
    } else {
        print(
            names.length === 0
                ? 'Nothing to do: the database is at the newest migration.'
                : `Migrated: ${names.join(', ')}`,
        )
    }
    return exit.ok
}
