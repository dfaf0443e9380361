// A random world of protocols: of every audience, in and out of season, some retired; sets of them, also broken ones;
// works and what there is to see in them under these, and who opened them.

import { sqlFile } from '../../sql-file.ts'
import { elsewhere, type OfWork } from '../content/rows.ts'
import { day, type Id, type World } from '../world.ts'

interface Community {
    tenant_id: Id
    id: Id
    members: Id[]
}

interface Of {
    tenant_id: Id
    id: Id
}

interface Placed extends Of {
    scope_id: Id
}

export async function populateProtocols(world: World): Promise<void> {
    const { random } = world
    const communities = await world.query<Community>(sqlFile('oracle/communities.sql'))
    const roles = await world.query<Of>(sqlFile('oracle/place-roles.sql'))
    const works = await world.query<Of>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    const protocols = communities.flatMap((community) =>
        addProtocols(
            world,
            community,
            roles.filter(({ tenant_id }) => tenant_id === community.tenant_id),
            people,
        ),
    )
    const sets = [...Map.groupBy(protocols, ({ tenant_id }) => tenant_id)].flatMap(([tenant_id, own]) =>
        Array.from({ length: random.between(2, 4) }, () => addSet(world, tenant_id, own)),
    )
    await world.write()

    const under = works.flatMap(({ tenant_id, id }) => {
        const own = sets.filter((set) => set.tenant_id === tenant_id)
        return own.length > 0 && random.chance(0.5)
            ? [{ tenant_id, id, protocol_set_id: random.pick(own).id }]
            : []
    })
    await world.query(sqlFile('oracle/put-under.sql'), [JSON.stringify(under)])
    const mediaUnder = (await world.query<Of & OfWork>(sqlFile('oracle/media.sql'))).flatMap(
        ({ tenant_id, id, work_id }) => {
            const own = sets.filter((set) => set.tenant_id === tenant_id)
            return own.length > 0 && random.chance(0.5)
                ? [{ tenant_id, id, work_id, protocol_set_id: random.pick(own).id }]
                : []
        },
    )
    await world.query(sqlFile('oracle/put-media-under.sql'), [JSON.stringify(mediaUnder)])
    const restricted = [...under, ...mediaUnder.map((medium) => ({ ...medium, id: medium.work_id }))]
    const [here] = await world.query<{ id: string }>(sqlFile('oracle/transaction.sql'))
    for (const { tenant_id, id: work_id, protocol_set_id } of restricted) {
        for (const person_id of random.some(people, 0.3)) {
            world.add('consent.openings', {
                tenant_id,
                id: world.name('an opening'),
                work_id,
                protocol_set_id: random.chance(0.9)
                    ? protocol_set_id
                    : random.pick(sets.filter((set) => set.tenant_id === tenant_id)).id,
                person_id,
                opened_at: world.at(-day),
                open_until: world.at(random.pick([-1, 0, 1, day, day, day])),
                opened_in: random.chance(0.9) ? elsewhere : here?.id,
            })
        }
    }
    for (const { tenant_id, id: protocol_id } of protocols) {
        for (const person_id of random.some(people, 0.1)) {
            world.add('consent.protocol_acknowledgements', {
                tenant_id,
                protocol_id,
                person_id,
                wording: 1,
                // Before, or after, something under it was opened.
                acknowledged_at: world.at(random.pick([-2 * day, 0])),
            })
        }
    }
    await world.write()
}

function addProtocols(
    world: World,
    { tenant_id, id: scope_id, members }: Community,
    roles: Of[],
    people: Id[],
): Placed[] {
    const { random } = world
    const group = world.name('a group')
    const added_by = random.pick(people)
    world.add('consent.protocol_groups', {
        tenant_id,
        id: group,
        scope_id,
        name: 'A group',
        created_by: added_by,
    })
    for (const membership_id of random.some(members, 0.4)) {
        world.add('consent.protocol_group_members', {
            tenant_id,
            group_id: group,
            scope_id,
            membership_id,
            added_by,
        })
    }
    return Array.from({ length: random.between(1, 3) }, () => {
        const id = world.name('a protocol')
        world.add('consent.protocols', {
            tenant_id,
            id,
            scope_id,
            name: 'A protocol',
            kind: 'family',
            enforcement: random.pick(['required', 'required', 'required', 'recommended', 'optional']),
            audience: random.pick(['everybody', 'members', 'admitted', 'admitted']),
            ...season(world),
            created_by: added_by,
            retired_at: random.chance(0.1) ? world.at(-day) : null,
        })
        const named = random.pick([
            [],
            roles.length > 0 ? [{ role_id: random.pick(roles).id }] : [],
            [{ group_id: group }],
            random.sample(members, 2).map((membership_id) => ({ membership_id })),
        ])
        for (const one of named) {
            world.add('consent.protocol_admissions', {
                tenant_id,
                id: world.name('an admission'),
                protocol_id: id,
                scope_id,
                added_by,
                ...one,
            })
        }
        return { tenant_id, id, scope_id }
    })
}

/** Around this very day, in zones where it is another one. */
function season(world: World): Record<string, string | null> {
    const on = (days: number) => world.at(days * day || 1).slice(5, 10)
    const [from, until] = world.random.pick([
        [null, null],
        [null, null],
        [on(0), on(0)],
        [on(-1), on(1)],
        [on(1), on(-1)],
        [on(1), on(30)],
        [on(-30), on(-1)],
    ])
    const zone = from === null ? null : world.random.pick(['UTC', 'Pacific/Kiritimati', 'America/Winnipeg'])
    return { season_from: from ?? null, season_until: until ?? null, season_zone: zone }
}

function addSet(world: World, tenant_id: Id, protocols: Placed[]): Of {
    const { random } = world
    const id = world.name('a set')
    world.add('consent.protocol_sets', { tenant_id, id, composition: id })
    const byCommunity = [...Map.groupBy(protocols, ({ scope_id }) => scope_id)]
    // Sometimes none, and sometimes one that asks for nothing: broken, and to be passed by nobody.
    for (const [scope_id, own] of random.sample(byCommunity, random.pick([0, 1, 1, 1, 1, 2, 2]))) {
        world.add('consent.protocol_set_communities', {
            tenant_id,
            set_id: id,
            scope_id,
            match: random.pick(['all', 'any']),
        })
        for (const { id: protocol_id } of random.sample(own, random.pick([0, 1, 1, 1, 2, 2]))) {
            world.add('consent.protocol_set_members', { tenant_id, set_id: id, scope_id, protocol_id })
        }
    }
    return { tenant_id, id }
}
