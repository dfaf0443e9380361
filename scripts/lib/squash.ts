// One migration instead of a history, as long as nobody stands on it.

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { calculateHash } from 'graphile-migrate/dist/hash.js'
import { compileIncludes, parseMigrationText, serializeMigration } from 'graphile-migrate/dist/migration.js'
import { asOneself, asOwner } from './build.ts'
import { Problem } from './console.ts'
import { writeDbmate } from './dbmate.ts'
import { downFolder } from './downs.ts'
import { syncFixtures } from './fixtures.ts'
import { graphileSettings } from './graphile.ts'
import { blankCurrent, committedFolder, currentFile, isBlank, readCurrent } from './history.ts'
import { buildFiles, moduleNames } from './modules.ts'
import { root as packageRoot } from './paths.ts'
import { sqlFile } from './sql-file.ts'

const baselineName = 'foundation'

/** Rewrites the whole history as one migration, made of the folders as they are. Answers its path. */
export async function squash(root = packageRoot): Promise<string> {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
    if (!version.startsWith('0.')) {
        throw new Problem(
            `The history cannot be squashed any more: version ${version} is released.`,
            'Databases in the field stand on these migrations. Write a new one.',
        )
    }
    if (!isBlank(readCurrent(root))) {
        throw new Problem(
            `${currentFile} is not blank.`,
            'Its changes are in the folders already if `empathy check` passes: empty it, then squash.',
        )
    }
    syncFixtures(root)
    const source = [asOwner, ...buildFiles(root).map(({ path }) => `--!include ${path}`), asOneself].join(
        '\n\n',
    )
    // No database is met: the settings only have to name the folder.
    const settings = await graphileSettings('postgres://nobody@localhost/none', root)
    const { body } = parseMigrationText(
        'the baseline',
        await compileIncludes(settings, source, new Set()),
        false,
    )
    for (const folder of [committedFolder, downFolder]) {
        mkdirSync(join(root, folder), { recursive: true })
        for (const name of readdirSync(join(root, folder))) {
            if (name.endsWith('.sql')) rmSync(join(root, folder, name))
        }
    }
    const file = `000001-${baselineName}.sql`
    writeFileSync(
        join(root, committedFolder, file),
        serializeMigration(body, { Previous: '-', Hash: calculateHash(body, null), Message: baselineName }),
    )
    const drops = moduleNames(root)
        .toReversed()
        .map((name) => `drop schema ${name} cascade;`)
    writeFileSync(
        join(root, downFolder, file),
        sqlFile('baseline-down.sql').replace('drop schema module_name cascade;', () => drops.join('\n')),
    )
    writeFileSync(join(root, currentFile), blankCurrent)
    writeDbmate(root)
    return `${committedFolder}/${file}`
}
