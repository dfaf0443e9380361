// Grants: they let what they say, for minutes, and cannot be made, stretched or turned to anything else.

import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Grant, longestGrant, openGrant, signGrant } from '../../scripts/lib/storage/signed-urls.ts'

const keys = { current: 'ab'.repeat(32) }
const now = Date.parse('2026-02-03T04:05:06Z')
const file = '018f0000-0000-7000-8000-000000000001'
const grant: Grant = {
    method: 'GET',
    file,
    expires: now / 1000 + 60,
    sha256: 'cd'.repeat(32),
    bytes: 8,
    mime: 'image/png',
}
const asked = { method: 'GET', file } as const
const signed = signGrant(grant, keys)
const [said = '', signature = ''] = signed.split('.')

/** What a grant says, changed without the key. */
const changed = (changes: Partial<Grant>) =>
    `${Buffer.from(JSON.stringify({ ...grant, ...changes })).toString('base64url')}.${signature}`

test('a grant says what it lets', () => {
    expect(openGrant(signed, asked, keys, now)).toEqual(grant)
})

test('until it expires', () => {
    expect(openGrant(signed, asked, keys, now + 59_999)).toEqual(grant)
    expect(openGrant(signed, asked, keys, now + 60_000)).toBeUndefined()
})

test('by no other method, nor for another file', () => {
    expect(openGrant(signed, { ...asked, method: 'PUT' }, keys, now)).toBeUndefined()
    const other = file.replace(/1$/, '2')
    expect(openGrant(signed, { ...asked, file: other }, keys, now)).toBeUndefined()
})

test.each([
    ['a later end', changed({ expires: grant.expires + 1 })],
    ['another method', changed({ method: 'PUT' })],
    ['another file', changed({ file: file.replace(/1$/, '2') })],
    ['other bytes', changed({ sha256: 'ef'.repeat(32) })],
    ['more bytes', changed({ bytes: 9 })],
    ['another kind', changed({ mime: 'text/html' })],
    ['no signature', said],
    ['an empty one', `${said}.`],
    ['a shorter one', `${said}.${signature.slice(0, -1)}`],
    ['a longer one', `${said}.${signature}A`],
    [
        'one that means the same bytes',
        `${said}.${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`,
    ],
    ['something behind it', `${signed}.${signature}`],
    ['nothing', ''],
    ['no JSON', `bm8.${signature}`],
    ['a signature for something else', `${said}.${sign(said, keys.current)}`],
])('not with %s', (_how, text) => {
    for (const { method, file: id } of [
        asked,
        { method: 'PUT', file },
        { method: 'GET', file: file.replace(/1$/, '2') },
    ])
        expect(openGrant(text, { method: method as 'GET', file: id }, keys, now)).toBeUndefined()
})

test('none lasts longer than a quarter of an hour, whoever signed it', () => {
    const long = (seconds: number) => signGrant({ ...grant, expires: now / 1000 + seconds }, keys)
    expect(openGrant(long(longestGrant), asked, keys, now)).toBeDefined()
    expect(openGrant(long(longestGrant + 1), asked, keys, now)).toBeUndefined()
    expect(longestGrant).toBeLessThanOrEqual(15 * 60)
})

test('what the key before signed is believed as long as that is given, and signs nothing', () => {
    const rotated = { current: 'ef'.repeat(32), previous: keys.current }
    expect(openGrant(signed, asked, rotated, now)).toEqual(grant)
    expect(openGrant(signed, asked, { current: rotated.current }, now)).toBeUndefined()
    expect(openGrant(signGrant(grant, rotated), asked, { current: rotated.current }, now)).toEqual(grant)
})

function sign(text: string, key: string): string {
    return createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('base64url')
}
