// Gate over docs/access.md: it says what the catalogs of permissions and roles say.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessGuide } from '../access-guide/guide.ts'
import type { Finding } from './finding.ts'

export const guideFile = 'docs/access.md'

export async function accessGuideFindings(url: string, root: string): Promise<Finding[]> {
    const path = join(root, guideFile)
    const written = existsSync(path) ? readFileSync(path, 'utf8') : ''
    if (written === (await accessGuide(url, root))) return []
    return [
        {
            file: guideFile,
            problem: 'does not say what the catalogs of permissions and roles say',
            advice: 'run `empathy access`',
        },
    ]
}

export async function writeAccessGuide(url: string, root: string): Promise<void> {
    writeFileSync(join(root, guideFile), await accessGuide(url, root))
}
