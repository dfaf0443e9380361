// Who may see which row of audit. The log itself is for servers and auditors; others ask its functions.

import { backendOnly, seen, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'

interface Activity {
    tenant_id: Id | null
    person_id: Id | null
}

export const tables: Record<string, TableRule> = {
    'audit.eras': backendOnly,
    'audit.progress': backendOnly,
    'audit.changes': backendOnly,
    'audit.leaves': backendOnly,
    'audit.nodes': backendOnly,
    'audit.blocks': backendOnly,
    'audit.heads': backendOnly,
    'audit.erasure_orders': backendOnly,
    'audit.archived_months': backendOnly,
    'audit.safeguards': backendOnly,
    'audit.activity': seen(
        'by the person, their guardian, and those whom the organization lets look into its log',
        (asker, { tenant_id, person_id }: Activity) =>
            (person_id !== null && asker.people.has(person_id)) ||
            (tenant_id !== null && asker.can('audit.read', tenant_id)),
    ),
}
