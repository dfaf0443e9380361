// A verifier written from docs/audit-format.md alone, all at once and simple; it shares nothing with ours.

import { createHash, createPublicKey, verify } from 'node:crypto'

type Row = Record<string, string | number | null>

const sha = (...parts: (Buffer | string)[]): Buffer =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()

const changeFields: [string, number][] = [
    ['tenant_id', 2950],
    ['seq', 20],
    ['era', 23],
    ['xid', 5069],
    ['recorded_at', 1184],
    ['actor', 2950],
    ['role', 25],
    ['session_role', 25],
    ['flags', 21],
    ['request_id', 25],
    ['table_name', 25],
    ['operation', 18],
    ['key', 25],
    ['clear', 25],
    ['personal_commitment', 17],
    ['body_commitment', 17],
]
const blockFields: [string, number][] = [
    ['tenant_id', 2950],
    ['number', 20],
    ['size', 20],
    ['root', 17],
    ['sealed_at', 1184],
    ['next_xid', 5069],
    ['previous_hash', 17],
]
const blockMembers = [...blockFields.slice(1).map(([name]) => name), 'hash']
const widths: Record<number, number> = { 20: 8, 23: 4, 21: 2, 5069: 8, 1184: 8 }
const changeMembers = [
    'position',
    ...changeFields.slice(1).map(([name]) => name),
    'personal',
    'salt',
    'erased_under',
]

/** Throws at the first thing that is wrong. */
export function verifyAsStranger(bundle: Buffer, vkey?: string): void {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bundle)
    demand(text.endsWith('\n'), 'newline')
    const lines = text.slice(0, -1).split('\n')
    const rows = lines.map((line) => JSON.parse(line))
    for (const [index, row] of rows.entries())
        demand(JSON.stringify(row) === lines[index], `spelling ${index}`)
    const sum = rows.pop()
    const before = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1)
    demand(members(sum, ['sha256']) && sum.sha256 === sha(before).toString('hex'), 'sha256')

    const header = rows.shift()
    demand(members(header, ['format', 'version', 'origin', 'tenant_id', 'size', 'personal']), 'header')
    demand(header.format === 'empathy-ledger audit bundle' && header.version === 1, 'header')
    demand(['included', 'withheld'].includes(header.personal), 'header')
    demand(header.origin.endsWith(`/${header.tenant_id}`), 'origin')

    const leaves: Buffer[] = []
    const roots = new Map<string, string>()
    const seqs = new Set<string>()
    const erased: [order: string, seq: string][] = []
    const ordered = new Set<string>()
    let block: Row = { number: '0', size: '0', sealed_at: String(-(2n ** 63n)), hash: '00'.repeat(32) }
    const blocks: Row[] = []
    let latest = -(2n ** 63n)
    let noted = -1
    let notesSigned = 0
    for (const row of rows) {
        const [kind = ''] = Object.keys(row)
        demand(members(row, [kind]) && (noted < 0 || kind === 'note'), 'order of lines')
        const it = row[kind]
        if (kind === 'note') {
            demand(String(leaves.length) === block.size, 'unsealed')
            const [size, isSigned] = readNote(it, header.origin, roots, vkey)
            if (isSigned) notesSigned += 1
            demand(size > noted, 'order of notes')
            noted = size
        } else if (kind === 'put_away') {
            demand(members(it, ['position', 'hash']) && it.position === String(leaves.length), 'position')
            leaves.push(bytes(it.hash, 32))
        } else if (kind === 'change') {
            demand(members(it, changeMembers) && it.position === String(leaves.length), 'position')
            demand(!seqs.has(it.seq), 'seq')
            seqs.add(it.seq)
            leaves.push(sha(Buffer.from([0]), record({ ...it, tenant_id: header.tenant_id }, changeFields)))
            if (BigInt(it.recorded_at) > latest) latest = BigInt(it.recorded_at)
            const later = blocks.find(({ sealed_at }) => BigInt(sealed_at ?? 0) > BigInt(it.recorded_at))
            demand(!later || BigInt(it.xid) < BigInt(later.next_xid ?? 0), 'date')
            demand((it.personal === null) === (it.salt === null), 'salt')
            if (it.personal !== null) {
                demand(header.personal === 'included' && it.erased_under === null, 'withheld')
                demand(
                    sha(bytes(it.salt, 16), it.personal).toString('hex') === it.personal_commitment,
                    'personal',
                )
            } else if (header.personal === 'included' && it.personal_commitment !== null) {
                demand(it.erased_under !== null, 'erased')
            }
            if (it.erased_under !== null) erased.push([it.erased_under, it.seq])
            if (it.table_name === 'audit.erasure_orders' && it.operation === 'I') {
                const { id, seqs } = JSON.parse(it.clear)
                for (const seq of seqs) ordered.add(`${id} ${seq}`)
            }
        } else {
            demand(kind === 'block', 'kind')
            demand(members(it, blockMembers), 'block')
            demand(it.number === String(Number(block.number) + 1), 'number')
            demand(it.size === String(leaves.length) && Number(it.size) > Number(block.size), 'size')
            demand(it.root === root(leaves).toString('hex'), 'root')
            demand(it.previous_hash === block.hash, 'chain')
            demand(
                BigInt(it.sealed_at) >= BigInt(block.sealed_at ?? 0) && BigInt(it.sealed_at) >= latest,
                'time',
            )
            const sealed = record({ ...it, tenant_id: header.tenant_id }, blockFields)
            demand(it.hash === sha(Buffer.from([2]), sealed).toString('hex'), 'hash')
            roots.set(it.size, it.root)
            block = it
            blocks.push(it)
        }
    }
    demand(block.size === String(leaves.length) && header.size === block.size, 'size')
    for (const [order, seq] of erased) demand(ordered.has(`${order} ${seq}`), 'order')
    demand(vkey === undefined || notesSigned > 0, 'no signature')
}

