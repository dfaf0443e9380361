// Who may see which row of consent.

import type { OfWork, Party } from '../content/rows.ts'
import { involves, reads, workOf } from '../content/sharing.ts'
import { catalog, seen, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'

export const tables: Record<string, TableRule> = {
    'consent.purposes': catalog,
    'consent.consent_parties': seen('by those whom the work involves', (asker, { work_id }: OfWork, facts) =>
        involves(asker, workOf(work_id, facts), facts),
    ),
    'consent.consents': seen(
        'by the party, and whoever acts for them',
        (asker, { party_id }: { party_id: Id }, facts) => {
            const party = facts.rows<Party>('consent.consent_parties').find(({ id }) => id === party_id)
            return typeof party?.person_id === 'string' && asker.people.has(party.person_id)
        },
    ),
    'consent.effective': seen('by whoever reads the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
}
