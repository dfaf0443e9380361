// Asks a server over HTTP, as fast as some connections can or so many times a second, and keeps how long each answer
// took. An answer that is an error ends it: how fast a server fails is nobody's question.

import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked } from '../bench/api/questions.ts'

export interface Target {
    port: number
    asked: Asked[]
}

export interface Load {
    /** What is asked, one after the other, goes on where the last load left off. */
    next: number
    /** Milliseconds. */
    took: number[]
    /** In all, milliseconds. */
    during: number
}

export function noLoad(): Load {
    return { next: 0, took: [], during: 0 }
}

/** Each connection asks anew as soon as it has its answer. */
export async function ask(
    target: Target,
    load: Load,
    { connections, during }: { connections: number; during: number },
): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const started = performance.now()
    const askOn = async () => {
        while (performance.now() - started < during) {
            const asked = performance.now()
            await answered(agent, target, load)
            load.took.push(performance.now() - asked)
        }
    }
    try {
        await Promise.all(Array.from({ length: connections }, askOn))
        load.during += performance.now() - started
    } finally {
        agent.destroy()
    }
}

/** Asks at its times whatever comes of it, and counts from when it was to ask: a server that falls behind shows. */
export async function askAtRate(
    target: Target,
    load: Load,
    { perSecond, during }: { perSecond: number; during: number },
): Promise<void> {
    const agent = new Agent({ keepAlive: true })
    const started = performance.now()
    const requests: Promise<void>[] = []
    try {
        for (let due = 0; due < during; due += 1_000 / perSecond) {
            await sleep(Math.max(0, started + due - performance.now()))
            requests.push(
                answered(agent, target, load).then(() => {
                    load.took.push(performance.now() - started - due)
                }),
            )
        }
        await Promise.all(requests)
        load.during += performance.now() - started
    } finally {
        agent.destroy()
    }
}

function answered(agent: Agent, target: Target, load: Load): Promise<string> {
    const asked = target.asked[load.next % target.asked.length]
    if (!asked) throw new Error('there is nothing to ask')
    load.next += 1
    return answer(target.port, asked, agent)
}

export function answer(
    port: number,
    { authorization, method, path, body }: Asked,
    agent?: Agent,
): Promise<string> {
    return new Promise((resolve, reject) => {
        const headers = {
            authorization,
            ...(body === undefined
                ? {}
                : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
        }
        const sent = request({ host: '127.0.0.1', port, method, path, headers, agent }, (response) => {
            let text = ''
            response.setEncoding('utf8')
            response.on('data', (chunk: string) => {
                text += chunk
            })
            response.once('error', reject)
            response.once('end', () => {
                if (response.statusCode === 200 && !text.includes('"errors":')) resolve(text)
                else reject(new Error(`${method} ${path}: ${response.statusCode} ${text}`))
            })
        })
        sent.once('error', reject)
        sent.end(body)
    })
}

export function percentile({ took }: Load, share: number): number {
    const sorted = took.toSorted((a, b) => a - b)
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
