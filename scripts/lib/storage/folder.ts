// Files in a folder. What is still coming lies apart under a name of chance, and gets its own in one step.

import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { asAnnounced, checkKey, type Storage } from './storage.ts'

/** Nothing that is still coming takes longer. */
const dayInMilliseconds = 86_400_000

export async function openFolder(root: string): Promise<Storage> {
    const incoming = join(root, 'incoming')
    const pathOf = (key: string) => join(root, checkKey(key))
    await mkdir(incoming, { recursive: true, mode: 0o700 })
    await sweep(incoming)
    return {
        encryption: 'none',
        put: async (key, source, announced) => {
            const path = pathOf(key)
            const draft = join(incoming, randomUUID())
            try {
                await pipeline(
                    source,
                    asAnnounced(announced),
                    createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
                )
                await mkdir(dirname(path), { recursive: true, mode: 0o700 })
                await rename(draft, path)
            } catch (error) {
                await rm(draft, { force: true })
                throw error
            }
        },
        read: async (key, range) => {
            const file = await open(pathOf(key))
            return file.createReadStream(range ? { start: range.first, end: range.last } : {})
        },
        remove: (key) => rm(pathOf(key), { force: true }),
    }
}

/** What a process that was killed left behind. */
async function sweep(incoming: string): Promise<void> {
    for (const name of await readdir(incoming)) {
        const draft = join(incoming, name)
        const found = await stat(draft).catch(() => undefined)
        if (found && Date.now() - found.mtimeMs > dayInMilliseconds) await rm(draft, { force: true })
    }
}
