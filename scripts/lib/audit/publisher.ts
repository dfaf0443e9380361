// Signs and publishes the heads of all logs, outside the database: it holds the keys, remembers what it signed, and
// signs nothing that does not continue it. So whoever rules the database cannot have two histories signed.

import { Problem } from '../console.ts'
import { type Checkpoint, describe, formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import type { Keys } from './keys.ts'
import { formatNote, nameOf, parseNote, signNote } from './note.ts'
import {
    type LogState,
    type Logs,
    type Published,
    PublishedLogs,
    published,
    type Write,
} from './published.ts'
import { continues, type Head } from './tree.ts'

/** Where heads come from. Nothing it answers is believed. */
export interface LogSource {
    heads(): Promise<{ tenantId: string; size: number }[]>
    checkpoint(tenantId: string, size: number): Promise<string | null>
    consistency(tenantId: string, older: number, newer: number): Promise<Buffer[]>
}

export interface Round {
    published: { tenant_id: string; origin: string; size: number; first: boolean }[]
    /** So many logs had not grown. */
    unchanged: number
    refused: { tenant_id: string; message: string; hint: string | undefined }[]
}

export interface PublishOptions {
    source: LogSource
    dir: string
    keys: Keys
    /** The folder is new. */
    init?: boolean
    /** Asked before each log: throws where another publisher has taken over. */
    requireLock?: () => void
    write?: Write
}

/** One round over all logs. A log that is refused does not keep the others from being published. */
export async function publishRound(options: PublishOptions): Promise<Round> {
    const { source, dir, keys, requireLock = () => undefined } = options
    const folder = new PublishedLogs(dir, options.write)
    if (options.init) folder.begin()
    const known = folder.read()
    const round: Round = { published: [], unchanged: 0, refused: [] }
    const heads = new Map((await source.heads()).map(({ tenantId, size }) => [tenantId, size]))
    const refused = new Set<string>()
    /** What goes wrong with one log is told, and the others go on. */
    const each = async <T>(tenants: Iterable<string>, work: (tenant: string) => T): Promise<void> => {
        for (const tenant of tenants) {
            if (refused.has(tenant)) continue
            try {
                await work(tenant)
            } catch (error) {
                refused.add(tenant)
                const hint = error instanceof Problem ? error.hint : undefined
                round.refused.push({ tenant_id: tenant, message: messageOf(error), hint })
            }
        }
    }

    const tenants = new Set([...Object.keys(known), ...heads.keys()])
    const lasts = new Map<string, Published>()
    await each(tenants, (tenant) => {
        requireTenant(tenant)
        const last = folder.last(tenant, known[tenant], keys.known)
        if (last) lasts.set(tenant, last)
    })
    requireLock()
    const logs = folder.recover(known, lasts)

    const planned = new Map<string, Checkpoint>()
    await each(tenants, async (tenant) => {
        const last = lasts.get(tenant)
        const head = await nextHead(source, tenant, heads.get(tenant), last?.checkpoint, logs[tenant]?.origin)
        if (last && isDone(last, head, keys)) round.unchanged += 1
        else planned.set(tenant, head)
    })
    if (planned.size === 0) return round

    requireLock()
    const announced = withNext(logs, planned)
    folder.write(announced)
    for (const [tenant, head] of planned) {
        requireLock()
        folder.publish(tenant, head.size, formatNote(signNote(formatCheckpoint(head), keys.signing)))
        const { origin, size } = head
        round.published.push({ tenant_id: tenant, origin, size, first: !lasts.has(tenant) })
    }
    requireLock()
    folder.write({ ...announced, ...mapped(planned, published) })
    return round
}

/** The head to sign, once it is seen to continue what was published. */
async function nextHead(
    source: LogSource,
    tenant: string,
    size: number | undefined,
    before: Checkpoint | undefined,
    knownOrigin: string | undefined,
): Promise<Checkpoint> {
    if (size === undefined) {
        const was = before ? `: ${describe(before)}` : ''
        throw new Problem(
            `Log ${knownOrigin ?? tenant} was published${was}; the database has no such log any more.`,
            forked,
        )
    }
    const checkpoint = await fetched(source, tenant, size)
    const origin = before?.origin ?? knownOrigin ?? checkpoint.origin
    const refusal = (what: string): Problem =>
        new Problem(
            `Log ${origin} ${what}. ${before ? `Published: ${describe(before)}. ` : ''}` +
                `The database: ${describe(checkpoint)}. It was not signed.`,
            forked,
        )
    if (checkpoint.origin !== origin) throw refusal(`now calls itself ${checkpoint.origin}`)
    if (!before) return checkpoint
    if (checkpoint.size < before.size) throw refusal('has become smaller')
    if (checkpoint.size === before.size) {
        if (!checkpoint.root.equals(before.root)) throw refusal('has another root at the same size')
        return checkpoint
    }
    const proof = await source.consistency(tenant, before.size, checkpoint.size)
    if (!continues(before, checkpoint, proof)) throw refusal('does not continue what was published')
    return checkpoint
}

async function fetched(source: LogSource, tenant: string, size: number): Promise<Checkpoint> {
    const text = await source.checkpoint(tenant, size)
    if (text === null)
        throw new Problem(`Log ${tenant} has no checkpoint at size ${size}.`, 'empathy audit verify')
    const checkpoint = parseCheckpoint(text)
    if (checkpoint.size !== size || checkpoint.size === 0) {
        throw new Problem(`Log ${tenant} was asked for size ${size} and answered ${checkpoint.size}.`)
    }
    if (!checkpoint.origin.endsWith(`/${tenant}`)) {
        throw new Problem(`Log ${tenant} calls itself ${checkpoint.origin}: that is the name of another log.`)
    }
    // The name that a new installation starts with is nobody's; once signed, it could not be changed.
    if (/^[^/]*\.invalid\//.test(checkpoint.origin)) {
        throw new Problem(
            `Log ${checkpoint.origin} has no name of its own yet.`,
            "Give the logs one, such as: update core.platform_config set value = '\"ledger.example/log\"' where key = 'audit.origin'",
        )
    }
    return checkpoint
}

/** After a rotation the newest head is signed again, so that it can be verified with the newest key. */
function isDone(last: Published, { size }: Head, keys: Keys): boolean {
    const signed = new Set(parseNote(last.note).signatures.map(nameOf))
    return last.checkpoint.size === size && keys.signing.every(({ verifier }) => signed.has(nameOf(verifier)))
}

function withNext(logs: Logs, planned: Map<string, Checkpoint>): Logs {
    const announced = mapped(planned, ({ origin, size }, tenant): LogState => {
        const state = logs[tenant] ?? { origin, size: 0, root: null }
        return { ...state, next: size }
    })
    return { ...logs, ...announced }
}

function mapped<T, U>(map: Map<string, T>, change: (value: T, key: string) => U): Record<string, U> {
    return Object.fromEntries([...map].map(([key, value]) => [key, change(value, key)]))
}

/** It becomes the name of a folder. */
function requireTenant(tenant: string): void {
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(tenant)) {
        throw new Problem(`"${tenant}" is no id of a log.`)
    }
}

const forked =
    'Somebody changed the log, or the database was put back from a backup. Keep both, and find out; ' +
    'a log that begins anew needs a new origin and a new folder.'

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error)
}
