// Two distributions of what came in, each decided, each of most of it, carried out at once; and one of them by many.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { Arena, competitors, type Move, person, refusals, won } from './arena.ts'

let arena: Arena
let keeper: string
let heron: string
let account: string

const asKeeper = (statement: string, ...parameters: unknown[]): Move => ({
    speaker: person(keeper),
    statement,
    parameters,
})

beforeAll(async () => {
    arena = await Arena.open()
    keeper = (await arena.people(1))[0] ?? ''
    const river = await arena.organization('river', keeper)
    heron = (await arena.act(
        asKeeper(`select core.create_place($1, 'community', 'heron', 'Heron People')`, river),
    )) as string
    await arena.join(heron, await arena.people(3), 'community_member')
    await arena.referee.query(
        `insert into core.settings (tenant_id, scope_id, key, value) values ($1, $2, 'decisions.quorum', '1')`,
        [river, heron],
    )
    await arena.act(asKeeper(`select consent.set_benefits($1, 'equal', 'consensus')`, heron))
    await arena.act(asKeeper(`select value.create_asset($1, 'CAD', 'currency', 2, 'Dollar')`, river))
    await arena.act(
        asKeeper(
            `select value.open_account($1, 'CAD', system_key => 'outside', may_go_negative => true)`,
            river,
        ),
    )
    account = (await arena.act(
        asKeeper(`select value.open_account($1, 'CAD', scope_id => $2)`, river, heron),
    )) as string
})

afterAll(() => arena.close())

/** What came in: twice as much as is shared of it, so that there is enough in the account for more than may be shared. */
async function cameIn(key: string): Promise<string> {
    const give = `select value.make_transfer($1, 'grant', array(
        select row(a.id, case a.id when $2 then 1000 else -1000 end)::value.leg
        from value.accounts a
        where a.id = $2 or a.system_key = 'outside'
    ))`
    await arena.act(asKeeper(give, `${key} beside`, account))
    const transfer = await arena.act(asKeeper(give, key, account))
    return (await arena.act(
        asKeeper(`select value.record_event('grant', 'CAD', 1000, $1, transfer_id => $2)`, heron, transfer),
    )) as string
}

async function decided(event: string, amount: number): Promise<string> {
    const distribution = await arena.act(
        asKeeper(`select value.propose_distribution($1, 'Share it?', amount => $2)`, event, amount),
    )
    const poll = await arena.value(
        `select c.poll_id
        from value.distributions d
        join content.decisions c on c.tenant_id = d.tenant_id and c.id = d.decision_id
        where d.id = $1`,
        [distribution],
    )
    await arena.act(asKeeper(`select content.cast_ballot($1, '{1,0,0,0}')`, poll))
    // A day passes.
    await arena.referee.query('set session_replication_role = replica')
    await arena.referee.query('update content.polls set closes_at = clock_timestamp() where id = $1', [poll])
    await arena.referee.query('set session_replication_role = origin')
    await arena.value('select content.count_polls()')
    return distribution as string
}

const distribute = (distribution: string): Move => asKeeper('select value.distribute($1)', distribution)

const left = (event: string): Promise<number> =>
    arena.value<number>(
        'select value._left_to_share(tenant_id, id)::integer from value.value_events where id = $1',
        [event],
    )

test('of what came in, no more is shared than that, by two at once', async () => {
    const event = await cameIn('two')
    const [one, other] = [await decided(event, 700), await decided(event, 600)]
    const outcomes = await arena.ahead(distribute(one), [distribute(other)])
    expect(refusals(outcomes)).toEqual(['EL131'])
    expect(await left(event)).toBe(300)
})

test('however many carry it out, it is carried out once', async () => {
    const event = await cameIn('many')
    const distribution = await decided(event, 1000)
    const outcomes = await arena.everybody(() => distribute(distribution))
    expect(won(outcomes)).toHaveLength(competitors)
    expect(new Set(outcomes.map(({ value }) => value)).size).toBe(1)
    expect(await left(event)).toBe(0)
    expect(await arena.value('select count(*)::integer from value.verify()')).toBe(0)
})
