// Files that are there whole or not at all, also after a kill or a power cut.

import {
    closeSync,
    fsyncSync,
    linkSync,
    openSync,
    readFileSync,
    renameSync,
    rmSync,
    writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { Problem } from '../console.ts'

/** Puts this text there, in place of what was there. */
export function replaceFile(path: string, text: string): void {
    const draft = writeDraft(path, text, 0o644)
    renameSync(draft, path)
    syncFolder(dirname(path))
}

/** Makes a new file; answers false, and changes nothing, where there is one. */
export function createFile(path: string, text: string, mode: number): boolean {
    const draft = writeDraft(path, text, mode)
    try {
        linkSync(draft, path)
    } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
        throw error
    } finally {
        rmSync(draft, { force: true })
    }
    syncFolder(dirname(path))
    return true
}

/** Refuses bytes that are not UTF-8: replaced by a mark of error they would be another text. */
export function readIfThere(path: string): string | undefined {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(path))
    } catch (error) {
        if (error instanceof TypeError) throw new Problem(`${path} is not UTF-8.`)
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
    }
}

export function readText(path: string): string {
    const text = readIfThere(path)
    if (text === undefined) throw new Problem(`There is no file ${path}.`)
    return text
}

/** What was renamed is there for good only when its folder is. */
export function syncFolder(path: string): void {
    const folder = openSync(path, 'r')
    try {
        fsyncSync(folder)
    } finally {
        closeSync(folder)
    }
}

/** Beside the file, since a rename does not cross file systems; one name for each process, so that no two share it. */
function writeDraft(path: string, text: string, mode: number): string {
    const draft = `${path}.${process.pid}.tmp`
    rmSync(draft, { force: true })
    const file = openSync(draft, 'wx', mode)
    try {
        const bytes = Buffer.from(text)
        for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written)
        fsyncSync(file)
    } finally {
        closeSync(file)
    }
    return draft
}
