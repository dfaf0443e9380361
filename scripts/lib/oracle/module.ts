// What a module tells the oracle: how its part of a random world comes about, and who may see which row of it.
//
// A module adds a folder of its name with an index.ts that exports these; nothing else has to be touched.

import type { Asker } from './core/access.ts'
import type { Facts } from './facts.ts'
import type { Role, Viewer } from './viewer.ts'
import type { World } from './world.ts'

export interface OracleModule {
    /** Adds this module's rows to a world; the modules before it have added theirs. */
    populate(world: World): Promise<void>
    /** Every table of the module: who sees what. */
    tables: Record<string, TableRule>
    /** Views that nobody reads. */
    unreadable?: string[]
    /** What else is asked of everybody, besides the rows they see. */
    questions?: Question[]
    /** What has to be so whoever asks. */
    laws?: Law[]
    /** Who looks; the kernel names everybody there is. */
    viewers?(facts: Facts): Viewer[]
}

export interface TableRule {
    /** The rule in words, for explanations. */
    says: string
    anon: Rule
    authenticated: Rule
    /** Servers and auditors. */
    backend: Extract<Rule, string>
    /** Columns that people change by hand, where the policies let them; the rest is written by functions alone. */
    changeable?: string[]
}

/** Refused: not even an empty answer. */
export type Rule = 'refused' | 'everything' | RowRule
export type RowRule = (asker: Asker, row: never, facts: Facts) => boolean

export interface Question {
    /** What is asked, in words. */
    says: string
    roles: readonly Role[]
    /** A file in scripts/sql/oracle that yields, as `answer`, every key to which the answer is yes. */
    sql: string
    parameters(asker: Asker, facts: Facts): unknown[]
    /** Every key there is, with the model's answer. */
    expected(asker: Asker, facts: Facts): Map<string, boolean>
}

/** What rows have to be, as the model makes them out from others: both as keys, which have to be the same. */
export interface Law {
    /** What is held against the model, in words. */
    says: string
    /** What it is counted as. */
    asked: string
    found(facts: Facts): Iterable<string>
    expected(facts: Facts): Iterable<string>
}

/** Rows that those see of whom this is true; anon sees none. */
export function seen<Row>(
    says: string,
    authenticated: (asker: Asker, row: Row, facts: Facts) => boolean,
): TableRule {
    return { says, anon: 'refused', authenticated, backend: 'everything' }
}

/** The same, where also those who are not signed in see some. */
export function seenByAnyone<Row>(
    says: string,
    rule: (asker: Asker, row: Row, facts: Facts) => boolean,
): TableRule {
    return { says, anon: rule, authenticated: rule, backend: 'everything' }
}

export const catalog: TableRule = {
    says: 'a catalog: everybody who is signed in sees it',
    anon: 'refused',
    authenticated: 'everything',
    backend: 'everything',
}

export const publicCatalog: TableRule = {
    ...catalog,
    says: 'a catalog: everybody sees it',
    anon: 'everything',
}

export const backendOnly: TableRule = {
    says: 'for servers and auditors',
    anon: 'refused',
    authenticated: 'refused',
    backend: 'everything',
}

export const nobody: TableRule = { ...backendOnly, says: 'nobody reads this table', backend: 'refused' }
