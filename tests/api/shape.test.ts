// The API as its users read it: names that speak, pages of a bounded size, and nothing that is not theirs to call.

import { readFileSync } from 'node:fs'
import { buildSchema, type GraphQLObjectType, isEnumType, isObjectType } from 'graphql'
import { expect, test } from 'vitest'
import { inner } from '../../scripts/lib/api/exposure.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { useApi } from '../support/api.ts'

const api = useApi(async (client) => {
    await client.query(`
        insert into core.organizations (slug, name) select 'many-' || n, 'Many' from generate_series(1, 300) n;
        update core.scopes set visibility = 'public' where slug ^@ 'many-'
    `)
})

const schema = buildSchema(readFileSync(inPackage('schema.graphql'), 'utf8'))
const objects = Object.values(schema.getTypeMap()).filter(isObjectType)
const fieldsOf = (type: GraphQLObjectType | null | undefined): string[] =>
    Object.keys(type?.getFields() ?? {})

function camelCase(name: string): string {
    return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
}

test('the primary key of a table is called id', () => {
    const rowIds = objects.filter((type) => fieldsOf(type).some((name) => /^(rowId|nodeId)$/.test(name)))
    expect(rowIds.map(({ name }) => name)).toEqual([])
    expect(fieldsOf(schema.getQueryType())).not.toContain('node')
})

test('no relation is called after the columns of its key', () => {
    const odd = objects
        .flatMap((type) => fieldsOf(type).map((name) => `${type.name}.${name}`))
        .filter((name) => /ByTenantId|AndLevel|AndProjectId|AndKind|TenantIdAnd/.test(name))
    expect(odd).toEqual([])
})

test('relations are called what people call them', () => {
    const type = (name: string) => fieldsOf(schema.getType(name) as GraphQLObjectType)
    expect(type('Scope')).toEqual(
        expect.arrayContaining(['organization', 'parent', 'childScopes', 'memberships', 'project']),
    )
    expect(type('Membership')).toEqual(
        expect.arrayContaining(['person', 'scope', 'invitedByPerson', 'membershipRoles']),
    )
    expect(type('MembershipRole')).toEqual(expect.arrayContaining(['role', 'membership']))
    expect(type('ApiKey')).toEqual(expect.arrayContaining(['person', 'apiKeyPermissions']))
})

test('from the other side only ids lead back', () => {
    const person = fieldsOf(schema.getType('Person') as GraphQLObjectType)
    expect(person).toEqual(expect.arrayContaining(['worksAsOwner', 'commentsAsAuthor', 'memberships']))
    expect(person.filter((name) => /(By|From|Into)$/.test(name))).toEqual([])
    expect(fieldsOf(schema.getType('WorkKind') as GraphQLObjectType)).not.toContain('worksKind')
})

test('what only keys and policies need is not shown', () => {
    const query = fieldsOf(schema.getQueryType())
    const names = inner.map((name) => camelCase(name.split('.')[1] ?? ''))
    // `me` is the person, and `currentProject` the project: not what policies ask.
    expect(names.filter((name) => query.includes(name)).sort()).toEqual(['currentProject', 'me'])
    expect(fieldsOf(schema.getType('Story') as GraphQLObjectType)).not.toContain('moves')
    expect(fieldsOf(schema.getType('Ballot') as GraphQLObjectType)).not.toContain('anonymous')
})

test('things are looked up by their ids, and by what people call them', () => {
    const lookups = fieldsOf(schema.getQueryType()).filter((name) => /[a-z]By[A-Z]/.test(name))
    expect(lookups.sort()).toEqual([
        ...['organizationBySlug', 'personByHandle', 'roleByKey', 'scopeByParentIdAndSlug', 'tagBySlug'],
    ])
})

test('values are called as in the database', () => {
    const values = Object.values(schema.getTypeMap())
        .filter(isEnumType)
        .filter(({ name }) => !/OrderBy$|^__/.test(name))
        .flatMap((type) => type.getValues().map(({ name }) => name))
    expect(values.filter((name) => !/^[a-z_]+$/.test(name))).toEqual([])
})

