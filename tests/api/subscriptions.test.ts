// Subscriptions: who hears of what, over sockets that are somebody's.

import { beforeAll, expect, test } from 'vitest'
import { useApi } from '../support/api.ts'
import { type Listening, listen } from '../support/socket.ts'

const api = useApi()

const place: Record<string, string> = {}
let tenantId = ''

beforeAll(async () => {
    const scopes = await api.sql<{ slug: string; id: string; tenant_id: string }>(
        'select slug, id, tenant_id from core.scopes',
    )
    for (const { slug, id } of scopes) place[slug] = id
    tenantId = scopes.find(({ slug }) => slug === 'reedbank')?.tenant_id ?? ''
})

async function change(
    who: string,
    name: string,
    input: Record<string, unknown>,
    wanted = 'clientMutationId',
) {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const { data, errors } = await api.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
        { authorization: await api.as(who), variables: { input } },
    )
    expect(errors).toEqual([])
    return data[name].result
}

/** A story of nimbrey's in reedbank, shared with the community. */
async function told(title: string): Promise<string> {
    const plainText = `${title}, from the beginning.`
    const workId = await change(
        'nimbrey',
        'createStory',
        { scopeId: place.reedbank, title, body: { text: plainText }, plainText, visibility: 'community' },
        'result',
    )
    await change('nimbrey', 'transition', { workId, toState: 'published' })
    return workId
}

const share = (workId: string) => change('nimbrey', 'giveConsent', { workId, purpose: 'community_sharing' })
const withdraw = (workId: string) =>
    change('nimbrey', 'withdrawConsent', { workId, purpose: 'community_sharing' })

const works = `subscription ($scopeId: UUID!, $showing: [UUID!], $after: String) {
    workChanged(scopeId: $scopeId, showing: $showing, after: $after) { event workId cursor work { title } }
}`

async function following(
    who: string | undefined,
    variables: Record<string, unknown>,
    query = works,
): Promise<Listening> {
    return listen(api.url, { query, variables, ...(who ? { authorization: await api.as(who) } : {}) })
}

const field = (event: { data: Record<string, unknown>; errors?: unknown }) => {
    expect(event.errors).toBeUndefined()
    // biome-ignore lint/suspicious/noExplicitAny: see above
    return Object.values(event.data)[0] as any
}

test('a member hears of a work when they may read it, when it changes, and when they may not any more', async () => {
    const member = await following('ambrel', { scopeId: place.reedbank })
    expect(field(await member.next())).toMatchObject({ event: 'reload', workId: null, work: null })
    const workId = await told('Nine herons')
    expect(await member.within(300)).toEqual([])
    await share(workId)
    expect(field(await member.next())).toMatchObject({
        event: 'changed',
        workId,
        work: { title: 'Nine herons' },
    })
    await change('nimbrey', 'updateWork', { workId, title: 'Ten herons' })
    expect(field(await member.next())).toMatchObject({ event: 'changed', work: { title: 'Ten herons' } })
    await withdraw(workId)
    expect(field(await member.next())).toMatchObject({ event: 'gone', workId, work: null })
    expect(await member.within(300)).toEqual([])
    await member.stop()
})

test('whoever may not read a work hears nothing of it, also not that it went', async () => {
    const stranger = await following('tavindel', { scopeId: tenantId })
    const nobody = await following(undefined, { scopeId: tenantId })
    for (const each of [stranger, nobody]) expect(field(await each.next()).event).toBe('reload')
    const workId = await told('Two otters')
    await share(workId)
    await withdraw(workId)
    for (const each of [stranger, nobody]) expect(await each.within(300)).toEqual([])
    for (const each of [stranger, nobody]) await each.stop()
})

test('what an app shows and nobody may read is gone at once, whether it is there or not', async () => {
    const workId = await told('A hidden boat')
    const nowhere = '00000000-0000-7000-8000-000000000000'
    const member = await following('ambrel', { scopeId: place.reedbank, showing: [workId, nowhere] })
    const events = [field(await member.next()), field(await member.next()), field(await member.next())]
    expect(events.map(({ event, workId }) => [event, workId])).toEqual([
        ['reload', null],
        ['gone', workId],
        ['gone', nowhere],
    ])
    await member.stop()
})

test('a project hears of its communities, a community not of others', async () => {
    const [project] = await api.sql<{ project_id: string }>(
        "select project_id from core.scopes where slug = 'reedbank'",
    )
    const wide = await following('nimbrey', { scopeId: project?.project_id })
    const elsewhere = await following('ambrel', { scopeId: place.lanternfield })
    for (const each of [wide, elsewhere]) await each.next()
    const workId = await told('The lower channel')
    await share(workId)
    expect(field(await wide.next())).toMatchObject({ event: 'changed', workId })
    expect(await elsewhere.within(300)).toEqual([])
    for (const each of [wide, elsewhere]) await each.stop()
})

test('after a cursor, what was missed is told, and no more', async () => {
    const member = await following('ambrel', { scopeId: place.reedbank })
    const { cursor } = field(await member.next())
    await member.stop()
    const [first, second] = [await told('First light'), await told('Second light')]
    await share(first)
    await share(second)
    const again = await following('ambrel', { scopeId: place.reedbank, after: cursor })
    const missed = [field(await again.next()), field(await again.next())]
    expect(missed.map(({ event }) => event)).toEqual(['changed', 'changed'])
    expect(new Set(missed.map(({ workId }) => workId))).toEqual(new Set([first, second]))
    await again.stop()
    const later = await following('ambrel', { scopeId: place.reedbank, after: missed[1].cursor })
    expect(await later.within(300)).toEqual([])
    await later.stop()
})

