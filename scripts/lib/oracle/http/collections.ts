// Where the tables stand in the API: the registry that it is built from says which collection, lookup and relations
// each of them became, and the built schema whether they are there.

import type { PgCodec, PgResource } from 'postgraphile/@dataplan/pg'
import {
    type GraphQLField,
    type GraphQLOutputType,
    type GraphQLSchema,
    getNamedType,
    isEnumType,
    isInterfaceType,
    isObjectType,
} from 'postgraphile/graphql'
import { builtSchema } from '../../api/schema.ts'
import { withClient } from '../../db.ts'
import { moduleNames } from '../../modules.ts'
import { root } from '../../paths.ts'
import { sqlFile } from '../../sql-file.ts'
import { instant } from '../time.ts'
import { callers } from './caller.ts'

/** What is asked by its key, in the API's words. */
export interface Collection {
    /** schema.table */
    table: string
    /** The field that reads all rows, and the one that reads a row by its key. */
    all: string
    one: string
    key: Column[]
    /** What leads to one row of another collection. */
    relations: Relation[]
}

export interface Column {
    name: string
    field: string
    /** The type of the argument that asks for it. */
    type: string
    /** A value as the database writes it into JSON, to be asked for. */
    asked(value: unknown): unknown
    /** A value as either writes it, alike for both. */
    told(value: unknown): string
}

export interface Relation {
    field: string
    /** The columns here, and those of the other table that they are equal to. */
    columns: readonly string[]
    others: readonly string[]
    /** schema.table */
    table: string
    /** Roles that may not read one of these columns: to them it is refused, wherever it leads. */
    refusedTo: string[]
}

type Build = GraphileBuild.Build
type Fields = Record<string, GraphQLField<unknown, unknown>>

/** By table, every one that is read and looked up in the API. */
export async function collectionsOf(url: string): Promise<Map<string, Collection>> {
    const collections = new Map<string, Collection>()
    const onlooker: GraphileConfig.Plugin = {
        name: 'CollectionsPlugin',
        schema: {
            hooks: {
                finalize(schema, build) {
                    for (const resource of Object.values(build.input.pgRegistry.pgResources)) {
                        const found = collectionOf(resource as PgResource, schema, build)
                        if (found) collections.set(found.table, found)
                    }
                    return schema
                },
            },
        },
    }
    await builtSchema(url, [onlooker])
    const unreadable = await unreadableColumns(url)
    for (const { table, relations } of collections.values()) {
        for (const relation of relations) {
            const columns = [
                ...relation.columns.map((name) => `${table}.${name}`),
                ...relation.others.map((name) => `${relation.table}.${name}`),
            ]
            relation.refusedTo = callers.filter((role) =>
                columns.some((column) => unreadable.has(`${role} ${column}`)),
            )
        }
    }
    return collections
}

async function unreadableColumns(url: string): Promise<Set<string>> {
    const { rows } = await withClient(url, (client) =>
        client.query<{ answer: string }>(sqlFile('oracle/unreadable-columns.sql'), [
            moduleNames(root),
            callers,
        ]),
    )
    return new Set(rows.map(({ answer }) => answer))
}

function collectionOf(resource: PgResource, schema: GraphQLSchema, build: Build): Collection | undefined {
    const { inflection } = build
    const { codec, parameters, uniques } = resource
    const unique = uniques.find(({ isPrimary }) => isPrimary)
    if (!codec.attributes || parameters || !unique) return undefined
    const roots = schema.getQueryType()?.getFields() ?? {}
    const all = inflection.allRowsConnection(resource)
    const one = inflection.rowByUnique({ unique, resource })
    const row = roots[one] && fieldsOf(roots[one].type)
    if (!roots[all] || !row) return undefined
    const key = unique.attributes.flatMap((name) => columnOf(name, codec, row, roots[one]) ?? [])
    if (key.length < unique.attributes.length) return undefined
    return { table: tableOf(codec), all, one, key, relations: relationsOf(codec, row, build) }

    function columnOf(name: string, codec: PgCodec, row: Fields, one: Fields[string] | undefined) {
        const field = inflection.attribute({ attributeName: name, codec } as never)
        const type = one?.args.find((argument) => argument.name === field)?.type
        return type && row[field] && { name, field, type: String(type), ...written(row[field].type) }
    }
}

function relationsOf(codec: PgCodec, row: Fields, build: Build): Relation[] {
    const {
        input: { pgRegistry },
        inflection,
    } = build
    return Object.entries(pgRegistry.pgRelations[codec.name] ?? {}).flatMap(([relationName, relation]) => {
        const { isUnique, isReferencee, localAttributes, remoteAttributes, remoteResource } = relation
        const shown = build.behavior.pgCodecRelationMatches(relation, 'singularRelation:resource:single')
        if (!isUnique || !shown) return []
        const details = { registry: pgRegistry, codec, relationName } as never
        const field = isReferencee
            ? inflection.singleRelationBackwards(details)
            : inflection.singleRelation(details)
        const table = tableOf(remoteResource.codec)
        return row[field]
            ? [{ field, columns: localAttributes, others: remoteAttributes, table, refusedTo: [] }]
            : []
    })
}

function fieldsOf(type: GraphQLOutputType): Fields | undefined {
    const named = getNamedType(type)
    return isObjectType(named) || isInterfaceType(named) ? named.getFields() : undefined
}

function tableOf({ extensions }: PgCodec): string {
    return `${extensions?.pg?.schemaName}.${extensions?.pg?.name}`
}

/** Enumerations have names of the API's, and instants a form of its own. */
function written(type: GraphQLOutputType): Pick<Column, 'asked' | 'told'> {
    const named = getNamedType(type)
    if (isEnumType(named)) {
        const values = named.getValues()
        const asked = (value: unknown) => values.find((each) => each.value === value)?.name
        return { asked, told: (value) => String(named.getValue(String(value))?.value ?? value) }
    }
    const told = named.name === 'Datetime' ? (value: unknown) => String(instant(String(value))) : String
    return { asked: (value) => value, told }
}
