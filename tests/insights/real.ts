// A world in which everything is done as people do it, through the functions that they call: they tell, withdraw,
// consent again, are forgotten, turn out to be one; places ask for more people, and want figures or none.

import type { Client } from '../../scripts/lib/db.ts'
import { runFile } from '../../scripts/lib/db.ts'
import type { Random } from '../../scripts/lib/oracle/random.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { look, unlikeFunctions } from './looking.ts'
import {
    addWork,
    asked,
    type Fault,
    leakIn,
    merge,
    type Node,
    newWorld,
    type Person,
    type World,
    whoIs,
} from './worlds.ts'

const slugs = ['river', 'archive', 'heron', 'otter', 'delta'] as const
type Slug = (typeof slugs)[number]
const places: Slug[] = ['heron', 'heron', 'otter', 'otter', 'archive', 'delta']

/** The sums can be told apart for as long as a number has room for them. */
const mostWorks = 60

export class River {
    readonly faults: Fault[] = []
    readonly done: string[] = []
    readonly #client: Client
    readonly #random: Random
    readonly #world: World
    readonly #nodes: Map<Slug, Node>
    readonly #people = new Map<string, Person>()
    readonly #gone = new Set<string>()
    #releases = 0

    private constructor(client: Client, random: Random, world: World, nodes: Map<Slug, Node>) {
        this.#client = client
        this.#random = random
        this.#world = world
        this.#nodes = nodes
    }

    static async found(client: Client, random: Random): Promise<River> {
        // Some of the helpers are for pgTAP, which is not there.
        await client.query('set check_function_bodies = off')
        await runFile(client, inPackage('tests/helpers.sql'))
        await client.query('begin')
        await client.query('select tests.world()')
        await client.query('commit')
        const { rows } = await client.query<{ id: string; slug: Slug; level: 0 | 1 | 2 }>(
            'select id, slug, level from core.scopes where slug = any ($1) order by level',
            [slugs],
        )
        const world = newWorld(random, 'river')
        world.nodes.length = 0
        const nodes = new Map<Slug, Node>()
        for (const { id, slug, level } of rows) {
            const [river, archive] = [nodes.get('river'), nodes.get('archive')]
            const above = level === 2 && slug !== 'delta' ? [archive, river] : [river]
            const node: Node = {
                ...{ id, level, lowest: 1_000 },
                above: above.filter((one) => one !== undefined),
            }
            nodes.set(slug, node)
            world.nodes.push(node)
        }
        const river = new River(client, random, world, nodes)
        world.id = river.#node('river').id
        await river.#as('olive', `select core.set_module($1, 'insights', true)`, [world.id])
        river.#node('river').on = true
        return river
    }

