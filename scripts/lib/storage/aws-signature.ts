// AWS Signature Version 4, as every S3-compatible store understands it: of a request, in its headers; or of a URL that
// may be handed on.

import { createHash, createHmac } from 'node:crypto'

export interface Credentials {
    region: string
    accessKeyId: string
    secretAccessKey: string
}

export interface SignedRequest {
    method: string
    url: URL
    headers: Record<string, string>
    /** The SHA-256 of the body, in hexadecimal digits. */
    payload: string
}

export const emptyPayload = createHash('sha256').digest('hex')

const algorithm = 'AWS4-HMAC-SHA256'

/** The headers of a request, with the one that signs them all. */
export function signedHeaders(request: SignedRequest, credentials: Credentials, now = new Date()) {
    const headers: Record<string, string> = {
        ...request.headers,
        host: request.url.host,
        'x-amz-content-sha256': request.payload,
        'x-amz-date': instant(now),
    }
    const signature = signatureOf({ ...request, headers }, credentials, now)
    const names = Object.keys(headers).sort().join(';')
    const credential = `${credentials.accessKeyId}/${scopeOf(credentials, now)}`
    return {
        ...headers,
        authorization: `${algorithm} Credential=${credential}, SignedHeaders=${names}, Signature=${signature}`,
    }
}

/** The same URL, good for reading for so many seconds. */
export function presigned(url: URL, credentials: Credentials, seconds: number, now = new Date()): string {
    const signed = new URL(url)
    signed.searchParams.set('X-Amz-Algorithm', algorithm)
    signed.searchParams.set('X-Amz-Credential', `${credentials.accessKeyId}/${scopeOf(credentials, now)}`)
    signed.searchParams.set('X-Amz-Date', instant(now))
    signed.searchParams.set('X-Amz-Expires', String(seconds))
    signed.searchParams.set('X-Amz-SignedHeaders', 'host')
    const request = {
        method: 'GET',
        url: signed,
        headers: { host: signed.host },
        payload: 'UNSIGNED-PAYLOAD',
    }
    const signature = signatureOf(request, credentials, now)
    return `${signed.origin}${signed.pathname}?${queryOf(signed)}&X-Amz-Signature=${signature}`
}

function signatureOf(
    { method, url, headers, payload }: SignedRequest,
    credentials: Credentials,
    now: Date,
): string {
    const names = Object.keys(headers).sort()
    const canonical = [
        method,
        url.pathname,
        queryOf(url),
        ...names.map((name) => `${name}:${headers[name]?.trim()}`),
        '',
        names.join(';'),
        payload,
    ].join('\n')
    const toSign = [algorithm, instant(now), scopeOf(credentials, now), sha256(canonical)].join('\n')
    const key = [credentials.region, 's3', 'aws4_request'].reduce(
        hmac,
        hmac(Buffer.from(`AWS4${credentials.secretAccessKey}`), day(now)),
    )
    return hmac(key, toSign).toString('hex')
}

/** The query in the one order and the one spelling that is signed. */
function queryOf(url: URL): string {
    return [...url.searchParams]
        .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
        .sort()
        .join('&')
}

function encoded(text: string): string {
    return encodeURIComponent(text).replace(
        /[!'()*]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
    )
}

function scopeOf({ region }: Credentials, now: Date): string {
    return `${day(now)}/${region}/s3/aws4_request`
}

/** 20260131T235959Z */
function instant(now: Date): string {
    return now.toISOString().replace(/[-:]|\.\d{3}/g, '')
}

function day(now: Date): string {
    return instant(now).slice(0, 8)
}

function sha256(text: string): string {
    return createHash('sha256').update(text).digest('hex')
}

function hmac(key: Buffer, text: string): Buffer {
    return createHmac('sha256', key).update(text).digest()
}
