// Later migrations for a copy of the package, as an author would write them.

import { commit } from '../../scripts/lib/author.ts'
import { asOneself, asOwner } from '../../scripts/lib/build.ts'
import { writeDbmate } from '../../scripts/lib/dbmate.ts'
import { draft } from '../../scripts/lib/draft.ts'
import { includesOf } from '../../scripts/lib/fixtures.ts'
import { isBlank } from '../../scripts/lib/history.ts'
import { adminUrl } from '../support/database.ts'
import type { PackageCopy } from './package-copy.ts'

/** Drafts what changed in the copy's folders, adds what only a person can say, and commits it. */
export async function commitNext(
    copy: PackageCopy,
    name: string,
    byHand: string,
    down?: string,
): Promise<string> {
    draft(copy.root)
    const drafted = copy.read('migrations/current.sql')
    // A file that has to come earlier than drafted is included by hand.
    const current = isBlank(drafted)
        ? [asOwner, byHand, asOneself].join('\n\n')
        : includesOf(byHand)
              .reduce((text, path) => text.replace(`--!include ${path}\n`, ''), drafted)
              .replace('--!include reset.sql', () => `${byHand}\n\n--!include reset.sql`)
    copy.write('migrations/current.sql', `${current.trim()}\n`)
    const migration = await commit(adminUrl(), name, copy.root).catch((error: unknown) => {
        if (down === undefined || !String(error).includes('is missing')) throw error
        return undefined
    })
    const file = migration?.file ?? newest(copy, name)
    if (down !== undefined) {
        copy.write(`migrations/down/${file}`, `-- Takes it back.\n${down}\n`)
        writeDbmate(copy.root)
    }
    return file
}

function newest(copy: PackageCopy, name: string): string {
    const file = copy.committed().at(-1)
    if (!file?.endsWith(`${name}.sql`)) throw new Error(`${name} was not committed`)
    return file
}
