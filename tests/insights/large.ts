// Large worlds at random: organizations with projects and places that ask for different numbers of people; people who
// tell in some of them, about this and that, month by month; who withdraw, return, come late, turn out to be somebody
// else; whose consent ends by itself; whose places ask for more, or want no figures any more, and then do.

import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '../../scripts/lib/db.ts'
import type { Random } from '../../scripts/lib/oracle/random.ts'
import { look } from './looking.ts'
import {
    addEarned,
    addNode,
    addPerson,
    addWork,
    analyse,
    decide,
    earn,
    type Fault,
    found,
    leakIn,
    merge,
    newWorld,
    release,
    settle,
    tell,
    type Work,
    type World,
    whoIs,
    writeMerged,
} from './worlds.ts'

const topics = ['', '', 'water', 'fire', 'land']

/** Some who tell in more than one organization. */
export function largeWorlds(random: Random, count: number): World[] {
    const worlds = Array.from({ length: count }, (_, n) => largeWorld(random, `large ${n}`))
    const [first, ...others] = worlds
    for (const world of others) world.people.push(...random.sample(first?.people ?? [], 5))
    return worlds
}

function largeWorld(random: Random, name: string): World {
    const world = newWorld(random, name, random.pick([3, 4, 5, 7]))
    const [root] = world.nodes
    if (!root) throw new Error('no organization')
    const asks = () => (random.chance(0.6) ? undefined : random.between(3, 8))
    for (let projects = random.between(1, 2); projects > 0; projects -= 1) {
        const project = addNode(random, world, 1, [root], asks())
        for (let places = random.between(1, 4); places > 0; places -= 1)
            addNode(random, world, 2, [project, root], asks())
    }
    for (let places = random.between(1, 2); places > 0; places -= 1) addNode(random, world, 2, [root], asks())
    for (let people = random.pick([15, 40, 80]); people > 0; people -= 1) addPerson(random, world)
    return world
}

/** What somebody tells in a month. What it weighs is no other sum, as far as anybody can chance upon. */
function somethingTold(random: Random, world: World, month: number): Work {
    // Most tell where they did before.
    const person = random.pick(world.people)
    const usual = world.works.find((work) => work.person === person)?.node
    return addWork(random, world, {
        ...{ month: Math.max(0, month - (random.chance(0.15) ? 1 : 0)), person },
        node: usual && random.chance(0.6) ? usual : random.pick(world.nodes),
        kind: random.pick(['note', 'note', 'note', 'story']),
        topic: random.pick(topics),
        views: BigInt(random.between(0, 2 ** 40)),
        consents: random.chance(0.8),
    })
}

/** One of the things that happen, in each of the worlds. */
type Event = (client: Client, random: Random, worlds: World[]) => Promise<void>

const some = (random: Random, worlds: World[], which: (work: Work) => boolean): Work[] =>
    worlds.flatMap((world) => random.sample(world.works.filter(which), random.between(1, 3)))

const events: Record<string, Event> = {
    withdraw: (client, random, worlds) =>
        decide(
            client,
            some(random, worlds, (work) => work.consents),
            false,
        ),
    consent: (client, random, worlds) =>
        decide(
            client,
            some(random, worlds, (work) => !work.consents),
            true,
        ),
    end: async (client, random, worlds) => {
        await decide(
            client,
            some(random, worlds, (work) => work.consents),
            true,
            '0.1 seconds',
        )
        await sleep(120)
    },
    analyse: async (client, random, worlds) => {
        const works = some(random, worlds, () => true)
        for (const work of works) work.topic = random.pick(topics)
        await analyse(client, works)
    },
    merge: async (client, random, worlds) => {
        const world = random.pick(worlds)
        const people = world.people.filter((person) => !person.is)
        const [duplicate, survivor] = random.sample(people, 2)
        if (!duplicate || !survivor || people.length < 6) return
        // Whoever was merged into the one is the other, too.
        const theirs = worlds.flatMap(({ works }) =>
            works.filter(({ person }) => whoIs(person) === duplicate),
        )
        for (const one of worlds)
            if (one.people.includes(duplicate) && !one.people.includes(survivor)) one.people.push(survivor)
        merge(worlds, duplicate, survivor)
        await writeMerged(client, [duplicate], theirs)
    },
    ask: async (client, random, worlds) => {
        const changed = worlds.map((world) => ({ world, node: random.pick(world.nodes) }))
        for (const { node } of changed) node.asks = random.chance(0.3) ? undefined : random.between(3, 9)
        await settle(client, changed)
    },
    switch: async (client, random, worlds) => {
        const changed = worlds.map((world) => ({ world, node: random.pick(world.nodes) }))
        for (const { node } of changed) node.on = node.above.length === 0 || random.chance(0.7) || undefined
        for (const { node } of changed) if (node.above.length > 0 && random.chance(0.3)) node.on = false
        await settle(client, changed)
    },
    return: async (client, _, worlds) => {
        const off = worlds.flatMap((world) => world.nodes.map((node) => ({ world, node })))
        for (const { node } of off) node.on = node.above.length === 0 ? true : undefined
        await settle(client, off)
    },
}

/** Many months of this. All is read after each thing that happened, and at the end all of it is put together. */
export async function live(
    client: Client,
    random: Random,
    worlds: World[],
    months: number,
): Promise<Fault[]> {
    const faults: Fault[] = []
    await found(client, worlds)
    for (let month = 0; month < months; month += 1) {
        const told = worlds.flatMap((world) =>
            Array.from({ length: random.between(5, world.people.length) }, () =>
                somethingTold(random, world, month),
            ),
        )
        await tell(client, told)
        const earning = worlds.flatMap(({ works }) => random.some(works, 0.15))
        await earn(
            client,
            earning.map((work) => addEarned(work, month, BigInt(random.between(1_000, 3_000)))),
        )
        for (const name of random.sample(Object.keys(events), random.between(2, 5))) {
            await events[name]?.(client, random, worlds)
            faults.push(...(await look(client, worlds)))
        }
        // Now and then a month is released with the next.
        if (random.chance(0.1) && month + 1 < months) continue
        await release(client, worlds, month)
        faults.push(...(await look(client, worlds, true)))
    }
    for (const world of worlds) {
        const leak = leakIn(world)
        if (leak) faults.push({ world: world.name, what: `says something of ${leak.people.length} people` })
    }
    return faults
}
