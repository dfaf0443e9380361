// The bytes that are hashed: a row in the binary form in which Postgres sends a record, written here from its
// description so that nothing of Postgres is needed to check it.

import { leafHash, sha256 } from './tree.ts'

/** A change, one entry of a log. Instants are microseconds since 2000-01-01T00:00Z. */
export interface Change {
    tenantId: string
    seq: bigint
    era: number
    xid: bigint
    recordedAt: bigint
    actor: string | null
    role: string
    sessionRole: string
    flags: number
    requestId: string | null
    tableName: string
    operation: string
    key: string | null
    clear: string | null
    personalCommitment: Buffer | null
    bodyCommitment: Buffer | null
}

/** A block: how far the log reached when it was sealed. */
export interface Block {
    tenantId: string
    number: number
    size: number
    root: Buffer
    sealedAt: bigint
    /** Transactions with this id or a greater one had not begun by then. */
    nextXid: bigint
    previousHash: Buffer
}

/** One field: the type's number in Postgres, and its bytes or null. */
type Field = [oid: number, bytes: Buffer | null]

/** What stands before the first block. */
export const noHash = Buffer.alloc(32)

const blockPrefix = Buffer.from([0x02])

export function changeHash(change: Change): Buffer {
    return leafHash(changeBytes(change))
}

export function changeBytes(change: Change): Buffer {
    return record([
        uuid(change.tenantId),
        int8(change.seq),
        int4(change.era),
        xid8(change.xid),
        timestamptz(change.recordedAt),
        uuid(change.actor),
        text(change.role),
        text(change.sessionRole),
        int2(change.flags),
        text(change.requestId),
        text(change.tableName),
        [18, Buffer.from(change.operation, 'latin1')],
        text(change.key),
        text(change.clear),
        bytea(change.personalCommitment),
        bytea(change.bodyCommitment),
    ])
}

export function blockHash(block: Block): Buffer {
    return sha256(blockPrefix, blockBytes(block))
}

export function blockBytes(block: Block): Buffer {
    return record([
        uuid(block.tenantId),
        int8(BigInt(block.number)),
        int8(BigInt(block.size)),
        bytea(block.root),
        timestamptz(block.sealedAt),
        xid8(block.nextXid),
        bytea(block.previousHash),
    ])
}

/** What a change says of the personal part of its row: enough to recognise it, of no use for guessing it. */
export function commitment(salt: Buffer, personal: string): Buffer {
    return sha256(salt, Buffer.from(personal))
}

/** The number of fields; then for each its type, its length (-1: null) and its bytes. All big endian. */
function record(fields: Field[]): Buffer {
    const length = fields.reduce((sum, [, bytes]) => sum + 8 + (bytes?.length ?? 0), 4)
    const written = Buffer.allocUnsafe(length)
    let at = written.writeInt32BE(fields.length, 0)
    for (const [oid, bytes] of fields) {
        at = written.writeInt32BE(oid, at)
        at = written.writeInt32BE(bytes ? bytes.length : -1, at)
        if (bytes) at += bytes.copy(written, at)
    }
    return written
}

function uuid(value: string | null): Field {
    return [2950, value === null ? null : Buffer.from(value.replaceAll('-', ''), 'hex')]
}

function text(value: string | null): Field {
    return [25, value === null ? null : Buffer.from(value)]
}

function bytea(value: Buffer | null): Field {
    return [17, value]
}

function int2(value: number): Field {
    const bytes = Buffer.allocUnsafe(2)
    bytes.writeInt16BE(value)
    return [21, bytes]
}

function int4(value: number): Field {
    const bytes = Buffer.allocUnsafe(4)
    bytes.writeInt32BE(value)
    return [23, bytes]
}

function int8(value: bigint): Field {
    return [20, eightBytes(value)]
}

function timestamptz(value: bigint): Field {
    return [1184, eightBytes(value)]
}

function xid8(value: bigint): Field {
    const bytes = Buffer.allocUnsafe(8)
    bytes.writeBigUInt64BE(value)
    return [5069, bytes]
}

function eightBytes(value: bigint): Buffer {
    const bytes = Buffer.allocUnsafe(8)
    bytes.writeBigInt64BE(value)
    return bytes
}
