// A random world of core: organizations with trees of scopes, people in every state, memberships in every status and
// period, roles as they come and of the organizations' own, and everything that hangs on them.

import { sqlFile } from '../../sql-file.ts'
import type { World } from '../world.ts'
import {
    addApiKeys,
    addInvitations,
    addQuotas,
    addSanctions,
    addSettings,
    addUnreadable,
} from './populate/belongings.ts'
import type { Cast } from './populate/cast.ts'
import { addMemberships, addOwnRoles, rolesToRetire } from './populate/memberships.ts'
import { addPeople } from './populate/people.ts'
import { addPlaces, visibilityOfRoots } from './populate/places.ts'
import type { Permission, RoleRow } from './rows.ts'

export async function populate(world: World): Promise<void> {
    const { people, verified } = addPeople(world)
    const places = addPlaces(world, people)
    addQuotas(world, places)
    addUnreadable(world)
    await world.write()
    await world.query(sqlFile('oracle/show-roots.sql'), [JSON.stringify(visibilityOfRoots(world, places))])

    const cast: Cast = {
        people,
        places,
        verified,
        permissions: await world.query<Permission>(sqlFile('oracle/permissions.sql')),
        roles: await world.query<RoleRow>(sqlFile('oracle/roles.sql')),
    }
    addOwnRoles(world, cast)
    addMemberships(world, cast)
    addSanctions(world, cast)
    addInvitations(world, cast)
    addApiKeys(world, cast)
    addSettings(world, cast)
    await world.write()
    await world.query(sqlFile('oracle/retire-roles.sql'), [rolesToRetire(world, cast)])
}
