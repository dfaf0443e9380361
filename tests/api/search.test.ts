// Searching over the API: page by page, with what was found at hand, and for those who are not signed in what is public.

import { beforeAll, expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

let teller: string
let placeId: string

beforeAll(async () => {
    teller = await api.as('nimbrey')
    const [place] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    placeId = place?.id ?? ''
    await tell('Ice', 'A thin layer on the lake.')
    await tell('The lake', 'Deep.')
    await tell('A lake of one’s own', 'Nobody else reads this.', 'private')
})

async function tell(title: string, plainText: string, visibility = 'public'): Promise<void> {
    const input = { scopeId: placeId, title, body: {}, plainText, visibility, lang: 'en' }
    const { result: workId } = await say('createNote', 'result', input)
    await say('transition', 'clientMutationId', { workId, toState: 'published' })
    await say('giveConsent', 'clientMutationId', { workId, purpose: 'public_sharing' })
}

async function say(
    name: string,
    wanted: string,
    input: Record<string, unknown>,
): Promise<{ result: string }> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const { data, errors } = await api.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
        { authorization: teller, variables: { input } },
    )
    expect(errors).toEqual([])
    return data[name]
}

const search = `query ($query: String!, $after: Cursor) {
    searchWorks(query: $query, first: 1, after: $after) {
        totalCount
        nodes { version rank excerpt work { title scope { slug } } }
        pageInfo { hasNextPage endCursor }
    }
}`

test('whoever is not signed in finds what is public, the best first, page by page', async () => {
    const first = await api.ask(search, { variables: { query: 'lakes' } })
    expect(first.errors).toEqual([])
    expect(first.data.searchWorks).toMatchObject({
        totalCount: 2,
        nodes: [{ version: 1, excerpt: 'Deep.', work: { title: 'The lake' } }],
        pageInfo: { hasNextPage: true },
    })
    const after = first.data.searchWorks.pageInfo.endCursor
    const second = await api.ask(search, { variables: { query: 'lakes', after } })
    expect(second.data.searchWorks).toMatchObject({
        nodes: [{ excerpt: 'thin layer on the ⟦lake⟧', work: { title: 'Ice' } }],
        pageInfo: { hasNextPage: false },
    })
    expect(second.data.searchWorks.nodes[0].rank).toBeLessThan(first.data.searchWorks.nodes[0].rank)
})

test('whoever is signed in finds what is theirs besides', async () => {
    const { data } = await api.ask(search, { authorization: teller, variables: { query: 'lake' } })
    expect(data.searchWorks.totalCount).toBe(3)
})

test('a page is not larger than others are', async () => {
    const { errors } = await api.ask('{ searchWorks(query: "lake", first: 1000) { totalCount } }')
    expect(errors[0]?.extensions.code).toBe('PAGE_SIZE')
})

test('places are found by their names, and only within what is asked', async () => {
    const ask = async (query: string) =>
        (
            await api.ask(
                'query ($query: String!) { searchScopes(query: $query) { nodes { rank scope { slug } } } }',
                { authorization: teller, variables: { query } },
            )
        ).data.searchScopes.nodes.map(({ scope }: { scope: { slug: string } }) => scope.slug)
    const [place] = await api.sql<{ name: string }>('select name from core.scopes where id = $1', [placeId])
    expect(await ask(place?.name ?? '')).toContain('reedbank')
    expect(await ask('nowhere at all')).toEqual([])
})
