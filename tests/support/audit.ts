// Logs made by hand: changes, blocks, notes, and the bundle of them, line by line, so that a test can alter any of it.

import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { type BundleReport, BundleVerifier, type Trust } from '../../scripts/lib/audit/bundle.ts'
import type { BlockLine, BundleLine, ChangeLine } from '../../scripts/lib/audit/bundle-lines.ts'
import { formatCheckpoint } from '../../scripts/lib/audit/checkpoint.ts'
import { formatNote, type SigningKey, signNote, verifierKey } from '../../scripts/lib/audit/note.ts'
import { blockHash, type Change, changeHash, commitment, noHash } from '../../scripts/lib/audit/record.ts'
import { rootOf } from './merkle.ts'

export const tenantId = '0192f3a0-7c1e-7000-8000-00000000000a'
export const instance = 'ledger.example'
export const origin = `${instance}/${tenantId}`

/** A change in which nothing is said that the test does not say. */
export function change(said: Partial<Omit<ChangeLine, 'position'>> & { position: number }): ChangeLine {
    const { personal = null, salt = null } = said
    const promised =
        personal !== null && salt !== null
            ? commitment(Buffer.from(salt, 'hex'), personal).toString('hex')
            : null
    return {
        seq: String(said.position + 1),
        era: 1,
        xid: '734',
        recorded_at: '815000000000000',
        actor: null,
        role: 'authenticated',
        session_role: 'authenticator',
        flags: 1,
        request_id: null,
        table_name: 'core.people',
        operation: 'I',
        key: null,
        clear: '{}',
        personal_commitment: promised,
        body_commitment: null,
        ...said,
        position: String(said.position),
        personal,
        salt,
        erased_under: said.erased_under ?? null,
    }
}

export function hashOf(line: ChangeLine): Buffer {
    return changeHash(changeOf(line))
}

export function changeOf(line: ChangeLine): Change {
    return {
        tenantId,
        seq: BigInt(line.seq),
        era: line.era,
        xid: BigInt(line.xid),
        recordedAt: BigInt(line.recorded_at),
        actor: line.actor,
        role: line.role,
        sessionRole: line.session_role,
        flags: line.flags,
        requestId: line.request_id,
        tableName: line.table_name,
        operation: line.operation,
        key: line.key,
        clear: line.clear,
        personalCommitment: bytesOf(line.personal_commitment),
        bodyCommitment: bytesOf(line.body_commitment),
    }
}

const bytesOf = (hex: string | null): Buffer | null => (hex === null ? null : Buffer.from(hex, 'hex'))

/** What was erased is written as the export writes it: the commitment stays, image and salt are gone. */
export function erased(line: ChangeLine, order: string): ChangeLine {
    return { ...line, personal: null, salt: null, erased_under: order }
}

export class Log {
    readonly lines: BundleLine[] = []
    readonly leaves: Buffer[] = []
    #previous: BlockLine | undefined
    #blocks = 0
    #nextXid = 0n

    change(line: ChangeLine): this {
        this.lines.push({ change: ordered(line) })
        this.#append(line)
        return this
    }

    putAway(line: ChangeLine): this {
        const hash = this.#append(line)
        this.lines.push({ put_away: { position: line.position, hash: hash.toString('hex') } })
        return this
    }

