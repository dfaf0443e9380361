// `check`: format, lint, types, drift between folders and migrations, catalog sweeps. Leaves no server running
// that it did not find running.

import { parseArgs } from 'node:util'
import { exit, note, print, seconds } from '../lib/console.ts'
import { writeListing } from '../lib/gates/access.ts'
import { writeAccessGuide } from '../lib/gates/access-guide.ts'
import { type Finding, line } from '../lib/gates/finding.ts'
import { writeGraphqlSchema } from '../lib/gates/graphql-schema.ts'
import { ask, databaseGates, fileGates, type Gate, onFolders } from '../lib/gates/index.ts'
import { root } from '../lib/paths.ts'
import { withTestServer } from '../lib/template.ts'

export const summary = 'check format, types, drift between folders and migrations, and the catalog'
export const usage = `
empathy check [--json]     every finding on one line: file: what is wrong (what to do)
empathy check --write      first write policies/listing.txt, schema.graphql and docs/access.md from the folders

Exit code 0: nothing found; 1: something was.
`

export async function run(args: string[]): Promise<number> {
    const { values } = parseArgs({
        args,
        options: { write: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    })
    const [files, databases] = await Promise.all([
        askAll(fileGates(root)),
        withTestServer(18, async (server) => {
            const serverUrl = server.databaseUrl('postgres')
            if (values.write) await onFolders(serverUrl, root, writeGenerated)
            return askAll(databaseGates(serverUrl, root))
        }),
    ])
    const findings = [...files, ...databases]
    if (values.json) print(JSON.stringify(findings, null, 2))
    else for (const finding of findings) print(line(finding))
    note(findings.length === 0 ? 'Nothing found.' : `${findings.length} found.`)
    return findings.length === 0 ? exit.ok : exit.failed
}

async function writeGenerated(url: string): Promise<void> {
    await writeListing(url, root)
    await writeGraphqlSchema(url, root)
    await writeAccessGuide(url, root)
}

async function askAll(gates: Gate[]): Promise<Finding[]> {
    const findings: Finding[] = []
    for (const gate of gates) {
        const started = performance.now()
        const found = await ask(gate)
        const verdict = found.length === 0 ? 'ok   ' : 'found'
        note(`${verdict} ${gate.title} (${seconds(performance.now() - started)})`)
        findings.push(...found)
    }
    return findings
}
