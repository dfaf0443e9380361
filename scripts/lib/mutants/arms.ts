// Conditions, each time without one arm of an "and" (it asks less) or of an "or" (it lets fewer in): in policies and
// checks as the catalog writes them, and wherever functions ask something.

import { onOneLine, replaced, tokensOf } from './tokens.ts'

export interface Variant {
    text: string
    /** The part that is missing, on one line. */
    without: string
    /** What was asked beside it, and still is. */
    beside: string[]
}

/** Arms side by side, in one pair of parentheses and between two of the words that end a condition. */
interface Chain {
    /** Where each arm begins and ends. */
    starts: number[]
    ends: number[]
    /** The next "and" belongs to a "between". */
    between: boolean
}

const breaks = new Set([
    ...[
        'select',
        'from',
        'join',
        'left',
        'right',
        'full',
        'inner',
        'cross',
        'lateral',
        'on',
        'where',
        'group',
    ],
    ...[
        'having',
        'order',
        'limit',
        'returning',
        'union',
        'except',
        'intersect',
        'for',
        'set',
        'do',
        'values',
    ],
    ...['case', 'when', 'then', 'else', 'end', 'if', 'elsif', 'loop', 'while', 'begin', 'declare', 'return'],
    ...['query', 'as', ':=', ';', ','],
])

export function withoutArms(condition: string): Variant[] {
    const variants: Variant[] = []
    const open = [chainFrom(0)]
    const close = (chain: Chain, end: number): void => {
        chain.ends.push(end)
        if (chain.starts.length > 1) variants.push(...withoutOneOf(condition, chain))
    }
    let before = ''
    for (const { text, start, end } of tokensOf(condition)) {
        const chain = open.at(-1)
        if (!chain) break
        const word = text.toLowerCase()
        const inComparison = before === 'distinct' // is distinct from
        before = word
        if (word === '(') {
            open.push(chainFrom(end))
        } else if (word === ')') {
            close(chain, start)
            open.pop()
        } else if (breaks.has(word) && !inComparison) {
            close(chain, start)
            open[open.length - 1] = chainFrom(end)
        } else if (word === 'between') {
            chain.between = true
        } else if (chain.between && word === 'and') {
            chain.between = false
        } else if (word === 'and' || word === 'or') {
            chain.ends.push(start)
            chain.starts.push(end)
        }
    }
    if (open[0]) close(open[0], condition.length)
    return variants
}

function chainFrom(start: number): Chain {
    return { starts: [start], ends: [], between: false }
}

/** The word between two arms goes with the second; with the first goes the word that follows it. */
function withoutOneOf(condition: string, { starts, ends }: Chain): Variant[] {
    const arms = starts.map((start, index) => onOneLine(condition.slice(start, ends[index])))
    return arms.map((without, index) => {
        const span =
            index === 0
                ? { start: starts[0] ?? 0, end: starts[1] ?? 0 }
                : { start: ends[index - 1] ?? 0, end: ends[index] ?? 0 }
        return { text: replaced(condition, span, ' '), without, beside: arms.toSpliced(index, 1) }
    })
}
