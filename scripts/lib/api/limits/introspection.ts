// Where introspection is off, nobody asks for the schema. `__typename` is part of any answer.

import {
    type ASTVisitor,
    GraphQLError,
    getNamedType,
    isIntrospectionType,
    type ValidationContext,
} from 'postgraphile/graphql'

export function IntrospectionOffRule(context: ValidationContext): ASTVisitor {
    return {
        Field(node) {
            const type = getNamedType(context.getType())
            if (!type || !isIntrospectionType(type)) return
            context.reportError(
                new GraphQLError(`"${node.name.value}" cannot be asked for here`, {
                    nodes: node,
                    extensions: {
                        code: 'INTROSPECTION_OFF',
                        hint: 'the schema comes with this server: schema.graphql',
                    },
                }),
            )
        },
    }
}
