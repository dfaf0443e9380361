// Projects by host name: a request to a verified name is for its project. That narrows, and gives no access.

import { request as httpRequest } from 'node:http'
import type { Pool } from 'pg'
import { beforeAll, expect, test, vi } from 'vitest'
import { hostOf, projectFinder } from '../../scripts/lib/api/hosts.ts'
import { type TestApi, useApi } from '../support/api.ts'

const project = `
    select core.create_project(o.id, 'river-walk', 'River Walk', 'public', '') from core.organizations o
    where o.slug = 'saltmarsh';
    select core.create_place(s.id, 'community', 'ford', 'Ford', 'public') from core.scopes s where s.slug = 'river-walk';
    select core._join(s.id, p.id, '{storyteller}') from core.scopes s, core.people p
    where s.slug = 'ford' and p.handle = 'nimbrey';
    select core.set_theme(s.id, 'colour-accent', '#134') from core.scopes s where s.slug = 'river-walk';
    insert into core.project_domains (host, tenant_id, project_id, verified_at)
    select v.host, s.tenant_id, s.id, v.verified_at
    from (values
        ('shore.example', 'living-shore', now()), ('walk.example', 'river-walk', now()),
        ('xn--fhrde-hva.example', 'river-walk', now()), ('claimed.example', 'river-walk', null)
    ) as v (host, slug, verified_at)
    join core.scopes s on s.slug = v.slug
`
const speak = `select set_config(
    'request.jwt.claims', '{"iss": "https://demo.empathy.example", "sub": "ilvane"}', true
);`
const prepare: Parameters<typeof useApi>[0] = async (client) => {
    await client.query(`begin; ${speak} ${project}; commit`)
}

const api = useApi(prepare)
const proxied = useApi(prepare, async () => ({ trustProxy: true }))

interface Told {
    currentProject: { id: string; scope: { slug: string }; projectThemes: { nodes: unknown[] } } | null
    projectStories: { nodes: { title: string }[] }
}

/** Fetch does not let its caller name a host. */
function askAt(
    { url }: TestApi,
    host: string,
    query: string,
    headers: Record<string, string> = {},
): Promise<{ status: number; data: Told }> {
    return new Promise((resolve, reject) => {
        const asked = httpRequest(
            `${url}/graphql`,
            { method: 'POST', headers: { host, 'content-type': 'application/json', ...headers } },
            async (response) => {
                const chunks = await response.toArray()
                const text = Buffer.concat(chunks).toString()
                resolve({
                    status: response.statusCode ?? 0,
                    ...(text.startsWith('{') ? JSON.parse(text) : {}),
                })
            },
        )
        asked.on('error', reject)
        asked.end(JSON.stringify({ query }))
    })
}

const looking = `{
    currentProject { id scope { slug } projectThemes { nodes { token value } } }
    projectStories { nodes { title } }
}`

async function seenAt(host: string, headers: Record<string, string> = {}, of: TestApi = api) {
    const { data } = await askAt(of, host, looking, headers)
    return { project: data.currentProject?.scope.slug ?? null, stories: data.projectStories.nodes.length }
}

const none = { project: null, stories: 0 }

