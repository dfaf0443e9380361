// What there is to see in works, told a second time.
//
//   That there is something is known to whoever reads a version that shows it; before there is one, to those who make
//   the work. What it is, to the same; under protocols of its own only to those among them whose consent the work asks
//   for, or who pass and have opened it. A file is read with what shows it; its row also by whoever uploaded it.

import type { Asker } from '../core/access.ts'
import type { Facts } from '../facts.ts'
import type { Id } from '../world.ts'
import { asks, hasOpened, isOpenTo, passesSet } from './protocols.ts'
import type { Medium, Placement, Version } from './rows.ts'
import { involves, readsVersion, workOf } from './sharing.ts'

export function knowsPlacement(asker: Asker, placement: Placement, facts: Facts): boolean {
    const { work_id, first_version, last_version } = placement
    if (first_version === null) {
        const work = workOf(work_id, facts)
        return involves(asker, work, facts) && isOpenTo(asker, work, facts)
    }
    return facts
        .rows<Version>('content.work_versions')
        .some(
            (version) =>
                version.work_id === work_id &&
                version.number >= first_version &&
                version.number <= (last_version ?? Number.POSITIVE_INFINITY) &&
                readsVersion(asker, version, facts),
        )
}

export function seesMedium(asker: Asker, medium: Medium, facts: Facts): boolean {
    const placement = facts.rows<Placement>('content.placements').find(({ id }) => id === medium.id)
    if (!placement || !knowsPlacement(asker, placement, facts)) return false
    const { work_id, protocol_set_id: set } = medium
    if (set === null || asks(asker, workOf(work_id, facts), facts)) return true
    return passesSet(asker, set, facts) && hasOpened(asker, work_id, set, facts)
}

export function seesFile(asker: Asker, file: { id: Id; uploaded_by: Id }, facts: Facts): boolean {
    return (
        asker.people.has(file.uploaded_by) ||
        facts
            .rows<Medium>('content.media')
            .some((medium) => medium.file_id === file.id && seesMedium(asker, medium, facts))
    )
}
