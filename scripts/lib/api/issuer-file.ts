// The file that names several issuers: a list of them, in JSON. What is misspelt, missing or too weak is refused, and
// named without its value: that can be a secret.

import { jwksAddress, jwtSecret } from '../config.ts'
import { Problem } from '../console.ts'
import { publicAlgorithms } from './issuer-keys.ts'
import type { IssuerSettings } from './issuers.ts'
import { parseJson } from './kept-file.ts'

interface Entry extends IssuerSettings {
    issuer: string
}

/** What may be said of an issuer, each with what it has to be. */
const checks: Record<keyof IssuerSettings, (value: unknown) => void> = {
    issuer: text,
    audience: (value) => (Array.isArray(value) ? list(value, text) : text(value)),
    secret: (value) => jwtSecret(text(value)),
    previousSecret: (value) => jwtSecret(text(value)),
    jwks: (value) => jwksAddress(text(value)),
    algorithms: (value) => list(value, oneOf(...publicAlgorithms)),
    own: oneOf(true, false),
    role: oneOf('authenticated'),
}

export function parseIssuers(content: string): Entry[] {
    const entries: Entry[] = []
    list(parseJson(content), (each) => {
        within(`issuer ${entries.length + 1}`, () => entries.push(entryOf(each)))
    })
    const names = entries.map(({ issuer }) => issuer)
    const twice = names.find((name, index) => names.indexOf(name) !== index)
    if (twice !== undefined) throw new Problem(`${twice} is in it twice`)
    return entries
}

function entryOf(value: unknown): Entry {
    if (typeof value !== 'object' || value === null) throw new Problem('it is not an object')
    for (const [name, each] of Object.entries(value)) {
        if (!Object.hasOwn(checks, name)) {
            throw new Problem(`there is no "${name}", only ${Object.keys(checks).join(', ')}`)
        }
        within(`"${name}"`, () => checks[name as keyof IssuerSettings](each))
    }
    const entry = value as Entry
    if (entry.issuer === undefined) throw new Problem('"issuer" is missing')
    if (entry.secret === undefined && entry.jwks === undefined)
        throw new Problem('"secret" or "jwks" is missing')
    if (entry.secret === undefined && entry.previousSecret !== undefined)
        throw new Problem('"secret" is missing')
    // The keys of a provider sign for all who use it.
    if (entry.jwks !== undefined && entry.audience === undefined) throw new Problem('"audience" is missing')
    return entry
}

function within(place: string, check: () => void): void {
    try {
        check()
    } catch (error) {
        throw error instanceof Problem ? new Problem(`${place}: ${error.message}`) : error
    }
}

function text(value: unknown): string {
    if (typeof value !== 'string' || value.trim() === '') throw new Problem('it is not a text')
    return value
}

function list(value: unknown, check: (each: unknown) => void): void {
    if (!Array.isArray(value) || value.length === 0) throw new Problem('it is not a list of something')
    value.forEach(check)
}

function oneOf(...allowed: unknown[]): (value: unknown) => void {
    return (value) => {
        if (!allowed.includes(value)) throw new Problem(`it is not one of ${allowed.join(', ')}`)
    }
}
