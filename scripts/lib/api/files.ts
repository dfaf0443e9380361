// /files/<id>: where the bytes of files come and go. Whoever asks for one is asked who they are, the database says
// whether it is for them, and then they get an address that is good for minutes: of the store, or of this server, which
// asks for nothing but the grant that it signed.
//
//   GET  /files/<id>              sends there, or tells where to whoever accepts JSON
//   POST /files/<id>              tells where to send the bytes of an upload
//   GET  /files/<id>?grant=…      the bytes
//   PUT  /files/<id>?grant=…      takes the bytes in

import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import pg, { type Pool } from 'pg'
import { inTransaction } from '../in-transaction.ts'
import { asServer } from '../roles.ts'
import { sqlFile } from '../sql-file.ts'
import { type Grant, longestGrant, openGrant, type SigningKeys, signGrant } from '../storage/signed-urls.ts'
import { NotAsAnnounced, type Range, type ShownAs, type Storage } from '../storage/storage.ts'
import { authenticate } from './auth.ts'
import { shown } from './errors.ts'
import { factsOf } from './facts.ts'
import type { TokenRules } from './issuers.ts'
import { notFound, Refusal, sendRefusal } from './refusal.ts'
import { settingsOf } from './transactions.ts'
import type { Visitors } from './visitors.ts'

export interface FileService {
    pool: Pool
    rules: TokenRules
    visitors: Visitors
    /** Undefined where this server has no store, or nothing to sign with. */
    storage: Storage | undefined
    keys: SigningKeys | undefined
}

interface Kept {
    storage_key: string
    sha256: string
    bytes: number
    mime: string
    state: 'expected' | 'arrived'
}

interface Exchange {
    request: IncomingMessage
    response: ServerResponse
    id: string
    storage: Storage
    keys: SigningKeys
    service: FileService
}

const readable = sqlFile('files/to-read.sql')
const uploadable = sqlFile('files/to-upload.sql')
const ofStore = sqlFile('files/of-store.sql')
const finish = sqlFile('files/finish.sql')

/** To look at a page with many pictures; whoever is shown the address can show it on for as long. */
const readingSeconds = 5 * 60

/** A connection that brings nothing for so long is given up. */
const idle = 60_000

/** What a browser may show by itself. All else, pages and drawings with scripts among it, is to be saved. */
const shownInPlace =
    /^(image\/(png|jpeg|gif|webp|avif)|audio\/(mpeg|ogg|mp4|wav|webm)|video\/(mp4|webm|ogg))$/

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const address = new RegExp(`^/files/(${uuid})$`)

