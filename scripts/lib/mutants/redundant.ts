// Arms of functions and views that cannot be missed: the tenant, where an id that says it already stands beside it. It
// is asked for the index, and for servers that spread tenants. Ids are drawn at random, so two tenants do not share one.

import type { Variant } from './arms.ts'

export function whyRedundant({ without, beside }: Variant): string | null {
    const alias = /^\(*(\w+)\.tenant_id = /.exec(without)?.[1]
    if (alias === undefined) return null
    // A person is in many tenants, so their id says nothing of this one.
    const id = new RegExp(`^\\(*${alias}\\.(?!tenant_id|(\\w+_)?person_id)(\\w+_)?id (=|in) `)
    return beside.some((arm) => id.test(arm)) ? 'the id beside it belongs to one tenant only' : null
}
