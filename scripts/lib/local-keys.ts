// Keys for a machine of one's own: made once, kept in the runtime folder, readable by their owner alone. Elsewhere
// they come from the environment.

import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './console.ts'
import { runtimeDir } from './paths.ts'

export interface LocalKeys {
    /** Signs the tokens of the demo people. */
    jwtSecret: string
    /** Encrypts people's keys: without it their secrets in the embedded database are lost. */
    kek: string
}

const path = join(runtimeDir, 'keys.json')

export function localKeys(): LocalKeys {
    const text = read() ?? make()
    try {
        const { jwtSecret, kek } = JSON.parse(text) as LocalKeys
        if (jwtSecret.length >= 32 && /^[0-9a-f]{64}$/.test(kek)) return { jwtSecret, kek }
    } catch {
        // Said below: the file is damaged.
    }
    throw new Problem(
        `${path} is damaged.`,
        'Bring back a copy; or delete it, and what people kept secret in the embedded database stays closed.',
    )
}

function read(): string | undefined {
    try {
        return readFileSync(path, 'utf8')
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
    }
}

/** Two processes may come here at once: the file appears whole, and the first one counts. */
function make(): string {
    mkdirSync(runtimeDir, { recursive: true })
    const keys: LocalKeys = {
        jwtSecret: randomBytes(32).toString('base64url'),
        kek: randomBytes(32).toString('hex'),
    }
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, `${JSON.stringify(keys, null, 2)}\n`, { mode: 0o600 })
    chmodSync(draft, 0o600)
    try {
        linkSync(draft, path)
    } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    } finally {
        rmSync(draft)
    }
    return readFileSync(path, 'utf8')
}
