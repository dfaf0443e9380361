// Bundles: a whole one passes, and whatever is altered in it is found, also by somebody who mends the sums afterwards.

import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { BundleVerifier } from '../../scripts/lib/audit/bundle.ts'
import type { BundleLine, ChangeLine } from '../../scripts/lib/audit/bundle-lines.ts'
import { parseCheckpoint } from '../../scripts/lib/audit/checkpoint.ts'
import { parseNote } from '../../scripts/lib/audit/note.ts'
import {
    change,
    closed,
    erased,
    example,
    found,
    key,
    Log,
    order,
    origin,
    testKey,
    verdict,
} from '../support/audit.ts'
import { rootOf } from '../support/merkle.ts'

const lines = example().bundle()
const whole = closed(lines)
const trust = { keys: [key.verifier] }

/** The bundle with one line rewritten, and a digest that fits. */
function rewritten<T>(index: number, rewrite: (value: T) => void): string {
    const line = JSON.parse(lines[index] ?? '{}')
    rewrite(line)
    return closed(lines.with(index, JSON.stringify(line)))
}

const alteredChange = (index: number, altered: Partial<ChangeLine>): string =>
    rewritten<{ change: ChangeLine }>(index, ({ change }) => Object.assign(change, altered))

test('a whole bundle is whole, and says how far it is trusted', () => {
    expect(verdict(whole)).toMatchObject({
        whole: true,
        changes: 4,
        put_away: 1,
        blocks: 2,
        notes: 1,
        trusted: 0,
    })
    expect(verdict(whole, trust)).toMatchObject({ whole: true, trusted: 4 })
})

test('so is one without personal data, and one of an empty log', () => {
    const withheld = example().bundle('withheld')
    const line = JSON.parse(withheld[2] ?? '{}') as { change: ChangeLine }
    Object.assign(line.change, { personal: null, salt: null })
    expect(found(closed(withheld.with(2, JSON.stringify(line))))).toBe('')
    expect(found(closed(new Log().bundle()))).toBe('')
})

test('it does not matter how the bytes arrive', async () => {
    const { verifyBundle } = await import('../../scripts/lib/audit/bundle.ts')
    async function* bytes(size: number) {
        const all = Buffer.from(whole)
        for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
    }
    for (const size of [1, 7, 1000]) {
        expect(await verifyBundle(bytes(size), { keys: [], checkpoints: [] })).toMatchObject({ whole: true })
    }
})

test('a line that is too long is refused before it is in memory', () => {
    const verifier = new BundleVerifier({ keys: [], checkpoints: [] }, 300)
    expect(verifier.add(Buffer.from(whole))).toBe(false)
    expect(verifier.end().findings).toEqual([{ line: 3, message: 'it is longer than 300 bytes' }])
})

test('an origin that is that of another log is refused', () => {
    const other = (origin: string) =>
        rewritten<{ origin: string }>(0, (header) => Object.assign(header, { origin }))
    expect(found(other(origin.replace(/a$/, 'b')))).toContain('the name of another log')
    expect(found(other(origin.replace('/', '')))).toContain('the name of another log')
})

test('every flipped bit is found', () => {
    const bytes = Buffer.from(whole)
    const missed: number[] = []
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        if (verdict(flipped(bytes, bit)).whole) missed.push(bit)
    }
    expect(missed).toEqual([])
})

test('every flipped bit is found with a key, though the digest be mended', () => {
    const bytes = Buffer.from(`${lines.join('\n')}\n`)
    const missed: number[] = []
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const altered = flipped(bytes, bit)
        const mended = Buffer.concat([altered, Buffer.from(digestLine(altered))])
        if (verdict(mended, trust).whole) missed.push(bit)
    }
    expect(missed).toEqual([])
})

test('every flipped byte is found', () => {
    const bytes = Buffer.from(whole)
    for (const [at, byte] of bytes.entries()) {
        const altered = Buffer.from(bytes)
        altered.writeUInt8(byte ^ 0xff, at)
        expect(verdict(altered).whole, `byte ${at}`).toBe(false)
    }
})

test('a bundle that is cut off anywhere is found', () => {
    const bytes = Buffer.from(whole)
    for (let length = 0; length < bytes.length; length += 1) {
        expect(verdict(bytes.subarray(0, length)).whole, `${length} bytes`).toBe(false)
    }
})

test('a line left out, doubled or moved is found, though the digest be mended', () => {
    for (const index of lines.keys()) {
        const spoiled = [lines.toSpliced(index, 1), lines.toSpliced(index, 0, lines[index] ?? '')]
        for (const other of lines.keys()) {
            if (other !== index)
                spoiled.push(lines.toSpliced(index, 1).toSpliced(other, 0, lines[index] ?? ''))
        }
        for (const some of spoiled) expect(verdict(closed(some), trust).whole, some.join('\n')).toBe(false)
    }
})

