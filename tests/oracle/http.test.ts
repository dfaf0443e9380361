// A random world, another one each time, asked over HTTP: the API answers what the model says, neither more nor less.

import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { consultApi } from '../../scripts/lib/oracle/http/engine.ts'
import { openPlace } from '../support/place.ts'

const comparisons = 2_000

test('over HTTP, everybody is answered what an independent model says', async () => {
    const seed = randomInt(2 ** 31)
    const report = await consultApi({ seed, comparisons }, openPlace)
    console.log(
        `oracle: ${report.comparisons} comparisons of ${report.tables} tables over HTTP; again: ` +
            `empathy oracle --seed ${seed} --worlds 0 --comparisons 0 --http ${comparisons}`,
    )
    expect(report.differences).toEqual([])
    expect(report.tables).toBeGreaterThan(80)
    expect(Object.keys(report.counts).sort()).toEqual([
        'hidden rows',
        'refusals',
        'relations',
        'relations to hidden rows',
        'rows that are there',
        'sets',
    ])
})
