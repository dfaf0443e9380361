// The schema of the API as text: what `serve --print-schema` prints and schema.graphql holds.

import './environment.ts'
import pg from 'pg'
import { makeSchema } from 'postgraphile'
import { lexicographicSortSchema, printSchema } from 'postgraphile/graphql'
import { usualLimits } from './limits/limits.ts'
import { makePreset } from './preset.ts'
import { Visitors } from './visitors.ts'

/** Nobody asks this one anything, so no token has to be believed. */
const nobodyAsks = {
    tokens: { issuerOf: () => undefined },
    publicMaxAge: 0,
    trustProxy: false,
}

export async function printedSchema(url: string): Promise<string> {
    const requests = new pg.Pool({ connectionString: url, max: 1 })
    try {
        const pools = { requests, keyholder: undefined }
        const preset = makePreset(pools, nobodyAsks, usualLimits, new Visitors(usualLimits, false))
        const { schema } = await makeSchema(preset)
        return printSchema(lexicographicSortSchema(schema))
    } finally {
        await requests.end()
    }
}
