// A random world of ops: exports of scopes and of people, legal holds that stand and that were released.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type World } from '../world.ts'

interface Place {
    tenant_id: Id
    id: Id
}

export async function populate(world: World): Promise<void> {
    const places = await world.query<Place>(sqlFile('oracle/scopes.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    for (const { tenant_id, id: scope_id } of places) {
        for (const requested_by of world.random.some(people, 0.1)) {
            world.add('ops.exports', {
                tenant_id,
                id: world.name('an export'),
                scope_id,
                person_id: world.random.chance(0.5) ? world.random.pick(people) : null,
                requested_by,
                format: 'json',
            })
        }
        for (const imposed_by of world.random.some(people, 0.05)) {
            const released = world.random.chance(0.3)
            world.add('ops.legal_holds', {
                tenant_id,
                id: world.name('a hold'),
                scope_id,
                person_id: world.random.chance(0.5) ? world.random.pick(people) : null,
                reason: 'a dispute',
                imposed_by,
                released_by: released ? world.random.pick(people) : null,
                released_at: released ? world.at(-day) : null,
            })
        }
    }
    await world.write()
}
