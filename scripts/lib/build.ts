// Builds a database straight from the folders: what the package wants to be, whatever its migrations say.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runText, withClient } from './db.ts'
import { buildFiles } from './modules.ts'
import { root as packageRoot } from './paths.ts'

export { applyPrerequisites } from './prerequisites.ts'

/** The first and last statements of a build and of every migration. */
export const asOwner = 'set local role empathy_owner;\nset local check_function_bodies = off;'
export const asOneself = 'reset role;'

/** Builds schemas, functions, tables, views, policies and reference rows in one transaction. */
export async function buildFromFolders(url: string, root = packageRoot): Promise<void> {
    const files = buildFiles(root)
    await withClient(url, async (client) => {
        await client.query('begin')
        try {
            await client.query(asOwner)
            for (const { path } of files) {
                await runText(client, readFileSync(join(root, path), 'utf8'), path)
            }
            await client.query(asOneself)
            await client.query('commit')
        } catch (error) {
            await client.query('rollback')
            throw error
        }
    })
}
