// The gates over the catalog as killers: what a sweep or the access listing says of the mutant, and did not say of
// the schema as it is.

import type { Client } from '../db.ts'
import { sweepNames } from '../gates/sweeps.ts'
import { moduleNames } from '../modules.ts'
import { root } from '../paths.ts'
import { sqlFile } from '../sql-file.ts'
import type { Mutant } from './mutant.ts'

/** What each gate says: its name → its lines. */
export type Verdicts = Map<string, Set<string>>

const listing = 'access-listing'

/** Who may do what is a list that people review. For what a policy lets through, a list is not enough. */
const listed = new Set(['column-grant', 'execute-grant', 'row-security'])

export async function askGates(client: Client, gates = [listing, ...sweepNames()]): Promise<Verdicts> {
    const modules = moduleNames(root)
    const verdicts: Verdicts = new Map()
    for (const gate of gates) {
        const file = gate === listing ? `${listing}.sql` : `sweeps/${gate}.sql`
        const { rows } = await client.query<object>(sqlFile(file), [modules])
        verdicts.set(gate, new Set(rows.map((row) => JSON.stringify(row))))
    }
    return verdicts
}

/** The first gate that says of the mutant in this transaction what it does not say usually. */
export async function gateThatKills(
    client: Client,
    usual: Verdicts,
    mutant: Mutant,
): Promise<string | undefined> {
    for (const [gate, lines] of usual) {
        if (gate === listing && !listed.has(mutant.kind)) continue
        const now = (await askGates(client, [gate])).get(gate) ?? []
        if ([...now].some((line) => !lines.has(line))) return `the gate ${gate}`
    }
    return undefined
}

/** Mutants that the gates are the first to find. */
export function isListed({ kind }: Mutant): boolean {
    return listed.has(kind)
}
