// The copy of the package's SQL below migrations/fixtures, the only place that graphile-migrate includes from.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { resetOf, routineNames } from './downs.ts'
import { readCurrent } from './history.ts'
import { kindOf } from './modules.ts'
import { root as packageRoot } from './paths.ts'

const copied = ['schema', 'functions', 'policies', 'seeds/reference']

/** Brings the copy up to date; touches only what changed, so that a watcher sees only that. */
export function syncFixtures(root = packageRoot): void {
    const fixtures = join(root, 'migrations/fixtures')
    const wanted = new Map<string, string>([['reset.sql', resetFor(root, includesOf(readCurrent(root)))]])
    for (const folder of copied) {
        for (const path of sqlBelow(root, folder)) wanted.set(path, readFileSync(join(root, path), 'utf8'))
    }
    for (const path of sqlBelow(fixtures, '.')) {
        if (!wanted.has(path)) rmSync(join(fixtures, path))
    }
    for (const [path, text] of wanted) {
        const copy = join(fixtures, path)
        if (existsSync(copy) && readFileSync(copy, 'utf8') === text) continue
        mkdirSync(dirname(copy), { recursive: true })
        writeFileSync(copy, text)
    }
}

/** The files that current.sql includes. */
export function includesOf(current: string): string[] {
    return [...current.matchAll(/^--![ \t]*include[ \t]+(.*\.sql)[ \t]*$/gm)].map(([, path = '']) => path)
}

/** What `--!include reset.sql` stands for: a clean slate for the policies and grants that follow it. */
function resetFor(root: string, includes: string[]): string {
    const relations = includes
        .filter((path) => ['policy', 'view'].includes(kindOf(path) ?? ''))
        .map((path) => path.replace(/^.*?([^/]+)\/(?:views\/)?([^/]+)\.sql$/, '$1.$2'))
    const routines = includes
        .filter((path) => kindOf(path) === 'function' && existsSync(join(root, path)))
        .flatMap((path) => routineNames(readFileSync(join(root, path), 'utf8')))
    return `${resetOf(relations, routines) || '-- Nothing to take away.'}\n`
}

function sqlBelow(base: string, folder: string): string[] {
    const path = join(base, folder)
    if (!existsSync(path)) return []
    return readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.sql'))
        .map((entry) => join(entry.parentPath, entry.name).slice(base.length + 1))
        .sort()
}