test.each([
    ['something after the last line', `${whole}{}\n`, 'something follows the last line'],
    ['an empty line after it', `${whole}\n`, 'something follows the last line'],
    ['spaces', whole.replace('"version":1', '"version": 1'), 'not written in the one form'],
    ['a number with a fraction', whole.replace('"era":1', '"era":1.0'), 'not written in the one form'],
    [
        'an escape that is not needed',
        whole.replace('"core.people"', '"core\\u002epeople"'),
        'not written in the one form',
    ],
    [
        'members in another order',
        whole.replace(/("seq":"2"),("era":1)/, '$2,$1'),
        'something of another form',
    ],
    [
        'a member too many',
        whole.replace('"erased_under":null}', '"erased_under":null,"more":1}'),
        'something of another form',
    ],
    ['a member twice', whole.replace('"seq":"2"', '"seq":"2","seq":"2"'), 'not written in the one form'],
    ['a lone surrogate', whole.replace('"req-1"', '"\\ud800"'), 'something of another form'],
    ['an unknown kind of line', closed([...lines, '{"more":1}']), 'it is no line of a bundle'],
    ['another version', whole.replace('"version":1', '"version":2'), 'something of another form'],
    ['carriage returns', whole.replaceAll('\n', '\r\n'), 'it is no'],
    ['a byte order mark', `\ufeff${whole}`, 'it is no JSON object'],
    ['two bundles', closed([...lines, lines[0] ?? '']), 'a second bundle begins here'],
    ['a change after a note', closed([...lines, lines[1] ?? '']), 'notes come last'],
    ['no first line', closed(lines.slice(1)), 'the first line does not say what this is'],
    ['nothing', '', 'it is cut off'],
    ['nothing but a digest', closed([]), 'it is empty'],
])('a bundle with %s is refused', (_, bundle, message) => {
    expect(found(bundle).replace('the bundle', 'it')).toContain(message)
})

test('bytes that are not UTF-8 are refused', () => {
    expect(found(Buffer.from(whole.replace('Ana', '\u00ff'), 'latin1'))).toContain('it is not UTF-8')
})

test.each([
    ['the actor', { actor: order }],
    ['the role', { role: 'anon' }],
    ['the instant', { recorded_at: '815000000000002' }],
    ['the clear image', { clear: '{}' }],
    ['the commitment to a body', { body_commitment: null }],
    ['the transaction', { xid: '1' }],
    ['the era', { era: 2 }],
    ['the attestation', { flags: 0 }],
    ['the request', { request_id: null }],
])('%s cannot be altered, though the digest be mended', (_, altered) => {
    expect(found(alteredChange(2, altered))).toContain(
        'the changes from position 0 to 2 are not those that block 1 sealed',
    )
})

test('a root that was altered is blamed on its block once, not on all that follow', () => {
    const { findings } = verdict(alteredChange(2, { role: 'anon' }))
    expect(findings.filter(({ message }) => message.includes('sealed')).map(({ line }) => line)).toEqual([5])
})

test('personal data that was altered, or its salt, is found', () => {
    for (const altered of [{ personal: '{}' }, { salt: '00'.repeat(16) }]) {
        expect(found(alteredChange(2, altered))).toBe('its personal data is not what it committed to')
    }
})

test('personal data that disappeared without an order is found', () => {
    const gone = { personal: null, salt: null }
    expect(found(alteredChange(2, gone))).toContain('no order is named under which it was erased')
    expect(found(alteredChange(2, { ...gone, erased_under: order }))).toContain(
        `seq 2 is said to be erased under order ${order}`,
    )
    expect(found(alteredChange(3, { erased_under: order.replace('ee', 'ef') }))).toContain(
        'no order of this log says so',
    )
    expect(found(alteredChange(2, { salt: null }))).toContain('here is one of them')
    expect(found(alteredChange(2, { erased_under: order }))).toContain(
        'its personal data is here, and is said to be erased',
    )
})

test('personal data where the first line withholds it is found', () => {
    expect(found(closed(example().bundle('withheld')))).toContain('which the first line says is withheld')
})

/** A log whose one erasure needs the order that is written as the test says. */
function erasedUnder(written: Partial<Omit<ChangeLine, 'position'>>): string {
    const secret = change({ position: 0, personal: '{"a":1}', salt: 'aa'.repeat(16) })
    const log = new Log().change(erased(secret, order))
    const standing = { table_name: 'audit.erasure_orders', clear: `{"id":"${order}","seqs":[1]}` }
    log.change(change({ position: 1, ...standing, ...written }))
    return closed(log.block('815000003000000').bundle())
}

