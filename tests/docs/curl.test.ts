// What README.md, docs/api.md and the welcome of `make up` show of curl answers, run as it stands there. Runs where curl
// is installed; with EMPATHY_CURL set, as in .ci/run, it has to be.

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { welcomeLines } from '../../scripts/lib/api/welcome.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { readDemoPeople } from '../../scripts/lib/demo.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { useApi } from '../support/api.ts'
import { runBeside } from '../support/beside.ts'

const installed = spawnSync('curl', ['--version']).status === 0
const demanded = process.env.EMPATHY_CURL !== undefined

describe.skipIf(!installed && !demanded)('curl', () => {
    const api = useApi()

    /** What GraphQL answers, with nothing that is null and without errors. */
    async function expectAnswer(command: string): Promise<void> {
        const { code, stdout, stderr } = await runBeside(api, ['bash', '-ec', command])
        expect(code, stderr).toBe(0)
        // With -i, headers come first.
        const { data, errors } = JSON.parse(stdout.split('\r\n\r\n').at(-1) ?? '')
        expect(errors).toBeUndefined()
        expect(Object.values(data)).not.toContain(null)
    }

    test.each(['README.md', 'docs/api.md'])('%s', async (page) => {
        const blocks = [...readFileSync(inPackage(page), 'utf8').matchAll(/^```sh\n(.*?)^```$/gms)]
        const shown = blocks.map(([, text = '']) => text).filter((text) => text.includes('curl'))
        expect(shown).not.toEqual([])
        for (const command of shown) {
            expect(command).toContain('localhost:5678')
            await expectAnswer(command.replaceAll('localhost:5678', new URL(api.url).host))
        }
    })

    test('the welcome of `make up`', async () => {
        const people = await withClient(api.databaseUrl, readDemoPeople)
        const shown = welcomeLines(api.url, people).filter((line) => line.includes('curl'))
        expect(shown).toHaveLength(2)
        for (const command of shown) await expectAnswer(command)
    })
})
