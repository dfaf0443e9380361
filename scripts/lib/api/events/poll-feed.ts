// How a poll goes on, for those it is put to. Votes leave no trace that could be followed, on purpose; so the poll is
// looked at, as whoever listens may see it, and they are told when it looks different.

import { setTimeout as sleep } from 'node:timers/promises'
import { sqlFile } from '../../sql-file.ts'
import { notFound, Refusal } from '../refusal.ts'
import { stream } from './stream.ts'
import type { Ask } from './viewer.ts'

export interface PollEvent {
    tenantId: string
    id: string
}

interface Look {
    poll: { tenantId: string }
    results: unknown
}

const lookEvery = 1_000
const tries = 60

const pollSql = sqlFile('events/poll.sql')
const resultsSql = sqlFile('events/poll-results.sql')

export async function pollFeed(id: string, ask: Ask): Promise<AsyncIterableIterator<PollEvent>> {
    const first = await look(id, ask)
    let told = ''
    let failures = 0
    let next: Look | undefined = first
    return stream(async (signal) => {
        while (!signal.aborted) {
            const seen = JSON.stringify(next)
            if (next && seen !== told) {
                told = seen
                return { tenantId: next.poll.tenantId, id }
            }
            await sleep(lookEvery, undefined, { signal }).catch(() => undefined)
            if (signal.aborted) break
            try {
                next = await look(id, ask)
                failures = 0
            } catch (error) {
                failures += 1
                if (error instanceof Refusal || failures > tries) throw error
            }
        }
        return undefined
    })
}

async function look(id: string, ask: Ask): Promise<Look> {
    const [found] = await ask<{ poll: Look['poll'] }>(pollSql, [id])
    if (!found) throw notFound('poll')
    const [counted] = await ask<{ results: unknown }>(resultsSql, [id]).catch((error: unknown) => {
        if (isRefused(error)) return []
        throw error
    })
    return { poll: found.poll, results: counted?.results ?? null }
}

/** Not to be seen yet, or ever. */
function isRefused(error: unknown): boolean {
    return error instanceof Error && 'code' in error && /^EL\d{3}$/.test(String(error.code))
}
