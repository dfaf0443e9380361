// Which test is asked first about a mutant: the one most likely to fail for the time it takes. A test is likely to
// fail that touches the object and names it more than others do, or that has killed such mutants before.

import type { Mutant } from './mutant.ts'
import type { Survey } from './suite.ts'

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
    of(mutant: Mutant, lastKiller?: string): Survey[] {
        const name = new RegExp(`\\b${mutant.object}\\b`, 'g')
        const entries = this.#surveys.map((survey) => ({
            survey,
            touches: survey.touched.has(`${mutant.module}.${mutant.object}`),
            related: survey.test.file.startsWith(`tests/${mutant.module}/`),
            mentions: survey.test.text.match(name)?.length ?? 0,
        }))
        const mentioned = entries.reduce((sum, { mentions }) => sum + mentions, 0)
        return entries
            .filter(({ touches, related, mentions }) => touches || related || mentions > 0)
            .map(({ survey, touches, mentions }) => {
                const share = mentions / (mentioned || 1)
                const hope = this.#hope(mutant, survey, (touches ? 0.1 : 0.02) + share)
                const first = survey.test.file === lastKiller
                return { survey, worth: first ? Number.POSITIVE_INFINITY : hope / survey.milliseconds }
            })
            .sort((a, b) => b.worth - a.worth)
            .map(({ survey }) => survey)
    }

    learn(mutant: Mutant, survey: Survey, killed: boolean): void {
        for (const key of keysOf(mutant, survey)) {
            const past = this.#past.get(key) ?? { asked: 0, killed: 0 }
            this.#past.set(key, { asked: past.asked + 1, killed: past.killed + (killed ? 1 : 0) })
        }
    }

    /** What was hoped for at first weighs as much as one experience. */
    #hope(mutant: Mutant, survey: Survey, first: number): number {
        return Math.max(
            ...keysOf(mutant, survey).map((key) => {
                const { asked, killed } = this.#past.get(key) ?? { asked: 0, killed: 0 }
                return (killed + first) / (asked + 1)
            }),
        )
    }
}

/** Experience with the object, and with the kind of mutant. */
function keysOf({ kind, module, object }: Mutant, { test }: Survey): [string, string] {
    return [`${module}.${object}, ${test.file}`, `${kind}, ${test.file}`]
}
