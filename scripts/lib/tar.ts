// Reads one file out of a gzipped tar archive.

import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Problem } from './console.ts'

const block = 512

export function readFromArchive(archive: string, path: string): string {
    const bytes = gunzipSync(readFileSync(archive))
    let offset = 0
    while (offset < bytes.length) {
        const name = field(bytes, offset, 100)
        if (name === '') break
        const size = Number.parseInt(field(bytes, offset + 124, 12), 8)
        const content = offset + block
        if (name === path) return bytes.toString('utf8', content, content + size)
        offset = content + Math.ceil(size / block) * block
    }
    throw new Problem(`${archive} holds no ${path}.`, 'Run `npm ci` to install the packages again.')
}

function field(bytes: Buffer, offset: number, length: number): string {
    return bytes.toString('utf8', offset, offset + length).replace(/\0.*$/s, '')
}
