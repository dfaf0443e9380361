// Types in which Postgres numbers transactions: only internal columns have them, and the API shows them as text if at
// all. Without a word on them PostGraphile prints one for each at start.

import { TYPES } from 'postgraphile/@dataplan/pg'

export const InternalTypesPlugin: GraphileConfig.Plugin = {
    name: 'InternalTypesPlugin',
    gather: {
        hooks: {
            pgCodecs_findPgCodec(_info, event) {
                const { typname } = event.pgType
                if (!event.pgCodec && (typname === 'xid' || typname === 'xid8')) event.pgCodec = TYPES.text
            },
        },
    },
}
