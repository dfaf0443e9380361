// What the parts of a random world share: who is in it, and where.

import { day, type Id, second, type World } from '../../world.ts'
import type { Permission, RoleRow } from '../rows.ts'

export interface Place {
    tenant: Id
    id: Id
    level: 0 | 1 | 2
    project: Id
    name: string
    /** Those whose membership here is active. */
    members: Id[]
}

export interface Cast {
    people: Id[]
    places: Place[]
    /** Those of the people whose identity was verified. */
    verified: Set<Id>
    permissions: Permission[]
    /** Of all organizations: as they started, and their own. */
    roles: RoleRow[]
}

/** The place itself and what it stands in. */
export function upwards({ places }: Cast, place: Place): Place[] {
    return places.filter(({ id }) => [place.id, place.project, place.tenant].includes(id))
}

/** Somebody, rather one who belongs here or above than anybody: chance alone hardly ever hits where rules meet. */
export function somebodyAt(world: World, cast: Cast, place: Place): Id {
    const members = upwards(cast, place).flatMap((above) => above.members)
    return world.random.pick(members.length > 0 && world.random.chance(0.8) ? members : cast.people)
}

/** A period: most that count now, some to the edge of this very instant, and some that do not count. */
export function period(world: World): string {
    const [from, until] = world.random.pick(periods)
    return world.during(from, until)
}

const periods: readonly [from: number, until?: number][] = [
    [-365 * day],
    [-365 * day],
    [-day, day],
    [-day, second],
    [0],
    [-day, 0],
    [-90 * day, -second],
    [second],
    [30 * day, 60 * day],
]
