// Stores: whatever keeps the bytes, it takes in what was announced and nothing else, all of it or nothing.

import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { emptyPayload, presigned, signedHeaders } from '../../scripts/lib/storage/aws-signature.ts'
import { openFolder } from '../../scripts/lib/storage/folder.ts'
import { openBucket } from '../../scripts/lib/storage/s3.ts'
import type { Storage } from '../../scripts/lib/storage/storage.ts'
import { type StandIn, startStandIn } from './s3-stand-in.ts'

const tenant = '018f0000-0000-7000-8000-000000000001'
const newKey = () => `${tenant}/${randomUUID()}`

const announced = (text: string) => ({
    bytes: Buffer.byteLength(text),
    sha256: createHash('sha256').update(text).digest('hex'),
    mime: 'text/plain',
})
const textOf = async (source: Readable) => Buffer.concat(await source.toArray()).toString()

let folder: string
let s3: StandIn
const stores: Record<string, Storage> = {}

beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'empathy-files-'))
    s3 = await startStandIn()
    stores.folder = await openFolder(folder)
    stores.s3 = openBucket(s3.bucket)
})

afterAll(async () => {
    await s3.stop()
    await rm(folder, { recursive: true })
})

/** What there is, also of what is still coming. */
const kept = {
    folder: async () =>
        (await readdir(folder, { recursive: true, withFileTypes: true }))
            .filter((entry) => entry.isFile())
            .map(({ name }) => name),
    s3: async () => [...s3.objects.keys()],
}

describe.each(['folder', 's3'] as const)('%s', (name) => {
    const store = () => stores[name] as Storage

    test('what was announced is kept, and read back whole or in part', async () => {
        const key = newKey()
        await store().put(
            key,
            Readable.from([Buffer.from('the '), Buffer.from('lake')]),
            announced('the lake'),
        )
        expect(await textOf(await store().read(key))).toBe('the lake')
        expect(await textOf(await store().read(key, { first: 4, last: 5 }))).toBe('la')
    })

    test.each([
        ['too few', 'the'],
        ['too many', 'the lakes'],
        ['others', 'the fire'],
    ])('%s bytes are not kept, nor anything of them', async (_how, sent) => {
        const before = await kept[name]()
        const key = newKey()
        const put = store().put(key, Readable.from([Buffer.from(sent)]), announced('the lake'))
        await expect(put).rejects.toThrow()
        await expect(store().read(key)).rejects.toThrow()
        expect(await kept[name]()).toEqual(before)
    })

    test('too many bytes are said to be that, and are not waited for', async () => {
        let asked = 0
        const endless = Readable.from(
            (function* () {
                for (;;) {
                    asked += 1
                    yield Buffer.alloc(1000)
                }
            })(),
        )
        const put = store().put(newKey(), endless, { ...announced('x'), bytes: 5000 })
        await expect(put).rejects.toMatchObject({ tooMany: true })
        expect(asked).toBeLessThan(100)
    })

    test('what ends in the middle leaves nothing', async () => {
        const before = await kept[name]()
        const broken = Readable.from(
            (async function* () {
                yield Buffer.from('the ')
                throw new Error('gone')
            })(),
        )
        const key = newKey()
        await expect(store().put(key, broken, announced('the lake'))).rejects.toThrow('gone')
        expect(await kept[name]()).toEqual(before)
    })

    test('whoever sends others afterwards harms nothing', async () => {
        const key = newKey()
        const send = (text: string) =>
            store().put(key, Readable.from([Buffer.from(text)]), announced('the lake'))
        await send('the lake')
        await expect(send('the fire')).rejects.toThrow()
        expect(await textOf(await store().read(key))).toBe('the lake')
    })

    test('what is removed is gone, and can be removed again', async () => {
        const key = newKey()
        await store().put(key, Readable.from([Buffer.from('x')]), announced('x'))
        await store().remove(key)
        await store().remove(key)
        await expect(store().read(key)).rejects.toThrow()
    })

    test.each(['../../etc/passwd', `${tenant}/..`, tenant, `incoming/${tenant}`, ''])(
        'a key that no file has is none: %j',
        async (key) => {
            await expect(async () => store().read(key)).rejects.toThrow('not the key of a file')
            await expect(async () => store().remove(key)).rejects.toThrow('not the key of a file')
            await expect(async () =>
                store().put(key, Readable.from([Buffer.from('x')]), announced('x')),
            ).rejects.toThrow('not the key of a file')
        },
    )
})

