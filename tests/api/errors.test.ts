// Errors are part of the API: each has a code that stays, words for people, and its place in the documentation.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { inPackage } from '../../scripts/lib/paths.ts'
import { useApi } from '../support/api.ts'

const api = useApi()
const documented = readFileSync(inPackage('docs/api.md'), 'utf8').split(/^## /m)
const chapter = documented.find((text) => text.startsWith('Errors')) ?? ''

function sources(): string {
    const folder = inPackage('scripts/lib/api')
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
        .join('\n')
}

/** The codes that the server itself gives, as its sources have them. */
function given(): string[] {
    const named = sources().matchAll(
        /(?:Refusal\(\s*[^,]+,\s*|\bcode: |withCode\([^,]+, )'([A-Z][A-Z0-9_]+)'/g,
    )
    return [...new Set([...named].map(([, code]) => code ?? ''))]
}

/** The codes that the documentation explains: the first column of its tables. */
function explained(): string[] {
    const cells = chapter.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)
    return [...cells].flatMap(([, cell]) => [...(cell ?? '').matchAll(/\w+/g)].map(([code]) => code))
}

test('every code that the server gives is documented, and no other', () => {
    const codes = given().filter((code) => !code.startsWith('EL'))
    expect(codes.length).toBeGreaterThan(30)
    expect(codes.filter((code) => !explained().includes(code))).toEqual([])
    const named = explained().filter((code) => /^[A-Z]+(_[A-Z]+)*$/.test(code))
    expect(named.filter((code) => !codes.includes(code))).toEqual([])
})

test('every refusal of the database can be read through the API, with what to do', async () => {
    const { data } = await api.ask('{ errorCodes(first: 200) { totalCount nodes { code message hint } } }')
    const known: { code: string; message: string; hint: string }[] = data.errorCodes.nodes
    expect(known).toHaveLength(data.errorCodes.totalCount)
    expect(known.filter(({ message, hint }) => !message || !hint)).toEqual([])
    const codes = new Set(known.map(({ code }) => code))
    expect(given().filter((code) => code.startsWith('EL') && !codes.has(code))).toEqual([])
})

test('what Postgres says of its tables stays with it', async () => {
    const { errors } = await api.ask('{ memberships { nodes { id } } }')
    expect(errors[0]).toMatchObject({
        message: 'this is not for you to see or do',
        extensions: { code: '42501', hint: expect.stringContaining('sign in') },
    })
})

test('every error has a code, also what is made of a wrong cursor', async () => {
    const { errors } = await api.ask('{ scopes(after: "nonsense") { nodes { id } } }')
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT')
})
