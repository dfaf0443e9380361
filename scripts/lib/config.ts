// Every environment variable the package reads, in one table: what it is for, its default, what is allowed.

import { usualLimits } from './api/limits/limits.ts'
import { Problem, usageProblem } from './console.ts'
import { withoutPassword } from './db.ts'

interface Setting<T> {
    about: string
    /** Used when the variable is not set or empty. */
    fallback: T
    /** Shown as the default where the value itself would say little. */
    shown?: string
    /** Never printed. */
    secret?: boolean
    /** Throws with the reason when a value is refused. */
    parse(value: string): NonNullable<T>
}

export type LogLevel = (typeof logLevels)[number]

const logLevels = ['info', 'warn', 'error', 'off'] as const

const settings = {
    DATABASE_URL: setting<string | undefined>({
        about: 'the Postgres to work on',
        fallback: undefined,
        shown: 'the embedded server',
        secret: true,
        parse: databaseUrl,
    }),
    AUTHENTICATOR_URL: setting<string | undefined>({
        about: 'the same database as role authenticator, for the API',
        fallback: undefined,
        shown: 'made for the embedded server',
        secret: true,
        parse: databaseUrl,
    }),
    KEYHOLDER_URL: setting<string | undefined>({
        about: 'the same database as role empathy_keyholder, for the secrets',
        fallback: undefined,
        shown: 'made for the embedded server',
        secret: true,
        parse: databaseUrl,
    }),
    PREPARED_STATEMENTS: setting<boolean>({
        about: 'off: a pooler in transaction mode stands before the database that forgets them (pgbouncer before 1.21)',
        fallback: true,
        shown: 'on',
        parse: onOrOff,
    }),
    PORT: setting<number>({
        about: 'the API listens on this port of the loopback address',
        fallback: 5678,
        parse: port,
    }),
    TRUST_PROXY: setting<boolean>({
        about: 'on: a proxy of ours stands in front, and what it says in X-Forwarded-… is believed',
        fallback: false,
        shown: 'off',
        parse: onOrOff,
    }),
    CORS_ORIGINS: setting<readonly string[]>({
        about: 'the origins whose pages may call the API in a browser, such as https://app.example, with commas between',
        fallback: [],
        shown: 'none',
        parse: origins,
    }),
    PUBLIC_MAX_AGE: setting<number>({
        about: 'how many seconds caches may keep public answers: what is withdrawn is shown on for so long (0 to 30)',
        fallback: 10,
        parse: publicMaxAge,
    }),
    METRICS_TOKEN: setting<string | undefined>({
        about: 'what to send as bearer token to read /metrics',
        fallback: undefined,
        shown: 'none: for this machine alone, and not in production',
        secret: true,
        parse: bearerToken,
    }),
    JWT_SECRET: setting<string | undefined>({
        about: 'the secret (HS256) that sign-in tokens are signed with',
        fallback: undefined,
        shown: 'made for this machine',
        secret: true,
        parse: jwtSecret,
    }),
    JWT_ISSUER: setting<string | undefined>({
        about: 'the issuer that tokens have to name',
        fallback: undefined,
        shown: 'any',
        parse: (value) => value,
    }),
    JWT_AUDIENCE: setting<string | undefined>({
        about: 'the audience that tokens have to name',
        fallback: undefined,
        shown: 'any',
        parse: (value) => value,
    }),
    JWT_PREVIOUS_SECRET: setting<string | undefined>({
        about: 'the secret before, while it is being replaced',
        fallback: undefined,
        shown: 'none',
        secret: true,
        parse: jwtSecret,
    }),
    JWKS: setting<string | undefined>({
        about: 'the public keys of the issuer, instead of a secret: an https address, or a file',
        fallback: undefined,
        shown: 'none',
        parse: jwksAddress,
    }),
    ISSUERS_FILE: setting<string | undefined>({
        about: 'a file that names several issuers, instead of all these (docs/api.md)',
        fallback: undefined,
        shown: 'none',
        parse: (value) => value,
    }),
    ALLOW_SERVICE_ROLE: setting<boolean>({
        about: 'on: a token may name the role service_role, a server that acts in its own name',
        fallback: false,
        shown: 'off',
        parse: onOrOff,
    }),
    INTROSPECTION: setting<boolean | undefined>({
        about: 'off: nobody asks the API for its schema, and no error suggests a name',
        fallback: undefined,
        shown: 'on, and in production off',
        parse: onOrOff,
    }),
    OPERATIONS_FILE: setting<string | undefined>({
        about: 'a JSON object of ids and GraphQL documents: no others run',
        fallback: undefined,
        shown: 'none: any document runs',
        parse: (value) => value,
    }),
    MAX_DEPTH: setting<number>({
        about: 'how many levels of fields an operation has at most',
        fallback: usualLimits.maxDepth,
        parse: atLeastOne,
    }),
    MAX_FIELDS: setting<number>({
        about: 'how many fields it has at most, with those of its fragments',
        fallback: usualLimits.maxFields,
        parse: atLeastOne,
    }),
    MAX_COST: setting<number>({
        about: 'what it costs at most: about the rows that it asks for',
        fallback: usualLimits.maxCost,
        parse: atLeastOne,
    }),
    MAX_SECONDS: setting<number>({
        about: 'after how many seconds no further statement of a request is begun',
        fallback: usualLimits.maxSeconds,
        parse: atLeastOne,
    }),
    RATE_LIMIT_SIGNED_IN: setting<number>({
        about: 'requests a minute of a person who is signed in, 0: no limit',
        fallback: usualLimits.signedInPerMinute,
        parse: count,
    }),
    RATE_LIMIT_NOBODY: setting<number>({
        about: 'requests a minute from an address, of whoever is not signed in, 0: no limit',
        fallback: usualLimits.nobodyPerMinute,
        parse: count,
    }),
    KEK_HEX: setting<string | undefined>({
        about: 'the key that encrypts the keys of people, 64 hexadecimal digits',
        fallback: undefined,
        shown: 'made for the embedded server',
        secret: true,
        parse: hexKey,
    }),
    KEK_PREVIOUS_HEX: setting<string | undefined>({
        about: 'the one before, while it is being replaced',
        fallback: undefined,
        shown: 'none',
        secret: true,
        parse: hexKey,
    }),
    STORAGE_FOLDER: setting<string | undefined>({
        about: 'the folder that files lie in',
        fallback: undefined,
        shown: 'beside the embedded server',
        parse: (value) => value,
    }),
    S3_URL: setting<string | undefined>({
        about: 'the bucket that files lie in instead, https://host/bucket',
        fallback: undefined,
        shown: 'none',
        parse: bucketUrl,
    }),
    S3_REGION: setting<string>({
        about: 'its region',
        fallback: 'us-east-1',
        parse: (value) => value,
    }),
    S3_ACCESS_KEY_ID: setting<string | undefined>({
        about: 'the id of the key to it',
        fallback: undefined,
        shown: 'none',
        parse: (value) => value,
    }),
    S3_SECRET_ACCESS_KEY: setting<string | undefined>({
        about: 'the key to it',
        fallback: undefined,
        shown: 'none',
        secret: true,
        parse: (value) => value,
    }),
    S3_ENCRYPTED: setting<boolean>({
        about: 'on: ask it to encrypt what it keeps (AES256)',
        fallback: false,
        shown: 'off',
        parse: onOrOff,
    }),
    FILES_KEY_HEX: setting<string | undefined>({
        about: 'the key that signs the addresses of files, 64 hexadecimal digits',
        fallback: undefined,
        shown: 'made for the embedded server',
        secret: true,
        parse: hexKey,
    }),
    FILES_KEY_PREVIOUS_HEX: setting<string | undefined>({
        about: 'the one before, for a quarter of an hour after it was replaced',
        fallback: undefined,
        shown: 'none',
        secret: true,
        parse: hexKey,
    }),
    LOG_LEVEL: setting<LogLevel>({
        about: 'what the API and the worker log: info, warn, error or off',
        fallback: 'info',
        parse: logLevel,
    }),
    NAME: setting<string | undefined>({
        about: 'name of the database that `fresh` makes',
        fallback: undefined,
        shown: 'none',
        parse: (value) => value,
    }),
    EMPATHY_LOCK_TIMEOUT: setting<string>({
        about: 'how long a migration waits for a lock',
        fallback: '5s',
        parse: duration,
    }),
    EMPATHY_STATEMENT_TIMEOUT: setting<string>({
        about: 'how long one statement of a migration may take',
        fallback: '30min',
        parse: duration,
    }),
    EMPATHY_DB_PORT: setting<number | undefined>({
        about: 'port of the embedded server',
        fallback: undefined,
        shown: '54329, or the next free one',
        parse: port,
    }),
    EMPATHY_RUNTIME_DIR: setting<string | undefined>({
        about: 'folder for the data and logs of the embedded servers',
        fallback: undefined,
        shown: '.empathy',
        parse: (value) => value,
    }),
}

