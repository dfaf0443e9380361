// current.sql becomes a committed migration, and the newest committed migration current.sql again.

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commit as graphileCommit, uncommit as graphileUncommit, Logger } from 'graphile-migrate'
import { clearAllPools } from 'graphile-migrate/dist/pgReal.js'
import { sluggify } from 'graphile-migrate/dist/sluggify.js'
import { Problem } from './console.ts'
import { withDatabase } from './db.ts'
import { writeDbmate } from './dbmate.ts'
import { changesByHand, downFolder, handWrittenDown } from './downs.ts'
import { syncFixtures } from './fixtures.ts'
import { compileCurrent, graphileSettings } from './graphile.ts'
import { blankCurrent, currentFile, isBlank, type Migration, readCurrent, readHistory } from './history.ts'
import { migrationProblem } from './migration-problem.ts'
import { migrate } from './migrations.ts'
import { root as packageRoot } from './paths.ts'
import { withScratch } from './scratch.ts'

/** Commits current.sql under a name; graphile-migrate tries the whole history on two databases of its own. */
export async function commit(serverUrl: string, name: string, root = packageRoot): Promise<Migration> {
    if (sluggify(name) === '')
        throw new Problem(`"${name}" cannot be a file's name.`, 'Say what it does: --name add-quotas')
    syncFixtures(root)
    const source = readCurrent(root)
    if (isBlank(source)) throw new Problem(`${currentFile} is blank: there is nothing to commit.`)
    const body = await compileCurrent(await graphileSettings(serverUrl, root))
    await withShadow(serverUrl, root, (settings) => graphileCommit(settings, name)).catch(
        (error: unknown) => {
            // It puts back what the includes stand for, not the includes.
            writeFileSync(join(root, currentFile), source)
            throw migrationProblem(error, currentFile, body, true)
        },
    )
    const committed = readHistory(root).at(-1)
    if (!committed) throw new Error('graphile-migrate committed nothing')
    if (changesByHand(committed.body) !== '' && handWrittenDown(committed, root) === undefined) {
        throw new Problem(
            `${committed.path} is committed; ${downFolder}/${committed.file} is missing.`,
            'It changes more than functions, views, policies and seeds: write there how that is taken back, ' +
                'then `empathy migration dbmate`.',
        )
    }
    writeDbmate(root)
    return committed
}

/** The newest migration becomes current.sql again. Its hand-written down stays where it is. */
export async function uncommit(serverUrl: string, root = packageRoot): Promise<Migration> {
    const last = readHistory(root).at(-1)
    if (!last) throw new Problem('There is no committed migration.')
    if (!isBlank(readCurrent(root))) {
        throw new Problem(`${currentFile} is not blank.`, 'Commit it or empty it first.')
    }
    syncFixtures(root)
    await withShadow(serverUrl, root, graphileUncommit)
    writeDbmate(root)
    return last
}

type GraphileSettings = Parameters<typeof graphileCommit>[0]

async function withShadow(
    serverUrl: string,
    root: string,
    work: (settings: GraphileSettings) => Promise<void>,
): Promise<void> {
    await withScratch(serverUrl, async (url) => {
        await migrate(url, { root, committedOnly: true })
        await withScratch(serverUrl, async (shadow) => {
            const settings: GraphileSettings = {
                connectionString: url,
                shadowConnectionString: shadow,
                rootConnectionString: withDatabase(serverUrl, 'postgres'),
                migrationsFolder: join(root, 'migrations'),
                afterReset: ['!../schema/prerequisites.sql'],
                blankMigrationContent: blankCurrent,
                logger: new Logger(() => () => undefined),
            }
            try {
                await work(settings)
            } finally {
                // It ends the process when a connection that it keeps for later is cut: let it close them first.
                clearAllPools()
                await sleep(200)
            }
        })
    })
}
