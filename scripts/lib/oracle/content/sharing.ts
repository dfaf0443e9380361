// With whom a work is shared, told a second time: from what everyone decided, one party at a time, at one instant. It
// knows nothing of windows, nor of anything that is compiled.
//
//   A work is read by its owner and whoever has to consent to it; by its collaborators who are not kept from its
//   place, by those who speak for a community that has to consent, and by its reviewers while it waits, where they pass
//   the protocols that it stands under, as everybody else has to.
//   Published, it is read by an audience no wider than its owner meant, when every party's consent to that audience
//   holds: in the newest version to which each of them ever agreed.
//   Through an API key with a channel, nothing is read that some audience reads now, and that was decided otherwise for
//   that channel.
//   A party agreed to a version by consenting when there was that one or a later one, or by writing it. A minor
//   version is agreed to with the material one before it.

import type { Asker } from '../core/access.ts'
import type { Person } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import { contains } from '../time.ts'
import type { Id } from '../world.ts'
import { asks, isOpenTo, passesProtocols } from './protocols.ts'
import type { Consent, Move, OfWork, Party, Version, Work } from './rows.ts'

interface Audience {
    name: string
    purpose: string
    /** What its owner lets it be shared with at the most. */
    meant: Work['visibility'][]
    includes: (asker: Asker, work: Work) => boolean
}

/** The widest first. */
const audiences: Audience[] = [
    {
        name: 'everybody',
        purpose: 'public_sharing',
        meant: ['public'],
        includes: () => true,
    },
    {
        name: 'organization',
        purpose: 'organization_sharing',
        meant: ['public', 'organization'],
        includes: (asker, work) => asker.belongsWithin(work.tenant_id),
    },
    {
        name: 'community',
        purpose: 'community_sharing',
        meant: ['public', 'organization', 'community'],
        includes: (asker, work) => asker.belongsTo(work.scope_id),
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
    if (isKeptFromChannel(asker, work, facts)) return new Set()
    const versions = versionsOf(work, facts)
    if (involves(asker, work, facts)) return new Set(versions.map(({ number }) => number))
    const readable = new Set<number>()
    if (reviews(asker, work, facts)) readable.add(work.current_version)
    if (asker.isBarred(work.scope_id) || !passesProtocols(asker, work, facts)) return readable
    for (const audience of audiences) {
        const version = sharedVersion(work, audience, facts)
        if (version !== undefined && audience.includes(asker, work)) readable.add(version)
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

/** The version that everyone consents to using for this now, in general or by a channel, if there is one. */
export function agreedVersion(
    work: Work,
    purpose: string,
    channel: string | null,
    facts: Facts,
): number | undefined {
    const parties = facts.rows<Party>('consent.consent_parties').filter(({ work_id }) => work_id === work.id)
    const said = (party: Party) =>
        facts
            .rows<Consent>('consent.consents')
            .filter(
                (consent) =>
                    consent.party_id === party.id &&
                    consent.purpose === purpose &&
                    [null, channel].includes(consent.channel) &&
                    consent.during !== 'empty',
            )
    const agrees = (party: Party, version: Version) => (consent: Consent | undefined) =>
        consent?.decision === 'given' && covers(consent, party, version, facts)
    const agreed = versionsOf(work, facts)
        .filter((version) => parties.every((party) => said(party).some(agrees(party, version))))
        .toSorted((one, other) => other.number - one.number)[0]
    // What a party decided for the channel alone stands before what it decided in general.
    const stands = (party: Party) =>
        said(party)
            .filter(({ during }) => contains(during, facts.now))
            .toSorted((one, other) => Number(one.channel === null) - Number(other.channel === null))[0]
    return agreed && parties.every((party) => agrees(party, agreed)(stands(party)))
        ? agreed.number
        : undefined
}

/** The version that is shared with an audience, if it is. */
function sharedVersion(work: Work, { purpose, meant }: Audience, facts: Facts): number | undefined {
    if (work.state !== 'published' || !meant.includes(work.visibility)) return undefined
    const agreed = agreedVersion(work, purpose, null, facts)
    return wasApproved(work, facts) && agreed !== work.current_version ? undefined : agreed
}

/** Whether a key asks, for a channel by which what an audience reads now may not be carried. */
function isKeptFromChannel({ viewer: { claims } }: Asker, work: Work, facts: Facts): boolean {
    const { channel } = claims
    if (!channel) return false
    return audiences.some((audience) => {
        const shared = sharedVersion(work, audience, facts)
        return shared !== undefined && (agreedVersion(work, audience.purpose, channel, facts) ?? 0) < shared
    })
}

/** Whether it was published as it had been approved, or decided on: then it is shared as that, and as nothing before. */
function wasApproved(work: Work, facts: Facts): boolean {
    return facts
        .rows<Move>('content.work_transitions')
        .some(
            ({ work_id, number, from_state, decision_id }) =>
                work_id === work.id &&
                number === work.moves &&
                (from_state === 'approved' || decision_id !== null),
        )
}

/** The widest audience that a work is shared with now. */
export function widestAudience(work: Work, facts: Facts): string | undefined {
    return audiences.find((audience) => sharedVersion(work, audience, facts) !== undefined)?.name
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
