// What this app asks of the API. The types of variables and answers come from the schema: hover over a document.

import { initGraphQLTada } from 'gql.tada'
import type { introspection } from './graphql-env.d.ts'

const graphql = initGraphQLTada<{
    introspection: introspection
    scalars: { UUID: string; JSON: unknown }
    // Parts of a query are plain fields where they are used.
    disableMasking: true
}>()

export const whoAmI = graphql(`
    query WhoAmI {
        me {
            displayName
            memberships { nodes { scope { id name } } }
        }
    }
`)

export const shownWork = graphql(`
    fragment ShownWork on Work {
        id
        title
        owner { displayName }
        scope { name }
    }
`)

export const worksOfPlace = graphql(
    `
        query WorksOfPlace($placeId: UUID!) {
            works(first: 20, orderBy: CREATED_AT_DESC, filter: { scopeId: { equalTo: $placeId } }) {
                nodes { ...ShownWork }
            }
        }
    `,
    [shownWork],
)

export const workChanged = graphql(
    `
        subscription WorkChanged($placeId: UUID!) {
            workChanged(scopeId: $placeId) {
                event
                workId
                work { ...ShownWork }
            }
        }
    `,
    [shownWork],
)

export const beginStory = graphql(`
    mutation BeginStory($placeId: UUID!, $title: String!, $text: String!) {
        createStory(
            input: { scopeId: $placeId, title: $title, body: { text: $text }, plainText: $text, visibility: community }
        ) {
            result
        }
    }
`)

export const moveWork = graphql(`
    mutation MoveWork($workId: UUID!, $toState: WorkState!) {
        transition(input: { workId: $workId, toState: $toState }) { clientMutationId }
    }
`)

export const giveConsent = graphql(`
    mutation GiveConsent($workId: UUID!, $purpose: String!) {
        giveConsent(input: { workId: $workId, purpose: $purpose }) { clientMutationId }
    }
`)

export const withdrawConsent = graphql(`
    mutation WithdrawConsent($workId: UUID!, $purpose: String!) {
        withdrawConsent(input: { workId: $workId, purpose: $purpose }) { clientMutationId }
    }
`)
