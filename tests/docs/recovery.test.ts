// What docs/recovery.md shows is done as it stands there, in its order, and does what the page says.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { useApi } from '../support/api.ts'

const api = useApi()

const page = readFileSync(inPackage('docs/recovery.md'), 'utf8')
const blocks = (language: string): string[] =>
    [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text)

const instant = async (): Promise<string> => {
    const [row] = await api.sql<{ at: string }>('select to_json(clock_timestamp()) #>> array[]::text[] as at')
    return row?.at ?? ''
}

test('an owner goes back to a version, to an instant, and with all that is theirs', async () => {
    const [place] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    const authorization = await api.as('nimbrey')
    const ask = async (query = '', variables: Record<string, unknown> = {}) => {
        const { data, errors } = await api.ask(query, { authorization, variables })
        expect(errors).toEqual([])
        return data
    }
    const { createNote } = await ask(
        `mutation ($scope: UUID!) {
            createNote(input: { scopeId: $scope, title: "Two tides", body: { text: "One" } }) { result }
        }`,
        { scope: place?.id },
    )
    const work = createNote.result
    const at = await instant()
    const spoil = () =>
        ask(
            `mutation ($work: UUID!) {
                reviseWork(input: { workId: $work, body: { text: "Spoilt" } }) { result }
                updateWork(input: { workId: $work, title: "Spoilt" }) { clientMutationId }
            }`,
            { work },
        )

    const [restoreWork, restoreWorkAsOf, recoveryPreview, recoverPerson, ...more] = blocks('graphql')
    expect(more).toEqual([])
    await spoil()
    expect(await ask(restoreWork, { work })).toEqual({ restoreWork: { result: 3 } })
    await spoil()
    const title = { what: 'title', outcome: 'brought_back' }
    const says = { what: 'says', outcome: 'brought_back' }
    expect(await ask(restoreWorkAsOf, { work, at })).toEqual({
        restoreWorkAsOf: {
            result: [
                { ...title, fromVersion: null, version: null },
                { ...says, fromVersion: 1, version: 5 },
            ],
        },
    })
    await spoil()
    expect(await ask(recoveryPreview, { at })).toEqual({
        recoveryPreview: {
            nodes: [
                { ...title, fromVersion: null, version: null, work: { title: 'Spoilt' } },
                { ...says, fromVersion: 1, version: 7, work: { title: 'Spoilt' } },
            ],
        },
    })
    expect(await ask(recoverPerson, { at })).toEqual({
        recoverPerson: {
            result: [
                { ...title, work: { title: 'Two tides' } },
                { ...says, work: { title: 'Two tides' } },
            ],
        },
    })
    expect(await ask(recoveryPreview, { at })).toEqual({ recoveryPreview: { nodes: [] } })
})

test('whoever runs the database is told what the rows of a table were', async () => {
    const [before, ...more] = blocks('sql')
    expect(more).toEqual([])
    await api.sql(
        `insert into core.settings (tenant_id, scope_id, key, value)
        select s.tenant_id, s.id, 'works.reviewed', 'true' from core.scopes s where s.slug = 'saltmarsh'`,
    )
    const rows = await withClient(api.databaseUrl, async (client) => {
        await client.query('set role empathy_auditor')
        return (await client.query<{ was: unknown }>(before ?? '')).rows
    })
    expect(rows.map(({ was }) => was)).toContain(null)
})

test('each outcome that there is stands on the page', async () => {
    const outcomes = await api.sql<{ outcome: string }>(
        'select unnest(enum_range(null::content.recovery_outcome))::text as outcome',
    )
    expect(outcomes.filter(({ outcome }) => !page.includes(`\`${outcome}\``))).toEqual([])
})
