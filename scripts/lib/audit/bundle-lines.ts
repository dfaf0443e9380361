// The grammar of a bundle: what each kind of line holds, in which order, spelt in exactly one way.

import { Problem } from '../console.ts'

export interface HeaderLine {
    format: typeof bundleFormat
    version: typeof bundleVersion
    origin: string
    tenant_id: string
    size: string
    personal: 'included' | 'withheld'
}

export interface ChangeLine {
    position: string
    seq: string
    era: number
    xid: string
    recorded_at: string
    actor: string | null
    role: string
    session_role: string
    flags: number
    request_id: string | null
    table_name: string
    operation: string
    key: string | null
    clear: string | null
    personal_commitment: string | null
    body_commitment: string | null
    personal: string | null
    salt: string | null
    erased_under: string | null
}

export interface PutAwayLine {
    position: string
    hash: string
}

export interface BlockLine {
    number: string
    size: string
    root: string
    sealed_at: string
    next_xid: string
    previous_hash: string
    hash: string
}

export type BundleLine =
    | HeaderLine
    | { change: ChangeLine }
    | { put_away: PutAwayLine }
    | { block: BlockLine }
    | { note: string }
    | { sha256: string }

export const bundleFormat = 'empathy-ledger audit bundle'
export const bundleVersion = 1

type Check = (value: unknown) => boolean
type Shape<T> = { [Member in keyof T]-?: Check }

// A lone surrogate has no bytes of its own in UTF-8: two texts would have one hash.
const isText: Check = (value) => typeof value === 'string' && value.isWellFormed()
const matches =
    (pattern: RegExp): Check =>
    (value) =>
        typeof value === 'string' && pattern.test(value)
const isOneOf =
    (...values: unknown[]): Check =>
    (value) =>
        values.includes(value)
const orNull =
    (check: Check): Check =>
    (value) =>
        value === null || check(value)
const isUuid = matches(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
const isHash = matches(/^[0-9a-f]{64}$/)
const isSalt = matches(/^[0-9a-f]{32}$/)
const isInteger =
    (least: number, most: number): Check =>
    (value) =>
        Number.isInteger(value) && Number(value) >= least && Number(value) <= most
const isDecimal =
    (least: bigint, most: bigint): Check =>
    (value) => {
        if (typeof value !== 'string' || !/^(0|-?[1-9]\d{0,19})$/.test(value)) return false
        const number = BigInt(value)
        return number >= least && number <= most
    }
const isInt8 = isDecimal(-(2n ** 63n), 2n ** 63n - 1n)
const isXid8 = isDecimal(0n, 2n ** 64n - 1n)
/** Counts are numbers in here: no file holds more lines than can be counted so. */
const isCount = isDecimal(0n, BigInt(Number.MAX_SAFE_INTEGER))

const header: Shape<HeaderLine> = {
    format: isOneOf(bundleFormat),
    version: isOneOf(bundleVersion),
    origin: isText,
    tenant_id: isUuid,
    size: isCount,
    personal: isOneOf('included', 'withheld'),
}

const change: Shape<ChangeLine> = {
    position: isCount,
    seq: isInt8,
    era: isInteger(-(2 ** 31), 2 ** 31 - 1),
    xid: isXid8,
    recorded_at: isInt8,
    actor: orNull(isUuid),
    role: isText,
    session_role: isText,
    flags: isInteger(-(2 ** 15), 2 ** 15 - 1),
    request_id: orNull(isText),
    table_name: isText,
    operation: isOneOf('I', 'U', 'D', 'T', 'S'),
    key: orNull(isText),
    clear: orNull(isText),
    personal_commitment: orNull(isHash),
    body_commitment: orNull(isHash),
    personal: orNull(isText),
    salt: orNull(isSalt),
    erased_under: orNull(isUuid),
}

const putAway: Shape<PutAwayLine> = { position: isCount, hash: isHash }

const block: Shape<BlockLine> = {
    number: isCount,
    size: isCount,
    root: isHash,
    sealed_at: isInt8,
    next_xid: isXid8,
    previous_hash: isHash,
    hash: isHash,
}

const lines: Record<string, Check> = {
    format: (value) => hasShape(value, header),
    change: (value) => isWrapped(value, 'change', (inner) => hasShape(inner, change)),
    put_away: (value) => isWrapped(value, 'put_away', (inner) => hasShape(inner, putAway)),
    block: (value) => isWrapped(value, 'block', (inner) => hasShape(inner, block)),
    note: (value) => isWrapped(value, 'note', isText),
    sha256: (value) => isWrapped(value, 'sha256', isHash),
}

/** Reads one line; throws where it is not one, or is written in another way than `writeLine` writes it. */
export function readLine(text: string): BundleLine {
    const value = parsed(text)
    const [kind = ''] = Object.keys(value)
    if (!Object.hasOwn(lines, kind)) throw new Problem('it is no line of a bundle')
    if (!lines[kind]?.(value))
        throw new Problem(`as "${kind}" it lacks something, or has something of another form`)
    if (JSON.stringify(value) !== text) throw new Problem('it is not written in the one form that is allowed')
    return value as BundleLine
}

export function writeLine(line: BundleLine): string {
    return `${JSON.stringify(line)}\n`
}

function parsed(text: string): object {
    try {
        const value: unknown = JSON.parse(text)
        if (typeof value === 'object' && value !== null) return value
    } catch {
        // Said below: whatever the parser says of it, it is not JSON.
    }
    throw new Problem('it is no JSON object')
}

function isWrapped(value: unknown, member: string, check: Check): boolean {
    return hasShape(value, { [member]: check })
}

/** These members, in this order, and no others. */
function hasShape(value: unknown, shape: Record<string, Check>): boolean {
    if (typeof value !== 'object' || value === null) return false
    const names = Object.keys(shape)
    const members = Object.entries(value)
    return (
        members.length === names.length &&
        members.every(([name, member], index) => name === names[index] && shape[name]?.(member) === true)
    )
}
