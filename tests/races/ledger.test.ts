// The ledger under sixteen who move, set aside, post, void and take back at once, while backends are killed: it adds up,
// nothing is given twice, and whoever asks again is answered what happened the first time.

import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, DatabaseError } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import { type Home, newHome } from '../support/cli.ts'

/** `EMPATHY_LEDGER_TRANSFERS=20000` for the whole of it. */
const howMany = Number(process.env.EMPATHY_LEDGER_TRANSFERS ?? 2_000)
const seed = Number(process.env.EMPATHY_LEDGER_SEED ?? randomInt(2 ** 31))
const workers = 16
const accountCount = 50
const kills = Math.max(3, howMany / 2_000)
/** How far from today a transfer may count. */
const dayRange = 400
const daysAsked = 1_000

/** What is no fault: it ended before it began, there is not enough, it is too late, or too much. */
const refusals = ['EL014', 'EL131', 'EL133', 'EL134']

/** What somebody asks for, by a key of its own. */
interface Deed {
    sql: string
    parameters: unknown[]
}

/** A pending transfer, or one that was posted, and what it moves. */
interface Made {
    id: string
    from: string
    to: string
    amount: number
}

let home: Home
let databaseUrl: string
let accounts: string[]

beforeAll(async () => {
    home = await newHome()
    databaseUrl = (await home.run(['fresh', 'ledger'])).lastLine
    await home.run(['db'])
    accounts = await withClient(databaseUrl, async (client) => {
        const { rows } = await client.query<{ id: string }>(openAccounts, [accountCount])
        return rows.map(({ id }) => id)
    })
}, 300_000)

afterAll(() => home.remove())

/** The first one is the world outside. */
const openAccounts = `
    with founded as (
        insert into core.organizations (slug, name) values ('river', 'River Council') returning id
    ),
    counted as (
        insert into value.assets (tenant_id, code, kind, scale, name)
        select id, 'CAD', 'currency', 2, 'Dollar' from founded
        returning tenant_id, code
    )
    insert into value.accounts (tenant_id, asset, system_key, kind, may_go_negative)
    select tenant_id, code, 'book', 'of_' || translate(n::text, '0123456789', 'abcdefghij'), n = 1
    from counted, generate_series(1, $1::integer) n
    returning id`

const make = `select value.make_transfer(
    $1, 'gift', $2::value.leg[], pending => $3, expires_at => $4, effective_on => current_date + $5::integer
) as id`
const post = 'select value.post_transfer($2, $1, $3::value.leg[]) as id'
const void_ = 'select value.void_transfer($2, $1) as id'
const reverse = 'select value.reverse_transfer($2, $1, $3::value.leg[]) as id'

const legs = (from: string, to: string, amount: number): string =>
    `{"(${from},${-amount})","(${to},${amount})"}`

/** One who asks: again and again, also after Postgres was killed in the midst of it. */
class Asker {
    #client: Client | undefined

    /** An id, or the code of a refusal. */
    async ask({ sql, parameters }: Deed): Promise<string> {
        for (;;) {
            const client = await this.#connected()
            try {
                const { rows } = await client.query<{ id: string }>(sql, parameters)
                return rows[0]?.id ?? ''
            } catch (error) {
                if (error instanceof DatabaseError && /^EL/.test(error.code ?? '')) return error.code ?? ''
                // Killed: whether it was committed is not known, and is asked by its key.
                if (error instanceof DatabaseError && !/^57/.test(error.code ?? '')) throw error
                await client.end().catch(() => undefined)
                this.#client = undefined
            }
        }
    }

    async end(): Promise<void> {
        await this.#client?.end()
    }

    async #connected(): Promise<Client> {
        while (!this.#client) {
            const client = new Client({ connectionString: databaseUrl })
            client.on('error', () => undefined)
            try {
                await client.connect()
                await client.query('set role service_role')
                this.#client = client
            } catch {
                await client.end().catch(() => undefined)
                await sleep(50)
            }
        }
        return this.#client
    }
}

/** What all of them know of. */
const pending: Made[] = []
const posted: Made[] = []
const done: (Deed & { answer: string })[] = []

function choose(random: Random, key: string): { deed: Deed; made?: Made; into?: Made[] } {
    const waiting = random.chance(0.5) ? pending[random.between(0, pending.length - 1)] : undefined
    // Most are resolved once; now and then two try.
    if (waiting && random.chance(0.8)) pending.splice(pending.indexOf(waiting), 1)
    const moved = random.chance(0.1) ? posted[random.between(0, posted.length - 1)] : undefined
    if (waiting && random.chance(0.3)) return { deed: { sql: void_, parameters: [key, waiting.id] } }
    if (waiting) {
        const part = random.between(0, waiting.amount)
        const parameters = [key, waiting.id, part > 0 ? legs(waiting.from, waiting.to, part) : null]
        return { deed: { sql: post, parameters } }
    }
    if (moved) {
        const back = legs(moved.to, moved.from, random.between(1, moved.amount))
        return { deed: { sql: reverse, parameters: [key, moved.id, back] } }
    }
    const from = random.pick(accounts)
    const to = random.pick(accounts.filter((account) => account !== from))
    const amount = random.between(1, from === accounts[0] ? 1_000 : 100)
    const isPending = random.chance(0.4)
    const expires = isPending && random.chance(0.2) ? new Date(Date.now() + random.between(5, 500)) : null
    return {
        deed: {
            sql: make,
            // Most count from today, others from a day before or after.
            parameters: [
                ...[key, legs(from, to, amount), isPending, expires],
                random.chance(0.5) ? random.between(-dayRange, dayRange) : 0,
            ],
        },
        made: { id: '', from, to, amount },
        into: isPending ? pending : posted,
    }
}

