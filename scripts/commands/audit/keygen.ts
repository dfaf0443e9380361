// `audit keygen`: the first key of a publisher.

import { parseArgs } from 'node:util'
import { generateKey } from '../../lib/audit/keys.ts'
import { formatVerifierKey } from '../../lib/audit/note.ts'
import { exit, note, print, usageProblem } from '../../lib/console.ts'

export const usage = `
empathy audit keygen NAME --dir DIR
  makes the first key that signs heads, in a folder of its own; prints its public half, to hand to auditors
  NAME   an address without its scheme, such as ledger.example/audit
`

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { dir: { type: 'string' } },
    })
    const [name, ...more] = positionals
    if (!name || !values.dir || more.length > 0)
        throw usageProblem('A key needs one name and a folder.', usage.trim())
    print(formatVerifierKey(generateKey(values.dir, name)))
    note(`The private key is in ${values.dir}: keep it where the database is not, and keep a copy.`)
    return exit.ok
}
