// The first version of a migration: what changed in the folders since the newest one.

import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asOneself, asOwner } from './build.ts'
import { routineNames } from './downs.ts'
import { includesOf, syncFixtures } from './fixtures.ts'
import { currentFile, droppedIn, isBlank, readCurrent, readHistory, snapshots, toldIn } from './history.ts'
import { buildFiles, kindOf, replaceable } from './modules.ts'
import { root as packageRoot } from './paths.ts'

export interface Draft {
    /** Files that current.sql now brings or drops, and did not before. */
    added: string[]
    /** Table files that changed: only a person can say how a table gets there. */
    byHand: string[]
}

const resetLine = '--!include reset.sql'
/** Sets the audit log up for whatever a migration changed, and records what it stands on: last in every one. */
const logSetup = 'seeds/reference/900_log.sql'

/** Writes into current.sql what changed in the folders since the newest migration. */
export function draft(root = packageRoot): Draft {
    const history = readHistory(root)
    const current = readCurrent(root)
    const newest = snapshots(history)
    const told = new Map([...history, { body: current }].flatMap(({ body }) => [...toldIn(body)]))
    const mentioned = new Set([...includesOf(current), ...droppedIn(current)])
    const files = buildFiles(root).map((file) => ({
        ...file,
        text: readFileSync(join(root, file.path), 'utf8').trim(),
    }))

    const added = files
        .filter(({ path, kind, text }) => {
            const before = newest.get(path)
            return (
                !mentioned.has(path) && (before === undefined || (replaceable.has(kind) && before !== text))
            )
        })
        .map(({ path }) => path)
    const changed = files.filter(({ path, kind, text }) => {
        const before = newest.get(path)
        return (
            !replaceable.has(kind) &&
            before !== undefined &&
            (told.get(path) ?? digest(before)) !== digest(text)
        )
    })
    const present = new Set(files.map(({ path }) => path))
    const gone = [...newest.keys()].filter(
        (path) => kindOf(path) !== undefined && !present.has(path) && !mentioned.has(path),
    )

    if (added.length + changed.length + gone.length > 0) {
        const start = isBlank(current) ? `${asOwner}\n\n${resetLine}\n\n${asOneself}\n` : current
        const notes = changed.map(({ path, text }) => `-- by hand: ${path} ${digest(text)}`)
        const lines = [
            ...gone.flatMap((path) => [`-- dropped: ${path}`, ...dropsOf(path, newest.get(path) ?? '')]),
            ...[
                ...added.filter((path) => path !== logSetup),
                ...(present.has(logSetup) ? [logSetup] : []),
            ].map((path) => `--!include ${path}`),
        ]
        const paths = changed.map(({ path }) => path)
        writeFileSync(
            join(root, currentFile),
            putBefore(asOneself, putBefore(resetLine, without(start, paths), notes), lines),
        )
    }
    syncFixtures(root)
    return { added: [...gone, ...added], byHand: changed.map(({ path }) => path) }
}

function digest(text: string): string {
    return createHash('sha256').update(text).digest('hex').slice(0, 12)
}

/** Takes away what an earlier draft noted of these tables, and what comes last whatever else does. */
function without(current: string, paths: string[]): string {
    return current
        .split('\n')
        .filter((line) => !paths.some((path) => line.startsWith(`-- by hand: ${path} `)))
        .filter((line) => line !== `--!include ${logSetup}`)
        .join('\n')
}

/** Puts lines before the last occurrence of a mark, else at the end. */
function putBefore(mark: string, text: string, lines: string[]): string {
    if (lines.length === 0) return text
    const found = text.lastIndexOf(mark)
    const at = found < 0 ? text.length : found
    return `${text.slice(0, at).trimEnd()}\n\n${lines.join('\n')}\n\n${text.slice(at).trimStart()}`
}

function dropsOf(path: string, text: string): string[] {
    if (kindOf(path) === 'function')
        return [...new Set(routineNames(text))].map((name) => `drop routine ${name};`)
    if (kindOf(path) === 'view')
        return [`drop view ${path.replace(/^schema\/(\w+)\/views\/(\w+)\.sql$/, '$1.$2')};`]
    return [`-- (say here how what ${path} made is removed)`]
}