test('a cursor that nobody here wrote is answered with a reload', async () => {
    const member = await following('ambrel', {
        scopeId: place.reedbank,
        after: 'bm90IGEgY3Vyc29yIG9mIG91cnMgYXQgYWxs',
    })
    expect(field(await member.next()).event).toBe('reload')
    await member.stop()
})

test('a place that one may not know of cannot be listened to, nor one that is nowhere', async () => {
    await api.sql("update core.scopes set visibility = 'private' where slug = 'cinder-hollow'")
    for (const scopeId of [place['cinder-hollow'], '00000000-0000-7000-8000-000000000000']) {
        const stranger = await following('nimbrey', { scopeId })
        const { errors } = await stranger.next()
        expect(errors[0].extensions.code).toBe('P0002')
        await stranger.stop()
    }
})

test('comments are heard of by those who read them: made, edited, hidden, taken back', async () => {
    const workId = await told('A long talk')
    await share(workId)
    const query = `subscription ($workId: UUID!) {
        commentChanged(workId: $workId) { event commentId comment { body state } }
    }`
    const reader = await following('ambrel', { workId }, query)
    const moderator = await following('quessa', { workId }, query)
    for (const each of [reader, moderator]) expect(field(await each.next()).event).toBe('reload')
    await change('nimbrey', 'addComment', { workId, body: 'I was there.' }, 'result')
    const { commentId, ...made } = field(await reader.next())
    expect(made).toEqual({ event: 'changed', comment: { body: 'I was there.', state: 'visible' } })
    await change('nimbrey', 'editComment', { commentId, body: 'I was near.' })
    expect(field(await reader.next()).comment.body).toBe('I was near.')
    await change('quessa', 'moderateComment', { commentId, hides: true, reason: 'a quarrel' })
    expect(field(await reader.next())).toEqual({ event: 'gone', commentId, comment: null })
    const seen = [await moderator.next(), await moderator.next(), await moderator.next()].map(field)
    expect(seen.at(-1)).toMatchObject({ event: 'changed', comment: { state: 'hidden' } })
    for (const each of [reader, moderator]) await each.stop()
})

test('a poll is heard of by those it is put to, as it may be seen', async () => {
    const pollId = await change(
        'quessa',
        'openPoll',
        {
            scopeId: place.reedbank,
            question: 'Which wall first?',
            method: 'approval',
            options: ['the upper', 'the lower'],
            resultsShown: 'always',
            closesAt: new Date(Date.now() + 3_600_000).toISOString(),
        },
        'result',
    )
    const query = `subscription ($pollId: UUID!) {
        pollChanged(pollId: $pollId) { poll { question } query { pollResults(pollId: $pollId) { nodes { tally } } } }
    }`
    const stranger = await following('tavindel', { pollId }, query)
    expect((await stranger.next()).errors[0].extensions.code).toBe('P0002')
    await stranger.stop()
    const member = await following('nimbrey', { pollId }, query)
    const tallies = async () =>
        field(await member.next()).query.pollResults.nodes.map(({ tally }: { tally: string }) =>
            Number(tally),
        )
    expect(await tallies()).toEqual([0, 0])
    await change('nimbrey', 'castBallot', { pollId, choices: [0, 1] })
    expect(await tallies()).toEqual([0, 1])
    await member.stop()
})

test('what concerns me I hear of, and nobody else does', async () => {
    const query = 'subscription { concerningMe { event tableName operation byMe clear } }'
    const me = await following('nimbrey', {}, query)
    const other = await following('tavindel', {}, query)
    for (const each of [me, other]) expect(field(await each.next()).event).toBe('reload')
    const { data } = await api.ask('{ me { id } }', { authorization: await api.as('nimbrey') })
    await change('nimbrey', 'updateProfile', {
        personId: data.me.id,
        bio: 'Keeps the sluice book, and a dog.',
    })
    expect(field(await me.next())).toMatchObject({
        event: 'changed',
        tableName: 'core.people',
        operation: 'U',
        byMe: true,
    })
    expect(await other.within(300)).toEqual([])
    for (const each of [me, other]) await each.stop()
    const nobody = await following(undefined, {}, query)
    expect((await nobody.next()).errors[0].extensions.code).toBe('EL001')
    await nobody.stop()
})

test('connections that are cut are made anew, and what happened meanwhile is told', async () => {
    const member = await following('ambrel', { scopeId: place.reedbank })
    await member.next()
    const workId = await told('After the storm')
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'empathy api' and datname = current_database()`
    await api.sql(cut)
    const consent = `with said as (
            select set_config('request.jwt.claims', json_build_object('person', w.owner_id)::text, true)
            from content.works w where w.id = $1
        )
        select consent.give_consent($1, 'community_sharing') from said`
    await api.sql(consent, [workId])
    await api.sql(cut)
    expect(field(await member.next())).toMatchObject({ event: 'changed', workId })
    await member.stop()
})
