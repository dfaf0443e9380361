// What happened and is not taken back: what people decided, and what they got when something was shared. Small worlds
// of it, in which a figure says by itself whom it is about: of the first person there is one decision, of the second
// two, of the third four; and shares are as different.

import type { Client } from '../../scripts/lib/db.ts'
import type { Random } from '../../scripts/lib/oracle/random.ts'
import { derive, type Sum, worksIn } from './derive.ts'
import {
    addNode,
    addPerson,
    type Fault,
    found,
    monthOf,
    type Node,
    newWorld,
    type Person,
    release,
    settle,
    type World,
} from './worlds.ts'

interface Part {
    node: Node
    person: Person
}

export interface Happened {
    world: World
    /** In each month, somebody in some place, a bit each. */
    months: Part[][]
    sums: Map<string, Set<Sum>>
}

const equal = 2n ** 40n

export function happenedIn(random: Random, name: string, months: number, most: number): Happened {
    const world = newWorld(random, name, random.pick([3, 4, 5]))
    const [root] = world.nodes
    if (!root) throw new Error('no organization')
    const asks = () => (random.chance(0.3) ? undefined : random.between(3, 5))
    const project = addNode(random, world, 1, [root], asks())
    for (const above of [[project, root], [project, root], [root]]) addNode(random, world, 2, above, asks())
    for (let people = random.between(4, most); people > 0; people -= 1) addPerson(random, world)
    const all = world.nodes.flatMap((node) => world.people.map((person) => ({ node, person })))
    return {
        ...{ world, sums: new Map() },
        months: Array.from({ length: months }, () => random.sample(all, random.between(1, most))),
    }
}

/** Releases month by month, while places ask for more and fewer people, or want no figures, and reads after each. */
export async function happen(client: Client, random: Random, all: Happened[]): Promise<Fault[]> {
    const worlds = all.map(({ world }) => world)
    const months = Math.max(...all.map((one) => one.months.length))
    const faults: Fault[] = []
    await found(client, worlds)
    await client.query('set session_replication_role = replica')
    const parts = all.flatMap(({ world, months }) =>
        months.flatMap((month, n) =>
            month.map(({ node, person }, bit) => ({
                ...{ tenant_id: world.id, scope_id: node.id, level: node.level, person_id: person.id, bit },
                ...{ work_id: random.uuid(), party_id: random.uuid(), shared: node.level === 2 },
                project_id: (node.level === 2 ? node.above[0] : node)?.id,
                ...{ event_id: random.uuid(), amount: `${equal + 2n ** BigInt(bit)}` },
                decision: (['given', 'refused', 'withdrawn'] as const)[n % 3],
                at: `${monthOf(n).slice(0, 8)}10T12:00:00Z`,
            })),
        ),
    )
    for (const sql of insert) await client.query(sql, [JSON.stringify(parts)])
    await client.query('set session_replication_role = origin')
    for (let month = 0; month <= months; month += 1) {
        await release(client, worlds, month)
        faults.push(...(await read(client, all)))
        const changed = worlds.map((world) => ({ world, node: random.pick(world.nodes) }))
        for (const { node } of changed) {
            node.asks = random.between(3, 6)
            if (node.level > 0) node.on = random.chance(0.2) ? false : undefined
        }
        await settle(client, changed)
    }
    for (const one of all) {
        for (const [month, sums] of one.sums) {
            const columns = (one.months[Number(month.split(' ')[1])] ?? []).map(({ node, person }) => ({
                ...{ person: one.world.people.indexOf(person), asked: node.lowest },
            }))
            if (derive(sums, columns))
                faults.push({ world: one.world.name, what: `says something of too few: ${month}` })
        }
    }
    return faults
}

interface Fact {
    scope_id: string
    board: string
    month: number
    sum: string
    people: string | null
    inequality: number | null
}

