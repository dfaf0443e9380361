// All gates: what `empathy check` asks before it is content.

import { applyPrerequisites, buildFromFolders } from '../build.ts'
import { Problem } from '../console.ts'
import { withScratch } from '../scratch.ts'
import { styleFindings } from '../sql-style.ts'
import { accessFindings } from './access.ts'
import { accessGuideFindings } from './access-guide.ts'
import { buildEquality, runnerEquality, upDownUp } from './equality.ts'
import type { Finding } from './finding.ts'
import { graphqlSchemaFindings } from './graphql-schema.ts'
import { migrationFileFindings } from './migration-files.ts'
import { sweepFindings } from './sweeps.ts'
import { biomeFindings, squawkFindings, typeFindings } from './tools.ts'

export interface Gate {
    /** What it looks at, as it is shown: "SQL style". */
    title: string
    run(): Promise<Finding[]> | Finding[]
}

/** What a gate finds; that it cannot even be asked is a finding too. */
export async function ask(gate: Gate): Promise<Finding[]> {
    try {
        return await gate.run()
    } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        const advice =
            error instanceof Problem && error.hint ? error.hint : 'it has to run before it can judge'
        return [{ file: gate.title, problem, advice }]
    }
}

/** Gates that read files only. */
export function fileGates(root: string): Gate[] {
    return [
        { title: 'SQL style', run: () => styleFindings(root) },
        { title: 'migration files', run: () => migrationFileFindings(root) },
        { title: 'squawk', run: () => squawkFindings(root) },
        { title: 'format and lint', run: () => biomeFindings(root) },
        { title: 'types', run: () => typeFindings(root) },
    ]
}

/** Gates that build databases on a server. They expect that the migration files are in order. */
export function databaseGates(serverUrl: string, root: string): Gate[] {
    return [
        { title: 'catalog sweeps', run: () => onFolders(serverUrl, root, (url) => sweepFindings(url, root)) },
        {
            title: 'access listing',
            run: () => onFolders(serverUrl, root, (url) => accessFindings(url, root)),
        },
        {
            title: 'access guide',
            run: () => onFolders(serverUrl, root, (url) => accessGuideFindings(url, root)),
        },
        {
            title: 'GraphQL schema',
            run: () => onFolders(serverUrl, root, (url) => graphqlSchemaFindings(url, root)),
        },
        { title: 'folders = migrations', run: () => buildEquality(serverUrl, root) },
        { title: 'up, down, up', run: () => upDownUp(serverUrl, root) },
        { title: 'graphile-migrate = dbmate', run: () => runnerEquality(serverUrl, root) },
    ]
}

export async function onFolders<T>(
    serverUrl: string,
    root: string,
    work: (url: string) => Promise<T>,
): Promise<T> {
    return withScratch(serverUrl, async (url) => {
        await applyPrerequisites(url, root)
        await buildFromFolders(url, root)
        return work(url)
    })
}