async function work(worker: number): Promise<void> {
    const random = new Random(seed + worker)
    const asker = new Asker()
    for (let n = 0; n < howMany / workers; n += 1) {
        const { deed, made, into } = choose(random, `${worker}-${n}`)
        const answer = await asker.ask(deed)
        if (answer.startsWith('EL')) {
            expect(refusals).toContain(answer)
            continue
        }
        done.push({ ...deed, answer })
        if (made) into?.push({ ...made, id: answer })
        const again = random.chance(0.2) ? random.pick(done) : undefined
        if (!again) continue
        expect(await asker.ask(again)).toBe(again.answer)
        const otherwise = {
            ...again,
            parameters: [again.parameters[0], legs(accounts[0] ?? '', accounts[1] ?? '', 7)],
        }
        expect(
            await asker.ask({
                ...otherwise,
                sql: `select value.make_transfer($1, 'theft', $2::value.leg[]) as id`,
            }),
        ).toBe('EL132')
    }
    await asker.end()
}

test(`it adds up, whatever happens at once (seed ${seed})`, async () => {
    const killer = new Asker()
    for (const account of accounts.slice(1)) {
        const parameters = [`in ${account}`, legs(accounts[0] ?? '', account, 1_000), false, null, 0]
        done.push({ sql: make, parameters, answer: await killer.ask({ sql: make, parameters }) })
    }
    let working = true
    const killing = (async () => {
        for (let left = kills; left > 0 && working; left -= 1) {
            await sleep(700)
            const backend = await killer.ask({ sql: 'select pg_backend_pid()::text as id', parameters: [] })
            process.kill(Number(backend), 'SIGKILL')
        }
    })()
    const expiring = (async () => {
        const worker = new Asker()
        while (working) {
            await worker.ask({ sql: 'select value.expire_transfers()::text as id', parameters: [] })
            await sleep(100)
        }
        await worker.end()
    })()
    await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)))
    working = false
    await Promise.all([killing, expiring])
    await killer.end().catch(() => undefined)

    await withClient(databaseUrl, async (client) => {
        const count = async (sql: string) =>
            (await client.query<{ n: number }>(`select (${sql})::integer as n`)).rows[0]?.n
        expect((await client.query('select * from value.verify()')).rows).toEqual([])
        expect(await count('select sum(b.balance) from value.balances b')).toBe(0)
        expect(
            await count(`
                select count(*)
                from value.balances b
                join value.accounts a on a.id = b.account_id
                where b.balance < b.pending_out and not a.may_go_negative`),
        ).toBe(0)
        // What was answered is there, and nothing else was made but what let pending ones expire.
        const { rows } = await client.query<{ key: string; id: string }>(
            `select idempotency_key as key, id from value.transfers where idempotency_key !~ '^expires'`,
        )
        expect(new Map(rows.map(({ key, id }) => [key, id]))).toEqual(
            new Map(done.map(({ parameters, answer }) => [parameters[0], answer])),
        )
        expect(
            await count(`select count(*) from value.transfers where resolution is not null`),
        ).toBeGreaterThan(0)
        expect(
            await count(`select count(*) from value.transfers where reverses is not null`),
        ).toBeGreaterThan(0)
    })
})

test(`what there was on a day is what a replay up to it comes to (seed ${seed})`, async () => {
    await withClient(databaseUrl, async (client) => {
        const { rows: moves } = await client.query<{ account: string; day: number; amount: number }>(`
            select e.account_id as account, t.effective_on - current_date as day, e.amount::float8 as amount
            from value.entries e
            join value.transfers t on t.tenant_id = e.tenant_id and t.id = e.transfer_id
            where e.amount <> 0`)
        expect(moves.some(({ day }) => day < 0) && moves.some(({ day }) => day > 0)).toBe(true)
        const random = new Random(seed)
        const asked = Array.from({ length: daysAsked }, () => ({
            account: random.pick(accounts),
            day: random.between(-dayRange - 5, dayRange + 5),
        }))
        const replayed = asked.map(({ account, day }) =>
            moves
                .filter((move) => move.account === account && move.day <= day)
                .reduce((sum, { amount }) => sum + amount, 0),
        )
        const { rows: answered } = await client.query<{ balance: number; stated: number }>(
            `select
                value.balance_on(a.account, current_date + a.day)::float8 as balance,
                coalesce(
                    (
                        select s.balance
                        from value.statement(a.account, current_date - 1000, current_date + a.day)
                            with ordinality s
                        order by s.ordinality desc
                        limit 1
                    ),
                    0
                )::float8 as stated
            from unnest($1::uuid[], $2::integer[]) with ordinality a (account, day, n)
            order by a.n`,
            [asked.map(({ account }) => account), asked.map(({ day }) => day)],
        )
        expect(answered.map(({ balance }) => balance)).toEqual(replayed)
        expect(answered.map(({ stated }) => stated)).toEqual(replayed)
    })
    expect(done.length).toBeGreaterThan(howMany / 2)
}, 600_000)
