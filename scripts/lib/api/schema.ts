// The schema of the API: as text, which is what `serve --print-schema` prints and schema.graphql holds, and as it is
// built, for those who have to know what of the database stands where in it.

import './environment.ts'
import pg from 'pg'
import { makeSchema } from 'postgraphile'
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'postgraphile/graphql'
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
    return printSchema(lexicographicSortSchema(await builtSchema(url)))
}

/** `plugins` look on while it is built. */
export async function builtSchema(
    url: string,
    plugins: GraphileConfig.Plugin[] = [],
): Promise<GraphQLSchema> {
    const requests = new pg.Pool({ connectionString: url, max: 1 })
    try {
        const pools = { requests, keyholder: undefined }
        const preset = makePreset(pools, nobodyAsks, usualLimits, new Visitors(usualLimits, false))
        const { schema } = await makeSchema({ extends: [preset], plugins })
        return schema
    } finally {
        await requests.end()
    }
}
