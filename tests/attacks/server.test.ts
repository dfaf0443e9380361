// The server as whoever means it harm meets it: a process of its own, to which everything is sent that should not be.
// Each thing is refused as it is documented, nobody else waits for it, and the server stays up and within its memory.

import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { signToken } from '../../scripts/lib/api/tokens.ts'
import { demoIssuer } from '../../scripts/lib/demo.ts'
import { seedDemo } from '../../scripts/lib/seeds.ts'
import { freePort, type Home, newHome, type RunningCli } from '../support/cli.ts'
import { freshDatabase } from '../support/database.ts'
import { loginUrl } from '../support/logins.ts'

const secret = 'a secret of the tests of attacks, which is long enough'
const mostMemory = 512 * 1024

let home: Home
let database: Awaited<ReturnType<typeof freshDatabase>>
let server: RunningCli
let port: number
let authorization: string

beforeAll(async () => {
    home = await newHome()
    database = await freshDatabase()
    await seedDemo(database.url)
    port = await freePort()
    server = home.start(['serve'], {
        DATABASE_URL: database.url,
        AUTHENTICATOR_URL: await loginUrl(database.url, 'authenticator'),
        PORT: String(port),
        JWT_SECRET: secret,
    })
    await server.says('/graphql')
    const claims = { role: 'authenticated', iss: demoIssuer, sub: 'nimbrey' }
    authorization = `Bearer ${await signToken(claims, secret, '1 hour')}`
})

afterAll(async () => {
    server.process.kill('SIGTERM')
    const { stderr } = await server.outcome
    await database.drop()
    await home.remove()
    // Nothing of what was sent, and nothing of how the server is built.
    expect(stderr).not.toMatch(/Unexpected error|UnhandledPromise|node_modules|Bearer|eyJ|river of words/)
})

async function answersOthers(): Promise<void> {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization },
        body: '{"query": "{ me { displayName } }"}',
        signal: AbortSignal.timeout(5_000),
    })
    expect(await response.json()).toEqual({ data: { me: { displayName: 'Nimbrey' } } })
}

/** Whatever is written, as it is; and what came back before the connection ended or the time did. */
async function raw(bytes: string | Buffer, milliseconds = 3_000): Promise<string> {
    const socket = connect(port, '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8').on('data', (text) => {
        answer += text
    })
    socket.on('error', () => undefined)
    socket.write(bytes)
    await Promise.race([once(socket, 'close').catch(() => undefined), sleep(milliseconds)])
    socket.destroy()
    return answer
}

const post = (headers: string, body: string) =>
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n\r\n${body}`

test('whoever begins three hundred requests and ends none keeps nobody waiting, and is sent away', async () => {
    const slow: Socket[] = []
    for (let n = 0; n < 300; n += 1) {
        const socket = connect(port, '127.0.0.1')
        socket.on('error', () => undefined)
        // Some stop within the headers, some within the body.
        socket.write(
            n % 2 ? 'POST /graphql HTTP/1.1\r\nhost: x\r\nx-slow: ' : post('content-length: 5000', '{"query'),
        )
        slow.push(socket)
    }
    const drip = setInterval(() => {
        for (const socket of slow) if (!socket.destroyed) socket.write('a')
    }, 2_000)
    await sleep(1_000)
    for (let n = 0; n < 20; n += 1) await answersOthers()
    await expect
        .poll(() => slow.every((socket) => socket.destroyed), { timeout: 90_000, interval: 1_000 })
        .toBe(true)
    clearInterval(drip)
}, 120_000)

test.each([
    [
        'a body without end',
        post('transfer-encoding: chunked', `${'ffff\r\n'.padEnd(65_541, 'x')}\r\n`.repeat(40)),
        413,
    ],
    ['a body longer than it says', post('content-length: 2', '{}{"query": "{ me { id } }"}'), 400],
    ['two lengths', post('content-length: 2\r\ncontent-length: 30', '{}'), 400],
    ['a length and chunks', post('content-length: 2\r\ntransfer-encoding: chunked', '{}'), 400],
    ['headers of a megabyte', `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(1_000_000)}\r\n\r\n`, 431],
    ['what is no HTTP', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a client hello', 400],
    ['an address that is none', 'GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n', 404],
    ['a way through', 'CONNECT elsewhere.example:443 HTTP/1.1\r\nhost: x\r\n\r\n', undefined],
])('%s is refused', async (_what, bytes, status) => {
    const answer = await raw(bytes)
    if (status === undefined) expect(answer).toBe('')
    else expect(answer.split('\r\n')[0]).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    await answersOthers()
})

test('sockets that flood, stall or talk nonsense are closed', async () => {
    const sockets = Array.from({ length: 100 }, (_, n) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
        socket.on('error', () => undefined)
        socket.on('open', () => {
            if (n % 4 === 0) socket.send('river of words '.repeat(20_000))
            if (n % 4 === 1) socket.send('{"type": "connection_init"}{"type"')
            if (n % 4 === 2) socket.send(Buffer.alloc(50_000, 255))
        })
        return socket
    })
    await expect
        .poll(() => sockets.every(({ readyState }) => readyState === WebSocket.CLOSED), { timeout: 30_000 })
        .toBe(true)
    await answersOthers()
})

test('a thousand subscriptions of one caller are too many, and end with their sockets', async () => {
    // They are counted for the minute that it is: all of them in one.
    const left = 60_000 - (Date.now() % 60_000)
    if (left < 20_000) await sleep(left)
    const codes: string[] = []
    const each = 25
    const sockets = await Promise.all(
        Array.from({ length: 40 }, async () => {
            const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws')
            socket.on('error', () => undefined)
            socket.on('message', (data) => {
                const { type, payload } = JSON.parse(String(data))
                if (type === 'error') codes.push(payload[0].extensions.code)
                if (type !== 'connection_ack') return
                for (let id = 0; id < each; id += 1) {
                    const query = 'subscription { concerningMe { event } }'
                    socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload: { query } }))
                }
            })
            // Who comes when others have used the minute up is sent away with all that they would have asked.
            socket.on('close', (_code, why) => {
                if (String(why) === 'RATE_LIMITED') codes.push(...Array(each).fill('RATE_LIMITED'))
            })
            await once(socket, 'open')
            socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }))
            return socket
        }),
    )
    await expect.poll(() => codes.length, { timeout: 60_000 }).toBeGreaterThan(300)
    expect([...new Set(codes)].sort()).toEqual(['RATE_LIMITED', 'TOO_MANY_SUBSCRIPTIONS'])
    for (const socket of sockets) socket.terminate()
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
})

test('after all of that it is up, and within its memory', async () => {
    expect(server.process.exitCode).toBeNull()
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
    const status = `/proc/${server.process.pid}/status`
    if (!existsSync(status)) return
    const [, peak] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(status, 'utf8')) ?? []
    expect(Number(peak)).toBeGreaterThan(0)
    expect(Number(peak)).toBeLessThan(mostMemory)
})
