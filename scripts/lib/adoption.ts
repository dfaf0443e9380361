// Whether a database is what the package's migrations make, up to one of them.

import { catalog, describe, diff } from './catalog.ts'
import { Problem } from './console.ts'
import { withoutPassword } from './db.ts'
import { migrate } from './migrations.ts'
import { migrationsUpTo } from './partial-history.ts'
import { root as packageRoot } from './paths.ts'
import { withScratch } from './scratch.ts'

/** Builds the same on `reference`, or on a scratch database of the same server, and compares. */
export async function proveEqual(
    url: string,
    upTo: string,
    reference?: string,
    root = packageRoot,
): Promise<void> {
    const compare = async (other: string): Promise<void> =>
        migrationsUpTo(root, upTo, async (partial) => {
            await migrate(other, { root: partial, committedOnly: true })
            const differences = diff(await catalog(other, root), await catalog(url, root))
            if (differences.length > 0) {
                throw new Problem(
                    `${withoutPassword(url)} is not what the migrations make:\n` +
                        differences
                            .map((entry) => `  ${describe(entry, 'the package', 'the database')}`)
                            .join('\n'),
                    'Nothing was changed. Bring it in line, or keep to the tool it was migrated with.',
                )
            }
        })
    if (reference !== undefined) return compare(reference)
    return withScratch(url, compare)
}
