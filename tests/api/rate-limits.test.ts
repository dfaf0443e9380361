// How often somebody may ask, and how many connections to the database they hold while they do: so that nobody keeps
// others from being answered.

import type { IncomingMessage } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Refusal } from '../../scripts/lib/api/refusal.ts'
import type { Claims } from '../../scripts/lib/api/session.ts'
import { Shares } from '../../scripts/lib/api/shares.ts'
import { Visitors } from '../../scripts/lib/api/visitors.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { useApi } from '../support/api.ts'

const minute = 60_000
const nobody: Claims = { role: 'anon' }
const ada: Claims = { role: 'authenticated', iss: 'https://id.example', sub: 'ada' }

/** Comes from an address, perhaps by way of proxies. */
const from = (remoteAddress: string, forwarded?: string) =>
    ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

/** A door with small limits, at which time stands still. */
function door({ trustProxy = false } = {}) {
    let now = 0
    const visitors = new Visitors({ signedInPerMinute: 3, nobodyPerMinute: 2 }, trustProxy, () => now)
    return {
        visitors,
        wait: (milliseconds: number) => {
            now += milliseconds
        },
        /** How many of ten requests are let in. */
        letIn: async (claims: Claims, request = from('192.0.2.1')) => {
            let count = 0
            for (let n = 0; n < 10; n++) {
                count += await visitors
                    .admit(request, async () => claims)
                    .then(
                        () => 1,
                        () => 0,
                    )
            }
            return count
        },
    }
}

const none = async (): Promise<Claims> => {
    throw new Refusal(401, 'TOKEN_INVALID', 'no')
}

test('nobody is counted by address, and a person as themselves, wherever they are', async () => {
    const { letIn } = door()
    expect(await letIn(nobody)).toBe(2)
    expect(await letIn(nobody, from('192.0.2.2'))).toBe(2)
    expect(await letIn(ada)).toBe(3)
    expect(await letIn(ada, from('192.0.2.3'))).toBe(0)
    expect(await letIn({ ...ada, iss: 'https://other.example' })).toBe(3)
    expect(await letIn({ ...ada, person: '00000000-0000-7000-8000-000000000000' })).toBe(3)
})

test('a token that names nobody is nobody’s', async () => {
    const { letIn } = door()
    expect(await letIn(nobody)).toBe(2)
    expect(await letIn({ role: 'anon', sub: 'ada' })).toBe(0)
    expect(await letIn({ role: 'authenticated' })).toBe(0)
})

test('keys are counted by the database, and servers are not', async () => {
    const { letIn } = door()
    expect(await letIn({ role: 'authenticated', api_key: 'a' })).toBe(10)
    expect(await letIn({ role: 'service_role' })).toBe(10)
})

test('with the next minute all begins anew, and until then it is told how long that is', async () => {
    const { letIn, visitors, wait } = door()
    wait(minute - 1_500)
    expect(await letIn(nobody)).toBe(2)
    await expect(visitors.admit(from('192.0.2.1'), async () => nobody)).rejects.toMatchObject({
        statusCode: 429,
        headers: { 'retry-after': '2' },
        extensions: { code: 'RATE_LIMITED', hint: 'try again in 2 s' },
    })
    wait(1_500)
    expect(await letIn(nobody)).toBe(2)
})

test('credentials that are none are looked at so many times, then not even if they are some', async () => {
    const { visitors, wait } = door()
    let looked = 0
    const look = () => {
        looked += 1
        return none()
    }
    for (let n = 0; n < 5; n++) await visitors.admit(from('192.0.2.1'), look).catch(() => undefined)
    expect(looked).toBe(2)
    await expect(visitors.admit(from('192.0.2.1'), async () => ada)).rejects.toThrow(/in this minute/)
    await visitors.admit(from('192.0.2.2'), async () => ada)
    wait(minute)
    await visitors.admit(from('192.0.2.1'), async () => ada)
})

test('work counts as the requests that it is worth, for keys, too', async () => {
    const { letIn, visitors } = door()
    const { caller } = await visitors.admit(from('192.0.2.1'), async () => ada)
    visitors.charge(caller, 2)
    expect(await letIn(ada)).toBe(0)
    const key = { role: 'authenticated', api_key: 'a' } as const
    visitors.charge((await visitors.admit(from('192.0.2.1'), async () => key)).caller, 3)
    expect(await letIn(key)).toBe(0)
})

test('what comes over a socket counts as what comes by itself', async () => {
    const { letIn, visitors } = door()
    const visitor = await visitors.admit(from('192.0.2.1'), async () => ada)
    visitors.again(visitor)
    visitors.again(visitor)
    expect(() => visitors.again(visitor)).toThrow(/in this minute/)
    expect(await letIn(ada)).toBe(0)
    const server = await visitors.admit(from('192.0.2.1'), async () => ({ role: 'service_role' }))
    for (let n = 0; n < 10; n++) visitors.again(server)
})

