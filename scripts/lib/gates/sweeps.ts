// Gate over the catalog: what no table, function or policy may forget. Each sweep is a query in scripts/sql/sweeps.
//
// An exception stands, with its reason, in the file it is about: `-- except <sweep>: <reason>`, or narrower,
// `-- except <sweep> <part of the object's name>: <reason>`. Of a table without policies, `-- no policy: <reason>`.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileLocator } from '../catalog.ts'
import { type Client, withClient } from '../db.ts'
import { buildFiles, moduleNames } from '../modules.ts'
import { sqlFile } from '../sql-file.ts'
import type { Finding } from './finding.ts'

interface Row {
    object: string
    problem: string
    advice: string
    file: string
}

interface Exception {
    file: string
    sweep: string
    object: string | undefined
    used: boolean
}

const sweepsFolder = join(import.meta.dirname, '../../sql/sweeps')

export function sweepNames(): string[] {
    return readdirSync(sweepsFolder)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => name.slice(0, -'.sql'.length))
        .sort()
}

/** Runs the sweeps on a database that was built from the folders of `root`. */
export async function sweepFindings(url: string, root: string): Promise<Finding[]> {
    const exceptions = readExceptions(root)
    const locate = fileLocator(root)
    const findings: Finding[] = []
    await withClient(url, async (client) => {
        for (const sweep of sweepNames()) {
            for (const row of await rowsOf(client, sweep, root)) {
                const file = locate(row.file, row.object)
                const excuse = exceptions.find(
                    (exception) =>
                        exception.sweep === sweep &&
                        exception.file === file &&
                        (exception.object === undefined || row.object.includes(exception.object)),
                )
                if (excuse) excuse.used = true
                else findings.push({ file, problem: row.problem, advice: row.advice })
            }
        }
    })
    return [...findings, ...exceptions.filter(({ used }) => !used).map(superfluous)]
}

async function rowsOf(client: Client, sweep: string, root: string): Promise<Row[]> {
    const { rows } = await client.query<Row>(sqlFile(`sweeps/${sweep}.sql`), [moduleNames(root)])
    return rows
}

function readExceptions(root: string): Exception[] {
    return buildFiles(root).flatMap(({ path: file }) => {
        const text = readFileSync(join(root, file), 'utf8').replace(
            /^-- no policy: /gm,
            '-- except policy_access: ',
        )
        return [...text.matchAll(/^-- except ([a-z_]+)(?: (\S+))?: \S/gm)].map(([, sweep = '', object]) => ({
            file,
            sweep,
            object,
            used: false,
        }))
    })
}

function superfluous({ file, sweep, object }: Exception): Finding {
    return {
        file,
        problem: `the exception "${['except', sweep, object].filter(Boolean).join(' ')}" excuses nothing`,
        advice: 'remove it',
    }
}
