// The server around the API: health, request ids, limits, the page to try queries on, and a database that restarts.

import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { start } from '../../scripts/lib/api/server.ts'
import { useApi } from '../support/api.ts'

const api = useApi()

test('it says that it lives and that it can serve', async () => {
    expect(await (await fetch(`${api.url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect(await (await fetch(`${api.url}/readyz`)).json()).toEqual({ status: 'ready' })
})

test('what is nowhere is 404', async () => {
    expect((await fetch(`${api.url}/nowhere`)).status).toBe(404)
})

test('what is no address at all is nowhere, too, and harms nobody', async () => {
    for (const target of ['//', '///:', '//[', 'http://[', '*', '/files/%', '/graphql?query=%']) {
        expect(await statusOf(target), target).toMatch(/^HTTP\/1.1 4\d\d/)
    }
    expect((await fetch(`${api.url}/healthz`)).status).toBe(200)
})

/** What is answered to a target that no client would send. */
async function statusOf(target: string): Promise<string> {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1')
    socket.end(`GET ${target} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`)
    return Buffer.concat(await socket.toArray()).toString()
}

test('an answer carries the id of its request: the given one, or a new one', async () => {
    const headers = { 'x-request-id': 'a-request-of-mine' }
    expect((await fetch(`${api.url}/healthz`, { headers })).headers.get('x-request-id')).toBe(
        'a-request-of-mine',
    )
    const odd = { 'x-request-id': 'not one "of" ours' }
    expect((await fetch(`${api.url}/healthz`, { headers: odd })).headers.get('x-request-id')).toMatch(
        /^[0-9a-f-]{36}$/,
    )
})

test('a body of more than 100 kB is refused', async () => {
    const { status } = await api.ask(`{ me { id } } #${'x'.repeat(100_000)}`)
    expect(status).toBe(413)
})

test('the page to try queries on fetches everything from here', async () => {
    const page = await fetch(`${api.url}/`)
    const html = await page.text()
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; connect-src 'self'/)
    expect(html).not.toMatch(/(src|href)="https?:/)
    const assets = [...html.matchAll(/(?:src|href|from) ?[=]? ?"(\/[^"]+)"/g)].map(([, path]) => path)
    expect(assets.length).toBeGreaterThan(1)
    for (const path of assets) expect((await fetch(`${api.url}${path}`)).status, path).toBe(200)
})

test('it goes on when its connections to the database were cut', async () => {
    const question = '{ organizations { totalCount } }'
    expect((await api.ask(question)).errors).toEqual([])
    await api.sql(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'empathy api' and datname = current_database()`,
    )
    await sleep(200)
    expect((await api.ask(question)).errors).toEqual([])
})

test('a port that is taken is said, with what to do', async () => {
    await expect(
        start({
            databaseUrl: api.databaseUrl,
            authenticatorUrl: undefined,
            keyholderUrl: undefined,
            port: Number(new URL(api.url).port),
            tokens: api.rules,
        }),
    ).rejects.toThrow(/Port \d+ is in use/)
})
