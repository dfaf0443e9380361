// What every command has in common: help, exit codes, and a wrong setting refused by its name.

import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inPackage } from '../../scripts/lib/paths.ts'
import { freePort, type Home, newHome } from '../support/cli.ts'

let home: Home

beforeAll(async () => {
    home = await newHome()
})

afterAll(() => home.remove())

test('help lists every command with a summary', async () => {
    const { code, stdout } = await home.run(['help'])
    expect(code).toBe(0)
    for (const file of readdirSync(inPackage('scripts/commands'))) {
        expect(stdout).toMatch(new RegExp(`^  ${file.replace('.ts', '')} +\\S.+`, 'm'))
    }
})

test.each(['nonsense', '../cli', 'db.ts', 'DB'])('"%s" is no command', async (name) => {
    const { code, stderr } = await home.run([name])
    expect(code).toBe(2)
    expect(stderr).toContain(`There is no command "${name}"`)
})

test('an unknown option is refused in one line', async () => {
    const { code, stderr } = await home.run(['db', '--frobnicate'])
    expect(code).toBe(2)
    expect(stderr).toContain('--frobnicate')
    expect(stderr.trim().split('\n')).toHaveLength(1)
})

test.each([
    ['DATABASE_URL', 'nonsense'],
    ['DATABASE_URL', 'mysql://root@localhost/empathy'],
    ['DATABASE_URL', 'postgres://localhost'],
    ['PORT', '99999'],
    ['PORT', 'http'],
    ['EMPATHY_DB_PORT', '-1'],
    ['EMPATHY_LOCK_TIMEOUT', 'soon'],
])('%s=%s is refused by its name', async (name, value) => {
    const { code, stderr } = await home.run(['migrate', '--dry-run'], { [name]: value })
    expect(code).toBe(2)
    expect(stderr).toContain(name)
})

test('a server that does not answer is named, its password is not', async () => {
    const port = await freePort()
    const { code, stderr } = await home.run(['migrate', '--dry-run'], {
        DATABASE_URL: `postgres://someone:secret@127.0.0.1:${port}/somewhere`,
    })
    expect(code).toBe(1)
    expect(stderr).toContain(`127.0.0.1:${port}`)
    expect(stderr).not.toContain('secret')
    expect(stderr).not.toMatch(/^ +at /m)
})
