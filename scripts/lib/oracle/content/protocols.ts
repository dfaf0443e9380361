// What communities ask of whoever reads, told a second time: one protocol and one reader at a time.
//
//   A protocol is passed by those it is for, in its season; what is only recommended, by everybody who is signed in; what
//   is retired, by nobody. It is for everybody, for the live members of its community, or for those among them whom it
//   names: by a role they hold, a group they are in, or themselves.
//   A set is passed by who passes, of each of its communities, all of the protocols there, or any that is required, and
//   there is one; and is kept from none of these communities.
//   A work under a set is hidden from who does not pass it, but for those whose consent it asks for. What it says is read
//   by who opened it, not too long ago, under the set that it stands under.

import type { Asker } from '../core/access.ts'
import type { Membership } from '../core/rows.ts'
import type { Facts } from '../facts.ts'
import { instant } from '../time.ts'
import type { Id } from '../world.ts'
import type {
    Admission,
    GroupMember,
    Opening,
    Party,
    Protocol,
    SetCommunity,
    SetMember,
    Work,
} from './rows.ts'

export function passesProtocol(asker: Asker, protocol: Protocol, facts: Facts): boolean {
    if (asker.me === undefined || protocol.retired_at !== null) return false
    if (protocol.enforcement !== 'required') return true
    if (!isInSeason(protocol, facts)) return false
    if (protocol.audience === 'everybody') return true
    if (!asker.belongsTo(protocol.scope_id)) return false
    return protocol.audience === 'members' || isNamed(asker, protocol, facts)
}

export function passesSet(asker: Asker, set: Id, facts: Facts): boolean {
    const communities = facts
        .rows<SetCommunity>('consent.protocol_set_communities')
        .filter(({ set_id }) => set_id === set)
    const members = facts
        .rows<SetMember>('consent.protocol_set_members')
        .filter(({ set_id }) => set_id === set)
    return (
        communities.length > 0 &&
        communities.every(({ scope_id, match }) => {
            const protocols = members.filter((member) => member.scope_id === scope_id)
            const passed = protocols
                .map(({ protocol_id }) => protocolOf(protocol_id, facts))
                .filter((protocol) => passesProtocol(asker, protocol, facts))
            const enough =
                passed.length === protocols.length ||
                (match === 'any' && passed.some(({ enforcement }) => enforcement === 'required'))
            return protocols.length > 0 && enough && !asker.isBarred(scope_id)
        })
    )
}

/** Whether the protocols that a work stands under keep nothing of it from somebody. */
export function passesProtocols(asker: Asker, work: Work, facts: Facts): boolean {
    return work.protocol_set_id === null || passesSet(asker, work.protocol_set_id, facts)
}

export function asks(asker: Asker, work: Work, facts: Facts): boolean {
    return facts
        .rows<Party>('consent.consent_parties')
        .some(
            ({ work_id, person_id }) =>
                work_id === work.id && person_id !== null && asker.people.has(person_id),
        )
}

/** Whether what a work says stands open to somebody who may know of it. */
export function isOpenTo(asker: Asker, work: Work, facts: Facts): boolean {
    if (work.protocol_set_id === null || asks(asker, work, facts)) return true
    return hasOpened(asker, work.id, work.protocol_set_id, facts)
}

/** Whether somebody has opened what stands under a set in a work, and may read it still. */
export function hasOpened(asker: Asker, work: Id, set: Id, facts: Facts): boolean {
    return facts
        .rows<Opening>('consent.openings')
        .some(
            (opening) =>
                opening.work_id === work &&
                opening.protocol_set_id === set &&
                opening.person_id === asker.me &&
                opening.opened_in !== facts.transaction &&
                instant(opening.open_until) > facts.now,
        )
}

export function protocolOf(id: Id, facts: Facts): Protocol {
    const protocol = facts.rows<Protocol>('consent.protocols').find((row) => row.id === id)
    if (!protocol) throw new Error(`there is no protocol ${id}`)
    return protocol
}

function isNamed(asker: Asker, protocol: Protocol, facts: Facts): boolean {
    const memberships = facts
        .rows<Membership>('core.memberships')
        .filter(
            (membership) =>
                membership.person_id === asker.me &&
                membership.scope_id === protocol.scope_id &&
                asker.access.counts(membership),
        )
    const groups = facts.rows<GroupMember>('consent.protocol_group_members')
    return facts
        .rows<Admission>('consent.protocol_admissions')
        .filter(({ protocol_id }) => protocol_id === protocol.id)
        .some((admission) =>
            memberships.some(
                (membership) =>
                    admission.membership_id === membership.id ||
                    asker.access.rolesOf(membership).some(({ id }) => id === admission.role_id) ||
                    groups.some(
                        ({ group_id, membership_id }) =>
                            group_id === admission.group_id && membership_id === membership.id,
                    ),
            ),
        )
}

function isInSeason({ season_from, season_until, season_zone }: Protocol, facts: Facts): boolean {
    if (season_from === null || season_until === null || season_zone === null) return true
    // Swedish writes dates as everybody should: year-month-day.
    const today = new Intl.DateTimeFormat('sv', { timeZone: season_zone })
        .format(new Date(facts.now))
        .slice(5)
    return season_from <= season_until
        ? season_from <= today && today <= season_until
        : season_from <= today || today <= season_until
}
