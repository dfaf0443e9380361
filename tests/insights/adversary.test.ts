// An adversary who reads every published figure, of all levels and months, before and after whatever happens, and knows
// who belongs where, derives no figure about fewer people than are asked for: not by any combination of what was read.
// Small worlds are tried as they come, all there are; large ones at random. In all of them readers are told exact
// numbers, so that no promise hangs on the rounding.
//
// What the seed does not repeat is whom the database puts beside whom: that is chance which nobody keeps.

import { randomInt } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { type Client, connect } from '../../scripts/lib/db.ts'
import { Random } from '../../scripts/lib/oracle/random.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'
import { type Column, derive, rank } from './derive.ts'
import { happen, happenedIn, twoGroups } from './facts.ts'
import { largeWorlds, live } from './large.ts'
import { unlikeFunctions } from './looking.ts'
import { leaveOut, subtract, takenBack } from './naive.ts'
import { River } from './real.ts'
import { casts, type Part, play, smallWorld } from './small.ts'
import { addPerson, addWork, type Fault, found, newWorld, settle, tellExactly, type World } from './worlds.ts'

/** `EMPATHY_ADVERSARY=full` for every small world, and more of the others. */
const full = process.env.EMPATHY_ADVERSARY === 'full'
const seed = Number(process.env.EMPATHY_ADVERSARY_SEED ?? randomInt(2 ** 31))
const months = 24
const mostPeople = 6
const atOnce = 400

const databases: TestDatabase[] = []
const clients: Client[] = []

afterEach(tidy)

async function tidy(): Promise<void> {
    for (const client of clients.splice(0)) await client.end()
    for (const database of databases.splice(0)) await database.drop()
}

/** In place of the one before. */
async function exactDatabase(): Promise<Client> {
    await tidy()
    const database = await freshDatabase()
    databases.push(database)
    const client = await connect(database.url)
    clients.push(client)
    await tellExactly(client)
    return client
}

/** Works of as many people, each of one, where so many are asked for. */
const each = (people: number, asked: number): Column[] =>
    Array.from({ length: people }, (_, person) => ({ person, asked }))

test('whoever combines figures is found out', () => {
    const sum = (...works: number[]) => works.reduce((all, work) => all | (1n << BigInt(work)), 0n)
    expect(derive([sum(0, 1, 2), sum(3, 4, 5)], each(6, 3)), 'groups').toBeUndefined()
    expect(derive([sum(0, 1, 2), sum(0, 1, 2, 3, 4, 5)], each(6, 3)), 'and their sum').toBeUndefined()
    expect(derive([sum(0, 1)], each(2, 3)), 'a figure of two').toEqual({ people: [0, 1], asked: 3 })
    expect(
        derive([sum(0, 1, 2, 3), sum(0, 1, 2)], each(4, 3)),
        'before and after one withdrew',
    ).toMatchObject({
        people: expect.arrayContaining([3]),
    })
    expect(derive([sum(0, 1, 2, 3, 4), sum(0, 1, 2)], each(5, 3)), 'all but those who were told of').toEqual({
        people: [3, 4],
        asked: 3,
    })
    expect(
        derive([sum(0, 1, 2, 3, 4, 5), sum(0, 1, 2, 6), sum(3, 4, 5)], each(7, 3)),
        'a difference of differences',
    ).toMatchObject({ people: expect.arrayContaining([6]) })
    // Of three pairs, each two overlap in one: half of all three, less the opposite, is that one.
    expect(
        derive([sum(0, 1), sum(1, 2), sum(0, 2)], each(3, 2)),
        'neither is a part of another',
    ).toMatchObject({
        asked: 2,
    })
    // Here no one stands apart, though no two works are in the same figures.
    expect(derive([sum(0, 1, 2, 3), sum(2, 3, 4, 5), sum(0, 1, 4, 5)], each(6, 2)), 'pairs').toBeUndefined()
    expect(derive([sum(0, 1), sum(1, 2), sum(2, 3), sum(3, 0)], each(4, 2)), 'a ring').toBeUndefined()
    const alone = [0, 0, 0, 1].map((person) => ({ person, asked: 3 }))
    expect(derive([sum(0, 1, 2, 3)], alone), 'many works of two').toEqual({ people: [0, 1], asked: 3 })
    const mixed = [...each(3, 3), ...each(3, 5)].map((column, person) => ({ ...column, person }))
    expect(derive([sum(0, 1, 2), sum(0, 1, 2, 3, 4, 5)], mixed), 'fewer than are asked for there').toEqual({
        people: expect.arrayContaining([3, 4, 5]),
        asked: 5,
    })
    expect(
        rank([
            [1n, 1n, 0n],
            [0n, 1n, 1n],
            [1n, 0n, 1n],
        ]),
        'not as modulo two',
    ).toBe(3)
})

/** How many different figures were read: where there are none, there is nothing to find out. */
const figuresIn = (worlds: World[]): number =>
    worlds.reduce((count, { eras }) => count + (eras[0]?.sums.size ?? 0), 0)

