// Threads: a reply leads to what it replies to.

import { expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

/** Says something, and answers its id. */
async function say(authorization: string, input: Record<string, unknown>): Promise<string> {
    const query = 'mutation ($input: AddCommentInput!) { addComment(input: $input) { result } }'
    const { data, errors } = await api.ask(query, { authorization, variables: { input } })
    expect(errors).toEqual([])
    return data.addComment.result
}

test('a reply leads to what it replies to, and is found from there', async () => {
    const authorization = await api.as('nimbrey')
    const [work] = await api.sql<{ id: string }>(
        "select id from content.works where state = 'published' and visibility = 'public' order by id",
    )
    const workId = work?.id
    const first = await say(authorization, { workId, body: 'I was there.' })
    const reply = await say(authorization, { workId, parentId: first, body: 'So was the heron.' })
    const { data, errors } = await api.ask(
        `query ($workId: UUID!) {
            comments(filter: { workId: { equalTo: $workId } }, orderBy: [THREAD_ID_ASC, ID_ASC]) {
                nodes { id parent { id } thread { id } replies { nodes { id } } }
            }
        }`,
        { authorization, variables: { workId } },
    )
    expect(errors).toEqual([])
    expect(data.comments.nodes).toEqual(
        expect.arrayContaining([
            { id: first, parent: null, thread: { id: first }, replies: { nodes: [{ id: reply }] } },
            { id: reply, parent: { id: first }, thread: { id: first }, replies: { nodes: [] } },
        ]),
    )
})
