// What lets a bundle of millions pass through a little memory: lines out of chunks, seqs as bits, roots and seals in pages.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lines } from '../../scripts/lib/audit/lines.ts'
import { RootHistory } from '../../scripts/lib/audit/root-history.ts'
import { SealHistory } from '../../scripts/lib/audit/seal-history.ts'
import { SeqSet } from '../../scripts/lib/audit/seq-set.ts'

test('lines are the same however the chunks fall', () => {
    const cuts = fc.array(fc.nat(200), { maxLength: 8 })
    const property = fc.property(fc.stringMatching(/^[ab\n]{0,200}$/), cuts, (text, cuts) => {
        const lines = new Lines(1000)
        const found: string[] = []
        const ends = [0, ...cuts.toSorted((one, other) => one - other), text.length]
        for (const [index, end] of ends.entries()) {
            const chunk = Buffer.from(text.slice(ends[index - 1] ?? 0, end))
            for (const line of lines.add(chunk)) found.push(line.toString())
        }
        expect(found).toEqual(text.split('\n').slice(0, -1))
        expect(lines.open).toBe(text !== '' && !text.endsWith('\n'))
    })
    fc.assert(property)
})

test('a line that is too long is refused before it is read to its end', () => {
    const lines = new Lines(10)
    expect([...lines.add(Buffer.from('123456789\n12345678'))]).toHaveLength(1)
    expect(() => [...lines.add(Buffer.from('901'))]).toThrow('longer than 10 bytes')
})

test('a set of seqs is a set', () => {
    const seqs = fc.array(fc.oneof(fc.bigInt(-70n, 70n), fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n)))
    const property = fc.property(seqs, seqs, (ones, others) => {
        const [model, set, other] = [new Set<bigint>(), new SeqSet(), new SeqSet()]
        for (const seq of ones) {
            expect(set.add(seq)).toBe(!model.has(seq))
            model.add(seq)
        }
        for (const seq of others) other.add(seq)
        for (const seq of [...ones, ...others]) expect(set.has(seq)).toBe(model.has(seq))
        expect(new Set(set.without(undefined))).toEqual(model)
        expect(new Set(set.without(other))).toEqual(model.difference(new Set(others)))
    })
    fc.assert(property)
})

test('every root is found at its size, across pages, and none between', () => {
    const history = new RootHistory()
    expect(history.at(0)).toBeUndefined()
    const root = (size: number): Buffer => Buffer.alloc(32, size % 251)
    for (let index = 1; index <= 9000; index += 1) history.add(index * 3, root(index * 3))
    for (let size = 0; size <= 27_001; size += 1) {
        const expected = size % 3 === 0 && size > 0 && size <= 27_000 ? root(size) : undefined
        if (!(history.at(size)?.equals(expected ?? Buffer.alloc(0)) ?? expected === undefined)) {
            expect.fail(`at ${size}`)
        }
    }
})

test('the first block after an instant is found, across pages, and none after the last', () => {
    const history = new SealHistory()
    expect(history.firstAfter(-(2n ** 63n))).toBeUndefined()
    // Blocks 1 and 2 at 0, 3 and 4 at 10, and so on.
    for (let index = 0; index < 9000; index += 1) {
        history.add(BigInt(Math.floor(index / 2) * 10), 2n ** 64n - 1n - BigInt(index))
    }
    for (let instant = -11; instant < 45_010; instant += 1) {
        const number = Math.max(0, Math.floor(instant / 10) + 1) * 2 + 1
        const seal = number <= 9000 ? { number, nextXid: 2n ** 64n - BigInt(number) } : undefined
        expect(history.firstAfter(BigInt(instant)), `at ${instant}`).toEqual(seal)
    }
})
