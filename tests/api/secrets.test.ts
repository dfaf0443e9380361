// What people keep secret is opened for them alone, and neither it nor any key is in the server's log.

import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { withClient } from '../../scripts/lib/db.ts'
import { type TestApi, useApi } from '../support/api.ts'
import { adminUrl } from '../support/database.ts'

const everyLoggingOption: Record<string, string> = {
    log_statement: 'all',
    log_duration: 'on',
    log_min_duration_statement: '0',
    log_min_messages: 'debug5',
    log_min_error_statement: 'debug5',
    log_error_verbosity: 'verbose',
    log_parameter_max_length: '-1',
    log_parameter_max_length_on_error: '-1',
    log_transaction_sample_rate: '1',
    log_lock_waits: 'on',
    log_executor_stats: 'on',
    debug_print_parse: 'on',
    debug_print_rewritten: 'on',
    debug_print_plan: 'on',
    debug_pretty_print: 'on',
}

const optionsOfTheServer = ['log_connections', 'log_disconnections', 'log_replication_commands']

let logFile = ''
let logStart = 0

// Settings of the database hold for every session in it, unless its role says otherwise: as the server's own would.
const api = useApi(async (client) => {
    for (const [name, value] of Object.entries(everyLoggingOption)) {
        await client.query(
            `alter database ${client.escapeIdentifier(client.database ?? '')} set ${name} = ${client.escapeLiteral(value)}`,
        )
    }
    for (const name of optionsOfTheServer) await client.query(`alter system set ${name} = on`)
    await client.query('select pg_reload_conf()')
    const { rows } = await client.query<{ directory: string }>(
        "select current_setting('data_directory') as directory",
    )
    logFile = join(dirname(rows[0]?.directory ?? ''), 'server.log')
    logStart = statSync(logFile).size
})

afterAll(() =>
    withClient(adminUrl(), async (client) => {
        for (const name of optionsOfTheServer) await client.query(`alter system reset ${name}`)
        await client.query('select pg_reload_conf()')
    }),
)

const write = `mutation ($field: SecretField!, $value: String, $personId: UUID) {
    writeSecret(input: { field: $field, value: $value, personId: $personId }) {
        secrets { email phone legalName }
    }
}`
const read = 'query ($personId: UUID) { mySecrets(personId: $personId) { email phone legalName } }'

const secrets = {
    email: 'nimbrey.secret@example.org',
    phone: '+999 555 0142',
    legalName: 'Nimbreya Underlegal',
}

test('what a person keeps secret, they read back', async () => {
    const authorization = await api.as('nimbrey')
    expect((await api.ask(read, { authorization })).data.mySecrets).toEqual({
        email: null,
        phone: null,
        legalName: null,
    })
    for (const [field, value] of [
        ['email', secrets.email],
        ['phone', secrets.phone],
        ['legal_name', secrets.legalName],
    ]) {
        expect((await api.ask(write, { authorization, variables: { field, value } })).errors).toEqual([])
    }
    expect((await api.ask(read, { authorization })).data.mySecrets).toEqual(secrets)
})

test('null clears a secret', async () => {
    const authorization = await api.as('havren')
    await api.ask(write, { authorization, variables: { field: 'phone', value: secrets.phone } })
    const { data } = await api.ask(write, { authorization, variables: { field: 'phone', value: null } })
    expect(data.writeSecret.secrets.phone).toBeNull()
})

test('a guardian opens what belongs to their ward, and nobody else does', async () => {
    const personId = await personCalled('Pell')
    const guardian = { authorization: await api.as('nimbrey'), variables: { personId } }
    const kept = await api.ask(write, {
        ...guardian,
        variables: { personId, field: 'phone', value: secrets.phone },
    })
    expect(kept.errors).toEqual([])
    expect((await api.ask(read, guardian)).data.mySecrets.phone).toBe(secrets.phone)
    for (const name of ['quessa', 'ilvane', 'soreth']) {
        const { data, errors } = await api.ask(read, {
            authorization: await api.as(name),
            variables: { personId },
        })
        expect(data.mySecrets).toEqual({ email: null, phone: null, legalName: null })
        expect(errors.map(({ extensions }) => extensions.code)).toEqual(['42501', '42501', '42501'])
    }
})

