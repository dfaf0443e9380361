// Sockets: whose they are, from where they may be opened, what they carry, and when they end.

import { once } from 'node:events'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { demoIssuer } from '../../scripts/lib/demo.ts'
import { useApi } from '../support/api.ts'
import { listen } from '../support/socket.ts'

const api = useApi()
const protocol = 'graphql-transport-ws'
const subscription = 'subscription { concerningMe { event } }'

function open(options: { origin?: string; path?: string; protocol?: string } = {}): WebSocket {
    const url = `${api.url.replace(/^http/, 'ws')}${options.path ?? '/graphql'}`
    return new WebSocket(url, options.protocol ?? protocol, options.origin ? { origin: options.origin } : {})
}

/** The status with which a socket is refused before it is one. */
async function refusal(socket: WebSocket): Promise<number> {
    socket.on('error', () => undefined)
    const [, response] = await once(socket, 'unexpected-response')
    return response.statusCode
}

async function opened(socket: WebSocket): Promise<WebSocket> {
    await once(socket, 'open')
    return socket
}

const closed = async (socket: WebSocket) => {
    const [code, reason] = await once(socket, 'close')
    return [code, String(reason)]
}

const init = (authorization?: string) =>
    JSON.stringify({ type: 'connection_init', payload: authorization ? { authorization } : {} })

async function until(when: string): Promise<string> {
    const claims = { role: 'authenticated', iss: demoIssuer, sub: 'nimbrey', aud: 'tests' }
    return `Bearer ${await signToken(claims, api.rules.secret, when)}`
}

async function answerTo(socket: WebSocket, payload: unknown) {
    socket.send(init())
    await once(socket, 'message')
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload }))
    const [data] = await once(socket, 'message')
    return JSON.parse(String(data))
}

test('pages of this server open sockets, and programs; pages of others do not', async () => {
    const { host, port } = new URL(api.url)
    for (const origin of [undefined, `http://${host}`]) {
        const socket = await opened(open(origin ? { origin } : {}))
        socket.terminate()
    }
    const others = [
        'https://elsewhere.example',
        'null',
        `https://${host}.elsewhere.example`,
        `http://127.0.0.1:${Number(port) + 1}`,
        'file://',
    ]
    for (const origin of others) expect(await refusal(open({ origin })), origin).toBe(403)
})

test('there is one address, and one protocol', async () => {
    expect(await refusal(open({ path: '/elsewhere' }))).toBe(404)
    expect(await refusal(open({ protocol: 'graphql-ws' }))).toBe(400)
})

test.each([
    ['no token', async () => 'Bearer nonsense', 'TOKEN_INVALID'],
    ['expired', () => until('-1 minute'), 'TOKEN_EXPIRED'],
    ['for somebody else', () => api.as('nimbrey', { aud: 'elsewhere' }), 'TOKEN_INVALID'],
    ['an API key that nobody made', async () => 'Bearer el_nothing', 'API_KEY_INVALID'],
])('a token that is %s closes the socket, which is never nobody', async (_why, authorization, reason) => {
    const socket = await opened(open())
    const end = closed(socket)
    socket.send(init(await authorization()))
    expect(await end).toEqual([4401, reason])
})

test('a socket ends with its token, so that its app comes back with a new one', async () => {
    const began = Date.now()
    const socket = await opened(open())
    const end = closed(socket)
    socket.send(init(await until('2 seconds')))
    expect(await end).toEqual([4403, 'TOKEN_EXPIRED'])
    // A token says seconds.
    expect(Date.now() - began).toBeGreaterThanOrEqual(1_000)
})

test.each([
    ['query', '{ organizations { totalCount } }'],
    ['mutation', 'mutation { register(input: { displayName: "Someone" }) { clientMutationId } }'],
])('a %s does not come by socket', async (_kind, query) => {
    const socket = await opened(open())
    const { type, payload } = await answerTo(socket, { query })
    expect([type, payload[0].extensions.code]).toEqual(['error', 'SUBSCRIPTIONS_ONLY'])
    socket.terminate()
})

test.each([
    ['deep', 'TOO_DEEP', `subscription { concerningMe { query ${'{ a'.repeat(12)} ${'}'.repeat(12)} } }`],
    ['long', 'TOO_LONG', `subscription { concerningMe { ${'event '.repeat(6_000)} } }`],
    ['nested', 'TOO_DEEP', `subscription { concerningMe(after: ${'['.repeat(90_000)}`],
    [
        'costly',
        'TOO_COSTLY',
        'subscription { concerningMe { query { scopes { nodes { childScopes { nodes { childScopes { totalCount nodes { id } } } } } } } } }',
    ],
])('a subscription that is too %s is refused as a query is', async (_what, code, query) => {
    const socket = await opened(open())
    const { payload } = await answerTo(socket, { query })
    expect((payload.errors ?? payload)[0].extensions.code).toBe(code)
    socket.terminate()
})

test.each([
    ['does not parse', 'subscription {'],
    ['asks for what is not there', 'subscription { nothing { here } }'],
    ['is none', ''],
])('a subscription that %s is refused, and the socket goes on', async (_why, query) => {
    const socket = await opened(open())
    const { type, payload } = await answerTo(socket, { query })
    expect(type).toBe('error')
    expect(payload[0].message).not.toMatch(/at |node_modules/)
    expect(socket.readyState).toBe(WebSocket.OPEN)
    socket.terminate()
})

test('a message of more than 100 kB closes the socket', async () => {
    const socket = await opened(open())
    const end = closed(socket)
    socket.send(JSON.stringify({ type: 'connection_init', payload: { more: 'x'.repeat(100_000) } }))
    expect((await end)[0]).toBe(1009)
})

test.each([
    ['no JSON', 'hello', 4400],
    ['no message', '{"type": "unheard_of"}', 4400],
    [
        'a subscription before anybody is known',
        '{"id":"1","type":"subscribe","payload":{"query":"{x}"}}',
        4401,
    ],
])('%s closes the socket', async (_what, message, code) => {
    const socket = await opened(open())
    const end = closed(socket)
    socket.send(message)
    expect((await end)[0]).toBe(code)
})

test('a socket that never says whose it is is closed', async () => {
    const socket = await opened(open())
    expect((await closed(socket))[0]).toBe(4408)
})

test('a socket carries twenty subscriptions, and no more', async () => {
    const socket = await opened(open())
    socket.send(init(await api.as('nimbrey')))
    await once(socket, 'message')
    const answers: { id: string; type: string; payload: unknown }[] = []
    socket.on('message', (data) => answers.push(JSON.parse(String(data))))
    for (let id = 1; id <= 21; id += 1) {
        socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query: subscription } }))
    }
    await expect.poll(() => answers.length, { timeout: 10_000 }).toBe(21)
    expect(answers.filter(({ type }) => type === 'error').map(({ id }) => id)).toEqual(['21'])
    socket.terminate()
})

test('the server goes on after all of that', async () => {
    const listening = listen(api.url, { query: subscription, authorization: await api.as('nimbrey') })
    expect((await listening.next()).data).toEqual({ concerningMe: { event: 'reload' } })
    await listening.stop()
})
