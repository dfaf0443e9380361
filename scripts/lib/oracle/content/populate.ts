// A random world of content: works of every kind in every state, with versions, moves and collaborators, and things to
// see in them. What only a kind has, its module adds.

import { sqlFile } from '../../sql-file.ts'
import { day, type Id, type World } from '../world.ts'
import { versionWords } from './rows.ts'

interface Place {
    tenant_id: Id
    id: Id
    level: number
    project_id: Id
}

interface Made {
    tenant_id: Id
    id: Id
}

const ways = [
    ['draft'],
    ['draft', 'submitted'],
    ['draft', 'submitted', 'in_review'],
    ['draft', 'submitted', 'in_review', 'changes_requested'],
    ['draft', 'submitted', 'in_review', 'approved'],
    ['draft', 'submitted', 'in_review', 'approved', 'published'],
    ['draft', 'published'],
    ['draft', 'published'],
    ['draft', 'published'],
    ['draft', 'published', 'withdrawn'],
    ['draft', 'published', 'archived'],
]

export async function populate(world: World): Promise<void> {
    const { random } = world
    const places = await world.query<Place>(sqlFile('oracle/scopes.sql'))
    const cast = {
        people: await ids(world, 'oracle/persons.sql'),
        present: await ids(world, 'oracle/present.sql'),
        open: new Set(await ids(world, 'oracle/open-scopes.sql')),
        kinds: (await world.query<{ kind: string }>(sqlFile('oracle/work-kinds.sql'))).map(
            ({ kind }) => kind,
        ),
    }
    world.add('content.decision_matters', {
        key: 'place.deed',
        module: 'content',
        about_work: false,
        description: 'Something is done.',
    })
    const works: Made[] = []
    for (const place of places) {
        for (let work = random.between(0, 2); work > 0; work -= 1) {
            const made = { tenant_id: place.tenant_id, id: addWork(world, place, cast) }
            works.push(made)
            if (cast.open.has(place.id)) {
                addComments(world, made, cast.present)
                for (const person_id of random.some(cast.present, 0.02)) {
                    addReaction(world, { tenant_id: made.tenant_id, work_id: made.id, person_id })
                }
            }
            world.add('content.reading_days', {
                tenant_id: made.tenant_id,
                work_id: made.id,
                audience: 'public',
                views: 1,
            })
        }
        const there = works.filter(({ tenant_id }) => tenant_id === place.tenant_id)
        for (let poll = random.between(0, 2); poll > 0; poll -= 1) addPoll(world, place, cast, there)
    }
    addTags(world, works, cast.people)
    // Works are made in the state that they have come to, and what they say after that.
    await world.query('alter table content.work_versions disable trigger _100_stand_still')
    await world.write()
    await world.query('alter table content.work_versions enable trigger _100_stand_still')
    await world.query(sqlFile('oracle/comments-of-merged.sql'))
    await world.query(sqlFile('oracle/count-polls.sql'))
}

interface Cast {
    people: Id[]
    /** Those of them who can do something, */
    present: Id[]
    /** and where. */
    open: Set<Id>
    /** What works there can be. */
    kinds: string[]
}

