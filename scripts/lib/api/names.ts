// Names in the API: a table's `id` stays `id`; a relation is called after the column that leads to it, not after
// every column of its composite key; or as a tag on the key says (fieldName, foreignFieldName).

import type {} from 'postgraphile'

/** Columns that composite keys carry along, to bind a row to its tenant, level or kind. They name nothing. */
const carried = new Set(['tenant_id', 'level', 'parent_level', 'project_id', 'kind', 'open_ended'])

interface Sides {
    isReferencee?: boolean | undefined
    localAttributes: readonly string[]
    remoteAttributes: readonly string[]
}

interface Relation extends Sides {
    remoteResource: { codec: { name: string } }
    extensions?: { tags?: { fieldName?: unknown; foreignFieldName?: unknown } }
}

type Relations = Readonly<Record<string, Readonly<Record<string, Relation>>>>

export const NamesPlugin: GraphileConfig.Plugin = {
    name: 'NamesPlugin',
    after: ['PgSimplifyInflectionPlugin'],
    inflection: {
        add: {
            /** The simplifier wants to shorten it, also where there are no node ids. */
            nodeById(_preset, typeName) {
                return this.camelCase(typeName)
            },
        },
        replace: {
            _attributeName(_previous, _preset, { attributeName, codec }) {
                const tag = codec.attributes[attributeName]?.extensions?.tags?.name
                return this.coerceToGraphQLName(typeof tag === 'string' ? tag : attributeName)
            },

            /** Table names are unique across the modules, and so are the names of what apps may call. */
            _schemaPrefix() {
                return ''
            },

            /** membership.person, scope.parent, invitation.createdByPerson, sanction.capabilityDetails */
            singleRelation(_previous, _preset, { registry, codec, relationName }) {
                const relation = relationOf(registry.pgRelations, codec.name, relationName)
                const { fieldName } = relation.extensions?.tags ?? {}
                if (typeof fieldName === 'string') return fieldName
                const remote = this._singularizedCodecName(relation.remoteResource.codec as never)
                const column = namingColumn(relation.localAttributes, relation.remoteAttributes)
                if (column === 'tenant_id') return 'organization'
                if (column === 'id') return this.camelCase(remote)
                if (column.endsWith('_id')) return this.camelCase(column.slice(0, -'_id'.length))
                if (/_(by|from|into)$/.test(column)) return this.camelCase(`${column}_${remote}`)
                return this.camelCase(`${column}_details`)
            },

            /** person.trustScore, story.communityRecord */
            singleRelationBackwards(_previous, _preset, { registry, codec, relationName }) {
                const relation = relationOf(registry.pgRelations, codec.name, relationName)
                const one = this._singularizedCodecName(relation.remoteResource.codec as never)
                const column = namingColumn(relation.remoteAttributes, relation.localAttributes)
                return this.camelCase(column === 'id' || column.endsWith('_id') ? one : `${one}_${column}`)
            },

            /** scope.memberships, scope.childScopes, person.worksAsOwner */
            _manyRelation(_previous, _preset, { registry, codec, relationName }) {
                const relation = relationOf(registry.pgRelations, codec.name, relationName)
                const { foreignFieldName } = relation.extensions?.tags ?? {}
                if (typeof foreignFieldName === 'string') return foreignFieldName
                const many = this.distinctPluralize(
                    this._singularizedCodecName(relation.remoteResource.codec as never),
                )
                const column = namingColumn(relation.remoteAttributes, relation.localAttributes)
                const base = column.replace(/_id$/, '')
                const own = this._singularizedCodecName(codec as never)
                if (column === 'id' || column === 'tenant_id' || calls(column, own))
                    return this.camelCase(many)
                if (base === 'parent') return this.camelCase(`child_${many}`)
                return this.camelCase(column.endsWith('_id') ? `${many}_as_${base}` : `${many}_${column}`)
            },

            /** scopeByParentIdAndSlug: the tenant follows from the parent. */
            rowByUnique(previous, _preset, details) {
                const { unique, resource } = details
                if (unique.isPrimary && previous) return previous(details)
                const columns = unique.attributes.filter((name) => name !== 'tenant_id')
                const one = this._singularizedCodecName(resource.codec)
                return this.camelCase(`${one}-by-${columns.join('-and-')}`)
            },
        },
    },
}

/** A column group_id calls a protocol group what it is, and createPollOption ends with what it is about. */
export function calls(name: string, what: string): boolean {
    return bare(what).endsWith(bare(name.replace(/_id$/, '')))
}

function bare(name: string): string {
    return name.replaceAll('_', '').toLowerCase()
}

function relationOf(relations: unknown, codec: string, name: string): Relation {
    const relation = (relations as Relations)[codec]?.[name]
    if (!relation) throw new Error(`There is no relation ${name} on ${codec}.`)
    return relation
}

/** The column by which a relation leads somewhere, from whichever side it is looked at. */
export function leadingColumn({ isReferencee, localAttributes, remoteAttributes }: Sides): string {
    return isReferencee
        ? namingColumn(remoteAttributes, localAttributes)
        : namingColumn(localAttributes, remoteAttributes)
}

/** The column that leads to the other side. What is called the same on both is carried along, and leads nowhere. */
function namingColumn(columns: readonly string[], others: readonly string[]): string {
    const [first = 'id'] = columns
    if (columns.length === 1) return first
    return (
        columns.find((column, n) => !carried.has(column) && column !== 'id' && column !== others[n]) ??
        columns.find((column) => !carried.has(column)) ??
        columns.find((column) => column !== 'tenant_id') ??
        first
    )
}
