// /healthz: the process answers. /readyz: it can serve, because the database answers, too.

import type { Pool } from 'pg'

const patience = 2_000

export function healthPlugin(pool: Pool): GraphileConfig.Plugin {
    return {
        name: 'HealthPlugin',
        grafserv: {
            middleware: {
                async processRequest(next, event) {
                    const { path, method } = event.requestDigest
                    if (method !== 'GET') return next()
                    if (path === '/healthz') return answer(200, { status: 'ok' })
                    if (path === '/readyz') return (await databaseAnswers(pool)) ? ready : unready
                    return next()
                },
            },
        },
    }
}

const ready = answer(200, { status: 'ready' })
const unready = answer(503, { status: 'unavailable', reason: 'the database does not answer' })

function answer(statusCode: number, json: Record<string, string>) {
    const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' }
    return { type: 'json' as const, statusCode, headers, json }
}

export async function databaseAnswers(pool: Pool): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => {
        timer = setTimeout(() => resolve(false), patience)
    })
    const asked = pool.query('select').then(
        () => true,
        () => false,
    )
    try {
        return await Promise.race([asked, late])
    } finally {
        clearTimeout(timer)
    }
}
