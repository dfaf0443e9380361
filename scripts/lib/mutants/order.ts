// Which test is asked first about a mutant: the one most likely to fail for the time it takes. It begins with how
// close a test is to the object, and learns from what happens.

import type { Mutant } from './mutant.ts'
import type { Survey } from './suite.ts'

export interface Candidate {
    survey: Survey
    closeness: Closeness
}

type Closeness = keyof typeof hopes

/** How likely a test is to kill, before anything is known. */
const hopes = { 'touches and names it': 0.5, 'touches it': 0.2, 'names it': 0.1, 'of the same module': 0.02 }

export class Order {
    readonly #surveys: Survey[]
    readonly #past = new Map<string, { asked: number; killed: number }>()

    constructor(surveys: Survey[]) {
        this.#surveys = surveys
    }

    get size(): number {
        return this.#surveys.length
    }

    /** What neither touches nor names the object, and is of another module, is not asked. */
    of(mutant: Mutant, lastKiller?: string): Candidate[] {
        const name = new RegExp(`\\b${mutant.object}\\b`)
        const candidates: (Candidate & { worth: number })[] = []
        for (const survey of this.#surveys) {
            const closeness = closenessOf(mutant, survey, name)
            if (!closeness) continue
            const worth =
                survey.test.file === lastKiller
                    ? Number.POSITIVE_INFINITY
                    : this.#hope(mutant, { survey, closeness }) / survey.milliseconds
            candidates.push({ survey, closeness, worth })
        }
        return candidates.sort((a, b) => b.worth - a.worth)
    }

    learn(mutant: Mutant, candidate: Candidate, killed: boolean): void {
        const key = keyOf(mutant, candidate)
        const past = this.#past.get(key) ?? { asked: 0, killed: 0 }
        this.#past.set(key, { asked: past.asked + 1, killed: past.killed + (killed ? 1 : 0) })
    }

    #hope(mutant: Mutant, candidate: Candidate): number {
        const { asked, killed } = this.#past.get(keyOf(mutant, candidate)) ?? { asked: 0, killed: 0 }
        return (killed + hopes[candidate.closeness]) / (asked + 1)
    }
}

function keyOf({ kind }: Mutant, { survey, closeness }: Candidate): string {
    return `${kind}, ${survey.test.file}, ${closeness}`
}

function closenessOf(
    { module, object }: Mutant,
    { test, touched }: Survey,
    name: RegExp,
): Closeness | undefined {
    const named = name.test(test.text)
    if (touched.has(`${module}.${object}`)) return named ? 'touches and names it' : 'touches it'
    if (named) return 'names it'
    return test.file.startsWith(`tests/${module}/`) ? 'of the same module' : undefined
}