    /** Where the test says no other, the next transaction is the one after the greatest so far. */
    block(sealedAt: string, nextXid = String(this.#nextXid)): this {
        const root = rootOf(this.leaves)
        const previousHash = this.#previous ? Buffer.from(this.#previous.hash, 'hex') : noHash
        this.#blocks += 1
        const hash = blockHash({
            tenantId,
            number: this.#blocks,
            size: this.leaves.length,
            root,
            sealedAt: BigInt(sealedAt),
            nextXid: BigInt(nextXid),
            previousHash,
        })
        this.#previous = {
            number: String(this.#blocks),
            size: String(this.leaves.length),
            root: root.toString('hex'),
            sealed_at: sealedAt,
            next_xid: nextXid,
            previous_hash: previousHash.toString('hex'),
            hash: hash.toString('hex'),
        }
        this.lines.push({ block: this.#previous })
        return this
    }

    note(keys: SigningKey[], size = this.leaves.length): this {
        const root = rootOf(this.leaves.slice(0, size))
        this.lines.push({ note: formatNote(signNote(formatCheckpoint({ origin, size, root }), keys)) })
        return this
    }

    /** All lines but the last. */
    bundle(personal: 'included' | 'withheld' = 'included'): string[] {
        const header: BundleLine = {
            format: 'empathy-ledger audit bundle',
            version: 1,
            origin,
            tenant_id: tenantId,
            size: String(this.leaves.length),
            personal,
        }
        return [header, ...this.lines].map((line) => JSON.stringify(line))
    }

    #append(line: ChangeLine): Buffer {
        const hash = hashOf(line)
        this.leaves.push(hash)
        const next = BigInt(line.xid) + 1n
        if (next > this.#nextXid) this.#nextXid = next
        return hash
    }
}

/** The bundle of these lines, with the digest that belongs to them. */
export function closed(lines: string[]): string {
    const text = lines.map((line) => `${line}\n`).join('')
    return `${text}${JSON.stringify({ sha256: createHash('sha256').update(text).digest('hex') })}\n`
}

export function verdict(bundle: string | Buffer, trust: Partial<Trust> = {}): BundleReport {
    const verifier = new BundleVerifier({ keys: [], checkpoints: [], ...trust })
    verifier.add(Buffer.from(bundle))
    return verifier.end()
}

/** Everything that was found, as one text. */
export function found(bundle: string | Buffer, trust: Partial<Trust> = {}): string {
    return verdict(bundle, trust)
        .findings.map(({ message }) => message)
        .join('\n')
}

/** A key that is the same in every run: 32 bytes of one value are its seed. */
export function testKey(name: string, seed: number): SigningKey {
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex')
    const privateKey = createPrivateKey({
        key: Buffer.concat([prefix, Buffer.alloc(32, seed)]),
        format: 'der',
        type: 'pkcs8',
    })
    return { verifier: verifierKey(name, createPublicKey(privateKey)), privateKey }
}

const members: (keyof ChangeLine)[] = [
    'position',
    'seq',
    'era',
    'xid',
    'recorded_at',
    'actor',
    'role',
    'session_role',
    'flags',
    'request_id',
    'table_name',
    'operation',
    'key',
    'clear',
    'personal_commitment',
    'body_commitment',
    'personal',
    'salt',
    'erased_under',
]

function ordered(line: ChangeLine): ChangeLine {
    return Object.fromEntries(members.map((member) => [member, line[member]])) as unknown as ChangeLine
}

export const order = '0192f3a0-7c1e-7000-8000-0000000000ee'
export const key = testKey(`${instance}/audit`, 7)

/** Small, and something of everything: put away, personal, erased, an order, two blocks, two eras, a note. */
export function example(): Log {
    const ana = '0192f3a0-7c1e-7000-8000-0000000000a1'
    const ben = '0192f3a0-7c1e-7000-8000-0000000000b2'
    const joined = { key: `{"id":"${ana}"}`, clear: `{"id":"${ana}","status":"active"}` }
    return new Log()
        .putAway(change({ position: 0, operation: 'S', ...joined }))
        .change(
            change({
                position: 1,
                actor: ana,
                request_id: 'req-1',
                operation: 'U',
                ...joined,
                personal: '{"display_name":"Ana \\u00e9 é"}',
                salt: '000102030405060708090a0b0c0d0e0f',
                body_commitment: 'bb'.repeat(32),
            }),
        )
        .change(
            erased(
                change({
                    position: 2,
                    xid: '18446744073709551614',
                    recorded_at: '815000000000001',
                    clear: `{"id":"${ben}"}`,
                    personal: '{"display_name":"Ben"}',
                    salt: '101112131415161718191a1b1c1d1e1f',
                }),
                order,
            ),
        )
        .block('815000001000000')
        .change(
            change({
                position: 3,
                era: 2,
                xid: '740',
                recorded_at: '815000002000000',
                role: 'service_role',
                table_name: 'audit.erasure_orders',
                key: `{"id":"${order}"}`,
                clear: `{"id":"${order}","seqs":[3]}`,
            }),
        )
        .block('815000003000000', '741')
        .note([key])
}
