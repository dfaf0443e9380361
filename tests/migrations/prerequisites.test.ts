// Roles belong to the whole cluster: databases that are prepared at the same time meet there.

import { expect, test } from 'vitest'
import { applyPrerequisites } from '../../scripts/lib/build.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { missingPrerequisites } from '../../scripts/lib/prerequisites.ts'
import { createScratch } from '../../scripts/lib/scratch.ts'
import { adminUrl } from '../support/database.ts'

test('databases that are prepared at once, each twice, are all prepared', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => createScratch(adminUrl())))
    try {
        await Promise.all(databases.flatMap(({ url }) => [applyPrerequisites(url), applyPrerequisites(url)]))
        for (const { url } of databases) expect(await withClient(url, missingPrerequisites)).toEqual([])
    } finally {
        for (const database of databases) await database.drop()
    }
})
