// What the API is started with: the caller's word, else the environment's, else, on a machine of one's own, local keys.

import { readConfig } from '../config.ts'
import { Problem } from '../console.ts'
import { localKeys } from '../local-keys.ts'
import type { ServiceOptions } from '../services.ts'
import { openStorage, signingKeys } from '../storage/settings.ts'
import type { SigningKeys } from '../storage/signed-urls.ts'
import type { Storage } from '../storage/storage.ts'
import type { PoolSettings } from './pools.ts'
import type { TokenRules } from './tokens.ts'

export interface ApiOptions extends ServiceOptions {
    tokens?: TokenRules
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
        tokens: options.tokens ?? tokenRules(),
        storage: options.storage ?? (await openStorage()),
        signingKeys: options.signingKeys ?? signingKeys(),
        trustProxy: options.trustProxy ?? config.TRUST_PROXY,
        corsOrigins: options.corsOrigins ?? config.CORS_ORIGINS,
        publicMaxAge: options.publicMaxAge ?? config.PUBLIC_MAX_AGE,
        metricsToken: options.metricsToken ?? config.METRICS_TOKEN,
    }
}

export function tokenRules(): TokenRules {
    const { JWT_SECRET, JWT_ISSUER, JWT_AUDIENCE, ALLOW_SERVICE_ROLE } = readConfig()
    return {
        secret: JWT_SECRET ?? localKeys().jwtSecret,
        issuer: JWT_ISSUER,
        audience: JWT_AUDIENCE,
        allowServiceRole: ALLOW_SERVICE_ROLE,
    }
}

/** A secret that was made here is no secret to those who sign people in: in production they have to share theirs. */
export function requireOwnSecret(): void {
    if (readConfig().JWT_SECRET === undefined) {
        throw new Problem(
            'This database is in production, and JWT_SECRET is not set.',
            'Set it to the secret of whoever signs people in.',
        )
    }
}
