// Which store the environment names, and the keys that sign grants. On a machine of one's own: a folder beside the
// embedded database.

import { hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { Problem } from '../console.ts'
import { localKeys } from '../local-keys.ts'
import { runtimeDir } from '../paths.ts'
import { openFolder } from './folder.ts'
import { openBucket } from './s3.ts'
import type { SigningKeys } from './signed-urls.ts'
import type { Storage } from './storage.ts'

/** Undefined where none is named. */
export async function openStorage(config: Config = readConfig()): Promise<Storage | undefined> {
    const { S3_URL, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_ENCRYPTED } = config
    if (S3_URL) {
        if (!S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) {
            throw new Problem(
                'S3_URL is set without a key.',
                'Set S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY.',
            )
        }
        return openBucket({
            url: S3_URL,
            region: S3_REGION,
            accessKeyId: S3_ACCESS_KEY_ID,
            secretAccessKey: S3_SECRET_ACCESS_KEY,
            encrypted: S3_ENCRYPTED,
        })
    }
    const folder = config.STORAGE_FOLDER ?? (config.DATABASE_URL ? undefined : join(runtimeDir, 'files'))
    return folder === undefined ? undefined : openFolder(folder)
}

/** Undefined where this server has none. */
export function signingKeys(config: Config = readConfig()): SigningKeys | undefined {
    const { FILES_KEY_HEX, FILES_KEY_PREVIOUS_HEX, DATABASE_URL } = config
    const current = FILES_KEY_HEX ?? (DATABASE_URL ? undefined : localKey())
    return current === undefined ? undefined : { current, previous: FILES_KEY_PREVIOUS_HEX }
}

function localKey(): string {
    return Buffer.from(hkdfSync('sha256', localKeys().jwtSecret, '', 'empathy files', 32)).toString('hex')
}
