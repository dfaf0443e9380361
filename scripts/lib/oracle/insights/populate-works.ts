// Works that are told in a random world to be counted: by a few people in one place and month, so that these can make
// a group; consented to by everyone, mostly, and now; with what they brought in, what they are about, and what readers
// did.

import { sqlFile } from '../../sql-file.ts'
import { addComments, addReaction } from '../content/populate.ts'
import { versionWords } from '../content/rows.ts'
import { day, type Id, type World } from '../world.ts'

export interface Node {
    tenant_id: Id
    id: Id
    level: number
    project_id: Id
}

export interface Telling {
    tenant_id: Id
    id: Id
    kind: string
    month: string
}

/** When consent ends by itself that is to end as time passes. */
export const later = day

/** What is told of alike. */
interface Usual {
    kind: string
    month: string
}

const themes = ['river', 'winter']

/** In some of the places, in some of the months. */
export async function tell(
    world: World,
    nodes: readonly Node[],
    people: readonly Id[],
    months: readonly string[],
    probability: number,
): Promise<void> {
    const { random } = world
    const present = (await world.query<{ id: Id }>(sqlFile('oracle/present.sql'))).map(({ id }) => id)
    const open = new Set(
        (await world.query<{ id: Id }>(sqlFile('oracle/open-scopes.sql'))).map(({ id }) => id),
    )
    const told: Telling[] = []
    // Mostly the same within an organization: so that what is too little in its places makes groups above.
    const usual = (): Usual => ({
        kind: random.pick(['note', 'story']),
        month: random.pick([...months, ...months.slice(1, 3), ...months.slice(1, 3)]),
    })
    const usually = new Map(nodes.map(({ tenant_id }) => [tenant_id, usual()]))
    const telling = (node: Node, owner_id: Id, { kind, month }: Usual, earned: string | undefined) => {
        for (let works = random.pick([1, 1, 1, 1, 2]); works > 0; works -= 1) {
            const work = addTelling(world, node, owner_id, kind, month, people)
            told.push(work)
            if (open.has(node.id)) addReadings(world, work, present)
            if (earned && random.chance(0.9)) addEarning(world, work, earned)
        }
    }
    for (const node of random.some(nodes, probability)) {
        const about = random.chance(0.7) ? (usually.get(node.tenant_id) ?? usual()) : usual()
        const earned = random.chance(0.6)
            ? random.pick([about.month, about.month, random.pick(months)])
            : undefined
        for (const owner_id of random.sample(people, random.pick([2, 3, 5, 7, 8, 9]))) {
            telling(node, owner_id, about, earned)
        }
    }
    // Some in the organization itself, and in its places one here and one there.
    for (const root of nodes.filter(({ tenant_id, id }) => tenant_id === id && random.chance(probability))) {
        const below = nodes.filter(({ tenant_id }) => tenant_id === root.id)
        for (const [n, owner_id] of random.sample(people, people.length).entries()) {
            telling(n < 5 ? root : random.pick(below), owner_id, usually.get(root.id) ?? usual(), undefined)
        }
    }
    // As what is published, and so may be changed no more.
    await world.query('alter table content.work_versions disable trigger _100_stand_still')
    await world.write()
    await world.query('alter table content.work_versions enable trigger _100_stand_still')
    await decide(
        world,
        told.map(({ id }) => id),
        months.map((month) => `${month}T12:00:00Z`),
        people,
    )
    await analyse(
        world,
        told.filter(({ kind }) => kind === 'story'),
        people,
    )
}

function addTelling(
    world: World,
    { tenant_id, id: scope_id, level, project_id }: Node,
    owner_id: Id,
    kind: string,
    month: string,
    people: readonly Id[],
): Telling {
    const { random } = world
    const id = world.name(`a ${kind} to be counted`)
    const way = random.pick([
        ...Array.from({ length: 8 }, () => ['draft', 'published']),
        ['draft', 'published', 'withdrawn'],
        ['draft', 'published', 'withdrawn', 'draft', 'published'],
    ])
    world.add('content.works', {
        ...{ tenant_id, id, kind, scope_id, level, project_id, owner_id },
        title: 'A note',
        summary: 'Of stones',
        visibility: random.pick(['private', 'private', 'private', 'public']),
        state: way.at(-1),
        moves: way.length,
    })
    if (kind === 'note') world.add('content.notes', { tenant_id, id, written_on: null })
    else world.add('stories.stories', { tenant_id, id })
    world.add('content.work_versions', {
        ...{ tenant_id, work_id: id, number: 1, material_version: 1 },
        body: {},
        plain_text: versionWords[0],
        created_by: owner_id,
    })
    for (const [n, to_state] of way.entries()) {
        world.add('content.work_transitions', {
            ...{ tenant_id, work_id: id, number: n + 1, from_state: way[n - 1] ?? null, to_state },
            ...{ capacity: 'owner', actor_id: owner_id, owner_id },
            // What was published once more, was so now.
            moved_at: n < 2 ? `${month}T0${n}:30:00Z` : world.at(0),
        })
    }
    const others = people.filter((person) => person !== owner_id)
    for (const person_id of random.some(others, 0.01)) {
        world.add('consent.consent_parties', {
            ...{ tenant_id, id: world.name('a party'), work_id: id, person_id },
            ...{ capacity: 'co_teller', added_by: owner_id },
        })
    }
    if (level === 2 && random.chance(0.1)) {
        world.add('consent.consent_parties', {
            ...{ tenant_id, id: world.name('a party'), work_id: id, scope_id },
            ...{ capacity: 'community', added_by: owner_id },
        })
    }
    return { tenant_id, id, kind, month }
}

