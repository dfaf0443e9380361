// consent, as the oracle knows it.

import type { World } from '../world.ts'
import { populateConsents } from './populate.ts'
import { populateLabels } from './populate-labels.ts'
import { populateProtocols } from './populate-protocols.ts'
import { populateRuns } from './populate-runs.ts'

export { tables } from './tables.ts'

export async function populate(world: World): Promise<void> {
    await populateConsents(world)
    await populateProtocols(world)
    await populateLabels(world)
    await populateRuns(world)
}
