// How a migration is taken back. Functions, views, policies and seeds return to their newest earlier text by
// themselves; what happened to tables is told by hand in migrations/down/.

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asOneself, asOwner } from './build.ts'
import { Problem } from './console.ts'
import { droppedIn, includedIn, type Migration, snapshots } from './history.ts'
import { type FileKind, kindOf } from './modules.ts'
import { root as packageRoot } from './paths.ts'
import { sqlFile } from './sql-file.ts'

export const downFolder = 'migrations/down'

/** In a hand-written down: what stands above this line runs before functions return to their earlier text. */
const restoreMark = /^-- restore$/m

interface Change {
    path: string
    kind: FileKind
    /** core.people, core.granted */
    name: string
    before: string | undefined
    after: string | undefined
}

/** The whole down of one migration. */
export function downOf(migrations: readonly Migration[], index: number, root = packageRoot): string {
    const migration = migrations[index]
    if (!migration) throw new RangeError(`no migration ${index}`)
    const byHand = handWrittenDown(migration, root)
    if (index === 0 && byHand === undefined) {
        throw new Problem(
            `${downFolder}/${migration.file}: missing.`,
            'The first migration has nothing to return to: write how its schemas are removed.',
        )
    }
    const changes = index === 0 ? [] : changesOf(migrations, index)
    const parts = /^-- restore$/m.test(byHand ?? '') ? (byHand ?? '').split(restoreMark) : ['', byHand ?? '']
    const [first = '', last = ''] = parts.map((part) => part.trim())
    return [asOwner, first, ...takeBack(changes), last, ...bringBack(changes), asOneself]
        .filter((part) => part !== '')
        .join('\n\n')
        .concat('\n')
}

export function handWrittenDown(migration: Migration, root = packageRoot): string | undefined {
    const path = join(root, downFolder, migration.file)
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** What the up says beside the files it includes: if anything is left, only a person can tell its down. */
export function changesByHand(body: string): string {
    return body
        .replace(/^--! Included (\S+)\n[\s\S]*?\n--! EndIncluded \1$/gm, (block, path: string) =>
            kindOf(path) === 'table' || kindOf(path) === 'module' ? block : '',
        )
        .replace(/--[^\n]*/g, '')
        .replace(/^\s*(?:set local (?:role|check_function_bodies)|reset role)\b[^;]*;/gm, '')
        .trim()
}

function changesOf(migrations: readonly Migration[], index: number): Change[] {
    const { body } = migrations[index] as Migration
    const earlier = snapshots(migrations.slice(0, index))
    const after = snapshots([{ body }])
    const changes: Change[] = []
    for (const path of new Set([...after.keys(), ...droppedIn(body)])) {
        const kind = kindOf(path)
        if (kind === undefined || kind === 'module' || kind === 'table') continue
        const [, module = '', name = ''] = /([^/]+)\/(?:views\/)?([^/]+)\.sql$/.exec(path) ?? []
        changes.push({
            path,
            kind,
            name: `${module}.${name}`,
            before: earlier.get(path),
            after: after.get(path),
        })
    }
    const newTables = new Set(
        includedIn(body)
            .filter(({ path }) => kindOf(path) === 'table')
            .map(tableName),
    )
    return changes.filter((change) => change.kind !== 'policy' || !newTables.has(change.name))
}

/** Before the tables change back: nothing new may stand on what is about to go. */
function takeBack(changes: Change[]): string[] {
    const policies = changes.filter(({ kind, after }) => kind === 'policy' && after !== undefined)
    const views = changes.filter(({ kind, after }) => kind === 'view' && after !== undefined)
    const functions = changes.filter(({ kind }) => kind === 'function')
    const restored = functions.filter(({ before }) => before !== undefined)
    return [
        resetOf(
            policies.map(({ name }) => name),
            restored.flatMap(({ before, after }) => routineNames(`${before}\n${after ?? ''}`)),
        ),
        ...policies
            .filter(({ before }) => before === undefined)
            .map(({ name }) => `alter table ${name} disable row level security;`),
        ...views
            .toReversed()
            .map(({ name, after }) => `drop ${isMaterialized(after) ? 'materialized ' : ''}view ${name};`),
        ...restored.flatMap(({ before = '', after = '' }) => resigned(before, after)),
        ...restored.map(({ path, before }) => restoredText(path, before)),
    ]
}

/** After the tables have changed back. */
function bringBack(changes: Change[]): string[] {
    const back = (kind: FileKind): string[] =>
        changes
            .filter((change) => change.kind === kind && change.before !== undefined)
            .map(({ path, before }) => restoredText(path, before))
    const routines = changes
        .filter(({ kind }) => kind === 'function')
        .flatMap(({ before, after }) => routineNames(`${before ?? ''}\n${after ?? ''}`))
    return [...back('view'), ...back('policy'), pruneOf(routines), ...back('seed')]
}

function restoredText(path: string, text: string | undefined): string {
    return `-- ${path} as it was\n${text}`
}

/** Takes the policies and grants of these away, so that their files can be run again. */
export function resetOf(relations: string[], routines: string[]): string {
    if (relations.length + routines.length === 0) return ''
    return sqlFile('reset.sql')
        .trim()
        .replace("array['relation names']", () => arrayOf(relations))
        .replace("array['function names']", () => arrayOf(routines))
}

function pruneOf(routines: string[]): string {
    if (routines.length === 0) return ''
    return sqlFile('prune.sql')
        .trim()
        .replace("array['function names']", () => arrayOf(routines))
}

function arrayOf(names: string[]): string {
    const lines = [...new Set(names)].sort().map((name) => `        '${name.replaceAll("'", "''")}'`)
    return lines.length === 0 ? "'{}'" : `array[\n${lines.join(',\n')}\n    ]`
}

const routineHead =
    /\bcreate (?:or replace )?(?:function|procedure)\s+(\w+\.\w+)\s*(\([\s\S]*?)(?=\n\s*(?:language|as|begin|return|set|security|stable|immutable|volatile|strict|parallel|leakproof|cost|rows|window|support)\b)/g

/** The functions that a text defines. */
export function routineNames(text: string): string[] {
    return [...text.matchAll(/\bcreate (?:or replace )?(?:function|procedure)\s+(\w+\.\w+)/g)].map(
        ([, name = '']) => name,
    )
}

/** `create or replace` refuses another result or other argument names: such functions go first. */
function resigned(before: string, after: string): string[] {
    const heads = (text: string): Map<string, string> =>
        new Map(
            [...text.matchAll(routineHead)].map(([, name = '', head = '']) => [
                name,
                head.replace(/\s+/g, ' '),
            ]),
        )
    const earlier = heads(before)
    return [...heads(after)]
        .filter(([name, head]) => earlier.has(name) && earlier.get(name) !== head)
        .map(([name]) => `drop routine ${name};`)
}

function isMaterialized(text: string | undefined): boolean {
    return /\bcreate materialized view\b/.test(text ?? '')
}

function tableName({ path }: { path: string }): string {
    return path.replace(/^schema\/([^/]+)\/([^/]+)\.sql$/, '$1.$2')
}
