// Works over the API: one interface, a type for each kind that has a table of its own, and the rest.

import { beforeAll, expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi(async (client) => {
    await client.query(`
        insert into content.work_kinds (kind, module, description) values ('song', 'content', 'Something sung.');
        select set_config(
            'request.jwt.claims', '{"iss": "https://demo.empathy.example", "sub": "nimbrey"}', false
        );
        select content._create_work(
            'song', s.id, 'Low tide, slowly', '{}', 'La, la.', 'For two voices.', 'en', 'community'
        )
        from core.scopes s where s.slug = 'reedbank';
        select content.create_note(s.id, 'Buy rope', '{}', 'Ten ells.', written_on => '2024-03-01')
        from core.scopes s where s.slug = 'reedbank';
        select content.add_comment(c.work_id, 'Mine carried water.', parent_id => c.id)
        from content.comments c;
    `)
})

let ids: Record<string, string>
let tenantId: string

beforeAll(async () => {
    const rows = await api.sql<{ id: string; title: string; tenant_id: string }>(
        'select id, title, tenant_id from content.works',
    )
    ids = Object.fromEntries(rows.map(({ id, title }) => [title, id]))
    tenantId = rows[0]?.tenant_id ?? ''
})

async function ask(who: string, query: string, variables: Record<string, unknown> = {}) {
    const { data, errors } = await api.ask(query, { authorization: await api.as(who), variables })
    expect(errors).toEqual([])
    return data
}

const one = `query ($tenantId: UUID!, $id: UUID!) {
    work(tenantId: $tenantId, id: $id) {
        __typename
        kind
        title
        workVersions(first: 1) { nodes { plainText } }
        ... on Story { recordedOn isRecord placeName reviews { totalCount } storytellers { totalCount } }
        ... on Note { writtenOn }
    }
}`

const work = async (who: string, title: string) => (await ask(who, one, { tenantId, id: ids[title] })).work

test('a work is what its kind says, with what only its kind has', async () => {
    expect(await work('nimbrey', 'The tide wall')).toEqual({
        ...{ __typename: 'Story', kind: 'story', title: 'The tide wall' },
        ...{ recordedOn: '2021-09-14', isRecord: false, placeName: 'The old sluice' },
        ...{ reviews: { totalCount: 0 }, storytellers: { totalCount: 1 } },
        workVersions: { nodes: [{ plainText: expect.stringContaining('never met the sea') }] },
    })
    expect(await work('nimbrey', 'Buy rope')).toMatchObject({ __typename: 'Note', writtenOn: '2024-03-01' })
})

test('a kind without a table of its own is a work like others', async () => {
    expect(await work('nimbrey', 'Low tide, slowly')).toEqual({
        ...{ __typename: 'OtherWork', kind: 'song', title: 'Low tide, slowly' },
        workVersions: { nodes: [{ plainText: 'La, la.' }] },
    })
})

test('of a restricted story the teaser is read, and what it says is null', async () => {
    const marker = 'Who moved the marker'
    expect(await work('havren', marker)).toMatchObject({ title: marker, isRecord: false })
    expect(await work('ambrel', marker)).toEqual({
        ...{ __typename: 'Story', kind: 'story', title: marker },
        ...{ recordedOn: null, isRecord: null, placeName: null },
        ...{ reviews: { totalCount: 0 }, storytellers: { totalCount: 0 } },
        workVersions: { nodes: [] },
    })
})

test('a story is asked for what every work has, without a step in between', async () => {
    const { story, stories } = await ask(
        'nimbrey',
        `query ($tenantId: UUID!, $id: UUID!) {
            story(tenantId: $tenantId, id: $id) {
                title visibility placeName scope { slug } workVersions(orderBy: NUMBER_DESC) { nodes { number } }
            }
            stories { nodes { id title owner { displayName } } }
        }`,
        { tenantId, id: ids['The tide wall'] },
    )
    expect(story).toEqual({
        ...{ title: 'The tide wall', visibility: 'public', placeName: 'The old sluice' },
        ...{ scope: { slug: 'reedbank' }, workVersions: { nodes: [{ number: 1 }] } },
    })
    expect(stories.nodes.length).toBeGreaterThan(5)
    for (const { id, title, owner } of stories.nodes) {
        expect(ids[title]).toBe(id)
        expect(owner.displayName).not.toBe('')
    }
})

test('all kinds come in one list, in its order', async () => {
    const { works } = await ask(
        'nimbrey',
        `{
            works(orderBy: CREATED_AT_DESC, filter: { scopeId: { isNull: false } }) {
                totalCount
                nodes {
                    __typename title createdAt owner { displayName } scope { name }
                    ... on Story { recordedOn }
                    ... on Note { writtenOn }
                }
            }
        }`,
    )
    expect(works.nodes).toHaveLength(works.totalCount)
    const seen = new Set(works.nodes.map((node: { __typename: string }) => node.__typename))
    expect([...seen].sort()).toEqual(['Note', 'OtherWork', 'Story'])
    const times = works.nodes.map(({ createdAt }: { createdAt: string }) => createdAt)
    expect(times).toEqual([...times].sort().reverse())
})

test('works are reached from what leads to them', async () => {
    const { searchWorks, comments } = await ask(
        'nimbrey',
        `{
            searchWorks(query: "wall") { nodes { work { __typename title ... on Story { placeName } } } }
            comments { nodes { work { title ... on Story { placeName comments { totalCount } } } } }
        }`,
    )
    const wall = { title: 'The tide wall', placeName: 'The old sluice' }
    expect(searchWorks.nodes).toContainEqual({ work: { __typename: 'Story', ...wall } })
    expect(comments.nodes[0]).toEqual({ work: { ...wall, comments: { totalCount: 2 } } })
})

test('a reply leads to what it replies to, and back', async () => {
    const { comments } = await ask(
        'nimbrey',
        '{ comments(orderBy: [THREAD_ID_ASC, ID_ASC]) { nodes { body parent { body } replies { nodes { body } } } } }',
    )
    const first = { body: expect.stringContaining('My grandmother') }
    const reply = { body: 'Mine carried water.' }
    expect(comments.nodes).toEqual([
        { ...first, parent: null, replies: { nodes: [reply] } },
        { ...reply, parent: first, replies: { nodes: [] } },
    ])
})

test('when a work is shared with whom is told in periods', async () => {
    const { works } = await ask(
        'nimbrey',
        '{ works { nodes { title publicDuring { start { value inclusive } end { value } } } } }',
    )
    const during = (title: string) =>
        works.nodes.find((node: { title: string }) => node.title === title).publicDuring
    expect(during('The tide wall')).toEqual([
        { start: { value: expect.stringMatching(/^20/), inclusive: true }, end: null },
    ])
    expect(during('A drawer of shells')).toEqual([])
})

test('what is told of one kind only is asked under the same name as something else of another', async () => {
    const { works } = await ask(
        'nimbrey',
        `{
            works(orderBy: CREATED_AT_ASC) {
                nodes {
                    __typename
                    ... on Story { mine: comments { totalCount nodes { body } } }
                    ... on Note { mine: comments(first: 1) { totalCount nodes { body } } }
                    ... on OtherWork { version: publicVersionDetails { number } }
                    ... on Story { version: currentVersionDetails { number } }
                }
            }
        }`,
    )
    for (const { __typename, mine, version } of works.nodes) {
        expect(typeof mine?.totalCount).toBe(__typename === 'OtherWork' ? 'undefined' : 'number')
        expect(version?.number).toBe(__typename === 'Story' ? 1 : undefined)
    }
})

test.each([
    ['by what hangs on it', '{ works(first: 1) { nodes { comments { nodes { work { title } } } } } }'],
    ['of the same person', '{ works(first: 1) { nodes { owner { worksAsOwner { nodes { title } } } } } }'],
    ['of one kind', '{ works(first: 1) { nodes { ... on Story { scope { works { nodes { title } } } } } } }'],
])('a work is not read within a work, %s', async (_how, query) => {
    const { errors } = await api.ask(query, { authorization: await api.as('nimbrey') })
    expect(errors[0]?.extensions.code).toBe('WORKS_NESTED')
})

test('within a story, which is of one kind, works are read as everywhere', async () => {
    const { stories } = await ask(
        'nimbrey',
        '{ stories { nodes { title scope { works { nodes { title } } } } } }',
    )
    const inScopes = stories.nodes.filter(({ scope }: { scope: unknown }) => scope !== null)
    expect(inScopes.length).toBeGreaterThan(5)
    for (const { title, scope } of inScopes) expect(scope.works.nodes).toContainEqual({ title })
})

test('a table of a kind is called as the kind is', async () => {
    const tables = await api.sql<{ kind: string; table: string }>(
        `select pg_get_expr(d.adbin, d.adrelid) as kind, c.conrelid::regclass::text as table
        from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attname = 'kind'
        join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
        where c.contype = 'f' and c.confrelid = 'content.works'::regclass and a.attgenerated <> ''`,
    )
    const { __schema } = (await api.ask('{ __schema { types { name possibleTypes { name } } } }')).data
    const types = __schema.types.find(({ name }: { name: string }) => name === 'Work').possibleTypes
    const kinds = tables.map(({ kind }) => /'(.+)'/.exec(kind)?.[1] ?? '')
    expect(types.map(({ name }: { name: string }) => name.toLowerCase()).sort()).toEqual(
        [...kinds, 'otherwork'].sort(),
    )
})
