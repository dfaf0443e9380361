// What is seen and done through the API is what the database allows; what it refuses, it refuses in its own words.

import { expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

const nothing = '00000000-0000-7000-8000-000000000000'

const askActsFor = `{ actsFor(personId: "${nothing}") }`

/** Stands in for a function with a fault. */
async function letActsFor(body: string): Promise<void> {
    await api.sql(`create or replace function core.acts_for(person_id uuid) returns boolean language plpgsql stable
        as $$ begin ${body}; end $$; grant execute on function core.acts_for to anon`)
}

const names = (connection: { nodes: { name: string }[] }): string[] =>
    connection.nodes.map(({ name }) => name).sort()

test('nobody sees what is public, and nothing else', async () => {
    const { data } = await api.ask(`{
        organizations { nodes { name } }
        scopes { nodes { name } }
    }`)
    expect(names(data.organizations)).toEqual(['Saltmarsh Commons'])
    expect(names(data.scopes)).toEqual(['Living Shore', 'Reedbank', 'Saltmarsh Commons'])
})

test.each(['people', 'memberships', 'invitations', 'apiKeys', 'identities', 'sanctions', 'legalHolds'])(
    'nobody may ask for %s at all',
    async (field) => {
        const { data, errors } = await api.ask(`{ ${field} { totalCount } }`)
        expect(data[field]).toBeNull()
        expect(errors[0]?.extensions.code).toBe('42501')
    },
)

test('a member of one organization sees nothing of another', async () => {
    const question = `{
        organizations { nodes { name } }
        people { nodes { displayName } }
        memberships { nodes { scope { slug } } }
    }`
    const { data } = await api.ask(question, { authorization: await api.as('tavindel') })
    expect(data.people.nodes.map((person: { displayName: string }) => person.displayName).sort()).toEqual([
        'Soreth',
        'Tavindel',
    ])
    expect(names(data.organizations)).toEqual(['Highfell Story House', 'Saltmarsh Commons'])
    for (const { scope } of data.memberships.nodes) expect(scope.slug).toBe('cinder-hollow')
})

test('asking for a row of another organization by its keys gives nothing', async () => {
    const [other] = await api.sql<{ tenant_id: string; id: string; person_id: string }>(
        "select tenant_id, id, person_id from core.memberships where scope_id = (select id from core.scopes where slug = 'lanternfield')",
    )
    const { data } = await api.ask(
        `query ($tenantId: UUID!, $id: UUID!, $personId: UUID!) {
            membership(tenantId: $tenantId, id: $id) { id }
            person(id: $personId) { id }
        }`,
        {
            authorization: await api.as('tavindel'),
            variables: { tenantId: other?.tenant_id, id: other?.id, personId: other?.person_id },
        },
    )
    expect(data).toEqual({ membership: null, person: null })
})

test.each([
    ['a refusal of ours', 'EL004', 'register(input: { displayName: "Again" })'],
    ['a duplicate', '23505', 'createOrganization(input: { slug: "saltmarsh", name: "Again" })'],
    ['a value outside its check', '23514', 'createOrganization(input: { slug: "Not A Slug", name: "X" })'],
    ['what is not there', 'P0002', `leave(input: { scopeId: "${nothing}" })`],
    ['what may not be done', '42501', `archiveScope(input: { scopeId: "${nothing}" })`],
])('%s is told with its code', async (_what, code, mutation) => {
    const { errors } = await api.ask(`mutation { ${mutation} { clientMutationId } }`, {
        authorization: await api.as('nimbrey'),
    })
    expect(errors).toHaveLength(1)
    expect(errors[0]?.extensions.code).toBe(code)
    expect(errors[0]?.extensions.hint).toMatch(code.startsWith('235') ? /^look at: slug$/ : /\w/)
    expect(JSON.stringify(errors)).not.toMatch(/detail|Key \(|Failing row|relation|table|constraint/)
})

test('a hint of the database is passed on', async () => {
    const { errors } = await api.ask(
        'mutation { register(input: { displayName: "Again" }) { clientMutationId } }',
        {
            authorization: await api.as('nimbrey'),
        },
    )
    expect(errors[0]).toMatchObject({
        message: 'you are registered already',
        extensions: { hint: 'ask for your profile' },
    })
})

test('every statement has a time limit', async () => {
    await letActsFor("return current_setting('statement_timeout') = '10s'")
    expect((await api.ask(askActsFor)).data).toEqual({ actsFor: true })
})

test.each([
    ['57014', '57014', 'this took too long and was stopped'],
    ['23503', '23503', 'something that this refers to does not exist'],
    ['22P02', '22P02', 'a value does not have the form that is expected here'],
    ['40P01', '40P01', 'somebody else was changing this just now'],
    ['53300', 'UNAVAILABLE', 'the database cannot be reached at present'],
    ['42P01', 'INTERNAL', 'something went wrong here'],
    ['XX000', 'INTERNAL', 'something went wrong here'],
])('%s is told as %s, without what the database said', async (raised, code, message) => {
    await letActsFor(
        `raise exception using errcode = '${raised}', message = 'of a table', detail = 'of a row', hint = 'so'`,
    )
    const { errors } = await api.ask(askActsFor)
    expect(errors[0]).toMatchObject({ message, extensions: { code } })
    expect(JSON.stringify(errors)).not.toMatch(/of a (table|row)/)
})

test('what is masked has an id, by which the log has it', async () => {
    await letActsFor("raise exception 'not foreseen'")
    const { errors } = await api.ask(askActsFor)
    expect(errors[0]?.extensions).toMatchObject({ errorId: expect.stringMatching(/^[0-9a-f]{12}$/) })
})

test('a mutation that answers nothing can be used, and what follows it is read anew', async () => {
    const { data, errors } = await api.ask(
        `mutation ($id: UUID!) {
            leave(input: { scopeId: $id, clientMutationId: "mine" }) {
                clientMutationId
                query { me { memberships { nodes { status } } } }
            }
        }`,
        {
            authorization: await api.as('tavindel'),
            variables: {
                id: (
                    await api.sql<{ id: string }>("select id from core.scopes where slug = 'cinder-hollow'")
                )[0]?.id,
            },
        },
    )
    expect(errors).toEqual([])
    expect(data.leave).toEqual({
        clientMutationId: 'mine',
        query: { me: { memberships: { nodes: [{ status: 'left' }] } } },
    })
})

test('a query cannot write, whatever it calls', async () => {
    await api.sql(`create or replace function core.project_of_host(host text) returns uuid language plpgsql volatile
        security definer as $$ begin delete from core.identities; return null; end $$`)
    const { errors } = await api.ask('{ projectOfHost(host: "x.example") }')
    expect(errors[0]?.extensions.code).toBe('25006')
})
