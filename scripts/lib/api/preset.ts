// The one preset of the API: what PostGraphile builds it from, and what each plugin here adds or takes away.

import { PgSimplifyInflectionPreset } from '@graphile/simplify-inflection'
import { makePgService } from 'postgraphile/adaptors/pg'
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber'
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter'
import { moduleNames } from '../modules.ts'
import { root } from '../paths.ts'
import { pipelined } from './adaptor.ts'
import { authPlugin } from './auth.ts'
import { cachingPlugin } from './caching.ts'
import { CurrentProjectPlugin } from './current-project.ts'
import { DescriptionsPlugin } from './descriptions.ts'
import { maskError } from './errors.ts'
import { type Events, eventsPlugin } from './events/events-plugin.ts'
import { ExposurePlugin } from './exposure.ts'
import { FactsPlugin } from './facts.ts'
import { healthPlugin } from './health.ts'
import { hostsPlugin } from './hosts.ts'
import { InternalTypesPlugin } from './internal-types.ts'
import type { OperationLimits } from './limits/limits.ts'
import { operationLimitsPlugin } from './limits/plugin.ts'
import { MePlugin } from './me.ts'
import { NamesPlugin } from './names.ts'
import { PaginationPlugin } from './pagination.ts'
import type { Pools } from './pools.ts'
import { RelationsPlugin } from './relations.ts'
import { firstQuery, RuruPlugin } from './ruru.ts'
import { secretsPlugin } from './secrets.ts'
import type { ApiSettings } from './settings.ts'
import { Shares, sharesPlugin } from './shares.ts'
import { senderOf } from './sockets.ts'
import { isMutation, settingsOf } from './transactions.ts'
import { transportPlugin } from './transport.ts'
import type { Visitors } from './visitors.ts'
import { WorksPlugin } from './works.ts'

/** 100 kB: more than any form, less than a flood. */
const maxRequestLength = 100_000

export function makePreset(
    pools: Pick<Pools, 'requests' | 'keyholder'>,
    settings: Pick<ApiSettings, 'tokens' | 'publicMaxAge' | 'trustProxy'>,
    limits: OperationLimits,
    visitors: Visitors,
    events?: Events,
): GraphileConfig.Preset {
    return {
        extends: [PostGraphileAmberPreset, PgSimplifyInflectionPreset, PostGraphileConnectionFilterPreset],
        plugins: [
            authPlugin(settings.tokens, pools.requests, visitors),
            cachingPlugin(settings),
            CurrentProjectPlugin,
            DescriptionsPlugin,
            eventsPlugin(events),
            ExposurePlugin,
            FactsPlugin,
            healthPlugin(pools.requests),
            hostsPlugin(pools.requests, settings.trustProxy),
            InternalTypesPlugin,
            MePlugin,
            NamesPlugin,
            operationLimitsPlugin(limits, visitors),
            PaginationPlugin,
            RelationsPlugin,
            RuruPlugin,
            secretsPlugin(pools.keyholder),
            sharesPlugin(events?.shares ?? new Shares(), limits.maxSeconds),
            transportPlugin(limits.operations),
            WorksPlugin,
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
            // A row that is found is a row.
            pgForbidSetofFunctionsToReturnNull: true,
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
            context(request, args) {
                const session = senderOf(request)
                return session ? { session, pgSettings: settingsOf(session, !isMutation(args ?? {})) } : {}
            },
            explain: false,
        },
        grafserv: {
            allowedRequestContentTypes: ['application/json'],
            maxRequestLength,
            maskError,
            graphqlOverGET: true,
            graphiqlOnGraphQLGET: false,
            // Served by ourselves, see sockets.ts.
            websockets: false,
        },
        ruru: { clientConfig: { defaultQuery: firstQuery } } as GraphileConfig.Preset['ruru'],
    }
}
