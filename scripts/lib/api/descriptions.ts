// Everything in the API says what it is. Comments in the database are the source: a table's and a column's are those of
// its type and fields; what leads somewhere is told by the column that leads there, what comes back by what it leads to.
//
// A type or a function has parts that Postgres keeps no comments for: values, arguments, columns of what it returns.
// Its own comment names them, line by line after what it says of itself: `name: What it is.` An argument that it does
// not name is a column of the table that the function is called after, or an id.

import {
    isEnumCodec,
    type PgCodec,
    type PgCodecRelation,
    type PgCodecWithAttributes,
    type PgRegistry,
    type PgResource,
} from 'postgraphile/@dataplan/pg'
import {
    type GraphQLInputObjectType,
    type GraphQLObjectType,
    type GraphQLSchema,
    getNamedType,
    isEnumType,
    isInputObjectType,
} from 'postgraphile/graphql'
import { calls, leadingColumn } from './names.ts'

type Build = GraphileBuild.Build
type Inflection = GraphileBuild.Inflection
type Relations = Record<string, PgCodecRelation>
/** Whatever of a schema is told in words. */
type Described = { description?: string | null | undefined }

interface Parts {
    own: string | undefined
    of: Map<string, string>
}

declare global {
    namespace DataplanPg {
        interface PgResourceExtensions {
            /** What its comment says of its arguments, by their names. */
            parts?: Map<string, string>
        }
    }
}

export const DescriptionsPlugin: GraphileConfig.Plugin = {
    name: 'DescriptionsPlugin',
    gather: {
        hooks: {
            pgRegistry_PgRegistry({ inflection }, { registry }) {
                for (const codec of Object.values<PgCodec>(registry.pgCodecs)) describeValues(codec)
                for (const resource of Object.values(registry.pgResources)) describeResult(resource)
                for (const relations of Object.values(registry.pgRelations as Record<string, Relations>)) {
                    for (const relation of Object.values(relations)) describeRelation(relation, inflection)
                }
            },
        },
    },
    schema: {
        hooks: {
            finalize(schema, build) {
                describeRoots(schema)
                describeTables(schema, build)
                describeFunctions(schema, build)
                return schema
            },
        },
    },
}

function partsOf(comment: string | null | undefined): Parts {
    const [own, ...lines] = comment?.split('\n') ?? []
    const named = lines.flatMap((line) => {
        const [, name, says] = /^(\w+): (.+)$/.exec(line) ?? []
        return name && says ? [[name, says] as const] : []
    })
    return { own, of: new Map(named) }
}

function describeValues(codec: PgCodec): void {
    if (!isEnumCodec(codec)) return
    const { own, of } = partsOf(codec.description)
    codec.description = own
    for (const value of codec.values as (Described & { value: string })[]) {
        value.description = of.get(value.value)
    }
}

/** What a function returns is told by what the function says of itself. */
function describeResult(resource: PgResource): void {
    if (!resource.parameters) return
    const { own, of } = partsOf(resource.description)
    Object.assign(resource, { description: own, extensions: { ...resource.extensions, parts: of } })
    if (!resource.codec.isAnonymous) return
    resource.codec.description = own
    for (const [name, attribute] of Object.entries<Described>(resource.codec.attributes ?? {})) {
        attribute.description ??= of.get(name)
    }
}

function describeRelation(relation: PgCodecRelation, inflection: Inflection): void {
    const { isReferencee, localCodec, remoteResource, extensions } = relation
    const codec = remoteResource.codec as PgCodecWithAttributes
    const column = leadingColumn(relation)
    const { fieldName = inflection.camelCase(column.replace(/_id$/, '')) } = extensions?.tags ?? {}
    // Where a tag calls it otherwise, the column says something else.
    const misnamed = fieldName !== inflection.camelCase(column.replace(/_id$/, ''))
    if (!isReferencee) {
        relation.description = misnamed ? codec.description : localCodec.attributes?.[column]?.description
        return
    }
    const plain = column === 'id' || column === 'tenant_id' || calls(column, inflection.tableType(localCodec))
    const which = ` Those whose \`${inflection.attribute({ codec, attributeName: column })}\` this is.`
    relation.description = `${codec.description}${plain || misnamed ? '' : which}`
}

function describeRoots(schema: GraphQLSchema): void {
    describe(schema.getQueryType(), 'What can be read.')
    describe(
        schema.getMutationType(),
        'What can be done: each a transaction of its own, one after the other.',
    )
    describe(schema.getSubscriptionType(), 'What can be listened to.')
}

