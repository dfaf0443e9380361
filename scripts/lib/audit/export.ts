// Writes a bundle: what the database says of a log, the notes that were published of it, and the sum of all that.

import { createHash } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Problem } from '../console.ts'
import { readLine, writeLine } from './bundle-lines.ts'
import { parseCheckpoint } from './checkpoint.ts'
import { readText, syncFolder } from './files.ts'
import { parseNote } from './note.ts'

export interface Exported {
    path: string
    size: number
    notes: number
    bytes: number
}

/** The file appears under its name when it is complete. */
export async function exportBundle(
    lines: AsyncIterable<string[]>,
    path: string,
    notesOf: (size: number) => Iterable<string>,
): Promise<Exported> {
    const draft = `${path}.${process.pid}.tmp`
    const digest = createHash('sha256')
    const exported: Exported = { path, size: 0, notes: 0, bytes: 0 }
    const file = await open(draft, 'w')
    const write = async (text: string): Promise<void> => {
        const bytes = Buffer.from(text)
        digest.update(bytes)
        exported.bytes += bytes.length
        await file.writeFile(bytes)
    }
    try {
        for await (const some of lines) {
            if (exported.bytes === 0) exported.size = sizeIn(some[0] ?? '')
            await write(some.map((line) => `${line}\n`).join(''))
        }
        if (exported.bytes === 0)
            throw new Problem('The database answered no bundle.', 'empathy audit verify')
        for (const note of notesOf(exported.size)) {
            await write(writeLine({ note }))
            exported.notes += 1
        }
        await write(writeLine({ sha256: digest.copy().digest('hex') }))
        await file.sync()
        await rename(draft, path)
        syncFolder(dirname(path))
    } finally {
        await file.close()
        await rm(draft, { force: true })
    }
    return exported
}

/** The notes of one log in the publisher's folder, up to this size, in the order of their sizes. */
export function* publishedNotes(dir: string, tenantId: string, upTo: number): Generator<string> {
    const folder = join(dir, tenantId)
    if (!existsSync(folder)) {
        throw new Problem(`${dir} has no notes of log ${tenantId}.`, 'empathy audit publish makes them.')
    }
    const sizes = readdirSync(folder)
        .map((file) => Number(/^(\d+)\.note$/.exec(file)?.[1] ?? Number.NaN))
        .filter((size) => size <= upTo)
        .sort((one, other) => one - other)
    for (const size of sizes) {
        const path = join(folder, `${size}.note`)
        const note = readText(path)
        if (parseCheckpoint(parseNote(note).text).size !== size) {
            throw new Problem(
                `${path} is of another size than its name says.`,
                'Bring back the note as it was.',
            )
        }
        yield note
    }
}

function sizeIn(line: string): number {
    const header = readLine(line)
    if (!('format' in header)) throw new Problem('The first line of the bundle does not say what it is.')
    return Number(header.size)
}
