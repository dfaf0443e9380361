// What caches may keep: public answers to nobody in particular, by GET, for some seconds. Nothing else.

import { beforeAll, expect, test } from 'vitest'
import { readConfig } from '../../scripts/lib/config.ts'
import { useApi } from '../support/api.ts'

const api = useApi()
const proxied = useApi(undefined, async () => ({ trustProxy: true, publicMaxAge: 3 }))

// As it stands in the answer, its quotes are escaped.
const title = 'Two herons, and "errors":['
const looking = 'query Looking($id: UUID!, $tenantId: UUID!) { work(id: $id, tenantId: $tenantId) { title } }'

let work: { id: string; tenantId: string }

async function change(name: string, input: Record<string, unknown>, wanted = 'clientMutationId') {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const { data, errors } = await api.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
        { authorization: await api.as('nimbrey'), variables: { input } },
    )
    expect(errors).toEqual([])
    return data[name].result
}

function get(query: string, headers: Record<string, string> = {}, variables?: object, url = api.url) {
    const parameters = new URLSearchParams({
        query,
        ...(variables ? { variables: JSON.stringify(variables) } : {}),
    })
    return fetch(`${url}/graphql?${parameters}`, { headers })
}

beforeAll(async () => {
    const [place] = await api.sql<{ id: string; tenant_id: string }>(
        "select id, tenant_id from core.scopes where slug = 'reedbank'",
    )
    const input = { scopeId: place?.id, title, body: {}, visibility: 'public' }
    const id = await change('createStory', input, 'result')
    work = { id, tenantId: place?.tenant_id ?? '' }
    await change('transition', { workId: id, toState: 'published' })
    await change('giveConsent', { workId: id, purpose: 'public_sharing' })
})

test('what is public comes by GET, may be kept for some seconds, and never longer', async () => {
    const response = await get(looking, {}, work)
    expect(await response.json()).toEqual({ data: { work: { title } } })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=10, must-revalidate')
    expect(response.headers.get('etag')).toMatch(/^"[\w-]{43}"$/)
    expect(response.headers.get('vary')).toBe('accept, authorization, host')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

test('whoever has the answer already is told so; by another name, or of another kind, it is another', async () => {
    const tag = (await get(looking, {}, work)).headers.get('etag') ?? ''
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, '*']) {
        const again = await get(looking, { 'if-none-match': known }, work)
        expect([again.status, await again.text(), again.headers.get('etag')], known).toEqual([304, '', tag])
        expect(again.headers.get('cache-control')).toBe('public, max-age=10, must-revalidate')
        expect(again.headers.get('vary')).toBe('accept, authorization, host')
    }
    for (const unknown of ['"other"', tag.slice(1, -1), `${tag.slice(0, -1)}x"`]) {
        expect((await get(looking, { 'if-none-match': unknown }, work)).status, unknown).toBe(200)
    }
    const other = { accept: 'application/json', 'if-none-match': tag }
    expect((await get(looking, other, work)).status).toBe(200)
})

test('behind a proxy the name that it was asked by counts, and the operator says how long', async () => {
    const { headers } = await get('{ organizations { totalCount } }', {}, undefined, proxied.url)
    expect(headers.get('vary')).toBe('accept, authorization, host, x-forwarded-host')
    expect(headers.get('cache-control')).toBe('public, max-age=3, must-revalidate')
})

test('nobody lets copies of what is withdrawn be shown on for longer than half a minute', () => {
    expect(readConfig({ PUBLIC_MAX_AGE: '0' }).PUBLIC_MAX_AGE).toBe(0)
    expect(readConfig({ PUBLIC_MAX_AGE: '30' }).PUBLIC_MAX_AGE).toBe(30)
    for (const wrong of ['31', '-1', '1.5', 'ten', '1e1']) {
        expect(() => readConfig({ PUBLIC_MAX_AGE: wrong }), wrong).toThrow(/PUBLIC_MAX_AGE=.* is refused/)
    }
})

// A page of somebody else can send a GET from any browser. What it gets is what it would get by itself: no cookie goes
// along, no token, and what changes something does not come by GET.
test('nobody is anybody by GET, whichever way they say so', async () => {
    const authorization = await api.as('nimbrey')
    for (const value of [authorization, 'Bearer nonsense', 'Basic bmltYnJleTo=', '']) {
        const response = await get('{ me { id } }', { authorization: value })
        const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] }
        expect([401, 405], value).toContain(response.status)
        expect(['GET_IS_PUBLIC', 'TOKEN_INVALID'], value).toContain(errors[0]?.extensions.code)
        expect(response.headers.get('cache-control')).toBe('no-store')
    }
    const refused = await get('{ me { id } }', { authorization })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST'])
    const nobody = await get('{ people { nodes { id } } }')
    const cookie = await get('{ people { nodes { id } } }', { cookie: `authorization=${authorization}` })
    expect(await cookie.json()).toEqual(await nobody.json())
})

test('what changes something does not come by GET, nor what goes on', async () => {
    const before = await api.sql('select count(*) from content.work_transitions')
    const mutation = `mutation { transition(input: { workId: "${work.id}", toState: WITHDRAWN }) { clientMutationId } }`
    for (const query of [mutation, `query A { me { id } } ${mutation}`]) {
        const response = await get(query)
        expect(response.status).toBeGreaterThanOrEqual(400)
        expect(response.headers.get('cache-control')).toBe('no-store')
        expect(response.headers.get('etag')).toBeNull()
    }
    expect(await api.sql('select count(*) from content.work_transitions')).toEqual(before)
})

test('nothing else may be kept: not what came by POST, not what tells of an error', async () => {
    expect((await api.ask('{ me { id } }')).headers.get('cache-control')).toBe('no-store')
    const signedIn = await api.ask('{ me { id } }', { authorization: await api.as('nimbrey') })
    expect([signedIn.headers.get('cache-control'), signedIn.headers.get('etag')]).toEqual(['no-store', null])
    for (const query of [
        '{',
        '{ nothing }',
        '{ me { id } receipt(consentId: "no id") }',
        '{ mySecrets { email } }',
    ]) {
        for (const accept of ['application/json', 'application/graphql-response+json']) {
            const response = await get(query, { accept })
            expect(await response.text()).toContain('"errors":[')
            expect(response.headers.get('cache-control'), query).toBe('no-store')
            expect(response.headers.get('etag'), query).toBeNull()
        }
    }
    for (const path of ['/healthz', '/readyz']) {
        expect((await fetch(`${api.url}${path}`)).headers.get('cache-control'), path).toBe('no-store')
    }
})

test('a withdrawal is a withdrawal: the copy is not good any more, and whoever keeps it hears of that', async () => {
    const told = async () => {
        const rows = await api.sql<{ n: number }>(
            `select count(*)::integer as n from ops.outbox
            where topic = 'work.closed' and convert_from(body, 'UTF8')::jsonb = jsonb_build_object('work_id', $1::text)`,
            [work.id],
        )
        return rows[0]?.n
    }
    const tag = (await get(looking, {}, work)).headers.get('etag') ?? ''
    expect(await told()).toBe(0)
    await change('withdrawConsent', { workId: work.id, purpose: 'public_sharing' })
    const after = await get(looking, { 'if-none-match': tag }, work)
    expect([after.status, await after.json()]).toEqual([200, { data: { work: null } }])
    expect(await told()).toBe(1)
})
