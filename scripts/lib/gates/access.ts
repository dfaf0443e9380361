// Gate over access: policies, grants and executable functions are exactly those listed in policies/listing.txt,
// so that a reviewer sees every change of them in one place.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileLocator } from '../catalog.ts'
import { withClient } from '../db.ts'
import { moduleNames } from '../modules.ts'
import { sqlFile } from '../sql-file.ts'
import type { Finding } from './finding.ts'

export const listingFile = 'policies/listing.txt'

const heading = `# Who may do what, as the folders say: written by \`empathy check --write\`, read by reviewers.
# The owner's own rights are left out.
`

interface Row {
    section: string
    line: string
    file: string
}

export async function accessFindings(url: string, root: string): Promise<Finding[]> {
    const rows = await readRows(url, root)
    const locate = fileLocator(root)
    const listed = parse(
        existsSync(join(root, listingFile)) ? readFileSync(join(root, listingFile), 'utf8') : '',
    )
    const advice = 'if it is meant, run `empathy check --write`'
    const findings: Finding[] = []
    for (const { section, line, file } of rows) {
        if (listed.get(section)?.delete(line)) continue
        findings.push({
            file: locate(file, section),
            problem: `${section} has "${line.trim()}", which is not in ${listingFile}`,
            advice,
        })
    }
    for (const [section, lines] of listed) {
        const file = rows.find((row) => row.section === section)?.file
        for (const line of lines) {
            findings.push({
                file: file === undefined ? listingFile : locate(file, section),
                problem: `${section} lacks "${line.trim()}", which is in ${listingFile}`,
                advice,
            })
        }
    }
    return findings
}

export async function writeListing(url: string, root: string): Promise<void> {
    const sections = Map.groupBy(await readRows(url, root), ({ section }) => section)
    const blocks = [...sections].map(([section, rows]) =>
        [section, ...rows.map(({ line }) => line)].join('\n'),
    )
    writeFileSync(join(root, listingFile), `${[heading.trimEnd(), ...blocks].join('\n\n')}\n`)
}

async function readRows(url: string, root: string): Promise<Row[]> {
    return withClient(url, async (client) => {
        const { rows } = await client.query<Row>(sqlFile('access-listing.sql'), [moduleNames(root)])
        return rows
    })
}

function parse(text: string): Map<string, Set<string>> {
    const sections = new Map<string, Set<string>>()
    let lines = new Set<string>()
    for (const line of text.split('\n')) {
        if (line === '' || line.startsWith('#')) continue
        if (line.startsWith(' ')) {
            lines.add(line)
            continue
        }
        lines = new Set()
        sections.set(line, lines)
    }
    return sections
}
