// Reads documents: that there is not too much of one, that it holds together, and that it asks for what there is. What
// was found good is remembered, with the plans that were made for it. It is not remembered by number: a plan takes
// megabytes where the document is large, and whoever sends a hundred such would have filled the memory.

import {
    type DocumentNode,
    GraphQLError,
    type GraphQLSchema,
    type OperationDefinitionNode,
    parse,
    Source,
    specifiedRules,
    validate,
} from 'postgraphile/graphql'
import { Refusal } from '../refusal.ts'
import { IntrospectionOffRule } from './introspection.ts'
import { mostErrors, type OperationLimits } from './limits.ts'
import { measure } from './shape.ts'
import { countTokens } from './source.ts'

export type Reading = { document: DocumentNode } | { errors: readonly GraphQLError[] }

interface Remembered {
    document: DocumentNode
    bytes: number
}

/** What Grafast keeps of an operation; it asks the schema for it. */
type Plans = GraphQLSchema['extensions']['grafast']

/** What may be remembered altogether, and about what a plan takes for each field, and a token in memory. */
const room = 64_000_000
const bytesOfField = 13_000
const bytesOfToken = 300

/** Plans of one operation: what is included or skipped makes others. */
const mostPlans = 3

export class Documents {
    readonly #schema: GraphQLSchema
    readonly #limits: OperationLimits
    readonly #rules
    /** The longest not asked for comes first. */
    readonly #known = new Map<string, Remembered>()
    #bytes = 0

    constructor(schema: GraphQLSchema, limits: OperationLimits) {
        this.#schema = schema
        this.#limits = limits
        this.#rules = limits.introspection ? specifiedRules : [...specifiedRules, IntrospectionOffRule]
    }

    /** `pay` is told how many fields a document has that is new: reading and planning it is work. */
    read(text: string, pay: (fields: number) => void): Reading {
        const known = this.#known.get(text)
        if (known) {
            this.#known.delete(text)
            this.#known.set(text, known)
            return known
        }
        try {
            return this.#readAnew(text, pay)
        } catch (error) {
            if (error instanceof Refusal) return { errors: [asGraphQLError(error)] }
            if (error instanceof GraphQLError) return { errors: withCode([error], 'GRAPHQL_PARSE_FAILED') }
            throw error
        }
    }

    #readAnew(text: string, pay: (fields: number) => void): Reading {
        const source = new Source(text, 'the request')
        const tokens = countTokens(source)
        const document = parse(source)
        const fields = measure(document, this.#limits)
        pay(fields)
        const errors = validate(this.#schema, document, this.#rules, {
            maxErrors: mostErrors,
            // They tell names to whoever guesses some.
            hideSuggestions: !this.#limits.introspection,
        })
        if (errors.length > 0) return { errors: withCode(errors, 'GRAPHQL_VALIDATION_FAILED') }
        this.#remember(text, {
            document,
            bytes: bytesOfField * fields + bytesOfToken * tokens + 2 * text.length,
        })
        return { document }
    }

    #remember(text: string, remembered: Remembered): void {
        this.#known.set(text, remembered)
        this.#bytes += remembered.bytes
        for (const [oldest, { bytes }] of this.#known) {
            if (this.#bytes <= room) return
            this.#known.delete(oldest)
            this.#bytes -= bytes
        }
    }
}

/** Plans live as long as the operation that they are for. */
const plans = new WeakMap<OperationDefinitionNode, NonNullable<Plans>>()

/** Has Grafast look for its plans of an operation with the operation. */
export function withItsPlans<T>(schema: GraphQLSchema, operation: OperationDefinitionNode, plan: () => T): T {
    const extensions = schema.extensions as { grafast?: Plans }
    const shared = extensions.grafast
    const own = plans.get(operation) ?? {
        operationsCacheMaxLength: 2,
        operationOperationPlansCacheMaxLength: mostPlans,
    }
    plans.set(operation, own)
    extensions.grafast = own
    try {
        return plan()
    } finally {
        extensions.grafast = shared
    }
}

export function asGraphQLError(refusal: Refusal): GraphQLError {
    return new GraphQLError(refusal.message, { originalError: refusal, extensions: refusal.extensions })
}

export function withCode(errors: readonly GraphQLError[], code: string): readonly GraphQLError[] {
    for (const { extensions } of errors) extensions.code ??= code
    return errors
}
