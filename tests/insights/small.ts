// Every small world there is: two places in a project and one straight below the organization, where three people are
// enough; so and so many people, each in one of the places, of whom each does one of a few things with what they told.

import type { Client } from '../../scripts/lib/db.ts'
import type { Random } from '../../scripts/lib/oracle/random.ts'
import { look } from './looking.ts'
import {
    addEarned,
    addNode,
    addPerson,
    addWork,
    decide,
    type Fault,
    found,
    leakIn,
    newWorld,
    release,
    type World,
} from './worlds.ts'

/** Is counted and stays; goes; goes and returns; comes late; comes late and goes. */
export const fates = ['stays', 'goes', 'returns', 'comes', 'visits'] as const
export type Fate = (typeof fates)[number]
export interface Part {
    place: number
    fate: Fate
}

const parts: Part[] = [0, 1, 2].flatMap((place) => fates.map((fate) => ({ place, fate })))

/** All ways to have so many people, where it does not matter who is who, nor which place of the project is which. */
export function* casts(people: number, from = 0, chosen: Part[] = []): Generator<Part[]> {
    if (people === 0) {
        if (inOrder(chosen)) yield chosen
        return
    }
    for (const [n, part] of parts.entries()) if (n >= from) yield* casts(people - 1, n, [...chosen, part])
}

/** Of two worlds that differ in nothing but which of the two places is the first, the one. */
function inOrder(chosen: Part[]): boolean {
    const of = (place: number) =>
        chosen
            .filter((part) => part.place === place)
            .map(({ fate }) => fates.indexOf(fate))
            .join('')
    const [first, second] = [of(0), of(1)]
    return first.length > second.length || (first.length === second.length && first <= second)
}

export interface Small {
    world: World
    cast: Part[]
}

export function smallWorld(random: Random, cast: Part[]): Small {
    const world = newWorld(random, cast.map(({ place, fate }) => `${fate} in ${place}`).join(', '), 3)
    const [root] = world.nodes
    if (!root) throw new Error('no organization')
    const project = addNode(random, world, 1, [root])
    const places = [addNode(random, world, 2, [project, root]), addNode(random, world, 2, [project, root])]
    places.push(addNode(random, world, 2, [root]))
    for (const { place, fate } of cast) {
        const node = places[place]
        const early = fate === 'stays' || fate === 'goes' || fate === 'returns'
        if (node) addWork(random, world, { node, person: addPerson(random, world), consents: early })
    }
    // Half of the sums are over these.
    for (const work of world.works) addEarned(work, 0)
    return { world, cast }
}

/** Lets everybody do what they do, release by release, reads all there is after each step, and says what is wrong. */
export async function play(client: Client, smalls: Small[]): Promise<Fault[]> {
    const worlds = smalls.map(({ world }) => world)
    const faults: Fault[] = []
    const see = async (released = false) => {
        faults.push(...(await look(client, worlds, released)))
    }
    const those = (...asked: Fate[]) =>
        smalls.flatMap(({ world, cast }) =>
            world.works.filter((_, n) => asked.some((fate) => fate === cast[n]?.fate)),
        )
    await found(client, worlds)
    await release(client, worlds, 0)
    await see(true)
    await decide(client, those('goes', 'returns'), false)
    await see()
    await decide(client, those('comes', 'visits'), true)
    await see()
    await release(client, worlds, 1)
    await see(true)
    await decide(client, those('returns'), true)
    await see()
    await decide(client, those('visits'), false)
    await see()
    await release(client, worlds, 2)
    await see(true)
    for (const world of worlds) {
        const leak = leakIn(world)
        if (leak) faults.push({ world: world.name, what: `says something of ${leak.people.length} people` })
    }
    return faults
}