test('a folder forgets what a process that was killed left, after a day', async () => {
    const own = await mkdtemp(join(tmpdir(), 'empathy-files-'))
    await mkdir(join(own, 'incoming'))
    for (const name of ['old', 'new']) await writeFile(join(own, 'incoming', name), 'the')
    const yesterday = Date.now() / 1000 - 90_000
    await utimes(join(own, 'incoming', 'old'), yesterday, yesterday)
    await openFolder(own)
    expect(await readdir(join(own, 'incoming'))).toEqual(['new'])
    await rm(own, { recursive: true })
})

test('a store is asked to encrypt what it keeps, where that is set', async () => {
    const key = newKey()
    await stores.s3?.put(key, Readable.from([Buffer.from('x')]), announced('x'))
    expect(s3.objects.get(key)).toMatchObject({ encrypted: true, mime: 'text/plain' })
    expect(stores.s3?.encryption).toBe('store')
    const plain = openBucket({ ...s3.bucket, encrypted: false })
    await plain.put(key, Readable.from([Buffer.from('x')]), announced('x'))
    expect(s3.objects.get(key)).toMatchObject({ encrypted: false })
    expect(plain.encryption).toBe('none')
})

test('a store believes no other key', async () => {
    const before = s3.refused
    const forged = openBucket({ ...s3.bucket, secretAccessKey: 'another' })
    await expect(forged.put(newKey(), Readable.from([Buffer.from('x')]), announced('x'))).rejects.toThrow(
        '403',
    )
    expect(s3.refused).toBeGreaterThan(before)
})

test('a link of a store reads one file as what it is, for as long as it says', async () => {
    const key = newKey()
    await stores.s3?.put(key, Readable.from([Buffer.from('x')]), announced('x'))
    const shownAs = { mime: 'image/png', disposition: 'attachment; filename="a (b)!.png"' }
    const link = stores.s3?.link?.(key, shownAs, 60) ?? ''
    const answer = await fetch(link)
    expect(await answer.text()).toBe('x')
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('content-disposition')).toBe(shownAs.disposition)
    const other = newKey()
    await stores.s3?.put(other, Readable.from([Buffer.from('y')]), announced('y'))
    for (const widened of [
        link.replace(key, other),
        link.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'),
        link.replace('image%2Fpng', 'text%2Fhtml'),
        link.slice(0, -1),
    ]) {
        expect((await fetch(widened)).status, widened).toBe(403)
    }
    expect((await fetch(link, { method: 'DELETE' })).status).toBe(403)
    expect((await fetch(stores.s3?.link?.(key, shownAs, -1) ?? '')).status).toBe(403)
})

test('a copy that fails after it was answered that it goes well, fails', async () => {
    const server = createServer((request, response) => {
        request.resume().on('end', () => {
            const copies = request.headers['x-amz-copy-source'] !== undefined
            response.writeHead(200).end(copies ? '<Error><Code>InternalError</Code></Error>' : '')
        })
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ledger-files`
    const store = openBucket({ ...s3.bucket, url })
    await expect(store.put(newKey(), Readable.from([Buffer.from('x')]), announced('x'))).rejects.toThrow(
        '200',
    )
    server.close()
    server.closeAllConnections()
})

// The examples of its makers: "Signature calculations for the Authorization header", and "… by using query parameters".
const example = {
    region: 'us-east-1',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
}
const then = new Date('2013-05-24T00:00:00Z')
const exampleUrl = new URL('https://examplebucket.s3.amazonaws.com/test.txt')

test('a request is signed as in the example of those who made the signature', () => {
    const headers = signedHeaders(
        { method: 'GET', url: exampleUrl, headers: { range: 'bytes=0-9' }, payload: emptyPayload },
        example,
        then,
    )
    expect(headers.authorization).toMatch(
        /Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41$/,
    )
})

test('and so is a link', () => {
    expect(presigned(exampleUrl, example, 86_400, then)).toMatch(
        /X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404$/,
    )
})
