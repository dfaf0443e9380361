// The pgTAP runner itself: what it counts, what it tells, and what it leaves behind.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { type FileResult, runUndone } from '../../scripts/lib/pgtap.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

const folder = mkdtempSync(join(tmpdir(), 'empathy-pgtap-'))
let database: TestDatabase

beforeAll(async () => {
    database = await freshDatabase()
})

afterAll(async () => {
    await database.drop()
    rmSync(folder, { recursive: true })
})

async function result(sql: string): Promise<FileResult> {
    const file = join(folder, 'one.test.sql')
    writeFileSync(file, `begin;\nset local search_path = tap, public;\n${sql}\nrollback;\n`)
    const [only] = await runUndone(database.url, [file], () => undefined)
    if (!only) throw new Error('no result')
    return only
}

const descriptions = ({ failures }: FileResult): string[] => failures.map(({ description }) => description)

test('a file in which all is well', async () => {
    const all = await result(
        `select plan(2); select pass('one'); select ok(true, 'two'); select * from finish();`,
    )
    expect(all).toMatchObject({ passed: 2, failures: [] })
})

test('a failure is told with its sentence and what was found', async () => {
    const one = await result(`select plan(1); select is(1, 2, 'one is two'); select * from finish();`)
    expect(one.passed).toBe(0)
    expect(descriptions(one)).toEqual(['one is two'])
    expect(one.failures[0]?.diagnostics.join()).toMatch(/have: 1.*want: 2/)
})

test('an error names its line, and the results before it count', async () => {
    const one = await result(`select plan(2);\nselect pass('before');\nselect 1 / 0;\nselect pass('after');`)
    expect(one.passed).toBe(1)
    expect(descriptions(one)).toEqual([expect.stringMatching(/one\.test\.sql:5: division by zero/)])
})

test('too few tests are a failure', async () => {
    const one = await result(`select plan(3); select pass('one'); select * from finish();`)
    expect(descriptions(one)).toEqual(['planned 3 tests and ran 1'])
})

test('a file without a plan, or without anything, is a failure', async () => {
    expect(descriptions(await result(''))).toEqual(['the file has no plan'])
})

test('a failing test that is marked as still to do is none', async () => {
    const one = await result(
        `select plan(1); select todo('later', 1); select ok(false, 'not yet'); select * from finish();`,
    )
    expect(one).toMatchObject({ passed: 1, failures: [] })
})

test('a file that commits is not run on a database in use', async () => {
    const one = await result(`create table public.left_behind (); commit;`)
    expect(descriptions(one)).toEqual([expect.stringMatching(/commits, so it is not run/)])
})

test('nothing is left behind: no pgTAP, no helpers, no rows', async () => {
    await result(`create table public.left_behind (); select plan(1); select pass('one');`)
    const { rows } = await withClient(database.url, (client) =>
        client.query(
            `select to_regnamespace('tap') as tap, to_regclass('public.left_behind') as left_behind`,
        ),
    )
    expect(rows).toEqual([{ tap: null, left_behind: null }])
})
