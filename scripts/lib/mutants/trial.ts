// One mutant on trial: made inside a transaction, shown to the tests one after the other until one fails, undone.

import type { Client } from '../db.ts'
import { gateThatKills, isListed, type Verdicts } from './gates.ts'
import type { Finding, Mutant } from './mutant.ts'
import type { Order } from './order.ts'
import { failureOf, isStatementError } from './suite.ts'

// A mutant may go round in circles; no honest statement of a test takes this long.
const statementTimeout = '20s'

/** Integrity violations: the rows that are there already refuse the mutant. */
const refusedByRows = /^23/

export interface Jury {
    order: Order
    /** What the gates say of the schema as it is. */
    gates: Verdicts
}

export interface Trial {
    finding: Finding
    /** The test file that killed it. */
    file?: string
}

export async function tryMutant(
    client: Client,
    mutant: Mutant,
    jury: Jury,
    lastKiller: string | undefined,
): Promise<Trial> {
    const verdict = (verdict: Finding['verdict'], by: string, file?: string): Trial => ({
        finding: { mutant, verdict, by },
        ...(file && { file }),
    })
    if (mutant.skip !== null) return verdict('skipped', mutant.skip)
    const begin = async (how: string): Promise<void> => {
        await client.query(how)
        await client.query(`set local statement_timeout = '${statementTimeout}'`)
        await client.query(mutant.ddl)
    }
    let begun = 'begin'
    try {
        try {
            await begin(begun)
        } catch (error) {
            if (!isStatementError(error)) throw error
            if (refusedByRows.test(error.code ?? ''))
                return verdict('killed', 'the rows of the reference seeds')
            return verdict('skipped', `cannot be made: ${error.message}`)
        }
        if (isListed(mutant)) {
            const gate = await gateThatKills(client, jury.gates, mutant)
            if (gate) return verdict('killed', gate)
        }
        for (const survey of jury.order.of(mutant, lastKiller)) {
            const { test } = survey
            if (test.begin !== begun) {
                await client.query('rollback')
                begun = test.begin
                await begin(begun)
            }
            await client.query('savepoint test')
            const failure = await failureOf(client, test)
            await client.query('rollback to savepoint test')
            jury.order.learn(mutant, survey, failure !== undefined)
            if (failure !== undefined) return verdict('killed', `${test.file}: ${failure}`, test.file)
        }
        const gate = isListed(mutant) ? undefined : await gateThatKills(client, jury.gates, mutant)
        return gate ? verdict('killed', gate) : verdict('survived', '')
    } finally {
        await client.query('rollback')
    }
}
