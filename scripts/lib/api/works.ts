// `Work` is an interface. A kind of work that has a table of its own beside content.works (story, note, whatever later
// modules bring) is a type of its name, with the fields of every work and its own; what has none is an OtherWork.
//
// Of a restricted work somebody may read the teaser and not the row of its kind: it is a Story all the same, whose own
// fields are null then. So a Story is planned from whichever row leads to it, and each of its fields is taken from the
// row that has it, the work's or its own; the other is joined where it is asked for.

import type { PgCodecRelation, PgResource } from 'postgraphile/@dataplan/pg'
import { PgSelectSingleStep } from 'postgraphile/@dataplan/pg'
import { ConnectionStep, type FieldArgs, get, lambda, type Step } from 'postgraphile/grafast'
import type { GraphQLFieldConfig, GraphQLInterfaceType, GraphQLObjectType } from 'postgraphile/graphql'
import { Refusal } from './refusal.ts'

type Build = GraphileBuild.Build
type Field = GraphQLFieldConfig<unknown, unknown>
type Row = PgSelectSingleStep
// biome-ignore lint/suspicious/noExplicitAny: the arguments of a plan are passed on as they come
type Plan = (row: any, ...rest: any[]) => Step

/** Grafast keeps with each step for which types of what is around it it is planned; null, where nothing is. */
type PolymorphicStep = Step & { readonly polymorphicPaths: ReadonlySet<string> | null }

// biome-ignore lint/suspicious/noExplicitAny: a connection of whatever
type Connection = ConnectionStep<any>

/** How a kind is called, and the relations between its table and the works. */
interface Kind {
    type: string
    toWork: string
    fromWork: string
}

const interfaceName = 'Work'
const otherName = 'OtherWork'

/** The key by which the table of a kind refers to its works. */
const kindKey = 'tenant_id,id,kind'

export const WorksPlugin: GraphileConfig.Plugin = {
    name: 'WorksPlugin',
    after: ['PgAttributesPlugin', 'PgRelationsPlugin', 'PgPolymorphismPlugin'],
    gather: {
        hooks: {
            pgCodecs_recordType_spec(_info, { pgClass, spec }) {
                if (pgClass.getNamespace()?.nspname !== 'content' || pgClass.relname !== 'works') return
                const columns = pgClass.getAttributes().filter(({ attnum }) => attnum > 0)
                // Makes an interface of it; which types there are is said below.
                spec.polymorphism = {
                    mode: 'single',
                    commonAttributes: columns.map(({ attname }) => attname),
                    typeAttributes: ['kind'],
                    types: {},
                }
            },
        },
    },
    schema: {
        entityBehavior: {
            pgCodecRelation: {
                inferred: {
                    after: ['relationsShown'],
                    provides: ['kindsShown'],
                    // A story and its work are one thing.
                    callback: (behavior, relation) =>
                        joinsKind(relation) ? [behavior, '-select', '-single'] : behavior,
                },
            },
        },
        hooks: {
            init(_, build) {
                build.registerObjectType(
                    otherName,
                    { pgCodec: works(build).codec, isPgClassType: true },
                    () => ({
                        description: 'A work of a kind that has nothing of its own.',
                        assertStep: build.dataplanPg.assertPgClassSingleStep,
                    }),
                    'WorksPlugin',
                )
                return _
            },
            GraphQLInterfaceType(config, build) {
                if (config.name !== interfaceName) return config
                const types = kinds(build).map(({ type }) => type)
                const typeOf = (kind: unknown) =>
                    types.find((type) => type === build.inflection.upperCamelCase(String(kind))) ?? otherName
                return {
                    ...config,
                    planType($key, { $original }) {
                        requireOutermost(($original ?? $key) as PolymorphicStep)
                        const $work =
                            $original instanceof PgSelectSingleStep
                                ? $original
                                : works(build).get({ tenant_id: get($key, 'tenant_id'), id: get($key, 'id') })
                        return {
                            $__typename: lambda(get($work, 'kind'), typeOf, true),
                            planForType: () => $work,
                        }
                    },
                }
            },
            GraphQLInterfaceType_fields(fields, build, { Self }) {
                return Self.name === interfaceName ? sharedFields(build) : fields
            },
            GraphQLObjectType(config, build) {
                if (!kindOf(build, config)) return config
                const own = 'What it alone has is null where what it says is not for you to read.'
                return { ...config, description: `${config.description} ${own}` }
            },
            GraphQLObjectType_interfaces(interfaces, build, { Self }) {
                const work = build.getTypeByName(interfaceName) as GraphQLInterfaceType
                return Self.name === otherName || kindOf(build, Self) ? [...interfaces, work] : interfaces
            },
            GraphQLObjectType_fields_field(field, build, { Self, scope }) {
                const { fieldName, pgFieldAttribute, pgRelationDetails } = scope
                if (Self.name === otherName && scope.isPgFieldConnection) {
                    return { ...field, plan: mergeable(field.plan as Plan) } as typeof field
                }
                const kind = kindOf(build, Self)
                if (!kind || !(pgFieldAttribute || pgRelationDetails)) return field
                // The key of a work is that of its kind's row, too: what hangs on it hangs on both.
                const relation =
                    pgRelationDetails &&
                    relationsOf(build, pgRelationDetails.codec)[pgRelationDetails.relationName]
                if (relation?.localAttributes.every((name) => kindKey.split(',').includes(name))) return field
                const { codec } = works(build)
                const ownRow = (row: Row) =>
                    row.resource.codec === codec ? row.singleRelation(kind.fromWork as never) : row
                return {
                    ...field,
                    type: build.graphql.getNullableType(field.type),
                    plan: plannedFrom(ownRow, field.plan as Plan, fieldName),
                } as typeof field
            },
            GraphQLObjectType_fields(fields, build, context) {
                if (context.scope.isRootQuery) return { ...fields, work: lookup(build, context) }
                const kind = kindOf(build, context.Self)
                if (!kind) return fields
                const { codec } = works(build)
                const workRow = (row: Row) =>
                    row.resource.codec === codec ? row : row.singleRelation(kind.toWork as never)
                const shared = Object.entries(sharedFields(build)).map(([name, { extensions, ...field }]) => {
                    const plan = plannedFrom(workRow, extensions?.grafast?.plan as Plan, name)
                    return [name, { ...field, plan }]
                })
                return { ...fields, ...Object.fromEntries(shared) }
            },
            GraphQLSchema_types(types, build) {
                const names = [otherName, ...kinds(build).map(({ type }) => type)]
                return [...types, ...names.map((name) => build.getTypeByName(name) as GraphQLObjectType)]
            },
        },
    },
}