const all = (people: number): Part[][] => [...casts(people)]
const smalls = (random: Random): Part[][] => {
    const least = [1, 2, 3].flatMap(all)
    if (full) return [...least, ...[4, 5, mostPeople].flatMap(all)]
    return [
        ...random.sample(least, 50),
        ...random.sample(all(4), 100),
        ...random.sample(all(5), 100),
        ...random.sample(all(mostPeople), 450),
    ]
}

test(`small worlds tell of nobody, whoever comes and goes (seed ${seed})`, async () => {
    const random = new Random(seed)
    const left = smalls(random)
    while (left.length > 0) {
        const client = await exactDatabase()
        const some = left.splice(0, atOnce).map((cast) => smallWorld(random, cast))
        expect(await play(client, some)).toEqual([])
        expect(figuresIn(some.map(({ world }) => world))).toBeGreaterThan(some.length / 4)
        const worlds = random.sample(some, 5).map(({ world }) => world)
        expect(await unlikeFunctions(client, worlds), 'read as everybody does').toEqual([])
        expect((await client.query('select * from insights.verify_figures()')).rows).toEqual([])
    }
}, 3_600_000)

test(`large worlds tell of nobody in ${months} months (seed ${seed})`, async () => {
    for (let turn = 0; turn < (full ? 20 : 1); turn += 1) {
        const random = new Random(seed + turn)
        const client = await exactDatabase()
        const worlds = largeWorlds(random, 4)
        expect(await live(client, random, worlds, months)).toEqual([])
        expect(figuresIn(worlds)).toBeGreaterThan(100)
        expect(await unlikeFunctions(client, worlds), 'read as everybody does').toEqual([])
        expect((await client.query('select * from insights.verify_figures()')).rows).toEqual([])
    }
}, 3_600_000)

test(`nor does one in which all is done as people do it (seed ${seed})`, async () => {
    for (let turn = 0; turn < (full ? 100 : 2); turn += 1) {
        const client = await exactDatabase()
        const river = await River.found(client, new Random(seed + turn))
        await river.live(months)
        expect(river.faults, river.done.join('; ')).toEqual([])
        expect((await client.query('select * from insights.verify_figures()')).rows).toEqual([])
    }
}, 3_600_000)

test(`what happened, and what people got, tells of nobody (seed ${seed})`, async () => {
    const random = new Random(seed)
    for (let turn = 0; turn < (full ? 20 : 1); turn += 1) {
        const client = await exactDatabase()
        const worlds = Array.from({ length: 150 }, (_, n) => happenedIn(random, `happened ${n}`, 3, 8))
        expect(await happen(client, random, worlds)).toEqual([])
    }
}, 3_600_000)

test('shares are as unequal as they are in each group', async () => {
    const client = await exactDatabase()
    expect(await happen(client, new Random(1), [twoGroups(new Random(2))])).toEqual([])
})

test('an organization that wants no figures any more is in none from the next release on', async () => {
    const random = new Random(seed)
    const client = await exactDatabase()
    const world = newWorld(random, 'over', 3)
    const [root] = world.nodes
    if (!root) throw new Error('no organization')
    for (let n = 0; n < 3; n += 1) addWork(random, world, { node: root, person: addPerson(random, world) })
    await found(client, [world])
    const told = async (through: string) => {
        const { rows } = await client.query<{ released: number }>('select insights.release($1) as released', [
            through,
        ])
        expect(rows[0]?.released).toBe(1)
        const { rowCount } = await client.query(
            `select from insights.platform_insights('2020-01-01', '2020-01-01') where unique_storytellers > 0`,
        )
        return rowCount
    }
    expect(await told('2020-01-01')).toBe(1)
    root.on = false
    await settle(client, [{ world, node: root }])
    expect(await told('2020-02-01')).toBe(0)
})

// And where it is done as it is done elsewhere, all this finds it, if not in the first worlds then in the next.

async function untilFound(spoil: (client: Client) => Promise<void>, attempt: Attempt): Promise<Fault[]> {
    for (let turn = 0; turn < 20; turn += 1) {
        const client = await exactDatabase()
        await spoil(client)
        const faults = await attempt(client, new Random(seed + turn))
        if (faults.length > 0) return faults
    }
    return []
}

type Attempt = (client: Client, random: Random) => Promise<Fault[]>

test.each([
    ['who is left of a group stands without who went', subtract],
    ['places are told of, and of all together', leaveOut],
])(
    'where %s, somebody is found out',
    async (_, spoil) => {
        const faults = await untilFound(spoil, async (client, random) => {
            const some = random.sample(all(5), 100).map((cast) => smallWorld(random, cast))
            return (await play(client, some)).filter(({ what }) => what.startsWith('says something'))
        })
        expect(faults).not.toEqual([])
    },
    600_000,
)

test.each(full ? takenBack : new Random(seed).sample(takenBack, 1))(
    'without %s, something is wrong',
    async (_, spoil) => {
        const faults = await untilFound(spoil, (client, random) =>
            live(client, random, largeWorlds(random, 2), 9),
        )
        expect(faults).not.toEqual([])
    },
)
