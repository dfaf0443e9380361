// The embedded Postgres through `db`, `db-stop` and `fresh`: what a person or an accident can do to it.

import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { freePort, type Home, newHome } from '../support/cli.ts'

let home: Home
let url: string

beforeAll(async () => {
    home = await newHome()
    // What an interrupted first start leaves behind must not be in the way.
    mkdirSync(join(home.runtimeDir, 'pg18.new/data'), { recursive: true })
    url = (await home.run(['db'])).lastLine
})

afterAll(() => home.remove())

const inData = (name: string): string => join(home.runtimeDir, 'pg18/data', name)

const postmasterPid = (): number => Number(readFileSync(inData('postmaster.pid'), 'utf8').split('\n')[0])

async function ask(sql: string, at = url): Promise<string> {
    const { rows } = await withClient(at, (client) => client.query<Record<string, unknown>>(sql))
    return String(Object.values(rows[0] ?? {})[0])
}

test('the last line of `db` is a URL that answers', async () => {
    expect(await ask('select current_database()')).toBe('empathy')
    expect(await ask('show server_version_num')).toMatch(/^18/)
})

test('it listens on the loopback address only, behind a generated password', async () => {
    expect(await ask('show listen_addresses')).toBe('127.0.0.1')
    expect(await ask('show unix_socket_directories')).toBe('')
    expect(statSync(join(home.runtimeDir, 'pg18/password')).mode & 0o777).toBe(0o600)
    await expect(ask('select 1', url.replace(/:[^:@]+@/, ':guess@'))).rejects.toThrow(
        /refuses to let empathy in/,
    )
})

test('a second start finds the first', async () => {
    const { stdout, lastLine } = await home.run(['db'])
    expect(stdout).toContain('already running')
    expect(lastLine).toBe(url)
})

describe('what was committed is there again', () => {
    const rows = () => ask('select count(*) from kept')

    beforeAll(async () => {
        await ask('create table kept as select generate_series(1, 1000) as n')
    })

    test('after a stop', async () => {
        expect((await home.run(['db-stop'])).stdout).toContain('stopped')
        expect((await home.run(['db-stop'])).stdout).toContain('was not running')
        url = (await home.run(['db'])).lastLine
        expect(await rows()).toBe('1000')
    })

    test('after kill -9', async () => {
        await ask('insert into kept select generate_series(1, 1000)')
        process.kill(postmasterPid(), 'SIGKILL')
        const { code, lastLine } = await home.run(['db'])
        expect(code).toBe(0)
        url = lastLine
        expect(await rows()).toBe('2000')
    })

    test('after kill -9, when another process has the pid by now', async () => {
        process.kill(postmasterPid(), 'SIGKILL')
        const lines = readFileSync(inData('postmaster.pid'), 'utf8').split('\n')
        writeFileSync(inData('postmaster.pid'), [process.pid, ...lines.slice(1)].join('\n'))
        const { code, lastLine } = await home.run(['db'])
        expect(code).toBe(0)
        url = lastLine
        expect(await rows()).toBe('2000')
    })
})

describe('a port that is in use', () => {
    test('is said so, and the next free one is taken', async () => {
        await home.run(['db-stop'])
        const taken = Number(readFileSync(join(home.runtimeDir, 'pg18/port'), 'utf8'))
        const other = createServer().listen(taken, '127.0.0.1')
        const { stderr, lastLine } = await home.run(['db'], { EMPATHY_DB_PORT: '' })
        other.close()
        url = lastLine
        expect(stderr).toContain(`Port ${taken} is in use by another process`)
        expect(Number(new URL(url).port)).toBeGreaterThan(taken)
        expect(await ask('select 1')).toBe('1')
    })

    test('is refused when it was asked for by name', async () => {
        await home.run(['db-stop'])
        const port = await freePort()
        const other = createServer().listen(port, '127.0.0.1')
        const { code, stderr } = await home.run(['db'], { EMPATHY_DB_PORT: String(port) })
        other.close()
        expect(code).toBe(1)
        expect(stderr).toContain(`Port ${port} is in use`)
        expect(stderr).toContain('EMPATHY_DB_PORT')
    })
})

