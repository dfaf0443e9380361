// The example app does what it says, run as its first lines say.

import type { ResultOf, VariablesOf } from 'gql.tada'
import { expect, expectTypeOf, test } from 'vitest'
import type { moveWork, shownWork } from '../../examples/app/documents.ts'
import { useApi } from '../support/api.ts'
import { runBeside } from '../support/beside.ts'

const api = useApi()

const runApp = (environment: NodeJS.ProcessEnv = {}) =>
    runBeside(api, ['npx', 'tsx', 'examples/app/main.ts'], { API_URL: api.url, ...environment })

test('a story comes up on the page of somebody else by a consent, and goes with it', async () => {
    const { code, stdout, stderr } = await runApp()
    expect(stderr).not.toContain('Error')
    const said = stdout.trimEnd().split('\n')
    const page = said.filter((line) => line.startsWith('  '))
    expect(page).toContain('  "The tide wall" by Nimbrey, told in Reedbank')
    expect(said.filter((line) => !line.startsWith('  '))).toEqual([
        'Nimbrey has signed in, and belongs to Reedbank.',
        'Ambrel opens the page of Reedbank:',
        'Nimbrey has told "The heron that waited", and published it. Without consent, nobody else reads it.',
        'Nimbrey consents to sharing it with the community.',
        'It has come up on Ambrel\'s page: "The heron that waited".',
        'Nimbrey withdraws the consent.',
        "It has gone from Ambrel's page.",
    ])
    expect(code).toBe(0)
})

test('whom the API does not believe is told why', async () => {
    const { code, stdout, stderr } = await runApp({
        JWT_SECRET: 'of another server, and as long as it has to be',
    })
    expect(stdout).toBe('')
    expect(stderr).toMatch(/Refused: .* \(TOKEN_\w+\)/)
    expect(code).toBe(1)
})

test('what it asks is typed by the schema', () => {
    // Held by the compiler: `any` and `unknown` would not do.
    expectTypeOf<ResultOf<typeof shownWork>['title']>().toEqualTypeOf<string>()
    expectTypeOf<VariablesOf<typeof moveWork>['workId']>().toEqualTypeOf<string>()
    expectTypeOf<'publishd'>().not.toExtend<VariablesOf<typeof moveWork>['toState']>()
})
