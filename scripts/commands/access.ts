// `access`: writes docs/access.md, the page that says who may do what, from the catalogs.

import { parseArgs } from 'node:util'
import { exit, print } from '../lib/console.ts'
import { accessGuideFindings, guideFile, writeAccessGuide } from '../lib/gates/access-guide.ts'
import { line } from '../lib/gates/finding.ts'
import { onFolders } from '../lib/gates/index.ts'
import { root } from '../lib/paths.ts'
import { withTestServer } from '../lib/template.ts'

export const summary = 'write docs/access.md, which says who may do what, from the permissions and roles'
export const usage = `
empathy access           write it
empathy access --check   write nothing; exit code 1 when it is stale
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({ args, options: { check: { type: 'boolean', default: false } } })
    return withTestServer(18, (server) =>
        onFolders(server.databaseUrl('postgres'), root, async (url) => {
            if (!values.check) {
                await writeAccessGuide(url, root)
                print(guideFile)
                return exit.ok
            }
            const findings = await accessGuideFindings(url, root)
            for (const finding of findings) print(line(finding))
            return findings.length === 0 ? exit.ok : exit.failed
        }),
    )
}
