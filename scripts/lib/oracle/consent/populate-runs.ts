// A random world of uses: agreements, what was handed out under them, taken back or not, and what came of it.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type World } from '../world.ts'

interface Of {
    tenant_id: Id
    id: Id
}

export async function populateRuns(world: World): Promise<void> {
    const { random } = world
    const places = await world.query<Of>(sqlFile('oracle/scopes.sql'))
    const works = await world.query<Of>(sqlFile('oracle/works.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    for (const { tenant_id, id: scope_id } of random.some(places, 0.3)) {
        const own = works.filter((work) => work.tenant_id === tenant_id)
        const agreement_id = world.name('an agreement')
        const by = random.pick(people)
        world.add('consent.agreements', {
            tenant_id,
            id: agreement_id,
            scope_id,
            whole_scope: random.chance(0.5),
            recipient: 'An institute',
            obligations: '',
            document_sha256: '0'.repeat(64),
            during: world.during(-day),
            signed_by: by,
        })
        world.add('consent.agreement_purposes', { tenant_id, agreement_id, purpose: 'research' })
        if (random.chance(0.2)) {
            world.add('consent.agreement_ends', { tenant_id, agreement_id, reason: 'Over', ended_by: by })
        }
        for (const { id: work_id } of random.some(own, 0.2)) {
            world.add('consent.agreement_works', { tenant_id, agreement_id, work_id })
        }
        for (let left = random.between(0, 2); left > 0; left -= 1) {
            const run_id = world.name('a run')
            world.add('consent.runs', {
                tenant_id,
                id: run_id,
                agreement_id,
                scope_id,
                purpose: 'research',
                model: 'A reader',
                started_by: by,
            })
            for (const { id: work_id } of random.some(own, 0.2)) {
                const recalled = random.chance(0.3)
                world.add('consent.run_works', {
                    tenant_id,
                    run_id,
                    work_id,
                    version: 1,
                    recalled_at: recalled ? world.at(-1) : null,
                })
                if (recalled) continue
                world.add('consent.results', {
                    tenant_id,
                    id: world.name('a result'),
                    run_id,
                    work_id,
                    kind: 'study',
                })
            }
        }
    }
    await world.write()
}