export type SettingName = keyof typeof settings
export type Config = { [Name in SettingName]: (typeof settings)[Name]['fallback'] }

/** Reads the environment; refuses a wrong value by its name. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env): Config {
    const values: Partial<Record<SettingName, unknown>> = {}
    for (const [name, entry] of Object.entries(settings) as [SettingName, Setting<unknown>][]) {
        const text = environment[name]?.trim()
        values[name] = text ? parsed(name, entry, text) : entry.fallback
    }
    return values as Config
}

/** One row per variable, for people. */
export function describeSettings(): { name: string; about: string; fallback: string }[] {
    return Object.entries(settings as Record<string, Setting<unknown>>).map(([name, entry]) => ({
        name,
        about: entry.about,
        fallback: entry.shown ?? String(entry.fallback),
    }))
}

function parsed(name: string, entry: Setting<unknown>, text: string): unknown {
    try {
        return entry.parse(text)
    } catch (error) {
        const reason = error instanceof Error ? error.message : String(error)
        throw usageProblem(
            entry.secret ? `${name} is refused: ${reason}` : `${name}=${text} is refused: ${reason}`,
            `${name}: ${entry.about} (default: ${entry.shown ?? String(entry.fallback)})`,
        )
    }
}

function setting<T>(entry: Setting<T>): Setting<T> {
    return entry
}

