// Asks the database everything in everybody's name, and holds its answers against the model's.

import type { Client } from '../db.ts'
import { sqlFile } from '../sql-file.ts'
import { Access, type Asker } from './core/access.ts'
import { type Facts, keyOf, type Table, visibleRows } from './facts.ts'
import type { Law, OracleModule, Question, RowRule, Rule, TableRule } from './module.ts'
import { type Role, roles, type Viewer } from './viewer.ts'
import type { Row } from './world.ts'

export interface Difference {
    /** Who asked, what, and how the answers differ. */
    what: string
    /** The rule the model went by. */
    rule: string
    /** What the model knows about whoever asked. */
    about: string
}

export class Comparison {
    /** How many answers were compared, by what was asked. */
    readonly counts = new Map<string, number>()
    readonly differences: Difference[] = []
    readonly #client: Client
    readonly #facts: Facts
    readonly #access: Access

    constructor(client: Client, facts: Facts) {
        this.#client = client
        this.#facts = facts
        this.#access = new Access(facts)
    }

    async everything(modules: OracleModule[]): Promise<void> {
        const rules = Object.assign({}, ...modules.map(({ tables }) => tables)) as Record<string, TableRule>
        const tables = this.#facts.tables.flatMap((table) => this.#ruled(table, rules[table.name]))
        const unreadable = modules.flatMap((module) => module.unreadable ?? [])
        for (const role of roles) {
            await this.#alike(role, tables)
            for (const view of unreadable) {
                await this.#refused(role, `select from ${view}`, view, 'nobody reads this view')
            }
        }
        for (const law of modules.flatMap(({ laws = [] }) => laws)) this.#law(law)
        for (const viewer of modules.flatMap((module) => module.viewers?.(this.#facts) ?? [])) {
            const asker = this.#access.asker(viewer)
            await this.#in(viewer, async () => {
                for (const { table, rule } of tables) {
                    const own = ruleFor(rule, viewer.role)
                    if (typeof own === 'function') await this.#rows(asker, table, own, rule.says)
                }
                for (const question of modules.flatMap(({ questions = [] }) => questions)) {
                    if (question.roles.includes(viewer.role)) await this.#answers(asker, question)
                }
            })
        }
    }

