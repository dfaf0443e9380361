// Who may see which row of consent.

import { asks, passesSet } from '../content/protocols.ts'
import type { OfWork, Party } from '../content/rows.ts'
import { involves, reads, workOf } from '../content/sharing.ts'
import { catalog, seen, type TableRule } from '../module.ts'
import type { Id } from '../world.ts'

interface OfScope {
    scope_id: Id
}

interface OfPerson {
    person_id: Id
}

const forStewards = seen('by those who look after it', (asker, { scope_id }: OfScope) =>
    asker.can('protocol.admit', scope_id),
)

const ofPassedSet = seen('by those who pass it', (asker, { set_id }: { set_id: Id }, facts) =>
    passesSet(asker, set_id, facts),
)

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
    'consent.protocols': seen('by the members of the community', (asker, { scope_id }: OfScope) =>
        asker.belongsTo(scope_id),
    ),
    'consent.protocol_groups': forStewards,
    'consent.protocol_group_members': forStewards,
    'consent.protocol_admissions': forStewards,
    'consent.protocol_sets': seen('by those who pass it', (asker, { id }: { id: Id }, facts) =>
        passesSet(asker, id, facts),
    ),
    'consent.protocol_set_communities': ofPassedSet,
    'consent.protocol_set_members': ofPassedSet,
    'consent.protocol_acknowledgements': seen('by the person', (asker, { person_id }: OfPerson) =>
        asker.people.has(person_id),
    ),
    'consent.openings': seen(
        'by the person, and those whose consent the work asks for',
        (asker, { person_id, work_id }: OfPerson & OfWork, facts) =>
            asker.people.has(person_id) || asks(asker, workOf(work_id, facts), facts),
    ),
}
