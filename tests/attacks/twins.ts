// Two worlds that are alike but for this: in one there are works that are hidden, in the other there never were. Whoever
// finds any difference between what the two answer has learned of what is hidden.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client, type DatabaseError, type QueryResultRow } from 'pg'
import { runFile, withClient } from '../../scripts/lib/db.ts'
import { cloneDatabase, type TestDatabase } from '../../scripts/lib/template.ts'
import { sealAll } from '../audit/log.ts'
import { adminUrl, freshDatabase } from '../support/database.ts'

/** Whoever asks: their role, and what their token says. */
export interface Speaker {
    name: string
    role: string
    claims: Record<string, unknown>
    /** What the connection brings besides. */
    settings?: Record<string, string>
}

/** All by which a hidden work could be asked for, each by its name: its id, its title, a comment's id … */
export type Hidden = Record<string, string>

/** What came of it, in words that can be compared. */
export type Outcome = string

export interface Difference {
    asked: string
    hiding: Outcome
    without: Outcome
}

const uuid = /\b[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\b/g
/** What invites or lets in, and nobody guesses. */
const token = /(?<![\w-])(el_)?[\w-]{43}(?![\w-])/g
/** What a server shortens, and several ids, which come in any order. */
const cut = /\b[0-9a-fx][0-9a-f-]*\.\.\./g
const several = /\["[0-9a-f-]{36}"(, "[0-9a-f-]{36}")*\]/g
const instant = /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d(:?\d\d)?)?/g

/** Whoever waits for what somebody holds has found that it is there. */
const patience = '100ms'

/** As many as one transaction tries. */
const batch = 200

export class World {
    readonly url: string
    readonly #client: Client
    readonly #notices: string[] = []

    constructor(url: string) {
        this.url = url
        this.#client = new Client({ connectionString: url })
        this.#client.on('notice', (notice) => this.#notices.push(words(notice)))
    }

    async enter(): Promise<this> {
        await this.#client.connect()
        return this
    }

    leave(): Promise<void> {
        return this.#client.end()
    }

    async rows<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
        return (await this.#client.query<Row>(text, values)).rows
    }

    /** Somebody says all of it in one transaction, which is undone; after somebody else, of whom nothing is heard. */
    async hear(speaker: Speaker, statements: string, before?: [Speaker, string]): Promise<Outcome> {
        await this.#client.query('begin')
        if (before) await this.#client.query(`${introduction(before[0])}; ${before[1]}`)
        this.#notices.length = 0
        const outcome = await this.#client
            .query({ text: `${introduction(speaker)}; ${statements}`, rowMode: 'array' })
            // Several statements have several answers; the first is that to the introduction.
            .then(
                (answers) =>
                    [answers]
                        .flat()
                        .slice(1)
                        .map(({ rowCount, rows }) => [rowCount, rows]),
                words,
            )
        const notices = this.#notices.sort()
        await this.#client.query('rollback; deallocate all')
        return JSON.stringify([outcome, notices])
    }

    /** Somebody tries one thing after the other, each of one or several statements; what notices say comes last. */
    async attempt(speaker: Speaker, sequences: string[][]): Promise<Outcome[]> {
        this.#notices.length = 0
        await this.#client.query(`begin; ${introduction(speaker)}`)
        const [row] = await this.rows<{ attempts: string[] }>('select attacks.attempts($1)', [
            JSON.stringify(sequences),
        ])
        const outcomes = [...(row?.attempts ?? []), this.#notices.sort().join('\n')]
        await this.#client.query('rollback')
        return outcomes
    }
}

export class Twins {
    readonly hiding: World
    readonly without: World
    readonly works: Hidden[]
    readonly #databases: TestDatabase[]
    readonly #holder: Client
    readonly #known: Set<string>
    readonly #hidden: Set<string>
    readonly #madeAt: Date

    constructor(
        databases: TestDatabase[],
        [hiding, without]: [World, World],
        holder: Client,
        {
            works,
            known,
            hidden,
            madeAt,
        }: { works: Hidden[]; known: string[]; hidden: string[]; madeAt: Date },
    ) {
        this.#databases = databases
        this.hiding = hiding
        this.without = without
        this.#holder = holder
        this.works = works
        this.#known = new Set(known)
        this.#hidden = new Set(hidden)
        this.#madeAt = madeAt
    }

