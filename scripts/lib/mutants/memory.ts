// What earlier runs found, one file per version of the SQL. A verdict holds as long as what it stands on: the
// mutant, and the test that killed it; for a survivor, every test.

import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runtimeDir } from '../paths.ts'
import type { Finding, Mutant } from './mutant.ts'
import type { Test } from './suite.ts'

interface Line {
    id: string
    verdict: Finding['verdict']
    by: string
    /** The test file that killed it. */
    file?: string
    evidence: string
}

const folder = join(runtimeDir, 'mutants')
const kept = 5

export class Memory {
    readonly #path: string
    readonly #texts: Map<string, string>
    readonly #lines: Map<string, Line>
    readonly #earlier: Map<string, Line>

    /** `version` names the SQL that the mutants are made of. */
    constructor(version: string, tests: Test[], { forget }: { forget: boolean }) {
        mkdirSync(folder, { recursive: true })
        this.#path = join(folder, `${version}.jsonl`)
        this.#texts = new Map(tests.map(({ file, text }) => [file, text]))
        if (forget) rmSync(this.#path, { force: true })
        const others = stateFiles().filter((path) => path !== this.#path)
        for (const path of others.slice(kept)) rmSync(path, { force: true })
        this.#lines = read(this.#path)
        this.#earlier = others[0] ? read(others[0]) : new Map()
    }

    recall(mutant: Mutant): Finding | undefined {
        const line = this.#lines.get(mutant.id)
        if (line?.evidence !== this.#evidence(mutant, line?.file)) return undefined
        return { mutant, verdict: line.verdict, by: line.by }
    }

    /** The test file that killed it last, if any did. */
    lastKiller({ id }: Mutant): string | undefined {
        return (this.#lines.get(id) ?? this.#earlier.get(id))?.file
    }

    remember({ mutant, verdict, by }: Finding, file?: string): void {
        const line: Line = {
            id: mutant.id,
            verdict,
            by,
            evidence: this.#evidence(mutant, file),
            ...(file && { file }),
        }
        appendFileSync(this.#path, `${JSON.stringify(line)}\n`)
    }

    #evidence({ ddl }: Mutant, file: string | undefined): string {
        const hash = createHash('sha256').update(ddl)
        const texts = file === undefined ? [...this.#texts.values()] : [this.#texts.get(file) ?? '']
        for (const text of texts) hash.update('\0').update(text)
        return hash.digest('hex').slice(0, 16)
    }
}

/** The newest first. */
function stateFiles(): string[] {
    return readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl'))
        .map((name) => join(folder, name))
        .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)
}

/** A run that was killed may have left half a line. */
function read(path: string): Map<string, Line> {
    const lines = new Map<string, Line>()
    if (!existsSync(path)) return lines
    for (const text of readFileSync(path, 'utf8').split('\n')) {
        if (!text.endsWith('}')) continue
        const line: Line = JSON.parse(text)
        lines.set(line.id, line)
    }
    return lines
}
