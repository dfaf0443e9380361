// The Merkle tree of RFC 6962 over SHA-256: hashes, the root of leaves that come one by one, and the two proofs
// (checked as RFC 9162, 2.1.3.2 and 2.1.4.2, says).

import { hash } from 'node:crypto'

const leafPrefix = Buffer.from([0x00])
const nodePrefix = Buffer.from([0x01])

export function sha256(...parts: Uint8Array[]): Buffer {
    return hash('sha256', Buffer.concat(parts), 'buffer')
}

export function leafHash(entry: Uint8Array): Buffer {
    return sha256(leafPrefix, entry)
}

export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
    return sha256(nodePrefix, left, right)
}

export const emptyRoot = sha256()

/** Leaves go in one by one; what is kept is the roots of the complete subtrees, one for each bit of the size. */
export class GrowingTree {
    readonly #subtrees: (Buffer | undefined)[] = []
    #size = 0

    get size(): number {
        return this.#size
    }

    append(leaf: Buffer): void {
        let subtree = leaf
        let height = 0
        for (let left = this.#subtrees[0]; left; left = this.#subtrees[height]) {
            subtree = nodeHash(left, subtree)
            this.#subtrees[height] = undefined
            height += 1
        }
        this.#subtrees[height] = subtree
        this.#size += 1
    }

    root(): Buffer {
        let root: Buffer | undefined
        for (const left of this.#subtrees) {
            if (left) root = root ? nodeHash(left, root) : left
        }
        return root ?? emptyRoot
    }
}

export interface Head {
    size: number
    root: Buffer
}

/** Whether the leaf stands at this position of the tree. */
export function includes(head: Head, position: number, leaf: Buffer, proof: Buffer[]): boolean {
    if (position >= head.size) return false
    let node = position
    let last = head.size - 1
    let root = leaf
    for (const sibling of proof) {
        if (last === 0) return false
        if (isOdd(node) || node === last) {
            root = nodeHash(sibling, root)
            while (!isOdd(node) && node !== 0) {
                node = half(node)
                last = half(last)
            }
        } else {
            root = nodeHash(root, sibling)
        }
        node = half(node)
        last = half(last)
    }
    return last === 0 && root.equals(head.root)
}

/** Whether the newer tree begins with the older one, leaf by leaf. */
export function continues(older: Head, newer: Head, proof: Buffer[]): boolean {
    if (older.size > newer.size) return false
    if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root)
    if (older.size === 0) return proof.length === 0 && older.root.equals(emptyRoot)
    let node = older.size - 1
    let last = newer.size - 1
    while (isOdd(node)) {
        node = half(node)
        last = half(last)
    }
    // An older tree that is complete is itself the subtree to begin with, and is not repeated in the proof.
    const [first, ...rest] = node === 0 ? [older.root, ...proof] : proof
    if (!first) return false
    let olderRoot = first
    let newerRoot = first
    for (const sibling of rest) {
        if (last === 0) return false
        if (isOdd(node) || node === last) {
            olderRoot = nodeHash(sibling, olderRoot)
            newerRoot = nodeHash(sibling, newerRoot)
            while (!isOdd(node) && node !== 0) {
                node = half(node)
                last = half(last)
            }
        } else {
            newerRoot = nodeHash(newerRoot, sibling)
        }
        node = half(node)
        last = half(last)
    }
    return last === 0 && olderRoot.equals(older.root) && newerRoot.equals(newer.root)
}

// Bit operators end at 32 bits; sizes do not.
const half = (number: number): number => Math.floor(number / 2)
const isOdd = (number: number): boolean => number % 2 === 1
