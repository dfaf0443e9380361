// The folder of the publisher, which anybody may serve to anybody:
//
//   logs.json                what was published of every log, and what was about to be
//   <tenant>/<size>.note     every head that was ever signed
//   <tenant>/checkpoint      the newest of them
//
// Each of the three says something of the others, so a file that was taken away or put back from an old copy is
// noticed. They are written in this order: what is about to be published into logs.json, the note, the checkpoint, and
// that it is published into logs.json. So whatever a kill leaves behind can be told from a loss.

import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from '../console.ts'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { readIfThere, replaceFile, syncFolder } from './files.ts'
import { parseNote, type VerifierKey } from './note.ts'

export interface LogState {
    origin: string
    /** The size that was published last; 0 before the first. */
    size: number
    /** Its root; null before the first. */
    root: string | null
    /** The size that is about to be published, while it is. */
    next: number | null
}

export type Logs = Record<string, LogState>

/** What was published last of a log, as its files say. */
export interface Published {
    checkpoint: Checkpoint
    note: string
}

/** Replaces a file as a whole; injected by tests that die in between. */
export type Write = (path: string, text: string) => void

export class PublishedLogs {
    readonly #dir: string
    readonly #write: Write

    constructor(dir: string, write: Write = replaceFile) {
        this.#dir = dir
        this.#write = write
    }

    /** Begins a new folder. An empty one may be a lost one, so this is never done unasked. */
    begin(): void {
        mkdirSync(this.#dir, { recursive: true })
        if (readIfThere(this.#statePath()) !== undefined) return
        const old = this.#tenants()[0]
        if (old) throw this.#lost(old)
        this.write({})
    }

    read(): Logs {
        const text = readIfThere(this.#statePath())
        if (text !== undefined) return parsedState(text, this.#statePath())
        const old = this.#tenants()[0]
        if (old) throw this.#lost(old)
        throw new Problem(
            `Nothing was ever published in ${this.#dir}: it has no logs.json.`,
            'For a new folder add --init. If there was one, bring it back: without it nobody sees a log being rewritten.',
        )
    }

    write(logs: Logs): void {
        this.#write(this.#statePath(), `${JSON.stringify({ version: 1, logs }, null, 2)}\n`)
    }

    /** What was published last of this log; refuses where its files do not agree. */
    last(tenant: string, state: LogState | undefined, keys: VerifierKey[]): Published | undefined {
        const checkpoint = readIfThere(this.#path(tenant, 'checkpoint'))
        if (!state) {
            if (this.#tenants().includes(tenant)) {
                throw this.#disagreement(
                    tenant,
                    'the folder of this log is there, and logs.json does not know it',
                )
            }
            return undefined
        }
        const before = state.size > 0 ? this.#note(tenant, state.size, state, keys) : undefined
        const begun = state.next === null ? undefined : this.#note(tenant, state.next, state, keys)
        if (state.size > 0 && !before) throw this.#disagreement(tenant, `${state.size}.note is missing`)
        if (before && before.checkpoint.root.toString('hex') !== state.root) {
            throw this.#disagreement(tenant, `${state.size}.note has another root than logs.json`)
        }
        if (before && checkpoint === undefined) throw this.#disagreement(tenant, 'checkpoint is missing')
        if (checkpoint !== undefined) {
            const text = parsedNote(checkpoint, this.#path(tenant, 'checkpoint')).text
            const known = [before, begun].some((each) => each && parseNote(each.note).text === text)
            if (!known) throw this.#disagreement(tenant, 'checkpoint is of another size than logs.json says')
        }
        return begun ?? before
    }

    /** Ends what a publisher was killed in: a note that is there may have been read, so it counts. */
    recover(logs: Logs, lasts: Map<string, Published>): Logs {
        const recovered: Logs = { ...logs }
        for (const [tenant, { note, checkpoint }] of lasts) {
            const path = this.#path(tenant, 'checkpoint')
            if (readIfThere(path) !== note) this.#write(path, note)
            recovered[tenant] = published(checkpoint)
        }
        if (JSON.stringify(recovered) !== JSON.stringify(logs)) this.write(recovered)
        return recovered
    }

    publish(tenant: string, size: number, note: string): void {
        mkdirSync(join(this.#dir, tenant), { recursive: true })
        syncFolder(this.#dir)
        this.#write(this.#path(tenant, `${size}.note`), note)
        this.#write(this.#path(tenant, 'checkpoint'), note)
    }

    #note(tenant: string, size: number, { origin }: LogState, keys: VerifierKey[]): Published | undefined {
        const path = this.#path(tenant, `${size}.note`)
        const note = readIfThere(path)
        if (note === undefined) return undefined
        const checkpoint = opened(note, path, keys)
        if (checkpoint.origin !== origin || checkpoint.size !== size) {
            throw this.#disagreement(
                tenant,
                `${size}.note is of ${checkpoint.origin}, size ${checkpoint.size}`,
            )
        }
        return { checkpoint, note }
    }

    #statePath(): string {
        return join(this.#dir, 'logs.json')
    }

    #path(tenant: string, file: string): string {
        return join(this.#dir, tenant, file)
    }

    #tenants(): string[] {
        if (!existsSync(this.#dir)) return []
        return readdirSync(this.#dir).filter((name) => /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name))
    }

    #lost(tenant: string): Problem {
        return new Problem(
            `${this.#statePath()} is missing, though ${tenant} was published there.`,
            'Bring it back from a copy: without it nobody sees a log being rewritten.',
        )
    }

    #disagreement(tenant: string, what: string): Problem {
        return new Problem(
            `Log ${tenant}: ${what}.`,
            `A file of ${this.#dir} was lost or put back from an old copy. Bring back the newest of each.`,
        )
    }
}

/** How a log stands once this is published. */
export function published({ origin, size, root }: Checkpoint): LogState {
    return { origin, size, root: root.toString('hex'), next: null }
}

function opened(note: string, path: string, keys: VerifierKey[]): Checkpoint {
    try {
        return openCheckpoint(parseNote(note), keys)
    } catch (error) {
        throw new Problem(
            `${path} cannot be trusted: ${error instanceof Error ? error.message : error}.`,
            'Bring back the file as it was published, or the public part of the key that signed it.',
        )
    }
}

function parsedNote(note: string, path: string): { text: string } {
    try {
        return parseNote(note)
    } catch (error) {
        throw new Problem(`${path} is damaged: ${error instanceof Error ? error.message : error}.`)
    }
}

function parsedState(text: string, path: string): Logs {
    try {
        const { version, logs } = JSON.parse(text) as { version: number; logs: Logs }
        if (version === 1 && typeof logs === 'object') return logs
    } catch {
        // Said below: the file is damaged.
    }
    throw new Problem(`${path} is damaged.`, 'Bring back a copy.')
}
