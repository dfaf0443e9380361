// Secrets, from the outside: what the API server's own login cannot do, beside a keyholder that is at work. What needs
// a connection of its own to be tried is tried here, the rest in secrets.test.sql.

import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'

const kek = randomBytes(32).toString('hex')
const email = 'ann@example.org'
const refused = '42501'

let database: TestDatabase
let keyholder: pg.Client
let authenticator: pg.Client
let superuser: string

beforeAll(async () => {
    database = await freshDatabase()
    superuser = await withClient(database.url, async (client) => {
        await client.query(`insert into core.people (display_name) values ('Ann')`)
        const { rows } = await client.query<{ name: string }>('select session_user as name')
        return rows[0]?.name ?? ''
    })
    keyholder = await login('empathy_keyholder', `-c empathy.kek=${kek}`)
    await keyholder.query('begin')
    await keyholder.query(`select set_config('request.jwt.claims', '{"role": "service_role"}', true)`)
    await withClient(database.url, async (client) => {
        const { rows } = await client.query<{ id: string }>(
            `select id from core.people where display_name = 'Ann'`,
        )
        await keyholder.query(`select core.write_secret($1, 'email', $2)`, [rows[0]?.id, email])
    })
    await keyholder.query('commit')
    await keyholder.query(`select '${email}'`)
    authenticator = await login('authenticator')
})

afterAll(async () => {
    await keyholder.end()
    await authenticator.end()
    await database.drop()
})

async function login(role: string, options?: string): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: await loginUrl(database.url, role), options })
    await client.connect()
    return client
}

/** How a statement ends for the API server's login: the code of the error, or the rows. */
async function attempt(statement: string): Promise<unknown> {
    await authenticator.query('reset role')
    try {
        return (await authenticator.query(statement)).rows
    } catch (error) {
        return error instanceof pg.DatabaseError ? error.code : String(error)
    }
}

const as = (role: string, statement: string): Promise<unknown> =>
    attempt(`begin; set local role ${role}; ${statement}; commit`).finally(() =>
        authenticator.query('rollback'),
    )

test('the secret is there to be found', async () => {
    const { rows } = await withClient(database.url, (client) =>
        client.query('select count(*)::int as held from core.person_secrets'),
    )
    expect(rows).toEqual([{ held: 1 }])
})

describe('becoming somebody else', () => {
    test.each(['empathy_keyholder', 'empathy_owner', 'empathy_auditor', 'pg_read_all_data', 'pg_monitor'])(
        'set role %s is refused',
        async (role) => {
            expect(await attempt(`set role ${role}`)).toBe(refused)
            expect(await as('authenticated', `set role ${role}`)).toBe(refused)
            expect(await as('service_role', `set role ${role}`)).toBe(refused)
        },
    )

    test('so is any session authorization but its own', async () => {
        for (const role of [superuser, 'empathy_keyholder', 'empathy_owner', 'authenticated']) {
            expect(await attempt(`set session authorization "${role}"`), role).toBe(refused)
        }
    })

    test('so is a role asked for while connecting', async () => {
        await expect(login('authenticator', '-c role=empathy_keyholder')).rejects.toMatchObject({
            code: refused,
        })
        await expect(login('authenticator', `-c session_authorization=${superuser}`)).rejects.toThrow()
    })

    test('going back from a role leads to the login, which may nothing', async () => {
        for (const table of ['person_secrets', 'person_keys', 'instance_keys', 'people', 'memberships']) {
            expect(await as('authenticated', `reset role; select * from core.${table}`), table).toBe(refused)
            expect(await as('authenticated', `set role none; select * from core.${table}`), table).toBe(
                refused,
            )
        }
    })
})

describe('looking over the shoulder of the keyholder', () => {
    test.each(['authenticator', 'anon', 'authenticated', 'service_role'])(
        '%s sees nothing of it',
        async (role) => {
            const seen = await authenticator.query(
                `begin; ${role === 'authenticator' ? '' : `set local role ${role};`}
            select * from pg_stat_activity where usename = 'empathy_keyholder'; commit`,
            )
            const text = JSON.stringify(seen)
            expect(text).toContain('empathy_keyholder')
            expect(text).not.toContain(email)
            expect(text).not.toContain(kek)
        },
    )

    test('its key is no setting of anybody else', async () => {
        expect(await attempt('show empathy.kek')).toBe('42704')
        expect(await attempt(`select current_setting('empathy.kek', true) as kek`)).toEqual([{ kek: null }])
        expect(await attempt(`select name from pg_settings where setting ~ '[0-9a-f]{64}'`)).toEqual([])
        expect(await attempt(`select * from pg_db_role_setting where setconfig::text like '%kek%'`)).toEqual(
            [],
        )
    })

    test('it cannot be stopped, nor made to talk', async () => {
        const others = `from pg_stat_activity where usename = 'empathy_keyholder'`
        expect(await attempt(`select pg_terminate_backend(pid) ${others}`)).toBe(refused)
        expect(await attempt(`select pg_cancel_backend(pid) ${others}`)).toBe(refused)
        expect(await attempt(`select pg_log_backend_memory_contexts(pid) ${others}`)).toBe(refused)
        expect(await attempt(`alter role empathy_keyholder set log_statement = 'all'`)).toBe(refused)
        expect(await attempt(`alter role empathy_keyholder password 'known'`)).toBe(refused)
        expect(await attempt(`alter system set log_statement = 'all'`)).toBe(refused)
        expect(await attempt(`alter database "${database.name}" set log_statement = 'all'`)).toBe(refused)
        expect(await attempt('select pg_reload_conf()')).toBe(refused)
    })
})

describe('carrying it out', () => {
    test.each([
        'copy core.person_secrets to stdout',
        'copy (select * from core.person_secrets) to stdout',
        'copy core.person_secrets from stdin',
        'prepare peek as select * from core.person_secrets; execute peek',
        'begin; declare peek cursor for select * from core.person_secrets; fetch all from peek; commit',
        'explain (analyze, verbose) select * from core.person_secrets',
    ])('%s is refused', async (statement) => {
        for (const role of ['anon', 'authenticated', 'service_role']) {
            await authenticator.query(`set role ${role}`)
            await expect(authenticator.query(statement), role).rejects.toMatchObject({ code: refused })
            await authenticator.query('rollback; deallocate all; reset role')
        }
    })
})
