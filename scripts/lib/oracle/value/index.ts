// value, as the oracle knows it.

import type { World } from '../world.ts'
import { populateEvents } from './populate-events.ts'
import { populateLedger } from './populate-ledger.ts'

export { questions } from './questions.ts'
export { tables } from './tables.ts'

export async function populate(world: World): Promise<void> {
    await populateLedger(world)
    await populateEvents(world)
}
