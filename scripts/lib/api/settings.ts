// What the API is started with: the caller's word, else the environment's, else, on a machine of one's own, local keys.

import { type Config, readConfig } from '../config.ts'
import { Problem } from '../console.ts'
import { localKeys } from '../local-keys.ts'
import type { ServiceOptions } from '../services.ts'
import { openStorage, signingKeys } from '../storage/settings.ts'
import type { SigningKeys } from '../storage/signed-urls.ts'
import type { Storage } from '../storage/storage.ts'
import { openIssuers, type TokenRules, type TokenSettings } from './issuers.ts'
import type { OperationLimits, RateLimits } from './limits/limits.ts'
import { readOperationList } from './operation-list.ts'
import type { PoolSettings } from './pools.ts'

/** Introspection: undefined is yes, but not in production. */
export type Limits = Omit<RateLimits & OperationLimits, 'introspection'> & {
    introspection: boolean | undefined
}

export interface ApiOptions extends ServiceOptions {
    tokens?: TokenSettings
    limits?: Partial<Limits>
    kek?: string
    storage?: Storage
    signingKeys?: SigningKeys
    trustProxy?: boolean
    corsOrigins?: readonly string[]
    publicMaxAge?: number
    metricsToken?: string
}

export interface ApiSettings {
    port: number
    pools: PoolSettings
    tokens: TokenRules
    limits: Limits
    storage: Storage | undefined
    signingKeys: SigningKeys | undefined
    trustProxy: boolean
    corsOrigins: readonly string[]
    publicMaxAge: number
    metricsToken: string | undefined
}

export async function apiSettings(options: ApiOptions): Promise<ApiSettings> {
    const config = readConfig()
    const { DATABASE_URL, KEK_HEX, KEK_PREVIOUS_HEX } = config
    const kek = options.kek ?? KEK_HEX ?? (DATABASE_URL ? undefined : localKeys().kek)
    return {
        port: options.port,
        pools: {
            authenticatorUrl: options.authenticatorUrl ?? options.databaseUrl,
            keyholderUrl: options.keyholderUrl,
            kek,
            previousKek: KEK_PREVIOUS_HEX,
        },
        tokens: openIssuers(options.tokens ?? tokenSettings()),
        limits: { ...limitsSet(config), ...options.limits },
        storage: options.storage ?? (await openStorage()),
        signingKeys: options.signingKeys ?? signingKeys(),
        trustProxy: options.trustProxy ?? config.TRUST_PROXY,
        corsOrigins: options.corsOrigins ?? config.CORS_ORIGINS,
        publicMaxAge: options.publicMaxAge ?? config.PUBLIC_MAX_AGE,
        metricsToken: options.metricsToken ?? config.METRICS_TOKEN,
    }
}

/** Who signs people in: what ISSUERS_FILE says, or the other variables, or on a machine of one's own a secret of its own. */
export function tokenSettings(config: Config = readConfig()): TokenSettings {
    const { JWT_SECRET, JWT_PREVIOUS_SECRET, JWKS, JWT_ISSUER, JWT_AUDIENCE, ISSUERS_FILE } = config
    const alone = { JWT_SECRET, JWT_PREVIOUS_SECRET, JWKS, JWT_ISSUER, JWT_AUDIENCE }
    const [beside] = Object.entries(alone).find(([, value]) => value !== undefined) ?? []
    if (ISSUERS_FILE && beside) {
        throw new Problem(`ISSUERS_FILE and ${beside} are both set.`, 'Say all of it in the file.')
    }
    if (JWKS && !(JWT_ISSUER && JWT_AUDIENCE)) {
        throw new Problem(
            `JWKS is set without ${JWT_ISSUER ? 'JWT_AUDIENCE' : 'JWT_ISSUER'}.`,
            'The keys of a provider sign for all who use it: say which of its tokens are for this server.',
        )
    }
    if (JWT_PREVIOUS_SECRET && !JWT_SECRET) {
        throw new Problem(
            'JWT_PREVIOUS_SECRET is set without JWT_SECRET.',
            'Set JWT_SECRET to the secret after it.',
        )
    }
    return {
        issuersFile: ISSUERS_FILE,
        issuer: JWT_ISSUER,
        audience: JWT_AUDIENCE,
        secret: JWT_SECRET ?? (JWKS || ISSUERS_FILE ? undefined : localKeys().jwtSecret),
        previousSecret: JWT_PREVIOUS_SECRET,
        jwks: JWKS,
        allowServiceRole: config.ALLOW_SERVICE_ROLE,
    }
}

function limitsSet(config: Config): Limits {
    const list = config.OPERATIONS_FILE
    return {
        maxDepth: config.MAX_DEPTH,
        maxFields: config.MAX_FIELDS,
        maxCost: config.MAX_COST,
        maxSeconds: config.MAX_SECONDS,
        introspection: config.INTROSPECTION,
        operations: list === undefined ? undefined : readOperationList(list),
        signedInPerMinute: config.RATE_LIMIT_SIGNED_IN,
        nobodyPerMinute: config.RATE_LIMIT_NOBODY,
    }
}

/** A secret that was made here is no secret to those who sign people in: in production they have to be named. */
export function requireIssuer({ JWT_SECRET, JWKS, ISSUERS_FILE }: Config = readConfig()): void {
    if (JWT_SECRET === undefined && JWKS === undefined && ISSUERS_FILE === undefined) {
        throw new Problem(
            'This database is in production, and nobody is named who signs people in.',
            'Set JWT_SECRET to their secret; or JWKS, or ISSUERS_FILE.',
        )
    }
}
