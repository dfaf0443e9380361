// A consent is withdrawn: what each of five people reads over the API, before and after.

import { beforeAll, expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

const title = 'Nine geese'
/** Who looks: its teller, a member of the community, its steward, somebody of another organization, and the public. */
const people = { teller: 'nimbrey', member: 'ambrel', steward: 'quessa', stranger: 'tavindel', public: '' }
type Who = keyof typeof people

let storyId: string
let tenantId: string

async function ask(who: Who, query: string, variables: Record<string, unknown> = {}) {
    const name = people[who]
    const authorization = name === '' ? {} : { authorization: await api.as(name) }
    return api.ask(query, { ...authorization, variables })
}

async function change(who: Who, name: string, input: Record<string, unknown>, wanted = 'result') {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const { data, errors } = await ask(
        who,
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
        { input },
    )
    expect(errors).toEqual([])
    return data[name].result
}

const done = 'clientMutationId'

async function handedOut(agreementId: string, purpose: string): Promise<string> {
    const runId = await change('steward', 'beginRun', {
        agreementId,
        purpose,
        model: `a model for ${purpose}`,
    })
    await change('steward', 'handOut', { runId, workIds: [storyId] }, 'result { workId }')
    return runId
}

beforeAll(async () => {
    const [place] = await api.sql<{ id: string; tenant_id: string }>(
        "select id, tenant_id from core.scopes where slug = 'reedbank'",
    )
    const scopeId = place?.id
    tenantId = place?.tenant_id ?? ''
    const plainText = 'Nine came, and ten left.'
    storyId = await change('teller', 'createStory', {
        ...{ scopeId, title, body: { text: plainText }, plainText, visibility: 'public' },
    })
    await change('teller', 'transition', { workId: storyId, toState: 'published' }, done)
    for (const purpose of ['public_sharing', 'community_sharing', 'ai_analysis', 'commercial_use']) {
        await change('teller', 'giveConsent', { workId: storyId, purpose }, done)
    }
    const agreementId = await change('steward', 'createAgreement', {
        ...{
            scopeId,
            recipient: 'Invented Press',
            obligations: 'Ask first.',
            documentSha256: '0f'.repeat(32),
        },
        purposes: ['ai_analysis', 'commercial_use'],
    })
    const analysing = await handedOut(agreementId, 'ai_analysis')
    await handedOut(agreementId, 'commercial_use')
    await change('steward', 'recordAnalysis', {
        ...{ runId: analysing, storyId, kind: 'themes', result: ['geese', 'counting'] },
    })
})

const looking = `query ($tenantId: UUID!, $id: UUID!) {
    work(tenantId: $tenantId, id: $id) {
        title
        workVersions { nodes { plainText } }
        ... on Story { analyses { nodes { kind result } } }
    }
}`

async function seenBy(who: Who) {
    const { data, errors } = await ask(who, looking, { tenantId, id: storyId })
    return errors.length > 0
        ? errors.map(({ message }) => message)
        : {
              reads: data.work?.workVersions.nodes[0]?.plainText,
              analyses: data.work?.analyses.nodes.length,
          }
}

async function halted(who: Who): Promise<Record<string, boolean>> {
    const { data, errors } = await ask(who, '{ runs { nodes { model purpose haltedAt } } }')
    expect(errors).toEqual([])
    const runs: { model: string; purpose: string; haltedAt: string | null }[] = data.runs.nodes
    const ours = runs.filter(({ model }) => model.startsWith('a model for'))
    return Object.fromEntries(ours.map(({ purpose, haltedAt }) => [purpose, haltedAt !== null]))
}

async function consents(): Promise<{ id: string; purpose: string; decision: string }[]> {
    const { data } = await ask('teller', '{ consents(first: 100) { nodes { id purpose decision workId } } }')
    return data.consents.nodes.filter(({ workId }: { workId: string }) => workId === storyId)
}

async function receiptFor(purpose: string): Promise<{ event: { state: string }; uses: unknown[] }> {
    const given = (await consents()).find(
        (consent) => consent.purpose === purpose && consent.decision === 'given',
    )
    const { data } = await ask('teller', 'query ($id: UUID!) { receipt(consentId: $id) }', { id: given?.id })
    return data.receipt
}

test('before: everybody reads the story, its teller and its steward what came of it', async () => {
    const reads = 'Nine came, and ten left.'
    expect(await seenBy('teller')).toEqual({ reads, analyses: 1 })
    expect(await seenBy('steward')).toEqual({ reads, analyses: 1 })
    expect(await seenBy('member')).toEqual({ reads, analyses: 0 })
    expect(await seenBy('stranger')).toEqual({ reads, analyses: 0 })
    const { data } = await ask('public', looking.replace(/\.\.\. on Story \{.*\}/, ''), {
        tenantId,
        id: storyId,
    })
    expect(data.work.workVersions.nodes).toEqual([{ plainText: reads }])
    expect(await halted('steward')).toEqual({ ai_analysis: false, commercial_use: false })
    expect((await receiptFor('ai_analysis')).event.state).toBe('given')
})

test('what is not for the public is not even asked for by it', async () => {
    expect(await seenBy('public')).not.toMatchObject({ analyses: expect.anything() })
})

test('analysis and commerce withdrawn: what came of it is gone, the export is halted, the rest stands', async () => {
    const before = await api.sql<{ n: string }>('select count(*) as n from ops.outbox')
    await change('teller', 'withdrawConsent', { workId: storyId, purpose: 'ai_analysis' }, done)
    await change('teller', 'withdrawConsent', { workId: storyId, purpose: 'commercial_use' }, done)
    const reads = 'Nine came, and ten left.'
    for (const who of ['teller', 'steward', 'member', 'stranger'] as const) {
        expect(await seenBy(who), who).toEqual({ reads, analyses: 0 })
    }
    expect(await halted('steward')).toEqual({ ai_analysis: true, commercial_use: true })
    expect(await halted('teller')).toEqual({ ai_analysis: true, commercial_use: true })
    expect(await halted('stranger')).toEqual({})
    const told = await api.sql<{ topic: string; body: Record<string, unknown> }>(
        "select topic, convert_from(body, 'UTF8')::jsonb as body from ops.outbox order by created_at, id offset $1",
        [before[0]?.n],
    )
    expect(told.map(({ topic }) => topic).sort()).toEqual([
        ...['consent.withdrawn', 'consent.withdrawn', 'run.recalled', 'run.recalled'],
    ])
    expect(told.every(({ body }) => JSON.stringify(body).includes(storyId))).toBe(true)
    expect(JSON.stringify(told)).not.toContain('geese')
    const receipt = await receiptFor('ai_analysis')
    expect(receipt.event.state).toBe('withdrawn')
    expect(receipt.uses).toMatchObject([{ irrevocable: false, recalled_at: expect.any(String) }])
})

test('the steward cannot bring it back: nothing is handed out any more', async () => {
    const { data } = await ask('steward', '{ agreements { nodes { id recipient } } }')
    const agreement = data.agreements.nodes.find(
        ({ recipient }: { recipient: string }) => recipient === 'Invented Press',
    )
    const runId = await change('steward', 'beginRun', {
        ...{ agreementId: agreement.id, purpose: 'ai_analysis', model: 'once more' },
    })
    const answer = await ask(
        'steward',
        'mutation ($input: HandOutInput!) { handOut(input: $input) { result { workId } } }',
        { input: { runId, workIds: [storyId] } },
    )
    expect(answer.data.handOut.result).toEqual([])
})

test('all withdrawn: it is gone for everybody but its teller, who sees what became of it', async () => {
    await change('teller', 'withdrawConsent', { workId: storyId }, done)
    for (const who of ['member', 'steward', 'stranger'] as const) {
        expect(await seenBy(who), who).toEqual({ reads: undefined, analyses: undefined })
    }
    const { data: nothing } = await ask('public', looking.replace(/\.\.\. on Story \{.*\}/, ''), {
        tenantId,
        id: storyId,
    })
    expect(nothing.work).toBeNull()
    const { data } = await ask(
        'teller',
        `{
            withdrawalsOfMine { nodes { title purpose stands usesRecalled usesIrrevocable } }
            storytellerDashboards(filter: { title: { equalTo: "${title}" } }) {
                nodes { audience consentsInForce }
            }
        }`,
    )
    expect(data.storytellerDashboards.nodes).toEqual([{ audience: 'nobody_else', consentsInForce: [] }])
    const mine = data.withdrawalsOfMine.nodes.filter((one: { title: string }) => one.title === title)
    expect(mine).toContainEqual({
        ...{ title, purpose: 'commercial_use', stands: false, usesRecalled: '1', usesIrrevocable: '0' },
    })
    expect(mine.filter(({ stands }: { stands: boolean }) => stands).length).toBeGreaterThan(5)
})
