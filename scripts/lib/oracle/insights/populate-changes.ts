// What happens between releases in a random world, and after the last: people take back what they consented to, or
// consent again, or are forgotten, or turn out to be somebody else; works are taken back, told, and said to be about
// something else; places want other figures; time passes; and readers go on reading.

import { sqlFile } from '../../sql-file.ts'
import type { Consent, Work } from '../content/rows.ts'
import type { Facts } from '../facts.ts'
import { contains } from '../time.ts'
import type { Id, Row, World } from '../world.ts'
import { analyse, later, type Node, tell } from './populate-works.ts'
import type { Contribution } from './rows.ts'

interface Party {
    tenant_id: Id
    id: Id
    work_id: Id
    current_version: number
}

export async function change(
    world: World,
    nodes: readonly Node[],
    people: readonly Id[],
    months: readonly string[],
): Promise<void> {
    const { random } = world
    const last = world.memories.at(-1)
    if (!last) return
    const counted = last.rows<Contribution>('insights.contributions').filter(({ board }) => board === 'told')
    const all = [...new Set(counted.map(({ work_id }) => work_id))].toSorted()
    const works = random.sample(all, all.length)
    // Different ones, so that what becomes of each is clear.
    const some = (most: number) => works.splice(0, random.between(0, most))
    const parties = await world.query<Party>(sqlFile('oracle/asked-parties.sql'))
    const of = (chosen: readonly Id[]) =>
        chosen.map((work) => random.pick(parties.filter(({ work_id }) => work_id === work)))
    const by = random.pick(people)
    await decideAnew(world, random.sample(whoRefused(last, parties), 3), 'insight', ['given'], by)
    await decideAnew(world, of(some(1)), 'insight', ['given'], by)
    await decideAnew(world, of(some(2)), 'insight', ['withdrawn'], by)
    await decideAnew(world, of(some(1)), 'insight', ['withdrawn', 'given'], by)
    await decideAnew(world, of(random.chance(0.5) ? some(1) : []), 'insight', ['refused'], by)
    const stories = last
        .rows<Work>('content.works')
        .filter(({ id, kind }) => kind === 'story' && works.includes(id))
    const others = random.sample(stories, 3)
    await decideAnew(world, of(others.slice(0, 1).map(({ id }) => id)), 'ai_analysis', ['withdrawn'], by)
    await analyse(
        world,
        others.slice(1).map(({ tenant_id, id, kind }) => ({ tenant_id, id, kind, month: '' })),
        people,
    )
    await takeBack(world, some(1))
    if (random.chance(0.4)) await world.query(sqlFile('oracle/let-time-pass.sql'), [world.at(later)])
    await otherwise(world, nodes)
    await lose(world, people, counted)
    await tell(world, nodes, people, months, 0.15)
    const read = last.rows<Work>('content.works').filter(({ id }) => all.includes(id))
    for (const { tenant_id, id: work_id } of random.sample(read, 5)) {
        world.add('content.reading_days', { tenant_id, work_id, audience: 'public', views: 1 })
    }
    await world.write()
}

/** Parties decide, once or several times. */
async function decideAnew(
    world: World,
    deciding: readonly Party[],
    purpose: string,
    decisions: readonly string[],
    by: Id,
): Promise<void> {
    for (const decision of decisions) {
        await world.query(sqlFile('oracle/end-decisions.sql'), [deciding.map(({ id }) => id), purpose])
        for (const { tenant_id, id: party_id, work_id, current_version } of deciding) {
            world.add('consent.consents', {
                ...{ tenant_id, id: world.name('a decision'), work_id, party_id, purpose, decision },
                during: world.during(0),
                through_version: decision === 'given' ? current_version : null,
                recorded_by: by,
            })
        }
        await world.write()
        await world.query(sqlFile('oracle/compile-some.sql'), [deciding.map(({ work_id }) => work_id)])
    }
}

/** Those who let a work be counted no more, and it was in a group. */
function whoRefused(facts: Facts, parties: readonly Party[]): Party[] {
    const refusing = new Set(
        facts
            .rows<Consent>('consent.consents')
            .filter(({ purpose, channel }) => purpose === 'insight' && channel === null)
            .filter(({ decision }) => decision !== 'given')
            .filter(({ during }) => during !== 'empty' && contains(during, facts.now))
            .map(({ party_id }) => party_id),
    )
    return parties.filter(
        ({ id, work_id }) =>
            refusing.has(id) &&
            facts
                .where<Contribution>('insights.contributions', 'work_id', work_id)
                .some(({ group_id }) => group_id !== null),
    )
}

async function takeBack(world: World, works: readonly Id[]): Promise<void> {
    await world.query(sqlFile('oracle/take-back-works.sql'), [works])
    await world.query(sqlFile('oracle/compile-some.sql'), [works])
}

/** A place wants figures, or none any more; or of more people, or of fewer. */
async function otherwise(world: World, nodes: readonly Node[]): Promise<void> {
    const { random } = world
    const named = (probability: number) =>
        random.some(nodes, probability).map(({ tenant_id, id: scope_id }) => ({ tenant_id, scope_id }))
    const switches = named(0.04).map((node) => ({ ...node, enabled: random.chance(0.5) }))
    const settings = named(0.08).map((node): Row => ({ ...node, value: random.pick([3, 4, 5, 6]) }))
    await world.query(sqlFile('oracle/switch-on.sql'), [JSON.stringify(switches), JSON.stringify(settings)])
}

/** Somebody is forgotten, or turns out to be somebody else, where nothing stands in the way. */
async function lose(world: World, people: readonly Id[], counted: readonly Contribution[]): Promise<void> {
    const { random } = world
    // Rather two who are counted together: chance alone hardly ever meets them.
    const groups = Map.groupBy(
        counted.filter(({ home }) => home).toSorted((one, other) => (one.work_id < other.work_id ? -1 : 1)),
        ({ group_id }) => group_id,
    )
    const together = random.pick([
        people,
        ...[...groups.values()].map((own) => own.map(({ person_id }) => person_id)),
    ])
    await world.query(sqlFile('oracle/speak.sql'), ['service_role', '{}'])
    if (random.chance(0.4)) await world.attempt(sqlFile('oracle/erase.sql'), [random.pick(people)])
    if (random.chance(0.4)) await world.attempt(sqlFile('oracle/merge.sql'), random.sample(together, 2))
    await world.query(sqlFile('oracle/speak.sql'), ['none', '{}'])
}
