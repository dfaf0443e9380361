// Hands files over to the user that the server runs as.

import { lchownSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { RunAs } from './user.ts'

export function takeOwnership(path: string, user: RunAs): void {
    if (user.uid === undefined) return
    lchownSync(path, user.uid, user.gid)
    for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
        lchownSync(join(entry.parentPath, entry.name), user.uid, user.gid)
    }
}
