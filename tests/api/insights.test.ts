// Figures, as an app asks for them: those of the platform without signing in, those of a place by whoever belongs there.

import { expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

const thisMonth = new Date().toISOString().slice(0, 7).concat('-01')

const reedbank = async (): Promise<string> =>
    (await api.sql<{ id: string }>(`select id from core.scopes where slug = 'reedbank'`))[0]?.id ?? ''

const ofPlace = `query ($id: UUID!, $month: Date!) {
  communityInsights(scopeId: $id, since: $month, until: $month) {
    nodes { month kind uniqueStorytellers totalStories avgEngagement withheld releasedAt }
  }
}`

test('everybody reads the figures of the platform, and how fresh they are', async () => {
    const { data, errors } = await api.ask(
        `query ($month: Date!) {
          platformInsights(since: $month, until: $month) { nodes { month kind uniqueStorytellers releasedAt } }
          transparencyReport(month: $month) { nodes { section name figure tooFew } }
          consentHealth(until: $month) { nodes { purpose given } }
        }`,
        { variables: { month: thisMonth } },
    )
    expect(errors).toEqual([])
    expect(data.platformInsights.nodes).toEqual([
        {
            month: thisMonth,
            kind: 'note',
            uniqueStorytellers: '5',
            releasedAt: expect.stringMatching(/^\d{4}-/),
        },
    ])
    expect(data.transparencyReport.nodes).toContainEqual({
        section: 'told',
        name: 'people who told: note',
        figure: '5',
        tooFew: false,
    })
    expect(data.consentHealth.nodes).toContainEqual({ purpose: 'insight', given: '5' })
})

test('those of a place are for whoever belongs there, until somebody takes their consent back', async () => {
    const variables = { id: await reedbank(), month: thisMonth }
    const ask = async (name: string) => api.ask(ofPlace, { authorization: await api.as(name), variables })
    expect((await ask('dovik')).errors[0]?.extensions.code).toBe('P0002')
    expect((await api.ask(ofPlace, { variables })).errors[0]?.extensions.code).toBe('42501')
    expect((await ask('havren')).data.communityInsights.nodes).toMatchObject([
        { kind: 'note', uniqueStorytellers: '5', totalStories: '5', withheld: false },
    ])
    const withdrawn = await api.ask(
        `mutation ($id: UUID!) { withdrawConsent(input: { workId: $id, purpose: "insight" }) { clientMutationId } }`,
        {
            authorization: await api.as('nimbrey'),
            variables: {
                id: (
                    await api.sql<{ id: string }>(
                        `select id from content.works where title = 'High water, as nimbrey saw it'`,
                    )
                )[0]?.id,
            },
        },
    )
    expect(withdrawn.errors).toEqual([])
    expect((await ask('havren')).data.communityInsights.nodes).toMatchObject([
        { kind: 'note', uniqueStorytellers: null, totalStories: null, withheld: true },
    ])
})
