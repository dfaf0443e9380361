// docs/audit-format.md: its numbers are those of the code, and a verifier written from it agrees with ours.

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BundleLine } from '../../scripts/lib/audit/bundle-lines.ts'
import { formatVerifierKey } from '../../scripts/lib/audit/note.ts'
import {
    blockBytes,
    blockHash,
    changeBytes,
    changeHash,
    commitment,
    noHash,
} from '../../scripts/lib/audit/record.ts'
import { nodeHash } from '../../scripts/lib/audit/tree.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import { change, changeOf, closed, example, found, key, Log, tenantId, verdict } from '../support/audit.ts'
import { rootOf } from '../support/merkle.ts'
import { verifyAsStranger } from '../support/stranger.ts'

const page = readFileSync(inPackage('docs/audit-format.md'), 'utf8')
const log = example()
const lines = log.bundle()
const whole = closed(lines)
const vkey = formatVerifierKey(key.verifier)

/** The bytes in the nth figure of the page; what stands in the last column says what they are. */
function figure(index: number): string {
    const [, text = ''] = [...page.matchAll(/^```text\n(.*?)^```/gms)][index] ?? []
    const hex = text.split('\n').map((line) => line.slice(0, 82))
    return hex.join('').replaceAll(' ', '')
}

const block = (number: number) => {
    const sealed = log.lines.filter((line: BundleLine) => 'block' in line)[number - 1]
    if (!sealed || !('block' in sealed)) throw new Error('there is no such block')
    const { size, root, sealed_at, next_xid, previous_hash } = sealed.block
    return {
        tenantId,
        number,
        size: Number(size),
        root: Buffer.from(root, 'hex'),
        sealedAt: BigInt(sealed_at),
        nextXid: BigInt(next_xid),
        previousHash: Buffer.from(previous_hash, 'hex'),
    }
}

test('the worked example is the file that the page speaks of', async () => {
    await expect(whole).toMatchFileSnapshot('fixtures/worked-example.bundle')
    expect(found(whole, { keys: [key.verifier] })).toBe('')
    expect(page).toContain(
        (JSON.parse(whole.trimEnd().split('\n').at(-1) ?? '') as { sha256: string }).sha256,
    )
    expect(page).toContain(vkey)
})

test('the bytes of the change and of the block are those on the page', () => {
    const line = log.lines[1]
    if (!line || !('change' in line)) throw new Error('there is no change')
    const change = changeOf(line.change)
    expect(figure(0)).toBe(changeBytes(change).toString('hex'))
    expect(figure(1)).toBe(blockBytes(block(1)).toString('hex'))
    expect(changeHash(change)).toEqual(log.leaves[1])
    expect(block(1).previousHash).toEqual(noHash)
    const { personal, salt } = line.change
    expect(page).toContain(`\`${personal}\``)
    expect(page).toContain(`\`${salt}\``)
    expect(change.personalCommitment).toEqual(commitment(Buffer.from(salt ?? '', 'hex'), personal ?? ''))
})

test('every hash of the example stands on the page', () => {
    const [a, b, c, d] = log.leaves
    if (!a || !b || !c || !d) throw new Error('there are four leaves')
    const roots = [rootOf([a, b, c]), rootOf([a, b, c, d])]
    expect(roots[0]).toEqual(nodeHash(nodeHash(a, b), c))
    const hashes = [
        a,
        b,
        c,
        d,
        nodeHash(a, b),
        nodeHash(c, d),
        ...roots,
        blockHash(block(1)),
        blockHash(block(2)),
    ]
    for (const hash of hashes) expect(page).toContain(`\`${hash.toString('hex')}\``)
})

const agreed = (bundle: Buffer): boolean => {
    const ours = verdict(bundle, { keys: [key.verifier] }).whole
    let theirs = true
    try {
        verifyAsStranger(bundle, vkey)
    } catch {
        theirs = false
    }
    expect(theirs, bundle.toString()).toBe(ours)
    return ours
}

test('a verifier written from the page finds the example whole', () => {
    expect(agreed(Buffer.from(whole))).toBe(true)
    verifyAsStranger(Buffer.from(whole))
})

test('it agrees with ours on what was altered, with the digest mended', () => {
    const body = Buffer.from(lines.map((line) => `${line}\n`).join(''))
    const property = fc.property(fc.nat(body.length - 2), fc.nat(7), (at, bit) => {
        const altered = Buffer.from(body)
        altered.writeUInt8(altered.readUInt8(at) ^ (1 << bit), at)
        // Closing takes text; bytes that are none would be replaced.
        fc.pre(Buffer.from(altered.toString()).equals(altered))
        expect(agreed(Buffer.from(closed(altered.toString().slice(0, -1).split('\n'))))).toBe(false)
    })
    fc.assert(property, { numRuns: 1000 })
})

test('it agrees with ours on lines left out, doubled and swapped', () => {
    for (const index of lines.keys()) {
        const line = lines[index] ?? ''
        agreed(Buffer.from(closed(lines.toSpliced(index, 1))))
        agreed(Buffer.from(closed(lines.toSpliced(index, 0, line))))
        agreed(Buffer.from(closed(lines.toSpliced(index, 1).toSpliced(index + 1, 0, line))))
    }
})

test('it agrees with ours on which dates are too early for their transactions', () => {
    const written = fc.record({ xid: fc.nat(9), age: fc.nat(9) })
    const sealed = fc.record({
        after: fc.nat(3),
        nextXid: fc.nat(9),
        changes: fc.array(written, { minLength: 1 }),
    })
    const verdicts = new Set<boolean>()
    const property = fc.property(fc.array(sealed, { minLength: 1, maxLength: 6 }), (blocks) => {
        const log = new Log()
        let now = 0
        for (const { after, nextXid, changes } of blocks) {
            now += after
            for (const { xid, age } of changes) {
                const position = log.leaves.length
                log.change(change({ position, xid: String(xid), recorded_at: String(now - age) }))
            }
            log.block(String(now), String(nextXid))
        }
        verdicts.add(agreed(Buffer.from(closed(log.note([key]).bundle()))))
    })
    fc.assert(property)
    expect(verdicts.size).toBe(2)
})
