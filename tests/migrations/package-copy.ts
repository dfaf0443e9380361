// Copies of the package that a test may spoil: the SQL and its migrations, no more.

import {
    cpSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root as packageRoot } from '../../scripts/lib/paths.ts'
import { squash } from '../../scripts/lib/squash.ts'

export interface PackageCopy {
    root: string
    read(path: string): string
    write(path: string, text: string): void
    /** Replaces `what`, which has to be there. */
    edit(path: string, what: string | RegExp, by: string): void
    append(path: string, text: string): void
    /** Puts a table into schema/order.txt. */
    order(module: string, table: string): void
    remove(path: string): void
    /** Names of the committed migrations, in order. */
    committed(): string[]
    copy(): PackageCopy
    dispose(): void
}

const parts = ['schema', 'functions', 'policies', 'seeds/reference', 'package.json', '.squawk.toml', '.gmrc']

/** A copy whose history is one migration, made of the folders as they are, and of what is planted in them first. */
export async function squashedPackage(
    plant: (copy: PackageCopy) => void = () => undefined,
): Promise<PackageCopy> {
    const copy = copyOf(packageRoot, parts)
    plant(copy)
    await squash(copy.root)
    return copy
}

function copyOf(source: string, paths: string[]): PackageCopy {
    const root = mkdtempSync(join(tmpdir(), 'empathy-package-'))
    for (const path of paths) {
        if (existsSync(join(source, path))) cpSync(join(source, path), join(root, path), { recursive: true })
    }
    const read = (path: string): string => readFileSync(join(root, path), 'utf8')
    const write = (path: string, text: string): void => {
        mkdirSync(dirname(join(root, path)), { recursive: true })
        writeFileSync(join(root, path), text)
    }
    return {
        root,
        read,
        write,
        edit(path, what, by) {
            const before = read(path)
            const after = before.replace(what, () => by)
            if (after === before) throw new Error(`${path} does not hold ${what}`)
            write(path, after)
        },
        append: (path, text) => write(path, read(path) + text),
        order(module, table) {
            // Last in its module: it may refer to everything above it.
            const lines = read('schema/order.txt').trimEnd().split('\n')
            const start = lines.indexOf(module)
            const next = lines.findIndex((line, index) => index > start && /^\w/.test(line))
            const last = lines.findLastIndex((line, index) => /^ /.test(line) && (next < 0 || index < next))
            write('schema/order.txt', `${lines.toSpliced(last + 1, 0, `    ${table}`).join('\n')}\n`)
        },
        remove: (path) => rmSync(join(root, path)),
        committed: () => readdirSync(join(root, 'migrations/committed')).sort(),
        copy: () => copyOf(root, [...parts, 'migrations']),
        dispose: () => rmSync(root, { recursive: true, force: true }),
    }
}