function port(value: string): number {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < 1 || number > 65_535) {
        throw new Problem('it is not a port (1 to 65535)')
    }
    return number
}

function origins(value: string): string[] {
    const named = value.split(',').map((text) => text.trim())
    for (const text of named) {
        // Exactly as browsers say it: no path, no capital, no port that goes without saying.
        const url = URL.canParse(text) ? new URL(text) : undefined
        if (!/^https?:[^*]+$/.test(text) || url?.origin !== text) {
            throw new Problem(`"${text}" is not an origin such as https://app.example`)
        }
    }
    return named
}

function publicMaxAge(value: string): number {
    const seconds = Number(value)
    if (!/^\d+$/.test(value) || seconds > 30) throw new Problem('it is not a number of seconds from 0 to 30')
    return seconds
}

function bearerToken(value: string): string {
    if (!/^[\w.~+/=-]{32,}$/.test(value)) {
        throw new Problem('it is not 32 or more of the letters, digits and -._~+/= that a header can carry')
    }
    return value
}

function duration(value: string): string {
    if (!/^(0|\d+(ms|s|min|h))$/.test(value)) {
        throw new Problem('it is not a time such as 500ms, 5s or 30min (0: no limit)')
    }
    return value
}

function databaseUrl(value: string): string {
    const example = 'postgres://user:password@host:5432/database'
    if (!URL.canParse(value)) throw new Problem(`it is not a URL such as ${example}`)
    const url = new URL(value)
    if (!/^postgres(ql)?:$/.test(url.protocol)) {
        throw new Problem(`${url.protocol}// is no Postgres; write ${example}`)
    }
    if (url.pathname.length < 2) {
        throw new Problem(`${withoutPassword(value)} names no database; write ${example}`)
    }
    return value
}

function bucketUrl(value: string): string {
    const url = URL.canParse(value) ? new URL(value) : undefined
    if (!url || !/^https?:$/.test(url.protocol) || url.pathname.length < 2 || url.search || url.username) {
        throw new Problem('it is not the URL of a bucket such as https://host/bucket')
    }
    return value
}

export function jwtSecret(value: string): string {
    if (value.length < 32) throw new Problem('it is shorter than 32 characters, which can be guessed')
    return value
}

export function jwksAddress(value: string): string {
    if (!/^[a-z][a-z\d+.-]*:\/\//i.test(value)) return value
    const { protocol, hostname, username } = URL.canParse(value) ? new URL(value) : { protocol: '' }
    const near = ['localhost', '127.0.0.1', '[::1]'].includes(hostname ?? '')
    if (username || (protocol !== 'https:' && !(protocol === 'http:' && near))) {
        throw new Problem('it is neither a file nor an https address')
    }
    return value
}

function onOrOff(value: string): boolean {
    if (value !== 'on' && value !== 'off') throw new Problem('it is neither on nor off')
    return value === 'on'
}

function count(value: string): number {
    if (!/^\d{1,9}$/.test(value)) throw new Problem('it is not a number such as 0 or 600')
    return Number(value)
}

function atLeastOne(value: string): number {
    const number = count(value)
    if (number === 0) throw new Problem('it has to be 1 or more')
    return number
}

function hexKey(value: string): string {
    if (!/^[0-9a-f]{64}$/.test(value)) throw new Problem('it is not 64 hexadecimal digits, lower-case')
    return value
}

function logLevel(value: string): LogLevel {
    const level = logLevels.find((name) => name === value)
    if (!level) throw new Problem(`it is none of ${logLevels.join(', ')}`)
    return level
}
