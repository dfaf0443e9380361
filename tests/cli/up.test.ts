// `up`: everything starts, a signal stops everything, and nothing short of a lost disk loses data.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { isPostmaster } from '../../scripts/lib/embedded/postmaster.ts'
import { freePort, type Home, newHome } from '../support/cli.ts'

const ready = 'Ctrl-C stops everything.'

let home: Home
let environment: NodeJS.ProcessEnv

beforeAll(async () => {
    home = await newHome()
    environment = { PORT: String(await freePort()) }
})

afterAll(() => home.remove())

function postmasterPid(): number {
    return Number(readFileSync(join(home.runtimeDir, 'pg18/data/postmaster.pid'), 'utf8').split('\n')[0])
}

const runs = (pid: number): boolean => isPostmaster(pid, join(home.runtimeDir, 'pg18/data'))

async function databaseUrl(): Promise<string> {
    return (await home.run(['db'])).lastLine
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s leaves nothing running', async (signal) => {
    const up = home.start(['up'], environment)
    await up.says(ready)
    const postgres = postmasterPid()
    up.process.kill(signal)
    expect((await up.outcome).code).toBe(0)
    expect(runs(postgres)).toBe(false)
})

test('a signal while it is still starting leaves nothing running', async () => {
    const up = home.start(['up'], environment)
    await up.says('Migrating')
    const postgres = postmasterPid()
    up.process.kill('SIGINT')
    expect((await up.outcome).code).toBe(0)
    expect(runs(postgres)).toBe(false)
})

test('after kill -9 of everything it starts again with its data', async () => {
    const first = home.start(['up'], environment)
    await first.says(ready)
    await withClient(await databaseUrl(), (client) => client.query('create table kept as select 1 as n'))
    first.process.kill('SIGKILL')
    process.kill(postmasterPid(), 'SIGKILL')
    await first.outcome

    const second = home.start(['up'], environment)
    await second.says(ready)
    const { rows } = await withClient(await databaseUrl(), (client) => client.query('select n from kept'))
    expect(rows).toEqual([{ n: 1 }])
    second.process.kill('SIGINT')
    await second.outcome
})

test('a server that a killed `up` left behind is taken over and stopped', async () => {
    await home.run(['db-stop'])
    const first = home.start(['up'], environment)
    await first.says(ready)
    first.process.kill('SIGKILL')
    await first.outcome
    const postgres = postmasterPid()
    expect(runs(postgres)).toBe(true)

    const second = home.start(['up'], environment)
    await second.says(ready)
    expect(postmasterPid()).toBe(postgres)
    second.process.kill('SIGINT')
    await second.outcome
    expect(runs(postgres)).toBe(false)
})

test('a server that runs in the background stays', async () => {
    await databaseUrl()
    const up = home.start(['up'], environment)
    await up.says(ready)
    up.process.kill('SIGINT')
    await up.outcome
    expect(runs(postmasterPid())).toBe(true)
})

test('`db-stop` does not take the server from a running `up`', async () => {
    const up = home.start(['up'], environment)
    await up.says(ready)
    const { code, stderr } = await home.run(['db-stop'])
    expect(code).toBe(1)
    expect(stderr).toContain(`process ${up.process.pid}`)
    up.process.kill('SIGINT')
    await up.outcome
})