    /** So many releases, with what happens between. */
    async live(releases: number): Promise<void> {
        await this.#ask('heron', 3)
        for (let n = 0; n < 12; n += 1) await this.#tell()
        for (let n = 0; n < releases; n += 1) {
            await this.#release()
            for (let happens = this.#random.between(1, 3); happens > 0; happens -= 1) {
                await this.#happen()
                await this.#see()
            }
            for (const unlike of await unlikeFunctions(this.#client, [this.#world]))
                this.faults.push({ world: 'river', what: JSON.stringify(unlike) })
        }
        const leak = leakIn(this.#world)
        if (leak) this.faults.push({ world: 'river', what: `says something of ${leak.people.length} people` })
    }

    get read(): number {
        return this.#world.eras[0]?.sums.size ?? 0
    }

    async #happen(): Promise<void> {
        const theirs = this.#world.works.filter(({ person }) => !this.#gone.has(whoIs(person).id))
        const chance = this.#random.between(0, 99)
        if (chance < 30) {
            for (let n = this.#random.between(1, 4); n > 0; n -= 1) await this.#tell()
        } else if (chance < 50) {
            const works = theirs.filter(({ consents }) => consents)
            await this.#decide('withdraw_consent', this.#random.sample(works, 1), false)
        } else if (chance < 75) {
            await this.#decide(
                'give_consent',
                theirs.filter(({ consents }) => !consents),
                true,
            )
        } else if (chance < 80) {
            await this.#erase()
        } else if (chance < 85) {
            await this.#merge()
        } else if (chance < 95) {
            await this.#ask(this.#random.pick(slugs), this.#random.between(3, 6))
        } else {
            await this.#switch(this.#random.pick(['archive', 'heron', 'otter', 'delta'] as const))
        }
    }

    async #tell(): Promise<void> {
        if (this.#world.works.length >= mostWorks) return
        const name = `t${this.#random.between(1, 25)}`
        const slug = this.#random.pick(places)
        const person = await this.#person(name)
        const node = this.#node(slug)
        const told = this.#world.works.some((work) => work.node === node && work.person === person)
        // Whoever turned out to be somebody else tells as them.
        if (told || person.is || this.#gone.has(person.id)) return
        await this.#inOne(`select tests.tell($1, variadic $2)`, [slug, [name]])
        const { rows } = await this.#client.query<{ id: string }>(
            'select w.id from content.works w where w.owner_id = $1 and w.scope_id = $2',
            [person.id, node.id],
        )
        const id = rows[0]?.id
        if (!id) throw new Error('nothing was told')
        const work = addWork(this.#random, this.#world, { id, node, person })
        await this.#client.query(
            'insert into content.work_count_steps (tenant_id, work_id, views) values ($1, $2, $3)',
            [this.#world.id, id, `${work.views}`],
        )
        this.done.push(`${name} tells in ${slug}`)
    }

    async #decide(verb: string, works: World['works'], consents: boolean): Promise<void> {
        for (const work of works) {
            await this.#as(this.#nameOf(work.person), `select consent.${verb}($1, 'insight')`, [work.id])
            work.consents = consents
            this.done.push(`${verb} ${this.#nameOf(work.person)}`)
        }
    }

    async #erase(): Promise<void> {
        const person = this.#random.sample(this.#present(), 1)[0]
        if (!person) return
        await this.#as(this.#nameOf(person), 'select core.erase_person($1)', [person.id])
        this.#gone.add(person.id)
        for (const work of this.#world.works) if (whoIs(work.person) === person) work.consents = false
        this.done.push(`erase ${this.#nameOf(person)}`)
    }

    async #merge(): Promise<void> {
        const [duplicate, survivor] = this.#random.sample(this.#present(), 2)
        if (!duplicate || !survivor) return
        await this.#as('service', 'select core.merge_people($1, $2)', [duplicate.id, survivor.id])
        merge([this.#world], duplicate, survivor)
        this.done.push(`merge ${this.#nameOf(duplicate)} into ${this.#nameOf(survivor)}`)
    }

    async #ask(slug: Slug, people: number): Promise<void> {
        const node = this.#node(slug)
        await this.#as('olive', `select core.set_setting($1, 'insights.smallest_group', $2)`, [
            node.id,
            `${people}`,
        ])
        node.asks = people
        this.done.push(`${slug} asks for ${people}`)
    }

    async #switch(slug: Slug): Promise<void> {
        const node = this.#node(slug)
        node.on = !(node.on ?? true)
        await this.#as('olive', `select core.set_module($1, 'insights', $2)`, [node.id, node.on])
        this.done.push(`${slug} ${node.on ? 'wants figures' : 'wants none'}`)
    }

    async #release(): Promise<void> {
        for (const node of this.#world.nodes) node.lowest = Math.min(node.lowest, asked(node))
        await this.#client.query(`select tests.release('river', $1)`, [this.#releases])
        this.#releases += 1
        this.done.push('release')
        await this.#see(true)
    }

    async #see(released = false): Promise<void> {
        this.faults.push(...(await look(this.#client, [this.#world], released)))
    }

    #present(): Person[] {
        return this.#world.people.filter((person) => !person.is && !this.#gone.has(person.id))
    }

    #node(slug: Slug): Node {
        const node = this.#nodes.get(slug)
        if (!node) throw new Error(`no ${slug}`)
        return node
    }

    #nameOf(person: Person): string {
        const found = [...this.#people].find(([, one]) => one === person)
        if (!found) throw new Error('nobody')
        return found[0]
    }

    async #person(name: string): Promise<Person> {
        const known = this.#people.get(name)
        if (known) return known
        const { rows } = await this.#client.query<{ id: string }>('select tests.person($1) as id', [name])
        const person: Person = { id: rows[0]?.id ?? '' }
        this.#people.set(name, person)
        this.#world.people.push(person)
        return person
    }

    async #as(name: string, sql: string, parameters: unknown[]): Promise<void> {
        await this.#inOne(sql, parameters, name)
    }

    async #inOne(sql: string, parameters: unknown[], name?: string): Promise<void> {
        await this.#client.query('begin')
        try {
            if (name === 'service') await this.#client.query('select tests.as_service()')
            else if (name) await this.#client.query('select tests.as($1)', [name])
            await this.#client.query(sql, parameters)
            await this.#client.query('commit')
        } catch (error) {
            await this.#client.query('rollback')
            throw error
        }
    }
}
