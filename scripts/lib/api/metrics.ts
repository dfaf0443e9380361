// /metrics: how this server does, for Prometheus. Counts by kind and code, never by person, place, work or address.
//
// It is for whoever runs the server: with METRICS_TOKEN, for who sends it. Without one, only for who asks on this very
// machine by its own address, and in production for nobody: a proxy in front would hand it out to everybody.

import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { asServer } from '../roles.ts'
import { sqlFile } from '../sql-file.ts'
import { databaseAnswers } from './health.ts'
import type { Pools } from './pools.ts'
import { Counts, Durations, family, gauge, type Sample } from './prometheus.ts'
import { Refusal, sendRefusal } from './refusal.ts'
import type { Watcher } from './request-id.ts'

export interface MetricsRules {
    /** What whoever reads them has to send; undefined: nothing, on this machine. */
    metricsToken: string | undefined
    production: boolean
    /** How many sockets are open, and how many subscriptions follow what is committed. */
    listening(): { sockets: number; subscriptions: number }
}

export interface Metrics {
    watch: Watcher
    /** True where they were asked for. */
    serve(request: IncomingMessage, response: ServerResponse): boolean
    stop(): void
}

const jobs = sqlFile('jobs-ended-well.sql')

export function openMetrics(pools: Pools, rules: MetricsRules): Metrics {
    const requests = new Counts()
    const errors = new Counts()
    const durations = new Durations()
    let inFlight = 0
    const delay = monitorEventLoopDelay()
    delay.enable()

    const write = async () => {
        const answers = await databaseAnswers(pools.requests)
        const text = [
            family('empathy_requests_total', 'counter', 'Requests that were answered.', requests.samples()),
            family('empathy_errors_total', 'counter', 'Answers that told of an error.', errors.samples()),
            family('empathy_request_seconds', 'histogram', 'How long it took.', durations.samples()),
            gauge('empathy_requests_in_flight', 'Requests that are under way.', inFlight),
            gauge('empathy_sockets_open', 'Sockets that are open.', rules.listening().sockets),
            gauge(
                'empathy_subscriptions_open',
                'Those who follow what happens.',
                rules.listening().subscriptions,
            ),
            gauge('empathy_pool_connections', 'Connections to the database.', poolSamples(pools)),
            gauge('empathy_database_answers', 'Whether the database answers in time.', Number(answers)),
            gauge(
                'empathy_job_last_success_timestamp_seconds',
                'When each job of the worker last ended well.',
                answers ? await jobSamples(pools.requests) : [],
            ),
            gauge('empathy_event_loop_delay_seconds', 'How late it was, since this was last asked for.', [
                [{ quantile: 0.5 }, delay.percentile(50) / 1e9],
                [{ quantile: 0.99 }, delay.percentile(99) / 1e9],
                [{ quantile: 1 }, delay.max / 1e9],
            ]),
            gauge('process_resident_memory_bytes', 'Memory.', process.memoryUsage.rss()),
            gauge('process_start_time_seconds', 'When this began.', Date.now() / 1000 - process.uptime()),
        ]
        delay.reset()
        return text.join('')
    }

    return {
        watch() {
            inFlight += 1
            return ({ kind, caller, codes, status, milliseconds }) => {
                inFlight -= 1
                requests.add({ kind, caller, status })
                durations.add(kind, milliseconds / 1000)
                for (const code of new Set(codes))
                    errors.add({ code: /^\w{1,40}$/.test(code) ? code : 'OTHER' })
            }
        },
        serve(request, response) {
            if (request.url !== '/metrics' || request.method !== 'GET') return false
            if (isAllowed(request, rules)) {
                response.setHeader('cache-control', 'no-store')
                response.setHeader('content-type', 'text/plain; version=0.0.4; charset=utf-8')
                write().then(
                    (text) => response.end(text),
                    (error: Error) => response.destroy(error),
                )
            } else sendRefusal(response, notForYou())
            return true
        },
        stop: () => delay.disable(),
    }
}

function isAllowed({ headers }: IncomingMessage, { metricsToken, production }: MetricsRules): boolean {
    if (metricsToken !== undefined) return isSame(headers.authorization ?? '', `Bearer ${metricsToken}`)
    const proxied = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip']
    // Under another name than our own, a page of somebody else could read it in a browser on this machine.
    const here = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(headers.host ?? '')
    return !production && here && !proxied.some((name) => name in headers)
}

function isSame(given: string, expected: string): boolean {
    const hash = (text: string) => createHash('sha256').update(text).digest()
    return timingSafeEqual(hash(given), hash(expected))
}

function poolSamples({ requests, keyholder }: Pools): Sample[] {
    return Object.entries({ requests, keyholder }).flatMap(([name, pool]): Sample[] =>
        pool
            ? [
                  [{ pool: name, state: 'busy' }, pool.totalCount - pool.idleCount],
                  [{ pool: name, state: 'idle' }, pool.idleCount],
                  [{ pool: name, state: 'awaited' }, pool.waitingCount],
              ]
            : [],
    )
}

async function jobSamples(pool: Pool): Promise<Sample[]> {
    const { rows } = await inTransaction(pool, { ...asServer, statement_timeout: '2s' }, (client) =>
        client.query<{ name: string; ended_at: number }>(jobs),
    )
    return rows.map(({ name, ended_at }) => [{ job: name }, ended_at])
}

function notForYou(): Refusal {
    return new Refusal(403, 'METRICS_NOT_ALLOWED', 'metrics are for whoever runs this server', {
        hint: 'send "Authorization: Bearer <METRICS_TOKEN>"',
    })
}
