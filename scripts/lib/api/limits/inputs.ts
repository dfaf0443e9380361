// What arguments bring: lists of a bounded length, and values that do not go down without end. A filter of a thousand
// conditions, or of a condition within a thousand others, is work for the planner of any database.

import {
    type FieldNode,
    type GraphQLField,
    type GraphQLInputType,
    getNullableType,
    isInputObjectType,
    isListType,
} from 'postgraphile/graphql'
import { Refusal } from '../refusal.ts'
import { deepestInput, deepestJson, mostEntries } from './limits.ts'

/** How many entries the lists have that a field is given. */
export function countEntries(
    { args }: GraphQLField<unknown, unknown>,
    { arguments: given = [] }: FieldNode,
    values: Record<string, unknown>,
): number {
    return given.reduce((sum, { name }) => {
        const type = args.find((arg) => arg.name === name.value)?.type
        return type ? sum + entriesIn(type, values[name.value], 1) : sum
    }, 0)
}

export function requireFewEntries(entries: number): void {
    if (entries <= mostEntries) return
    throw new Refusal(
        400,
        'TOO_MANY_VALUES',
        `the lists in these arguments have ${entries} entries; ${mostEntries} is the most`,
        { hint: 'send them in several requests' },
    )
}

function entriesIn(type: GraphQLInputType, value: unknown, depth: number): number {
    if (typeof value !== 'object' || value === null) return 0
    if (depth > deepestInput) throw tooDeep(deepestInput)
    const inner = getNullableType(type)
    if (isListType(inner)) {
        const list: unknown[] = Array.isArray(value) ? value : [value]
        // What is too long anyhow need not be looked into.
        if (list.length > mostEntries) return list.length
        return list.reduce<number>((sum, each) => sum + entriesIn(inner.ofType, each, depth + 1), list.length)
    }
    if (isInputObjectType(inner)) {
        const given = value as Record<string, unknown>
        return Object.values(inner.getFields()).reduce(
            (sum, field) => sum + entriesIn(field.type, given[field.name], depth + 1),
            0,
        )
    }
    requireShallow(value, 0)
    return 0
}

/** JSON has what form it likes, but whoever writes it down again calls itself for each level. */
function requireShallow(value: unknown, depth: number): void {
    if (typeof value !== 'object' || value === null) return
    if (depth > deepestJson) throw tooDeep(deepestJson)
    for (const each of Object.values(value)) requireShallow(each, depth + 1)
}

function tooDeep(most: number): Refusal {
    return new Refusal(400, 'TOO_DEEP', `a value in these arguments is more than ${most} levels deep`, {
        hint: 'say it with fewer levels',
    })
}
