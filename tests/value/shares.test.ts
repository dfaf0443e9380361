// Shares of random amounts among random people, as the definition of the largest remainder has them: they add up to the
// whole; nobody is further than one unit from their part; who gets one more came closer to it than who does not; and
// it is the same for the same people in any order.

import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import { freshDatabase } from '../support/database.ts'

/** `EMPATHY_LEDGER_DISTRIBUTIONS=100000` for the whole of it. */
const howMany = Number(process.env.EMPATHY_LEDGER_DISTRIBUTIONS ?? 5_000)
const seed = Number(process.env.EMPATHY_LEDGER_SEED ?? randomInt(2 ** 31))
const atOnce = 1_000

interface Case {
    amount: bigint
    draws: string
    weights: Map<string, bigint>
}

function makeCase(random: Random): Case {
    const people = random.between(1, random.pick([3, 10, 60]))
    // Alike often, so that they come equally close.
    const most = random.pick([1, 3, 100, 1_000_000_000])
    return {
        amount: BigInt(random.between(1, random.pick([5, 100, 1_000_000, Number.MAX_SAFE_INTEGER]))),
        draws: random.uuid(),
        weights: new Map(
            Array.from({ length: people }, () => [random.uuid(), BigInt(random.between(1, most))]),
        ),
    }
}

function check({ amount, weights }: Case, shares: Map<string, bigint>): void {
    const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0n)
    const parts = [...weights].map(([id, weight]) => ({
        whole: (amount * weight) / total,
        rest: (amount * weight) % total,
        share: shares.get(id) ?? -1n,
    }))
    expect(parts.reduce((sum, { share }) => sum + share, 0n)).toBe(amount)
    expect(parts.every(({ whole, share }) => share === whole || share === whole + 1n)).toBe(true)
    const least = (chosen: typeof parts) => chosen.map(({ rest }) => rest)
    const more = least(parts.filter(({ whole, share }) => share > whole))
    const others = least(parts.filter(({ whole, share }) => share === whole))
    expect(others.every((rest) => more.every((lowest) => rest <= lowest))).toBe(true)
}

test(`shares add up, and nobody is favoured by the order (seed ${seed})`, async () => {
    const database = await freshDatabase()
    const random = new Random(seed)
    await withClient(database.url, async (client) => {
        const ask = async (cases: Case[]): Promise<Map<string, bigint>[]> => {
            const { rows } = await client.query<{ n: number; ids: string[]; shares: string[] }>(
                `select c.n::integer as n, s.ids, s.shares
                from jsonb_to_recordset($1) c (n integer, amount bigint, draws uuid, ids uuid[], weights bigint[])
                cross join lateral (
                    select array_agg(s.id)::text[] as ids, array_agg(s.share)::text[] as shares
                    from value._shares(c.amount, c.draws, c.ids, c.weights) s
                ) s
                order by c.n`,
                [
                    JSON.stringify(
                        cases.map(({ amount, draws, weights }, n) => ({
                            ...{ n, amount: `${amount}`, draws, ids: [...weights.keys()] },
                            weights: [...weights.values()].map(String),
                        })),
                    ),
                ],
            )
            return rows.map(({ ids, shares }) => new Map(ids.map((id, n) => [id, BigInt(shares[n] ?? -1)])))
        }
        for (let left = howMany; left > 0; left -= atOnce) {
            const cases = Array.from({ length: Math.min(left, atOnce) }, () => makeCase(random))
            const shares = await ask(cases)
            for (const [n, one] of cases.entries()) check(one, shares[n] ?? new Map())
            const shuffled = cases.map((one) => ({
                ...one,
                weights: new Map(random.sample([...one.weights], one.weights.size)),
            }))
            expect(await ask(shuffled)).toEqual(shares)
        }
    })
    await database.drop()
}, 600_000)