test('data of another version is left alone and named', async () => {
    await home.run(['db-stop'])
    writeFileSync(inData('PG_VERSION'), '14\n')
    const { code, stderr } = await home.run(['db'])
    writeFileSync(inData('PG_VERSION'), '18\n')
    expect(code).toBe(1)
    expect(stderr).toMatch(/holds the data of Postgres 14, and the embedded server is 18/)
    expect(stderr).not.toMatch(/^ +at /m)
})

test('when it does not start, the reason and the log are named', async () => {
    await home.run(['db-stop'])
    const settings = readFileSync(inData('postgresql.conf'), 'utf8')
    writeFileSync(inData('postgresql.conf'), `${settings}\nno_such_setting = on\n`)
    const { code, stderr } = await home.run(['db'])
    writeFileSync(inData('postgresql.conf'), settings)
    expect(code).toBe(1)
    expect(stderr).toContain('The embedded Postgres does not start')
    expect(stderr).toContain('server.log')
})

describe('fresh', () => {
    test('makes a migrated database and prints its URL last', async () => {
        const { code, lastLine } = await home.run(['fresh', 'another_world'])
        expect(code).toBe(0)
        expect(await ask('select current_database()', lastLine)).toBe('another_world')
        expect(await ask(`select to_regclass('core.organizations')`, lastLine)).toBe('core.organizations')
    })

    test('refuses a name that is taken', async () => {
        const { code, stderr } = await home.run(['fresh'], { NAME: 'another_world' })
        expect(code).toBe(1)
        expect(stderr).toContain('There is a database another_world already')
    })

    test.each(['', '1st', 'Big', 'a b', 'x; drop database empathy', "o'clock", 'x'.repeat(64)])(
        'refuses "%s" as a name',
        async (name) => {
            const { code, stdout } = await home.run(['fresh'], { NAME: name })
            expect(code).toBe(2)
            expect(stdout).toBe('')
        },
    )
})

describe('a disk that is full', () => {
    const disk = mkdtempSync(join(tmpdir(), 'empathy-disk-'))
    const mount = (...args: string[]) => spawnSync('mount', args, { stdio: 'ignore' }).status === 0
    // Only root may mount, and not in every container.
    const mounted = mount('-t', 'tmpfs', '-o', 'size=20m', 'tmpfs', disk)

    afterAll(() => {
        if (mounted) spawnSync('umount', [disk])
        rmSync(disk, { recursive: true, force: true })
    })

    test.skipIf(!mounted)('is said so in a line, and with more space it starts', async () => {
        const environment = { EMPATHY_RUNTIME_DIR: disk, EMPATHY_DB_PORT: String(await freePort()) }
        const first = await home.run(['db'], environment)
        expect(first.code).toBe(1)
        expect(first.stderr).toContain('the disk is full')
        mount('-o', 'remount,size=200m', disk)
        const second = await home.run(['db'], environment)
        expect(second.code).toBe(0)

        writeFileSync(join(disk, 'pg18/large'), Buffer.alloc(100_000_000))
        try {
            while (true) writeFileSync(join(disk, 'pg18/small'), Buffer.alloc(4096), { flag: 'a' })
        } catch {
            // Now it is full to the last block.
        }
        const third = await home.run(['db'], environment)
        expect(third.stderr).toContain('The disk is full')
        rmSync(join(disk, 'pg18/large'))
        expect((await home.run(['db-stop'], environment)).code).toBe(0)
    })
})

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to is named', async () => {
    const sealed = join(home.runtimeDir, 'sealed')
    mkdirSync(sealed)
    chmodSync(sealed, 0o500)
    const { code, stderr } = await home.run(['db'], { EMPATHY_RUNTIME_DIR: sealed })
    expect(code).toBe(1)
    expect(stderr).toContain(`Cannot write to ${sealed}`)
})
