// Asks the API in the name of some for what they see of a table, and holds its answers against the model's. One
// comparison is one of these: all rows of a collection that somebody reads, page by page, as a set; a row that they
// look up by its key, which is there or null; a row that another leads to, which is there or null; a refusal.

import { pageSize } from '../../api/pagination.ts'
import { type Difference, judged, ruleFor } from '../compare.ts'
import { Access, type Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { OracleModule, Rule, TableRule } from '../module.ts'
import type { Random } from '../random.ts'
import type { Row } from '../world.ts'
import { type Answer, type Ask, callers } from './caller.ts'
import type { Collection, Relation } from './collections.ts'

/** Somebody, and what they ask for. */
interface Pair {
    asker: Asker
    collection: Collection
}

/** From a row to another. */
interface Way {
    row: Row
    relation: Relation
    to: Row
}

/** So many ask at once: as many as keep the API busy. */
const atOnce = 4

/** Postgres refuses: not even an empty answer. */
const forbidden = '42501'

export class HttpComparison {
    /** How many answers were compared, by what was asked. */
    readonly counts = new Map<string, number>()
    readonly differences: Difference[] = []
    readonly #ask: Ask
    readonly #facts: Facts
    readonly #rules: Record<string, TableRule>
    readonly #collections: ReadonlyMap<string, Collection>
    readonly #nobodies: Asker[]
    readonly #people: Asker[]

    constructor(ask: Ask, facts: Facts, modules: OracleModule[], collections: Map<string, Collection>) {
        this.#ask = ask
        this.#facts = facts
        this.#rules = Object.assign({}, ...modules.map(({ tables }) => tables))
        // What views show is computed: no rule says of whom.
        const tables = new Set(facts.tables.map(({ name }) => name))
        this.#collections = new Map([...collections].filter(([table]) => tables.has(table)))
        const access = new Access(facts)
        const askers = modules
            .flatMap((module) => module.viewers?.(facts) ?? [])
            .filter(({ role }) => callers.includes(role))
            .map((viewer) => access.asker(viewer))
        this.#nobodies = askers.filter(({ viewer }) => viewer.role !== 'authenticated')
        this.#people = askers.filter(({ viewer }) => viewer.role === 'authenticated')
    }

    /** What of the world's tables can be asked for. */
    get tables(): string[] {
        return [...this.#collections.keys()]
    }

    /** Each of these tables is asked for by so many, who are drawn anew each time. */
    async sample(random: Random, each: number, tables = this.tables): Promise<void> {
        const questions = tables.flatMap((table) => {
            const collection = this.#collection(table)
            return this.#draw(random, each, collection).flatMap((asker) =>
                this.#questions(random, { asker, collection }),
            )
        })
        const queue = questions.values()
        const asking = Array.from({ length: atOnce }, async () => {
            for (const question of queue) await question()
        })
        await Promise.all(asking)
    }

    /** Nobody in particular, some who see a part of the rows, where there are such, and others by chance. */
    #draw(random: Random, each: number, { table }: Collection): Asker[] {
        const rows = this.#facts.rows(table)
        const people = random.sample(this.#people, each * 3)
        const telling = people.filter((asker) => {
            const seen = rows.filter((row) => this.#sees(asker, table, row)).length
            return seen > 0 && seen < rows.length
        })
        const drawn = [random.pick(this.#nobodies), ...telling.slice(0, Math.ceil(each / 2)), ...people]
        return [...new Set(drawn)].slice(0, each)
    }

    /** What one asks of one collection. All is drawn before the first is asked, so that a seed draws it again. */
    #questions(random: Random, pair: Pair): (() => Promise<void>)[] {
        const { asker, collection } = pair
        if (asker.isLockedOut) return [() => this.#refused(pair, 'API_KEY_INVALID')]
        if (this.#ruleOf(asker, collection.table) === 'refused') return [() => this.#refused(pair, forbidden)]
        const [seen, hidden] = [true, false].map((wanted) => {
            const rows = this.#facts.rows(collection.table)
            return random.sample(
                rows.filter((row) => this.#sees(asker, collection.table, row) === wanted),
                4,
            )
        }) as [Row[], Row[]]
        return [
            () => this.#all(pair),
            ...[...seen.slice(0, 1), ...hidden.slice(0, 1)].map((row) => () => this.#one(pair, row)),
            ...this.#ways(random, pair, seen).map((way) => () => this.#follow(pair, way)),
        ]
    }

    /** A way to what they do not see, and one to what they do, where there are such. */
    #ways(random: Random, { asker, collection }: Pair, rows: Row[]): Way[] {
        const ways = rows.flatMap((row) =>
            collection.relations.flatMap((relation) => this.#way(row, relation) ?? []),
        )
        const drawn = random.sample(ways, ways.length)
        return [false, true].flatMap(
            (wanted) =>
                drawn.find(({ relation, to }) => this.#sees(asker, relation.table, to) === wanted) ?? [],
        )
    }

    #way(row: Row, relation: Relation): Way | undefined {
        const { table, columns, others } = relation
        if (!this.#collections.has(table)) return undefined
        const to = this.#facts
            .rows(table)
            .find((other) => others.every((name, n) => other[name] === row[columns[n] ?? '']))
        return to && { row, relation, to }
    }

    async #refused(pair: Pair, expected: string): Promise<void> {
        const { asker, collection } = pair
        this.#count('refusals')
        const { code } = await this.#ask(asker.viewer, allOf(collection), {})
        if (code === expected) return
        this.#differ(pair, collection.all, `answers ${code ?? 'rows'}; the model says ${expected}`)
    }

    async #all(pair: Pair): Promise<void> {
        const { asker, collection } = pair
        const { table, all } = collection
        this.#count('sets')
        const found = new Set<string>()
        let after: string | null = null
        do {
            const { code, data }: Answer = await this.#ask(asker.viewer, allOf(collection), { after })
            if (code !== undefined) return this.#differ(pair, all, `answers ${code}`)
            for (const node of data.all.nodes) found.add(keyIn(collection, node, 'field'))
            after = data.all.pageInfo.hasNextPage ? data.all.pageInfo.endCursor : null
        } while (after !== null)
        for (const row of this.#facts.rows(table)) {
            const expected = this.#sees(asker, table, row)
            if (found.delete(keyIn(collection, row, 'name')) !== expected)
                this.#wrong(pair, all, row, expected)
        }
        for (const key of found) this.#differ(pair, all, `${key}: unknown to the model`)
    }

    async #one(pair: Pair, row: Row): Promise<void> {
        const { asker, collection } = pair
        const expected = this.#sees(asker, collection.table, row)
        this.#count(expected ? 'rows that are there' : 'hidden rows')
        const query = oneOf(collection, fieldsIn(collection))
        const { code, data } = await this.#ask(asker.viewer, query, keyAsked(collection, row))
        const found = code ?? (data.one && keyIn(collection, data.one, 'field'))
        if (found !== (expected ? keyIn(collection, row, 'name') : null))
            this.#wrong(pair, collection.one, row, expected)
    }

    async #follow({ asker, collection }: Pair, { row, relation, to }: Way): Promise<void> {
        const { field, table, refusedTo } = relation
        const target = this.#collection(table)
        const refused = refusedTo.includes(asker.viewer.role) || this.#ruleOf(asker, table) === 'refused'
        const expected = !refused && this.#sees(asker, table, to)
        this.#count(expected ? 'relations' : 'relations to hidden rows')
        const query = oneOf(collection, `to: ${field} { ${fieldsIn(target)} }`)
        const { code, data } = await this.#ask(asker.viewer, query, keyAsked(collection, row))
        const found = code ?? (data.one?.to ? keyIn(target, data.one.to, 'field') : null)
        if (found !== (expected ? keyIn(target, to, 'name') : refused ? forbidden : null))
            this.#wrong({ asker, collection: target }, `${collection.one}.${field}`, to, expected)
    }

    #ruleOf({ viewer }: Asker, table: string): Rule {
        return ruleFor(this.#rule(table), viewer.role)
    }

    #sees(asker: Asker, table: string, row: Row): boolean {
        const rule = this.#ruleOf(asker, table)
        return typeof rule === 'string' ? rule === 'everything' : judged(rule, asker, row, this.#facts)
    }

    #rule(table: string): TableRule {
        const rule = this.#rules[table]
        if (!rule) throw new Error(`${table} has no rule`)
        return rule
    }

    #collection(table: string): Collection {
        const collection = this.#collections.get(table)
        if (!collection) throw new Error(`${table} is not in the API`)
        return collection
    }

    #count(asked: string): void {
        this.counts.set(asked, (this.counts.get(asked) ?? 0) + 1)
    }

    #wrong(pair: Pair, by: string, row: Row, expected: boolean): void {
        const says = `the model says ${expected ? 'yes' : 'no'}`
        this.#differ(pair, by, `${this.#facts.tell(row)}: ${says}`)
    }

    #differ({ asker, collection: { table } }: Pair, by: string, what: string): void {
        this.differences.push({
            what: `${asker.viewer.name}: ${table} by HTTP (${by}): ${what}`,
            rule: this.#rule(table).says,
            about: asker.tell(),
        })
    }
}

function allOf(collection: Collection): string {
    return `query ($after: Cursor) { all: ${collection.all}(first: ${pageSize.most}, after: $after) {
        nodes { ${fieldsIn(collection)} } pageInfo { hasNextPage endCursor } } }`
}

function oneOf({ one, key }: Collection, fields: string): string {
    const variables = key.map(({ field, type }) => `$${field}: ${type}`)
    const values = key.map(({ field }) => `${field}: $${field}`)
    return `query (${variables}) { one: ${one}(${values}) { ${fields} } }`
}

function fieldsIn({ key }: Collection): string {
    return key.map(({ field }) => field).join(' ')
}

function keyAsked({ key }: Collection, row: Row): Record<string, unknown> {
    return Object.fromEntries(key.map(({ name, field, asked }) => [field, asked(row[name])]))
}

/** What a row is called, as the database has it (by names) or the API (by fields): alike for both. */
function keyIn({ key }: Collection, row: Row, by: 'name' | 'field'): string {
    return key.map((column) => column.told(row[column[by]])).join('|')
}
