// A file of configuration that is read again once it has changed. What cannot be used then is logged, and what was read
// before stays.

import { readFileSync, statSync } from 'node:fs'
import { Problem } from '../console.ts'
import { log } from '../log.ts'

/** Reads it now, and gives what it says whenever asked. The caller's problems are told; they quote nothing of it. */
export function keptFile<T>(setting: string, path: string, parse: (text: string) => T): () => T {
    let stamp = stampOf(path)
    let value = read(setting, path, parse)
    return () => {
        // At every question, and without waiting: that takes microseconds, and nobody has to be told of a change.
        const now = stampOf(path)
        if (now === stamp) return value
        stamp = now
        try {
            value = read(setting, path, parse)
            log('info', `${setting} was read again`, { path })
        } catch (error) {
            log('error', 'what was read before stays', { error: String(error) })
        }
        return value
    }
}

/** JSON without its own errors, which quote what they stumble over. */
export function parseJson(text: string): unknown {
    try {
        return JSON.parse(text)
    } catch {
        throw new Problem('it is not JSON')
    }
}

function read<T>(setting: string, path: string, parse: (text: string) => T): T {
    try {
        return parse(textOf(path))
    } catch (error) {
        if (!(error instanceof Problem)) throw error
        throw new Problem(`${setting} (${path}) is refused: ${error.message}`)
    }
}

function textOf(path: string): string {
    try {
        return readFileSync(path, 'utf8')
    } catch {
        throw new Problem('it cannot be read')
    }
}

function stampOf(path: string): string {
    try {
        const { ino, size, ctimeMs } = statSync(path)
        return `${ino} ${size} ${ctimeMs}`
    } catch {
        return 'none'
    }
}
