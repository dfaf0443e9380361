// The schema of the API as text: what `serve --print-schema` prints and schema.graphql holds.

import './environment.ts'
import pg from 'pg'
import { makeSchema } from 'postgraphile'
import { lexicographicSortSchema, printSchema } from 'postgraphile/graphql'
import { makePreset } from './preset.ts'

/** Nobody asks this one anything, so no token has to be believed. */
const noTokens = { secret: '', issuer: undefined, audience: undefined, allowServiceRole: false }

export async function printedSchema(url: string): Promise<string> {
    const requests = new pg.Pool({ connectionString: url, max: 1, pipeline: true })
    try {
        const { schema } = await makeSchema(makePreset({ requests, keyholder: undefined }, noTokens))
        return printSchema(lexicographicSortSchema(schema))
    } finally {
        await requests.end()
    }
}