test('an erasure stands under an order that names it, and under nothing else', () => {
    expect(found(erasedUnder({}))).toBe('')
    expect(found(erasedUnder({ clear: `{"id":"${order}","seqs":[7,1,70]}` }))).toBe('')
    for (const other of [
        { table_name: 'core.people' },
        { operation: 'D' },
        { clear: `{"id":"${order}","seqs":[2]}` },
        { clear: `{"id":"${order}","seqs":[]}` },
        { clear: `{"id":"${order}","seqs":["1"]}` },
        { clear: `{"id":"${order.replace('ee', 'ef')}","seqs":[1]}` },
        { clear: 'no JSON' },
        { clear: null },
    ]) {
        expect(found(erasedUnder(other)), JSON.stringify(other)).toContain('no order of this log says so')
    }
})

test('an erasure without its order is found with and without personal data', () => {
    const secret = change({ position: 0, personal: '{"a":1}', salt: 'aa'.repeat(16) })
    const log = new Log().change(erased(secret, order)).block('815000003000000')
    expect(found(closed(log.bundle()))).toContain('no order of this log says so')
    const withheld = closed(log.bundle('withheld'))
    expect(found(withheld)).toContain('no order of this log says so')
})

/** A log of two blocks, made by the rules but for one. */
function logOf(...blocks: [changes: ChangeLine[], sealedAt: string][]): string {
    const log = new Log()
    for (const [changes, sealedAt] of blocks) {
        for (const each of changes) log.change(each)
        log.block(sealedAt)
    }
    return closed(log.bundle())
}

const [first, second] = [change({ position: 0 }), change({ position: 1 })]
test.each([
    [
        'a seq twice',
        logOf([[first, { ...second, seq: '1' }], '815000003000000']),
        'seq 1 is there a second time',
    ],
    ['a block before its changes', logOf([[first, second], '1']), 'before a change in it was recorded'],
    [
        'a block before the block before',
        logOf([[first], '815000003000000'], [[second], '815000002999999']),
        'before the block before it',
    ],
    [
        'a block of nothing',
        logOf([[first], '815000003000000'], [[], '815000003000000']),
        'block 2 seals nothing',
    ],
    ['a gap', logOf([[first, change({ position: 2 })], '815000003000000']), 'position 1 is expected here'],
])('a log with %s is refused, though every hash fits', (_, bundle, message) => {
    expect(found(bundle)).toContain(message)
})

/** A change that is sealed third: block 1 at 1000 seals those below 50, block 2 at 2000 those below `nextXid`. */
function backdated(xid: string, recordedAt: string, nextXid = '60'): string {
    const line = (position: number, xid: string, recorded_at: string) =>
        change({ position, xid, recorded_at })
    const log = new Log().change(line(0, '49', '900')).block('1000', '50')
    log.change(line(1, '4', '1900')).block('2000', nextXid)
    return found(
        closed(
            log
                .change(line(2, xid, recordedAt))
                .block('3000')
                .bundle(),
        ),
    )
}

test('a change under a date at which its transaction had not begun is found', () => {
    const says = (block: number) =>
        `position 2 is given too early a date: its transaction began after block ${block} was sealed, ` +
        'which is later than it says'
    expect(backdated('50', '999')).toBe(says(1))
    expect(backdated('18446744073709551614', '-1')).toBe(says(1))
    expect(backdated('60', '1000')).toBe(says(2))
    expect(backdated('60', '1999')).toBe(says(2))
    // Where transactions are counted anew, it is the first block after the date that counts.
    expect(backdated('5', '1999', '5')).toBe(says(2))
    expect(backdated('50', '999', '5')).toBe(says(1))
})

test('what a long transaction wrote before blocks were sealed is not', () => {
    expect(backdated('49', '-1')).toBe('')
    expect(backdated('59', '1000')).toBe('')
    expect(backdated('60', '2000')).toBe('')
    expect(backdated('4', '1999', '5')).toBe('')
    expect(backdated('49', '999', '5')).toBe('')
})

test('changes after the last block are found, and a size that is not that of the last block', () => {
    const open = new Log().change(first).block('815000003000000').change(second)
    expect(found(closed(open.bundle()))).toContain('changes follow the last block')
    expect(found(rewritten<{ size: string }>(0, (header) => Object.assign(header, { size: '3' })))).toContain(
        'the first line speaks of 3 changes; the last block seals 4',
    )
})

