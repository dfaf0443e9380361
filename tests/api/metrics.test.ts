// /metrics: what is in it, what never is, and who reads it.

import { request as httpRequest } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { readConfig } from '../../scripts/lib/config.ts'
import { useApi } from '../support/api.ts'

const token = 'a-token-of-the-tests-that-is-long-enough'
const open = useApi()
const guarded = useApi(undefined, async () => ({ metricsToken: token }))
const production = useApi(async (client) => {
    await client.query(`update core.platform_config set value = '"production"' where key = 'environment'`)
})

const read = (url: string, headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers })

/** Fetch does not let its caller name a host. */
function statusAs(url: string, host: string): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
        httpRequest(`${url}/metrics`, { headers: { host } }, (response) => {
            response.resume()
            resolve(response.statusCode)
        })
            .on('error', reject)
            .end()
    })
}

async function values(url: string): Promise<Record<string, number>> {
    const lines = (await (await read(url)).text()).split('\n').filter((line) => line && !line.startsWith('#'))
    return Object.fromEntries(
        lines.map((line) => [
            line.slice(0, line.lastIndexOf(' ')),
            Number(line.slice(line.lastIndexOf(' '))),
        ]),
    )
}

test('it counts what was asked, by whom in kind, and what came of it', async () => {
    const before = await values(open.url)
    const authorization = await open.as('nimbrey')
    await open.ask('query Mine { me { id } }', { authorization })
    await open.ask('{ organizations { totalCount } }')
    await open.ask(
        'mutation { leave(input: { scopeId: "00000000-0000-0000-0000-000000000000" }) { clientMutationId } }',
    )
    await open.ask('{ me { id } }', { authorization: 'Bearer nonsense' })
    await open.ask('{ nothing }')
    await sleep(50)
    const after = await values(open.url)
    const grew = Object.fromEntries(
        Object.entries(after)
            .filter(([name]) => /^empathy_(requests|errors)_total/.test(name))
            .map(([name, value]): [string, number] => [name, value - (before[name] ?? 0)])
            .filter(([, by]) => by > 0),
    )
    expect(grew).toEqual({
        'empathy_requests_total{kind="query",caller="signed in",status="200"}': 1,
        'empathy_requests_total{kind="query",caller="anonymous",status="200"}': 1,
        'empathy_requests_total{kind="mutation",caller="anonymous",status="200"}': 1,
        'empathy_requests_total{kind="other",caller="anonymous",status="400"}': 1,
        'empathy_requests_total{kind="other",caller="unknown",status="401"}': 1,
        'empathy_requests_total{kind="other",caller="unknown",status="200"}': 1,
        'empathy_errors_total{code="TOKEN_INVALID"}': 1,
        'empathy_errors_total{code="42501"}': 1,
        'empathy_errors_total{code="GRAPHQL_VALIDATION_FAILED"}': 1,
    })
})

test('it tells how long answers take, and how the server is', async () => {
    const now = await values(open.url)
    const queries = now['empathy_request_seconds_count{kind="query"}'] ?? 0
    expect(queries).toBeGreaterThan(0)
    expect(now['empathy_request_seconds_bucket{kind="query",le="+Inf"}']).toBe(queries)
    expect(now['empathy_request_seconds_bucket{kind="query",le="0.005"}']).toBeLessThanOrEqual(queries)
    expect(now['empathy_request_seconds_sum{kind="query"}']).toBeGreaterThan(0)
    expect(now).toMatchObject({
        empathy_requests_in_flight: 1,
        empathy_database_answers: 1,
        'empathy_pool_connections{pool="requests",state="awaited"}': 0,
        'empathy_pool_connections{pool="keyholder",state="busy"}': 0,
    })
    expect(now.process_resident_memory_bytes).toBeGreaterThan(1e7)
    expect(now['empathy_event_loop_delay_seconds{quantile="0.99"}']).toBeGreaterThanOrEqual(0)
})

test('it tells when jobs ended well', async () => {
    await open.sql(`update ops.jobs set last_run_at = '2026-01-01T00:00:00Z' where name = 'seal_log'`)
    expect(await values(open.url)).toMatchObject({
        'empathy_job_last_success_timestamp_seconds{job="seal_log"}': 1_767_225_600,
    })
})

test('nobody and nothing is named in it', async () => {
    const authorization = await open.as('nimbrey')
    const [work] = await open.sql<{ id: string }>('select id from content.works limit 1')
    await open.ask(
        `query Nimbrey { works(filter: { id: { equalTo: "${work?.id}" } }) { nodes { title } } }`,
        {
            authorization,
        },
    )
    await fetch(`${open.url}/files/${work?.id}`)
    const text = await (await read(open.url)).text()
    expect(text).not.toMatch(/nimbrey|[0-9a-f]{8}-[0-9a-f]{4}|files\//i)
})

test('without a token it is for this machine, and not through a proxy', async () => {
    const response = await read(open.url)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.headers.get('cache-control')).toBe('no-store')
    for (const name of ['x-forwarded-for', 'forwarded', 'x-forwarded-host', 'x-real-ip', 'via']) {
        const refused = await read(open.url, { [name]: '127.0.0.1' })
        expect([refused.status, await refused.json()], name).toMatchObject([
            403,
            { code: 'METRICS_NOT_ALLOWED' },
        ])
    }
    // As a page sees this server whose own name was made to lead here.
    expect(await statusAs(open.url, 'rebound.example')).toBe(403)
    expect(await statusAs(open.url, 'localhost:5678')).toBe(200)
})

test('with one, it is for who sends it', async () => {
    expect(
        (await read(guarded.url, { authorization: `Bearer ${token}`, 'x-forwarded-for': '192.0.2.1' }))
            .status,
    ).toBe(200)
    for (const authorization of ['', token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, 'Bearer ']) {
        expect((await read(guarded.url, { authorization })).status, authorization).toBe(403)
    }
})

test('a token that can be guessed, or that no header carries, is refused, and not repeated', () => {
    expect(readConfig({ METRICS_TOKEN: token }).METRICS_TOKEN).toBe(token)
    for (const wrong of [token.slice(0, 31), `${token} and more`, `${token}ö`]) {
        expect(() => readConfig({ METRICS_TOKEN: wrong }), wrong).toThrow(
            /^METRICS_TOKEN is refused: it is not/,
        )
    }
})

test('in production it takes a token', async () => {
    expect((await read(production.url)).status).toBe(403)
})
