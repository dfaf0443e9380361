// The shape of an operation: how deep it is, how many fields it has, how many of them at the top. Fragments count
// wherever they are used, but are looked into once: used by each other they can stand for more fields than there are
// numbers.

import {
    type DocumentNode,
    type FragmentDefinitionNode,
    Kind,
    type OperationDefinitionNode,
    type SelectionNode,
    type SelectionSetNode,
} from 'postgraphile/graphql'
import { Refusal } from '../refusal.ts'
import { mostRoots, type OperationLimits } from './limits.ts'

interface Shape {
    depth: number
    fields: number
    /** Fields at its own top. */
    width: number
}

const nothing: Shape = { depth: 0, fields: 0, width: 0 }

/** Counts the fields of all operations in a document, each of which keeps to the limits. */
export function measure(document: DocumentNode, limits: OperationLimits): number {
    const fragments = new Map<string, FragmentDefinitionNode>()
    const operations: OperationDefinitionNode[] = []
    for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
        if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition)
    }
    const known = new Map<string, Shape>()

    function shapeOf(set: SelectionSetNode | undefined): Shape {
        return (set?.selections ?? []).map(ofSelection).reduce(beside, nothing)
    }

    function ofSelection(selection: SelectionNode): Shape {
        if (selection.kind === Kind.INLINE_FRAGMENT) return shapeOf(selection.selectionSet)
        if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value)
        const below = shapeOf(selection.selectionSet)
        // How types lead to types is bounded by a rule of GraphQL itself, and deeper than any data.
        const deep = selection.name.value.startsWith('__') ? 0 : below.depth
        return { depth: deep + 1, fields: below.fields + 1, width: 1 }
    }

    function ofFragment(name: string): Shape {
        const before = known.get(name)
        if (before) return before
        // A fragment within itself is refused by the rules that come after this.
        known.set(name, nothing)
        const shape = shapeOf(fragments.get(name)?.selectionSet)
        known.set(name, shape)
        return shape
    }

    const shapes = operations.map(({ selectionSet }) => shapeOf(selectionSet))
    for (const shape of shapes) requireWithin(shape, limits)
    return shapes.reduce((sum, { fields }) => sum + fields, 0)
}

function beside(one: Shape, other: Shape): Shape {
    return {
        depth: Math.max(one.depth, other.depth),
        fields: one.fields + other.fields,
        width: one.width + other.width,
    }
}

function requireWithin({ depth, fields, width }: Shape, { maxDepth, maxFields }: OperationLimits): void {
    if (depth > maxDepth) {
        throw new Refusal(400, 'TOO_DEEP', `this is ${depth} levels deep; ${maxDepth} is the most`, {
            hint: 'ask for what is further down by its id, in a request of its own',
        })
    }
    if (width > mostRoots) {
        throw new Refusal(
            400,
            'TOO_WIDE',
            `this asks for ${width} things at once; ${mostRoots} is the most`,
            {
                hint: 'ask for several of a kind with a filter, or in several requests',
            },
        )
    }
    if (fields > maxFields) {
        throw new Refusal(400, 'TOO_MANY_FIELDS', `this has ${fields} fields; ${maxFields} is the most`, {
            hint: 'ask for fewer fields, or in several requests',
        })
    }
}
