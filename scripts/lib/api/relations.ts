// Which relations the API shows: one per column that leads somewhere, and only where every column of its key may be
// read. Keys that exist to hold a constraint stay out of sight.

import type { PgCodec, PgCodecRelation, PgResourceUnique } from 'postgraphile/@dataplan/pg'
import { namingColumn } from './names.ts'

type Relation = PgCodecRelation

export const RelationsPlugin: GraphileConfig.Plugin = {
    name: 'RelationsPlugin',
    schema: {
        entityBehavior: {
            pgCodecRelation: {
                inferred: {
                    after: ['postInferred'],
                    provides: ['relationsShown'],
                    callback(behavior, relation, build) {
                        const shown = readable(relation) && best(relation, build.input.pgRegistry.pgRelations)
                        return shown ? behavior : [behavior, '-select', '-single', '-list', '-connection']
                    },
                },
            },
            pgResourceUnique: {
                inferred: {
                    after: ['inferred'],
                    provides: ['uniquesShown'],
                    // A unique that only widens the primary key is there to be referenced, not to look up by.
                    callback(behavior, [resource, unique]) {
                        const uniques: readonly PgResourceUnique[] = resource.uniques
                        const primary = uniques.find(({ isPrimary }) => isPrimary)
                        const widens =
                            !unique.isPrimary &&
                            primary?.attributes.every((name) => unique.attributes.includes(name))
                        const readable = unique.attributes.every((name) => granted(resource.codec, name))
                        return widens || !readable ? [behavior, '-single'] : behavior
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
        leading(one) === leading(other)
    )
}

function leading({ isReferencee, localAttributes, remoteAttributes }: Relation): string {
    return isReferencee
        ? namingColumn(remoteAttributes, localAttributes)
        : namingColumn(localAttributes, remoteAttributes)
}