/** Answers what is asked of files; undefined where something else is asked. */
export function serveFiles(
    service: FileService,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> | undefined {
    return (request, response) => {
        // Looked at before it is read as an address: not everything that can be asked for is one.
        if (!request.url?.startsWith('/files/')) return undefined
        const url = new URL(request.url, 'http://here')
        factsOf(request).kind = 'file'
        return answer(service, url, request, response).catch((error: unknown) => refuse(response, error))
    }
}

async function answer(
    service: FileService,
    url: URL,
    request: IncomingMessage,
    response: ServerResponse,
): Promise<void> {
    const id = address.exec(url.pathname)?.[1]
    if (id === undefined) throw notFound('file')
    const { storage, keys } = service
    if (!storage || !keys) throw new Refusal(503, 'NO_STORAGE', 'this server keeps no files')
    const exchange: Exchange = { request, response, id, storage, keys, service }
    const grant = url.searchParams.get('grant')
    const method = request.method ?? ''
    if (grant === null) {
        if (method === 'GET') return sendThere(exchange)
        if (method === 'POST') return askForBytes(exchange)
    } else if (method === 'GET' || method === 'PUT') {
        const granted = openGrant(grant, { method, file: id }, keys)
        if (!granted) {
            throw new Refusal(403, 'GRANT_INVALID', 'this address is not good, or not any more', {
                hint: 'ask for a new one at /files/<id>',
            })
        }
        return method === 'GET' ? give(exchange, granted) : take(exchange, granted)
    }
    throw new Refusal(405, 'METHOD_UNKNOWN', 'this is not done with files')
}

async function sendThere(exchange: Exchange): Promise<void> {
    const { request, response, storage } = exchange
    await requireMine(exchange, readable)
    const kept = await keptFile(exchange, 'arrived')
    const url = storage.link
        ? storage.link(kept.storage_key, shownAs(kept), readingSeconds)
        : grantedAddress(exchange, 'GET', kept, readingSeconds)
    response.appendHeader('vary', 'authorization, accept')
    response.setHeader('cache-control', 'private, no-store')
    if (request.headers.accept?.includes('application/json')) {
        sendJson(response, 200, { url, expiresAt: inSeconds(readingSeconds) })
    } else {
        response.writeHead(302, { location: url }).end()
    }
}

async function askForBytes(exchange: Exchange): Promise<void> {
    await requireMine(exchange, uploadable)
    const kept = await keptFile(exchange, 'expected')
    exchange.response.setHeader('cache-control', 'private, no-store')
    sendJson(exchange.response, 200, {
        method: 'PUT',
        url: grantedAddress(exchange, 'PUT', kept, longestGrant),
        headers: { 'content-type': kept.mime },
        expiresAt: inSeconds(longestGrant),
    })
}

async function give(exchange: Exchange, grant: Grant): Promise<void> {
    const { request, response, storage } = exchange
    const kept = await keptFile(exchange, 'arrived')
    requireSame(kept, grant)
    const { mime, disposition } = shownAs(kept)
    response.setHeader('content-type', mime)
    response.setHeader('content-disposition', disposition)
    response.setHeader('x-content-type-options', 'nosniff')
    response.setHeader('content-security-policy', "default-src 'none'; sandbox")
    response.setHeader('cache-control', `private, max-age=${readingSeconds}`)
    response.setHeader('accept-ranges', 'bytes')
    response.setHeader('etag', `"${kept.sha256}"`)
    const range = rangeOf(request.headers.range, kept.bytes)
    if (range === 'unsatisfiable') {
        response.writeHead(416, { 'content-range': `bytes */${kept.bytes}` }).end()
        return
    }
    const bytes = await storage.read(kept.storage_key, range)
    if (range) {
        response.statusCode = 206
        response.setHeader('content-range', `bytes ${range.first}-${range.last}/${kept.bytes}`)
    }
    response.setHeader('content-length', range ? range.last - range.first + 1 : kept.bytes)
    // Whoever goes away in the middle wants no more.
    await pipeline(bytes, response).catch(() => response.destroy())
}

async function take(exchange: Exchange, grant: Grant): Promise<void> {
    const { request, response, storage, service, id } = exchange
    // Whatever is refused, the rest of it is not waited for.
    response.setHeader('connection', 'close')
    const kept = await keptFile(exchange, 'expected')
    requireSame(kept, grant)
    const length = request.headers['content-length']
    if (length !== undefined && Number(length) !== kept.bytes) throw notAnnounced(Number(length) > kept.bytes)
    if (request.headers['content-type'] !== kept.mime) {
        throw new Refusal(415, 'NOT_AS_ANNOUNCED', `${kept.mime} was announced`)
    }
    request.setTimeout(idle, () => request.destroy())
    try {
        await storage.put(kept.storage_key, request, kept)
    } catch (error) {
        throw error instanceof NotAsAnnounced ? notAnnounced(error.tooMany) : error
    }
    const first = await inTransaction(service.pool, asServer, (client) =>
        client.query<{ first: boolean }>(finish, [id, storage.encryption]),
    ).catch(async (error: unknown) => {
        // Dropped meanwhile, and perhaps removed already: these bytes would stay.
        if (error instanceof pg.DatabaseError && error.code === 'P0002') {
            await storage.remove(kept.storage_key)
            throw notFound('file')
        }
        throw error
    })
    if (!first.rows[0]?.first) throw arrivedAlready()
    response.writeHead(201).end()
}

/** Asks the database as whoever asks, so that its policies answer. */
async function requireMine({ request, id, service }: Exchange, question: string): Promise<void> {
    const { rules, pool, visitors } = service
    const { claims } = await visitors.admit(request, () =>
        authenticate(request.headers.authorization, rules, pool),
    )
    if (question === uploadable && claims.role === 'anon') {
        throw new Refusal(401, 'SIGN_IN', 'you have to be signed in to do this')
    }
    const requestId = String(request.headers['x-request-id'])
    const { rows } = await inTransaction(pool, settingsOf({ claims, requestId }, true), (client) =>
        client.query(question, [id]),
    )
    if (rows.length === 0) throw notFound('file')
}

async function keptFile({ id, service }: Exchange, state: Kept['state']): Promise<Kept> {
    const { rows } = await inTransaction(service.pool, asServer, (client) =>
        client.query<Kept>(ofStore, [id]),
    )
    const [kept] = rows
    if (kept?.state === state) return kept
    throw kept?.state === 'arrived' ? arrivedAlready() : notFound('file')
}

function grantedAddress(
    { id, keys }: Exchange,
    method: Grant['method'],
    kept: Kept,
    seconds: number,
): string {
    const { sha256, bytes, mime } = kept
    const expires = Math.floor(Date.now() / 1000) + seconds
    return `/files/${id}?grant=${signGrant({ method, file: id, expires, sha256, bytes, mime }, keys)}`
}

function requireSame(kept: Kept, grant: Grant): void {
    if (kept.sha256 !== grant.sha256 || kept.bytes !== grant.bytes || kept.mime !== grant.mime)
        throw notFound('file')
}

function shownAs({ mime }: Kept): ShownAs {
    return { mime, disposition: shownInPlace.test(mime) ? 'inline' : 'attachment' }
}

/** One range; whoever asks for several gets all. */
function rangeOf(header: string | undefined, bytes: number): Range | 'unsatisfiable' | undefined {
    const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
    if (from === '' && to === '') return undefined
    const first = from === '' ? Math.max(bytes - Number(to), 0) : Number(from)
    const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
    return first <= last ? { first, last } : 'unsatisfiable'
}

function inSeconds(seconds: number): string {
    return new Date(Date.now() + seconds * 1000).toISOString()
}

function arrivedAlready(): Refusal {
    return new Refusal(409, 'ARRIVED', 'this file has arrived already')
}

function notAnnounced(tooMany: boolean): Refusal {
    const hint = { hint: 'announce the file anew, with its length and its SHA-256' }
    return new Refusal(tooMany ? 413 : 422, 'NOT_AS_ANNOUNCED', 'other bytes were announced', hint)
}

function refuse(response: ServerResponse, error: unknown): void {
    if (response.headersSent || response.destroyed) {
        response.destroy()
        return
    }
    for (const name of response.getHeaderNames()) {
        if (!/^(connection|x-request-id|vary|access-control-.*)$/.test(name)) response.removeHeader(name)
    }
    if (error instanceof Refusal) {
        sendRefusal(response, error)
        return
    }
    const words = shown(error instanceof Error ? error : new Error(String(error)))
    sendJson(response, words.code === 'UNAVAILABLE' ? 503 : words.code === '42501' ? 403 : 500, { ...words })
}

function sendJson(response: ServerResponse, status: number, json: Record<string, unknown>): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json))
}