function addWork(world: World, place: Place, { people, present, open, kinds }: Cast): Id {
    const { random } = world
    const kind = random.pick(kinds)
    const id = world.name(`a ${kind}`)
    const { tenant_id } = place
    const [owner_id = '', reviewer = ''] = random.sample(people, 2)
    const way = random.pick(ways)
    const versions = random.between(1, 3)
    world.add('content.works', {
        tenant_id,
        id,
        kind,
        scope_id: place.id,
        level: place.level,
        project_id: place.project_id,
        owner_id,
        title: 'A note',
        summary: 'Of stones',
        lang: random.pick(['en', 'fr-CA', 'cr']),
        visibility: random.pick(['private', 'community', 'organization', 'public', 'public']),
        state: way.at(-1),
        moves: way.length,
        current_version: versions,
    })
    if (kind === 'note') world.add('content.notes', { tenant_id, id, written_on: null })
    let material = 1
    const materials: number[] = []
    for (let number = 1; number <= versions; number += 1) {
        if (number === 1 || random.chance(0.6)) {
            material = number
            materials.push(number)
        }
        world.add('content.work_versions', {
            tenant_id,
            work_id: id,
            number,
            material_version: material,
            body: { text: String(number) },
            plain_text: versionWords[number - 1],
            created_by: random.chance(0.7) ? owner_id : random.pick(people),
        })
    }
    if (random.chance(0.5)) {
        world.add('content.attributions', {
            tenant_id,
            id: world.name('an attribution'),
            work_id: id,
            position: 1,
            credit: 'teller',
            named_as: 'Somebody',
            added_by: owner_id,
        })
    }
    addMedia(world, place, { id, owner_id, material: materials, versions }, people)
    for (const [n, to_state] of way.entries()) {
        const byReviewer = ['in_review', 'changes_requested'].includes(to_state) || to_state === 'approved'
        world.add('content.work_transitions', {
            tenant_id,
            work_id: id,
            number: n + 1,
            from_state: way[n - 1] ?? null,
            to_state,
            capacity: byReviewer ? 'reviewer' : 'owner',
            actor_id: byReviewer ? reviewer : owner_id,
            owner_id,
        })
    }
    for (const person_id of random.some(people, 0.05)) {
        if (person_id === owner_id) continue
        world.add('content.work_collaborators', {
            tenant_id,
            work_id: id,
            person_id,
            capability: random.pick(['comment', 'review', 'edit']),
            added_by: owner_id,
        })
    }
    if (!open.has(place.id) || !present.includes(owner_id)) return id
    for (const person_id of random.some(present, 0.03)) {
        if (person_id === owner_id) continue
        world.add('content.votes', { tenant_id, work_id: id, work_owner_id: owner_id, person_id })
    }
    return id
}

/** A thread or none: some aside, some hidden, some taken back. */
export function addComments(
    world: World,
    { tenant_id, id: work_id }: { tenant_id: Id; id: Id },
    people: Id[],
): void {
    const { random } = world
    const aside = random.chance(0.4)
    let parent: { id: Id; path: string } | undefined
    for (let comment = random.between(0, 3); comment > 0; comment -= 1) {
        const id = world.name('a comment')
        const state = random.pick(['visible', 'visible', 'hidden', 'deleted'])
        world.add('content.comments', {
            tenant_id,
            id,
            work_id,
            parent_id: parent?.id ?? null,
            parent_path: parent?.path ?? null,
            aside,
            author_id: state === 'deleted' ? null : random.pick(people),
            body: state === 'deleted' ? '' : 'Said',
            state: state === 'hidden' ? 'visible' : state,
        })
        if (state === 'hidden') {
            world.add('content.comment_moderations', {
                tenant_id,
                id: world.name('a moderation'),
                comment_id: id,
                hides: true,
                reason: 'Not kind.',
                moderator_id: random.pick(people),
            })
        }
        if (state !== 'deleted' && random.chance(0.3)) {
            addReaction(world, { tenant_id, comment_id: id, person_id: random.pick(people) })
        }
        const label = id.replaceAll('-', '')
        parent = { id, path: parent ? `${parent.path}.${label}` : label }
    }
}

export function addReaction(world: World, about: Record<string, Id>): void {
    world.add('content.reactions', { ...about, id: world.name('a reaction'), kind: 'heart' })
}

/** In each organization a word, a synonym that leads to it, and one that nothing is called by. */
function addTags(world: World, works: Made[], people: Id[]): void {
    const { random } = world
    for (const tenant_id of new Set(works.map((work) => work.tenant_id))) {
        const [tag_id, word_id, other] = ['river', 'stream', 'kite'].map((slug) => {
            const id = world.name(`the word ${slug}`)
            const created_by = random.pick(people)
            world.add('content.tags', {
                tenant_id,
                id,
                slug,
                name: slug,
                is_synonym: slug === 'stream',
                created_by,
            })
            return id
        })
        for (const [synonym_tag_id, status] of [
            [word_id, 'approved'],
            [other, 'proposed'],
        ]) {
            world.add('content.tag_synonyms', {
                tenant_id,
                synonym_tag_id,
                tag_id,
                status,
                proposed_by: random.pick(people),
                decided_at: status === 'approved' ? world.at(0) : null,
            })
        }
        for (const work of works.filter((made) => made.tenant_id === tenant_id && random.chance(0.4))) {
            world.add('content.work_tags', {
                tenant_id,
                work_id: work.id,
                word_id: random.pick([word_id, tag_id]),
                tag_id,
                added_by: random.pick(people),
            })
        }
    }
}

