// The cost of an operation, known before it runs: about how many rows it can make the database look at.
//
//   a column, periods among them                 0
//   a relation, a look-up, a function            1, and what is asked of it
//   a page                                       its rows (first) × (1 + what is asked of each), 10 more for totalCount
//   a mutation                                   10, and what is asked of its answer
//   __schema and __type                          1,000 and 100
//
// What @skip and @include leave out counts, too.

import {
    type FieldNode,
    type FragmentDefinitionNode,
    type GraphQLField,
    type GraphQLSchema,
    getArgumentValues,
    getNamedType,
    getNullableType,
    isCompositeType,
    isInterfaceType,
    isListType,
    isObjectType,
    Kind,
    type OperationDefinitionNode,
    OperationTypeNode,
    type SelectionSetNode,
} from 'postgraphile/graphql'
import { pageSize, rowsAsked } from '../pagination.ts'
import { Refusal } from '../refusal.ts'
import { countEntries, requireFewEntries } from './inputs.ts'

export interface Operation {
    schema: GraphQLSchema
    operation: OperationDefinitionNode
    fragments: Record<string, FragmentDefinitionNode>
    /** As coerced. */
    variables: Record<string, unknown>
}

const mutation = 10
const count = 10
const introspection: Record<string, number> = { __schema: 1000, __type: 100, __typename: 0 }

export function requireAffordable(asked: Operation, most: number): number {
    const cost = costOf(asked)
    if (cost <= most) return cost
    throw new Refusal(400, 'TOO_COSTLY', `this costs ${cost}; ${most} is the most`, {
        hint: 'ask for smaller pages with "first", or for fewer of them',
    })
}

export function costOf({ schema, operation, fragments, variables }: Operation): number {
    let entries = 0

    function ofAll(typeName: string, set: SelectionSetNode | undefined, price = ofField): number {
        return (set?.selections ?? []).reduce((sum, selection) => {
            if (selection.kind === Kind.FIELD) return sum + price(typeName, selection)
            const fragment =
                selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value]
            const inner = fragment?.typeCondition?.name.value ?? typeName
            return sum + ofAll(inner, fragment?.selectionSet, price)
        }, 0)
    }

    function ofField(typeName: string, node: FieldNode): number {
        const known = introspection[node.name.value]
        if (known !== undefined) return known
        const field = fieldOf(schema, typeName, node)
        if (!field) return 0
        const values = getArgumentValues(field, node, variables)
        entries += countEntries(field, node, values)
        const named = getNamedType(field.type)
        if (isPeriod(named)) return 0
        if (field.args.some(({ name }) => name === 'first')) {
            const rows = Math.min(Math.max(rowsAsked(values.first), 0), pageSize.most)
            return ofPage(rows, named.name, node)
        }
        const below = isCompositeType(named) ? ofAll(named.name, node.selectionSet) : 0
        if (isListType(getNullableType(field.type)))
            return isCompositeType(named) ? pageSize.usual * (1 + below) : 1
        return isCompositeType(named) || field.args.length > 0 ? 1 + below : 0
    }

    function ofPage(rows: number, typeName: string, node: FieldNode): number {
        let once = 0
        const ofRow = ofAll(typeName, node.selectionSet, function within(pageType, part): number {
            const type = getNamedType(fieldOf(schema, pageType, part)?.type)
            if (part.name.value === 'totalCount') once += count
            if (part.name.value === 'edges' && type) return ofAll(type.name, part.selectionSet, within)
            if (part.name.value === 'nodes' || part.name.value === 'node') {
                return type ? ofAll(type.name, part.selectionSet) : 0
            }
            return 0
        })
        return once + rows * (1 + ofRow)
    }

    const root = schema.getRootType(operation.operation)
    const base = operation.operation === OperationTypeNode.MUTATION ? mutation - 1 : 0
    const cost = root
        ? ofAll(root.name, operation.selectionSet, (typeName, node) => base + ofField(typeName, node))
        : 0
    requireFewEntries(entries)
    return cost
}

/** It stands in the row, and so does a list of them. */
function isPeriod({ name }: { name: string }): boolean {
    return /Range(Bound)?$/.test(name)
}

function fieldOf(
    schema: GraphQLSchema,
    typeName: string,
    { name }: FieldNode,
): GraphQLField<unknown, unknown> | undefined {
    const type = schema.getType(typeName)
    return isObjectType(type) || isInterfaceType(type) ? type.getFields()[name.value] : undefined
}
