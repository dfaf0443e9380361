// With whom a work is shared, told a second time: from what everyone decided, one party at a time, at one instant. It
// knows nothing of windows, nor of anything that is compiled.
//
//   A work is read by its owner and whoever has to consent to it; by its collaborators who are not kept from its
//   place, by those who speak for a community that has to consent, and by its reviewers while it waits, where they pass
//   the protocols that it stands under, as everybody else has to.
//   Published, it is read by an audience no wider than its owner meant, when every party's consent to that audience
//   holds: in the newest version to which each of them ever agreed.
//   A party agreed to a version by consenting when there was that one or a later one, or by writing it. A minor
//   version is agreed to with the material one before it.

import type { Asker } from '../core/access.ts'
import type { Person } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import { contains } from '../time.ts'
import type { Id } from '../world.ts'
import { asks, isOpenTo, passesProtocols } from './protocols.ts'
import type { Consent, OfWork, Party, Version, Work } from './rows.ts'

const audiences = [
    {
        purpose: 'public_sharing',
        meant: ['public'],
        includes: () => true,
    },
    {
        purpose: 'organization_sharing',
        meant: ['public', 'organization'],
        includes: (asker: Asker, work: Work) => asker.belongsWithin(work.tenant_id),
    },
    {
        purpose: 'community_sharing',
        meant: ['public', 'organization', 'community'],
        includes: (asker: Asker, work: Work) => asker.belongsTo(work.scope_id),
    },
]

export function workOf(id: Id, facts: Facts): Work {
    const work = facts.rows<Work>('content.works').find((row) => row.id === id)
    if (!work) throw new Error(`there is no work ${id}`)
    return work
}

export function involves(asker: Asker, work: Work, facts: Facts): boolean {
    const makes = facts
        .rows<OfWork & { person_id: Id }>('content.work_collaborators')
        .some(({ work_id, person_id }) => work_id === work.id && asker.people.has(person_id))
    return (
        decides(asker, work, facts) ||
        (makes && !asker.isBarred(work.scope_id) && passesProtocols(asker, work, facts))
    )
}

/** Whether somebody decides about a work: for themselves, for a ward, or for a community. */
export function decides(asker: Asker, work: Work, facts: Facts): boolean {
    const speaks = facts
        .rows<Party>('consent.consent_parties')
        .some((party) => party.work_id === work.id && speaksFor(asker, party))
    return asks(asker, work, facts) || (speaks && passesProtocols(asker, work, facts))
}

/** Whether somebody consents in the name of a community that has to. */
export function speaksFor(asker: Asker, { scope_id }: Party): boolean {
    return scope_id !== null && asker.can('consent.give', scope_id)
}

export function reviews(asker: Asker, work: Work, facts: Facts): boolean {
    return (
        ['submitted', 'in_review'].includes(work.state) &&
        asker.can('work.review', work.scope_id) &&
        passesProtocols(asker, work, facts)
    )
}

/** The versions of a work that somebody reads, or would once they have opened it. */
function sharedVersions(asker: Asker, work: Work, facts: Facts): Set<number> {
    const versions = versionsOf(work, facts)
    if (involves(asker, work, facts)) return new Set(versions.map(({ number }) => number))
    const readable = new Set<number>()
    if (reviews(asker, work, facts)) readable.add(work.current_version)
    if (work.state !== 'published' || asker.isBarred(work.scope_id)) return readable
    if (!passesProtocols(asker, work, facts)) return readable
    for (const { purpose, meant, includes } of audiences) {
        const version = meant.includes(work.visibility) ? sharedVersion(work, purpose, facts) : undefined
        if (version !== undefined && includes(asker, work)) readable.add(version)
    }
    return readable
}

/** Whether somebody may know of a work, and read its teaser. */
export function reads(asker: Asker, work: Work, facts: Facts): boolean {
    return sharedVersions(asker, work, facts).size > 0
}

/** The newest version that somebody reads, or would once they have opened it: the one they find a work by. */
export function newestShared(asker: Asker, work: Work, facts: Facts): number | undefined {
    const shared = sharedVersions(asker, work, facts)
    return shared.size > 0 ? Math.max(...shared) : undefined
}

/** Whether somebody may read what it says. */
export function readsBody(asker: Asker, work: Work, facts: Facts): boolean {
    return reads(asker, work, facts) && isOpenTo(asker, work, facts)
}

export function readsVersion(asker: Asker, { work_id, number }: Version, facts: Facts): boolean {
    const work = workOf(work_id, facts)
    return sharedVersions(asker, work, facts).has(number) && isOpenTo(asker, work, facts)
}

/** The version that everyone consents to sharing now, if there is one. */
function sharedVersion(work: Work, purpose: string, facts: Facts): number | undefined {
    const parties = facts.rows<Party>('consent.consent_parties').filter(({ work_id }) => work_id === work.id)
    const given = (party: Party, version: Version) =>
        facts
            .rows<Consent>('consent.consents')
            .filter(
                (consent) =>
                    consent.party_id === party.id &&
                    consent.purpose === purpose &&
                    consent.channel === null &&
                    consent.decision === 'given' &&
                    consent.during !== 'empty' &&
                    covers(consent, party, version, facts),
            )
    const agreed = versionsOf(work, facts)
        .filter((version) => parties.every((party) => given(party, version).length > 0))
        .toSorted((one, other) => other.number - one.number)[0]
    const holds = (party: Party, version: Version) =>
        given(party, version).some(({ during }) => contains(during, facts.now))
    return agreed && parties.every((party) => holds(party, agreed)) ? agreed.number : undefined
}

function covers(consent: Consent, party: Party, version: Version, facts: Facts): boolean {
    const material = versionsOf(workOf(version.work_id, facts), facts).find(
        ({ number }) => number === version.material_version,
    )
    return (
        (consent.through_version ?? 0) >= version.material_version ||
        (party.person_id !== null &&
            survivor(party.person_id, facts) === survivor(material?.created_by ?? '', facts))
    )
}

function survivor(id: Id, facts: Facts): Id {
    return facts.rows<Person>('core.people').find((person) => person.id === id)?.merged_into ?? id
}

function versionsOf(work: Work, facts: Facts): Version[] {
    return facts.rows<Version>('content.work_versions').filter(({ work_id }) => work_id === work.id)
}
