// Every cell of docs/access.md is tried: a membership with that role at that level, asked at the scope itself, below,
// above and beside it, and in another organization.

import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cell, levelNames } from '../../scripts/lib/access-guide/guide.ts'
import { type Client, connect } from '../../scripts/lib/db.ts'
import { guideFile } from '../../scripts/lib/gates/access-guide.ts'
import { inPackage } from '../../scripts/lib/paths.ts'
import type { TestDatabase } from '../../scripts/lib/template.ts'
import { freshDatabase } from '../support/database.ts'

interface Column {
    level: number
    role: string
    /** By permission; what has no row is not held. */
    cells: Map<string, Cell>
}

const guide = readFileSync(inPackage(guideFile), 'utf8')

/** The rows of the first table below a heading, header first, without the line that divides them. */
function table(heading: string): string[][] {
    const [, after = ''] = guide.split(`## ${heading}\n`)
    const [, lines = ''] = /\n((?:\|.*\n)+)/.exec(after) ?? []
    return lines
        .trimEnd()
        .split('\n')
        .filter((_, n) => n !== 1)
        .map((line) =>
            line
                .slice(1, -1)
                .split('|')
                .map((cell) => cell.trim().replaceAll('`', '')),
        )
}

const permissions = table('What can be allowed')
    .slice(1)
    .map(([key = '']) => key)
const keys = new Map(
    table('The roles that an organization starts with').map(([name = '', key = '']) => [name, key]),
)
const columns: Column[] = levelNames.flatMap((name, level) => {
    const [[, ...roles] = [], ...rows] = table(`Held at ${level === 0 ? 'an' : 'a'} ${name}`)
    return roles.map((role, n) => ({
        level,
        role: keys.get(role) ?? role,
        cells: new Map(rows.map(([permission = '', ...cells]) => [permission, cells[n] as Cell])),
    }))
})

/** Two organizations; in the first everything there can be around a scope. */
const tree = [
    { slug: 'river', parent: '', kind: 'organization' },
    { slug: 'archive', parent: 'river', kind: 'project' },
    { slug: 'heron', parent: 'archive', kind: 'community' },
    { slug: 'otter', parent: 'archive', kind: 'community' },
    { slug: 'fleet', parent: 'river', kind: 'project' },
    { slug: 'heron-fleet', parent: 'fleet', kind: 'community' },
    { slug: 'delta', parent: 'river', kind: 'community' },
    { slug: 'hill', parent: '', kind: 'organization' },
    { slug: 'vault', parent: 'hill', kind: 'project' },
    { slug: 'fox', parent: 'vault', kind: 'community' },
]
const held = ['river', 'archive', 'heron']

function isBelow(slug: string, above: string): boolean {
    const parent = tree.find((scope) => scope.slug === slug)?.parent
    return parent !== undefined && parent !== '' && (parent === above || isBelow(parent, above))
}

let database: TestDatabase
let client: Client
const scopes = new Map<string, string>()

beforeAll(async () => {
    database = await freshDatabase()
    client = await connect(database.url)
    const founder = await person()
    await speak(founder)
    for (const { slug, parent, kind } of tree) {
        const { rows } = await client.query<{ id: string }>(
            kind === 'organization'
                ? 'select core.create_organization($1, $1) as id'
                : kind === 'project'
                  ? 'select core.create_project($2, $1, $1) as id'
                  : `select core.create_place($2, 'community', $1, $1) as id`,
            kind === 'organization' ? [slug] : [slug, scopes.get(parent)],
        )
        scopes.set(slug, rows[0]?.id ?? '')
    }
})

afterAll(async () => {
    await client.end()
    await database.drop()
})

/** Somebody whose identity was verified, which some roles ask for. */
async function person(): Promise<string> {
    const { rows } = await client.query<{ id: string }>(
        `with someone as (insert into core.people (display_name) values ('Someone') returning id)
         insert into core.verifications (kind, person_id, document_type, status, verifier, decided_at, valid_during)
         select 'kyc', id, 'passport', 'verified', 'an office', now(), tstzrange(now(), null) from someone
         returning person_id as id`,
    )
    return rows[0]?.id ?? ''
}

async function speak(as: string): Promise<void> {
    await client.query(`select set_config('request.jwt.claims', $1, false)`, [JSON.stringify({ person: as })])
}

/** Every "permission at scope" that is allowed. */
async function allowed(): Promise<string[]> {
    const { rows } = await client.query<{ answer: string }>(
        `select p || ' at ' || s.slug as answer
         from unnest($1::text[]) p, unnest($2::text[], $3::uuid[]) s (slug, id)
         where core.can(p, s.id)`,
        [permissions, [...scopes.keys()], [...scopes.values()]],
    )
    return rows.map(({ answer }) => answer).sort()
}

test('the guide names permissions, roles and levels', () => {
    expect(permissions).toContain('member.read')
    expect(columns.map(({ level, role }) => `${role} ${level}`)).toContain('owner 0')
    expect(
        columns.flatMap(({ cells }) => [...cells.keys()]).filter((key) => !permissions.includes(key)),
    ).toEqual([])
    expect(new Set(columns.flatMap(({ cells }) => [...cells.values()]))).toEqual(
        new Set(['', 'here', 'here and below']),
    )
})

describe.each(columns)('$role at level $level', ({ level, role, cells }) => {
    test('may do there, below, above, beside and elsewhere exactly what the guide says', async () => {
        const own = held[level] ?? ''
        const member = await person()
        await client.query('select core._join($1, $2, array[$3])', [scopes.get(own), member, role])
        const expected = [...cells].flatMap(([permission, cell]) =>
            tree
                .filter(
                    ({ slug }) =>
                        (cell !== '' && slug === own) || (cell === 'here and below' && isBelow(slug, own)),
                )
                .map(({ slug }) => `${permission} at ${slug}`),
        )
        await speak(member)
        expect(await allowed()).toEqual(expected.sort())
    })
})