test('an address is what a trusted proxy says, and nothing that anybody can write', async () => {
    const direct = door()
    expect(await direct.letIn(nobody, from('192.0.2.1', '198.51.100.1'))).toBe(2)
    expect(await direct.letIn(nobody, from('192.0.2.1', '198.51.100.2'))).toBe(0)
    const behind = door({ trustProxy: true })
    expect(await behind.letIn(nobody, from('127.0.0.1', '203.0.113.9, 198.51.100.1'))).toBe(2)
    expect(await behind.letIn(nobody, from('127.0.0.1', '203.0.113.8, 198.51.100.1'))).toBe(0)
    expect(await behind.letIn(nobody, from('127.0.0.1', '198.51.100.2'))).toBe(2)
    expect(await behind.letIn(nobody, from('127.0.0.1'))).toBe(2)
})

test('of IPv6 a network of its own is one address', async () => {
    const { letIn } = door()
    expect(await letIn(nobody, from('2001:db8:1:2:3:4:5:6'))).toBe(2)
    expect(await letIn(nobody, from('2001:db8:1:2::7'))).toBe(0)
    expect(await letIn(nobody, from('2001:db8:1:3::7'))).toBe(2)
    expect(await letIn(nobody, from('::ffff:192.0.2.7'))).toBe(2)
    expect(await letIn(nobody, from('::ffff:192.0.2.8'))).toBe(2)
})

const narrow = useApi(undefined, async () => ({ limits: { nobodyPerMinute: 2, signedInPerMinute: 12 } }))

test('whoever asks too often is told to wait, and others are not', async () => {
    const authorization = await narrow.as('nimbrey')
    const answers = []
    // Wherever the minute ends, three of seven are within one.
    for (let n = 0; n < 7; n++) answers.push(await narrow.ask('{ __typename }'))
    const limited = answers.find(({ status }) => status === 429)
    expect(limited?.errors[0]?.extensions.code).toBe('RATE_LIMITED')
    expect(Number(limited?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await narrow.ask('{ __typename }', { authorization })).status).toBe(200)
})

test('a large document that is new counts as many requests, and the second time as one', async () => {
    const authorization = await narrow.as('hollis')
    const large = (name: string) =>
        `{ scopes(first: 1) { nodes { ${Array.from({ length: 400 }, (_, n) => `${name}${n}: name`).join(' ')} } } }`
    const statuses = []
    for (const name of ['a', 'b', 'c', 'd'])
        statuses.push((await narrow.ask(large(name), { authorization })).status)
    // 17 each: whichever minute it is, two of four are not within one.
    expect(statuses).toContain(429)
})

const api = useApi(async (client) => {
    // Waits until the test lets it go on.
    await client.query(`
        create function core.waits() returns integer language sql volatile set lock_timeout = '60s'
        as $$ select 1 from pg_advisory_lock(4711) $$;
        grant execute on function core.waits() to anon, authenticated
    `)
})

const waits = (count: number) =>
    `mutation { ${Array.from({ length: count }, (_, n) => `a${n}: waits(input: {}) { result }`).join(' ')} }`

async function waiting(): Promise<number> {
    const [row] = await api.sql<{ count: number }>(
        `select count(*)::integer as count from pg_locks where locktype = 'advisory' and objid = 4711 and not granted`,
    )
    return row?.count ?? 0
}

async function until(count: number): Promise<void> {
    for (let n = 0; n < 100 && (await waiting()) !== count; n++) await sleep(20)
    expect(await waiting()).toBe(count)
}

test('however many slow requests somebody sends, others are answered', async () => {
    const [slow, other] = [await api.as('nimbrey'), await api.as('quessa')]
    const question = '{ me { displayName } }'
    await withClient(api.databaseUrl, async (client) => {
        await client.query('select pg_advisory_lock(4711)')
        const theirs = Array.from({ length: 12 }, () => api.ask(waits(1), { authorization: slow }))
        await until(5)
        const nobodys = Array.from({ length: 12 }, () => api.ask(waits(1)))
        await until(8)
        const answered = await api.ask(question, { authorization: other })
        expect(answered.data.me.displayName).toBe('Quessa')
        expect(await waiting()).toBe(8)
        await client.query('select pg_advisory_unlock_all()')
        for (const { status } of await Promise.all([...theirs, ...nobodys])) expect(status).toBe(200)
    })
    expect((await api.ask(question, { authorization: slow })).data.me.displayName).toBe('Nimbrey')
})

test('nobody is five at most, from however many addresses, and leaves nothing behind', async () => {
    const shares = new Shares()
    const running: (() => void)[] = []
    const begin = (caller: string, claims: Claims) =>
        Array.from({ length: 4 }, () =>
            shares.of({ caller, claims, requestId: 'x' })(
                () => new Promise<void>((resolve) => running.push(resolve)),
            ),
        )
    const all = ['1', '2', '3'].flatMap((caller) => begin(caller, nobody))
    await sleep(0)
    expect(running).toHaveLength(5)
    all.push(
        ...begin('a', ada),
        ...begin('service', { role: 'service_role' }),
        ...begin('service', { role: 'service_role' }),
    )
    await sleep(0)
    expect(running).toHaveLength(17)
    for (let n = 0; n < all.length; n++) {
        running[n]?.()
        await sleep(0)
    }
    await Promise.all(all)
    expect(running).toHaveLength(all.length)
})

const hasty = useApi(undefined, async () => ({ limits: { maxSeconds: 0, nobodyPerMinute: 0 } }))

test('what a request has not begun in its time is not begun', async () => {
    const { errors } = await hasty.ask('{ organizations { totalCount } }')
    expect(errors).toEqual([
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'TIMEOUT' }) }),
    ])
})
