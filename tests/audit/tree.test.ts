// Trees and proofs: the known vectors, and agreement with the definitions of RFC 6962.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continues, GrowingTree, includes, leafHash } from '../../scripts/lib/audit/tree.ts'
import { consistencyProof, inclusionProof, leafOf, rootOf } from '../support/merkle.ts'

// The leaves that the tests of Certificate Transparency have always used, and the roots of the first n of them.
const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
]
const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

function grown(leaves: Buffer[]): GrowingTree {
    const tree = new GrowingTree()
    for (const leaf of leaves) tree.append(leaf)
    return tree
}

const headOf = (leaves: Buffer[]) => ({ size: leaves.length, root: rootOf(leaves) })

test.each(roots.map((root, size) => [size, root]))(
    'a tree of %i known leaves has the known root',
    (size, root) => {
        const leaves = entries.slice(0, Number(size)).map((entry) => leafHash(Buffer.from(entry, 'hex')))
        expect(grown(leaves).root().toString('hex')).toBe(root)
    },
)

const logs = fc.array(fc.uint8Array({ maxLength: 4 }), { minLength: 1, maxLength: 130 })
const trees = logs.map((log) => log.map((entry) => leafOf(Buffer.from(entry))))
const altered = (hash: Buffer, bit: number): Buffer => {
    const copy = Buffer.from(hash)
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    return copy
}

/** The proof with one hash altered, one left out, one added, two swapped. */
function spoiled(proof: Buffer[], at: number, bit: number): Buffer[][] {
    const index = proof.length === 0 ? 0 : at % proof.length
    const hash = proof[index]
    const longer = [...proof, Buffer.alloc(32)]
    if (!hash) return [longer]
    const swapped = [...proof.slice(1), ...proof.slice(0, 1)]
    return [
        proof.with(index, altered(hash, bit)),
        proof.toSpliced(index, 1),
        longer,
        proof.toSpliced(index, 0, hash),
        ...(swapped.some((each, position) => !proof[position]?.equals(each)) ? [swapped] : []),
    ]
}

test('a root of growing leaves is the root by definition', () => {
    fc.assert(
        fc.property(trees, (leaves) => grown(leaves).root().equals(rootOf(leaves))),
        { numRuns: 300 },
    )
})

test('a proof of inclusion holds for its leaf and position, and no spoiled one holds', () => {
    const property = fc.property(trees, fc.nat(), fc.nat(255), (leaves, at, bit) => {
        const position = at % leaves.length
        const head = headOf(leaves)
        const leaf = leaves[position] ?? Buffer.alloc(0)
        const proof = inclusionProof(leaves, position)
        expect(includes(head, position, leaf, proof)).toBe(true)
        for (const bad of spoiled(proof, at, bit)) expect(includes(head, position, leaf, bad)).toBe(false)
        expect(includes(head, position, altered(leaf, bit), proof)).toBe(false)
        expect(includes({ ...head, root: altered(head.root, bit) }, position, leaf, proof)).toBe(false)
        expect(includes(head, leaves.length, leaf, proof)).toBe(false)
    })
    fc.assert(property, { numRuns: 300 })
})

test('a proof of consistency holds between two sizes of one tree, and no spoiled one holds', () => {
    const property = fc.property(trees, fc.nat(), fc.nat(255), (leaves, at, bit) => {
        const size = (at % leaves.length) + 1
        const older = headOf(leaves.slice(0, size))
        const newer = headOf(leaves)
        const proof = consistencyProof(leaves, size)
        expect(continues(older, newer, proof)).toBe(true)
        for (const bad of spoiled(proof, at, bit)) expect(continues(older, newer, bad)).toBe(false)
        expect(continues({ ...older, root: altered(older.root, bit) }, newer, proof)).toBe(false)
        expect(continues(older, { ...newer, root: altered(newer.root, bit) }, proof)).toBe(false)
        if (size < leaves.length) expect(continues(newer, older, proof)).toBe(false)
    })
    fc.assert(property, { numRuns: 300 })
})

test('every pair of sizes up to 40, and every position of each', () => {
    const leaves = Array.from({ length: 40 }, (_, index) => leafOf(Buffer.from([index])))
    for (let size = 1; size <= 40; size += 1) {
        const tree = leaves.slice(0, size)
        for (let older = 1; older <= size; older += 1) {
            const proof = consistencyProof(tree, older)
            expect(continues(headOf(leaves.slice(0, older)), headOf(tree), proof)).toBe(true)
        }
        for (const [position, leaf] of tree.entries()) {
            expect(includes(headOf(tree), position, leaf, inclusionProof(tree, position))).toBe(true)
        }
    }
})

test('every tree continues the empty one, and no other of its size', () => {
    const head = headOf([leafOf(Buffer.from('a'))])
    expect(continues(headOf([]), head, [])).toBe(true)
    expect(continues({ size: 0, root: Buffer.alloc(32) }, head, [])).toBe(false)
    expect(continues(headOf([]), head, [head.root])).toBe(false)
    expect(continues(headOf([]), headOf([]), [])).toBe(true)
})