    async unmake(): Promise<void> {
        await this.#holder.end()
        await Promise.all([this.hiding.leave(), this.without.leave()])
        for (const database of this.#databases) await database.drop()
    }

    /** What both answer. */
    async hear(...said: Parameters<World['hear']>): Promise<[Outcome, Outcome]> {
        const outcomes = await Promise.all([this.hiding, this.without].map((world) => world.hear(...said)))
        return [this.comparable(outcomes[0] ?? ''), this.comparable(outcomes[1] ?? '')]
    }

    /** Which of these tell the two apart, and how. */
    async differences(speaker: Speaker, sequences: string[][]): Promise<Difference[]> {
        const found: Difference[] = []
        for (let from = 0; from < sequences.length; from += batch) {
            const asked = sequences.slice(from, from + batch)
            const [hiding, without] = await Promise.all(
                [this.hiding, this.without].map((world) => world.attempt(speaker, asked)),
            )
            for (const [n, one] of (hiding ?? []).entries()) {
                const difference = {
                    asked: asked[n]?.join('; ') ?? 'notices',
                    hiding: this.comparable(one),
                    without: this.comparable(without?.[n] ?? ''),
                }
                if (difference.hiding !== difference.without) found.push(difference)
            }
        }
        return found
    }

    /** From here on somebody holds every row of what is hidden: who waits for one has learned that it is there. */
    async hold(): Promise<void> {
        await this.#holder.query('begin')
        for (const table of await tablesOf(this.hiding, ['content', 'consent', 'stories'])) {
            // Written once and never changed: nobody ever holds one.
            if (table.startsWith('consent.protocol_set')) continue
            await this.#holder.query(
                `select from ${table} t
                where exists (
                    select from unnest($1::text[]) id
                    where replace(to_jsonb(t)::text, '-', '') like '%' || id || '%'
                )
                for update`,
                [[...this.#hidden]],
            )
        }
    }

    async letGo(): Promise<void> {
        await this.#holder.query('rollback')
    }

    /** Ids and instants that came about while asking are no difference; those of what is hidden stay as they are. */
    comparable(outcome: Outcome): Outcome {
        return outcome
            .replace(uuid, (id) => {
                const plain = id.replaceAll('-', '')
                return this.#known.has(plain) || this.#hidden.has(plain) ? id : '<id>'
            })
            .replace(token, '<token>')
            .replace(cut, '<cut>')
            .replace(several, (ids) => `[${ids.slice(1, -1).split(', ').sort().join(', ')}]`)
            .replace(instant, (at) => (new Date(at) < this.#madeAt ? at : '<instant>'))
    }
}

export async function makeTwins(): Promise<Twins> {
    const file = (name: string) => join(import.meta.dirname, name)
    const databases = [await freshDatabase()]
    const [without = { name: '', url: '' }] = databases
    await withClient(without.url, async (client) => {
        await runFile(client, file('../helpers.sql'))
        await runFile(client, file('known.sql'))
    })
    await withClient(without.url, sealAll)
    const hiding = await cloneDatabase(adminUrl(), without.name)
    databases.push(hiding)
    await withClient(hiding.url, async (client) => {
        await runFile(client, file('hidden.sql'))
        await sealAll(client)
    })
    for (const { url } of databases) {
        await withClient(url, async (client) => {
            await client.query('drop schema tests cascade')
            await runFile(client, file('attempts.sql'))
            // What is hidden stands in the statistics as well, which a server keeps sooner or later.
            await client.query('analyze')
        })
    }
    const worlds: [World, World] = [await new World(hiding.url).enter(), await new World(without.url).enter()]
    const [there, known] = await Promise.all(worlds.map(uuidsIn))
    const works = await worlds[0].rows<{ ids: Hidden }>(readFileSync(file('hidden-ids.sql'), 'utf8'))
    const [now] = await worlds[0].rows<{ now: Date }>('select clock_timestamp() as now')
    const holder = new Client({ connectionString: hiding.url })
    await holder.connect()
    return new Twins(databases, worlds, holder, {
        works: works.map(({ ids }) => ids),
        known: [...(known ?? [])],
        hidden: [...(there ?? [])].filter((id) => !known?.has(id)),
        madeAt: now?.now ?? new Date(),
    })
}

/** What a server says of whoever asks, before they are heard. */
function introduction({ role, claims, settings: more = {} }: Speaker): string {
    const settings = [
        ...Object.entries(more),
        ['request.jwt.claims', JSON.stringify(claims)],
        ['lock_timeout', patience],
        ['role', role],
    ].map((setting) => `set_config(${setting.map(literal).join(', ')}, true)`)
    return `select ${settings.join(', ')}`
}

export function literal(text: string | undefined): string {
    return text === undefined ? 'null' : `'${text.replaceAll("'", "''")}'`
}

/** All that an error or a notice says. */
function words(said: unknown): string {
    if (!(said instanceof Error)) return String(said)
    const { code, message, detail, hint, schema, table, column, dataType, constraint, where, position } =
        said as DatabaseError
    return [code, message, detail, hint, schema, table, column, dataType, constraint, where, position].join(
        '\n',
    )
}

/** Every uuid that stands anywhere, without its dashes. */
async function uuidsIn(world: World): Promise<Set<string>> {
    const found = new Set<string>()
    for (const table of await tablesOf(world)) {
        const rows = await world.rows<{ row: string }>(`select t::text as row from ${table} t`)
        for (const { row } of rows) for (const id of row.match(uuid) ?? []) found.add(id.replaceAll('-', ''))
    }
    return found
}

async function tablesOf(world: World, schemas?: string[]): Promise<string[]> {
    const rows = await world.rows<{ name: string }>(
        `select c.oid::regclass::text as name
        from pg_class c
        join core.platform_modules m on m.module = c.relnamespace::regnamespace::text
        where c.relkind = 'r' and (m.module = any ($1) or $1 is null)`,
        [schemas],
    )
    return rows.map(({ name }) => name)
}
