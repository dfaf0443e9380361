// Finds the mutants in the catalog: whatever a module declares is taken out in turn, so that a new table, policy or
// function brings its mutants by itself.

import type { Client } from '../db.ts'
import { sqlFile } from '../sql-file.ts'
import { type Variant, withoutArms } from './arms.ts'
import type { Mutant } from './mutant.ts'
import { whyRedundant } from './redundant.ts'
import { withoutRefusals } from './refusals.ts'

/** Queries that answer mutants. */
const declared = ['policies', 'tables', 'constraints', 'columns', 'executes']

/** Queries that answer texts, and the kinds of mutants that are made of them. */
const texts: Record<string, Record<string, (text: string) => Variant[]>> = {
    policies: { 'policy-arm': withoutArms },
    checks: { 'check-arm': withoutArms },
    views: { 'view-arm': withoutArms },
    functions: { 'function-arm': withoutArms, refusal: withoutRefusals },
}

interface DeclaredRow {
    kind: string
    module: string
    object: string
    part: string
    ddl: string
    skip: string | null
}

interface TextRow {
    module: string
    object: string
    part: string
    before: string
    text: string
    after: string
}

export async function mutantsOf(client: Client, modules: string[]): Promise<Mutant[]> {
    const mutants: Mutant[] = []
    const add = ({ kind, module, object, part, ddl, skip }: DeclaredRow): void => {
        const name = [kind, `${module}.${object}`, part].filter(Boolean).join(' ')
        mutants.push({ id: unusedName(mutants, name), kind, module, object, ddl, skip })
    }
    await client.query('begin read only')
    try {
        // With nothing on the path every name in a definition comes out in full.
        await client.query("set local search_path = ''")
        for (const name of declared) {
            const { rows } = await client.query<DeclaredRow>(sqlFile(`mutants/${name}.sql`), [modules])
            rows.forEach(add)
        }
        for (const [name, kinds] of Object.entries(texts)) {
            const { rows } = await client.query<TextRow>(sqlFile(`mutants/texts/${name}.sql`), [modules])
            for (const row of rows) {
                for (const [kind, variantsOf] of Object.entries(kinds)) {
                    for (const variant of variantsOf(row.text)) add(declaredBy(kind, row, variant))
                }
            }
        }
    } finally {
        await client.query('rollback')
    }
    return mutants
}

function declaredBy(
    kind: string,
    { module, object, part, before, after }: TextRow,
    variant: Variant,
): DeclaredRow {
    return {
        kind,
        module,
        object,
        part: `${part} without ${variant.without}`,
        ddl: before + variant.text + after,
        skip: ['function-arm', 'view-arm'].includes(kind) ? whyRedundant(variant) : null,
    }
}

/** The same words may stand in one body twice. */
function unusedName(mutants: Mutant[], name: string): string {
    const taken = new Set(mutants.map(({ id }) => id))
    for (let count = 1; ; count += 1) {
        const candidate = count === 1 ? name : `${name} (${count})`
        if (!taken.has(candidate)) return candidate
    }
}