async function read(client: Client, all: Happened[]): Promise<Fault[]> {
    const byScope = new Map(all.flatMap((one) => one.world.nodes.map((node) => [node.id, one] as const)))
    const { rows } = await client.query<Fact>(readFacts)
    return rows.flatMap(({ scope_id, board, month, sum, people, inequality }) => {
        const one = byScope.get(scope_id)
        if (!one) return []
        const shared = board === 'shared'
        const who = shared ? BigInt(sum) % equal : BigInt(sum)
        const key = `${board} ${month}`
        one.sums.set(key, (one.sums.get(key) ?? new Set()).add(who))
        const counted = worksIn(who).map((bit) => one.months[month]?.[bit])
        const wrong: string[] = []
        if (counted.includes(undefined)) wrong.push('somebody who is not there')
        const there = new Set(counted.map((part) => part?.person))
        if (shared && BigInt(sum) / equal !== BigInt(counted.length)) wrong.push('a share that is none')
        if (people !== null && (Number(people) > there.size || Number(people) < 3))
            wrong.push(`${people} people`)
        // All shares are about as much; who got one for each of two places got twice that.
        if (inequality !== null && inequality > 0.01 && there.size === counted.length)
            wrong.push(`as unequal as ${inequality}`)
        return wrong.map((what) => ({ world: one.world.name, what: `${what}: ${key}` }))
    })
}

const recordset = `jsonb_to_recordset($1) p
    (tenant_id uuid, scope_id uuid, level integer, project_id uuid, person_id uuid, bit integer, work_id uuid,
    party_id uuid, event_id uuid, amount bigint, at timestamptz, shared boolean, decision consent.decision)`

const insert = [
    `insert into content.works (tenant_id, id, kind, scope_id, level, project_id, owner_id, title)
    select p.tenant_id, p.work_id, 'note', p.scope_id, p.level, p.project_id, p.person_id, 'Work' from ${recordset}`,
    `insert into consent.consent_parties (tenant_id, id, work_id, person_id, capacity, added_by)
    select p.tenant_id, p.party_id, p.work_id, p.person_id, 'teller', p.person_id from ${recordset}`,
    `insert into consent.consents
        (tenant_id, work_id, party_id, purpose, decision, during, through_version, recorded_by, recorded_at)
    select
        p.tenant_id, p.work_id, p.party_id, 'insight', p.decision,
        tstzrange(p.at + n * interval '1 second', p.at + (n + 1) * interval '1 second'),
        case p.decision when 'given' then 1 end, p.person_id, p.at
    from ${recordset}
    cross join generate_series(1, (2 ^ p.bit)::integer) n`,
    `insert into value.transfers (tenant_id, id, kind, idempotency_key, request_hash, made_at)
    select p.tenant_id, p.event_id, 'distribution', p.event_id::text, sha256(''), p.at
    from ${recordset}
    where p.shared`,
    `insert into value.distributions (
        tenant_id, id, event_id, scope_id, asset, amount, model, rules, decision_id, transfer_id, proposed_by
    )
    select
        p.tenant_id, p.event_id, p.event_id, p.scope_id, 'CAD', p.amount, 'equal', '{}', p.event_id, p.event_id,
        p.person_id
    from ${recordset}
    where p.shared`,
    `insert into value.recipients (tenant_id, distribution_id, person_id, weight, amount)
    select p.tenant_id, p.event_id, p.person_id, 1, p.amount from ${recordset} where p.shared`,
]

const readFacts = `
    with facts as (
        select h.scope_id, f.board, h.month, f.sum, null::bigint as people, null::numeric as inequality
        from insights.consent_health h
        cross join lateral (
            values ('given', h.given), ('refused', h.refused), ('withdrawn', h.withdrawn)
        ) f (board, sum)
        union all
        select i.scope_id, 'shared', i.month, i.shared, i.recipients, i.spread / i.recipients / 1000000.0
        from insights.community_impact i
    )
    select
        f.scope_id, f.board, (extract(year from age(f.month, '${monthOf(0)}')) * 12
            + extract(month from age(f.month, '${monthOf(0)}')))::integer as month,
        f.sum::text, f.people::text, f.inequality::double precision as inequality
    from facts f
    where f.sum is not null`

/** An organization with two groups of its own: three places ask for fewer people than the two others do. */
export function twoGroups(random: Random): Happened {
    const world = newWorld(random, 'two groups', 3)
    const [root] = world.nodes
    if (!root) throw new Error('no organization')
    const below = [undefined, undefined].map(() => addNode(random, world, 2, [root], 3))
    const projects = [undefined, undefined].map(() => addNode(random, world, 1, [root], 5))
    const within = projects.map((project) => addNode(random, world, 2, [project, root], 5))
    const [first, second] = [
        [...below, ...below],
        [...within, ...within, ...within],
    ]
    const month = [...first, ...second].map((node) => ({ node, person: addPerson(random, world) }))
    return { world, months: [month], sums: new Map() }
}
