// `audit rotate`: the next key of a publisher.

import { parseArgs } from 'node:util'
import { rotateKey } from '../../lib/audit/keys.ts'
import { formatVerifierKey } from '../../lib/audit/note.ts'
import { exit, note, print, usageProblem } from '../../lib/console.ts'

export const usage = `
empathy audit rotate --dir DIR [--overlap 30d]
  makes the next key, of the same name; prints its public half. It signs from now on, and the one before it signs
  along for as long as the overlap (such as 30d or 12h; 0d: no longer, when its private half is in wrong hands)
`

const units: Record<string, number> = { d: 86_400_000, h: 3_600_000 }

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: { dir: { type: 'string' }, overlap: { type: 'string', default: '30d' } },
    })
    const [, count, unit = ''] = /^(\d{1,4})([dh])$/.exec(values.overlap) ?? []
    if (!values.dir) throw usageProblem('Which folder of keys?', usage.trim())
    if (count === undefined) throw usageProblem(`--overlap ${values.overlap} is no time.`, usage.trim())
    print(formatVerifierKey(rotateKey(values.dir, Number(count) * (units[unit] ?? 0))))
    note('Hand it to the auditors; they keep the older ones for the older notes.')
    return exit.ok
}
