// A few random worlds, different ones each time: the database agrees with the model. `empathy oracle` tries many.

import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { consult } from '../../scripts/lib/oracle/engine.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

let database: TestDatabase

beforeAll(async () => {
    database = await freshDatabase()
})

afterAll(() => database.drop())

test('in random worlds, everybody can do and see what an independent model says', async () => {
    const seed = randomInt(2 ** 31)
    const report = await consult(database.url, { seed, worlds: 3, comparisons: 20_000, patience: 20_000 })
    console.log(
        `oracle: ${report.comparisons} comparisons in ${report.worlds} worlds; again: empathy oracle --seed ${seed} --worlds ${report.worlds}`,
    )
    expect(report.differences).toEqual([])
    expect(report.comparisons).toBeGreaterThan(5_000)
})
