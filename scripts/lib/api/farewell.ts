// How the server stops: nobody new is let in, whatever was accepted is answered, then connections are closed. Node's own
// close() ends connections between an answer's last write and its way out, and the answer is lost: seen once in a
// thousand requests.

import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import { Server } from 'node:net'

/** How long requests that are under way may take when the server is told to stop. */
const patience = 10_000

/** Follows the requests of a server from its start; what it answers stops the server. */
export function farewell(http: HttpServer): () => Promise<void> {
    let underWay = 0
    let stopping = false
    let quiet: () => void = () => undefined
    http.prependListener('request', (_request, response) => {
        underWay += 1
        if (stopping) response.setHeader('connection', 'close')
        response.once('close', () => {
            underWay -= 1
            if (underWay === 0) quiet()
        })
    })
    return async () => {
        if (!http.listening) return
        stopping = true
        const closed = once(http, 'close')
        Server.prototype.close.call(http)
        const late = setTimeout(() => http.closeAllConnections(), patience)
        await new Promise<void>((resolve) => {
            quiet = () => {
                http.closeIdleConnections()
                resolve()
            }
            if (underWay === 0) quiet()
        })
        await closed
        clearTimeout(late)
    }
}
