// Pages: 50 rows unless told otherwise, never more than 200. Only forwards: with a cap, backwards would answer other
// rows than were asked for; another orderBy does the same.

import { lambda, type Step } from 'postgraphile/grafast'
import { Refusal } from './refusal.ts'

export const pageSize = { usual: 50, most: 200 } as const

interface Pageable {
    setFirst(first: Step): void
}

export const PaginationPlugin: GraphileConfig.Plugin = {
    name: 'PaginationPlugin',
    schema: {
        hooks: {
            GraphQLObjectType_fields_field_args_arg(arg, build, { scope }) {
                if (scope.argName !== 'first' || !scope.isPgFieldConnection) return arg
                return {
                    ...arg,
                    defaultValue: pageSize.usual,
                    description: build.wrapDescription(
                        `How many rows to read at most: ${pageSize.usual} unless told otherwise, ${pageSize.most} at the most.`,
                        'arg',
                    ),
                    applyPlan: (_parent: unknown, $connection: Pageable, value: { getRaw(): Step }) => {
                        $connection.setFirst(lambda(value.getRaw(), allowed))
                    },
                }
            },
        },
    },
}

/** How many rows a value of `first` asks for. */
export function rowsAsked(first: unknown): number {
    return first === null || first === undefined ? pageSize.usual : Number(first)
}

function allowed(first: unknown): number {
    const rows = rowsAsked(first)
    if (rows >= 0 && rows <= pageSize.most) return rows
    throw new Refusal(400, 'PAGE_SIZE', `"first" is ${rows}; it can be 0 to ${pageSize.most}`, {
        hint: 'read further pages with "after" and the endCursor of this one',
    })
}
