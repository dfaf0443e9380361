// The ledger, as an app asks for it: what somebody has, gives and sets aside, and what their stories brought in.

import { expect, test } from 'vitest'
import { useApi } from '../support/api.ts'

const api = useApi()

const ask = async (name: string, query: string, variables = {}) => {
    const { data, errors } = await api.ask(query, { authorization: await api.as(name), variables })
    return { data, refusal: errors?.[0]?.extensions.code }
}

const mine = `{
  accounts(filter: { systemKey: { isNull: true } }) {
    nodes {
      id asset person { displayName } balance { balance pendingIn pendingOut entries }
      entries { nodes { amount transfer { kind state reason } } }
    }
  }
}`

test('somebody sees what they have, what is set aside of it, and where it came from', async () => {
    const { data } = await ask('nimbrey', mine)
    const hours = data.accounts.nodes.find(({ asset }: { asset: string }) => asset === 'HOURS')
    expect(hours).toMatchObject({
        person: { displayName: 'Nimbrey' },
        balance: { balance: '10', pendingIn: '0', pendingOut: '3', entries: '2' },
        entries: {
            nodes: [
                { amount: '10', transfer: { kind: 'promise', state: 'posted' } },
                { amount: '0', transfer: { kind: 'bounty', state: 'pending' } },
            ],
        },
    })
})

test('they give what is theirs, once for each key, and no more than is free', async () => {
    const accountOf = async (name: string): Promise<string> =>
        (await ask(name, mine)).data.accounts.nodes.find(
            ({ asset, person }: { asset: string; person: object | null }) => asset === 'HOURS' && person,
        ).id
    const [from, to] = [await accountOf('nimbrey'), await accountOf('quessa')]
    const give = (name: string, key: string, amount: number) =>
        ask(
            name,
            `mutation ($key: String!, $legs: [LegInput!]!) {
              makeTransfer(input: { idempotencyKey: $key, kind: "gift", legs: $legs }) { result }
            }`,
            {
                key,
                legs: [
                    { accountId: from, amount: `${-amount}` },
                    { accountId: to, amount: `${amount}` },
                ],
            },
        )
    const first = await give('nimbrey', 'thanks', 2)
    expect(first.data.makeTransfer.result).toMatch(/^[0-9a-f-]{36}$/)
    expect((await give('nimbrey', 'thanks', 2)).data).toEqual(first.data)
    expect((await give('nimbrey', 'thanks', 1)).refusal).toBe('EL132')
    expect((await give('nimbrey', 'all of it', 8)).refusal).toBe('EL131')
    expect((await give('quessa', 'hers', 1)).refusal).toBe('42501')
    const day = `query ($id: UUID!) {
      balanceOn(accountId: $id, day: "2999-12-31")
      statement(accountId: $id, fromDay: "2000-01-01", untilDay: "2999-12-31") { nodes { kind amount balance } }
    }`
    expect((await ask('nimbrey', day, { id: from })).data).toEqual({
        balanceOn: '8',
        statement: {
            nodes: [
                { kind: 'promise', amount: '10', balance: '10' },
                { kind: 'gift', amount: '-2', balance: '8' },
            ],
        },
    })
    expect((await ask('quessa', day, { id: from })).data.balanceOn).toBeNull()
})

test('a teller sees what a story brought in; the community, how it is to be shared', async () => {
    const dashboard = `{ storytellerDashboards { nodes { title valueGenerated { asset amount } } } }`
    const { data } = await ask('nimbrey', dashboard)
    const told = new Map(
        data.storytellerDashboards.nodes.map(
            ({ title, valueGenerated }: { title: string; valueGenerated: object[] }) => [
                title,
                valueGenerated,
            ],
        ),
    )
    expect(told.get('The tide wall')).toEqual([{ asset: 'EUR', amount: '24000' }])
    expect([...told.values()].filter((value) => (value as object[]).length > 0)).toHaveLength(1)
    const shared = `{
      distributions {
        nodes {
          amount model transferId decision { outcome process poll { question } } event { kind metrics }
          recipients { nodes { amount person { displayName } scope { name } } }
        }
      }
    }`
    const { nodes } = (await ask('quessa', shared)).data.distributions
    expect(nodes).toMatchObject([
        {
            amount: '24000',
            model: 'equal',
            transferId: null,
            event: { kind: 'licence', metrics: { minutes: 4 } },
        },
    ])
    expect(nodes[0].decision).toMatchObject({ outcome: null, process: 'elder_council' })
    expect(
        Object.fromEntries(
            nodes[0].recipients.nodes.map(
                (one: { amount: string; person?: { displayName: string }; scope?: { name: string } }) => [
                    one.person?.displayName ?? one.scope?.name,
                    one.amount,
                ],
            ),
        ),
    ).toEqual({ Nimbrey: '18000', Reedbank: '6000' })
    expect((await ask('soreth', shared)).data.distributions.nodes).toEqual([])
})
