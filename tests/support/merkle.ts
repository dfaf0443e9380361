// Trees and proofs straight from the definitions of RFC 6962, 2.1: slow, and unlike the code that is tested.

import { createHash } from 'node:crypto'

const sha = (...parts: Buffer[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest()

export const leafOf = (entry: Buffer): Buffer => sha(Buffer.from([0]), entry)

/** The root over these leaf hashes. */
export function rootOf(leaves: Buffer[]): Buffer {
    const [only = sha()] = leaves
    if (leaves.length < 2) return only
    const k = splitOf(leaves.length)
    return sha(Buffer.from([1]), rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)))
}

/** PATH(m, D[n]) */
export function inclusionProof(leaves: Buffer[], m: number): Buffer[] {
    if (leaves.length < 2) return []
    const k = splitOf(leaves.length)
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
    return m < k
        ? [...inclusionProof(left, m), rootOf(right)]
        : [...inclusionProof(right, m - k), rootOf(left)]
}

/** PROOF(m, D[n]) */
export function consistencyProof(leaves: Buffer[], m: number): Buffer[] {
    return m === 0 || m === leaves.length ? [] : subproof(leaves, m, true)
}

function subproof(leaves: Buffer[], m: number, whole: boolean): Buffer[] {
    if (m === leaves.length) return whole ? [] : [rootOf(leaves)]
    const k = splitOf(leaves.length)
    const [left, right] = [leaves.slice(0, k), leaves.slice(k)]
    return m <= k
        ? [...subproof(left, m, whole), rootOf(right)]
        : [...subproof(right, m - k, false), rootOf(left)]
}

/** The largest power of two below n. */
function splitOf(n: number): number {
    let k = 1
    while (k * 2 < n) k *= 2
    return k
}
