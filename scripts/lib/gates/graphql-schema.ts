// Gate over the API: schema.graphql is what the server would serve, so that a reviewer sees every change of it.

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from './finding.ts'

export const schemaFile = 'schema.graphql'

/** On a database that was built from the folders of the package. */
export async function graphqlSchemaFindings(url: string, root: string): Promise<Finding[]> {
    const path = join(root, schemaFile)
    const written = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : []
    const served = (await text(url)).split('\n')
    const at = served.findIndex((line, index) => line !== written[index])
    if (at === -1 && served.length === written.length) return []
    const line = at === -1 ? served.length : at
    return [
        {
            file: `${schemaFile}:${line + 1}`,
            problem: `it is stale: the API says "${served[line]?.trim() ?? ''}" here, not "${written[line]?.trim() ?? ''}"`,
            advice: 'if that is meant, run `empathy check --write`',
        },
    ]
}

export async function writeGraphqlSchema(url: string, root: string): Promise<void> {
    writeFileSync(join(root, schemaFile), await text(url))
}

async function text(url: string): Promise<string> {
    // The API's library is large, and most commands do without it.
    const { printedSchema } = await import('../api/schema.ts')
    return `${await printedSchema(url)}\n`
}