const renamed: Record<string, string> = { setting: 'effectiveSetting', person_limit: 'effectiveLimit' }

test('whatever a person may call in the database is a query or a mutation, and nothing else is', async () => {
    const granted = await api.sql<{ name: string; mine: boolean }>(
        `select p.proname as name, has_function_privilege('authenticated', p.oid, 'execute') as mine
        from pg_proc p
        where p.pronamespace in ('core'::regnamespace, 'ops'::regnamespace) and p.prorettype <> 'trigger'::regtype`,
    )
    const called = (name: string) => renamed[name] ?? camelCase(name)
    const offered = new Set([...fieldsOf(schema.getQueryType()), ...fieldsOf(schema.getMutationType())])
    const missing = granted.filter(
        ({ name, mine }) => mine && !inner.includes(`core.${name}`) && !offered.has(called(name)),
    )
    expect(missing.map(({ name }) => name)).toEqual([])
    // The keyholder's functions are offered in its name, see secrets.ts.
    const foreign = granted.filter(
        ({ name, mine }) =>
            !mine && offered.has(called(name)) && !['write_secret', 'bind_invitation'].includes(name),
    )
    expect(foreign.map(({ name }) => name)).toEqual([])
})

test('tables are read here, and written by functions alone', () => {
    const automatic = fieldsOf(schema.getMutationType()).filter((name) =>
        /^(create|update|delete)[A-Z]/.test(name),
    )
    expect(automatic.sort()).toEqual([
        'createAgreement',
        'createApiKey',
        'createAsset',
        'createCommunity',
        'createNote',
        'createOrganization',
        'createPlace',
        'createProject',
        'createProtocol',
        'createProtocolGroup',
        'createRecord',
        'createStory',
        'createTag',
        'deleteComment',
        'updateOrganization',
        'updateProfile',
        'updateProtocol',
        'updateScope',
        'updateWork',
    ])
})

test('a page has 50 rows unless told otherwise', async () => {
    const { data } = await api.ask('{ organizations { nodes { id } pageInfo { hasNextPage endCursor } } }')
    expect(data.organizations.nodes).toHaveLength(50)
    expect(data.organizations.pageInfo.hasNextPage).toBe(true)
    const { data: next } = await api.ask(
        'query ($after: Cursor) { organizations(after: $after) { nodes { id } } }',
        {
            variables: { after: data.organizations.pageInfo.endCursor },
        },
    )
    const seen = new Set(data.organizations.nodes.map(({ id }: { id: string }) => id))
    expect(next.organizations.nodes.filter(({ id }: { id: string }) => seen.has(id))).toEqual([])
})

test.each([
    ['as it is written', '{ organizations(first: 201) { nodes { id } } }', {}],
    ['as a variable', 'query ($n: Int) { organizations(first: $n) { nodes { id } } }', { n: 100_000 }],
    ['below zero', '{ organizations(first: -1) { nodes { id } } }', {}],
    [
        'in a list within',
        '{ organizations(first: 1) { nodes { scopes(first: 1000) { nodes { id } } } } }',
        {},
    ],
])('more than 200 rows a page are refused, %s', async (_how, query, variables) => {
    const { errors } = await api.ask(query, { variables })
    expect(errors[0]?.extensions.code).toBe('PAGE_SIZE')
})

test('200 rows are a page, and null asks for as many as usual', async () => {
    const most = await api.ask('{ organizations(first: 200) { nodes { id } } }')
    expect(most.data.organizations.nodes).toHaveLength(200)
    const usual = await api.ask('{ organizations(first: null) { nodes { id } } }')
    expect(usual.data.organizations.nodes).toHaveLength(50)
})

test('filters go over indexed columns, by operators that use the index', () => {
    const filter = schema.getType('OrganizationFilter')
    expect(filter && 'getFields' in filter && Object.keys(filter.getFields()).sort()).toEqual([
        'and',
        'id',
        'not',
        'or',
        'slug',
    ])
    const operators = schema.getType('StringFilter')
    expect(operators && 'getFields' in operators && Object.keys(operators.getFields())).not.toContain('like')
})
