// The history is graphile-migrate's own: its command line runs what this package commits and squashes.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { commit, uncommit } from '../../scripts/lib/author.ts'
import { applyPrerequisites } from '../../scripts/lib/build.ts'
import { catalog, diff } from '../../scripts/lib/catalog.ts'
import { withDatabase } from '../../scripts/lib/db.ts'
import { draft } from '../../scripts/lib/draft.ts'
import { migrate } from '../../scripts/lib/migrations.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { withScratch } from '../../scripts/lib/scratch.ts'
import { adminUrl } from '../support/database.ts'
import { squashedPackage } from './package-copy.ts'

const run = promisify(execFile)

function graphileMigrate(cwd: string, url: string, ...args: string[]): Promise<unknown> {
    return run(process.execPath, [inPackage('node_modules/graphile-migrate/dist/cli.js'), ...args], {
        cwd,
        env: { PATH: process.env.PATH, DATABASE_URL: url, SHADOW_DATABASE_URL: withDatabase(url, 'none') },
    })
}

test('its command line accepts the squashed history, and makes the same database', async () => {
    const copy = await squashedPackage()
    try {
        await withScratch(adminUrl(), async (url) => {
            await applyPrerequisites(url, copy.root)
            await graphileMigrate(copy.root, url, 'migrate')
            // Exit code 0: nothing is left to run, and current.sql is blank.
            await graphileMigrate(copy.root, url, 'status')
            expect((await migrate(url, { root: copy.root })).migrations).toEqual([])
            await withScratch(adminUrl(), async (other) => {
                await migrate(other, { root: copy.root })
                const options = { rows: true }
                expect(
                    diff(await catalog(url, copy.root, options), await catalog(other, copy.root, options)),
                ).toEqual([])
            })
        })
    } finally {
        copy.dispose()
    }
})

test('a migration that is uncommitted and committed again is the same', async () => {
    const copy = await squashedPackage()
    try {
        copy.append('functions/core/me.sql', '\n-- edited\n')
        expect(draft(copy.root).added).toEqual(['functions/core/me.sql'])
        const { hash, file } = await commit(adminUrl(), 'me again', copy.root)
        expect(file).toBe('000002-me-again.sql')
        await uncommit(adminUrl(), copy.root)
        expect(copy.committed()).toEqual(['000001-foundation.sql'])
        expect(copy.read('migrations/current.sql')).toMatch(/^--!include functions\/core\/me\.sql$/m)
        expect((await commit(adminUrl(), 'me again', copy.root)).hash).toBe(hash)
        expect(draft(copy.root).added).toEqual([])
    } finally {
        copy.dispose()
    }
})

test('a commit that fails says where, and leaves everything as it was', async () => {
    const copy = await squashedPackage()
    try {
        copy.append('functions/core/me.sql', '\nselect nothing();\n')
        draft(copy.root)
        const before = copy.read('migrations/current.sql')
        await expect(commit(adminUrl(), 'fails', copy.root)).rejects.toThrow(
            /^migrations\/current\.sql failed at functions\/core\/me\.sql:\d+: function nothing\(\) does not exist/,
        )
        expect(copy.committed()).toEqual(['000001-foundation.sql'])
        expect(copy.read('migrations/current.sql')).toBe(before)
    } finally {
        copy.dispose()
    }
})
