// A random world of consent: parties who said yes, no, or nothing, before, now and later; then all of it compiled.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type World } from '../world.ts'

interface WorkRow {
    tenant_id: Id
    id: Id
    owner_id: Id
    current_version: number
}

interface PartyRow {
    id: Id
    work_id: Id
}

const purposes = [
    'public_sharing',
    'organization_sharing',
    'community_sharing',
    'modification',
    'ai_analysis',
]

export async function populateConsents(world: World): Promise<void> {
    const { random } = world
    const works = await world.query<WorkRow>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    const communities = await world.query<{ tenant_id: Id; id: Id }>(sqlFile('oracle/communities.sql'))
    const owners = new Map(
        (await world.query<PartyRow>(sqlFile('oracle/parties.sql'))).map(({ id, work_id }) => [work_id, id]),
    )
    for (const { tenant_id, id: work_id, owner_id, current_version } of works) {
        const others = people.filter((person) => person !== owner_id)
        const parties = [owners.get(work_id) ?? '']
        for (const person_id of random.some(others, 0.02)) {
            const id = world.name('a party')
            parties.push(id)
            world.add('consent.consent_parties', {
                tenant_id,
                id,
                work_id,
                person_id,
                capacity: random.pick(['co_teller', 'depicted']),
                added_by: person_id,
            })
        }
        const own = communities.filter((community) => community.tenant_id === tenant_id)
        if (own.length > 0 && random.chance(0.2)) {
            const scope_id = random.pick(own).id
            const id = world.name('a party')
            parties.push(id)
            world.add('consent.consent_parties', {
                tenant_id,
                id,
                work_id,
                scope_id,
                capacity: 'community',
                added_by: owner_id,
            })
        }
        for (const party_id of parties) {
            for (const purpose of random.some(purposes, 0.8)) {
                for (const channel of random.chance(0.5) ? [null, 'radio'] : [null]) {
                    for (const during of periods(world)) {
                        const decision = random.pick([
                            'given',
                            'given',
                            'given',
                            'given',
                            'refused',
                            'withdrawn',
                        ])
                        world.add('consent.consents', {
                            tenant_id,
                            id: world.name('a decision'),
                            work_id,
                            party_id,
                            purpose,
                            channel,
                            decision,
                            during,
                            through_version: decision === 'given' ? random.between(1, current_version) : null,
                            recorded_by: random.pick(people),
                        })
                    }
                }
            }
        }
    }
    await world.write()
    await world.query(sqlFile('oracle/compile.sql'))
}

/** One after the other, some of them touching this very instant. */
function periods(world: World): string[] {
    const edge = world.random.pick([-day, -1, 0, 0, 1, day])
    return world.random.pick([
        [world.during(-30 * day)],
        [world.during(-30 * day)],
        [world.during(edge)],
        [world.during(-30 * day, edge)],
        [world.during(-30 * day, edge), world.during(edge)],
        ['empty', world.during(-day)],
    ])
}