/** A poll that anybody voted in, about a work or not; some are counted. */
function addPoll(world: World, { tenant_id, id: scope_id }: Place, { people }: Cast, works: Made[]): void {
    const { random } = world
    const id = world.name('a poll')
    const anonymous = random.chance(0.3)
    const counted = random.chance(0.3)
    const method = random.pick(['single', 'consent'])
    const options = method === 'single' ? 2 : 4
    const work_id = works.length > 0 && random.chance(0.7) ? random.pick(works).id : null
    world.add('content.polls', {
        tenant_id,
        id,
        scope_id,
        work_id,
        question: 'This or that?',
        method,
        most: 1,
        anonymous,
        results_shown: anonymous ? 'after_close' : random.pick(['always', 'after_vote', 'after_close']),
        opened_by: random.pick(people),
        opened_at: world.at(-2 * day),
        closes_at: world.at(counted ? -day : day),
    })
    for (let number = 1; number <= options; number += 1) {
        world.add('content.poll_options', { tenant_id, poll_id: id, number, label: `Option ${number}` })
    }
    if (method === 'consent') {
        world.add('content.decisions', {
            tenant_id,
            id: world.name('a decision'),
            scope_id,
            work_id,
            work_version: work_id && 1,
            matter: work_id ? 'work.publish' : 'place.deed',
            process: random.pick(['consensus', 'majority']),
            poll_id: id,
            proposed_by: random.pick(people),
        })
    }
    for (const person_id of random.some(people, 0.06)) {
        const chosen = random.between(1, options)
        const choices = Array.from({ length: options }, (_, n) => Number(n + 1 === chosen))
        const ballot = { tenant_id, poll_id: id, method, most: 1, choices }
        if (anonymous) {
            world.add('content.waiting_ballots', { ...ballot, id: world.name('a ballot') })
            world.add('content.voters', { tenant_id, poll_id: id, person_id })
        } else {
            world.add('content.ballots', { ...ballot, person_id, cast_at: world.at(-day) })
        }
    }
}

async function ids(world: World, file: string): Promise<Id[]> {
    return (await world.query<{ id: Id }>(sqlFile(file))).map(({ id }) => id)
}

interface Making {
    id: Id
    owner_id: Id
    /** The versions that changed what it says: with these, things to see come. */
    material: number[]
    versions: number
}

function addMedia(world: World, place: Place, work: Making, people: Id[]): void {
    const { random } = world
    const { tenant_id } = place
    const { id: work_id } = work
    for (let position = 1; position <= random.between(0, 3); position += 1) {
        const id = world.name('a place to see something')
        const first = random.chance(0.8) ? random.pick(work.material) : null
        const last = first !== null && random.chance(0.4) ? random.between(first, work.versions) : null
        world.add('content.placements', {
            tenant_id,
            id,
            work_id,
            position,
            first_version: first,
            last_version: last,
        })
        const file_id = world.name('a file')
        const arrived = random.chance(0.9)
        world.add('content.files', {
            tenant_id,
            id: file_id,
            scope_id: place.id,
            sha256: 'ab'.repeat(32),
            mime: 'image/png',
            bytes: random.between(1, 1_000_000),
            state: arrived ? 'arrived' : 'expected',
            uploaded_by: random.chance(0.7) ? work.owner_id : random.pick(people),
            arrived_at: arrived ? world.at(0) : null,
        })
        if (!arrived) continue
        world.add('content.media', {
            tenant_id,
            id,
            work_id,
            file_id,
            alt_text: 'A picture',
            added_by: work.owner_id,
        })
    }
}
