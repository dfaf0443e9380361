// Which relations the API shows: one per column that leads somewhere, and only where every column of its key may be
// read. Keys that exist to hold a constraint stay out of sight. From the other side a relation is shown where its column
// is an id: nobody asks a catalog for all that it is used by, nor a person for all they ever signed; filters do that.
//
// And how a single row is looked up: by its id, and by what people call it.

import type { PgCodec, PgCodecRelation } from 'postgraphile/@dataplan/pg'
import { leadingColumn } from './names.ts'

type Relation = PgCodecRelation

/** What people call things by. */
const names = new Set(['slug', 'handle', 'key'])

export const RelationsPlugin: GraphileConfig.Plugin = {
    name: 'RelationsPlugin',
    schema: {
        entityBehavior: {
            pgCodecRelation: {
                inferred: {
                    after: ['postInferred'],
                    provides: ['relationsShown'],
                    callback(behavior, relation, build) {
                        const shown =
                            readable(relation) &&
                            useful(relation) &&
                            best(relation, build.input.pgRegistry.pgRelations)
                        return shown ? behavior : [behavior, '-select', '-single', '-list', '-connection']
                    },
                },
            },
            pgResourceUnique: {
                inferred: {
                    after: ['inferred'],
                    provides: ['uniquesShown'],
                    callback(behavior, [resource, unique]) {
                        const called = unique.isPrimary || names.has(unique.attributes.at(-1) ?? '')
                        const readable = unique.attributes.every((name) => granted(resource.codec, name))
                        return called && readable ? behavior : [behavior, '-single']
                    },
                },
            },
        },
    },
}

function readable({ localCodec, localAttributes, remoteResource, remoteAttributes }: Relation): boolean {
    return (
        localAttributes.every((name) => granted(localCodec, name)) &&
        remoteAttributes.every((name) => granted(remoteResource.codec, name))
    )
}

function useful(relation: Relation): boolean {
    const { isReferencee, localCodec, remoteResource, extensions } = relation
    const column = leadingColumn(relation)
    if (leftOut(isReferencee ? remoteResource.codec : localCodec, column)) return false
    return !isReferencee || /(^|_)id$/.test(column) || extensions?.tags?.foreignFieldName !== undefined
}

function leftOut(codec: PgCodec, attribute: string): boolean {
    return codec.attributes?.[attribute]?.extensions?.tags?.behavior === '-*'
}

function granted(codec: PgCodec, attribute: string): boolean {
    return codec.attributes?.[attribute]?.extensions?.canSelect !== false
}

function best(relation: Relation, relations: Record<string, Record<string, Relation>>): boolean {
    const rivals = Object.values(relations[relation.localCodec.name] ?? {}).filter(
        (other) => readable(other) && sameMeaning(other, relation),
    )
    const shortest = Math.min(...rivals.map(({ localAttributes }) => localAttributes.length))
    return rivals.find(({ localAttributes }) => localAttributes.length === shortest) === relation
}

function sameMeaning(one: Relation, other: Relation): boolean {
    return (
        one.remoteResource === other.remoteResource &&
        Boolean(one.isReferencee) === Boolean(other.isReferencee) &&
        leadingColumn(one) === leadingColumn(other)
    )
}
