// What docs/stories.md shows of a review is done as it stands there, by an elder of the demo world.

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inPackage } from '../../scripts/lib/paths.ts'
import { useApi } from '../support/api.ts'

const api = useApi()

const page = readFileSync(inPackage('docs/stories.md'), 'utf8')
const [given, review, ...more] = [...page.matchAll(/^```graphql\n(.*?)^```$/gms)].map(([, text = '']) => text)

test('an elder reviews what they read, and is told when it was given in again meanwhile', async () => {
    expect(more).toEqual([])
    const [waiting] = await api.sql<{ id: string }>(
        "select id from content.works where title = 'Names of the seven channels'",
    )
    const variables = { story: waiting?.id }
    const elder = { authorization: await api.as('havren') }
    const teller = { authorization: await api.as('nimbrey') }

    const read = await api.ask(given ?? '', { ...elder, variables })
    expect(read.errors).toEqual([])
    const [{ number }] = read.data.workTransitions.nodes
    for (const state of ['draft', 'submitted']) {
        const moved = await api.ask(
            `mutation ($story: UUID!) {
                transition(input: { workId: $story, toState: ${state} }) { clientMutationId }
            }`,
            { ...teller, variables },
        )
        expect(moved.errors).toEqual([])
    }
    const late = await api.ask(review ?? '', { ...elder, variables: { ...variables, number } })
    expect(late.errors.map(({ extensions }) => extensions.code)).toEqual(['EL123'])

    const again = await api.ask(given ?? '', { ...elder, variables })
    const [latest] = again.data.workTransitions.nodes
    const said = await api.ask(review ?? '', { ...elder, variables: { ...variables, ...latest } })
    expect(said.errors).toEqual([])
    expect(said.data.reviewStory.result).toMatch(/^[0-9a-f-]{36}$/)
})
