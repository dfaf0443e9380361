// A random world of figures: wanted in some places and not in others, of more or fewer people; what is told there month
// by month, and consented to or not; releases of it; and what changed since.

import { sqlFile } from '../../sql-file.ts'
import { addDistribution, type Shared, share } from '../value/populate-events.ts'
import type { Id, Row, World } from '../world.ts'
import { change } from './populate-changes.ts'
import { decide, type Node, tell } from './populate-works.ts'

/** How many months ago organizations were founded. */
const age = 3

/** Up to which of the months an organization releases figures, round by round; or none. */
const rounds = [
    [-1, 1, 1, 1, 2],
    [-1, 2, 2, 3],
    [-1, 3, 3, 3],
]

export async function populate(world: World): Promise<void> {
    const nodes = await world.query<Node>(sqlFile('oracle/scopes.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    await world.query(sqlFile('oracle/found-before.sql'), [`${monthAgo(world, age)}T08:00:00Z`])
    const wanting = await switchOn(world, nodes)
    const months = [3, 2, 1, 0].map((ago) => monthAgo(world, ago))
    await decideOfOthers(world, people)
    await tell(world, nodes, people, months, 0.3)
    await bringIn(world, people)
    const released = new Map<Id, number>()
    for (const round of rounds) {
        for (const tenant of wanting) {
            const through = world.random.pick(round)
            if (through <= (released.get(tenant) ?? -1)) continue
            released.set(tenant, through)
            await world.query(sqlFile('oracle/release.sql'), [tenant, months[through]])
        }
        await world.query(sqlFile('oracle/refresh.sql'))
        await world.remember()
        await change(world, nodes, people, months)
    }
}

/** Answers the organizations in which figures are wanted somewhere. */
async function switchOn(world: World, nodes: Node[]): Promise<Id[]> {
    const { random } = world
    const switches: { tenant_id: Id; scope_id: Id; enabled: boolean }[] = []
    const settings: Row[] = []
    for (const { tenant_id, id: scope_id } of nodes) {
        const isRoot = scope_id === tenant_id
        if (random.chance(isRoot ? 0.95 : 0.15)) {
            switches.push({ tenant_id, scope_id, enabled: random.chance(isRoot ? 0.95 : 0.3) })
        }
        if (random.chance(isRoot ? 0.8 : 0.25)) {
            settings.push({
                tenant_id,
                scope_id,
                value: isRoot ? random.pick([3, 3, 3, 4]) : random.pick([3, 4, 5]),
            })
        }
    }
    await world.query(sqlFile('oracle/switch-on.sql'), [JSON.stringify(switches), JSON.stringify(settings)])
    return [...new Set(switches.filter(({ enabled }) => enabled).map(({ tenant_id }) => tenant_id))]
}

/** About works that there were before. */
async function decideOfOthers(world: World, people: Id[]): Promise<void> {
    const works = await world.query<{ id: Id }>(sqlFile('oracle/works.sql'))
    await decide(
        world,
        world.random.some(works, 0.4).map(({ id }) => id),
        [world.at(0)],
        people,
        false,
    )
}

/** What comes into communities, and is shared there among more than a few. */
async function bringIn(world: World, people: Id[]): Promise<void> {
    const { random } = world
    const accounts = await world.query<Row & { tenant_id: Id; account_id: Id; scope_id: Id; outside_id: Id }>(
        sqlFile('oracle/outside-accounts.sql'),
    )
    const events: Shared[] = []
    for (const { tenant_id, account_id, scope_id, outside_id } of random.some(accounts, 0.7)) {
        const amount = random.between(500, 2000)
        const made = await world.query<{ id: Id }>(sqlFile('oracle/transfer.sql'), [
            ...[random.uuid(), outside_id, account_id, false, amount],
        ])
        for (const { id: transfer_id } of made) {
            const id = world.name('something that came in')
            world.names.set(transfer_id, 'a transfer')
            const event = {
                tenant_id,
                id,
                scope_id,
                asset: 'CAD',
                amount,
                transfer_id,
                account_id,
                kind: 'donation',
            }
            world.add('value.value_events', event)
            events.push({ tenant_id, id, scope_id, asset: 'CAD', remaining: amount })
        }
    }
    await world.write()
    await share(
        world,
        events.flatMap((event) => addDistribution(world, event, people, 8)),
    )
}

/** A month so many ago, by its first day. */
function monthAgo(world: World, months: number): string {
    const date = new Date(world.at(-1))
    return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, 1))
        .toISOString()
        .slice(0, 10)
}