test('a block whose hash, chain or number was altered is found', () => {
    const index = 4
    type Line = { block: Record<string, string> }
    expect(JSON.parse(lines[index] ?? '')).toHaveProperty('block')
    const altered = (member: string, value: string) =>
        found(rewritten<Line>(index, ({ block }) => Object.assign(block, { [member]: value })))
    expect(altered('hash', '00'.repeat(32))).toContain('block 1 was altered')
    expect(altered('hash', '00'.repeat(32))).toContain('block 2 does not follow')
    expect(altered('previous_hash', '11'.repeat(32))).toContain('block 1 does not follow')
    expect(altered('root', '11'.repeat(32))).toContain('are not those that block 1 sealed')
    expect(altered('sealed_at', '815000001000001')).toContain('block 1 was altered')
    expect(altered('next_xid', '1')).toContain('block 1 was altered')
    expect(altered('number', '2')).toContain('block 1 is expected here')
    expect(altered('size', '2')).toContain('3 stand before it')
})

test('a log that was made anew from beginning to end is found by what was published before', () => {
    const forged = new Log()
    for (const line of example().lines as BundleLine[]) {
        if ('put_away' in line) forged.putAway(change({ position: 0, operation: 'S' }))
        if ('change' in line) forged.change({ ...line.change, role: 'anon' })
        if ('block' in line) forged.block(line.block.sealed_at, line.block.next_xid)
    }
    const note = (JSON.parse(lines.at(-1) ?? '') as { note: string }).note
    const bundle = closed(forged.bundle())
    const checkpoint = parseCheckpoint(parseNote(note).text)
    expect(found(bundle)).toBe('')
    expect(found(bundle, { checkpoints: [checkpoint] })).toContain('this is not the log that was published')
    expect(found(closed([...forged.bundle(), JSON.stringify({ note })]))).toContain(
        'this is not the log that was published',
    )
    expect(found(bundle, trust)).toContain('none of its 0 notes was signed by a key given')
    expect(found(closed(forged.note([testKey(key.verifier.name, 8)]).bundle()), trust)).toContain(
        'none of its 1 notes was signed by a key given',
    )
})

test('a bundle that ends before a checkpoint is found', () => {
    const longer = new Log().change(first).block('815000003000000').change(second).block('815000003000000')
    const checkpoints = [{ origin, size: 2, root: rootOf(longer.leaves) }]
    expect(found(logOf([[first], '815000003000000']), { checkpoints })).toContain('some are missing')
    expect(verdict(closed(longer.bundle()), { checkpoints })).toMatchObject({ whole: true, trusted: 2 })
})

test('notes of another log, of no block, or in disorder are found', () => {
    const other = { ...parseNote((JSON.parse(lines.at(-1) ?? '') as { note: string }).note) }
    const content = `${other.text.replace('ledger', 'lodger')}\n— name ${'U'.repeat(92)}\n`
    expect(found(closed(lines.with(-1, JSON.stringify({ note: content }))))).toContain('it is of another log')
    expect(found(closed(example().note([key], 2).bundle()))).toContain('in the order of their sizes')
    expect(
        found(
            closed(new Log().change(first).change(second).block('815000003000000').note([key], 1).bundle()),
        ),
    ).toContain('no block ends there')
    expect(found(closed(lines.with(-1, JSON.stringify({ note: 'nonsense' }))))).toContain(
        'it is no signed note',
    )
})

test('several keys and several notes, as after a rotation', () => {
    const [old, young] = [testKey(key.verifier.name, 1), testKey(key.verifier.name, 2)]
    const bundle = closed(
        new Log()
            .change(first)
            .block('815000003000000')
            .change(second)
            .block('815000003000001')
            .note([old], 1)
            .note([young, old], 2)
            .bundle(),
    )
    expect(verdict(bundle, { keys: [old.verifier] })).toMatchObject({ whole: true, trusted: 2 })
    expect(verdict(bundle, { keys: [old.verifier, young.verifier] })).toMatchObject({
        whole: true,
        trusted: 2,
    })
    expect(verdict(bundle, { keys: [young.verifier] })).toMatchObject({ whole: true, signed: 1, trusted: 2 })
    expect(found(bundle, { keys: [testKey(key.verifier.name, 3).verifier] })).toContain('none of its 2 notes')
})

test('of a thousand findings a hundred are kept, and the rest are counted', () => {
    const log = new Log()
    for (let position = 0; position < 1000; position += 1) log.change(change({ position, seq: '1' }))
    const { findings, more } = verdict(closed(log.block('815000003000000').bundle()))
    expect([findings.length, more]).toEqual([100, 899])
})

function flipped(bytes: Buffer, bit: number): Buffer {
    const copy = Buffer.from(bytes)
    copy.writeUInt8(copy.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    return copy
}

function digestLine(bytes: Buffer): string {
    return `${JSON.stringify({ sha256: createHash('sha256').update(bytes).digest('hex') })}\n`
}
