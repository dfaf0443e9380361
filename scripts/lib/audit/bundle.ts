// Verifies an exported bundle: from its bytes alone, with no database, reading it once from beginning to end.
// What it demands is written in docs/audit-format.md.

import { createHash } from 'node:crypto'
import {
    type BlockLine,
    type BundleLine,
    type ChangeLine,
    type HeaderLine,
    type PutAwayLine,
    readLine,
} from './bundle-lines.ts'
import { type Checkpoint, describe, parseCheckpoint } from './checkpoint.ts'
import { Erasures } from './erasures.ts'
import { Lines, LineTooLong } from './lines.ts'
import { parseNote, signersOf, type VerifierKey } from './note.ts'
import { blockHash, changeHash, commitment, noHash } from './record.ts'
import { RootHistory } from './root-history.ts'
import { SealHistory } from './seal-history.ts'
import { SeqSet } from './seq-set.ts'
import { GrowingTree } from './tree.ts'

/** What whoever verifies knows from elsewhere. Without it a bundle can only be consistent in itself. */
export interface Trust {
    /** Keys of the publisher: a note has to be signed by one of them. Notes that others signed count for nothing. */
    keys: VerifierKey[]
    /** Checkpoints that were kept: the bundle has to continue them. */
    checkpoints: Checkpoint[]
}

export interface Finding {
    /** Counted from 1; null where it is about the whole. */
    line: number | null
    message: string
}

export interface BundleReport {
    whole: boolean
    origin: string | null
    tenant_id: string | null
    personal: 'included' | 'withheld' | null
    changes: number
    put_away: number
    blocks: number
    notes: number
    /** So many of the notes were signed by a trusted key. */
    signed: number
    /** So many of the changes stand under a note that was signed by a trusted key, or under a trusted checkpoint. */
    trusted: number
    findings: Finding[]
    /** Further findings, which are counted only. */
    more: number
}

const mostFindings = 100
/** No image is as long as this; what would be is not read into memory. */
const longestLine = 256 * 1024 * 1024

export async function verifyBundle(chunks: AsyncIterable<Buffer>, trust: Trust): Promise<BundleReport> {
    const verifier = new BundleVerifier(trust)
    for await (const chunk of chunks) {
        if (!verifier.add(chunk)) break
    }
    return verifier.end()
}

/** Ends the reading: what follows cannot be understood. */
class Unreadable extends Error {}

export class BundleVerifier {
    readonly #trust: Trust
    readonly #digest = createHash('sha256')
    readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    readonly #tree = new GrowingTree()
    readonly #roots = new RootHistory()
    readonly #seals = new SealHistory()
    readonly #seqs = new SeqSet()
    readonly #erasures = new Erasures()
    readonly #lines: Lines
    readonly #findings: Finding[] = []
    #more = 0
    #line = 0
    #header: HeaderLine | undefined
    #block: BlockLine | undefined
    #blocks = 0
    #putAway = 0
    #latest: bigint | undefined
    #rootsDiffer = false
    #notes = 0
    #notedSize = -1
    #signed = 0
    #trusted = 0
    #ended = false
    #unreadable = false

    constructor(trust: Trust, longest = longestLine) {
        this.#trust = trust
        this.#lines = new Lines(longest)
    }

