// The package as it was at one of its migrations, as far as running them goes.

import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { committedFolder, readHistory } from './history.ts'

/** Hands out a copy of the package whose history ends at one migration. */
export async function migrationsUpTo<T>(
    root: string,
    version: string,
    work: (copy: string) => Promise<T>,
): Promise<T> {
    const copy = mkdtempSync(join(tmpdir(), 'empathy-history-'))
    try {
        for (const name of ['schema', 'package.json'])
            cpSync(join(root, name), join(copy, name), { recursive: true })
        mkdirSync(join(copy, committedFolder), { recursive: true })
        for (const { version: each, path } of readHistory(root)) {
            if (each <= version) cpSync(join(root, path), join(copy, path))
        }
        return await work(copy)
    } finally {
        rmSync(copy, { recursive: true, force: true })
    }
}
