// People: with and without a login, wards, merged into others, erased; their papers, tiers and scores.

import { day, type Id, type World } from '../../world.ts'

/** What everybody is called who is erased. */
const nobody = 'Erased person'

interface Someone {
    id: Id
    name: string
    erased: boolean
}

/** Adds them and answers their ids; those whose identity was verified apart. */
export function addPeople(world: World): { people: Id[]; verified: Set<Id> } {
    const everybody = Array.from({ length: world.random.between(8, 14) }, (_, n): Someone => {
        const name = `person ${n + 1}`
        return { id: world.name(name), name, erased: world.random.chance(0.08) }
    })
    const alive = everybody.filter(({ erased }) => !erased)
    for (const someone of everybody) {
        const others = alive.filter(({ id }) => id !== someone.id)
        const guardian = !someone.erased && world.random.chance(0.25) ? world.random.pick(others).id : null
        world.add('core.people', {
            id: someone.id,
            display_name: someone.erased ? nobody : someone.name,
            guardian_id: guardian,
            merged_into: null,
            erased_at: someone.erased ? world.at(-day) : null,
        })
        if (!someone.erased) addTraces(world, someone.id)
    }
    addDuplicates(world, alive)
    return { people: everybody.map(({ id }) => id), verified: addPapers(world, alive) }
}

/** Rows that turned out to be somebody else: their tokens still speak, as who they were merged into. */
function addDuplicates(world: World, alive: Someone[]): void {
    for (const survivor of world.random.some(alive, 0.15)) {
        const name = `a duplicate of ${survivor.name}`
        const erased = world.random.chance(0.2)
        world.add('core.people', {
            id: world.name(name),
            display_name: erased ? nobody : name,
            guardian_id: null,
            merged_into: survivor.id,
            erased_at: erased ? world.at(-day) : null,
        })
    }
}

function addTraces(world: World, person: Id): void {
    const logins = world.random.pick([0, 1, 1, 2])
    for (let n = 0; n < logins; n += 1) {
        world.add('core.identities', {
            issuer: 'https://login.example',
            subject: world.random.uuid(),
            person_id: person,
        })
    }
    if (world.random.chance(0.5)) {
        world.add('core.person_limits', { person_id: person, tier: world.random.pick(['FREE', 'PRO']) })
    }
    if (world.random.chance(0.5)) {
        world.add('core.trust_scores', { person_id: person, score: 50, explanation: [] })
    }
    if (world.random.chance(0.3)) {
        world.add('core.person_keys', { person_id: person, wrapped_key: '\\x00', kek_id: 'none' })
        world.add('core.person_secrets', { person_id: person, phone: '\\x00' })
    }
}

function addPapers(world: World, alive: Someone[]): Set<Id> {
    const verified = new Set<Id>()
    for (const { id } of world.random.some(alive, 0.5)) {
        const paper = world.name('a verification')
        const good = world.random.chance(0.6)
        if (good) verified.add(id)
        world.add('core.verifications', {
            id: paper,
            kind: 'kyc',
            person_id: id,
            document_type: 'passport',
            ...(good
                ? {
                      status: 'verified',
                      verifier: 'an office',
                      decided_at: world.at(-day),
                      valid_during: world.during(-day),
                  }
                : { status: 'pending' }),
        })
        if (world.random.chance(0.5)) addLook(world, paper, world.random.pick(alive).id)
    }
    return verified
}

export function addLook(world: World, paper: Id, person: Id): void {
    world.add('core.verification_looks', {
        id: world.name('a look'),
        verification_id: paper,
        person_id: person,
        reason: 'a doubt',
    })
}
