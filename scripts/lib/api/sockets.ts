// WebSockets, for subscriptions alone (protocol graphql-transport-ws). A socket is somebody's from its first message on,
// and is closed when their token expires; whoever opens one from a page of another origin is sent away.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { CloseCode, makeServer } from 'graphql-ws'
import { makeGraphQLWSConfig } from 'postgraphile/grafserv'
import { type ExecutionArgs, getOperationAST } from 'postgraphile/graphql'
import { type WebSocket, WebSocketServer } from 'ws'
import { shown } from './errors.ts'
import type { FindProject } from './hosts.ts'
import { asGraphQLError } from './limits/documents.ts'
import { Refusal } from './refusal.ts'
import { nameOf } from './request-id.ts'
import type { Claims, Session } from './session.ts'
import type { Visitor } from './visitors.ts'

type Instance = Parameters<typeof makeGraphQLWSConfig>[0]

interface Extra {
    socket: WebSocket
    request: IncomingMessage
}

export interface SocketRules {
    /** Lets somebody in, and each thing that they ask. */
    admit(request: IncomingMessage, header: string | undefined): Promise<Visitor>
    again(visitor: Visitor): void
    projectOf: FindProject
    /** Other origins whose pages may open a socket. */
    origins: readonly string[]
}

export interface Sockets {
    /** How many are open. */
    readonly size: number
    close(): void
}

const path = '/graphql'
const maxPayload = 100_000
const maxSockets = 2_000
const maxOperations = 20
const initPatience = 5_000
const beatEvery = 25_000

/** Longer than that no timer runs: 24 days. */
const longestTimer = 2 ** 31 - 1

const goingAway = 1001
const tryAgainLater = 1013

const sessions = new WeakMap<object, Session>()

/** Whose request it is, or whose socket, once it was opened. */
export function senderOf({ session, ws }: Partial<Grafast.RequestContext>): Session | undefined {
    return session ?? (ws && sessionOf(ws.socket))
}

function sessionOf(socket: unknown): Session | undefined {
    return typeof socket === 'object' && socket ? sessions.get(socket) : undefined
}

export function serveSockets(http: Server, instance: Instance, rules: SocketRules): Sockets {
    const grafserv = makeGraphQLWSConfig(instance)
    const protocol = makeServer<Record<string, unknown>, Extra>({
        ...(grafserv as object),
        connectionInitWaitTimeout: initPatience,
        async onConnect({ connectionParams, extra }) {
            const { socket, request } = extra
            try {
                const given = connectionParams?.authorization ?? connectionParams?.Authorization
                const visitor = await rules.admit(
                    request,
                    typeof given === 'string' ? given : request.headers.authorization,
                )
                const projectId = await rules.projectOf(request.headers)
                sessions.set(socket, { ...visitor, requestId: nameOf(request), projectId })
                closeWhenExpired(socket, visitor.claims)
                return true
            } catch (error) {
                turnAway(socket, error)
                return false
            }
        },
        async onSubscribe(context, id, payload) {
            try {
                requireFew(Object.keys(context.subscriptions).length)
                const session = sessionOf(context.extra.socket)
                if (session) rules.again(session)
                const asked = await grafserv.onSubscribe?.(context as never, id, payload)
                if (asked && 'document' in asked) requireSubscription(asked)
                return asked
            } catch (error) {
                if (error instanceof Refusal) return [asGraphQLError(error)]
                throw error
            }
        },
    })
    const server = new WebSocketServer({
        noServer: true,
        maxPayload,
        handleProtocols: () => 'graphql-transport-ws',
    })
    http.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        const refusal = refusalOf(request, server.clients.size, rules.origins)
        if (refusal) return void stream.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\n\r\n`)
        stream.on('error', () => stream.destroy())
        server.handleUpgrade(request, stream, head, (socket) => {
            keepAlive(socket)
            // What is too large or is not the protocol closes the socket, and that is all.
            socket.on('error', () => socket.terminate())
            const closed = protocol.opened(
                {
                    protocol: socket.protocol,
                    send: (data) =>
                        new Promise((resolve, reject) => {
                            socket.send(data, (error) => (error ? reject(error) : resolve()))
                        }),
                    close: (code, reason) => socket.close(code, reason),
                    onMessage: (handle) =>
                        socket.on('message', (data) => {
                            handle(String(data)).catch(() => socket.close(CloseCode.InternalServerError))
                        }),
                },
                { socket, request },
            )
            socket.once('close', (code, reason) => void closed(code, String(reason)))
        })
    })
    return {
        get size() {
            return server.clients.size
        },
        close() {
            for (const socket of server.clients) socket.close(goingAway, 'SERVER_STOPS')
        },
    }
}

/** Browsers name the page that opens a socket; programs need not. */
function refusalOf(request: IncomingMessage, open: number, origins: readonly string[]): string | undefined {
    const { origin, host } = request.headers
    if (request.url?.split('?')[0] !== path) return '404 Not Found'
    if (origin !== undefined && !isOwn(origin, host) && !origins.includes(origin)) return '403 Forbidden'
    if (!request.headers['sec-websocket-protocol']?.split(/, */).includes('graphql-transport-ws')) {
        return '400 Bad Request'
    }
    return open < maxSockets ? undefined : '503 Service Unavailable'
}

function isOwn(origin: string, host: string | undefined): boolean {
    return URL.canParse(origin) && host !== undefined && new URL(origin).host === host
}

function requireFew(open: number): void {
    if (open <= maxOperations) return
    throw new Refusal(429, 'TOO_MANY_SUBSCRIPTIONS', `a socket has at most ${maxOperations} subscriptions`)
}

/** What was asked, once its text is known: it may have been asked for by its id. */
function requireSubscription({ document, operationName }: ExecutionArgs): void {
    const operation = getOperationAST(document, operationName)?.operation
    if (!operation || operation === 'subscription') return
    throw new Refusal(400, 'SUBSCRIPTIONS_ONLY', `a ${operation} does not come by WebSocket`, {
        hint: 'send it over HTTP',
    })
}

function turnAway(socket: WebSocket, error: unknown): void {
    const refusal = error instanceof Refusal ? error.extensions : undefined
    const code = refusal?.code ?? shown(error instanceof Error ? error : new Error(String(error))).code
    const status = refusal && 'statusCode' in refusal ? refusal.statusCode : 503
    if (status === 401) socket.close(CloseCode.Unauthorized, code)
    else if (status === 429) socket.close(CloseCode.TooManyInitialisationRequests, code)
    else socket.close(tryAgainLater, code)
}

/** Forbidden, and not unauthorized: at that, clients open a new socket, with a new token. */
function closeWhenExpired(socket: WebSocket, { exp }: Claims): void {
    if (typeof exp !== 'number') return
    const left = Math.min(exp * 1_000 - Date.now(), longestTimer)
    const timer = setTimeout(() => socket.close(CloseCode.Forbidden, 'TOKEN_EXPIRED'), Math.max(left, 0))
    socket.once('close', () => clearTimeout(timer))
}

/** Whoever is gone without a word is noticed by the second beat. */
function keepAlive(socket: WebSocket): void {
    let alive = true
    const beat = setInterval(() => {
        if (alive) socket.ping()
        else socket.terminate()
        alive = false
    }, beatEvery)
    socket.on('pong', () => {
        alive = true
    })
    socket.once('close', () => clearInterval(beat))
}
