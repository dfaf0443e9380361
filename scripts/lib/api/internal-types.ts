// Types that PostGraphile does not know. Sets of periods are lists of periods. Those in which Postgres numbers
// transactions, few columns have, and the API shows them as text if at all. Without a word on them PostGraphile prints
// one for each at start.

import { listOfCodec, TYPES } from 'postgraphile/@dataplan/pg'
import { sql } from 'postgraphile/pg-sql2'

type Period = Parameters<typeof listOfCodec>[0]

const shownAsText = new Set(['xid', 'xid8'])

export const InternalTypesPlugin: GraphileConfig.Plugin = {
    name: 'InternalTypesPlugin',
    gather: {
        hooks: {
            async pgCodecs_findPgCodec({ helpers }, event) {
                const { pgType, serviceName } = event
                if (event.pgCodec) return
                if (shownAsText.has(pgType.typname)) event.pgCodec = TYPES.text
                if (pgType.typname !== 'tstzmultirange') return
                const services = await helpers.pgIntrospection.getIntrospection()
                const { introspection } =
                    services.find(({ pgService }) => pgService.name === serviceName) ?? {}
                const range = introspection?.types.find(({ typname }) => typname === 'tstzrange')
                const period = range && (await helpers.pgCodecs.getCodecFromType(serviceName, range._id))
                // What takes the periods out of a list takes them out of a set as well: `unnest`.
                if (period) event.pgCodec = listOfCodec(period as Period, { identifier: sql`tstzmultirange` })
            },
        },
    },
}
