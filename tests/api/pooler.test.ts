// Behind pgbouncer in transaction mode: two connections for everybody, and nobody becomes anybody else. Runs where
// pgbouncer is installed; with EMPATHY_POOLER set, as in .ci/run, it has to be.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { seedDemo } from '../../scripts/lib/seeds.ts'
import { startApi } from '../support/api.ts'
import { freePort } from '../support/cli.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'
import { listen } from '../support/socket.ts'

vi.hoisted(() => {
    process.env.PREPARED_STATEMENTS = 'off'
})

const installed = spawnSync('pgbouncer', ['--version']).status === 0
const demanded = process.env.EMPATHY_POOLER !== undefined

describe.skipIf(!installed && !demanded)('behind pgbouncer', () => {
    const folder = mkdtempSync(join(tmpdir(), 'empathy-pooler-'))
    let pooler: ChildProcess
    let database: Awaited<ReturnType<typeof freshDatabase>>
    let api: Awaited<ReturnType<typeof startApi>>

    beforeAll(async () => {
        database = await freshDatabase()
        await seedDemo(database.url)
        const direct = new URL(await loginUrl(database.url, 'authenticator'))
        const port = await freePort()
        pooler = await startPooler(folder, direct, port)
        api = await startApi(database.url, {
            authenticatorUrl: `postgres://anybody@127.0.0.1:${port}${direct.pathname}`,
        })
    })

    afterAll(async () => {
        await api?.stop()
        pooler?.kill('SIGINT')
        await database?.drop()
        rmSync(folder, { recursive: true, force: true })
    })

    test('many ask at once over two connections, and each is who they are', async () => {
        const names = ['nimbrey', 'ambrel', 'quessa', undefined]
        const asked = await Promise.all(
            Array.from({ length: 200 }, async (_, n) => {
                const name = names[n % names.length]
                const { data, errors } = await api.ask(
                    '{ me { displayName } works(first: 5) { nodes { id workVersions { nodes { number } } } } }',
                    name ? { authorization: await api.as(name) } : {},
                )
                expect(errors).toEqual([])
                return [name, data.me?.displayName.toLowerCase()]
            }),
        )
        expect(asked.filter(([name, answered]) => name !== answered)).toEqual([])
    })

    test('what is changed is changed, and those who listen hear of it', async () => {
        const authorization = await api.as('nimbrey')
        const listening = listen(api.url, {
            query: 'subscription { concerningMe { event tableName } }',
            authorization,
        })
        expect((await listening.next()).data.concerningMe.event).toBe('reload')
        const { data } = await api.ask('{ me { id } }', { authorization })
        const changed = await api.ask(
            `mutation ($id: UUID!) {
                updateProfile(input: { personId: $id, bio: "Keeps bees." }) { query { me { bio } } }
            }`,
            { authorization, variables: { id: data.me.id } },
        )
        expect(changed.data.updateProfile.query.me.bio).toBe('Keeps bees.')
        expect((await listening.next()).data.concerningMe).toEqual({
            event: 'changed',
            tableName: 'core.people',
        })
        await listening.stop()
    })

    test('secrets are opened over a connection of their own', async () => {
        const { errors } = await api.ask('{ mySecrets { email } }', {
            authorization: await api.as('nimbrey'),
        })
        expect(errors).toEqual([])
    })
})

async function startPooler(folder: string, direct: URL, port: number): Promise<ChildProcess> {
    chmodSync(folder, 0o755)
    const file = join(folder, 'pgbouncer.ini')
    const to = `host=${direct.hostname} port=${direct.port} user=${direct.username} password=${direct.password}`
    const root = userInfo().uid === 0
    writeFileSync(
        file,
        [
            `[databases]\n* = ${to}\n[pgbouncer]`,
            `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
            'auth_type = any\npool_mode = transaction\ndefault_pool_size = 2\nmax_client_conn = 100',
            ...(root ? ['user = nobody'] : []),
        ].join('\n'),
    )
    const started = spawn('pgbouncer', ['--quiet', file], { stdio: 'ignore' })
    for (let tries = 0; tries < 100; tries += 1) {
        const socket = createConnection(port, '127.0.0.1')
        const answers = await Promise.race([
            once(socket, 'connect').then(() => true),
            once(socket, 'error').then(() => false),
        ]).catch(() => false)
        socket.destroy()
        if (answers) return started
        await sleep(50)
    }
    throw new Error('pgbouncer does not start.')
}
