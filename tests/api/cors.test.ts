// Apps on other origins: a browser lets their pages read answers where the operator named the origin, exactly.

import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readConfig } from '../../scripts/lib/config.ts'
import { useApi } from '../support/api.ts'

const app = 'https://app.example'
const api = useApi(undefined, async () => ({ corsOrigins: [app, 'http://127.0.0.1:3000'] }))
const closed = useApi()

function ask(url: string, origin: string, init: RequestInit = {}) {
    return fetch(`${url}/graphql?query=%7Borganizations%7BtotalCount%7D%7D`, {
        ...init,
        headers: { ...init.headers, origin },
    })
}

function preflight(url: string, origin: string, path = '/graphql') {
    return fetch(`${url}${path}`, {
        method: 'OPTIONS',
        headers: {
            origin,
            'access-control-request-method': 'POST',
            'access-control-request-headers': 'authorization,content-type',
        },
    })
}

const granted = (response: Response) =>
    [...response.headers.keys()].filter((name) => name.startsWith('access-control-'))

test('pages of an origin that is named read what is answered, and which request it was', async () => {
    const response = await ask(api.url, app)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(app)
    expect(response.headers.get('access-control-expose-headers')).toBe(
        'x-request-id, x-cost, retry-after, etag',
    )
    expect(response.headers.get('vary')).toBe('origin, accept, authorization, host')
    expect(granted(response)).not.toContain('access-control-allow-credentials')
})

test('they may ask as somebody, and bring files', async () => {
    for (const path of ['/graphql', `/files/${randomUUID()}`]) {
        const response = await preflight(api.url, app, path)
        expect(response.status, path).toBe(204)
        expect(response.headers.get('access-control-allow-origin')).toBe(app)
        expect(response.headers.get('access-control-allow-methods')).toBe('GET, POST, PUT')
        expect(response.headers.get('access-control-allow-headers')).toContain('authorization, content-type')
        expect(granted(response)).not.toContain('access-control-allow-credentials')
    }
})

test('they read errors, too', async () => {
    const refused = await ask(api.url, app, { headers: { authorization: 'Bearer nonsense' } })
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, app])
    const nowhere = await fetch(`${api.url}/files/${randomUUID()}`, { headers: { origin: app } })
    expect(nowhere.status).toBeGreaterThanOrEqual(400)
    expect(nowhere.headers.get('access-control-allow-origin')).toBe(app)
    expect(nowhere.headers.get('vary')).toContain('origin')
})

const strangers = [
    'null',
    '*',
    '',
    'https://app.example.evil.example',
    'https://evil-app.example',
    'https://app.example:8443',
    'http://app.example',
    'https://APP.example',
    'https://app.example/',
    'https://app.example, https://evil.example',
    'https://xn--pp-1ia.example',
    'http://127.0.0.1:3001',
]

test.each(strangers)('"%s" is not named, however it looks', async (origin) => {
    const response = await ask(api.url, origin)
    expect(granted(response)).toEqual([])
    const asked = await preflight(api.url, origin)
    expect(granted(asked)).toEqual([])
    expect([asked.status, await asked.json()]).toMatchObject([403, { code: 'ORIGIN_NOT_ALLOWED' }])
})

test('metrics and the page to try queries on are for nobody else', async () => {
    for (const path of ['/', '/metrics', '/healthz']) {
        expect(granted(await fetch(`${api.url}${path}`, { headers: { origin: app } })), path).toEqual([])
        expect(granted(await preflight(api.url, app, path)), path).toEqual([])
    }
})

test('where none is named, none is let in', async () => {
    const response = await ask(closed.url, app)
    expect([granted(response), response.headers.get('vary')]).toEqual([[], 'accept, authorization, host'])
    expect((await preflight(closed.url, app)).status).toBe(403)
})

test('origins are named exactly, or the server does not start', () => {
    expect(readConfig({ CORS_ORIGINS: `${app}, http://127.0.0.1:3000` }).CORS_ORIGINS).toEqual([
        app,
        'http://127.0.0.1:3000',
    ])
    for (const wrong of [
        '*',
        'null',
        'app.example',
        `${app}/`,
        'https://*.example',
        'https://app.example:443',
        'ftp://a.example',
        `${app},`,
    ]) {
        expect(() => readConfig({ CORS_ORIGINS: wrong }), wrong).toThrow(/CORS_ORIGINS.*is refused/)
    }
})
