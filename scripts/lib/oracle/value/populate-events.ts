// A random world of what came in: for places and by works, through the ledger or not, some of it taken back; and how
// communities share it: proposed, decided on or not, and carried out where the decision lets it.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type Row, type World } from '../world.ts'

interface Of {
    tenant_id: Id
    id: Id
}

/** What came into a community. */
export interface Shared extends Of {
    scope_id: Id
    asset: string
    /** How much of it was not taken back. */
    remaining: number
}

const heaviest = 5
/** Where each of so many people and the place itself gets some, something moves. */
const enoughFor = (people: number) => (people + 1) * heaviest

export async function populateEvents(world: World): Promise<void> {
    const { random } = world
    const places = await world.query<Of>(sqlFile('oracle/scopes.sql'))
    const works = await world.query<Of>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    const cameIn = await world.query<Row & { amount: number }>(sqlFile('oracle/came-in.sql'))
    for (const entry of random.some(cameIn, 0.9)) addEvent(world, entry)
    for (const { tenant_id, id: scope_id } of random.some([...places, ...places], 0.4)) {
        addEvent(world, { tenant_id, scope_id, ...amountOf(world) })
    }
    for (const { tenant_id, id: work_id } of random.some([...works, ...works, ...works], 0.4)) {
        addEvent(world, { tenant_id, work_id, ...amountOf(world) })
    }
    await world.write()

    // Who belongs to a community and does not read its books: chance alone hardly ever makes them.
    for (const { id } of await world.query<Of>(sqlFile('oracle/community-scopes.sql'))) {
        const joined = await world.query<Of>(sqlFile('oracle/belong.sql'), [id, random.some(people, 0.2)])
        for (const membership of joined) world.names.set(membership.id, 'a membership without a role')
    }

    const recipients: Row[] = []
    for (const event of await world.query<Shared>(sqlFile('oracle/community-events.sql'))) {
        for (let left = random.between(0, 2); left > 0; left -= 1) {
            recipients.push(...addDistribution(world, event, people, 3))
        }
    }
    await share(world, recipients)
}

/** Writes distributions with those who get something, counts the polls on them, and carries out what can be. */
export async function share(world: World, recipients: Row[]): Promise<void> {
    await world.write()
    await world.query(sqlFile('oracle/shares.sql'), [JSON.stringify(recipients)])
    await world.query(sqlFile('oracle/count-polls.sql'))
    await carryOut(world)
}

function amountOf({ random }: World): { asset: string; amount: number } {
    return { asset: random.pick(['CAD', 'HOURS']), amount: random.between(100, 1000) }
}

function addEvent(world: World, event: Row & { amount: number }): void {
    const { random } = world
    world.add('value.value_events', {
        ...event,
        id: world.name('something that came in'),
        kind: random.pick(['licence', 'licence', 'donation']),
        returned: random.chance(0.3) ? random.between(0, event.amount) : 0,
        occurred_on: random.pick(['1999-09-09', '2001-01-01']),
    })
}

/** Up to half of what there is, so that two fit into it, and enough that everybody gets some; and who is to get it. */
export function addDistribution(world: World, event: Shared, people: Id[], most: number): Row[] {
    const { random } = world
    const { tenant_id, scope_id, asset, remaining } = event
    const enough = enoughFor(most)
    if (remaining < 2 * enough) return []
    const id = world.name('a distribution')
    const amount = random.between(enough, Math.floor(remaining / 2))
    world.add('value.distributions', {
        tenant_id,
        id,
        event_id: event.id,
        scope_id,
        asset,
        amount,
        returned: random.chance(0.3) ? random.between(0, amount) : 0,
        model: 'custom',
        rules: {},
        decision_id: addDecision(world, event, id, people),
        proposed_by: random.pick(people),
    })
    const recipients = [
        ...random.sample(people, random.between(1, most)).map((person_id) => ({ person_id })),
        ...(random.chance(0.3) ? [{ scope_id }] : []),
    ]
    return recipients.map((recipient) => ({
        tenant_id,
        distribution_id: id,
        weight: random.between(1, heaviest),
        ...recipient,
    }))
}

/** About this distribution, by a poll that is open, or has closed, mostly with more who agree than object. */
function addDecision(world: World, { tenant_id, scope_id }: Shared, subject: Id, people: Id[]): Id {
    const { random } = world
    const [id, poll_id] = [world.name('a decision on sharing'), world.name('a poll on sharing')]
    const closed = random.chance(0.7)
    const method = 'consent'
    world.add('content.polls', {
        tenant_id,
        id: poll_id,
        scope_id,
        question: 'Is it shared like this?',
        method,
        opened_by: random.pick(people),
        opened_at: world.at(-2 * day),
        closes_at: world.at(closed ? -day : day),
    })
    for (const [n, label] of ['Agree', 'Abstain', 'Object', 'Block'].entries()) {
        world.add('content.poll_options', { tenant_id, poll_id, number: n + 1, label })
    }
    for (const person_id of random.sample(people, 3)) {
        const choices = random.chance(0.8) ? [1, 0, 0, 0] : [0, 0, 1, 0]
        const cast_at = world.at(-day)
        world.add('content.ballots', { tenant_id, poll_id, method, most: 1, person_id, choices, cast_at })
    }
    world.add('content.decisions', {
        tenant_id,
        id,
        scope_id,
        matter: 'value.distribute',
        subject,
        process: 'majority',
        poll_id,
        proposed_by: random.pick(people),
    })
    return id
}

/** As a server does, which may give from all accounts. */
async function carryOut(world: World): Promise<void> {
    await world.query(sqlFile('oracle/speak.sql'), ['service_role', '{}'])
    const made = await world.query<{ id: Id }>(sqlFile('oracle/carry-out.sql'))
    for (const { id } of made) world.names.set(id, 'a transfer that shares')
    await world.query(sqlFile('oracle/speak.sql'), ['none', '{}'])
}
