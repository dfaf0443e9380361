// `seed`: fills a database with the demo world.

import { parseArgs } from 'node:util'
import { exit, print } from '../lib/console.ts'
import { seedDemo } from '../lib/seeds.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'fill a database (DATABASE_URL, else the embedded one) with the demo world'

export async function run(args: string[]): Promise<number> {
    parseArgs({ args })
    const files = await withTarget(seedDemo)
    print(files.length > 0 ? `Seeded: ${files.join(', ')}` : 'There is nothing in seeds/demo.')
    return exit.ok
}
