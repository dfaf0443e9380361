// The module that docs/adding-a-module.md builds, built from the page: every file as it stands there.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { applyPrerequisites, buildFromFolders } from '../../scripts/lib/build.ts'
import { catalog, diff } from '../../scripts/lib/catalog.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { line } from '../../scripts/lib/gates/finding.ts'
import { sweepFindings } from '../../scripts/lib/gates/sweeps.ts'
import { down, migrate } from '../../scripts/lib/migrations.ts'
import { migrationsUpTo } from '../../scripts/lib/partial-history.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { runUndone } from '../../scripts/lib/pgtap.ts'
import { withScratch } from '../../scripts/lib/scratch.ts'
import { styleFindings } from '../../scripts/lib/sql-style.ts'
import { commitNext } from '../migrations/next.ts'
import { type PackageCopy, squashedPackage } from '../migrations/package-copy.ts'
import { adminUrl } from '../support/database.ts'

/** Each path on a line by itself, and the block below it. */
const files = [
    ...readFileSync(inPackage('docs/adding-a-module.md'), 'utf8').matchAll(
        /^`([\w/.-]+)`\n\n```(?:sql|text)\n(.*?)^```$/gms,
    ),
].map(([, path = '', text = '']) => ({ path, text }))

const isDown = ({ path }: { path: string }): boolean => path.startsWith('migrations/down/')

let copy: PackageCopy

beforeAll(async () => {
    copy = await squashedPackage()
    for (const { path, text } of files.filter((file) => !isDown(file))) {
        if (path === 'schema/order.txt') copy.append(path, `\n${text}`)
        else copy.write(path, text)
    }
})

afterAll(() => copy.dispose())

test('the page has files to show', () => {
    expect(files.map(({ path }) => path.split('/')[0])).toEqual(
        expect.arrayContaining(['schema', 'functions', 'policies', 'seeds', 'tests']),
    )
})

test('they are written as all others are, break no rule of the catalog, and keep their promises', async () => {
    expect(styleFindings(copy.root).map(line)).toEqual([])
    await withScratch(adminUrl(), async (url) => {
        await applyPrerequisites(url, copy.root)
        await buildFromFolders(url, copy.root)
        expect((await sweepFindings(url, copy.root)).map(line)).toEqual([])
        const [promises] = await runUndone(
            url,
            [join(copy.root, 'tests/recipes/recipes.test.sql')],
            () => undefined,
        )
        expect(promises?.failures).toEqual([])
        expect(promises?.passed).toBeGreaterThan(0)
    })
})

test('a database in the field gets them by a migration, and goes back while there is no recipe', async () => {
    await commitNext(copy, 'recipes', '', files.find(isDown)?.text)
    await withScratch(adminUrl(), async (url) => {
        await applyPrerequisites(url, copy.root)
        await migrationsUpTo(copy.root, '000001', (first) =>
            migrate(url, { root: first, committedOnly: true }),
        )
        const before = await catalog(url, copy.root)
        await migrate(url, { root: copy.root })
        const [promises] = await runUndone(
            url,
            [join(copy.root, 'tests/recipes/recipes.test.sql')],
            () => undefined,
        )
        expect(promises?.failures).toEqual([])
        await down(url, { root: copy.root, to: '1' })
        expect(diff(before, await catalog(url, copy.root))).toEqual([])
        await withClient(url, async (client) => {
            await client.query('select audit.seal()')
            expect((await client.query('select * from audit.verify(audit.platform())')).rows).toEqual([])
        })
    })
}, 240_000)
