// Who signs people in: the issuers whose tokens are believed. One, named by the environment; or several, named by a file
// that is read again when it changes.

import { dirname, resolve } from 'node:path'
import { parseIssuers } from './issuer-file.ts'
import { type FindKeys, isAddress, publicAlgorithms, publicKeys, secretKeys } from './issuer-keys.ts'
import { keptFile } from './kept-file.ts'

/** One issuer as it is written down. */
export interface IssuerSettings {
    /** What its tokens call it (iss). Undefined: whatever they call it. */
    issuer: string | undefined
    /** Whom its tokens are for (aud): one of these. Undefined: whomever. */
    audience: string | string[] | undefined
    /** Shared with it (HS256), and the one before while that is being replaced. */
    secret?: string | undefined
    previousSecret?: string | undefined
    /** Its public keys: an address, or a file. */
    jwks?: string | undefined
    /** Which ways of signing with those are believed; all that are known here, unless told otherwise. */
    algorithms?: string[]
    /** Whether it is one's own: then its tokens may name a person outright. */
    own?: boolean
    /** The role of all its tokens, whatever they say. */
    role?: 'authenticated'
}

/** What the API is started with: one issuer, or the file that names several. */
export interface TokenSettings extends IssuerSettings {
    issuersFile?: string | undefined
    /** Whether a token may make its bearer a server that acts in its own name. */
    allowServiceRole: boolean
}

export interface Issuer extends Pick<IssuerSettings, 'audience' | 'role'> {
    /** By the ways of signing that are believed of it. */
    keys: Map<unknown, FindKeys>
    namesPeople: boolean
    makesServers: boolean
}

/** Which issuer a token has to be checked with, if it is one that is known. */
export interface TokenRules {
    issuerOf(iss: unknown): Issuer | undefined
}

export function openIssuers(settings: TokenSettings): TokenRules {
    const { issuersFile, allowServiceRole, ...one } = settings
    if (issuersFile !== undefined) return openFile(issuersFile, allowServiceRole)
    const only = { ...openIssuer(one, 'JWKS'), makesServers: allowServiceRole }
    return { issuerOf: (iss) => (one.issuer === undefined || one.issuer === iss ? only : undefined) }
}

function openFile(path: string, allowServiceRole: boolean): TokenRules {
    const issuers = keptFile('ISSUERS_FILE', path, (text) => {
        const opened = parseIssuers(text).map((each) => {
            const jwks = each.jwks && !isAddress(each.jwks) ? resolve(dirname(path), each.jwks) : each.jwks
            const issuer = openIssuer({ ...each, jwks }, `jwks of ${each.issuer}`)
            // Where there are several, one's own alone makes servers.
            return [each.issuer, { ...issuer, makesServers: allowServiceRole && issuer.namesPeople }] as const
        })
        return new Map<unknown, Issuer>(opened)
    })
    return { issuerOf: (iss) => issuers().get(iss) }
}

function openIssuer(settings: IssuerSettings, jwksSetting: string): Omit<Issuer, 'makesServers'> {
    const {
        audience,
        secret,
        previousSecret,
        jwks,
        algorithms = publicAlgorithms,
        own = false,
        role,
    } = settings
    const keys = new Map<unknown, FindKeys>()
    if (secret !== undefined) keys.set('HS256', secretKeys(secret, previousSecret))
    if (jwks !== undefined) {
        const find = publicKeys(jwksSetting, jwks)
        for (const algorithm of algorithms) keys.set(algorithm, find)
    }
    return { audience, role, keys, namesPeople: own }
}
