// The offline verifier stands alone: nothing of the database, of Postgres or of any package is behind it.

import { readFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { inPackage, root } from '../../scripts/lib/paths.ts'

/** The file, and all that it imports, and all that those import. */
function reached(path: string, seen = new Map<string, string[]>()): Map<string, string[]> {
    if (seen.has(path)) return seen
    const imports = [...readFileSync(path, 'utf8').matchAll(/^(?:import|export)\b[^']*?from '([^']+)'/gm)]
    const names = imports.map(([, name = '']) => name)
    seen.set(
        path,
        names.filter((name) => !name.startsWith('.')),
    )
    for (const name of names) if (name.startsWith('.')) reached(resolve(dirname(path), name), seen)
    return seen
}

test('it reaches its own files and Node, and no SQL', () => {
    const files = reached(inPackage('scripts/lib/audit/bundle.ts'))
    expect([...files.keys()].map((path) => relative(root, path)).sort()).toEqual([
        'scripts/lib/audit/bundle-lines.ts',
        'scripts/lib/audit/bundle.ts',
        'scripts/lib/audit/checkpoint.ts',
        'scripts/lib/audit/erasures.ts',
        'scripts/lib/audit/files.ts',
        'scripts/lib/audit/lines.ts',
        'scripts/lib/audit/note.ts',
        'scripts/lib/audit/record.ts',
        'scripts/lib/audit/root-history.ts',
        'scripts/lib/audit/seal-history.ts',
        'scripts/lib/audit/seq-set.ts',
        'scripts/lib/audit/tree.ts',
        'scripts/lib/console.ts',
    ])
    for (const name of [...files.values()].flat()) expect(name).toMatch(/^node:/)
})
