// A random world of content: notes in every state, with versions, moves and collaborators, and things to see in them.

import { sqlFile } from '../../sql-file.ts'
import type { Id, World } from '../world.ts'

interface Place {
    tenant_id: Id
    id: Id
    level: number
    project_id: Id
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
    const places = await world.query<Place>(sqlFile('oracle/scopes.sql'))
    const people = (await world.query<{ id: Id }>(sqlFile('oracle/persons.sql'))).map(({ id }) => id)
    for (const place of places) {
        for (let work = world.random.between(0, 2); work > 0; work -= 1) addNote(world, place, people)
    }
    await world.write()
}

function addNote(world: World, place: Place, people: Id[]): void {
    const { random } = world
    const id = world.name('a note')
    const { tenant_id } = place
    const [owner_id = '', reviewer = ''] = random.sample(people, 2)
    const way = random.pick(ways)
    const versions = random.between(1, 3)
    world.add('content.works', {
        tenant_id,
        id,
        kind: 'note',
        scope_id: place.id,
        level: place.level,
        project_id: place.project_id,
        owner_id,
        title: 'A note',
        visibility: random.pick(['private', 'community', 'organization', 'public', 'public']),
        state: way.at(-1),
        moves: way.length,
        current_version: versions,
    })
    world.add('content.notes', { tenant_id, id, written_on: null })
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
            created_by: random.chance(0.7) ? owner_id : random.pick(people),
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
