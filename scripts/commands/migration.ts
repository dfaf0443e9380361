// `migration`: for those who write migrations.

import { watch as watchFiles } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { watch as watchCurrent } from 'graphile-migrate'
import { commit, uncommit } from '../lib/author.ts'
import { exit, note, print, report, usageProblem } from '../lib/console.ts'
import { writeDbmate } from '../lib/dbmate.ts'
import { draft } from '../lib/draft.ts'
import { syncFixtures } from '../lib/fixtures.ts'
import { migrate } from '../lib/migrations.ts'
import { root } from '../lib/paths.ts'
import { squash } from '../lib/squash.ts'
import { withTarget } from '../lib/target.ts'

export const summary = 'write migrations: draft, watch, commit, uncommit, squash, dbmate, sync'
export const usage = `
empathy migration draft              write what changed in the folders into migrations/current.sql
empathy migration watch              run current.sql again whenever it, or a file it includes, changes
empathy migration commit --name x    make current.sql the next committed migration
empathy migration uncommit           make the newest committed migration current.sql again
empathy migration squash             rewrite the whole history as one migration (before the first release)
empathy migration dbmate             write migrations/dbmate/ from the committed migrations and their downs
empathy migration sync               refresh migrations/fixtures/, from which current.sql includes

watch works on DATABASE_URL, else on the embedded database. commit and uncommit make two databases on that
server, try the whole history on them, and drop them.
`

const actions: Record<string, (name: string | undefined) => Promise<void>> = {
    async draft() {
        const { added, byHand } = draft()
        for (const path of added) print(`migrations/current.sql: ${path}`)
        for (const path of byHand)
            print(`${path} changed: say in migrations/current.sql how a table gets there`)
        if (added.length + byHand.length === 0) print('Nothing changed since the newest migration.')
    },

    /** Ends when it is interrupted. */
    async watch() {
        await withTarget(async (url) => {
            syncFixtures()
            await migrate(url, { committedOnly: true, say: note })
            for (const folder of ['schema', 'functions', 'policies', 'seeds/reference']) {
                watchFiles(join(root, folder), { recursive: true }, syncAgain)
            }
            watchFiles(join(root, 'migrations/current.sql'), syncAgain)
            await watchCurrent({ connectionString: url, migrationsFolder: join(root, 'migrations') })
            await new Promise(() => undefined)
        })
    },

    async commit(name) {
        if (!name)
            throw usageProblem('A migration needs a name.', 'empathy migration commit --name add-quotas')
        const { path } = await withTarget((url) => commit(url, name))
        print(`Committed: ${path}`)
    },

    async uncommit() {
        const { file } = await withTarget((url) => uncommit(url))
        print(`Uncommitted: ${file}. Its text is in migrations/current.sql again.`)
    },

    async squash() {
        print(`Squashed: ${await squash()}`)
    },

    async dbmate() {
        writeDbmate()
        print('Written: migrations/dbmate/')
    },

    async sync() {
        syncFixtures()
        print('Refreshed: migrations/fixtures/')
    },
}

export async function run(args: string[]): Promise<number> {
    const { values, positionals } = parseArgs({
        args,
        allowPositionals: true,
        options: { name: { type: 'string' } },
    })
    const [action = ''] = positionals
    const act = actions[action]
    if (!act || positionals.length > 1) {
        throw usageProblem(
            action ? `There is no "migration ${positionals.join(' ')}".` : 'What about migrations?',
            usage.trim(),
        )
    }
    await act(values.name)
    return exit.ok
}

/** An error now, while a file is half written, is not the end. */
function syncAgain(): void {
    try {
        syncFixtures()
    } catch (error) {
        report(error)
    }
}
