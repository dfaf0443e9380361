// Holds every operation to the limits, however it comes: by HTTP or over a socket. Its text is held to them where it is
// read; its cost, which depends on its variables, before it runs.

import type { ServerResponse } from 'node:http'
import type { GrafastExecutionArgs } from 'postgraphile/grafast'
import type { ExecutionResult, GraphQLSchema } from 'postgraphile/graphql'
import { type FragmentDefinitionNode, getOperationAST, getVariableValues, Kind } from 'postgraphile/graphql'
import { Refusal } from '../refusal.ts'
import { senderOf } from '../sockets.ts'
import type { Visitors } from '../visitors.ts'
import { requireAffordable } from './cost.ts'
import { asGraphQLError, Documents, withCode, withItsPlans } from './documents.ts'
import { mostErrors, type OperationLimits } from './limits.ts'

/** So many fields of a document that is new are as much work as a request for one that is known. */
const fieldsOfRequest = 25

export function operationLimitsPlugin(limits: OperationLimits, visitors: Visitors): GraphileConfig.Plugin {
    let documents: { schema: GraphQLSchema; known: Documents } | undefined
    const documentsOf = (schema: GraphQLSchema): Documents => {
        if (documents?.schema !== schema) documents = { schema, known: new Documents(schema, limits) }
        return documents.known
    }
    return {
        name: 'OperationLimitsPlugin',
        grafserv: {
            middleware: {
                setPreset(next, event) {
                    const { getExecutionConfig } = event
                    event.getExecutionConfig = async function (context) {
                        const config = await getExecutionConfig.call(this, context)
                        const known = documentsOf(config.schema)
                        const caller = senderOf(context)?.caller
                        const pay = (fields: number) => {
                            if (caller) visitors.charge(caller, Math.floor(fields / fieldsOfRequest))
                        }
                        return { ...config, parseAndValidate: (text) => known.read(text, pay) }
                    }
                    return next()
                },
            },
        },
        grafast: {
            middleware: {
                execute: (next, { args }) => refused(args, limits) ?? next(),
                subscribe: (next, { args }) => refused(args, limits) ?? next(),
                establishOperationPlan: (next, { schema, operation }) =>
                    withItsPlans(schema, operation, () => next()),
            },
        },
    }
}

/** What is answered instead, where an operation costs too much or its variables are none. */
function refused(args: GrafastExecutionArgs, limits: OperationLimits): ExecutionResult | undefined {
    const { schema, document, operationName, variableValues } = args
    const operation = getOperationAST(document, operationName)
    // Grafast says so itself.
    if (!operation) return undefined
    const { coerced, errors } = getVariableValues(
        schema,
        operation.variableDefinitions ?? [],
        variableValues ?? {},
        { maxErrors: mostErrors, hideSuggestions: !limits.introspection },
    )
    if (errors) return { errors: withCode(errors, 'BAD_USER_INPUT') }
    const fragments: Record<string, FragmentDefinitionNode> = {}
    for (const definition of document.definitions) {
        if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition
    }
    try {
        const cost = requireAffordable({ schema, operation, fragments, variables: coerced }, limits.maxCost)
        responseOf(args)?.setHeader('x-cost', cost)
        return undefined
    } catch (error) {
        if (error instanceof Refusal) return { errors: [asGraphQLError(error)] }
        throw error
    }
}

function responseOf({ requestContext }: GrafastExecutionArgs): ServerResponse | undefined {
    return requestContext?.http?.requestContext.node?.res
}
