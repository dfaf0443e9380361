// A few mutants, drawn by chance, in every run of the tests; `make mutants` tries them all.

import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { moduleNames } from '../../scripts/lib/modules.ts'
import { runMutants } from '../../scripts/lib/mutants/run.ts'
import { root } from '../../scripts/lib/paths.ts'
import { withTestServer } from '../../scripts/lib/template.ts'

const sample = 40

test('no mutant of the sample survives', async () => {
    const seed = randomInt(2 ** 31)
    process.stdout.write(`mutants: make mutants ARGS="--sample ${sample} --seed ${seed}" draws the same\n`)
    const selection = { modules: moduleNames(root), kinds: [], sample, seed }
    const { findings, problems } = await withTestServer(18, (server) => runMutants(server, selection))
    expect(problems).toEqual([])
    expect(findings.filter(({ verdict }) => verdict === 'survived')).toEqual([])
    expect(findings).toHaveLength(sample)
}, 600_000)
