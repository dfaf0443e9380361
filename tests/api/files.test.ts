// Files over HTTP: an address only for those whom the database lets, good for minutes and for one thing; bytes that are
// what was announced, all of them or none.

import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { type ClientRequest, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { start } from '../../scripts/lib/api/server.ts'
import { openFolder } from '../../scripts/lib/storage/folder.ts'
import { removeDropped } from '../../scripts/lib/storage/remove.ts'
import { openBucket } from '../../scripts/lib/storage/s3.ts'
import { signGrant } from '../../scripts/lib/storage/signed-urls.ts'
import type { Storage } from '../../scripts/lib/storage/storage.ts'
import { type StandIn, startStandIn } from '../storage/s3-stand-in.ts'
import { useApi } from '../support/api.ts'
import { loginUrl } from '../support/logins.ts'

const signingKeys = { current: 'ab'.repeat(32), previous: 'cd'.repeat(32) }
let folder: string
let storage: Storage
let s3: StandIn

const api = useApi(undefined, async () => {
    folder = await mkdtemp(join(tmpdir(), 'empathy-files-'))
    storage = await openFolder(folder)
    return { storage, signingKeys }
})

/** The same, over a store that speaks S3. */
let bucketApi: Awaited<ReturnType<typeof start>>
let teller: string
let reader: string
let workId: string

beforeAll(async () => {
    s3 = await startStandIn()
    bucketApi = await start({
        databaseUrl: api.databaseUrl,
        authenticatorUrl: await loginUrl(api.databaseUrl, 'authenticator'),
        keyholderUrl: undefined,
        port: 0,
        tokens: api.rules,
        storage: openBucket(s3.bucket),
        signingKeys,
    })
    teller = await api.as('nimbrey')
    reader = await api.as('tavindel')
    const [place] = await api.sql<{ id: string }>("select id from core.scopes where slug = 'reedbank'")
    const made = await say('createNote', {
        scopeId: place?.id,
        title: 'Ice',
        body: {},
        visibility: 'public',
    })
    workId = made.result
    await say('transition', { workId, toState: 'published' })
    await say('giveConsent', { workId, purpose: 'public_sharing' })
})

afterAll(async () => {
    await bucketApi.stop()
    await s3.stop()
    await rm(folder, { recursive: true })
})

async function say(name: string, input: Record<string, unknown>): Promise<{ result: string }> {
    const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`
    const wanted = ['transition', 'giveConsent', 'removeMedia'].includes(name) ? 'clientMutationId' : 'result'
    const { data, errors } = await api.ask(
        `mutation ($input: ${type}!) { ${name}(input: $input) { ${wanted} } }`,
        { authorization: teller, variables: { input } },
    )
    expect(errors).toEqual([])
    return data[name]
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

async function announce(bytes: Buffer, mime = 'image/png'): Promise<string> {
    const { result } = await say('beginUpload', {
        workId,
        mime,
        bytes: String(bytes.length),
        sha256: hashOf(bytes),
    })
    return result
}

async function whereTo(id: string, authorization = teller): Promise<{ url: string; status: number }> {
    const answer = await fetch(`${api.url}/files/${id}`, { method: 'POST', headers: { authorization } })
    const { url } = (await answer.json()) as { url: string }
    return { url: `${api.url}${url}`, status: answer.status }
}

const send = (url: string, body: Buffer, type = 'image/png') =>
    fetch(url, { method: 'PUT', body: new Uint8Array(body), headers: { 'content-type': type } })

/** A file that has arrived, shown in the work to everybody. */
async function show(bytes: Buffer, mime = 'image/png'): Promise<{ id: string; mediaId: string }> {
    const id = await announce(bytes, mime)
    expect((await send((await whereTo(id)).url, bytes, mime)).status).toBe(201)
    const { result } = await say('addMedia', { workId, fileId: id, altText: 'Something to see' })
    await say('reviseWork', { workId, body: {} })
    return { id, mediaId: result }
}

/** A file as somebody gets it, by way of its address. */
const get = (id: string, headers: Record<string, string> = {}) => fetch(`${api.url}/files/${id}`, { headers })

async function grantOf(id: string): Promise<string> {
    const answer = await get(id, { accept: 'application/json', authorization: teller })
    return `${api.url}${((await answer.json()) as { url: string }).url}`
}

const stateOf = async (id: string) =>
    (await api.sql<{ state: string }>('select state::text from content.files where id = $1', [id]))[0]?.state

const names = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(({ name }) => name)

/** A request that goes on until it is told. */
function sending(url: string, bytes: number): ClientRequest {
    const sent = request(url, {
        method: 'PUT',
        headers: { 'content-type': 'image/png', 'content-length': bytes },
    })
    sent.on('error', () => undefined)
    return sent
}

test('what is announced, sent and shown is read by whoever reads the work', async () => {
    const bytes = randomBytes(100_000)
    const { id } = await show(bytes)
    for (const authorization of [undefined, reader, teller]) {
        const answer = await get(id, authorization === undefined ? {} : { authorization })
        expect(answer.status).toBe(200)
        expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(hashOf(bytes))
        expect(Object.fromEntries(answer.headers)).toMatchObject({
            'content-type': 'image/png',
            'content-length': '100000',
            'content-disposition': 'inline',
            'x-content-type-options': 'nosniff',
            'cache-control': 'private, max-age=300',
            etag: `"${hashOf(bytes)}"`,
        })
    }
})

test('what sends there is not kept by anybody, nor for somebody else', async () => {
    const { id } = await show(randomBytes(10))
    const answer = await fetch(`${api.url}/files/${id}`, { redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect(answer.headers.get('location')).toMatch(new RegExp(`^/files/${id}\\?grant=`))
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('vary')).toContain('authorization')
})

test.each([
    ['image/svg+xml', 'attachment'],
    ['text/html', 'attachment'],
    ['application/pdf', 'attachment'],
    ['audio/mpeg', 'inline'],
    ['image/jpeg', 'inline'],
])('%s is shown as %s', async (mime, disposition) => {
    const { id } = await show(randomBytes(10), mime)
    const answer = await get(id)
    expect(answer.headers.get('content-type')).toBe(mime)
    expect(answer.headers.get('content-disposition')).toBe(disposition)
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
})

test.each([
    ['bytes=2-4', 206, 'cde', 'bytes 2-4/8'],
    ['bytes=5-', 206, 'fgh', 'bytes 5-7/8'],
    ['bytes=-3', 206, 'fgh', 'bytes 5-7/8'],
    ['bytes=-99', 206, 'abcdefgh', 'bytes 0-7/8'],
    ['bytes=6-99', 206, 'gh', 'bytes 6-7/8'],
    ['bytes=8-', 416, '', 'bytes */8'],
    ['bytes=4-2', 416, '', 'bytes */8'],
    ['bytes=-0', 416, '', 'bytes */8'],
    ['bytes=0-1,4-5', 200, 'abcdefgh', null],
    ['lines=1-2', 200, 'abcdefgh', null],
])('a part can be asked for: %s', async (range, status, text, said) => {
    const { id } = await show(Buffer.from('abcdefgh'))
    const answer = await fetch(await grantOf(id), { headers: { range } })
    expect([answer.status, await answer.text(), answer.headers.get('content-range')]).toEqual([
        status,
        text,
        said,
    ])
})

test('who may not read the work gets no address, in the words for what is not there', async () => {
    const bytes = randomBytes(10)
    const id = await announce(bytes)
    await send((await whereTo(id)).url, bytes)
    // Arrived, and shown by nothing.
    for (const authorization of [teller, reader]) expect((await get(id, { authorization })).status).toBe(404)
    await say('addMedia', { workId, fileId: id, altText: 'Not shared yet' })
    const hidden = await get(id, { authorization: reader })
    const nowhere = await get('018f0000-0000-7000-8000-000000000001', { authorization: reader })
    expect([hidden.status, await hidden.json()]).toEqual([nowhere.status, await nowhere.json()])
    expect(hidden.status).toBe(404)
    expect((await get(id)).status).toBe(404)
    expect((await get(id, { authorization: teller })).status).toBe(200)
    expect((await get(id, { authorization: 'Bearer nonsense' })).status).toBe(401)
})

test('nobody is told where to send the bytes of others', async () => {
    const id = await announce(randomBytes(10))
    expect((await whereTo(id, reader)).status).toBe(404)
    expect((await fetch(`${api.url}/files/${id}`, { method: 'POST' })).status).toBe(401)
})

test.each([
    ['other bytes', Buffer.from('the fire'), 'image/png', 422],
    ['too few', Buffer.from('the'), 'image/png', 422],
    ['too many', Buffer.from('the lakes'), 'image/png', 413],
    ['another kind', Buffer.from('the lake'), 'text/html', 415],
])('%s than were announced are refused, and the right ones taken after', async (_how, body, type, status) => {
    const bytes = Buffer.from('the lake')
    const id = await announce(bytes)
    const { url } = await whereTo(id)
    expect((await send(url, body, type)).status).toBe(status)
    expect(await stateOf(id)).toBe('expected')
    expect(await names()).not.toContain(id)
    expect((await send(url, bytes)).status).toBe(201)
    expect(await stateOf(id)).toBe('arrived')
})

test('too many bytes are refused also where nobody said how many come', async () => {
    const id = await announce(Buffer.from('the lake'))
    const sent = request((await whereTo(id)).url, { method: 'PUT', headers: { 'content-type': 'image/png' } })
    sent.on('error', () => undefined)
    sent.write('the lake')
    sent.write('the lake')
    const [answer] = await once(sent, 'response')
    expect(answer.statusCode).toBe(413)
    sent.destroy()
    expect(await stateOf(id)).toBe('expected')
})

test('an upload that ends in the middle leaves nothing', async () => {
    const before = await names()
    const bytes = randomBytes(1_000_000)
    const id = await announce(bytes)
    const { url } = await whereTo(id)
    const sent = sending(url, bytes.length)
    sent.write(bytes.subarray(0, 500_000))
    await expect.poll(async () => (await names()).length).toBe(before.length + 1)
    expect(await names()).not.toContain(id)
    sent.destroy()
    await expect.poll(names).toEqual(before)
    expect(await stateOf(id)).toBe('expected')
    expect((await send(url, bytes)).status).toBe(201)
})

test('of two who send the same at once one is first, and it is there', async () => {
    const bytes = randomBytes(200_000)
    const id = await announce(bytes)
    const { url } = await whereTo(id)
    const both = [sending(url, bytes.length), sending(url, bytes.length)]
    for (const one of both) one.write(bytes.subarray(0, 100_000))
    // Both are let in before either is done.
    await sleep(300)
    const answers = both.map(async (one) => (await once(one, 'response'))[0].statusCode)
    for (const one of both) one.end(bytes.subarray(100_000))
    expect((await Promise.all(answers)).sort()).toEqual([201, 409])
    await say('addMedia', { workId, fileId: id, altText: 'Once' })
    const answer = await get(id, { authorization: teller })
    expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(hashOf(bytes))
})

test('an address for an upload is good once', async () => {
    const bytes = Buffer.from('the lake')
    const id = await announce(bytes)
    const { url } = await whereTo(id)
    expect((await send(url, bytes)).status).toBe(201)
    expect((await send(url, bytes)).status).toBe(409)
    expect((await whereTo(id)).status).toBe(404)
})

test('an address is good for what it was given for', async () => {
    const { id } = await show(Buffer.from('the lake'))
    const { id: other } = await show(Buffer.from('the shore'))
    const url = await grantOf(id)
    expect((await fetch(url)).status).toBe(200)
    expect((await fetch(url.replace(id, other))).status).toBe(403)
    expect((await send(url, Buffer.from('the fire'))).status).toBe(403)
    expect((await fetch(url.slice(0, -1))).status).toBe(403)
    expect((await fetch(url, { method: 'DELETE' })).status).toBe(405)
    const kept = { sha256: hashOf(Buffer.from('the lake')), bytes: 8, mime: 'image/png' }
    const grant = { method: 'GET' as const, file: id, expires: Math.floor(Date.now() / 1000) + 60, ...kept }
    const open = (changes: object, key = signingKeys.current) =>
        fetch(`${api.url}/files/${id}?grant=${signGrant({ ...grant, ...changes }, { current: key })}`)
    expect((await open({})).status).toBe(200)
    expect((await open({}, signingKeys.previous)).status).toBe(200)
    expect((await open({}, 'ef'.repeat(32))).status).toBe(403)
    expect((await open({ expires: grant.expires - 120 })).status).toBe(403)
    expect((await open({ mime: 'text/html' })).status).toBe(404)
})

test('what is taken away is gone at once, also for who has an address', async () => {
    const { id, mediaId } = await show(Buffer.from('a mistake'))
    const url = await grantOf(id)
    expect((await fetch(url)).status).toBe(200)
    await say('removeMedia', { mediaId })
    expect((await fetch(url)).status).toBe(404)
    expect((await get(id, { authorization: teller })).status).toBe(404)
    expect(await names()).toContain(id)
    const pool = new pg.Pool({ connectionString: api.databaseUrl })
    expect(await removeDropped(pool, storage)).toBe(1)
    expect(await removeDropped(pool, storage)).toBe(0)
    expect(await names()).not.toContain(id)
    expect(await stateOf(id)).toBe('gone')
    await pool.end()
})

test('what the store does not let go of is tried again', async () => {
    const { id, mediaId } = await show(Buffer.from('another mistake'))
    await say('removeMedia', { mediaId })
    const pool = new pg.Pool({ connectionString: api.databaseUrl })
    const stubborn: Storage = { ...storage, remove: () => Promise.reject(new Error('not now')) }
    expect(await removeDropped(pool, stubborn)).toBe(0)
    expect(await stateOf(id)).toBe('arrived')
    expect(await removeDropped(pool, storage)).toBe(1)
    await pool.end()
})

test('bytes of what was dropped while they came are not kept', async () => {
    const bytes = randomBytes(1000)
    const id = await announce(bytes)
    const sent = sending((await whereTo(id)).url, bytes.length)
    sent.write(bytes.subarray(0, 500))
    await sleep(300)
    await api.sql('update content.files set dropped_at = now() where id = $1', [id])
    const answered = once(sent, 'response')
    sent.end(bytes.subarray(500))
    expect((await answered)[0].statusCode).toBe(404)
    expect(await names()).not.toContain(id)
})

test('a store that speaks S3 does the same, and gives the bytes itself', async () => {
    const bytes = randomBytes(50_000)
    const id = await announce(bytes, 'text/html')
    const asked = await fetch(`${bucketApi.url}/files/${id}`, {
        method: 'POST',
        headers: { authorization: teller },
    })
    const { url } = (await asked.json()) as { url: string }
    const wrong = randomBytes(50_000)
    expect((await send(`${bucketApi.url}${url}`, wrong, 'text/html')).status).toBe(422)
    expect(s3.objects.size).toBe(0)
    expect((await send(`${bucketApi.url}${url}`, bytes, 'text/html')).status).toBe(201)
    expect([...s3.objects.keys()].map((key) => key.split('/')[1])).toEqual([id])
    const [row] = await api.sql<{ encryption: string }>(
        'select encryption::text from content.files where id = $1',
        [id],
    )
    expect(row?.encryption).toBe('store')
    await say('addMedia', { workId, fileId: id, altText: 'Elsewhere' })
    expect((await fetch(`${bucketApi.url}/files/${id}`)).status).toBe(404)
    const there = await fetch(`${bucketApi.url}/files/${id}`, {
        headers: { authorization: teller },
        redirect: 'manual',
    })
    const location = there.headers.get('location') ?? ''
    expect(location.startsWith(s3.bucket.url)).toBe(true)
    const answer = await fetch(location)
    expect(hashOf(Buffer.from(await answer.arrayBuffer()))).toBe(hashOf(bytes))
    expect(answer.headers.get('content-disposition')).toBe('attachment')
})

test('what is asked of files is one of a few things', async () => {
    expect((await fetch(`${api.url}/files/`)).status).toBe(404)
    expect((await fetch(`${api.url}/files/x`)).status).toBe(404)
    const { id } = await show(randomBytes(10))
    expect((await fetch(`${api.url}/files/${id}`, { method: 'DELETE' })).status).toBe(405)
    expect((await fetch(`${api.url}/files/${id}`, { method: 'PUT', body: 'x' })).status).toBe(405)
})

test('a place shows that something is withheld', async () => {
    const { id, mediaId } = await show(randomBytes(10))
    const look = async () => {
        const { data } = await api.ask(
            'query ($id: UUID!) { placements(filter: { id: { equalTo: $id } }) { nodes { mediaItem { file { id } } } } }',
            { variables: { id: mediaId } },
        )
        return data.placements.nodes
    }
    expect(await look()).toEqual([{ mediaItem: { file: { id } } }])
    await say('removeMedia', { mediaId })
    expect(await look()).toEqual([{ mediaItem: null }])
})
