// Who may see which row of ops.

import { backendOnly, seen, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'

interface Export {
    scope_id: Id
    person_id: Id | null
    requested_by: Id
}

export const tables: Record<string, TableRule> = {
    'ops.table_classes': backendOnly,
    'ops.column_classes': backendOnly,
    'ops.jobs': backendOnly,
    'ops.outbox': backendOnly,
    'ops.migration_telemetry': backendOnly,
    'ops.legal_holds': seen('by those who manage holds there', (asker, { scope_id }: { scope_id: Id }) =>
        asker.can('hold.manage', scope_id),
    ),
    'ops.exports': seen(
        'by whoever asked for it, the person it is about, their guardians, and those who may export there',
        (asker, { requested_by, person_id, scope_id }: Export) =>
            asker.people.has(requested_by) ||
            (person_id !== null && asker.people.has(person_id)) ||
            asker.can('export.run', scope_id),
    ),
}
