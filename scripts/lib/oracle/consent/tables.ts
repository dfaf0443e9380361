// Who may see which row of consent.

import { seesMedium } from '../content/media.ts'
import type { Medium, OfWork, Party, Work } from '../content/rows.ts'
import { decides, involves, reads, speaksFor, workOf } from '../content/sharing.ts'
import type { Asker } from '../core/access.ts'
import { seesScope } from '../core/tables.ts'
import type { Facts } from '../facts.ts'
import { catalog, nobody, publicCatalog, seen, seenByAnyone, type TableRule } from '../module.ts'
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

/** Whether somebody knows of anything that stands under a set. */
function knowsSet(asker: Asker, set: Id, facts: Facts): boolean {
    return (
        facts
            .rows<Work>('content.works')
            .some((work) => work.protocol_set_id === set && reads(asker, work, facts)) ||
        facts
            .rows<Medium>('content.media')
            .some((medium) => medium.protocol_set_id === set && seesMedium(asker, medium, facts))
    )
}

const withSet = seen('with its set', (asker, { set_id }: { set_id: Id }, facts) =>
    knowsSet(asker, set_id, facts),
)

interface Label extends OfScope {
    label: string
}

function meetsLabel(asker: Asker, { scope_id, label }: Label, facts: Facts): boolean {
    return (
        seesScope(asker, scope_id) ||
        facts
            .rows<Label & OfWork>('consent.work_labels')
            .some(
                (worn) =>
                    worn.scope_id === scope_id &&
                    worn.label === label &&
                    reads(asker, workOf(worn.work_id, facts), facts),
            )
    )
}

interface OfAgreement {
    agreement_id: Id
}

interface Run extends OfScope, OfAgreement {
    id: Id
}

interface OfRun extends OfWork {
    run_id: Id
}

function agreementOf(id: Id, facts: Facts): OfScope & { id: Id } {
    const agreement = facts.rows<OfScope & { id: Id }>('consent.agreements').find((row) => row.id === id)
    if (!agreement) throw new Error(`there is no agreement ${id}`)
    return agreement
}

function usesTheirs(asker: Asker, { id }: Run, facts: Facts): boolean {
    return facts
        .rows<OfRun>('consent.run_works')
        .some(({ run_id, work_id }) => run_id === id && decides(asker, workOf(work_id, facts), facts))
}

function readsAgreement(asker: Asker, { id, scope_id }: OfScope & { id: Id }, facts: Facts): boolean {
    return (
        asker.can('agreement.manage', scope_id) ||
        facts
            .rows<Run>('consent.runs')
            .some((run) => run.agreement_id === id && usesTheirs(asker, run, facts))
    )
}

const withAgreement = seen('with the agreement', (asker, { agreement_id }: OfAgreement, facts) =>
    readsAgreement(asker, agreementOf(agreement_id, facts), facts),
)

const ofRun = seen(
    'by those who manage agreements there, and those who decide about them',
    (asker, { run_id, work_id }: OfRun, facts) => {
        const run = facts.rows<Run>('consent.runs').find(({ id }) => id === run_id)
        return (
            (run !== undefined && asker.can('agreement.manage', run.scope_id)) ||
            decides(asker, workOf(work_id, facts), facts)
        )
    },
)

export const tables: Record<string, TableRule> = {
    'consent.purposes': catalog,
    'consent.consent_parties': seen('by those whom the work involves', (asker, { work_id }: OfWork, facts) =>
        involves(asker, workOf(work_id, facts), facts),
    ),
    'consent.consents': seen(
        'by the party, and whoever acts or speaks for them',
        (asker, { party_id }: { party_id: Id }, facts) => {
            const party = facts.rows<Party>('consent.consent_parties').find(({ id }) => id === party_id)
            if (!party) return false
            if (party.person_id !== null) return asker.people.has(party.person_id)
            // Also who has to consent themselves, and so reads it whatever protocols it stands under.
            return speaksFor(asker, party) && decides(asker, workOf(party.work_id, facts), facts)
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
    'consent.protocol_sets': seen(
        'by those who know of a work under it, or see something that is',
        (asker, { id }: { id: Id }, facts) => knowsSet(asker, id, facts),
    ),
    'consent.protocol_set_communities': withSet,
    'consent.protocol_set_members': withSet,
    'consent.labels': publicCatalog,
    'consent.community_labels': seenByAnyone(
        'by whoever sees the place, and with any work that bears it',
        (asker, label: Label, facts) => meetsLabel(asker, label, facts),
    ),
    'consent.label_wordings': seenByAnyone('with the label', (asker, label: Label, facts) =>
        meetsLabel(asker, label, facts),
    ),
    'consent.work_labels': seenByAnyone('with the work', (asker, { work_id }: OfWork, facts) =>
        reads(asker, workOf(work_id, facts), facts),
    ),
    'consent.protocol_acknowledgements': seen('by the person', (asker, { person_id }: OfPerson) =>
        asker.people.has(person_id),
    ),
    'consent.openings': seen(
        'by the person, and those who decide about the work',
        (asker, { person_id, work_id }: OfPerson & OfWork, facts) =>
            asker.people.has(person_id) || decides(asker, workOf(work_id, facts), facts),
    ),
    'consent.agreements': seen(
        'by those who manage agreements there, and those who decide about works it was used for',
        (asker, agreement: OfScope & { id: Id }, facts) => readsAgreement(asker, agreement, facts),
    ),
    'consent.agreement_ends': withAgreement,
    'consent.agreement_purposes': withAgreement,
    'consent.agreement_works': seen(
        'by those who manage agreements there, and those who decide about them',
        (asker, { agreement_id, work_id }: OfAgreement & OfWork, facts) =>
            asker.can('agreement.manage', agreementOf(agreement_id, facts).scope_id) ||
            decides(asker, workOf(work_id, facts), facts),
    ),
    'consent.runs': seen(
        'by those who manage agreements there, and those who decide about works it uses',
        (asker, run: Run, facts) =>
            asker.can('agreement.manage', run.scope_id) || usesTheirs(asker, run, facts),
    ),
    'consent.run_works': ofRun,
    'consent.results': ofRun,
    'consent.benefit_settings': seen('by the members of the community', (asker, { scope_id }: OfScope) =>
        asker.belongsTo(scope_id),
    ),
    'consent.preferences': nobody,
    'consent.consent_evidence': nobody,
}
