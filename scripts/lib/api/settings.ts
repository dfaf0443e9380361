// What the API is started with: the caller's word, else the environment's, else, on a machine of one's own, local keys.

import { readConfig } from '../config.ts'
import { Problem } from '../console.ts'
import { localKeys } from '../local-keys.ts'
import type { ServiceOptions } from '../services.ts'
import { openStorage, signingKeys } from '../storage/settings.ts'
import type { SigningKeys } from '../storage/signed-urls.ts'
import type { Storage } from '../storage/storage.ts'
import type { OperationLimits, RateLimits } from './limits/limits.ts'
import { readOperationList } from './operation-list.ts'
import type { PoolSettings } from './pools.ts'
import type { TokenRules } from './tokens.ts'

/** Introspection: undefined is yes, but not in production. */
export type Limits = RateLimits &
    Omit<OperationLimits, 'introspection'> & { introspection: boolean | undefined }

export interface ApiOptions extends ServiceOptions {
    tokens?: TokenRules
    limits?: Partial<Limits>
    kek?: string
    storage?: Storage
    signingKeys?: SigningKeys
}

export interface ApiSettings {
    port: number
    pools: PoolSettings
    tokens: TokenRules
    limits: Limits
    storage: Storage | undefined
    signingKeys: SigningKeys | undefined
}

export async function apiSettings(options: ApiOptions): Promise<ApiSettings> {
    const { DATABASE_URL, KEK_HEX, KEK_PREVIOUS_HEX } = readConfig()
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
        limits: { ...limitsSet(), ...options.limits },
        storage: options.storage ?? (await openStorage()),
        signingKeys: options.signingKeys ?? signingKeys(),
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

function limitsSet(): Limits {
    const config = readConfig()
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
        trustedProxies: config.TRUSTED_PROXIES,
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