function addReadings(world: World, { tenant_id, id: work_id }: Telling, present: readonly Id[]): void {
    const { random } = world
    for (let views = random.pick([0, 0, 1, 3]); views > 0; views -= 1) {
        world.add('content.reading_days', { tenant_id, work_id, audience: 'public', views: 1 })
    }
    for (const person_id of random.sample(present, random.pick([0, 0, 0, 1, 2]))) {
        addReaction(world, { tenant_id, work_id, person_id })
    }
    if (random.chance(0.2)) addComments(world, { tenant_id, id: work_id }, [...present])
}

function addEarning(world: World, { tenant_id, id: work_id }: Telling, month: string): void {
    const { random } = world
    const amount = random.pick([100, 100, 100, 100, 100, 500]) + random.between(0, 90)
    world.add('value.value_events', {
        ...{ tenant_id, work_id, id: world.name('something that came in'), kind: 'licence' },
        ...{ asset: 'CAD', amount },
        returned: random.pick([0, 0, 0, random.between(0, amount), amount]),
        occurred_on: month,
    })
}

/** Most parties say yes to figures, and go on to do so; some said no, or took it back, or only for a while. */
export async function decide(
    world: World,
    works: readonly Id[],
    recorded: readonly string[],
    people: readonly Id[],
    analysed = true,
): Promise<void> {
    const { random } = world
    const about = new Set(works)
    const parties = await world.query<{ tenant_id: Id; id: Id; work_id: Id; current_version: number }>(
        sqlFile('oracle/asked-parties.sql'),
    )
    for (const { tenant_id, id: party_id, work_id, current_version } of parties) {
        if (!about.has(work_id)) continue
        const add = (purpose: string, decision: string, from: number, until?: number, channel?: string) =>
            world.add('consent.consents', {
                ...{ tenant_id, id: world.name('a decision'), work_id, party_id, purpose, decision },
                channel: channel ?? null,
                during: world.during(from, until),
                through_version: decision === 'given' ? random.between(1, current_version) : null,
                recorded_by: random.pick(people),
                recorded_at: random.pick(recorded),
            })
        const course = random.chance(0.8) ? 'given' : random.pick(courses)
        switch (course) {
            case 'given':
                add('insight', 'given', random.pick([-30 * day, 0]))
                break
            case 'refused':
                add('insight', 'refused', -day)
                break
            case 'withdrawn':
                add('insight', 'given', -30 * day, -day)
                add('insight', 'withdrawn', -day)
                break
            case 'given again':
                add('insight', 'withdrawn', -30 * day, 0)
                add('insight', 'given', 0)
                break
            case 'expired':
                add('insight', 'given', -30 * day, random.pick([-day, 0]))
                break
            case 'expiring':
                add('insight', 'given', -30 * day, later)
                break
            case 'not yet':
                add('insight', 'given', 2 * day)
                break
        }
        if (random.chance(0.1)) add('insight', random.pick(['given', 'refused']), -day, undefined, 'radio')
        if (analysed && random.chance(0.9)) add('ai_analysis', 'given', -30 * day)
    }
    await world.write()
    await world.query(sqlFile('oracle/compile-some.sql'), [works])
}

const courses = [
    'refused',
    'withdrawn',
    'given again',
    'expired',
    'expiring',
    'expiring',
    'not yet',
    'nothing',
]

/** By one run in each organization: of most stories their themes, whether everyone consents to that or not. */
export async function analyse(
    world: World,
    stories: readonly Telling[],
    people: readonly Id[],
): Promise<void> {
    const { random } = world
    for (const [tenant_id, own] of Map.groupBy(stories, (story) => story.tenant_id)) {
        const [agreement_id, run_id] = [world.name('an agreement on themes'), world.name('a run for themes')]
        const by = random.pick(people)
        world.add('consent.agreements', {
            ...{
                tenant_id,
                id: agreement_id,
                scope_id: tenant_id,
                whole_scope: true,
                recipient: 'A laboratory',
            },
            ...{
                obligations: '',
                document_sha256: '0'.repeat(64),
                during: world.during(-day),
                signed_by: by,
            },
        })
        world.add('consent.agreement_purposes', { tenant_id, agreement_id, purpose: 'ai_analysis' })
        world.add('consent.runs', {
            ...{ tenant_id, id: run_id, agreement_id, scope_id: tenant_id, purpose: 'ai_analysis' },
            ...{ model: 'A reader', started_by: by },
        })
        const usual = random.pick(themes)
        for (const { id: work_id } of random.some(own, 0.9)) {
            world.add('consent.run_works', { tenant_id, run_id, work_id, version: 1 })
            const id = world.name('an analysis')
            const theme = random.chance(0.7) ? usual : random.pick(themes)
            world.add('consent.results', { tenant_id, id, run_id, work_id, kind: 'themes' })
            world.add('stories.analyses', {
                ...{ tenant_id, id, run_id, story_id: work_id, kind: 'themes' },
                result: random.pick<unknown>([
                    { themes: [theme, 'kites'] },
                    { themes: [theme] },
                    { themes: theme },
                    [theme],
                    [` ${theme.toUpperCase()} `, 7],
                    random.pick<unknown>([{ themes: [] }, { themes: [7] }, { themes: 7 }, {}]),
                ]),
                analysed_at: world.at(-random.between(1, 3) * day),
            })
        }
    }
    await world.write()
}
