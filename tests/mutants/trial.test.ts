// A mutant is killed by a test that fails over it, survives those that do not, and is gone afterwards.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, connect } from '../../scripts/lib/db.ts'
import { mutantsOf } from '../../scripts/lib/mutants/enumerate.ts'
import { askGates, type Verdicts } from '../../scripts/lib/mutants/gates.ts'
import type { Mutant } from '../../scripts/lib/mutants/mutant.ts'
import { Order } from '../../scripts/lib/mutants/order.ts'
import { select } from '../../scripts/lib/mutants/run.ts'
import { type Survey, survey, type Test, testOf } from '../../scripts/lib/mutants/suite.ts'
import { type Trial, tryMutant } from '../../scripts/lib/mutants/trial.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase
let client: Client
let mutants: Mutant[]
let gates: Verdicts

// The output of pgTAP without pgTAP: what it says is all that counts.
const promise = planted(
    'promise',
    `select '1..1';
    do $$ begin
        insert into core.tiers (key, name, position) values ('small', 'Small', 90);
    exception
        when check_violation then null;
    end $$;
    select case count(*) when 0 then 'ok 1' else 'not ok 1' end || ' - a tier is called in capitals'
    from core.tiers
    where key = 'small'`,
)
const idle = planted('idle', `select '1..1'; select 'ok 1 - there are tiers' from core.tiers limit 1`)

beforeAll(async () => {
    database = await freshDatabase()
    client = await connect(database.url)
    mutants = await mutantsOf(client, ['core'])
    gates = await askGates(client)
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

test('a test that fails over the mutant kills it, and the database is as before', async () => {
    const trial = await tried('check core.tiers tiers_key_check', idle, promise)
    expect(trial.finding).toMatchObject({
        verdict: 'killed',
        by: 'tests/core/promise.test.sql: a tier is called in capitals',
    })
    const { rowCount } = await client.query(`select from pg_constraint where conname = 'tiers_key_check'`)
    expect(rowCount).toBe(1)
})

test('a mutant that no test notices survives', async () => {
    const trial = await tried('check core.tiers tiers_key_check', idle)
    expect(trial.finding.verdict).toBe('survived')
})

test('a permission that is given away is found by the access listing', async () => {
    const trial = await tried('execute-grant core._refuse name text, VARIADIC details text[]')
    expect(trial.finding).toMatchObject({ verdict: 'killed', by: 'the gate access-listing' })
})

test('a key that others stand on is not tried, and the reason is told', async () => {
    const trial = await tried('unique core.tiers tiers_pkey')
    expect(trial.finding.verdict).toBe('skipped')
    expect(trial.finding.by).toBe('foreign keys stand on it')
})

test('a test that fails by itself is known before it kills anything', async () => {
    const broken = planted('broken', `select '1..2'; select 'ok 1 - one of two'`)
    expect((await survey(client, broken)).failure).toBe('planned 2 tests and ran 1')
})

test('a survey knows which tables a test touches', async () => {
    const { touched } = await survey(client, idle)
    expect(touched).toContain('core.tiers')
    expect(touched).not.toContain('core.people')
})

test('a test runs at the isolation level that it asks for', async () => {
    const isolated = planted(
        'isolated',
        `begin isolation level repeatable read;
        select '1..1';
        select case current_setting('transaction_isolation') when 'repeatable read' then 'ok 1' else 'not ok 1' end
            || ' - of the tiers'`,
    )
    const trial = await tried('check core.tiers tiers_key_check', idle, isolated)
    expect(trial.finding.verdict).toBe('survived')
})

test('every mutant has a name of its own, and the same seed draws the same mutants', () => {
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    const draw = (seed: number, of: Mutant[]): string[] =>
        select(of, { modules: ['core'], kinds: [], sample: 20, seed }).map(({ id }) => id)
    expect(draw(7, mutants)).toEqual(draw(7, mutants.toReversed()))
    expect(draw(7, mutants)).not.toEqual(draw(8, mutants))
})

async function tried(id: string, ...tests: Test[]): Promise<Trial> {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (!mutant) throw new Error(`There is no mutant ${id}.`)
    const surveys: Survey[] = []
    for (const each of tests) surveys.push(await survey(client, each))
    expect(surveys.filter(({ failure }) => failure !== undefined)).toEqual([])
    return tryMutant(client, mutant, { order: new Order(surveys), gates }, undefined)
}

function planted(name: string, text: string): Test {
    return testOf(`tests/core/${name}.test.sql`, text)
}
