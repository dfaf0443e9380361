// How often somebody may ask. People who are signed in are counted one by one, nobody by address, in the memory of this
// server and for the minute that it is: no address is kept, or written down. API keys have their own limits, which the
// database counts; a server that acts in its own name has none.

import type { IncomingMessage } from 'node:http'
import { log } from '../log.ts'
import type { RateLimits } from './limits/limits.ts'
import { Refusal } from './refusal.ts'
import type { Claims } from './session.ts'

export interface Visitor {
    claims: Claims
    /** Who is one and the same: what limits are counted by. */
    caller: string
}

const minute = 60_000

/** Callers that are counted one by one; if there are more in a minute, the others count as one. */
const mostCallers = 100_000

export class Visitors {
    readonly #limits: RateLimits
    readonly #trustProxy: boolean
    readonly #now: () => number
    #minute = 0
    #warned = false
    readonly #hits = new Map<string, number>()

    /** `trustProxy`: a proxy of ours stands in front, and says last whom it speaks for. */
    constructor(limits: RateLimits, trustProxy: boolean, now = Date.now) {
        this.#limits = limits
        this.#trustProxy = trustProxy
        this.#now = now
    }

    /** Lets a request in, once it is known whose it is. Credentials that are none are not looked at without end. */
    async admit(request: IncomingMessage, authenticate: () => Promise<Claims>): Promise<Visitor> {
        const { nobodyPerMinute } = this.#limits
        if (!this.#trustProxy) this.#warnOfProxy(request)
        const address = addressOf(request, this.#trustProxy)
        const refused = `refused ${address}`
        this.#require(refused, nobodyPerMinute)
        const claims = await authenticate().catch((error: unknown) => {
            if (error instanceof Refusal && error.statusCode === 401) this.charge(refused, 1)
            throw error
        })
        if (claims.role === 'service_role') return { claims, caller: 'service' }
        const visitor = { claims, caller: somebodyIn(claims) ?? `address ${address}` }
        this.#requireOf(visitor)
        if (claims.api_key === undefined) this.charge(visitor.caller, 1)
        return visitor
    }

    /** Lets a further request in, of somebody who was let in, over the socket that is theirs. */
    again(visitor: Visitor): void {
        if (visitor.claims.role === 'service_role') return
        this.#requireOf(visitor)
        this.charge(visitor.caller, 1)
    }

    /** Counts requests, or work that is as much as some. */
    charge(caller: string, requests: number): void {
        const key = this.#counted(caller)
        this.#hits.set(key, this.#hitsOf(key) + requests)
    }

    #requireOf({ claims, caller }: Visitor): void {
        const { nobodyPerMinute, signedInPerMinute } = this.#limits
        this.#require(caller, somebodyIn(claims) === undefined ? nobodyPerMinute : signedInPerMinute)
    }

    #require(caller: string, most: number): void {
        this.#forgetLastMinute()
        if (most === 0 || this.#hitsOf(this.#counted(caller)) < most) return
        const seconds = Math.ceil(((this.#minute + 1) * minute - this.#now()) / 1000)
        throw new Refusal(429, 'RATE_LIMITED', `${most} requests came in this minute, which is the most`, {
            hint: `try again in ${seconds} s`,
            headers: { 'retry-after': String(seconds) },
        })
    }

    #hitsOf(key: string): number {
        return this.#hits.get(key) ?? 0
    }

    #counted(caller: string): string {
        return this.#hits.has(caller) || this.#hits.size < mostCallers ? caller : 'others'
    }

    #warnOfProxy({ headers }: IncomingMessage): void {
        if (this.#warned || headers['x-forwarded-for'] === undefined) return
        this.#warned = true
        log('warn', 'whoever comes through a proxy counts as one: set TRUST_PROXY')
    }

    #forgetLastMinute(): void {
        const current = Math.floor(this.#now() / minute)
        if (current === this.#minute) return
        this.#minute = current
        this.#hits.clear()
    }
}

function somebodyIn({ role, api_key, person, iss, sub }: Claims): string | undefined {
    if (api_key !== undefined) return `key ${api_key}`
    if (person !== undefined) return `person ${person}`
    return role === 'anon' || sub === undefined ? undefined : `person ${JSON.stringify([iss, sub])}`
}

/** A proxy adds, last, whom it speaks for; what stands before that, anybody can have written. */
function addressOf({ headers, socket }: IncomingMessage, trustProxy: boolean): string {
    const told = trustProxy
        ? String(headers['x-forwarded-for'] ?? '')
              .split(',')
              .at(-1)
              ?.trim()
        : undefined
    return network(told || socket.remoteAddress || '')
}

/** Whoever has one address of IPv6 has the 2^64 beside it. */
function network(address: string): string {
    const groups = address.split(':')
    return groups.length > 4 && !address.includes('.') ? groups.slice(0, 4).join(':') : address
}
