// A stand-in for a store that speaks S3: objects in memory, and every signature recomputed in its own way from what came
// over the wire. It does not look whether a body is what was signed, as not every store does.

import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Bucket } from '../../scripts/lib/storage/s3.ts'

export interface StandIn {
    bucket: Bucket
    /** By their keys. */
    objects: Map<string, { body: Buffer; mime: string; encrypted: boolean }>
    refused: number
    stop(): Promise<void>
}

const keyId = 'AKIDTESTS'
const secret = 'a+secret/with=signs'
const region = 'ca-test-1'

export async function startStandIn(): Promise<StandIn> {
    const objects: StandIn['objects'] = new Map()
    const server = createServer(async (request, response) => {
        const url = new URL(request.url ?? '', `http://${request.headers.host}`)
        const key = url.pathname.replace(/^\/ledger-files\//, '')
        const body = await request.toArray().then(
            (chunks) => Buffer.concat(chunks),
            () => undefined,
        )
        // Whoever goes away before the end has sent nothing.
        if (!body) return
        if (!isSigned(request, url)) {
            standIn.refused += 1
            response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
        } else if (request.method === 'PUT') {
            const source = request.headers['x-amz-copy-source']
            const copied = objects.get(String(source).replace(/^\/ledger-files\//, ''))
            if (source !== undefined && !copied) {
                response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
                return
            }
            const encrypted = request.headers['x-amz-server-side-encryption'] === 'AES256'
            const mime = String(request.headers['content-type'] ?? copied?.mime)
            objects.set(key, { body: copied?.body ?? body, mime, encrypted })
            response.writeHead(200).end(copied ? '<CopyObjectResult/>' : '')
        } else if (request.method === 'DELETE') {
            objects.delete(key)
            response.writeHead(204).end()
        } else {
            const object = objects.get(key)
            if (!object) {
                response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>')
                return
            }
            const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? []
            response.setHeader('content-type', url.searchParams.get('response-content-type') ?? object.mime)
            response.setHeader(
                'content-disposition',
                url.searchParams.get('response-content-disposition') ?? '',
            )
            response.writeHead(first ? 206 : 200)
            response.end(first ? object.body.subarray(Number(first), Number(last) + 1) : object.body)
        }
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const standIn: StandIn = {
        bucket: {
            url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ledger-files`,
            region,
            accessKeyId: keyId,
            secretAccessKey: secret,
            encrypted: true,
        },
        objects,
        refused: 0,
        stop: async () => {
            server.close()
            server.closeAllConnections()
        },
    }
    return standIn
}

function isSigned(request: IncomingMessage, url: URL): boolean {
    const header = request.headers.authorization
    const given = header === undefined ? fromQuery(request, url) : fromHeader(request, url, header)
    if (!given) return false
    const [id, date = '', ...place] = given.credential.split('/')
    if (id !== keyId || place.join('/') !== `${region}/s3/aws4_request` || !given.at.startsWith(date))
        return false
    const names = given.names.split(';')
    const lines = names.map((name) => `${name}:${request.headers[name]}\n`).join('')
    const parameters = (request.url ?? '').split('?')[1]?.split('&') ?? []
    const query = parameters
        .filter((parameter) => !parameter.startsWith('X-Amz-Signature='))
        .sort()
        .join('&')
    const canonical = `${request.method}\n${url.pathname}\n${query}\n${lines}\n${given.names}\n${given.payload}`
    const digest = createHash('sha256').update(canonical).digest('hex')
    let key: string | Buffer = `AWS4${secret}`
    for (const part of [date, ...place]) key = createHmac('sha256', key).update(part).digest()
    const toSign = `AWS4-HMAC-SHA256\n${given.at}\n${date}/${place.join('/')}\n${digest}`
    return createHmac('sha256', key).update(toSign).digest('hex') === given.signature
}

interface Given {
    credential: string
    names: string
    signature: string
    at: string
    payload: string
}

function fromHeader(request: IncomingMessage, _url: URL, header: string): Given | undefined {
    const parts = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\w+)$/.exec(header)
    const [, credential, names, signature] = parts ?? []
    const at = request.headers['x-amz-date']
    const payload = request.headers['x-amz-content-sha256']
    const late = typeof at !== 'string' || Math.abs(Date.now() - instantOf(at)) > 15 * 60_000
    if (!credential || !names || !signature || late || typeof payload !== 'string') return undefined
    // What changes the meaning of a request has to be signed, as stores demand.
    const signed = names.split(';')
    const loose = Object.keys(request.headers).filter(
        (name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.includes(name),
    )
    return loose.length > 0 ? undefined : { credential, names, signature, at, payload }
}

function fromQuery(_request: IncomingMessage, url: URL): Given | undefined {
    const of = (name: string) => url.searchParams.get(`X-Amz-${name}`) ?? ''
    const at = of('Date')
    if (Date.now() > instantOf(at) + Number(of('Expires')) * 1000) return undefined
    return {
        credential: of('Credential'),
        names: of('SignedHeaders'),
        signature: of('Signature'),
        at,
        payload: 'UNSIGNED-PAYLOAD',
    }
}

function instantOf(text: string): number {
    return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}