test('nobody has no secrets and reads none', async () => {
    const { errors } = await api.ask(read, { variables: { personId: await personCalled('Nimbrey') } })
    expect(errors[0]?.extensions.code).toBe('42501')
})

test('an email address tells nothing of whose it is, and has the form of one', async () => {
    const authorization = await api.as('ambrel')
    const ask = (value: string) => api.ask(write, { authorization, variables: { field: 'email', value } })
    expect((await ask(secrets.email)).errors).toEqual([])
    expect((await ask('nowhere')).errors[0]?.extensions.code).toBe('23514')
})

test('in the tables there is nothing to read', async () => {
    const [row] = await api.sql<{ text: string }>(
        'select string_agg(s::text, chr(10)) as text from core.person_secrets s',
    )
    expect(row?.text).toContain('\\x')
    for (const form of Object.values(secrets).flatMap(formsOf)) expect(row?.text).not.toContain(form)
})

test('with every logging option on, no key, token or secret is in the log of the server', async () => {
    const tokens = await useEveryToken(api)
    const logged = readFileSync(logFile).subarray(logStart).toString('latin1')
    // That there is a log, and that it holds what was not secret.
    expect(logged).toContain('core.admitted_in_the_clear')
    expect(logged).toContain('authenticate_api_key')
    for (const [name, value] of Object.entries({ kek: api.kek, ...secrets, ...tokens })) {
        for (const form of formsOf(value))
            expect(logged.includes(form), `${name} as ${form.slice(0, 8)}…`).toBe(false)
    }
})

test('what somebody wrote is not in it either, where a constraint refuses it', async () => {
    const [place] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    const words = 'Said to nobody but you'
    const { errors } = await api.ask(
        `mutation ($scope: UUID!, $title: String!, $summary: String!) {
            createNote(input: { scopeId: $scope, title: $title, summary: $summary, body: {} }) { result }
        }`,
        {
            authorization: await api.as('nimbrey'),
            variables: { scope: place?.id, title: 'x'.repeat(1000), summary: words },
        },
    )
    expect(errors[0]?.extensions.code).toBe('23514')
    const logged = readFileSync(logFile).subarray(logStart).toString('latin1')
    expect(logged).toContain('works_title_check')
    expect(logged).not.toContain(words)
})

async function personCalled(name: string): Promise<string | undefined> {
    return (await api.sql<{ id: string }>('select id from core.people where display_name = $1', [name]))[0]
        ?.id
}

/** Lets every kind of token and key pass through the server once. */
async function useEveryToken(api: TestApi): Promise<Record<string, string>> {
    const authorization = await api.as('quessa')
    const [scope] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    await api.sql("select 'core.admitted_in_the_clear'")
    const variables = { scopeId: scope?.id }
    const invited = await api.ask(
        'mutation ($scopeId: UUID!) { invite(input: { scopeId: $scopeId }) { result } }',
        {
            authorization,
            variables,
        },
    )
    const invitation: string = invited.data.invite.result
    const bound = await api.ask(
        'mutation ($token: String!, $email: String!) { bindInvitation(input: { token: $token, email: $email }) { query { __typename } } }',
        {
            authorization,
            variables: { token: invitation, email: 'invited@example.org' },
        },
    )
    expect(bound.errors).toEqual([])
    const accept = 'mutation ($token: String!) { acceptInvitation(input: { token: $token }) { result } }'
    await api.ask(accept, { authorization: await api.as('tavindel'), variables: { token: invitation } })
    const made = await api.ask(
        'mutation ($scopeId: UUID!) { createApiKey(input: { scopeId: $scopeId, name: "Log", permissions: [] }) { result } }',
        { authorization, variables },
    )
    const apiKey: string = made.data.createApiKey.result
    const used = await api.ask('{ scopes { totalCount } }', { authorization: `Bearer ${apiKey}` })
    expect(used.status).toBe(200)
    return {
        apiKey,
        invitation: invitation.split('.')[1] ?? '',
        email: 'invited@example.org',
        jwt: authorization.slice('Bearer '.length),
        jwtSecret: api.rules.secret,
    }
}

/** As text, in hexadecimal digits, and as a plan that is printed shows bytes. */
function formsOf(value: string): string[] {
    const bytes = Buffer.from(value)
    return [value, bytes.toString('hex'), bytes.toString('base64'), [...bytes].join(' ')]
}
