// The commands that need no database: what they print, what they leave, and with which code they end.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { formatVerifierKey } from '../../scripts/lib/audit/note.ts'
import { closed, example, key, testKey } from '../support/audit.ts'
import { type Home, newHome, type Outcome } from '../support/cli.ts'

let home: Home
let dir: string
const audit = (...args: string[]): Promise<Outcome> => home.run(['audit', ...args])
const file = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text)
    return join(dir, name)
}

beforeAll(async () => {
    home = await newHome()
    dir = mkdtempSync(join(tmpdir(), 'empathy-audit-'))
})

afterAll(async () => {
    rmSync(dir, { recursive: true, force: true })
    await home.remove()
})

const lines = example().bundle()
const vkey = formatVerifierKey(key.verifier)

test('a whole bundle ends with 0, and says what it rests on', async () => {
    const path = file('whole.bundle', closed(lines))
    const alone = await audit('verify-bundle', path)
    expect(alone).toMatchObject({ code: 0 })
    expect(alone.stdout).toContain('4 changes (1 put away), 2 blocks, 1 notes')
    expect(alone.stderr).toContain('could have made all of it anew')
    const { code, stderr } = await audit('verify-bundle', path, '--key', vkey)
    expect(code).toBe(0)
    expect(stderr).toContain('Changes under a head that you trust: 4 of 4.')
    const kept = file('kept.note', (JSON.parse(lines.at(-1) ?? '') as { note: string }).note)
    const json = await audit('verify-bundle', path, '--checkpoint', kept, '--key', vkey, '--json')
    expect(JSON.parse(json.stdout)).toMatchObject({ whole: true, trusted: 4, findings: [] })
    const other = formatVerifierKey(testKey('other', 1).verifier)
    expect(await audit('verify-bundle', path, '--checkpoint', kept, '--key', other)).toMatchObject({
        code: 1,
    })
})

test('a bundle with a finding ends with 1, and names the line', async () => {
    const path = file('altered.bundle', closed(lines).replace('"role":"service_role"', '"role":"anon"'))
    const { code, stdout } = await audit('verify-bundle', path)
    expect(code).toBe(1)
    expect(stdout).toMatch(/^line 7: the changes from position 3 to 3 are not those that block 2 sealed/m)
})

test.each([
    [[], 2, 'Which bundle?'],
    [['/nowhere'], 1, 'There is no file /nowhere'],
    [['/nowhere', '--key', 'nonsense'], 1, 'no'],
])('verify-bundle %j ends with %i', async (args, code, said) => {
    const outcome = await audit('verify-bundle', ...args)
    expect(outcome.code).toBe(code)
    expect(outcome.stderr).toContain(said)
    expect(outcome.stderr).not.toMatch(/^ +at /m)
})

test('keygen and rotate print public keys, and never a private one', async () => {
    const keys = join(dir, 'keys')
    const made = await audit('keygen', 'ledger.example/audit', '--dir', keys)
    expect(made.code).toBe(0)
    expect(made.lastLine).toMatch(/^ledger\.example\/audit\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/)
    expect(await audit('keygen', 'ledger.example/audit', '--dir', keys)).toMatchObject({ code: 1 })
    const next = await audit('rotate', '--dir', keys, '--overlap', '7d')
    expect(next.lastLine).toMatch(/^ledger\.example\/audit\+/)
    expect(next.lastLine).not.toBe(made.lastLine)
    for (const { stdout, stderr } of [made, next]) expect(stdout + stderr).not.toContain('PRIVATE')
    expect(readdirSync(keys)).toHaveLength(4)
})

test.each([
    [['keygen', 'a b', '--dir', 'KEYS'], 1, "cannot be a key's name"],
    [['keygen', '--dir', 'KEYS'], 2, 'A key needs one name and a folder'],
    [['rotate', '--dir', 'KEYS'], 1, 'There is no key in'],
    [['rotate', '--dir', 'KEYS', '--overlap', 'soon'], 2, '--overlap soon is no time'],
    [['publish', '--dir', 'OUT'], 2, 'Where to, and with which keys?'],
    [['publish', '--dir', 'OUT', '--keys', 'KEYS'], 1, 'There is no key in'],
    [['publish', '--dir', 'OUT', '--keys', 'KEYS', '--every', '0'], 2, '--every 0 is no number of seconds'],
    [['bundle', 'river'], 2, 'Which log, and into which file?'],
    [['verify', 'river', '--since', '-1'], 2, 'since'],
    [['verify', '--all', '--checkpoint', 'x'], 2, 'A checkpoint is of one log'],
    [['verify', 'river', '--all'], 2, 'Which log? One, or --all.'],
    [[], 2, 'What about the audit logs?'],
    [['nonsense'], 2, 'There is no "audit nonsense"'],
])('audit %j ends with %i', async (args, code, said) => {
    const outcome = await audit(...args.map((each) => each.replace(/^(KEYS|OUT)$/, `${dir}/none-$1`)))
    expect(outcome.code).toBe(code)
    expect(outcome.stderr).toContain(said)
    expect(outcome.stderr).not.toMatch(/^ +at /m)
})
