// Grants: what lets whoever holds it do one thing with one file, for minutes. A grant is what it says, and a signature of
// exactly these characters; nothing of it is believed before the signature is.

import { createHmac, timingSafeEqual } from 'node:crypto'

export interface Grant {
    method: 'GET' | 'PUT'
    file: string
    /** In seconds since 1970. */
    expires: number
    /** What the file is: a grant for one is none for what it was changed into. */
    sha256: string
    bytes: number
    mime: string
}

export interface SigningKeys {
    /** In hexadecimal digits. */
    current: string
    /** Still believed, while it is being replaced. */
    previous?: string | undefined
}

/** No grant lasts longer, whoever signed it. */
export const longestGrant = 15 * 60

/** What is signed with these keys for anything else is no grant. */
const purpose = 'empathy file grant 1\n'

export function signGrant(grant: Grant, { current }: SigningKeys): string {
    const said = Buffer.from(JSON.stringify(grant)).toString('base64url')
    return `${said}.${signatureOf(said, current)}`
}

/** What a grant lets do with this file by this method now; undefined where it lets nothing. */
export function openGrant(
    text: string,
    asked: Pick<Grant, 'method' | 'file'>,
    { current, previous }: SigningKeys,
    now = Date.now(),
): Grant | undefined {
    const [said = '', signature = '', ...more] = text.split('.')
    const keys = previous === undefined ? [current] : [current, previous]
    if (more.length > 0 || !keys.some((key) => same(signature, signatureOf(said, key)))) return undefined
    const grant = JSON.parse(Buffer.from(said, 'base64url').toString()) as Grant
    const left = grant.expires - now / 1000
    const good =
        grant.method === asked.method && grant.file === asked.file && left > 0 && left <= longestGrant
    return good ? grant : undefined
}

function signatureOf(said: string, key: string): string {
    return createHmac('sha256', Buffer.from(key, 'hex'))
        .update(purpose + said)
        .digest('base64url')
}

/** In a time that does not tell how much of it is right. */
function same(given: string, right: string): boolean {
    const [one, other] = [Buffer.from(given), Buffer.from(right)]
    return one.length === other.length && timingSafeEqual(one, other)
}
