// A random world of audit: what people did in an organization, or in none. The log writes itself.

import { sqlFile } from '../../sql-file.ts'
import type { Id, World } from '../world.ts'

interface Place {
    tenant_id: Id
    id: Id
}

export async function populate(world: World): Promise<void> {
    const places = await world.query<Place>(sqlFile('oracle/scopes.sql'))
    const tenants = [...new Set(places.map(({ tenant_id }) => tenant_id))]
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    for (const person_id of world.random.some(people, 0.5)) {
        world.add('audit.activity', {
            id: world.name('an activity'),
            kind: 'sign_in',
            person_id: world.random.chance(0.9) ? person_id : null,
            tenant_id: world.random.chance(0.7) ? world.random.pick(tenants) : null,
        })
    }
    await world.write()
}
