// `audit seal`: seals what is ready now, without waiting for the worker.

import { parseArgs } from 'node:util'
import { requireAudit, sealAll } from '../../lib/audit/database.ts'
import { exit, print } from '../../lib/console.ts'
import { withClient } from '../../lib/db.ts'
import { withTarget } from '../../lib/target.ts'

export const usage = `
empathy audit seal
  seals every change that is ready now (the worker does the same about every second)
`

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    const sealed = await withTarget((url) =>
        withClient(url, async (client) => {
            await requireAudit(client)
            return sealAll(client)
        }),
    )
    print(sealed === 0 ? 'Nothing was ready to be sealed.' : `Sealed: ${sealed} changes`)
    return exit.ok
}
