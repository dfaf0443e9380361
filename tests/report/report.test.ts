// The report on a month: a page that fetches nothing, says what it shows, and says so where there is nothing to tell.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Problem } from '../../scripts/lib/console.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { loadPgtap } from '../../scripts/lib/pgtap.ts'
import { bars } from '../../scripts/lib/report/bars.ts'
import { type ReportFigures, readFigures } from '../../scripts/lib/report/figures.ts'
import { page } from '../../scripts/lib/report/page.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { type Home, newHome } from '../support/cli.ts'
import { freshDatabase } from '../support/database.ts'

const thisMonth = new Date().toISOString().slice(0, 7)

let database: TestDatabase
let home: Home

beforeAll(async () => {
    home = await newHome()
    database = await freshDatabase()
    await withClient(database.url, async (client) => {
        await loadPgtap(client)
        await client.query('begin')
        await client.query(`
            select tests.world();
            select tests.as('olive');
            select core.set_module(tests.scope('river'), 'insights', true);
            select tests.tell('heron', 'a1', 'a2', 'a3', 'a4', 'a5', 'a6', 'a7', 'a8');
            insert into value.assets (tenant_id, code, kind, scale, name)
            values (tests.scope('river'), 'CAD', 'currency', 2, 'Dollar');
            insert into value.value_events (tenant_id, scope_id, work_id, kind, asset, amount)
            select w.tenant_id, w.scope_id, w.id, 'licence', 'CAD', 12345 from content.works w;
            select tests.release('river');
        `)
        await client.query('commit')
    })
})

afterAll(async () => {
    await database.drop()
    await home.remove()
})

const figures = (path?: string, month = thisMonth): Promise<ReportFigures> =>
    withClient(database.url, (client) => readFigures(client, month, path))

test('the platform has one, and so has each place', async () => {
    expect(await figures()).toMatchObject({ month: thisMonth, impact: [] })
    const ofHeron = await figures('river/archive/heron')
    expect(ofHeron).toMatchObject({
        place: 'Heron People',
        impact: [{ asset: 'CAD', scale: 2, generated: 99000, distributed: null }],
    })
    expect(ofHeron.told).toHaveLength(12)
    expect(ofHeron.told.at(-1)).toMatchObject({ kind: 'note', people: 10, works: 10, withheld: false })
    expect((await figures('river/archive')).told.at(-1)).toMatchObject({ people: 10 })
    expect((await figures('river')).told.at(-1)).toMatchObject({ people: 10 })
})

test('a place that is not there, and a month without figures, are said', async () => {
    await expect(figures('river/archive/nowhere')).rejects.toThrow(Problem)
    await expect(figures('river/heron')).rejects.toThrow('There is no place "river/heron"')
    await expect(figures(undefined, '2999-01')).rejects.toThrow('There are no figures of 2999-01')
    await expect(figures('river/archive/otter', '2999-01')).rejects.toThrow('for Otter People')
})

test('the page fetches nothing, runs nothing, and says what it shows', async () => {
    const html = page(await figures('river/archive/heron'))
    expect(html).not.toMatch(/https?:|<script|@import|url\((?!#)/)
    expect(html).toContain('<h1>Heron People</h1>')
    expect(html).toContain('<strong>10</strong> people told a note')
    expect(html).toContain('990') // what came in, in two figures
    expect(html).toMatch(/aria-label="People and their notes, month by month\. .*: 10 people, 10 notes\."/)
    expect(html).toContain('few or none')
    expect(html).toContain('given: figures such as these')
})

test('what is left out is said', async () => {
    const told = await figures('river/archive/heron')
    const last = told.told.at(-1)
    if (last) last.withheld = true
    expect(page(told)).toContain('somebody took back their consent')
})

test('whatever somebody calls something stays words', async () => {
    const html = page({
        ...(await figures('river/archive/heron')),
        place: '<script>alert(1)</script>',
        themes: [{ theme: '"><img src=x>', works: 5 }],
    })
    expect(html).not.toMatch(/<script|<img/)
})

test('bars are as long as their figures, and what is not told has none', () => {
    const drawn = bars(
        'Some',
        ['one'],
        [
            { label: 'a', values: [10] },
            { label: 'b', values: [5] },
            { label: 'c', values: [null] },
        ],
    )
    const widths = [...drawn.matchAll(/<rect class="full" [^>]*width="(\d+)"/g)].map(([, width]) =>
        Number(width),
    )
    expect(widths).toHaveLength(2)
    expect(widths[0]).toBeCloseTo(2 * (widths[1] ?? 0), -1)
    expect(drawn).toContain('aria-label="Some. a: 10 one; b: 5 one; c: few or none one."')
})

test('the command writes the page, or the figures, and refuses what is no month', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'empathy-report-'))
    const environment = { DATABASE_URL: database.url }
    try {
        const out = join(folder, 'report.html')
        const written = await home.run(['report', thisMonth, '--out', out], environment)
        expect(written.code).toBe(0)
        expect(readFileSync(out, 'utf8')).toContain('<h1>The whole platform</h1>')
        const { stdout } = await home.run(['report', thisMonth, '--json'], environment)
        expect(JSON.parse(stdout)).toMatchObject({ month: thisMonth })
        expect((await home.run(['report', 'October'], environment)).code).toBe(2)
        expect((await home.run(['report', '2026-13'], environment)).code).toBe(2)
        expect((await home.run(['report'], environment)).stdout).toContain('<!doctype html>')
        const none = await home.run(['report', '2999-01'], environment)
        expect(none.code).toBe(1)
        expect(none.stderr).toContain('There are no figures of')
    } finally {
        rmSync(folder, { recursive: true })
    }
})
