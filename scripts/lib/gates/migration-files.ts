// Gate over the files of migrations/: nothing edited, nothing missing, nothing stale. Needs no database.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { asOneself, asOwner } from '../build.ts'
import { Problem } from '../console.ts'
import { dbmateFolder, staleDbmateFiles } from '../dbmate.ts'
import { changesByHand, downFolder, handWrittenDown } from '../downs.ts'
import { includesOf } from '../fixtures.ts'
import {
    currentFile,
    droppedIn,
    isBlank,
    type Migration,
    readCurrent,
    readHistory,
    snapshots,
} from '../history.ts'
import { buildFiles, kindOf, orderFindings, replaceable } from '../modules.ts'
import type { Finding } from './finding.ts'

export function migrationFileFindings(root: string): Finding[] {
    const order = orderFindings(root).map(asFinding)
    if (order.length > 0) return order
    let history: Migration[]
    try {
        history = readHistory(root)
    } catch (error) {
        if (error instanceof Problem) return [asFinding(`${error.message} (${error.hint})`)]
        throw error
    }
    return [
        ...frameFindings(root, history),
        ...snapshotFindings(root, history),
        ...downFindings(root, history),
        ...dbmateFindings(root),
    ]
}

/** The owner owns everything, whichever role migrates: each migration begins and ends with its frame. */
function frameFindings(root: string, history: readonly Migration[]): Finding[] {
    const texts = history
        .filter(({ transactional }) => transactional)
        .map(({ path, body }) => ({ path, body }))
    const current = readCurrent(root)
    if (!isBlank(current)) texts.push({ path: currentFile, body: current })
    return texts
        .filter(({ body }) => {
            const statements = body.replace(/^--[^\n]*\n|^\n/gm, '')
            return !statements.startsWith(asOwner) || !statements.trimEnd().endsWith(asOneself)
        })
        .map(({ path }) => ({
            file: path,
            problem: 'does not begin and end as a migration does',
            advice: `begin with "${asOwner.replace('\n', ' ')}", end with "${asOneself}"`,
        }))
}

/** The newest committed copy of every replaceable file is the file, or current.sql brings the file along. */
function snapshotFindings(root: string, history: readonly Migration[]): Finding[] {
    const newest = snapshots(history)
    const current = readCurrent(root)
    const coming = new Set(includesOf(current))
    const going = new Set(droppedIn(current))
    const files = buildFiles(root)
    const present = new Set(files.map(({ path }) => path))
    const findings: Finding[] = []
    for (const { path, kind } of files) {
        if (coming.has(path)) continue
        const committed = newest.get(path)
        if (committed === undefined) {
            findings.push({
                file: path,
                problem: 'no migration brings it',
                advice: 'run `empathy migration draft`, which adds it to migrations/current.sql',
            })
        } else if (replaceable.has(kind) && committed !== readFileSync(join(root, path), 'utf8').trim()) {
            findings.push({
                file: path,
                problem: 'differs from its newest committed copy',
                advice: 'run `empathy migration draft`, which adds it to migrations/current.sql',
            })
        }
    }
    for (const path of newest.keys()) {
        if (kindOf(path) === undefined || present.has(path) || going.has(path)) continue
        findings.push({
            file: path,
            problem: 'is gone, but migrations still bring it',
            advice: `drop what it made in migrations/current.sql, under a line "-- dropped: ${path}"`,
        })
    }
    return findings
}

function downFindings(root: string, history: readonly Migration[]): Finding[] {
    const findings: Finding[] = []
    for (const [index, migration] of history.entries()) {
        const byHand = handWrittenDown(migration, root)
        if (byHand === undefined && (index === 0 || changesByHand(migration.body) !== '')) {
            findings.push({
                file: `${downFolder}/${migration.file}`,
                problem: 'missing: the migration changes more than functions, views, policies and seeds',
                advice: 'write there how that is taken back, then `empathy migration dbmate`',
            })
        }
        if (byHand !== undefined && /^\s*(?:set (?:local )?role|reset role)\b/m.test(byHand)) {
            findings.push({
                file: `${downFolder}/${migration.file}`,
                problem: 'sets the role, which is set around it',
                advice: 'remove that statement',
            })
        }
    }
    const known = new Set(history.map(({ file }) => file))
    for (const name of sqlFiles(join(root, downFolder))) {
        if (known.has(name)) continue
        findings.push({
            file: `${downFolder}/${name}`,
            problem: 'no committed migration has this name',
            advice: 'name it after its migration, or remove it',
        })
    }
    return findings
}

function dbmateFindings(root: string): Finding[] {
    let stale: string[]
    try {
        stale = staleDbmateFiles(root)
    } catch (error) {
        // A missing down is found, and told, above.
        if (error instanceof Problem) return []
        throw error
    }
    return stale.map((name) => ({
        file: `${dbmateFolder}/${name}`,
        problem: 'is not what the committed migrations and their downs say',
        advice: 'run `empathy migration dbmate`',
    }))
}

function asFinding(text: string): Finding {
    const [, file = '', problem = '', advice = ''] = /^(\S+?): ([\s\S]*?)(?: \(([\s\S]*)\))?$/.exec(text) ?? [
        '',
        '',
        text,
    ]
    return { file, problem, advice }
}

function sqlFiles(folder: string): string[] {
    return existsSync(folder)
        ? readdirSync(folder)
              .filter((name) => name.endsWith('.sql'))
              .sort()
        : []
}
