// A random world of ledgers: accounts of people, places, works and organizations, and what moved among them.

import { sqlFile } from '../../sql-file.ts'
import type { Id, World } from '../world.ts'

interface Of {
    tenant_id: Id
    id: Id
}

export async function populateLedger(world: World): Promise<void> {
    const { random } = world
    const places = await world.query<Of>(sqlFile('oracle/scopes.sql'))
    const works = await world.query<Of>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    const books: Id[][] = []
    for (const { tenant_id } of places.filter(({ tenant_id, id }) => tenant_id === id)) {
        const here = ({ tenant_id: tenant }: Of) => tenant === tenant_id
        world.add('value.assets', { tenant_id, code: 'CAD', kind: 'currency', scale: 2, name: 'Dollar' })
        world.add('value.assets', { tenant_id, code: 'HOURS', kind: 'credit', scale: 0, name: 'Hour' })
        const owners = [
            { system_key: 'outside' },
            ...random.some(people, 0.4).map((person_id) => ({ person_id })),
            ...random.some(places.filter(here), 0.5).map(({ id: scope_id }) => ({ scope_id })),
            ...random.some(works.filter(here), 0.2).map(({ id: work_id }) => ({ work_id })),
        ]
        const accounts = owners.map((owner) => {
            const id = world.name('an account')
            world.add('value.accounts', { tenant_id, id, asset: 'CAD', may_go_negative: true, ...owner })
            return id
        })
        books.push(accounts)
    }
    await world.write()
    for (const accounts of books) {
        for (const to of [...accounts, ...accounts]) {
            const from = random.pick(accounts)
            if (from === to) continue
            const made = await world.query<{ id: Id }>(sqlFile('oracle/transfer.sql'), [
                ...[random.uuid(), from, to, random.chance(0.3), random.between(100, 1000)],
            ])
            for (const { id } of made) world.names.set(id, 'a transfer')
        }
    }
}
