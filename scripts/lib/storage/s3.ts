// Files in a bucket of anything that speaks S3. What is still coming lies apart under a name of chance, and is copied to
// its own by the store once all of it is known to be what was announced.

import { randomUUID } from 'node:crypto'
import { request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Credentials, emptyPayload, presigned, signedHeaders } from './aws-signature.ts'
import { asAnnounced, checkKey, type Storage } from './storage.ts'

export interface Bucket extends Credentials {
    /** With the bucket as its path: https://host/bucket */
    url: string
    /** Whether to ask the store to encrypt what it keeps. */
    encrypted: boolean
}

interface Call {
    method: 'GET' | 'PUT' | 'DELETE'
    key: string
    headers?: Record<string, string>
    /** A body whose SHA-256 is known before it is sent. */
    body?: { source: Readable; through: NodeJS.ReadWriteStream; sha256: string }
}

/** A store that says nothing for so long is not there. */
const patience = 60_000

export function openBucket(bucket: Bucket): Storage {
    const base = new URL(bucket.url)
    const path = base.pathname.replace(/\/$/, '')
    const urlOf = (key: string) => new URL(`${path}/${key}`, base)
    const encryption = bucket.encrypted ? { 'x-amz-server-side-encryption': 'AES256' } : undefined

    async function call({ method, key, headers = {}, body }: Call): Promise<IncomingMessage> {
        const url = urlOf(key)
        const payload = body?.sha256 ?? emptyPayload
        const signed = signedHeaders({ method, url, headers, payload }, bucket)
        const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, {
            method,
            headers: signed,
            timeout: patience,
        })
        request.on('timeout', () => request.destroy(new Error('the store does not answer')))
        const answered = new Promise<IncomingMessage>((resolve, reject) => {
            request.once('response', resolve).once('error', reject)
        })
        // Whoever waits for the body first hears of a failure there.
        answered.catch(() => undefined)
        if (body) await pipeline(body.source, body.through, request)
        else request.end()
        return answered
    }

    async function done(made: Call): Promise<void> {
        const answer = await call(made)
        const text = (await answer.toArray()).join('')
        // A copy can fail after it was answered that it goes well.
        if ((answer.statusCode ?? 500) >= 300 || text.includes('<Error>')) throw refused(answer, made)
    }

    return {
        encryption: encryption ? 'store' : 'none',
        put: async (key, source, announced) => {
            checkKey(key)
            const draft = `incoming/${randomUUID()}`
            try {
                await done({
                    method: 'PUT',
                    key: draft,
                    headers: {
                        'content-length': String(announced.bytes),
                        'content-type': announced.mime,
                        ...encryption,
                    },
                    body: { source, through: asAnnounced(announced), sha256: announced.sha256 },
                })
                await done({
                    method: 'PUT',
                    key,
                    headers: {
                        'x-amz-copy-source': `${path}/${draft}`,
                        'content-length': '0',
                        ...encryption,
                    },
                })
            } finally {
                // What stays although nobody wants it, a rule of the bucket expires.
                await done({ method: 'DELETE', key: draft }).catch(() => undefined)
            }
        },
        read: async (key, range) => {
            const headers = range ? { range: `bytes=${range.first}-${range.last}` } : undefined
            const made: Call = { method: 'GET', key: checkKey(key), ...(headers ? { headers } : {}) }
            const answer = await call(made)
            if (answer.statusCode !== (range ? 206 : 200)) throw refused(answer.resume(), made)
            return answer
        },
        remove: async (key) => {
            const made: Call = { method: 'DELETE', key: checkKey(key) }
            const answer = (await call(made)).resume()
            if (![200, 204, 404].includes(answer.statusCode ?? 500)) throw refused(answer, made)
        },
        link: (key, { mime, disposition }, seconds) => {
            const url = urlOf(checkKey(key))
            url.searchParams.set('response-content-type', mime)
            url.searchParams.set('response-content-disposition', disposition)
            return presigned(url, bucket, seconds)
        },
    }
}

function refused({ statusCode }: IncomingMessage, { method }: Call): Error {
    return new Error(`the store answered ${statusCode} to a ${method}`)
}
