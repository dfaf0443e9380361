// `audit verify-bundle`: verifies a bundle; needs no database and no network.

import { createReadStream, existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type BundleReport, verifyBundle } from '../../lib/audit/bundle.ts'
import { readTrusted } from '../../lib/audit/checkpoint.ts'
import { parseVerifierKey } from '../../lib/audit/note.ts'
import { exit, note, Problem, print, step, usageProblem } from '../../lib/console.ts'

export const usage = `
empathy audit verify-bundle FILE [--key VKEY]... [--checkpoint FILE]... [--json]
  verifies a bundle; needs no database
  --key          a verifier key of the publisher, as keygen and rotate print it: a note has to be signed by one
  --checkpoint   a head that you kept, signed or not: the bundle has to continue it
  Exit code 0: whole; 1: something was found.
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: {
            key: { type: 'string', multiple: true, default: [] },
            checkpoint: { type: 'string', multiple: true, default: [] },
            json: { type: 'boolean', default: false },
        },
    })
    const [file, ...more] = positionals
    if (!file || more.length > 0) throw usageProblem('Which bundle?', usage.trim())
    if (!existsSync(file)) throw new Problem(`There is no file ${file}.`)
    const keys = values.key.map(parseVerifierKey)
    const checkpoints = values.checkpoint.map((path) => readTrusted(path, keys))
    const bytes = createReadStream(file, { highWaterMark: 1 << 20 })
    const report = await step(`Reading ${file}`, () => verifyBundle(bytes, { keys, checkpoints }))
    if (values.json) print(JSON.stringify(report, null, 2))
    else tell(report)
    return report.whole ? exit.ok : exit.failed
}

function tell(report: BundleReport): void {
    const { whole, origin, changes, put_away, blocks, notes, trusted, findings, more } = report
    for (const { line, message } of findings) print(line === null ? message : `line ${line}: ${message}`)
    if (more > 0) print(`… and ${more} more`)
    if (!whole) {
        note('This bundle is not whole.')
        return
    }
    print(`Whole: ${origin}, ${changes} changes (${put_away} put away), ${blocks} blocks, ${notes} notes`)
    note(
        trusted === 0
            ? 'Consistent in itself. Whoever made it could have made all of it anew: give a --key or a --checkpoint.'
            : `Changes under a head that you trust: ${trusted} of ${changes}.`,
    )
}