function record(row: Row, fields: [string, number][]): Buffer {
    return Buffer.concat([
        number(fields.length, 4),
        ...fields.flatMap(([name, type]) => {
            const value = row[name] ?? null
            if (value === null) return [number(type, 4), number(-1, 4)]
            const encoded = field(value, type)
            return [number(type, 4), number(encoded.length, 4), encoded]
        }),
    ])
}

function field(value: string | number, type: number): Buffer {
    const width = widths[type]
    if (width) {
        demand(String(BigInt(value)) === String(value), 'integer')
        return number(BigInt(value), width, type === 5069)
    }
    demand(typeof value === 'string', 'text')
    if (type === 2950) {
        demand(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(String(value)), 'uuid')
        return bytes(String(value).replaceAll('-', ''), 16)
    }
    return type === 17 ? bytes(String(value), 32) : Buffer.from(String(value))
}

function number(value: number | bigint, width: number, unsigned = false): Buffer {
    const bits = BigInt(width * 8)
    const wrapped = BigInt.asUintN(Number(bits), BigInt(value))
    const back = unsigned ? wrapped : BigInt.asIntN(Number(bits), wrapped)
    demand(back === BigInt(value), 'range')
    return Buffer.from(wrapped.toString(16).padStart(width * 2, '0'), 'hex')
}

function bytes(hex: string, length: number): Buffer {
    demand(new RegExp(`^[0-9a-f]{${length * 2}}$`).test(hex), 'hex')
    return Buffer.from(hex, 'hex')
}

function root(leaves: Buffer[]): Buffer {
    const [only] = leaves
    if (leaves.length < 2) return only ?? sha('')
    let left = 1
    while (left * 2 < leaves.length) left *= 2
    return sha(Buffer.from([1]), root(leaves.slice(0, left)), root(leaves.slice(left)))
}

function readNote(
    note: string,
    origin: string,
    roots: Map<string, string>,
    vkey: string | undefined,
): [size: number, isSigned: boolean] {
    const end = note.lastIndexOf('\n\n')
    const text = note.slice(0, end + 1)
    const [first, size = '', base64 = '', last, ...more] = text.split('\n')
    demand(first === origin && last === '' && more.length === 0, 'checkpoint')
    demand(Buffer.from(base64, 'base64').toString('base64') === base64, 'base64')
    demand(roots.get(size) === Buffer.from(base64, 'base64').toString('hex'), 'note')
    const signatures = note.slice(end + 2)
    demand(end > 0 && /^(— [^\s+]+ [A-Za-z0-9+/]+=*\n)+$/.test(signatures), 'signatures')
    const isSigned = vkey !== undefined && signatures.split('\n').some((line) => signed(text, line, vkey))
    return [Number(size), isSigned]
}

function signed(text: string, line: string, vkey: string): boolean {
    const [, name, id, key = ''] = /^([^+]+)\+(.{8})\+(.+)$/.exec(vkey) ?? []
    const [, signer, encoded = ''] = line.split(' ')
    const signature = Buffer.from(encoded, 'base64')
    if (signer !== name || signature.subarray(0, 4).toString('hex') !== id) return false
    demand(signature.toString('base64') === encoded, 'base64')
    const x = Buffer.from(key, 'base64').subarray(1).toString('base64url')
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    demand(verify(null, Buffer.from(text), publicKey, signature.subarray(4)), 'signature')
    return true
}

function members(value: unknown, names: string[]): boolean {
    return typeof value === 'object' && value !== null && Object.keys(value).join() === names.join()
}

function demand(holds: boolean, what: string): asserts holds {
    if (!holds) throw new Error(what)
}