/**
 * A work within a work would be planned for each pair of their types, and one within that for each three; and Grafast
 * 1.1 loses rows on the way: it moves steps into cases that they were not planned for, and answers null.
 */
function requireOutermost({ polymorphicPaths }: PolymorphicStep): void {
    if (polymorphicPaths === null) return
    throw new Refusal(400, 'WORKS_NESTED', 'works are not read within works', {
        hint: 'ask for the inner ones by their ids, in a query of their own',
    })
}

/** PostGraphile makes these for objects, and not for interfaces. */
function lookup(build: Build, { fieldWithHooks }: GraphileBuild.ContextObjectFields): Field {
    const { GraphQLNonNull } = build.graphql
    const key = () => ({ type: new GraphQLNonNull(build.getInputTypeByName('UUID')) })
    const resource = works(build)
    const scope = {
        fieldName: 'work',
        isPgRowByUniqueConstraintField: true,
        pgFieldResource: resource,
        pgFieldResourceUnique: resource.uniques.find(({ isPrimary }) => isPrimary),
    }
    return fieldWithHooks(scope, {
        type: build.getOutputTypeByName(interfaceName),
        args: { tenantId: key(), id: key() },
        plan: (_root: Step, args: FieldArgs) =>
            resource.get({ tenant_id: args.getRaw('tenantId'), id: args.getRaw('id') }),
    })
}

/** The fields of every work, as they are planned from its row. */
function sharedFields(build: Build): Record<string, Field> {
    return (build.getTypeByName(otherName) as GraphQLObjectType).toConfig().fields
}

function plannedFrom(rowOf: (row: Row) => Step, plan: Plan | undefined, name: string): Plan {
    const planned: Plan = plan ?? ((row) => get(row, name) as Step)
    return (row, ...rest) => planned(rowOf(row), ...rest)
}

/** Of a work, a field is planned once for each type. Grafast merges what came out alike, but for connections. */
function mergeable(plan: Plan): Plan {
    return (...given) => {
        const $one = plan(...given)
        if ($one instanceof ConnectionStep) {
            $one.deduplicate = (peers) => peers.filter(($other) => sameConnection($one, $other as Connection))
        }
        return $one
    }
}

function sameConnection($one: Connection, $other: Connection): boolean {
    return (
        $one.getSubplan() === $other.getSubplan() &&
        $one.getFirst() === $other.getFirst() &&
        $one.getOffset() === $other.getOffset() &&
        $one.getAfter() === $other.getAfter()
    )
}

function works(build: Build): PgResource {
    return build.pgResources.works as PgResource
}

function kindOf(build: Build, { name }: { name: string }): Kind | undefined {
    return kinds(build).find(({ type }) => type === name)
}

function kinds(build: Build): Kind[] {
    return kindRelations(build, works(build)).map(([fromWork, { remoteResource }]) => {
        const [[toWork] = ['']] = kindRelations(build, remoteResource)
        return { type: build.inflection.tableType(remoteResource.codec), fromWork, toWork }
    })
}

function kindRelations(build: Build, { codec }: PgResource): [string, PgCodecRelation][] {
    return Object.entries(relationsOf(build, codec)).filter(([, relation]) => joinsKind(relation))
}

function relationsOf(build: Build, { name }: { name: string }): Record<string, PgCodecRelation> {
    return build.input.pgRegistry.pgRelations[name] ?? {}
}

function joinsKind({
    localCodec,
    localAttributes,
    remoteResource,
    remoteAttributes,
}: PgCodecRelation): boolean {
    return (
        [localCodec.name, remoteResource.codec.name].includes('works') &&
        String(localAttributes) === kindKey &&
        String(remoteAttributes) === kindKey
    )
}
