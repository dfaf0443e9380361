// What a program with an API key may ask: less than its person, in one place, so often a minute.

import { expect, test } from 'vitest'
import { type Answer, useApi } from '../support/api.ts'

/** Who makes the keys belongs to more than one place. */
const api = useApi(async (client) => {
    await client.query(
        `select core._join(s.id, p.id, '{community_member}')
        from core.scopes s, core.people p
        where s.slug = 'lanternfield' and p.handle = 'quessa'`,
    )
})
const me = '{ me { displayName } }'

async function placeCalled(slug: string): Promise<string> {
    const [place] = await api.sql<{ id: string }>('select id from core.scopes where slug = $1', [slug])
    if (!place) throw new Error(`there is no ${slug}`)
    return place.id
}

/** What a key signs in with; made by the manager of Reedbank. */
async function newKey(input: Record<string, unknown> = {}): Promise<string> {
    const { data, errors } = await api.ask(
        'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { result } }',
        {
            authorization: await api.as('quessa'),
            variables: {
                input: {
                    ...{ scopeId: await placeCalled('reedbank'), name: 'Test', permissions: ['member.read'] },
                    ...input,
                },
            },
        },
    )
    expect(errors).toEqual([])
    return `Bearer ${data.createApiKey.result}`
}

function codeOf({ errors }: Answer): string | undefined {
    return errors[0]?.extensions.code
}

test('a key is its person, in its place and nowhere else', async () => {
    const authorization = await newKey()
    expect((await api.ask(me, { authorization })).data).toEqual({ me: { displayName: 'Quessa' } })
    const slugsFor = async (asked: string) => {
        const places = '{ memberships { nodes { scope { slug } } } }'
        const { data } = await api.ask(places, { authorization: asked })
        return new Set(data.memberships.nodes.map((each: { scope: { slug: string } }) => each.scope.slug))
    }
    expect(await slugsFor(await api.as('quessa'))).toEqual(new Set(['reedbank', 'lanternfield']))
    expect(await slugsFor(authorization)).toEqual(new Set(['reedbank']))
    const leave = 'mutation ($id: UUID!) { leave(input: { scopeId: $id }) { clientMutationId } }'
    const variables = { id: await placeCalled('reedbank') }
    expect(codeOf(await api.ask(leave, { authorization, variables }))).toBe('EL002')
})

test('it may what it was given, and not what its person may', async () => {
    const rename = `mutation ($id: UUID!) {
        updateScope(input: { scopeId: $id, description: "A bank of reeds." }) { clientMutationId }
    }`
    const variables = { id: await placeCalled('reedbank') }
    const tried = async (permissions: string[]) =>
        codeOf(await api.ask(rename, { authorization: await newKey({ permissions }), variables }))
    expect(await tried(['member.read'])).toBe('42501')
    expect(await tried(['scope.manage'])).toBeUndefined()
})

test('of a channel, it reads nothing that was refused to that', async () => {
    const authorization = await api.as('nimbrey')
    const scopeId = await placeCalled('reedbank')
    const change = async (name: string, input: Record<string, unknown>, wanted = 'clientMutationId') => {
        const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input!`
        const text = `mutation ($input: ${type}) { ${name}(input: $input) { ${wanted} } }`
        const { data, errors } = await api.ask(text, { authorization, variables: { input } })
        expect(errors).toEqual([])
        return data[name].result
    }
    const body = { text: 'It hisses.' }
    const story = { scopeId, title: 'Not for the radio', body, plainText: body.text, visibility: 'public' }
    const workId = await change('createStory', story, 'result')
    await change('transition', { workId, toState: 'published' })
    await change('giveConsent', { workId, purpose: 'public_sharing' })
    const keys = [await newKey(), await newKey({ channel: 'book' }), await newKey({ channel: 'radio' })]
    const readBy = async (key: string) => {
        const query =
            'query ($id: UUID!) { workVersions(filter: { workId: { equalTo: $id } }) { totalCount } }'
        const { data, errors } = await api.ask(query, { authorization: key, variables: { id: workId } })
        expect(errors).toEqual([])
        return data.workVersions.totalCount
    }
    expect(await Promise.all(keys.map(readBy))).toEqual([1, 1, 1])
    await change('refuseConsent', { workId, purpose: 'public_sharing', channel: 'radio' })
    expect(await Promise.all(keys.map(readBy))).toEqual([1, 1, 0])
})

test('it may ask so often a minute', async () => {
    const authorization = await newKey({ requestsPerMinute: 1 })
    expect((await api.ask(me, { authorization })).status).toBe(200)
    // A minute can end between two of them, and not between three.
    const answers = [await api.ask(me, { authorization }), await api.ask(me, { authorization })]
    const limited = answers.find(({ status }) => status === 429)
    expect([limited?.errors[0]?.extensions.code, limited?.data]).toEqual(['RATE_LIMITED', undefined])
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await api.ask(me, { authorization: await newKey() })).status).toBe(200)
})

test('while it is replaced both work, then the old one stops', async () => {
    const before = await newKey({ name: 'Replaced' })
    const [old] = await api.sql<{ id: string }>("select id from core.api_keys where name = 'Replaced'")
    const rotated = await api.ask(
        'mutation ($id: UUID!) { rotateApiKey(input: { apiKeyId: $id }) { result } }',
        { authorization: await api.as('quessa'), variables: { id: old?.id } },
    )
    const after = `Bearer ${rotated.data.rotateApiKey.result}`
    for (const authorization of [before, after]) {
        expect((await api.ask(me, { authorization })).data).toEqual({ me: { displayName: 'Quessa' } })
    }
    await api.sql(
        "update core.api_keys set created_at = now() - interval '2 days', expires_at = now() where id = $1",
        [old?.id],
    )
    expect(codeOf(await api.ask(me, { authorization: before }))).toBe('API_KEY_INVALID')
    expect((await api.ask(me, { authorization: after })).status).toBe(200)
})

test('once it is revoked, it is nothing', async () => {
    const authorization = await newKey({ name: 'Revoked' })
    expect((await api.ask(me, { authorization })).status).toBe(200)
    const [key] = await api.sql<{ id: string }>("select id from core.api_keys where name = 'Revoked'")
    await api.ask('mutation ($id: UUID!) { revokeApiKey(input: { apiKeyId: $id }) { clientMutationId } }', {
        authorization: await api.as('quessa'),
        variables: { id: key?.id },
    })
    const refused = await api.ask(me, { authorization })
    expect([refused.status, codeOf(refused), refused.data]).toEqual([401, 'API_KEY_INVALID', undefined])
})
