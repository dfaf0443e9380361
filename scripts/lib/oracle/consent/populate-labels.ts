// A random world of labels: taken up by communities, worded or not, some of them binding; notices of places of every
// level; and works that bear them.

import { sqlFile } from '../../sql-file.ts'
import type { OfWork } from '../content/rows.ts'
import type { Id, Row, World } from '../world.ts'

interface Place {
    tenant_id: Id
    scope_id: Id
    level: number
}

interface Binding extends OfWork {
    tenant_id: Id
    scope_id: Id
    protocol_id: Id
    protocol_set_id: Id
}

const labels = ['tk_attribution', 'tk_clan', 'bc_provenance']
const notices = ['notice_tk', 'notice_viewing']
const ratifiable = ['tk_seasonal', 'tk_secret_sacred', 'tk_community_use_only', 'tk_culturally_sensitive']

export async function populateLabels(world: World): Promise<void> {
    const { random } = world
    const places = await world.query<Place>(sqlFile('oracle/levels.sql'))
    const works = await world.query<{ tenant_id: Id; id: Id }>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)

    const adopt = ({ tenant_id, scope_id, level }: Place, label: string, rest: Row) => {
        world.add('consent.community_labels', {
            tenant_id,
            scope_id,
            level,
            label,
            kind: label.startsWith('notice') ? 'notice' : 'label',
            adopted_by: random.pick(people),
            ...rest,
        })
        if (label.startsWith('notice')) return
        for (const lang of random.some(['en', 'cr'], 0.5)) {
            world.add('consent.label_wordings', {
                tenant_id,
                scope_id,
                label,
                lang,
                version: 1,
                name: 'A name',
                body: 'Words',
                approved_by: random.pick(people),
            })
        }
    }
    const put = (work: Omit<Binding, 'protocol_id' | 'protocol_set_id'>, label: string, rest: Row) =>
        world.add('consent.work_labels', {
            tenant_id: work.tenant_id,
            work_id: work.work_id,
            scope_id: work.scope_id,
            label,
            added_by: random.pick(people),
            ...rest,
        })

    for (const place of places) {
        for (const label of random.some(place.level === 2 ? [...labels, ...notices] : notices, 0.4)) {
            adopt(place, label, {})
            const bearing = works.filter(({ tenant_id }) => tenant_id === place.tenant_id)
            for (const { tenant_id, id: work_id } of random.some(bearing, 0.15))
                put({ tenant_id, work_id, scope_id: place.scope_id }, label, {})
        }
    }

    const binding = await world.query<Binding>(sqlFile('oracle/binding.sql'))
    for (const own of Map.groupBy(binding, ({ scope_id }) => scope_id).values()) {
        const protocols = [...Map.groupBy(own, ({ protocol_id }) => protocol_id)].slice(0, ratifiable.length)
        for (const [n, [protocol_id, under]] of protocols.entries()) {
            const place = places.find(({ scope_id }) => scope_id === under[0]?.scope_id)
            const label = ratifiable[n]
            if (!place || !label || random.chance(0.3)) continue
            adopt(place, label, {
                protocol_id,
                ratified_by: random.pick(people),
                ratified_at: world.at(0),
            })
            for (const work of random.some(under, 0.7))
                put(work, label, { protocol_id, protocol_set_id: work.protocol_set_id })
        }
    }

    const decisions = await world.query<Row>(sqlFile('oracle/accepted-decisions.sql'))
    for (const decision of random.some(decisions, 0.7)) world.add('content.decision_uses', decision)
    await world.write()
}
