// Types that PostGraphile does not know: those in which Postgres numbers transactions, and sets of periods. Few columns
// have them, and the API shows them as text if at all. Without a word on them PostGraphile prints one for each at start.

import { TYPES } from 'postgraphile/@dataplan/pg'

const shownAsText = new Set(['xid', 'xid8', 'tstzmultirange'])

export const InternalTypesPlugin: GraphileConfig.Plugin = {
    name: 'InternalTypesPlugin',
    gather: {
        hooks: {
            pgCodecs_findPgCodec(_info, event) {
                const { typname } = event.pgType
                if (!event.pgCodec && shownAsText.has(typname)) event.pgCodec = TYPES.text
            },
        },
    },
}
