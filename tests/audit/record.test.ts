// The bytes of a record are those that Postgres itself sends.

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blockBytes, changeBytes } from '../../scripts/lib/audit/record.ts'
import { withClient } from '../../scripts/lib/db.ts'
import { adminUrl } from '../support/database.ts'

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array))
// Postgres knows no U+0000 in text.
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((value) => value.replaceAll('\0', '·'))
const instant = fc.bigInt(-(10n ** 16n), 10n ** 17n)

const changes = fc.record({
    tenantId: fc.uuid(),
    seq: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    era: fc.integer(),
    xid: fc.bigInt(0n, 2n ** 64n - 1n),
    recordedAt: instant,
    actor: fc.option(fc.uuid()),
    role: text,
    sessionRole: text,
    flags: fc.integer({ min: -(2 ** 15), max: 2 ** 15 - 1 }),
    requestId: fc.option(text),
    tableName: text,
    operation: fc.constantFrom('I', 'U', 'D', 'T', 'S'),
    key: fc.option(text),
    clear: fc.option(text),
    personalCommitment: fc.option(bytes),
    bodyCommitment: fc.option(bytes),
})

const blocks = fc.record({
    tenantId: fc.uuid(),
    number: fc.maxSafeNat(),
    size: fc.maxSafeNat(),
    root: bytes,
    sealedAt: instant,
    nextXid: fc.bigInt(0n, 2n ** 64n - 1n),
    previousHash: bytes,
})

// Whole seconds and the rest apart: interval arithmetic in one go would round.
const at = (parameter: string): string =>
    `(timestamptz '2000-01-01 00:00:00+00' + (${parameter}::bigint / 1000000) * interval '1 second'
        + (${parameter}::bigint % 1000000) * interval '1 microsecond')`

test('of a change', async () => {
    await withClient(adminUrl(), async (client) => {
        const property = fc.asyncProperty(changes, async (change) => {
            const { rows } = await client.query<{ sent: Buffer }>(
                `select record_send(row($1::uuid, $2::bigint, $3::integer, $4::xid8, ${at('$5')}, $6::uuid, $7::text,
                    $8::text, $9::smallint, $10::text, $11::text, $12::"char", $13::text, $14::text, $15::bytea,
                    $16::bytea)) as sent`,
                Object.values(change).map((value) => (typeof value === 'bigint' ? String(value) : value)),
            )
            expect(changeBytes(change).toString('hex')).toBe(rows[0]?.sent.toString('hex'))
        })
        await fc.assert(property, { numRuns: 200 })
    })
})

test('of a block', async () => {
    await withClient(adminUrl(), async (client) => {
        const property = fc.asyncProperty(blocks, async (block) => {
            const { rows } = await client.query<{ sent: Buffer }>(
                `select record_send(row($1::uuid, $2::bigint, $3::bigint, $4::bytea, ${at('$5')}, $6::xid8,
                    $7::bytea)) as sent`,
                Object.values(block).map((value) => (typeof value === 'bigint' ? String(value) : value)),
            )
            expect(blockBytes(block).toString('hex')).toBe(rows[0]?.sent.toString('hex'))
        })
        await fc.assert(property, { numRuns: 100 })
    })
})
