// The package's SQL files in the order in which they build, read from schema/order.txt and the folders.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export type FileKind = 'module' | 'function' | 'table' | 'view' | 'policy' | 'seed'

export interface BuildFile {
    /** Relative to the package, with forward slashes: the name people and messages use. */
    path: string
    kind: FileKind
    /** The module (= Postgres schema); empty for a seed. */
    module: string
    /** The file's name without its ending. */
    name: string
}

export interface Module {
    name: string
    tables: string[]
}

/** Files of these kinds can be run again and again: they replace what they define. */
export const replaceable: ReadonlySet<FileKind> = new Set(['function', 'view', 'policy', 'seed'])

const afterTables = /^-- build: after tables\s*$/m

export function readModules(root: string): Module[] {
    const modules: Module[] = []
    const path = join(root, 'schema/order.txt')
    for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
        const text = line.replace(/#.*/, '').trimEnd()
        if (text === '') continue
        const name = text.trim()
        if (!/^[a-z][a-z0-9_]*$/.test(name)) {
            throw new Error(`schema/order.txt:${index + 1}: "${name}" is not a name`)
        }
        if (!/^\s/.test(text)) {
            modules.push({ name, tables: [] })
            continue
        }
        const module = modules.at(-1)
        if (!module) {
            throw new Error(`schema/order.txt:${index + 1}: table "${name}" stands above every module`)
        }
        module.tables.push(name)
    }
    return modules
}

export function moduleNames(root: string): string[] {
    return readModules(root).map((module) => module.name)
}

/** What schema/order.txt and the folders do not agree on, one line each. */
export function orderFindings(root: string): string[] {
    const modules = readModules(root)
    const known = new Set(modules.map((module) => module.name))
    const findings: string[] = []

    for (const folder of ['schema', 'functions', 'policies']) {
        for (const name of folders(root, folder)) {
            if (!known.has(name)) {
                findings.push(`${folder}/${name}: not a module (name it in schema/order.txt)`)
            }
        }
    }
    for (const module of modules) {
        if (!existsSync(join(root, 'schema', module.name, '_module.sql'))) {
            findings.push(`schema/${module.name}/_module.sql: missing (it creates the schema)`)
        }
        const present = new Set(sqlFiles(root, `schema/${module.name}`))
        present.delete('_module')
        const listed = new Set<string>()
        for (const table of module.tables) {
            const path = `schema/${module.name}/${table}.sql`
            if (listed.has(table)) findings.push(`${path}: listed twice (once in schema/order.txt is enough)`)
            if (!present.has(table)) findings.push(`${path}: missing (schema/order.txt lists it)`)
            listed.add(table)
        }
        for (const table of present) {
            if (!listed.has(table)) {
                findings.push(
                    `schema/${module.name}/${table}.sql: not in the order (add it to schema/order.txt)`,
                )
            }
        }
        for (const table of sqlFiles(root, `policies/${module.name}`)) {
            if (!listed.has(table)) {
                findings.push(
                    `policies/${module.name}/${table}.sql: no such table (name the file after its table)`,
                )
            }
        }
    }
    return findings
}

/** Every file that makes the schema, in order. Throws when the order and the folders disagree. */
export function buildFiles(root: string): BuildFile[] {
    const findings = orderFindings(root)
    if (findings.length > 0) throw new Error(findings.join('\n'))

    const modules = readModules(root)
    const inModules = (kind: FileKind, folder: (module: string) => string): BuildFile[] =>
        modules.flatMap(({ name: module }) =>
            sqlFiles(root, folder(module)).map((name) => ({
                path: `${folder(module)}/${name}.sql`,
                kind,
                module,
                name,
            })),
        )
    const functions = inModules('function', (module) => `functions/${module}`)
    const late = new Set(
        functions.filter((file) => afterTables.test(readFileSync(join(root, file.path), 'utf8'))),
    )

    return [
        ...modules.map(
            ({ name }): BuildFile => ({
                path: `schema/${name}/_module.sql`,
                kind: 'module',
                module: name,
                name: '_module',
            }),
        ),
        ...functions.filter((file) => !late.has(file)),
        ...modules.flatMap((module) =>
            module.tables.map(
                (name): BuildFile => ({
                    path: `schema/${module.name}/${name}.sql`,
                    kind: 'table',
                    module: module.name,
                    name,
                }),
            ),
        ),
        ...late,
        ...inModules('view', (module) => `schema/${module}/views`),
        ...inModules('policy', (module) => `policies/${module}`),
        ...sqlFiles(root, 'seeds/reference').map(
            (name): BuildFile => ({ path: `seeds/reference/${name}.sql`, kind: 'seed', module: '', name }),
        ),
    ]
}

/** What kind a path of the package is, or undefined when it takes no part in a build. */
export function kindOf(path: string): FileKind | undefined {
    if (/^schema\/[^/]+\/_module\.sql$/.test(path)) return 'module'
    if (/^schema\/[^/]+\/views\/[^/]+\.sql$/.test(path)) return 'view'
    if (/^schema\/[^/]+\/[^/]+\.sql$/.test(path)) return 'table'
    if (/^functions\/[^/]+\/[^/]+\.sql$/.test(path)) return 'function'
    if (/^policies\/[^/]+\/[^/]+\.sql$/.test(path)) return 'policy'
    if (/^seeds\/reference\/[^/]+\.sql$/.test(path)) return 'seed'
    return undefined
}

function folders(root: string, folder: string): string[] {
    const path = join(root, folder)
    if (!existsSync(path)) return []
    return readdirSync(path, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
}

function sqlFiles(root: string, folder: string): string[] {
    const path = join(root, folder)
    if (!existsSync(path)) return []
    return readdirSync(path)
        .filter((name) => name.endsWith('.sql'))
        .map((name) => name.slice(0, -'.sql'.length))
        .sort()
}