    /** Answers whether more is wanted. */
    add(chunk: Buffer): boolean {
        try {
            for (const line of this.#lines.add(chunk)) this.#readLine(line)
        } catch (error) {
            if (error instanceof LineTooLong) this.#find(error.message, this.#line + 1)
            else if (!(error instanceof Unreadable)) throw error
            this.#unreadable = true
        }
        return !this.#unreadable
    }

    end(): BundleReport {
        if (!this.#unreadable) {
            if (this.#lines.open || !this.#ended)
                this.#find('the bundle is cut off: its last line is missing', null)
            else this.#judgeWhole()
        }
        return {
            whole: this.#findings.length === 0,
            origin: this.#header?.origin ?? null,
            tenant_id: this.#header?.tenant_id ?? null,
            personal: this.#header?.personal ?? null,
            changes: this.#tree.size,
            put_away: this.#putAway,
            blocks: this.#blocks,
            notes: this.#notes,
            signed: this.#signed,
            trusted: this.#findings.length === 0 ? this.#trusted : 0,
            findings: this.#findings,
            more: this.#more,
        }
    }

    #readLine(bytes: Buffer): void {
        this.#line += 1
        if (this.#ended) this.#stop('something follows the last line')
        const line = this.#understood(bytes)
        if ('sha256' in line) {
            this.#readDigest(line.sha256)
            return
        }
        this.#digest.update(bytes).update('\n')
        if ('format' in line) this.#readHeader(line)
        else if (!this.#header) this.#stop('the first line does not say what this is')
        else if ('note' in line) this.#readNote(line.note, this.#header)
        else if (this.#notes > 0) this.#stop('a note comes before it; notes come last')
        else if ('change' in line) this.#readChange(line.change, this.#header)
        else if ('put_away' in line) this.#readPutAway(line.put_away)
        else this.#readBlock(line.block, this.#header)
    }

    #understood(bytes: Buffer): BundleLine {
        try {
            return readLine(this.#decoder.decode(bytes))
        } catch (error) {
            return this.#stop(error instanceof TypeError ? 'it is not UTF-8' : messageOf(error))
        }
    }

    #readHeader(header: HeaderLine): void {
        if (this.#line !== 1) this.#stop('a second bundle begins here')
        this.#header = header
        if (!header.origin.endsWith(`/${header.tenant_id}`)) {
            this.#find('the origin does not end with the tenant_id: it is the name of another log')
        }
    }

    #readChange(change: ChangeLine, header: HeaderLine): void {
        this.#take(change.position)
        const seq = BigInt(change.seq)
        const recordedAt = BigInt(change.recorded_at)
        if (!this.#seqs.add(seq)) this.#find(`seq ${seq} is there a second time`)
        if (this.#latest === undefined || recordedAt > this.#latest) this.#latest = recordedAt
        this.#judgeTransaction(change)
        this.#judgePersonal(change, header)
        this.#attempt(() => this.#erasures.read(change, seq))
        this.#tree.append(
            changeHash({
                tenantId: header.tenant_id,
                seq,
                era: change.era,
                xid: BigInt(change.xid),
                recordedAt,
                actor: change.actor,
                role: change.role,
                sessionRole: change.session_role,
                flags: change.flags,
                requestId: change.request_id,
                tableName: change.table_name,
                operation: change.operation,
                key: change.key,
                clear: change.clear,
                personalCommitment: bytesOf(change.personal_commitment),
                bodyCommitment: bytesOf(change.body_commitment),
            }),
        )
    }

    #readPutAway(line: PutAwayLine): void {
        this.#take(line.position)
        this.#putAway += 1
        this.#tree.append(Buffer.from(line.hash, 'hex'))
    }

    #take(position: string): void {
        if (Number(position) !== this.#tree.size) {
            this.#stop(`position ${this.#tree.size} is expected here, this is ${position}`)
        }
    }

    /** An entry that is put in later can be given any date, and no transaction from before. */
    #judgeTransaction({ position, xid, recorded_at: recordedAt }: ChangeLine): void {
        const seal = this.#seals.firstAfter(BigInt(recordedAt))
        if (!seal || BigInt(xid) < seal.nextXid) return
        this.#find(
            `position ${position} is given too early a date: its transaction began after block ` +
                `${seal.number} was sealed, which is later than it says`,
        )
    }

