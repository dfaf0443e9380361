// A random world of stories: what communities are; of every work that is a story what only a story has, beside whose it
// stands, what it warns of, who reviewed it, and what came of analyses; deaths on record; and what people said of places.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type World } from '../world.ts'

interface Of {
    tenant_id: Id
    id: Id
}

interface Told extends Of {
    scope_id: Id
    owner_id: Id
    current_version: number
    state: string
    submission: number | null
}

const warnings = ['deceased', 'grief', 'violence', 'ceremony']
const analyses = ['themes', 'sentiment', 'summary', 'entities', 'embedding']

export async function populate(world: World): Promise<void> {
    const { random } = world
    const stories = await world.query<Told>(sqlFile('oracle/stories.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    const places = await world.query<Of>(sqlFile('oracle/scopes.sql'))
    const communities = await world.query<Of>(sqlFile('oracle/community-scopes.sql'))
    for (const { tenant_id, id } of random.some(communities, 0.8)) {
        world.add('stories.communities', {
            tenant_id,
            id,
            basis: random.pick(['geographic', 'thematic', 'kinship']),
            languages: random.pick([[], ['cr', 'en']]),
        })
    }
    const members = (await world.query<{ members: Id[] }>(sqlFile('oracle/communities.sql'))).flatMap(
        (community) => community.members,
    )
    // Who reviews, speaks for a community and manages its agreements: chance alone hardly ever makes them.
    for (const role of ['elder', 'steward']) {
        await world.query(sqlFile('oracle/let-hold.sql'), [random.some(members, 0.3), role])
    }
    // Somebody may have died before a story was told, or after.
    const dead = random.some(people, 0.2)
    const before = random.some(dead, 0.5)
    await world.query(sqlFile('oracle/record-deaths.sql'), [before])
    addStories(world, stories)
    for (const story of stories) addReviews(world, story, people)
    for (const { tenant_id, id: scope_id } of places) {
        for (const person_id of random.some(people, 0.05)) {
            const answered = random.chance(0.5)
            world.add('stories.feedback', {
                tenant_id,
                id: world.name('some feedback'),
                scope_id,
                person_id,
                body: 'It could be warmer.',
                answer: answered ? 'It will be.' : null,
                answered_by: answered ? random.pick(people) : null,
                answered_at: answered ? world.at(0) : null,
            })
        }
        addRun(world, { tenant_id, id: scope_id }, stories, people)
    }
    await world.write()
    await world.query(sqlFile('oracle/record-deaths.sql'), [dead])
}

function addStories(world: World, stories: Told[]): void {
    const { random } = world
    const originals: Told[] = []
    for (const story of stories) {
        const { tenant_id, id, scope_id } = story
        const others = originals.filter(
            (other) => other.tenant_id === tenant_id && other.scope_id !== scope_id,
        )
        const beside = others.length > 0 && random.chance(0.4) ? random.pick(others) : undefined
        const placed = random.chance(0.5)
        world.add('stories.stories', {
            tenant_id,
            id,
            recorded_on: random.pick([null, '1999-09-09']),
            place_name: placed ? 'The bend' : null,
            latitude: placed ? 55.5 : null,
            longitude: placed ? -90.5 : null,
            place_precision: placed ? 'locality' : null,
            elder_review_required: random.chance(0.5),
            is_record: beside !== undefined,
        })
        if (beside) world.add('stories.community_records', { tenant_id, id, original_id: beside.id })
        else originals.push(story)
        for (const kind of random.some(warnings, 0.2)) {
            world.add('stories.content_warnings', { tenant_id, work_id: id, kind, source: 'teller' })
        }
    }
}

/** Of a story that was given in, in any state, also by those who may not review it any more. */
function addReviews(
    world: World,
    { tenant_id, id: story_id, owner_id, current_version, submission }: Told,
    people: Id[],
): void {
    const { random } = world
    if (submission === null) return
    let number = 0
    for (const reviewer_id of random.some(people, 0.08)) {
        if (reviewer_id === owner_id) continue
        number += 1
        world.add('stories.reviews', {
            tenant_id,
            id: world.name('a review'),
            story_id,
            number,
            version: random.between(1, current_version),
            submission,
            kind: 'cultural',
            outcome: random.pick(['approved', 'changes_requested', 'declined']),
            reviewer_id,
            owner_id,
        })
    }
}

/** An analysis of what is told there and elsewhere, whether anybody consents to it or not; some of it was taken back. */
function addRun(world: World, { tenant_id, id: scope_id }: Of, stories: Told[], people: Id[]): void {
    const { random } = world
    const own = random.some(
        stories.filter((story) => story.tenant_id === tenant_id),
        0.8,
    )
    if (own.length === 0) return
    const [agreement_id, run_id] = [world.name('an agreement on analysis'), world.name('a run for analysis')]
    world.add('consent.agreements', {
        tenant_id,
        id: agreement_id,
        scope_id,
        whole_scope: true,
        recipient: 'A laboratory',
        obligations: 'To forget.',
        document_sha256: '0'.repeat(64),
        during: world.during(-day),
        signed_by: random.pick(people),
    })
    world.add('consent.agreement_purposes', { tenant_id, agreement_id, purpose: 'ai_analysis' })
    world.add('consent.runs', {
        tenant_id,
        id: run_id,
        agreement_id,
        scope_id,
        purpose: 'ai_analysis',
        model: 'A reader',
        channel: random.pick([null, null, 'radio']),
        started_by: random.pick(people),
    })
    for (const { id: work_id } of own) {
        // With what was withdrawn at this instant, or before.
        const recalled_at = random.pick([null, null, null, world.at(0), world.at(-1)])
        world.add('consent.run_works', {
            tenant_id,
            run_id,
            work_id,
            version: 1,
            recalled_at,
            irrevocable: recalled_at !== null && random.chance(0.3),
        })
        if (recalled_at !== null) continue
        for (const kind of random.sample(analyses, 2)) {
            const id = world.name('an analysis')
            world.add('consent.results', { tenant_id, id, run_id, work_id, kind })
            world.add('stories.analyses', {
                tenant_id,
                id,
                run_id,
                story_id: work_id,
                kind,
                result: { said: 'Much' },
            })
        }
    }
}
