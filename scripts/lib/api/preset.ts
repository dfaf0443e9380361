// The one preset of the API: what PostGraphile builds it from, and what each plugin here adds or takes away.

import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'
import { moduleNames } from '../modules.ts'
import { root } from '../paths.ts'
import { pipelined } from './adaptor.ts'
import { authPlugin } from './auth.ts'
import { maskError } from './errors.ts'
import { ExposurePlugin } from './exposure.ts'
import { healthPlugin } from './health.ts'
import { InternalTypesPlugin } from './internal-types.ts'
import { MePlugin } from './me.ts'
import { NamesPlugin } from './names.ts'
import { PaginationPlugin } from './pagination.ts'
import type { Pools } from './pools.ts'
import { RelationsPlugin } from './relations.ts'
import { firstQuery, RuruPlugin } from './ruru.ts'
import { secretsPlugin } from './secrets.ts'
import type { TokenRules } from './tokens.ts'
import { isMutation, settingsOf } from './transactions.ts'

/** 100 kB: more than any form, less than a flood. */
const maxRequestLength = 100_000

export function makePreset(
    pools: Pick<Pools, 'requests' | 'keyholder'>,
    rules: TokenRules,
): GraphileConfig.Preset {
    return {
        extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
        plugins: [
            authPlugin(rules, pools.requests),
            ExposurePlugin,
            healthPlugin(pools.requests),
            InternalTypesPlugin,
            MePlugin,
            NamesPlugin,
            PaginationPlugin,
            RelationsPlugin,
            RuruPlugin,
            secretsPlugin(pools.keyholder),
        ],
        disablePlugins: [
            // Ids are unique by themselves; a second, opaque one beside them helps nobody.
            'NodePlugin',
            'NodeAccessorPlugin',
            'AddNodeInterfaceToSuitableTypesPlugin',
            // `filter` does what `condition` does.
            'PgConditionArgumentPlugin',
            'PgConditionCustomFieldsPlugin',
            // Filters go over a table's own indexed columns; across tables they would be slow under row security.
            'PgConnectionArgFilterBackwardRelationsPlugin',
            'PgConnectionArgFilterForwardRelationsPlugin',
            'PgConnectionArgFilterComputedAttributesPlugin',
            'QueryQueryPlugin',
        ],
        pgServices: [
            {
                ...makePgService({
                    pool: pools.requests,
                    schemas: moduleNames(root),
                    // Whoever signs in sees the same API: what servers alone may call is not in it.
                    pgSettingsForIntrospection: { role: 'authenticated' },
                }),
                adaptor: { createWithPgClient: () => pipelined(pools.requests), makePgService },
            },
        ],
        gather: {
            // An argument can be left out or null where it has a default, and only there.
            pgStrictFunctions: true,
        },
        schema: {
            defaultBehavior: '-insert -update -delete -connection:backwards',
            dontSwallowErrors: true,
            connectionFilterAllowedOperators: [
                'isNull',
                'equalTo',
                'notEqualTo',
                'in',
                'notIn',
                'lessThan',
                'lessThanOrEqualTo',
                'greaterThan',
                'greaterThanOrEqualTo',
            ],
        },
        grafast: {
            context: ({ session }, args) =>
                session ? { session, pgSettings: settingsOf(session, !isMutation(args ?? {})) } : {},
            explain: false,
        },
        grafserv: {
            maxRequestLength,
            maskError,
            graphiqlOnGraphQLGET: false,
            websockets: false,
        },
        ruru: { clientConfig: { defaultQuery: firstQuery } } as GraphileConfig.Preset['ruru'],
    }
}
