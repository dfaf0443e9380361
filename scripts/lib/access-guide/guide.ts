// docs/access.md: what every permission allows and every starting role may do, from the catalogs of a database.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withClient } from '../db.ts'
import { moduleNames } from '../modules.ts'
import { sqlFile } from '../sql-file.ts'

interface Catalogs {
    permissions: { key: string; description: string; levels: number[]; inherits: boolean }[]
    roles: {
        key: string
        name: string
        description: string
        levels: number[]
        requiresKyc: boolean
        permissions: string[]
    }[]
}

/** What a role gives at a level: nothing, there only, or there and below. */
export type Cell = '' | 'here' | 'here and below'

export const levelNames = ['organization', 'project', 'place'] as const

/** `url` is a database built from the folders of `root`. */
export async function accessGuide(url: string, root: string): Promise<string> {
    const catalogs = await withClient(url, async (client) => {
        const { rows } = await client.query<{ catalogs: Catalogs }>(sqlFile('access-guide.sql'), [
            moduleNames(root),
        ])
        return rows[0]?.catalogs
    })
    if (!catalogs) throw new Error('the catalogs of permissions and roles could not be read')
    const parts: Record<string, string> = {
        permissions: catalogs.permissions
            .map((p) => row([code(p.key), p.description, where(p.levels), p.inherits ? 'yes' : 'no']))
            .join('\n'),
        roles: catalogs.roles
            .map((r) =>
                row([r.name, code(r.key), r.description, where(r.levels), r.requiresKyc ? 'yes' : 'no']),
            )
            .join('\n'),
        levels: levelNames.map((_, level) => section(catalogs, level)).join('\n\n'),
    }
    const template = readFileSync(join(import.meta.dirname, 'template.txt'), 'utf8')
    return template.replace(/\{\{(\w+)\}\}/g, (_, part: string) => parts[part] ?? '')
}

function section({ permissions, roles }: Catalogs, level: number): string {
    const held = roles.filter((role) => role.levels.includes(level))
    const cell = (role: (typeof roles)[number], permission: (typeof permissions)[number]): Cell => {
        if (!role.permissions.includes(permission.key)) return ''
        return permission.inherits && level < 2 ? 'here and below' : 'here'
    }
    const given = permissions.filter(({ key }) => held.some((role) => role.permissions.includes(key)))
    const ungiven = permissions.filter(
        (permission) => permission.levels.includes(level) && !given.includes(permission),
    )
    return [
        `## Held at ${level === 0 ? 'an' : 'a'} ${levelNames[level]}`,
        '',
        row(['', ...held.map(({ name }) => name)]),
        `|${'---|'.repeat(held.length + 1)}`,
        ...given.map((permission) =>
            row([code(permission.key), ...held.map((role) => cell(role, permission))]),
        ),
        ...(ungiven.length > 0
            ? ['', `No starting role carries here: ${ungiven.map(({ key }) => code(key)).join(', ')}.`]
            : []),
    ].join('\n')
}

function row(cells: string[]): string {
    return `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell} `)).join('|')}|`
}

function code(text: string): string {
    return `\`${text}\``
}

function where(levels: number[]): string {
    return levels.map((level) => levelNames[level]).join(', ')
}