/** What is read of tables: in lists, by keys, sifted and sorted. */
function describeTables(schema: GraphQLSchema, build: Build): void {
    const { inflection } = build
    const queries = schema.getQueryType()?.getFields() ?? {}
    for (const resource of Object.values<PgResource>(build.pgResources)) {
        if (resource.parameters || !resource.codec.attributes) continue
        const { uniques } = resource
        const codec = resource.codec as PgCodecWithAttributes
        const type = inflection.tableType(codec)
        describe(queries[inflection.allRowsConnection(resource)], codec.description)
        for (const unique of uniques) {
            const lookup = queries[inflection.rowByUnique({ unique, resource })]
            describe(lookup, `One \`${type}\`, by its key: null where there is none, or none that I may see.`)
            for (const attributeName of unique.attributes) {
                const name = inflection.attribute({ codec, attributeName })
                const argument = lookup?.args.find((each) => each.name === name)
                describe(argument, codec.attributes[attributeName]?.description)
            }
        }
        describeFilter(schema.getType(inflection.filterType(type)), codec, inflection)
        describeOrder(schema.getType(inflection.orderByType(type)), codec, inflection)
    }
}

function describeFilter(filter: unknown, codec: PgCodecWithAttributes, inflection: Inflection): void {
    if (!isInputObjectType(filter)) return
    for (const [attributeName, { description }] of Object.entries(codec.attributes)) {
        describe(filter.getFields()[inflection.attribute({ codec, attributeName })], description)
    }
}

function describeOrder(order: unknown, codec: PgCodecWithAttributes, inflection: Inflection): void {
    if (!isEnumType(order)) return
    describe(order.getValue('NATURAL'), 'As it comes: whatever order is the fastest.')
    const directions = {
        asc: 'the smallest or earliest first',
        desc: 'the greatest or latest first',
    } as const
    for (const [direction, says] of Object.entries(directions)) {
        describe(order.getValue(`PRIMARY_KEY_${direction.toUpperCase()}`), `By the key, ${says}.`)
        for (const attributeName of Object.keys(codec.attributes)) {
            const variant = direction as keyof typeof directions
            const value = inflection.orderByAttributeEnum({ codec, attributeName, variant })
            describe(
                order.getValue(value),
                `By \`${inflection.attribute({ codec, attributeName })}\`, ${says}.`,
            )
        }
    }
}

/** What functions take, and what they answer. */
function describeFunctions(schema: GraphQLSchema, build: Build): void {
    const { inflection, input } = build
    const queries = schema.getQueryType()?.getFields() ?? {}
    const mutations = schema.getMutationType()?.getFields() ?? {}
    for (const resource of Object.values<PgResource>(build.pgResources)) {
        if (!resource.parameters) continue
        const called = { resource } as never
        const { args = [] } =
            queries[inflection.customQueryField(called)] ??
            queries[inflection.customQueryConnectionField(called)] ??
            {}
        const mutation = mutations[inflection.customMutationField(called)]
        const given = mutation && (getNamedType(mutation.args[0]?.type) as GraphQLInputObjectType)
        for (const { name } of resource.parameters) {
            if (name === null) continue
            const says = argument(resource, name, input.pgRegistry, inflection)
            describe(
                args.find((each) => each.name === inflection.camelCase(name)),
                says,
            )
            describe(given?.getFields()[inflection.camelCase(name)], says)
        }
        const payload = mutation && (mutation.type as GraphQLObjectType).getFields()
        describe(payload?.result, resource.description)
        describe(payload?.query, 'Whatever else is to be read in this answer, as it is after the change.')
    }
}

function argument(
    resource: PgResource,
    name: string,
    registry: PgRegistry,
    inflection: Inflection,
): string | undefined {
    const said = resource.extensions?.parts?.get(name)
    if (said) return said
    const columns = tablesOf(resource, registry, inflection).map(
        ({ attributes }) => attributes?.[name]?.description,
    )
    const [, thing] = /^(.+)_id$/.exec(name) ?? []
    return columns.find(Boolean) ?? (thing && `Which ${thing.replaceAll('_', ' ')}.`)
}

/** The table that a function is called after, and those whose rows are the same thing: of a story, its work. */
function tablesOf({ name }: PgResource, registry: PgRegistry, inflection: Inflection): PgCodec[] {
    const tables = Object.values<PgResource>(registry.pgResources).filter(({ parameters }) => !parameters)
    return tables
        .filter(({ codec }) => calls(inflection.singularize(codec.name), name))
        .sort((one, other) => other.codec.name.length - one.codec.name.length)
        .flatMap(({ codec }) => {
            const relations = Object.values<PgCodecRelation>(registry.pgRelations[codec.name] ?? {})
            const same = relations.filter(
                (relation) => !relation.isReferencee && leadingColumn(relation) === 'id',
            )
            return [codec, ...same.map(({ remoteResource }) => remoteResource.codec)]
        })
}

function describe(what: Described | null | undefined, words: string | undefined): void {
    if (what && words) what.description = words
}
