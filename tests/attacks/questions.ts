// Every question that the API takes, made from its schema: a new table or function is asked by itself.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
    buildSchema,
    type GraphQLArgument,
    type GraphQLField,
    type GraphQLInputType,
    type GraphQLInterfaceType,
    type GraphQLObjectType,
    type GraphQLOutputType,
    getNamedType,
    isEnumType,
    isInputObjectType,
    isInterfaceType,
    isLeafType,
    isListType,
    isNonNullType,
    isObjectType,
    isRequiredArgument,
    isRequiredInputField,
} from 'graphql'
import type { Hidden } from './twins.ts'

const schema = buildSchema(readFileSync(join(import.meta.dirname, '../../schema.graphql'), 'utf8'))

const batch = 20

/** Lists of everything, and of what hangs on what is found. */
export function lists(): string[] {
    return (
        fieldsOf(schema.getQueryType())
            // A constant, which a connection of the pool may know from whom it served before.
            .filter(({ name, args }) => name !== 'platform' && !args.some(isRequiredArgument))
            .map((field) => `query { ${field.name} ${selection(field, 2)} }`)
    )
}

/** Everything that is asked by an id, with what of a hidden work is called like that. */
export function lookups(work: Hidden): string[] {
    const asked = fieldsOf(schema.getQueryType())
        .filter(
            ({ name, args }) => !told.has(name) && args.some((arg) => isRequiredArgument(arg) && isId(arg)),
        )
        .map((field) => `${field.name}(${given(field, work)}) ${selection(field, 1)}`)
    return inOne('query', asked)
}

/** Everything that is done to something by its id, with what of a hidden work is called like that. */
export function deeds(work: Hidden): string[] {
    const asked = fieldsOf(schema.getMutationType()).flatMap((field) => {
        const input = getNamedType(field.args[0]?.type)
        if (!isInputObjectType(input)) return []
        const needed = Object.values(input.getFields()).filter(isRequiredInputField)
        if (!needed.some(({ name }) => idOf(name, work) !== undefined && name !== 'scopeId')) return []
        const values = needed.map(({ name, type }) => `${name}: ${value(name, type, work)}`)
        return [`${field.name}(input: {${values.join(', ')}}) { clientMutationId }`]
    })
    return inOne('mutation', asked)
}

/** What managers are told as it is, hidden works included: see limits.ts. */
const told = new Set(['quotaUse'])

/** What of a hidden work is called so: workId is its id, commentId that of a comment, mediaId … */
function idOf(name: string, work: Hidden): string | undefined {
    const [, called = ''] = /^(.*)Id$/.exec(name) ?? []
    return { ...work, media: work.guarded_medium, mediaitem: work.guarded_medium }[called]
}

function value(name: string, type: GraphQLInputType, work: Hidden): string {
    const id = named(type) === 'UUID' ? idOf(name, work) : undefined
    return id ? `"${id}"` : usual(type, work)
}

const named = (type: GraphQLInputType): string => getNamedType(type).name

const isId = ({ type }: GraphQLArgument): boolean => named(type) === 'UUID'

function fieldsOf(
    type: GraphQLObjectType | GraphQLInterfaceType | null | undefined,
): GraphQLField<unknown, unknown>[] {
    return Object.values(type?.getFields() ?? {}).filter(({ name }) => name !== 'query')
}

/**
 * All that can be read without asking further, and as many steps further as there are. Works are not asked for within
 * works, which is refused whole: what leads to them from there is asked by itself.
 */
function selection(field: GraphQLField<unknown, unknown>, steps: number, within = false): string {
    const type = getNamedType(field.type)
    if (isLeafType(type)) return ''
    if (!isObjectType(type) && !isInterfaceType(type)) return '{ __typename }'
    const inner = within || isInterfaceType(type)
    const fields = fieldsOf(type)
    const chosen = chosenOf(fields, steps, inner)
    const kinds = isInterfaceType(type) ? schema.getPossibleTypes(type) : []
    const told = new Set(fields.map(({ name }) => name))
    for (const kind of kinds) {
        const own = fieldsOf(kind).filter(({ name }) => !told.has(name))
        if (own.length > 0) chosen.push(`... on ${kind.name} { ${chosenOf(own, steps, inner).join(' ')} }`)
    }
    return `{ ${['__typename', ...chosen].join(' ')} }`
}

function chosenOf(fields: GraphQLField<unknown, unknown>[], steps: number, within: boolean): string[] {
    const asked = fields.filter(({ args }) => !args.some(isRequiredArgument))
    const chosen = asked.filter(({ type }) => isLeafType(getNamedType(type))).map(({ name }) => name)
    const nodes = asked.find(({ name }) => name === 'nodes')
    if (nodes) return [...chosen, `nodes ${selection(nodes, steps - 1, within)}`]
    if (steps <= 0) return chosen
    const further = asked.filter(
        ({ type }) => !isLeafType(getNamedType(type)) && !(within && leadsToWorks(type)),
    )
    return [...chosen, ...further.map((field) => `${field.name} ${selection(field, steps - 1, within)}`)]
}

function leadsToWorks(type: GraphQLOutputType): boolean {
    return /^Work(Connection)?$/.test(getNamedType(type).name)
}

function given({ args, type }: GraphQLField<unknown, unknown>, work: Hidden): string {
    // Of a work, a comment, a poll … its own.
    const own = idOf(`${getNamedType(type).name.toLowerCase()}Id`, work) ?? work.work
    return args
        .filter(isRequiredArgument)
        .map((arg) => `${arg.name}: ${arg.name === 'id' ? `"${own}"` : value(arg.name, arg.type, work)}`)
        .join(', ')
}

function usual(type: GraphQLInputType, work: Hidden): string {
    if (isNonNullType(type)) return usual(type.ofType, work)
    if (isListType(type)) return `[${usual(type.ofType, work)}]`
    if (isEnumType(type)) return type.getValues()[0]?.name ?? ''
    switch (type.toString()) {
        case 'UUID':
            return `"${work.scope}"`
        case 'Int':
        case 'SmallInt':
            return '1'
        case 'BigInt':
            return '"1"'
        case 'Boolean':
            return 'true'
        case 'JSON':
            return '{}'
        case 'Datetime':
            return '"2100-01-01T00:00:00Z"'
        default:
            return `"${work.title}"`
    }
}

/** A few in each request, so that none takes too long. */
function inOne(operation: string, asked: string[]): string[] {
    const requests: string[] = []
    for (let from = 0; from < asked.length; from += batch) {
        const aliased = asked.slice(from, from + batch).map((each, n) => `a${n}: ${each}`)
        requests.push(`${operation} { ${aliased.join('\n')} }`)
    }
    return requests
}