    #judgePersonal(change: ChangeLine, header: HeaderLine): void {
        const { personal, salt, personal_commitment: promised, erased_under: erasedUnder } = change
        if ((personal === null) !== (salt === null)) {
            this.#find('personal data and salt come together or not at all; here is one of them')
        } else if (personal === null || salt === null) {
            if (header.personal === 'included' && promised !== null && erasedUnder === null) {
                this.#find('its personal data is missing, and no order is named under which it was erased')
            }
        } else if (header.personal === 'withheld') {
            this.#find('it has personal data, which the first line says is withheld')
        } else if (erasedUnder !== null) {
            this.#find(`its personal data is here, and is said to be erased under order ${erasedUnder}`)
        } else if (commitment(Buffer.from(salt, 'hex'), personal).toString('hex') !== promised) {
            this.#find('its personal data is not what it committed to')
        }
    }

    #readBlock(block: BlockLine, header: HeaderLine): void {
        const name = `block ${block.number}`
        const previous = this.#block
        const sealedAt = BigInt(block.sealed_at)
        if (Number(block.number) !== this.#blocks + 1)
            this.#stop(`block ${this.#blocks + 1} is expected here`)
        if (Number(block.size) !== this.#tree.size) {
            this.#stop(`${name} seals ${block.size} changes; ${this.#tree.size} stand before it`)
        }
        if (Number(block.size) <= Number(previous?.size ?? 0)) this.#find(`${name} seals nothing`)
        this.#judgeRoot(block)
        if (block.previous_hash !== (previous?.hash ?? noHash.toString('hex'))) {
            this.#find(`${name} does not follow the block before it`)
        }
        if (previous && sealedAt < BigInt(previous.sealed_at)) {
            this.#find(`${name} was sealed before the block before it`)
        }
        if (this.#latest !== undefined && this.#latest > sealedAt) {
            this.#find(`${name} was sealed before a change in it was recorded`)
        }
        const hash = blockHash({
            tenantId: header.tenant_id,
            number: Number(block.number),
            size: Number(block.size),
            root: Buffer.from(block.root, 'hex'),
            sealedAt,
            nextXid: BigInt(block.next_xid),
            previousHash: Buffer.from(block.previous_hash, 'hex'),
        })
        if (hash.toString('hex') !== block.hash) this.#find(`${name} was altered: its hash is another`)
        this.#seals.add(sealedAt, BigInt(block.next_xid))
        this.#block = block
        this.#blocks += 1
        this.#latest = undefined
    }

    #judgeRoot(block: BlockLine): void {
        const root = this.#tree.root()
        this.#roots.add(this.#tree.size, root)
        // One altered change makes every root from there on another; the first says where.
        if (this.#rootsDiffer || root.toString('hex') === block.root) return
        this.#rootsDiffer = true
        const from = Number(this.#block?.size ?? 0)
        this.#find(
            `the changes from position ${from} to ${this.#tree.size - 1} are not those that block ` +
                `${block.number} sealed: at least one was altered, added, removed or moved`,
        )
    }

    #readNote(content: string, header: HeaderLine): void {
        this.#notes += 1
        this.#attempt(() => {
            const note = parseNote(content)
            const checkpoint = parseCheckpoint(note.text)
            if (checkpoint.size <= this.#notedSize) throw new Error('notes come in the order of their sizes')
            this.#notedSize = checkpoint.size
            this.#judgeCheckpoint(checkpoint, header)
            if (signersOf(note, this.#trust.keys).length === 0) return
            this.#signed += 1
            this.#trusted = Math.max(this.#trusted, checkpoint.size)
        }, 'the note cannot stand: ')
    }

    #judgeCheckpoint(checkpoint: Checkpoint, header: HeaderLine): void {
        const { origin, size, root } = checkpoint
        if (origin !== header.origin) throw new Error(`it is of another log, ${origin}`)
        if (size > this.#tree.size) {
            throw new Error(
                `it is of ${size} changes; this bundle has ${this.#tree.size}: some are missing, or it is older`,
            )
        }
        const ours = this.#roots.at(size)
        if (!ours) throw new Error(`it is of ${size} changes; no block ends there`)
        if (!ours.equals(root)) {
            throw new Error(
                `this is not the log that was published: there ${describe(checkpoint)}; here ` +
                    describe({ size, root: ours }),
            )
        }
    }

    #readDigest(digest: string): void {
        if (this.#digest.digest('hex') !== digest)
            this.#find('the SHA-256 of the file is another: it was altered')
        this.#ended = true
    }

    #judgeWhole(): void {
        const header = this.#header
        if (!header) {
            this.#find('it is empty', null)
            return
        }
        const sealed = this.#block?.size ?? '0'
        if (sealed !== String(this.#tree.size)) this.#find('changes follow the last block', null)
        if (header.size !== sealed) {
            this.#find(
                `the first line speaks of ${header.size} changes; the last block seals ${sealed}`,
                null,
            )
        }
        for (const message of this.#erasures.unfounded()) this.#find(message, null)
        for (const checkpoint of this.#trust.checkpoints) {
            this.#attempt(() => {
                this.#judgeCheckpoint(checkpoint, header)
                this.#trusted = Math.max(this.#trusted, checkpoint.size)
            }, 'the trusted checkpoint does not fit: ')
        }
        if (this.#trust.keys.length > 0 && this.#signed + this.#trust.checkpoints.length === 0) {
            this.#find(`none of its ${this.#notes} notes was signed by a key given`, null)
        }
    }

    #attempt(work: () => void, prefix = ''): void {
        try {
            work()
        } catch (error) {
            this.#find(prefix + messageOf(error), this.#ended ? null : this.#line)
        }
    }

    #find(message: string, line: number | null = this.#line): void {
        if (this.#findings.length < mostFindings) this.#findings.push({ line, message })
        else this.#more += 1
    }

    #stop(message: string): never {
        this.#find(`${message}; nothing after it was read`)
        throw new Unreadable(message)
    }
}

function bytesOf(hex: string | null): Buffer | null {
    return hex === null ? null : Buffer.from(hex, 'hex')
}

function messageOf(error: unknown): string {
    return error instanceof Error ? error.message : String(error)
}