beforeAll(async () => {
    const authorization = await api.as('nimbrey')
    const change = async (name: string, input: object, wanted = 'clientMutationId') => {
        const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
        const { data, errors } = await api.ask(
            `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
            { authorization, variables: { input } },
        )
        expect(errors).toEqual([])
        return data[name].result
    }
    for (const [slug, title, visibility] of [
        ['reedbank', 'At the shore', 'public'],
        ['ford', 'At the ford', 'public'],
        ['ford', 'Kept at the ford', 'private'],
    ]) {
        const [place] = await api.sql<{ id: string }>('select id from core.scopes where slug = $1', [slug])
        const input = { scopeId: place?.id, title, body: {}, visibility }
        const workId = await change('createStory', input, 'result')
        await change('transition', { workId, toState: 'published' })
        await change('giveConsent', { workId, purpose: 'public_sharing' })
    }
})

test('each project is seen under its own name, with its own stories and its own look', async () => {
    const walk = (await askAt(api, 'walk.example', looking)).data
    expect(walk.currentProject?.scope.slug).toBe('river-walk')
    expect(walk.currentProject?.projectThemes.nodes).toEqual([{ token: 'colour-accent', value: '#134' }])
    expect(walk.projectStories.nodes).toEqual([{ title: 'At the ford' }])
    const shore = (await askAt(api, 'shore.example', looking)).data
    expect(shore.currentProject?.scope.slug).toBe('living-shore')
    const titles = shore.projectStories.nodes.map(({ title }) => title)
    expect(titles).toContain('At the shore')
    expect(titles).not.toContain('At the ford')
})

test('it narrows what somebody reads, and gives them nothing', async () => {
    const mine = await askAt(api, 'walk.example', looking, { authorization: await api.as('nimbrey') })
    expect(mine.data.projectStories.nodes.map(({ title }) => title).sort()).toEqual([
        'At the ford',
        'Kept at the ford',
    ])
    const other = await askAt(api, 'walk.example', looking, { authorization: await api.as('tavindel') })
    expect(other.data.projectStories.nodes).toEqual([{ title: 'At the ford' }])
    await api.sql("update core.scopes set visibility = 'private' where slug = 'river-walk'")
    expect((await askAt(api, 'walk.example', looking)).data.currentProject).toBeNull()
    await api.sql("update core.scopes set visibility = 'public' where slug = 'river-walk'")
})

test('a name is the same with a port, in capitals, with its last dot', async () => {
    const walk = { project: 'river-walk', stories: 1 }
    for (const host of ['walk.example:5678', 'WALK.Example', 'walk.example.', 'Walk.example.:443']) {
        expect(await seenAt(host), host).toEqual(walk)
    }
    expect(await seenAt('xn--fhrde-hva.example')).toEqual(walk)
})

test('any other name leads nowhere', async () => {
    for (const host of [
        'nowhere.example',
        'claimed.example', // not verified
        'evil-walk.example',
        'walk.example.evil.example',
        'sub.walk.example',
        'localhost',
        '127.0.0.1:5678',
        '[::1]:5678',
        `${'a'.repeat(63)}.`.repeat(5).concat('example'),
        'walk.example,shore.example',
        "walk.example' or 'a'='a",
        'walk..example',
        '.',
        ':',
    ]) {
        expect(await seenAt(host), host).toEqual(none)
    }
})

test('what a proxy says is believed where the operator says that there is one', async () => {
    const forwarded = { 'x-forwarded-host': 'walk.example' }
    expect(await seenAt('shore.example', forwarded)).toMatchObject({ project: 'living-shore' })
    expect(await seenAt('shore.example', forwarded, proxied)).toMatchObject({ project: 'river-walk' })
    expect(await seenAt('shore.example', {}, proxied)).toMatchObject({ project: 'living-shore' })
    // Whoever asks wrote the first, the proxy added the last.
    const both = { 'x-forwarded-host': 'walk.example, shore.example' }
    expect(await seenAt('proxy.example', both, proxied)).toMatchObject({ project: 'living-shore' })
    expect(await seenAt('shore.example', { 'x-forwarded-host': 'nonsense' }, proxied)).toEqual(none)
})

test('nobody sets the project themselves', async () => {
    const headers = { 'app.current_project_id': 'walk', 'x-project-id': 'walk' }
    expect(await seenAt('nowhere.example', headers)).toEqual(none)
    const [walk] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'river-walk'")
    const claims = { 'app.current_project_id': walk?.id }
    const authorization = await api.as('nimbrey', claims)
    expect(await seenAt('nowhere.example', { authorization })).toEqual(none)
})

test('a name is taken from the header as DNS would compare it, or not at all', () => {
    expect(hostOf({ host: ' Stories.River.example.:80 ' }, false)).toBe('stories.river.example')
    for (const host of [
        'föhrde.example',
        'a_b.example',
        '-a.example',
        'a.example/',
        'a.b@c.example',
        '',
        'example',
    ]) {
        expect(hostOf({ host }, false), host).toBeUndefined()
    }
    expect(hostOf({}, false)).toBeUndefined()
    expect(hostOf({ 'x-forwarded-host': 'a.example' }, false)).toBeUndefined()
})

/** Stands in for the database: counts what it is asked, and knows one name. */
function fakePool() {
    const fake = { asked: [] as string[], broken: false }
    const query = async (_text: string, [host]: string[] = []) => {
        if (host === undefined || host.startsWith('{')) return { rows: [] }
        fake.asked.push(host)
        if (fake.broken) throw Object.assign(new Error('gone'), { code: 'ECONNREFUSED' })
        return { rows: [{ project_id: host === 'walk.example' ? 'walk' : null }] }
    }
    const pool = { connect: async () => ({ query, release: () => undefined }) } as unknown as Pool
    const find = projectFinder(pool, false)
    return Object.assign(fake, { find: (host: string) => find({ host }) })
}

test('an answer is remembered for half a minute, also where there is none', async () => {
    vi.useFakeTimers()
    const pool = fakePool()
    for (let n = 0; n < 3; n += 1) {
        expect(await Promise.all([pool.find('walk.example'), pool.find('Walk.example:80')])).toEqual([
            'walk',
            'walk',
        ])
        expect(await pool.find('nowhere.example')).toBeUndefined()
    }
    expect(pool.asked).toEqual(['walk.example', 'nowhere.example'])
    vi.advanceTimersByTime(30_001)
    await pool.find('walk.example')
    expect(pool.asked).toHaveLength(3)
    vi.useRealTimers()
})

test('whoever sends one name after the other fills no memory: the oldest is forgotten', async () => {
    const pool = fakePool()
    for (let n = 0; n <= 1000; n += 1) await pool.find(`host-${n}.example`)
    await pool.find('host-1.example')
    expect(pool.asked).toHaveLength(1001)
    await pool.find('host-0.example')
    expect(pool.asked).toHaveLength(1002)
})

test('while the database cannot be asked nobody is told that there is no project, and then it is asked again', async () => {
    const pool = fakePool()
    pool.broken = true
    await expect(pool.find('walk.example')).rejects.toMatchObject({ extensions: { code: 'UNAVAILABLE' } })
    pool.broken = false
    expect(await pool.find('walk.example')).toBe('walk')
})
