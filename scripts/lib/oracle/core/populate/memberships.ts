// Roles and memberships: in every status and period, with roles held and ended, single permissions given and taken.

import { day, type Id, type World } from '../../world.ts'
import type { Membership, RoleRow } from '../rows.ts'
import { type Cast, type Place, period } from './cast.ts'

const statuses: readonly Membership['status'][] = [
    'active',
    'active',
    'active',
    'active',
    'active',
    'invited',
    'requested',
    'suspended',
    'banned',
    'left',
    'revoked',
]

/** Roles of the organizations' own, and starting roles that they have changed. */
export function addOwnRoles(world: World, cast: Cast): void {
    for (const tenant of new Set(cast.places.map((place) => place.tenant))) {
        for (let n = 1; n <= world.random.between(1, 3); n += 1) {
            const levels = world.random.pick([[0], [1], [2], [1, 2], [0, 1, 2]])
            const role: RoleRow = {
                tenant_id: tenant,
                id: world.name(`own role ${n}`),
                key: `own_${n}`,
                levels,
                requires_kyc: false,
            }
            cast.roles.push(role)
            world.add('core.roles', { ...role, name: role.key })
            for (const permission of holdable(cast, levels, 0.3, world)) {
                world.add('core.role_permissions', { tenant_id: tenant, role_id: role.id, permission })
            }
        }
    }
}

/** Roles that are granted no more, but kept by who holds them. Nobody retires an owner's. */
export function rolesToRetire(world: World, { roles }: Cast): Id[] {
    return world.random.some(roles, 0.15).flatMap(({ key, id }) => (key === 'owner' ? [] : id))
}

export function addMemberships(world: World, cast: Cast): void {
    for (const place of cast.places) {
        for (const person of world.random.some(cast.people, 0.35)) {
            addMembership(world, cast, place, person, world.random.pick(statuses))
            // What ended before stays as history beside it.
            if (world.random.chance(0.1)) addMembership(world, cast, place, person, 'left')
        }
    }
}

function addMembership(
    world: World,
    cast: Cast,
    place: Place,
    person: Id,
    status: Membership['status'],
): void {
    const id = world.name(`a membership in ${place.name}`)
    if (status === 'active') place.members.push(person)
    const ended = status === 'left' || status === 'revoked'
    const owns = place.level === 0 && world.random.chance(0.2)
    world.add('core.memberships', {
        tenant_id: place.tenant,
        id,
        scope_id: place.id,
        level: place.level,
        project_id: place.project,
        person_id: person,
        status,
        valid_during: owns ? world.during(-day) : period(world),
        joined_at: status === 'active' ? world.at(-day) : null,
        ended_at: ended ? world.at(-day) : null,
    })
    const fitting = cast.roles.filter(
        (role) =>
            role.tenant_id === place.tenant &&
            role.levels.includes(place.level) &&
            (role.key === 'owner' ? owns : !role.requires_kyc || cast.verified.has(person)),
    )
    for (const role of world.random.sample(fitting, world.random.between(0, 3))) {
        world.add('core.membership_roles', {
            tenant_id: place.tenant,
            id: world.name('a role held'),
            membership_id: id,
            role_id: role.id,
            owns: role.key === 'owner',
            revoked_at: world.random.chance(0.2) ? world.at(-day) : null,
        })
    }
    for (const permission of holdable(cast, [place.level], 0.06, world)) {
        world.add('core.membership_permissions', {
            tenant_id: place.tenant,
            membership_id: id,
            permission,
            effect: world.random.pick(['allow', 'deny']),
        })
    }
}

/** Some of the permissions that can be held at all of these levels. */
function holdable({ permissions }: Cast, levels: number[], probability: number, world: World): string[] {
    const fitting = permissions.filter((permission) =>
        levels.every((level) => permission.levels.includes(level)),
    )
    return world.random.some(fitting, probability).map(({ key }) => key)
}