    #ruled(table: Table, rule: TableRule | undefined): { table: Table; rule: TableRule }[] {
        if (rule) return [{ table, rule }]
        this.differences.push({
            what: `${table.name} has no rule`,
            rule: 'every table has one',
            about: `add it to scripts/lib/oracle/${table.name.split('.')[0]}`,
        })
        return []
    }

    /** What a role sees whoever is behind it: everything, or not even an empty answer. */
    async #alike(role: Role, tables: { table: Table; rule: TableRule }[]): Promise<void> {
        const viewer: Viewer = { name: role, role, claims: {} }
        const asker = this.#access.asker(viewer)
        for (const { table, rule } of tables) {
            const own = ruleFor(rule, role)
            if (own === 'everything') {
                await this.#in(viewer, () => this.#rows(asker, table, () => true, rule.says))
            } else if (own === 'refused') {
                await this.#refused(role, visibleRows(table), table.name, rule.says)
            }
        }
    }

    async #refused(role: Role, statement: string, what: string, says: string): Promise<void> {
        this.#count('refusals', 1)
        const viewer: Viewer = { name: role, role, claims: {} }
        if ((await this.#attempt(viewer, statement)) === '42501') return
        this.#differ(this.#access.asker(viewer), `may read ${what}; the model refuses`, says)
    }

    #law({ says, asked, found, expected }: Law): void {
        const there = new Set(found(this.#facts))
        const meant = new Set(expected(this.#facts))
        this.#count(asked, meant.size)
        const differ = (key: string, verdict: string) =>
            this.differences.push({
                what: `${says} ${this.#tell(key)}: ${verdict}`,
                rule: says,
                about: 'whoever asks',
            })
        for (const key of meant) if (!there.has(key)) differ(key, 'the model says yes')
        for (const key of there) if (!meant.has(key)) differ(key, 'unknown to the model')
    }

    /** A key with ids by their names. */
    #tell(key: string): string {
        return key
            .split('|')
            .map((part) => this.#facts.names.get(part) ?? part)
            .join(' ')
    }

    async #rows(asker: Asker, table: Table, rule: RowRule, says: string): Promise<void> {
        const rows = new Map(this.#facts.rows(table.name).map((row) => [keyOf(table, row), row]))
        const expected = new Map([...rows].map(([key, row]) => [key, judged(rule, asker, row, this.#facts)]))
        await this.#compare(
            asker,
            { asked: 'rows', sql: visibleRows(table), parameters: [], expected, says },
            (key) => `${table.name} ${this.#facts.tell(rows.get(key) ?? { key })}`,
        )
    }

    async #answers(asker: Asker, question: Question): Promise<void> {
        const { says } = question
        await this.#compare(
            asker,
            {
                asked: question.sql.replace(/^.*\/|\.sql$/g, ''),
                sql: sqlFile(question.sql),
                parameters: question.parameters(asker, this.#facts),
                expected: question.expected(asker, this.#facts),
                says,
            },
            (key) => `${says} ${this.#tell(key)}`,
        )
    }

    async #compare(
        asker: Asker,
        question: {
            asked: string
            sql: string
            parameters: unknown[]
            expected: Map<string, boolean>
            says: string
        },
        tell: (key: string) => string,
    ): Promise<void> {
        const { rows } = await this.#client.query<{ answer: string }>(question.sql, question.parameters)
        const found = new Set(rows.map(({ answer }) => answer))
        this.#count(question.asked, question.expected.size)
        for (const [key, expected] of question.expected) {
            if (found.delete(key) === expected) continue
            this.#differ(asker, `${tell(key)}: the model says ${expected ? 'yes' : 'no'}`, question.says)
        }
        for (const key of found) this.#differ(asker, `${tell(key)}: unknown to the model`, question.says)
    }

    /** Speaks as this viewer, until the work is done. */
    async #in(viewer: Viewer, work: () => Promise<void>): Promise<void> {
        await this.#client.query('savepoint viewer')
        try {
            await this.#client.query(sqlFile('oracle/speak.sql'), [
                viewer.role,
                JSON.stringify({ role: viewer.role, ...viewer.claims }),
            ])
            await work()
        } catch (error) {
            const message = error instanceof Error ? error.message : String(error)
            this.#differ(
                this.#access.asker(viewer),
                `is refused: ${message}`,
                'the model refuses nothing here',
            )
        } finally {
            await this.#client.query('rollback to savepoint viewer')
            await this.#client.query('release savepoint viewer')
        }
    }

    /** The SQLSTATE with which a statement is refused, or nothing. */
    async #attempt(viewer: Viewer, statement: string): Promise<string | null> {
        let refusal: string | null = null
        await this.#in(viewer, async () => {
            const { rows } = await this.#client.query<{ refusal: string | null }>(
                'select pg_temp.attempt($1) as refusal',
                [statement],
            )
            refusal = rows[0]?.refusal ?? null
        })
        return refusal
    }

    #count(asked: string, comparisons: number): void {
        this.counts.set(asked, (this.counts.get(asked) ?? 0) + comparisons)
    }

    #differ(asker: Asker, what: string, rule: string): void {
        this.differences.push({ what: `${asker.viewer.name}: ${what}`, rule, about: asker.tell() })
    }
}

export function ruleFor(rule: TableRule, role: Role): Rule {
    switch (role) {
        case 'anon':
            return rule.anon
        case 'authenticated':
            return rule.authenticated
        case 'empathy_keyholder':
            return 'refused'
        default:
            return rule.backend
    }
}

/** Rules are written for the rows of their own table, and only ever get those. */
export function judged(rule: RowRule, asker: Asker, row: Row, facts: Facts): boolean {
    return rule(asker, row as never, facts)
}
